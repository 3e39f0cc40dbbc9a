"""Posts a month: which months are shown, and their chart of our own against the median."""

import statistics
from collections.abc import Sequence
from datetime import UTC, datetime

from audit.model.result import CompanyResult
from audit.model.site import SECTIONS
from reports.cells import Cell, text
from reports.charts import Bars, Chart
from reports.look import OWN, PLAIN, SLATE, varied
from reports.report import Report
from reports.words import day_in_words

MONTHS = 12
_MEDIAN_NEEDS = 2


def months_of(report: Report) -> list[str]:
    """The last twelve months that any record speaks of."""
    named = {month for each in report.results for row in each.cadence for month, _ in row.months}
    return sorted(named)[-MONTHS:]


def span(months: Sequence[str]) -> str:
    """Say what the strip shows, from the first month to the last."""
    return f"Posts a month, {_month_name(months[0])} to {_month_name(months[-1])}"


def legend(report: Report, months: Sequence[str]) -> list[Cell | None]:
    """Coloured words in place of a legend; they say of how many companies the median is."""
    count = len(_seen_throughout(report, months))
    whose = "competitors" if report.own else "companies"
    said = f"■ median of the {count} {whose} seen in all months"
    own = text(f"■ {report.own}", varied(PLAIN, color=OWN, bold=True)) if report.own else None
    median = text(said, varied(PLAIN, color=SLATE, bold=True))
    return [own, None, None, None, median if count >= _MEDIAN_NEEDS else None]


def chart(report: Report, months: Sequence[str], top: int) -> Chart:
    """Posts a month: our own against the median of the same competitors in every month."""
    others = _seen_throughout(report, months)
    own = next((each for each in report.results if each.company.name == report.own), None)
    series = [Bars(title=report.own, values=_totals(own, months), color=OWN)] if own else []
    if len(others) >= _MEDIAN_NEEDS:
        median = [statistics.median(month) for month in zip(*others, strict=True)]
        title = "Competitor median" if own else "Median"
        series.append(Bars(title=title, values=median, color=SLATE, format="0.#"))
    return Chart(
        name="Posts a month",
        anchor=f"A{top}",
        categories=[_month_name(month) for month in months],
        series=series,
        width=920,
        upright=True,
    )


def _seen_throughout(report: Report, months: Sequence[str]) -> list[list[float]]:
    """The months of the competitors of whom every month was observed."""
    totals = [_totals(each, months) for each in report.rivals]
    return [[n for n in each if n is not None] for each in totals if None not in each]


def _totals(result: CompanyResult, months: Sequence[str]) -> list[float | None]:
    """Posts of the company's own sections in each month; None where a section was not observed."""
    rows = [dict(row.months) for row in result.cadence if row.channel in SECTIONS]
    return [_sum([row.get(month) for row in rows]) for month in months]


def _sum(counts: Sequence[int | None]) -> float | None:
    seen = [count for count in counts if count is not None]
    return float(sum(seen)) if seen and len(seen) == len(counts) else None


def _month_name(month: str) -> str:
    at = datetime(int(month[:4]), int(month[5:7]), 1, tzinfo=UTC)
    return " ".join(day_in_words(at).split(" ")[1:])
