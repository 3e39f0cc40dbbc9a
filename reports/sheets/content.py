"""Sheet Content: what the posts of each company are, and what they are for, channel by channel."""

from collections.abc import Iterator

from audit.measure.own_posts import FEWEST_POSTS
from audit.measure.purpose import metric_id
from audit.model.metric import Unit
from audit.model.purpose import DECIDED, Purpose
from audit.model.result import CompanyResult
from audit.model.rounding import rounded
from audit.model.value import Known, Unknown
from reports.changed import shortened
from reports.left_out import left_out
from reports.mixed import FORMATS, Content, Mix, content_of
from reports.report import Report
from reports.sheets._base import Sheet
from reports.tables import (
    EMPTY,
    Cell,
    Column,
    ColumnKind,
    Importance,
    Row,
    Sentence,
    Table,
    Tone,
    ToWeb,
)
from reports.words import clause, counted, figure, listed

_TITLES = {
    Purpose.INFORMATIONAL: "informs",
    Purpose.EDUCATIONAL: "teaches",
    Purpose.ENTERTAINING: "entertains",
    Purpose.PROMOTIONAL: "promotes",
}
_DOING = {
    Purpose.INFORMATIONAL: "tell news",
    Purpose.EDUCATIONAL: "teach something",
    Purpose.ENTERTAINING: "entertain",
    Purpose.PROMOTIONAL: "promote something",
}
"""What posts of a purpose do, as the end of a sentence."""

_COLUMNS = (
    Column(title="Company", kind=ColumnKind.COMPANY),
    Column(title="Channel"),
    Column(title="Posts", kind=ColumnKind.FIGURE),
    Column(title="Unclear", kind=ColumnKind.FIGURE),
    Column(title="How sure", kind=ColumnKind.FIGURE),
    Column(title="Example", kind=ColumnKind.TEXT, importance=Importance.DETAIL),
)
_STRIP = tuple(
    Column(title=title, kind=ColumnKind.FIGURE, strip=True)
    for title in (*FORMATS.values(), "Informs", "Teaches", "Enter-\ntains", "Pro-\nmotes")
)
_LETTERS = 46
"""Letters of an example that its column has room for."""

_TELLING = 0.1
"""How far our share of a purpose must be from a typical competitor's to be told."""


def draw(report: Report) -> Table:
    """Return the sheet: all channels of a company together, then each with posts enough."""
    return Table(
        title="What the posts are, and what they are for",
        finding=_finding(report),
        key=(
            "share of the posts of the period; darker is more, · none",
            "unclear: the words do not tell what a post is for",
            "how sure: the mean over all posts that are clear",
        ),
        columns=(*_COLUMNS, *_STRIP),
        rows=list(_rows(report)),
        strip="Share of the posts: formats, then what they are for",
    )


def _finding(report: Report) -> Sentence:
    """Return the purpose in which we differ most from a typical competitor."""
    told = [(gap, each) for each in DECIDED if (gap := _gap(report, each)) is not None]
    if not told:
        return _without_us(report)
    gap, purpose = max(told, key=lambda pair: abs(pair[0]))
    ours, typical = report.value(report.own, metric_id(purpose)), _typical(report, purpose)
    if abs(gap) < _TELLING or not isinstance(ours, Known) or typical is None:
        return (("Our posts serve the same purposes as a typical competitor's.", False),)
    return (
        (figure(ours.value, Unit.SHARE), True),
        (f" of our posts {_DOING[purpose]}; of a typical competitor's ", False),
        (figure(typical, Unit.SHARE), True),
        (".", False),
    )


def _gap(report: Report, purpose: Purpose) -> float | None:
    """Return our share of a purpose less a typical competitor's, as both are shown."""
    ours, typical = report.value(report.own, metric_id(purpose)), _typical(report, purpose)
    if not isinstance(ours, Known) or typical is None:
        return None
    return rounded(ours.value, Unit.SHARE) - rounded(typical, Unit.SHARE)


