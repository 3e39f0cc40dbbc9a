"""Posts a month: which months are shown, and their chart of our own against the median."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from audit.model.kinds import SECTIONS
from audit.model.metric import Unit
from audit.model.result import MEDIAN_NEEDS, CompanyResult
from reports.charts import Chart, Series, SeriesKind
from reports.posting import hides_posts, rows_of
from reports.report import Report
from reports.words import day_in_words

MONTHS = 12
"""Months that the strip shows at most: the newest ones."""


@dataclass(frozen=True, slots=True)
class Month:
    """The posts of a month over all that a company itself publishes; None where nothing was seen.

    They are `least` where a channel of that month, or a part of one, was not seen: no post seen
    is then no post in what was read, and not none at all.
    """

    posts: int | None
    least: bool


def posted(result: CompanyResult, months: Sequence[str]) -> list[Month]:
    """Return what a company posted in each month, on its website and in its own profiles."""
    rows = [dict(row.months) for row in rows_of(result) if row.months]
    hidden = hides_posts(result)
    return [_month([row.get(month) for row in rows], hidden=hidden) for month in months]


def _month(counts: Sequence[int | None], *, hidden: bool) -> Month:
    """Return a month by its count in each channel; `hidden` tells that others were not read."""
    known = [count for count in counts if count is not None]
    return Month(sum(known) if known else None, hidden or len(known) < len(counts))


def months_of(report: Report) -> list[str]:
    """Return the last twelve months that any record speaks of, such as `2026-11`."""
    months = {month for each in report.results for row in each.cadence for month, _ in row.months}
    return sorted(months)[-MONTHS:]


def span(months: Sequence[str]) -> str:
    """Return what the strip shows, from the first month to the last."""
    return f"Posts a month, {_month_name(months[0])} to {_month_name(months[-1])}"


def chart(report: Report, months: Sequence[str]) -> Chart:
    """Return the chart of posts a month: our own against the median of the same competitors.

    The legend says of how many companies the median is.
    """
    others = _seen_throughout(report, months)
    own = next((each for each in report.results if each.company.name == report.own), None)
    series: list[Series] = []
    if own is not None:
        values = _totals(own, months)
        series.append(
            Series(title=report.own, kind=SeriesKind.OWN, values=values, legend=report.own)
        )
    if len(others) >= MEDIAN_NEEDS:
        whose = "competitors" if report.own else "companies"
        series.append(
            Series(
                title="Competitor median" if own else "Median",
                kind=SeriesKind.TYPICAL,
                values=[statistics.median(month) for month in zip(*others, strict=True)],
                legend=f"median of the {len(others)} {whose} seen in all months",
            )
        )
    return Chart(
        name="Posts a month",
        title="Posts a month on the website",
        categories=[_month_name(month) for month in months],
        series=series,
        unit=Unit.COUNT,
        over_time=True,
    )


def _seen_throughout(report: Report, months: Sequence[str]) -> list[list[float]]:
    """Return the posts a month of the competitors of whom every month was observed."""
    totals = [_totals(rival, months) for rival in report.rivals]
    # The same companies in every month, or the median would move with who is in it.
    return [[count for count in row if count is not None] for row in totals if None not in row]


def _totals(result: CompanyResult, months: Sequence[str]) -> list[float | None]:
    """Return the posts of a company's own sections in each month.

    None stands for a month in which one of the sections was not observed.
    """
    rows = [dict(row.months) for row in result.cadence if row.channel in SECTIONS]
    return [_sum([row.get(month) for row in rows]) for month in months]


def _sum(counts: Sequence[int | None]) -> float | None:
    """Return the sum of counts, or None where one of them is unknown or there is none."""
    known = [count for count in counts if count is not None]
    # One section that was not seen leaves the month open: the rest alone would look like a decline.
    return float(sum(known)) if known and len(known) == len(counts) else None


def _month_name(month: str) -> str:
    """Return the name of a month such as `2026-11`: `Nov 2026`."""
    at = datetime(int(month[:4]), int(month[5:7]), 1, tzinfo=UTC)
    return " ".join(day_in_words(at).split(" ")[1:])
