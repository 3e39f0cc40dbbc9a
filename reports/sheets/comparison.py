"""Sheet Comparison: one row a measure, one column a company; median, rank, best and last."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from audit.model.bounds import bound_of
from audit.model.metric import Metric
from audit.model.result import DIFFERENT_PERIODS, MEDIAN_NEEDS, Comparison
from audit.model.rounding import rounded
from audit.model.value import Absent, Known, Reason, Unknown
from reports.beginnings import is_outpaced, young_note
from reports.lost import not_known_of_any, said_once
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

_OF_OURSELVES = "Coverage"
"""The theme of what tells of the audit and not of the companies; sheet Coverage has it."""

_NO_RANK = "no rank"
_OF_COMPANIES = Unknown(
    reason=Reason.TOO_LITTLE_DATA, detail="fewer than three companies have this figure"
)


def draw(report: Report) -> Table:
    """Return the sheet."""
    measures = [each for each in report.comparisons.values() if each.about.theme != _OF_OURSELVES]
    compared = [each for each in measures if _is_known(each)]
    unknown = [report.metric(each.metric).title for each in measures if each not in compared]
    columns, rows = (
        _columns(report),
        said_once(report, list(_rows(report, compared)), _places(report)),
    )
    shown = [at for at in range(len(columns)) if at not in _empty(report, rows)]
    return Table(
        title="Every measure, side by side",
        finding=_finding(report, compared),
        key=[
            *_key(compared),
            *_too_few(report, shown),
            *since_key(report),
            *unlike_periods(report),
            *not_known_of_any(unknown),
        ],
        columns=[columns[at] for at in shown],
        rows=[replace(row, cells=[row.cells[at] for at in shown]) for row in rows],
    )


def _is_known(compared: Comparison) -> bool:
    """Tell whether a figure of any company is known, or that nobody has one."""
    values = [value for _, value in compared.values]
    return any(isinstance(value, Known) for value in values) or not any(
        isinstance(value, Unknown) for value in values
    )


def _places(report: Report) -> Mapping[str, int]:
    """Return the places of the companies in a row: our own stands before median and mean."""
    own = bool(report.own)
    return {name: 2 if own and at == 0 else 4 + at for at, name in enumerate(report.companies)}


def _empty(report: Report, rows: Sequence[Row]) -> set[int]:
    """Return the places of median, mean and rank that hold nothing in any row."""
    own = bool(report.own)
    common = [2 + own, 3 + own, *([-2] if own else [])]
    last = len(rows[0].cells) if rows else 0
    return {
        at % last
        for at in common
        if rows
        and not any(
            isinstance(row.cells[at].value, Known | Part | str) and row.cells[at].value != _NO_RANK
            for row in rows
        )
    }


def _too_few(report: Report, shown: Sequence[int]) -> list[str]:
    """Return why there is no median at all, where its column is left out."""
    if 2 + bool(report.own) in shown:
        return []
    return [f"no median: fewer than three {'competitors' if report.own else 'companies'} known"]


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
        enough = any(each.competitors.known + 1 >= MEDIAN_NEEDS for each in compared)
        words = "No figure is sure enough" if enough else "Too few figures"
        return ((f"{words} to rank us on any measure.", False),)
    lead = sum(
        each.best == report.own and not is_outpaced(report, report.own, each.metric)
        for each in ranked
    )
    first = [each for each in ranked if each.rank is not None and each.rank.place == 1]
    beside = [each for each in first if each.best != report.own]
    shared = sum(_is_equalled(report, each) for each in beside)
    perhaps = len(beside) - shared
    typical = [each for each in ranked if isinstance(each.median, Known)]
    runs: list[Run] = [
        (f"Of {len(ranked)} {'measure' if len(ranked) == 1 else 'measures'} we lead in ", False),
        (f"{lead or 'none'}", True),
        *([(", share the first place in ", False), (f"{shared}", True)] if shared else []),
        *([(", may share the first place in ", False), (f"{perhaps}", True)] if perhaps else []),
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


def _is_equalled(report: Report, compared: Comparison) -> bool:
    """Tell whether a competitor is known to have our figure; of a bound it may be so.

    More than the top of a scale there cannot be.
    """
    about = compared.about
    shown = {
        name: rounded(value.value, about.unit)
        for name, value in compared.values
        if isinstance(value, Known)
        and (bound_of(value, about) is None or value.value == about.most)
    }
    ours = shown.pop(report.own, None)
    return ours is not None and ours in shown.values()


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
    return key_of(marks, Legend.FIGURES)


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
        _median(compared, metric, own=bool(report.own)),
        _mean(compared, metric),
        *(_value(report, compared, rival.company.name) for rival in report.rivals),
        *([_rank(compared)] if report.own else []),
        Cell(Part(compared.read, len(compared.values)), tone=Tone.ASIDE),
    ]


def _median(compared: Comparison, metric: Metric, *, own: bool) -> Cell:
    """Return the median of the competitors, or that their periods cannot be compared."""
    if compared.median == DIFFERENT_PERIODS:
        return Cell("periods differ", tone=Tone.REASON)
    if isinstance(compared.median, Unknown) and not own:
        return Cell(_OF_COMPANIES, tone=Tone.TYPICAL)
    return Cell(compared.median, unit=metric.unit, tone=Tone.TYPICAL)


def _mean(compared: Comparison, metric: Metric) -> Cell:
    """Return the mean of the competitors; empty where there is none."""
    mean = compared.competitors.mean
    # Why there is none stands beside it, at the median.
    return Cell() if isinstance(mean, Unknown) else Cell(mean, unit=metric.unit, tone=Tone.TYPICAL)


def _value(report: Report, compared: Comparison, company: str) -> Cell:
    """Return a company's figure, marked where it is the best or the last."""
    value = report.value(company, compared.metric)
    if value is None:
        return Cell()
    mark = None
    if company == compared.best:
        mark = None if is_outpaced(report, company, compared.metric) else Sign.BEST
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
        return Cell(_NO_RANK, tone=Tone.ASIDE)
    return Cell(Part(compared.rank.place, compared.rank.of), tone=Tone.STRONG)


SHEET = Sheet(
    name="Comparison",
    order=22,
    draw=draw,
    answers="How do they stand in every measure, side by side?",
)
