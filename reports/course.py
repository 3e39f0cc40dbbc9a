"""One measure run by run: our own against the median of the same competitors, as a chart."""

import statistics

from audit.model.metric import Metric
from audit.model.result import MEDIAN_NEEDS, CompanyResult
from audit.model.rounding import rounded
from audit.model.value import Known, Number
from reports.charts import Chart, Series, SeriesKind
from reports.report import Report
from reports.words import day_in_words

LEAST_RUNS = 3
"""Two runs make a difference, which stands beside the figure; of three there is a course."""

_MOST_RUNS = 12


_TITLE = "Run by run"


def course(report: Report, metric: str, what: str) -> tuple[Chart, ...]:
    """Return the chart of a metric over all runs; none of fewer than three, or of nobody.

    `what` says what is drawn: "posts a week on the own site". What a run did not know is a gap. The
    median is of the competitors that all these runs knew, or it would move with who is in it; the
    legend says how many they are.
    """
    compared = report.comparisons.get(metric)
    runs = report.past.runs[-_MOST_RUNS + 1 :]
    if compared is None or len(runs) + 1 < LEAST_RUNS:
        return ()
    about = compared.about
    series = [*_own(report, about, what), *_typical(report, about)]
    if not series:
        return ()
    days = [*(each.run.as_of for each in runs), report.snapshot.run.as_of]
    return (
        Chart(
            name=f"{_TITLE}: {what}",
            title=_TITLE,
            categories=[day_in_words(day) for day in days],
            series=series,
            unit=about.unit,
            over_time=True,
        ),
    )


def _own(report: Report, metric: Metric, what: str) -> list[Series]:
    """Return our own company's figures, where it has any."""
    own = next((each for each in report.results if each.company.name == report.own), None)
    values = _values(report, own, metric) if own is not None else []
    if all(value is None for value in values):
        return []
    legend = f"{report.own}, {what}"
    return [Series(title=report.own, kind=SeriesKind.OWN, values=values, legend=legend)]


def _typical(report: Report, metric: Metric) -> list[Series]:
    """Return the median of the competitors of whom every run knew the figure; of three at least."""
    rows = [_values(report, rival, metric) for rival in report.rivals]
    known = [[value for value in row if value is not None] for row in rows if None not in row]
    if len(known) < MEDIAN_NEEDS:
        return []
    whose = "competitors" if report.own else "companies"
    return [
        Series(
            title="Competitor median" if report.own else "Median",
            kind=SeriesKind.TYPICAL,
            values=[
                rounded(statistics.median(values), metric.unit)
                for values in zip(*known, strict=True)
            ],
            legend=f"median of the {len(known)} {whose} known in all runs",
        )
    ]


def _values(report: Report, result: CompanyResult, metric: Metric) -> list[float | None]:
    """Return a company's figures, the oldest run first and this one last; None where unknown."""
    company = result.company
    runs = report.past.runs[-_MOST_RUNS + 1 :]
    old: list[Number | None] = [each.value(company.website, metric.id) for each in runs]
    figures = [*old, report.value(company.name, metric.id)]
    return [
        rounded(each.value, metric.unit) if isinstance(each, Known) else None for each in figures
    ]
