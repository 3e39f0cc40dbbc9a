"""A list of posts, a row each: what it tells of its profile, by one rule for any tool's list.

How many posts there were in the last 30 days, when the newest appeared, and the likes and comments
of the last five. It is as of the day that a person or a line above the headings names, else as of
its newest post.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from audit.model.by_hand import DAYS, LAST_POSTS
from audit.tables.figures import Figures, TableFigure, TableFigures, TableLayout, cell_in
from audit.tables.headings import Heading, Of, TableColumn
from audit.tables.names import KnownNames, NamedProfile
from audit.tables.notation import count_of, day_of
from audit.tables.rows import Cell, TableRow
from audit.tables.whose import Default, Owners, Stranger
from audit.typed_figures import Refused
from config.table_words import TableField

_REACTIONS = (TableField.LIKES, TableField.COMMENTS)


@dataclass(frozen=True, slots=True)
class _Post:
    """One post of a list: its day, its row, and the reactions that its row tells."""

    on: date
    row: int
    reactions: dict[TableField, int] = field(default_factory=dict)


def posts_in(
    layout: TableLayout, rows: Iterable[TableRow], names: KnownNames, today: date
) -> TableFigures:
    """Return what a list of posts tells of each profile."""
    figures, posts = TableFigures(), defaultdict[NamedProfile, list[_Post]](list)
    header, hints = layout.header, layout.hints
    owners = Owners(header, names, Default(hints.company, hints.channel))
    day = (header.of(TableField.POSTED) or header.of(TableField.ON))[0]
    for row in rows:
        figures.rows += 1
        on = day_of(cell_in(row, day), layout.notations[day.index].order, today)
        if isinstance(on, str):
            figures.refused.append(_refused(row, day, on))
        if not isinstance(on, date) or (hints.on is not None and on > hints.on):
            continue
        whose = owners.of(row, Heading(None))
        if isinstance(whose, Stranger):
            figures.strangers[whose] += 1
            continue
        posts[whose].append(_Post(on, row.number, _reactions(layout, row, figures)))
    for profile, each in posts.items():
        end = hints.on or max(post.on for post in each)
        figures.by_day[profile, end] = _told(each, end)
    return figures


def _reactions(layout: TableLayout, row: TableRow, figures: TableFigures) -> dict[TableField, int]:
    """Return the likes and comments of a post, as far as its row tells them."""
    told = dict[TableField, int]()
    for column in layout.header.of(*_REACTIONS):
        cell = cell_in(row, column)
        read = count_of(cell, layout.notations[column.index].mark)
        if isinstance(read, str):
            figures.refused.append(_refused(row, column, read))
        elif read is not None and column.field is not None:
            told[column.field] = int(read.value)
    return told


def _told(posts: Sequence[_Post], end: date) -> Figures:
    """Return what the posts of a profile come to as of a day.

    Posts are counted only where the list goes back 30 days, as nobody knows how many were before
    it; of fewer than five posts the likes are those of one on average.
    """
    newest = sorted(posts, key=lambda post: (post.on, -post.row), reverse=True)
    first, row = end - timedelta(days=DAYS - 1), newest[0].row
    figures: Figures = {TableField.LAST_POST: TableFigure(newest[0].on, None, Of.PERIOD, row)}
    if newest[-1].on <= first:
        count = sum(post.on >= first for post in posts)
        figures[TableField.POSTS] = TableFigure(float(count), DAYS, Of.PERIOD, row)
    last = newest[:LAST_POSTS]
    for name in _REACTIONS:
        counts = [post.reactions[name] for post in last if name in post.reactions]
        if counts and len(counts) == len(last):
            whole = len(last) == LAST_POSTS
            figures[name] = TableFigure(sum(counts) / len(last), None, Of.POST, row, exact=whole)
    return figures


def _refused(row: TableRow, column: TableColumn, words: str) -> Refused:
    """Return a cell that is not taken."""
    cell: Cell = cell_in(row, column)
    return Refused(place=f"row {row.number}, {column.title}", text=f"{cell}"[:60], words=words)
