"""What a part of the page offers, and what all parts have alike: title, finding, key, more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.formats.html.cells import sentence
from reports.formats.html.markup import Child, Html, joined, tag
from reports.formats.html.paper import Paper
from reports.formats.html.tables import Drawn, Heat, table
from reports.tables import RowKind, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSection:
    """A part of the page: its id, its word in the bar of links, its place, and how to draw it.

    `draw` returns None where a report has nothing for it.
    """

    name: str
    link: str
    order: int
    draw: Callable[[Paper], Html | None]


def part(name: str, title: str, lead: Child, *content: Child) -> Html:
    """Return a part of the page: its title, the sentence that is its finding, its content."""
    return tag(
        "section",
        tag("h2", title, id=f"{name}-title"),
        tag("p", lead, class_="lead") if lead else None,
        *content,
        id=name,
        aria_labelledby=f"{name}-title",
    )


def finding(drawn: Table) -> Html:
    """Return the sentence that stands above a sheet, with what is wrong with the whole of it."""
    alarm = tag("b", f"{drawn.warning} ", class_="alert") if drawn.warning else None
    return joined([alarm, sentence(drawn.finding)])


def key_line(lines: Sequence[str]) -> Html | None:
    """Return the key of the signs that occur."""
    if not lines:
        return None
    return tag("ul", *(tag("li", line) for line in lines if line), class_="legend")


def whole(drawn: Table, paper: Paper, heat: Heat | None = None, most: int = 0) -> Html | None:
    """Return the rows of a sheet as a table with the key below it.

    With `most` no more rows are seen at once; the others are there for those who ask for more.
    """
    rows = list(drawn.rows)
    if not rows:
        return None
    entries = [row for row in rows if row.kind is RowKind.ENTRY]
    rest = entries[most:] if most else []
    left = {id(row) for row in rest}
    seen = [row for row in rows if id(row) not in left]
    tables = [
        table(Drawn(label=drawn.title, columns=drawn.columns, rows=part, heat=heat), paper)
        for part in (seen, rest)
        if part
    ]
    unfolded, *folded = tables
    return joined(
        [unfolded, key_line(drawn.key), *(more(f"{len(rest)} more rows", each) for each in folded)]
    )


def more(summary: str, content: Child) -> Html | None:
    """Return what is there for those who ask for more; without anything there is nothing."""
    return tag("details", tag("summary", summary), content) if content else None
