"""One measure run by run: our own against the same competitors, or their median, as a chart."""

import statistics
from collections.abc import Callable, Sequence

from audit.measure.platforms import is_audience
from audit.model.metric import Unit
from audit.model.past import PastRun
from audit.model.result import MEDIAN_NEEDS, CompanyResult
from audit.model.rounding import rounded
from audit.model.value import Known, Number, Qualifier
from reports.charts import Chart, Series, SeriesKind
from reports.report import Report
from reports.words import day_in_words

LEAST_RUNS = 3
"""Two runs make a difference, which stands beside the figure; of three there is a course."""

_MOST_RUNS = 12

_TITLE = "Run by run"
_PARTLY = "; no bar where only a part was seen"
_AT_LEAST = "; at least, as a part was seen"
_RIVALS = (SeriesKind.RIVAL, SeriesKind.OTHER_RIVAL)
"""Competitors that are drawn one by one, where they are too few for a median."""

_Course = Callable[[CompanyResult], list[float | None]]
"""A company's figures, the oldest run first and this one last; None where there is none."""


def course(report: Report, metric: str, what: str) -> tuple[Chart, ...]:
    """Return the chart of a metric over all runs; none of fewer than three, or of nobody.

    `what` says what is drawn: "posts a week on the own site". What a run did not know is a gap, and
    so is a part that stands beside a whole, as it would look like a fall; where each run saw a part
    these are drawn, and the legend says at least. The median is of the
    competitors that all these runs knew, or it would move with who is in it; the legend says how
    many they are. Fewer than three are drawn one by one.
    """
    compared = report.comparisons.get(metric)
    if compared is None:
        return ()
    unit = compared.about.unit
    own = _own_result(report)
    ours = _numbers(report, own, metric) if own is not None else []

    def of(result: CompanyResult) -> list[float | None]:
        return _alike(_numbers(report, result, metric), unit)

    return _chart(report, f"{what}{_how_much_seen(ours)}", of, unit)


def audience_course(report: Report, what: str) -> tuple[Chart, ...]:
    """Return the chart of followers over all runs, of the same profiles in each.

    Of a company these are its main profiles that every run counted: one that cannot be read any
    more would look like followers that left, and one that is read for the first time like gain.
    """

    def of(result: CompanyResult) -> list[float | None]:
        rows = [_numbers(report, result, metric) for metric in _audiences(result)]
        known = [
            values
            for row in rows
            if not any(map(_is_part, row)) and None not in (values := _alike(row, Unit.COUNT))
        ]
        return [_sum(values) for values in zip(*known, strict=True)]

    return _chart(report, what, of, Unit.COUNT)


def _chart(report: Report, what: str, of: _Course, unit: Unit) -> tuple[Chart, ...]:
    """Return the chart of what each company's course is; none where nobody has any."""
    runs = _runs(report)
    series = [*_own(report, of, what), *_others(report, of, unit)]
    if len(runs) + 1 < LEAST_RUNS or not series:
        return ()
    days = [*(each.run.as_of for each in runs), report.snapshot.run.as_of]
    return (
        Chart(
            name=f"{_TITLE}: {what.partition(';')[0]}",
            title=_TITLE,
            categories=[day_in_words(day) for day in days],
            series=series,
            unit=unit,
            over_time=True,
        ),
    )


def _own_result(report: Report) -> CompanyResult | None:
    """Return what is known of our own company; None without one."""
    return next((each for each in report.results if each.company.name == report.own), None)


def _own(report: Report, of: _Course, what: str) -> list[Series]:
    """Return our own company's figures, where it has any."""
    own = _own_result(report)
    values = of(own) if own is not None else []
    if all(value is None for value in values):
        return []
    legend = f"{report.own}, {what}"
    return [Series(title=report.own, kind=SeriesKind.OWN, values=values, legend=legend)]


def _others(report: Report, of: _Course, unit: Unit) -> list[Series]:
    """Return the competitors of whom every run knew the figure: their median, or one or two."""
    rows = {rival.company.name: of(rival) for rival in report.rivals}
    known = {
        name: [value for value in row if value is not None]
        for name, row in rows.items()
        if row and None not in row
    }
    if len(known) < MEDIAN_NEEDS:
        return [
            Series(title=name, kind=kind, values=values, legend=name)
            for kind, (name, values) in zip(_RIVALS, known.items(), strict=False)
        ]
    whose = "competitors" if report.own else "companies"
    return [
        Series(
            title="Competitor median" if report.own else "Median",
            kind=SeriesKind.TYPICAL,
            values=[
                rounded(statistics.median(values), unit)
                for values in zip(*known.values(), strict=True)
            ],
            legend=f"median of the {len(known)} {whose} known in all runs",
        )
    ]


def _runs(report: Report) -> Sequence[PastRun]:
    """Return the runs before this one that are drawn, the oldest first."""
    return report.past.runs[-_MOST_RUNS + 1 :]


def _numbers(report: Report, result: CompanyResult, metric: str) -> list[Number | None]:
    """Return a company's values, the oldest run first and this one last; None where unmeasured."""
    company = result.company
    old = [each.value(company.website, metric) for each in _runs(report)]
    return [*old, report.value(company.name, metric)]


def _audiences(result: CompanyResult) -> Sequence[str]:
    """Return the metrics of a company's audiences that this run has measured."""
    return [each.metric for each in result.measures if is_audience(each.metric)]


def _is_part(value: Number | None) -> bool:
    """Tell whether a value is at least so much."""
    return isinstance(value, Known) and Qualifier.TRUNCATED in value.qualifiers


def _alike(values: Sequence[Number | None], unit: Unit) -> list[float | None]:
    """Return values as they are shown; None for the unknown, and for a part beside a whole."""
    known = [value for value in values if isinstance(value, Known)]
    mixed = len({_is_part(value) for value in known}) > 1
    return [
        rounded(value.value, unit)
        if isinstance(value, Known) and not (mixed and _is_part(value))
        else None
        for value in values
    ]


def _how_much_seen(values: Sequence[Number | None]) -> str:
    """Return what is to be said of figures of which the whole was not seen; else nothing."""
    known = [_is_part(value) for value in values if isinstance(value, Known)]
    if not any(known):
        return ""
    return _AT_LEAST if all(known) else _PARTLY


def _sum(values: Sequence[float | None]) -> float:
    """Return the sum of values that are all known."""
    return sum(value for value in values if value is not None)
