"""Sheet Posts: every post with its time and link, and why some do not count in cadence."""

from collections.abc import Iterator

from audit.model.profile import Reaction
from audit.model.site import Post
from reports.cells import Cell, address, text
from reports.look import CENTRE, MINUTE, MUTED, NUMBER, OWN, SLATE, SMALL, varied
from reports.page import Page, Row
from reports.report import Report
from reports.sheets._base import Column, Sheet, Table

_DAY = varied(NUMBER, size=9, format="yyyy-mm-dd_0")
_TIME = varied(NUMBER, size=9, format=MINUTE)
_OWN_NAME = varied(SMALL, color=OWN, bold=True)
_NAME = varied(SMALL, bold=True)
_ASIDE = varied(SMALL, italic=True, color=MUTED)
_NO_DATE = varied(_ASIDE, align="right", indent=0)
_SMALL_CENTRE = varied(CENTRE, size=9)
_COUNT = varied(NUMBER, size=9, format="#,##0_0")
_APART = (Reaction.VIEWS, Reaction.SAVES)
_FLAGS = {
    "repost": "somebody else's",
    "future": "date in the future",
    "default-date": "date of a default",
    "undated": "no date",
}

_KEY = "time in UTC, the day alone where the site gives no hour; it links to its proof"


def draw(report: Report) -> Page:
    """Draw the sheet; newest first within a company."""
    posts = [post for result in report.results for post in result.posts]
    left_out = sum(bool(_left_out(report, post)) for post in posts)
    said = (
        f"; {left_out:,} of them do not count in cadence, and say why."
        if left_out
        else "; all of them count in cadence."
    )
    table = Table(
        title="Every post behind the cadence",
        finding=((f"{len(posts):,} {'post' if len(posts) == 1 else 'posts'}", True), (said, False)),
        key=("time in UTC, the day alone where the site gives no hour; it links to its proof",)
        if posts
        else (),
        columns=(
            Column(title="Published, UTC", width=17, align="right"),
            Column(title="Company", width=report.name_width(20)),
            Column(title="Channel", width=11),
            Column(title="Format", width=10),
            Column(title="Lan-\nguage", width=8, align="center"),
            Column(title="Date from", width=11),
            Column(title="Interactions", width=11.5, align="right"),
            Column(title="Left out", width=18),
            Column(title="Address", width=50),
            Column(title="Title", width=60),
        ),
    )
    return Page(
        widths=table.widths, rows=_rows(report, table), freeze="C6", columns=len(table.columns)
    )


def _left_out(report: Report, post: Post) -> str:
    """Why a post does not count in cadence; nothing where it does."""
    if post.flag:
        return _FLAGS.get(post.flag, post.flag)
    if post.published is None:
        return _FLAGS["undated"]
    return "before the window" if post.published.at < report.since else ""


def _rows(report: Report, table: Table) -> Iterator[Row]:
    yield from table.top()
    for result in report.results:
        newest_first = sorted(
            result.posts,
            key=lambda post: post.published.at.timestamp() if post.published else float("-inf"),
            reverse=True,
        )
        for post in newest_first:
            yield Row(_cells(report, result.company.name, post), 15.5)


def _cells(report: Report, company: str, post: Post) -> tuple[Cell, ...]:
    dated = post.published
    published, proof = Cell("?", _NO_DATE), report.proof([post.evidence])
    if dated is not None:
        looks = _DAY if dated.day_only else _TIME
        published = Cell(dated.at.replace(tzinfo=None), looks, proof)
    return (
        published,
        text(company, _OWN_NAME if company == report.own else _NAME),
        text(report.names.channel(post.channel), SMALL),
        text(post.format, SMALL),
        text(post.language, _SMALL_CENTRE),
        text(dated.source if dated else "", SMALL),
        _interactions(post),
        text(_left_out(report, post), _ASIDE),
        address(post.url),
        text(post.title, SMALL),
    )


def _interactions(post: Post) -> Cell:
    """Likes, comments and shares together, as far as public; empty where none is."""
    counts = [each for each in post.interactions if each.reaction not in _APART]
    if not counts:
        return Cell(None, _COUNT)
    exact = all(each.exact for each in counts)
    total = sum(each.count for each in counts)
    return Cell(total, _COUNT if exact else varied(_COUNT, format='"≈ "#,##0_0'))


SHEET = Sheet(name="Posts", order=70, draw=draw, tab=SLATE)