def _typical(report: Report, purpose: Purpose) -> float | None:
    """Return a typical competitor's share of a purpose; None where it is not known."""
    compared = report.comparisons.get(metric_id(purpose))
    median = compared.median if compared is not None else None
    return median.value if isinstance(median, Known) else None


def _without_us(report: Report) -> Sentence:
    """Return of how many companies the shares are, where ours cannot be held against others."""
    known = sum(bool(content_of(report, each).mixes) for each in report.results)
    who = counted(known, "company", "companies")
    if not report.own:
        return ((f"What the posts of {who} are.", False),)
    place = f"a blog, news or profile with {FEWEST_POSTS} dated posts or more could be read"
    return ((f"Of {who} alone {place}, enough to tell what they are for.", False),)


def _rows(report: Report) -> Iterator[Row]:
    """Give the rows of all companies; of one without shares one that says why."""
    for at, result in enumerate(report.results):
        content, name = content_of(report, result), result.company.name
        rows = [_cells(report, name, mix) for mix in content.mixes]
        rows += _few(report, name, content)
        for place, cells in enumerate(rows or [_nothing(report, result)]):
            yield Row(cells, subject=name, begins=place == 0 and at > 0)


def _nothing(report: Report, result: CompanyResult) -> list[Cell]:
    """Return the cells of a company without a post of the period, with the reason of it."""
    value = report.value(result.company.name, "all.posts_per_week")
    words = (
        f"? {clause(value.reason, value.detail)}"
        if isinstance(value, Unknown)
        else "no posts in the period"
    )
    why = Cell(words, tone=Tone.REASON)
    return [Cell(result.company.name), why, *[EMPTY] * (len(_COLUMNS) + len(_STRIP) - 2)]


def _few(report: Report, name: str, content: Content) -> list[list[Cell]]:
    """Return the row of the channels with too few posts for shares, said once; none without any."""
    if not content.few:
        return []
    channels = listed([report.names.channel(channel) for channel, _ in content.few])
    posts = sum(count for _, count in content.few)
    each = " each" if len(content.few) > 1 else ""
    why = Cell(f"fewer than {FEWEST_POSTS} dated posts{each}: no shares", tone=Tone.REASON)
    head = [Cell(name), Cell(channels), Cell(posts), EMPTY, EMPTY, why]
    return [[*head, *[EMPTY] * len(_STRIP)]]


def _cells(report: Report, name: str, mix: Mix) -> list[Cell]:
    """Return the cells of a channel, or of all channels together."""
    title = report.names.channel(mix.channel) if mix.channel else "All together"
    unclear = mix.purposes.get(Purpose.UNCLEAR)
    return [
        Cell(name),
        Cell(title, tone=Tone.PLAIN if mix.channel else Tone.STRONG),
        Cell(len(mix.posts)),
        Cell(unclear, unit=Unit.SHARE),
        Cell(mix.sure, unit=Unit.SHARE),
        _example(mix),
        *(Cell(mix.formats[each], unit=Unit.SHARE) for each in FORMATS),
        *(Cell(mix.purposes.get(each), unit=Unit.SHARE) for each in DECIDED),
    ]


def _example(mix: Mix) -> Cell:
    """Return the surest post of the commonest purpose, as a link to it."""
    post = mix.example
    if post is None or post.purpose is None:
        return EMPTY
    words = f"{_TITLES[post.purpose.purpose]}: {post.title or post.url}"
    return Cell(shortened(words, _LETTERS), to=ToWeb(post.url) if post.url else None)


def _is_wanted(report: Report) -> bool:
    """Tell whether any company has posts enough for shares."""
    return "Content" not in left_out(report)


SHEET = Sheet(
    name="Content",
    order=66,
    draw=draw,
    wanted=_is_wanted,
    answers="What are their posts, and what are they for?",
)
