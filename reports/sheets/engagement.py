"""Sheet Engagement: what readers did with the posts of each channel, and measured by what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from audit.model.engagement import EVERYWHERE, Engagement, Formula
from audit.model.metric import Unit
from audit.model.result import CompanyResult
from audit.model.value import Known, Number, Unknown
from reports.leaders import Headline, most_told
from reports.left_out import left_out
from reports.lost import known_columns, not_known_of_any
from reports.report import Report
from reports.sheets._base import Sheet
from reports.signs import Legend, Sign, key_of
from reports.tables import (
    EMPTY,
    NONE,
    Cell,
    Column,
    ColumnKind,
    Row,
    Sentence,
    Table,
    Tone,
    ToWeb,
    signs_of_figures,
)
from reports.telling import figure_words

_MEAN = "engagement.per_post"
_PER = 1_000

FORMULAS: Mapping[Formula, str] = {
    Formula.FOLLOWERS: "per follower",
    Formula.TWO_RUNS: "per follower, mean of two runs",
    Formula.VIEWS: "per view",
    Formula.POOLED: "per follower, all profiles",
}
"""The formulas in words; the results file has their ids."""

_COLUMNS = (
    Column(title="Company", kind=ColumnKind.COMPANY),
    Column(title="Channel"),
    Column(title="Posts", kind=ColumnKind.FIGURE),
    Column(title="Interactions a post", kind=ColumnKind.FIGURE),
    Column(title="Middle post", kind=ColumnKind.FIGURE),
    Column(title="Applause", kind=ColumnKind.FIGURE),
    Column(title="Conversation", kind=ColumnKind.FIGURE),
    Column(title="Amplification", kind=ColumnKind.FIGURE),
    Column(title="Per 1,000", kind=ColumnKind.FIGURE),
    Column(title="Formula"),
    Column(title="Share", kind=ColumnKind.FIGURE),
    Column(title="Top post", kind=ColumnKind.TEXT),
)


def draw(report: Report) -> Table:
    """Return the sheet: all channels of a company together, then each."""
    rows = list(_rows(report))
    # Of one company alone each reason is its own, and nothing is known of "no company".
    places = range(len(_COLUMNS))
    shown = known_columns(rows, places) if len(report.results) > 1 else list(places)
    unknown = [column.title for at, column in enumerate(_COLUMNS) if at not in shown]
    return Table(
        title="What readers do with the posts",
        finding=_finding(report),
        key=[*_key(report, rows), *not_known_of_any(unknown)],
        columns=[_COLUMNS[at] for at in shown],
        rows=[replace(row, cells=[row.cells[at] for at in shown]) for row in rows],
    )


def _getting(report: Report) -> Headline:
    """Return the words for who gets most, each figure as much as it says."""
    return Headline(
        one="gets",
        many="get",
        words=lambda each: figure_words(each, report.metric(_MEAN)),
        unit=" interactions a post",
    )


def _finding(report: Report) -> Sentence:
    """Return who gets most interactions a post, and how many we get."""
    runs = most_told(report, _MEAN, _getting(report))
    if not runs:
        return (("No platform shows what readers do with the posts.", False),)
    return (*runs, (".", False))


def _key(report: Report, rows: Sequence[Row]) -> list[str]:
    """Return what a reader must know of the figures, and the signs that occur."""
    values = [row.mean for result in report.results for row in result.engagement]
    seen = [value for value in values if isinstance(value, Known)]
    marks = {Sign.UNKNOWN} if len(seen) < len(values) else set()
    marks |= signs_of_figures(rows)
    return [
        "Posts older than five days that show likes, comments or shares",
        "Share: of the interactions of all companies there",
        "Top post in bold: far beyond the usual",
        *key_of(marks, Legend.FIGURES),
    ]


def _rows(report: Report) -> Iterator[Row]:
    """Give a row for each channel of each company, that of all together first."""
    for at, result in enumerate(report.results):
        name = result.company.name
        if not result.engagement:
            yield Row(_nothing(report, result), subject=name, begins=at > 0)
        for place, row in enumerate(result.engagement):
            yield Row(_cells(report, name, row), subject=name, begins=place == 0 and at > 0)


def _nothing(report: Report, result: CompanyResult) -> list[Cell]:
    """Return the cells of a company without a channel: none found, or not readable."""
    name = result.company.name
    channels = report.value(name, "presence.channels")
    state = Cell(channels) if isinstance(channels, Unknown) else NONE
    return [Cell(name), EMPTY, EMPTY, state, *[EMPTY] * 8]


def _cells(report: Report, name: str, row: Engagement) -> list[Cell]:
    """Return the cells of a channel; one that shows no interactions says why, once."""
    everywhere = row.channel == EVERYWHERE
    title = "All together" if everywhere else report.names.channel(row.channel)
    head = [Cell(name), Cell(title, tone=Tone.STRONG if everywhere else Tone.PLAIN)]
    if isinstance(row.mean, Unknown):
        return [*head, EMPTY, Cell(row.mean), *[EMPTY] * 8]
    return [
        *head,
        Cell(row.posts),
        *(_average(report, value) for value in (row.mean, row.median)),
        *(_average(report, value) for value in _columns(row)),
        *_rate(report, row),
        _share(report, name, row),
        _top(row),
    ]


def _columns(row: Engagement) -> tuple[Number, Number, Number]:
    """Return applause, conversation and amplification."""
    return row.applause, row.conversation, row.amplification


def _average(report: Report, value: Number) -> Cell:
    """Return a figure a post; where the platform shows no such count, the reason."""
    if isinstance(value, Unknown):
        return Cell(value, noted=False)
    return Cell(value, unit=Unit.RATE, to=report.proof_of(value))


def _rate(report: Report, row: Engagement) -> list[Cell]:
    """Return interactions a post per 1,000 followers or views, and by which formula."""
    match row.rate:
        case Known(value=rate, evidence=evidence, exact=exact, qualifiers=marks):
            share = Known(value=rate.value * _PER, evidence=evidence, exact=exact, qualifiers=marks)
            proof = report.proof_of(share)
            return [Cell(share, unit=Unit.RATE, to=proof), Cell(FORMULAS[rate.formula])]
        case Unknown():
            return [Cell(row.rate), EMPTY]


def _share(report: Report, name: str, row: Engagement) -> Cell:
    """Return a company's share of the interactions there; that of its main profile, once."""
    everywhere = row.channel == EVERYWHERE
    value = report.value(
        name, f"{'all' if everywhere else f'channel.{row.channel}'}.share_of_interactions"
    )
    if value is None or (not everywhere and row.url != _main_profile(report, name, row.channel)):
        return EMPTY
    return Cell(value, unit=Unit.SHARE, to=report.proof_of(value), noted=False)


def _main_profile(report: Report, name: str, channel: str) -> str:
    """Return the address of the first profile of a company on a platform, whose share is told."""
    result = next(each for each in report.results if each.company.name == name)
    return next((each.url for each in result.engagement if each.channel == channel), "")


def _top(row: Engagement) -> Cell:
    """Return the post with the most interactions, their number first; bold where an outlier."""
    if not row.top:
        return EMPTY
    top = row.top[0]
    outlier = not isinstance(row.outliers, Unknown) and top in row.outliers
    return Cell(
        f"{top.interactions:,}: {top.title or top.url}",
        tone=Tone.STRONG if outlier else Tone.PLAIN,
        to=ToWeb(top.url) if top.url else None,
    )


def _is_wanted(report: Report) -> bool:
    """Tell whether a platform of any company shows what readers did."""
    return "Engagement" not in left_out(report)


SHEET = Sheet(
    name="Engagement",
    order=69,
    draw=draw,
    wanted=_is_wanted,
    answers="What do readers do with the posts?",
)
