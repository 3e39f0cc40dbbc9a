"""Sheet Cadence: how often, how lately, how steadily; posts a month as a strip."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from audit.measure.cadence import STEPS
from audit.model.bounds import bound_of
from audit.model.kinds import SECTIONS
from audit.model.metric import Bound, Metric, Unit
from audit.model.result import Cadence, CompanyResult, Status
from audit.model.value import Absent, Dated, DateSource, Known, Number, Unknown
from reports.activity import last_seen
from reports.beginnings import is_young, row_words, since_beginning
from reports.course import course
from reports.findings import BUSIEST
from reports.leaders import Headline, figures, most_told, told_of
from reports.months import chart, months_of, span
from reports.periods import unlike_periods
from reports.report import Report
from reports.sheets._base import Sheet
from reports.signs import OF_STATUS, Legend, Sign, key_of
from reports.silent import fell_silent
from reports.tables import (
    EMPTY,
    Cell,
    Column,
    ColumnKind,
    Row,
    Sentence,
    Table,
    Tone,
    signs_of_figures,
)
from reports.telling import figure_words, is_hardly_any
from reports.trend import trend_cell
from reports.words import figure, listed

_LETTERS = "JFMAMJJASOND"
_SIGNED = (Status.ACTIVE, Status.SLOWING, Status.DORMANT)
"""States with a sign before their word."""

_EVERYWHERE, _NETWORKS = "all.posts_per_week", "channels.posts_per_week"
_PAUSE = "all.longest_gap_days"

_COLUMNS = (
    Column(title="Company", kind=ColumnKind.COMPANY),
    Column(title="Channel"),
    Column(title="Posts", kind=ColumnKind.FIGURE),
    Column(title="Per week", kind=ColumnKind.FIGURE),
    Column(title="95% between", kind=ColumnKind.RANGE),
    Column(title="Last post", kind=ColumnKind.DAY),
    Column(title="Status"),
    Column(title="Longest pause, days", kind=ColumnKind.FIGURE),
    Column(title="Weeks with a post", kind=ColumnKind.FIGURE),
    Column(title="Trend, 90 days", kind=ColumnKind.TREND),
    Column(title="Period seen", kind=ColumnKind.FIGURE),
)

_BEGAN = Column(title="Since it began")
_AT = 5
"""Where that column stands, if anything of any company is younger than the period."""


def draw(report: Report) -> Table:
    """Return the sheet."""
    months = months_of(report)
    young = [_BEGAN] if _any_young(report) else []
    strip = [
        Column(title=_LETTERS[int(month[5:7]) - 1], kind=ColumnKind.FIGURE, strip=True)
        for month in months
    ]
    rows = list(_rows(report, months))
    return Table(
        title="How often, how lately, how steadily",
        finding=_finding(report),
        key=_key(report, rows),
        columns=[*_COLUMNS[:_AT], *young, *_COLUMNS[_AT:], *strip],
        rows=rows,
        strip=span(months) if months else "",
        charts=(
            *((chart(report, months),) if months else ()),
            *course(report, "site.posts_per_week", "posts a week on the website"),
        ),
    )


def _any_young(report: Report) -> bool:
    """Tell whether a section or profile of any company began within the period."""
    return any(is_young(row) for result in report.results for row in result.cadence)


def _finding(report: Report) -> Sentence:
    """Return who posts most, how much we post, and how long our longest pause was."""
    # Where the posts of a network could be read, a website alone is not how often they post.
    networks = any(each.value for each in figures(report, _NETWORKS).values())
    name = _EVERYWHERE if networks else BUSIEST
    where = "on website and networks together" if networks else "on the website"
    headline = Headline(
        one="posts",
        many="post",
        words=lambda each: figure_words(each, report.metric(name)),
        unit=f" a week {where}",
    )
    known = figures(report, name)
    if not known:
        return _none(report)
    if all(_is_of_a_part(value, report.metric(name)) for value in known.values()):
        # Such a rate may be a tenth of the true one: no number to begin a sheet with.
        return ((_PARTS_SEEN, False),)
    if silent := fell_silent(report, report.own, networks=networks):
        told = most_told(report, name, headline, ours=False)
        begin = "; we " if told else "We "
        return (
            *told,
            (f"{begin}have posted nothing {where} since ", False),
            (silent, True),
            (".", False),
        )
    begun = (*most_told(report, name, headline), *_ours(report, name))
    silence = _silence(report, networks=name == _EVERYWHERE)
    return (*begun, *_ended(report, networks=networks), *silence, (".", False))


def _none(report: Report) -> Sentence:
    """Return that no section of a company's own was measured, and whose forum or wiki was."""
    measured = [
        f"{result.company.name} ({report.names.feature(row.channel).lower()})"
        for result in report.results
        for row in result.cadence
        if row.channel not in SECTIONS and isinstance(row.posts_per_week, Known)
    ]
    rest = f"; below stands {listed(measured)}" if measured else ""
    return ((f"No blog, news, podcast or release notes could be measured{rest}.", False),)


