"""Sheet Posts: every post with its time and link, and why some are in no figure."""

from collections.abc import Iterator
from datetime import datetime

from audit.model.company import Company
from audit.model.profile import Reaction
from audit.model.site import Post
from reports.periods import period
from reports.report import Report
from reports.sheets._base import Sheet
from reports.signs import Sign
from reports.tables import Cell, Column, ColumnKind, Importance, Row, Table, Tone, ToWeb

_APART = (Reaction.VIEWS, Reaction.SAVES)
"""Reactions that nobody else sees; they are not counted among the interactions."""

_FLAGS = {
    "repost": "somebody else's",
    "future": "date in the future",
    "default-date": "date is no real one",
    "undated": "no date",
}
_KEY = "time in UTC, the day alone where the site gives no hour; it links to its proof"
_COLUMNS = (
    Column(title="Published, UTC", kind=ColumnKind.TIME),
    Column(title="Company", kind=ColumnKind.COMPANY),
    Column(title="Channel", importance=Importance.DETAIL),
    Column(title="Title", kind=ColumnKind.TEXT, importance=Importance.DETAIL),
    Column(title="Format", importance=Importance.DETAIL),
    Column(title="Purpose", importance=Importance.DETAIL),
    Column(title="Topics", kind=ColumnKind.TEXT, importance=Importance.DETAIL),
    # Broken by hand: the column is too narrow for the word, and Excel does not hyphenate.
    Column(title="Lan-\nguage", kind=ColumnKind.CODE),
    Column(title="Date from", importance=Importance.DETAIL),
    Column(title="Interactions", kind=ColumnKind.FIGURE, importance=Importance.DETAIL),
    Column(title="Left out", importance=Importance.DETAIL),
    Column(title="Address", kind=ColumnKind.ADDRESS),
)


def draw(report: Report) -> Table:
    """Return the sheet, newest posts first within a company; its rows are made one at a time."""
    posts = sum(len(result.posts) for result in report.results)
    left_out = sum(
        bool(_left_out(post, report.since_of(result.company)))
        for result in report.results
        for post in result.posts
    )
    counted = posts - left_out
    verb = "falls" if counted == 1 else "fall"
    rest = f" found; {f'{counted:,} {verb}' if left_out else 'all fall'} into {period(report)}."
    return Table(
        title="Every post behind the figures",
        finding=((f"{posts:,} {'post' if posts == 1 else 'posts'}", True), (rest, False)),
        key=(_KEY,) if posts else (),
        columns=_COLUMNS,
        rows=_rows(report),
    )


def _left_out(post: Post, since: datetime) -> str:
    """Return why a post counts in no figure; "" where it does.

    `since` is the first instant of the company's period.
    """
    if post.flag:
        return _FLAGS.get(post.flag, post.flag)
    if post.published is None:
        return _FLAGS["undated"]
    return "before the period" if post.published.at < since else ""


def _rows(report: Report) -> Iterator[Row]:
    """Give a row for each post; posts without a date stand last."""
    for result in report.results:
        newest_first = sorted(
            result.posts,
            # Minus infinity, as the order is reversed: posts without a date come last.
            key=lambda post: post.published.at.timestamp() if post.published else float("-inf"),
            reverse=True,
        )
        for post in newest_first:
            yield Row(_cells(report, result.company, post), subject=result.company.name)


def _cells(report: Report, company: Company, post: Post) -> tuple[Cell, ...]:
    """Return the cells of a post."""
    dated = post.published
    published = Cell("?", tone=Tone.REASON)
    if dated is not None:
        published = Cell(dated, to=report.proof([post.evidence]))
    return (
        published,
        Cell(company.name),
        Cell(report.names.channel(post.channel)),
        Cell(post.title),
        Cell(post.format),
        Cell(post.purpose.purpose.value if post.purpose is not None else ""),
        Cell(", ".join(post.topics)),
        Cell(post.language),
        Cell(dated.source if dated else ""),
        _interactions(post),
        Cell(_left_out(post, report.since_of(company)), tone=Tone.REASON),
        Cell(post.url, to=ToWeb(post.url)) if post.url else Cell(),
    )


def _interactions(post: Post) -> Cell:
    """Return likes, comments and shares together, as far as public; empty where none is."""
    counts = [each for each in post.interactions if each.reaction not in _APART]
    if not counts:
        return Cell()
    exact = all(each.exact for each in counts)
    return Cell(sum(each.count for each in counts), mark=None if exact else Sign.ROUNDED)


SHEET = Sheet(name="Posts", order=70, draw=draw, of_all=True, answers="Which posts are counted?")
