"""Sheet KPIs: what the own company has set itself, where it began, and whether it is on track."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from math import ceil

from audit.measure import metric_of
from audit.model.kpi import NOT_BEFORE, KpiProgress, KpiStanding
from audit.model.metric import Unit
from audit.model.rounding import rounded
from audit.model.value import Number, Unknown
from reports.report import Report
from reports.sheets._base import Sheet
from reports.signs import Legend, Sign, key_of, qualified
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
)
from reports.words import capital, counted, figure

_COLUMNS = (
    Column(title="KPI", importance=Importance.KEY),
    Column(title="Goal", kind=ColumnKind.TEXT),
    Column(title="Measure", kind=ColumnKind.TEXT),
    Column(title="Baseline", kind=ColumnKind.FIGURE),
    Column(title="Since", kind=ColumnKind.DAY),
    Column(title="Last run", kind=ColumnKind.FIGURE),
    Column(title="Now", kind=ColumnKind.FIGURE),
    Column(title="Target"),
    Column(title="Due", kind=ColumnKind.DAY),
    Column(title="Standing"),
)
_TONES = {
    KpiStanding.REACHED: Tone.STRONG,
    KpiStanding.OFF_TRACK: Tone.ALERT,
    KpiStanding.MISSED: Tone.ALERT,
    KpiStanding.NOT_KNOWN: Tone.REASON,
}


def draw(report: Report) -> Table:
    """Return the sheet: a row a KPI, in the order of the file."""
    return Table(
        title="What we have set ourselves",
        finding=_finding(_kpis(report)),
        key=_key(_kpis(report)),
        columns=_COLUMNS,
        rows=list(_rows(report)),
    )


def _kpis(report: Report) -> tuple[KpiProgress, ...]:
    """Return the KPIs of the own company; none without one."""
    return next((each.kpis for each in report.results if each.company.own), ())


def _finding(kpis: tuple[KpiProgress, ...]) -> Sentence:
    """Return how many KPIs there are of each standing, those reached first."""
    counts = Counter(each.standing for each in kpis)
    told = [f"{counts[each]} {each}" for each in KpiStanding if counts[each]]
    head = capital(counted(len(kpis), "KPI"))
    return ((head, True), (f": {', '.join(told)}.", False))


def _key(kpis: tuple[KpiProgress, ...]) -> list[str]:
    """Return what on track means, and the signs that occur."""
    values = [value for each in kpis for value in (each.baseline, each.last, each.now)]
    marks = {sign for value in values for sign in qualified(value)}
    if any(isinstance(value, Unknown) and value != NOT_BEFORE for value in values):
        marks.add(Sign.UNKNOWN)
    line = "On track: as far as the straight line from the baseline to the target asks for today"
    return [line, *key_of(marks, Legend.FIGURES)]


def _rows(report: Report) -> Iterator[Row]:
    """Give the row of each KPI."""
    for progress in _kpis(report):
        unit, title = _measure(report, progress)
        kpi = progress.kpi
        yield Row(
            [
                Cell(kpi.name),
                Cell(kpi.goal) if kpi.goal else EMPTY,
                Cell(title),
                _figure(report, progress.baseline, unit),
                _day(report, progress.since),
                EMPTY if progress.last == NOT_BEFORE else _figure(report, progress.last, unit),
                _figure(report, progress.now, unit),
                Cell(kpi.target),
                _day(report, kpi.due),
                Cell(
                    _standing(report, progress, unit),
                    tone=_TONES.get(progress.standing, Tone.PLAIN),
                ),
            ],
            subject=kpi.measure,
        )


def _measure(report: Report, progress: KpiProgress) -> tuple[Unit, str]:
    """Return the unit and the title of a KPI's measure, also of one that nobody has a figure of."""
    name = progress.kpi.measure
    compared = report.comparisons.get(name)
    metric = compared.about if compared is not None else metric_of(name)
    return (metric.unit, report.named(metric).title) if metric is not None else (Unit.COUNT, name)


def _figure(report: Report, value: Number, unit: Unit) -> Cell:
    """Return a figure with its proof, or why there is none."""
    return Cell(value, unit=unit, to=report.proof_of(value))


def _day(report: Report, day: date | None) -> Cell:
    """Return a calendar day of the audit's time zone."""
    return Cell(datetime.combine(day, time(), report.zone)) if day is not None else EMPTY


def _standing(report: Report, progress: KpiProgress, unit: Unit) -> str:
    """Return where a KPI stands, and how far it falls short: `off track by 0.4`."""
    if progress.short_by is None:
        return progress.standing.value
    is_open = progress.standing is KpiStanding.OPEN
    head, why = progress.standing.value, _open(report, progress) if is_open else ""
    if rounded(progress.short_by, unit) == 0:
        # "0.0 to go" would be a contradiction.
        return f"{head}, just short{why}"
    # A part of a follower or of a post is none: what is short of it is the next whole one.
    whole = unit in (Unit.COUNT, Unit.DAYS)
    short = figure(ceil(rounded(progress.short_by, unit)) if whole else progress.short_by, unit)
    # The difference of two shares is no share of anything.
    short = short.replace("%", " points") if unit is Unit.SHARE else short
    return f"{head}, {short} to go{why}" if is_open else f"{head} by {short}"


def _open(report: Report, progress: KpiProgress) -> str:
    """Return why nothing can be said yet of a KPI that is due, as the end of its standing."""
    today = report.snapshot.run.as_of.astimezone(report.zone).date()
    if progress.kpi.due is None:
        return ""
    if progress.since is None:
        return "; no baseline yet"
    return "; baseline set today" if progress.since >= today else "; too early to tell"


def _wanted(report: Report) -> bool:
    """Tell whether the file has KPIs, and an own company that has set them itself."""
    return bool(_kpis(report))


SHEET = Sheet(
    name="KPIs", order=17, draw=draw, wanted=_wanted, answers="Do we reach what we set ourselves?"
)