def _ended(report: Report, *, networks: bool) -> Sentence:
    """Return since when nothing was posted, where the only one that posted has fallen silent."""
    name = _EVERYWHERE if networks else BUSIEST
    known = told_of(report, name, figures(report, name))
    if len(known) != 1 or report.own in known:
        return ()
    silent = fell_silent(report, next(iter(known)), networks=networks)
    return ((", and nothing since ", False), (silent, True)) if silent else ()


def _is_of_a_part(value: Known[int] | Known[float], metric: Metric) -> bool:
    """Tell whether a rate says nothing of the whole: it is at least so much, or hardly any."""
    bound = bound_of(value, metric)
    return bound is Bound.LEAST or (bound is not None and is_hardly_any(value, metric))


_PARTS_SEEN = "Only a part of their posts could be seen, so nobody can tell who posts most."


def _ours(report: Report, metric: str) -> Sentence:
    """Return what our rate is since we began with it, where that is within the period."""
    own = next((each for each in report.results if each.company.own), None)
    value = report.value(report.own, metric)
    if own is None or not isinstance(value, Known):
        return ()
    young = since_beginning(report, own, metric, value.value)
    return ((f"; ours is {young.words}", False),) if young and young.rate is not None else ()


def _silence(report: Report, *, networks: bool) -> Sentence:
    """Return our longest pause: over website and networks, or in a section of the website."""
    if networks:
        pause, where = report.value(report.own, _PAUSE) if report.own else None, ""
    else:
        pause, where = _pause_of_section(report)
    if not isinstance(pause, Known):
        return ()
    days = figure_words(pause, report.metric(_PAUSE))
    noun = "day" if days.rpartition(" ")[2] == "1" else "days"
    return ((f"; our longest pause is {days} {noun}{where}", False),)


def _pause_of_section(report: Report) -> tuple[Number | None, str]:
    """Return our longest pause in a section of the website, and in which."""
    result = next((each for each in report.results if each.company.name == report.own), None)
    pauses = [
        (row.longest_gap_days, f", on the {row.channel}")
        for row in (result.cadence if result else ())
        if isinstance(row.longest_gap_days, Known) and row.channel in SECTIONS
    ]
    return max(pauses, key=lambda each: each[0].value, default=(None, ""))


def _key(report: Report, drawn: Sequence[Row]) -> list[str]:
    """Return the key of the signs that occur."""
    rows = [row for result in report.results for row in result.cadence]
    states = {row.status.value for row in rows if isinstance(row.status, Known)}
    marks = {OF_STATUS[status] for status in states if status in _SIGNED}
    if any(isinstance(row.trend, Unknown) for row in rows):
        marks.add(Sign.UNKNOWN)
    unseen = any(count is None for row in rows for _, count in row.months)
    return [
        "Strip: darker is more, · none" + (", grey ? not seen" if unseen else ""),
        *key_of(signs_of_figures(drawn), Legend.FIGURES),
        *key_of(marks, Legend.FIGURES),
        *unlike_periods(report),
    ]


def _rows(report: Report, months: Sequence[str]) -> Iterator[Row]:
    """Give a row for each section and profile of each company that has a cadence."""
    young = _any_young(report)
    for at, result in enumerate(report.results):
        name = result.company.name
        if not result.cadence:
            cells = _nothing(report, result, len(months))
            cells[_AT:_AT] = [EMPTY] * young
            yield Row(cells, subject=name, begins=at > 0)
        for place, row in enumerate(result.cadence):
            cells = _cells(report, result, row, months)
            cells[_AT:_AT] = [Cell(row_words(report, row))] * young
            yield Row(cells, subject=name, begins=place == 0 and at > 0)


