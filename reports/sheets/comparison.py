"""Sheet Comparison: one row a measure, one column a company; median, rank, best and last."""

from collections.abc import Iterator, Sequence

from audit.model.metric import Metric
from audit.model.result import DIFFERENT_PERIODS, Comparison
from audit.model.rounding import rounded
from audit.model.value import Absent, Known, Unknown
from reports.beginnings import young_note
from reports.periods import unlike_periods
from reports.report import Report
from reports.sheets._base import Sheet
from reports.signs import OF_QUALIFIER, Legend, Sign, key_of
from reports.since import since_key, since_words
from reports.tables import (
    Cell,
    Column,
    ColumnKind,
    Importance,
    Part,
    Row,
    Run,
    Sentence,
    Table,
    Tone,
)
from reports.words import capital, counted


def draw(report: Report) -> Table:
    """Return the sheet."""
    compared = list(report.comparisons.values())
    return Table(
        title="Every measure, side by side",
        finding=_finding(report, compared),
        key=[*_key(compared), *since_key(report), *unlike_periods(report)],
        columns=_columns(report),
        rows=list(_rows(report, compared)),
    )


def _columns(report: Report) -> list[Column]:
    """Return the columns: our own company first, then the median and the competitors."""
    rivals = [Column(title=each.company.name, kind=ColumnKind.FIGURE) for each in report.rivals]
    own = [Column(title=report.own, kind=ColumnKind.FIGURE, own=True)] if report.own else []
    whose = "Competitor " if report.own else ""
    return [
        Column(title="Theme", kind=ColumnKind.GROUP),
        Column(title="Measure", importance=Importance.MAIN),
        *own,
        Column(title=f"{whose}median".capitalize(), kind=ColumnKind.FIGURE),
        Column(title=f"{whose}mean".capitalize(), kind=ColumnKind.FIGURE),
        *rivals,
        *([Column(title="Our rank", kind=ColumnKind.FIGURE)] if report.own else []),
        Column(title="Read", kind=ColumnKind.FIGURE),
    ]


def _finding(report: Report, compared: Sequence[Comparison]) -> Sentence:
    """Return on how many measures we lead, and on how many we are behind."""
    if not report.own:
        who = counted(len(report.companies), "company", "companies")
        measures = capital(f"{counted(len(compared), 'measure')} of {who}")
        return ((f"{measures}; no own company is named, so there is no rank.", False),)
    ranked = [each for each in compared if each.rank is not None]
    if not ranked:
        return (("Too few figures to rank us on any measure.", False),)
    lead = sum(each.best == report.own for each in ranked)
    shared = sum(each.rank.place == 1 for each in ranked if each.rank is not None) - lead
    typical = [each for each in ranked if isinstance(each.median, Known)]
    runs: list[Run] = [
        (f"Of {len(ranked)} measures we lead in ", False),
        (f"{lead or 'none'}", True),
        *([(", share the first place in ", False), (f"{shared}", True)] if shared else []),
    ]
    if not typical:
        # Without a median nobody is on its worse side, which would read as praise.
        return (*runs, ("; too few competitors are known for a typical one.", False))
    below = sum(_below(report, each) for each in typical)
    of = f" of {len(typical)}" if below and len(typical) < len(ranked) else ""
    return (
        *runs,
        (" and trail the typical competitor in ", False),
        (f"{below or 'none'}{of}", True),
        (".", False),
    )


def _below(report: Report, compared: Comparison) -> bool:
    """Tell whether our figure lies on the worse side of the median, as both are shown."""
    own, unit = report.value(report.own, compared.metric), compared.about.unit
    if not isinstance(own, Known) or not isinstance(compared.median, Known):
        return False
    ours, typical = rounded(own.value, unit), rounded(compared.median.value, unit)
    return ours != typical and (ours < typical) is bool(compared.about.higher_is_better)


def _key(compared: Sequence[Comparison]) -> list[str]:
    """Return the key of the signs that occur."""
    values = [value for each in compared for _, value in each.values]
    known = [value for value in values if isinstance(value, Known)]
    marks = {OF_QUALIFIER[qualifier] for value in known for qualifier in value.qualifiers}
    if any(not value.exact for value in known):
        marks.add(Sign.ROUNDED)
    if any(isinstance(value, Unknown) for value in values):
        marks.add(Sign.UNKNOWN)
    if any(isinstance(value, Absent) for value in values):
        marks.add(Sign.ABSENT)
    proved = ["each figure links to its proof"] if known else []
    return [*proved, *key_of(marks, Legend.FIGURES)]


def _rows(report: Report, compared: Sequence[Comparison]) -> Iterator[Row]:
    """Give a row for each measure; a new theme begins a group."""
    theme = ""
    for comparison in compared:
        metric = report.metric(comparison.metric)
        begins = bool(theme) and metric.theme != theme
        yield Row(_cells(report, comparison, metric), subject=metric.id, begins=begins)
        theme = metric.theme


def _cells(report: Report, compared: Comparison, metric: Metric) -> list[Cell]:
    """Return the cells of a measure."""
    own = [_value(report, compared, report.own)] if report.own else []
    return [
        Cell(metric.theme),
        Cell(metric.title),
        *own,
        _median(compared, metric),
        _mean(compared, metric),
        *(_value(report, compared, rival.company.name) for rival in report.rivals),
        *([_rank(compared)] if report.own else []),
        Cell(Part(compared.read, len(compared.values)), tone=Tone.ASIDE),
    ]


def _median(compared: Comparison, metric: Metric) -> Cell:
    """Return the median of the competitors, or that their periods cannot be compared."""
    if compared.median == DIFFERENT_PERIODS:
        return Cell("periods differ", tone=Tone.REASON)
    return Cell(compared.median, unit=metric.unit, tone=Tone.TYPICAL)


def _mean(compared: Comparison, metric: Metric) -> Cell:
    """Return the mean of the competitors; empty where their periods cannot be compared."""
    if compared.competitors.mean == DIFFERENT_PERIODS:
        return Cell()
    return Cell(compared.competitors.mean, unit=metric.unit, tone=Tone.TYPICAL, noted=False)


def _value(report: Report, compared: Comparison, company: str) -> Cell:
    """Return a company's figure, marked where it is the best or the last."""
    value = report.value(company, compared.metric)
    if value is None:
        return Cell()
    mark = None
    if company == compared.best:
        mark = Sign.BEST
    elif company == compared.last:
        mark = Sign.LAST
    unit = report.metric(compared.metric).unit
    result = next(each for each in report.results if each.company.name == company)
    return Cell(
        value,
        unit=unit,
        mark=mark,
        to=report.proof_of(value),
        aside=young_note(report, result, compared.metric),
        since=since_words(report, result, compared.about),
    )


def _rank(compared: Comparison) -> Cell:
    """Return our place among the companies."""
    if compared.rank is None:
        return Cell("no rank", tone=Tone.ASIDE)
    return Cell(Part(compared.rank.place, compared.rank.of), tone=Tone.STRONG)


SHEET = Sheet(
    name="Comparison",
    order=20,
    draw=draw,
    answers="How do they stand in every measure, side by side?",
)
