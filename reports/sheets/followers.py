"""Sheet Followers: how many follow each channel of a company, and how that grows a week."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from math import ceil

from audit.measure.followers import FIRST_COUNT, ROUNDED_AWAY
from audit.model.engagement import EVERYWHERE
from audit.model.followers import AudienceSize, Growth
from audit.model.metric import Unit
from audit.model.result import CompanyResult
from audit.model.rounding import rounded
from audit.model.value import Dated, DateSource, Known, Unknown
from reports.course import audience_course
from reports.report import Report
from reports.sheets._base import Sheet
from reports.signs import OF_QUALIFIER, Legend, Sign, key_of
from reports.tables import (
    EMPTY,
    NONE,
    Cell,
    Column,
    ColumnKind,
    Importance,
    Row,
    Run,
    Sentence,
    Table,
    Tone,
)
from reports.words import capital, counted, figure

AT_LEAST = "† at least: one of them could not be seen"
_PER = 1_000
_LEAST = 3
"""Companies whose growth must be known before it is told in a sentence."""

_COLUMNS = (
    Column(title="Company", kind=ColumnKind.COMPANY),
    Column(title="Channel"),
    Column(title="Followers", kind=ColumnKind.FIGURE),
    Column(title="Give or take", kind=ColumnKind.FIGURE),
    Column(title="Counted as", importance=Importance.ASIDE),
    Column(title="New a week, per 1,000", kind=ColumnKind.FIGURE),
    Column(title="Between", kind=ColumnKind.RANGE),
    Column(title="Since", kind=ColumnKind.DAY),
)


def draw(report: Report) -> Table:
    """Return the sheet: all channels of a company together, then each."""
    return Table(
        title="How many follow, and how that grows",
        finding=_finding(report),
        key=_key(report),
        columns=_COLUMNS,
        rows=list(_rows(report)),
        charts=audience_course(report, "followers of the profiles counted in all runs"),
    )


def _growth_of(result: CompanyResult) -> Growth | None:
    """Return the growth over all channels of a company; None where rounding may have made it."""
    growth = result.sizes[0].growth if result.sizes else None
    if not isinstance(growth, Known) or growth.value.within_rounding:
        return None
    return growth.value


def _finding(report: Report) -> Sentence:
    """Return whose audience grows fastest; how many follow is never the point."""
    grown = [
        (rounded(growth.per_week * _PER, Unit.RATE), result.company.name)
        for result in report.results
        if (growth := _growth_of(result)) is not None
    ]
    if not grown:
        return ((f"{_shown(report)}. {_no_growth(report)}", False),)
    if len(grown) < _LEAST:
        return _one_by_one(report, grown)
    (most, name), (second, _), *_ = sorted(grown, reverse=True)
    if most <= 0:
        return (("No company's audience grows.", False),)
    # What readers cannot see apart is no difference.
    if most == second:
        return ((f"{_shown(report)}; several companies gain alike.", False),)
    who = "We gain" if name == report.own else f"{name} gains"
    gain = f"{figure(most, Unit.RATE)} new followers a week per 1,000"
    return ((f"{who} fastest: ", False), (gain, True), (".", False))


def _one_by_one(report: Report, grown: Sequence[tuple[float, str]]) -> Sentence:
    """Return the growth of one or two companies, of whom none is said to be the fastest."""
    runs: list[Run] = []
    for rate, name in grown:
        own = name == report.own
        verb = ("gain" if own else "gains") if rate >= 0 else ("lose" if own else "loses")
        who = ("we" if runs else "We") if own else name
        runs += [
            (f"{'; ' if runs else ''}{who} {verb} ", False),
            (figure(abs(rate), Unit.RATE), True),
            *([] if runs else [(" followers a week per 1,000", False)]),
        ]
    return (*runs, (".", False))


def _no_growth(report: Report) -> str:
    """Return why no growth is told: it is too early, or rounding may have made it all."""
    growths = (size.growth for result in report.results for size in result.sizes[:1])
    if any(isinstance(growth, Known) or growth == ROUNDED_AWAY for growth in growths):
        return "No change is larger than the rounding of the counts."
    return "Growth is told of a profile from its second count on, a week later at least."


def _shown(report: Report) -> str:
    """Return of how many profiles it is known how many follow."""
    sizes = [size for result in report.results for size in result.sizes]
    shown = sum(isinstance(size.value, Known) and size.channel != EVERYWHERE for size in sizes)
    verb = "shows" if shown == 1 else "show"
    return f"{capital(counted(shown, 'profile'))} {verb} how many follow"


def _key(report: Report) -> list[str]:
    """Return what a reader must know of the figures, and the signs that occur."""
    values = [size.value for result in report.results for size in result.sizes]
    known = [value for value in values if isinstance(value, Known)]
    marks = {OF_QUALIFIER[mark] for value in known for mark in value.qualifiers}
    part = [AT_LEAST] if Sign.TRUNCATED in marks else []
    marks.discard(Sign.TRUNCATED)
    if any(not value.exact for value in known):
        marks.add(Sign.ROUNDED)
    if len(known) < len(values):
        marks.add(Sign.UNKNOWN)
    return [
        "who follows two channels counts twice",
        "between: what the growth may be, as platforms round",
        *part,
        *key_of(marks, Legend.FIGURES),
    ]


def _rows(report: Report) -> Iterator[Row]:
    """Give a row for each channel of each company, that of all together first."""
    for at, result in enumerate(report.results):
        name = result.company.name
        if not result.sizes:
            yield Row(_nothing(report, name), subject=name, begins=at > 0)
        for place, size in enumerate(result.sizes):
            yield Row(_cells(report, name, size), subject=name, begins=place == 0 and at > 0)


def _nothing(report: Report, name: str) -> list[Cell]:
    """Return the cells of a company without a channel: none found, or not readable."""
    channels = report.value(name, "presence.channels")
    state = Cell(channels) if isinstance(channels, Unknown) else NONE
    return [Cell(name), EMPTY, state, *[EMPTY] * 5]


def _cells(report: Report, name: str, size: AudienceSize) -> list[Cell]:
    """Return the cells of a channel; one that could not be read says why, once."""
    everywhere = size.channel == EVERYWHERE
    title = "All together" if everywhere else report.names.channel(size.channel)
    margin = Cell(ceil(size.margin)) if size.margin else EMPTY
    return [
        Cell(name),
        Cell(title, tone=Tone.STRONG if everywhere else Tone.PLAIN),
        Cell(size.value, to=report.proof_of(size.value)),
        margin,
        Cell(size.counted, tone=Tone.ASIDE),
        *_growth(size),
    ]


def _growth(size: AudienceSize) -> Sequence[Cell]:
    """Return the growth with its bounds and its beginning; in words where there is none."""
    growth = size.growth
    if isinstance(growth, Unknown):
        return (_without_growth(size, growth), EMPTY, EMPTY)
    change = growth.value
    since = Cell(_day(change.since))
    if change.within_rounding:
        return (Cell("within rounding", tone=Tone.ASIDE), Cell(_between(change)), since)
    value = Known(
        value=change.per_week * _PER, evidence=growth.evidence, exact=change.low == change.high
    )
    bounds = EMPTY if value.exact else Cell(_between(change))
    return (Cell(value, unit=Unit.RATE), bounds, since)


def _day(day: date) -> Dated:
    """Return a day as it is, whatever the time zone of the audit."""
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Dated(at=at, source=DateSource.API, day_only=True)


def _without_growth(size: AudienceSize, growth: Unknown) -> Cell:
    """Return why there is no growth; nothing where the number itself says why it is unknown."""
    if isinstance(size.value, Unknown):
        return EMPTY
    words = {FIRST_COUNT: "first count", ROUNDED_AWAY: "within rounding"}.get(growth)
    return Cell(words, tone=Tone.ASIDE) if words else Cell(growth, noted=False)


def _between(change: Growth) -> str:
    """Return the bounds of the growth, as the column beside has it: `−0.4 – 2.1`."""
    low, high = (figure(bound * _PER, Unit.RATE) for bound in (change.low, change.high))
    return f"{low} – {high}".replace("-", "−")


def _is_wanted(report: Report) -> bool:
    """Tell whether it is known of any profile how many follow."""
    return any(isinstance(size.value, Known) for each in report.results for size in each.sizes)


SHEET = Sheet(
    name="Followers",
    order=44,
    draw=draw,
    wanted=_is_wanted,
    answers="How many follow whom, and who gains?",
)