def _nothing(report: Report, result: CompanyResult, months: int) -> list[Cell]:
    """Return the cells of a company without any dated section: none found, or not readable."""
    name = result.company.name
    value = report.value(name, "site.posts_per_week")
    state = Cell(value if isinstance(value, Unknown) else Absent())
    channel = Cell("none found" if isinstance(value, Absent) else "", tone=Tone.ASIDE)
    return [Cell(name), channel, *[Cell()] * 4, state, *[Cell()] * 4, *[Cell()] * months]


def _cells(
    report: Report, result: CompanyResult, row: Cadence, months: Sequence[str]
) -> list[Cell]:
    """Return the cells of a section or a profile."""
    counts = dict(row.months)
    readable = isinstance(row.posts, Known)
    return [
        Cell(result.company.name),
        Cell(report.names.channel(row.channel)),
        *_amounts(report, row),
        *_newest(report, result, row),
        _or_blank(row, row.longest_gap_days, Unit.DAYS),
        _or_blank(row, row.weeks_with_post, Unit.SHARE),
        _trend(row),
        Cell(float(row.coverage), unit=Unit.SHARE) if readable else Cell(),
        *(_month(counts.get(month), row) for month in months),
    ]


def _amounts(report: Report, row: Cadence) -> list[Cell]:
    """Return posts, posts a week and its interval; empty where the status says why."""
    if isinstance(row.posts_per_week, Unknown) and isinstance(row.status, Unknown):
        return [Cell()] * 3
    proof = report.proof_of(row.posts_per_week)
    interval = ""
    if row.interval is not None:
        low, high = (figure(end, Unit.RATE) for end in row.interval)
        interval = f"{low} – {high}"
    return [
        Cell(row.posts, to=proof),
        Cell(row.posts_per_week, unit=Unit.RATE, tone=Tone.STRONG, to=proof),
        Cell(interval),
    ]


def _or_blank(row: Cadence, value: Number, unit: Unit) -> Cell:
    """Return a figure; a reason that the status gives already is not said again."""
    if isinstance(value, Unknown) and isinstance(row.status, Unknown):
        return Cell()
    return Cell(value, unit=unit, noted=False)


def _newest(report: Report, result: CompanyResult, row: Cadence) -> tuple[Cell, Cell]:
    """Return when the last post was and how lately that is; or why that is not known.

    Where no post has a date, a section may show itself when its last post was.
    """
    shown = last_seen(result, row.channel) if isinstance(row.newest, Unknown) else None
    if shown is None or not isinstance(shown.value, datetime):
        status = row.status
        cell = Cell(status) if isinstance(status, Unknown) else _status(status.value)
        return (Cell() if isinstance(row.newest, Unknown) else Cell(row.newest)), cell
    at = Dated(at=shown.value, source=DateSource.TEXT, day_only=True)
    return Cell(at, to=report.proof((shown.evidence,))), _status(_of_age(report, shown.value))


def _of_age(report: Report, at: datetime) -> Status:
    """Return the state of what had its last post on a day."""
    days = (report.snapshot.run.as_of.date() - at.date()).days
    return next((status for most, status in STEPS if days <= most), Status.ABANDONED)


def _status(status: Status) -> Cell:
    """Return how lately there was a post, with its sign."""
    pale = status not in (Status.ACTIVE, Status.SLOWING)
    mark = OF_STATUS[status] if status in _SIGNED else None
    return Cell(status.value, tone=Tone.ASIDE if pale else Tone.PLAIN, mark=mark)


def _trend(row: Cadence) -> Cell:
    """Return the trend, or nothing where the status says why it is unknown."""
    if isinstance(row.trend, Unknown) and isinstance(row.status, Unknown):
        return Cell()
    return trend_cell(row.trend)


def _month(count: int | None, row: Cadence) -> Cell:
    """Return the posts of a month; where nothing could be counted the status says so, once."""
    if isinstance(row.posts, Unknown):
        return Cell()
    return Cell(mark=Sign.NOT_SEEN) if count is None else Cell(count)


SHEET = Sheet(
    name="Cadence",
    order=60,
    draw=draw,
    answers="How often, how steadily and how lately does each post?",
)
