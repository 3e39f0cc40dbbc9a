"""Compare companies, metric by metric: averages, best, last, our rank."""

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from audit.measure import metrics_of
from audit.measure.values import value_of
from audit.model.bounds import bound_of, bound_of_median, composed, greatest, marks_of
from audit.model.company import Settings
from audit.model.metric import Bound, Metric
from audit.model.result import (
    DIFFERENT_PERIODS,
    MEDIAN_NEEDS,
    Averages,
    CompanyResult,
    Comparison,
    Rank,
)
from audit.model.rounding import rounded
from audit.model.value import PROOFS, Known, Number, Reason, Unknown

_RANK_NEEDS = 3
"""First or last of two says no more than the two figures."""

_ROUNDING = 0.1
"""The share by which a figure that the platform has rounded may be off: "1K" is 950 to 1,049."""

_USUAL = Settings()

_Span = tuple[float, float]
"""From the least to the greatest that a figure may be, so turned that more is better."""


def compare(
    results: Sequence[CompanyResult], settings: Settings = _USUAL
) -> tuple[Comparison, ...]:
    """Compare all companies on every metric, own company first.

    `settings` tell the period of the companies that have none of their own. Where periods differ,
    a figure that grows with them has neither median nor best, last and rank.
    """
    ordered = sorted(results, key=lambda result: not result.company.own)
    compared = (_compared(metric, ordered) for metric in metrics_of(ordered))
    if len({result.company.days_back(settings) for result in ordered}) < 2:
        return tuple(compared)
    return tuple(_side_by_side(each) if each.about.of_period else each for each in compared)


def _side_by_side(compared: Comparison) -> Comparison:
    """Return the values of a metric without saying which of them is more."""
    return replace(
        compared,
        competitors=_unlike(compared.competitors),
        everyone=_unlike(compared.everyone),
        best="",
        last="",
        rank=None,
    )


def _unlike(averages: Averages) -> Averages:
    """Return averages of figures of different periods, which there are none."""
    return replace(averages, median=DIFFERENT_PERIODS, mean=DIFFERENT_PERIODS)


def _compared(metric: Metric, results: Sequence[CompanyResult]) -> Comparison:
    """Return one metric across all results, which come own company first."""
    values = tuple((result.company.name, value_of(result, metric)) for result in results)
    own = next((result.company.name for result in results if result.company.own), None)
    # As readers see them: a difference that nobody sees makes no best, no last and no rank.
    figures = {
        name: rounded(value.value, metric.unit)
        for name, value in values
        if isinstance(value, Known)
    }
    spans = {
        name: _span(figures[name], bound_of(value, metric), metric)
        for name, value in values
        if name in figures and metric.higher_is_better is not None
    }
    best, last = _ends(spans)
    return Comparison(
        metric=metric.id,
        about=metric,
        values=values,
        competitors=_averages(metric, [value for name, value in values if name != own]),
        everyone=_averages(metric, [value for _, value in values]),
        best=best,
        last=last,
        rank=_rank(spans, own, len(values)),
        read=sum(not isinstance(value, Unknown) for _, value in values),
    )


def _averages(metric: Metric, values: Sequence[Number]) -> Averages:
    """Return median and mean of the values that are known: neither absent nor unknown is a zero."""
    known = [value for value in values if isinstance(value, Known)]
    return Averages(
        median=_median(metric, known),
        mean=_average(metric, statistics.fmean, known),
        known=len(known),
        of=len(values),
    )


def _median(metric: Metric, known: Sequence[Known[int] | Known[float]]) -> Number:
    """Return the median, marked only where what is not known exactly may move it."""
    median = _average(metric, statistics.median, known)
    if not isinstance(median, Known):
        return median
    near = _ROUNDING * abs(median.value)
    return replace(
        median,
        exact=all(each.exact or abs(each.value - median.value) > near for each in known),
        qualifiers=marks_of(bound_of_median(known, metric)),
    )


def _average(
    metric: Metric,
    average: Callable[[Sequence[float]], float],
    known: Sequence[Known[int] | Known[float]],
) -> Number:
    """Return an average of known values, of which it needs three, with what travels with them."""
    if len(known) < MEDIAN_NEEDS:
        detail = f"{len(known)} of the values are known; three are needed"
        return Unknown(reason=Reason.TOO_LITTLE_DATA, detail=detail)
    return Known(
        value=average([float(value.value) for value in known]),
        evidence=tuple(proof for value in known for proof in value.evidence[:1])[:PROOFS],
        exact=all(value.exact for value in known),
        qualifiers=marks_of(composed(bound_of(value, metric) for value in known)),
    )


def _span(figure: float, part: Bound | None, metric: Metric) -> _Span:
    """Return how bad and how good the whole may be of which a figure is known: more is better here.

    What is only about so much is taken as it is.
    """
    low = -math.inf if part is Bound.MOST else figure
    high = greatest(metric) if part is Bound.LEAST else figure
    return (low, high) if metric.higher_is_better else (-high, -low)


def _ends(spans: Mapping[str, _Span]) -> tuple[str, str]:
    """Return who is best and who is last; "" for an end at a tie, and where either is not sure.

    Of fewer than three figures there is neither. Nobody is best with a figure that may be worse,
    nor beside another that may be better, and so for the last.
    """
    if len(spans) < _RANK_NEEDS:
        return "", ""
    # Only whose worst is the greatest can be sure to be above all others, and so for the last.
    first = max(spans, key=lambda name: spans[name][0])
    last = min(spans, key=lambda name: spans[name][1])
    worst, best = spans[first][0], spans[last][1]
    is_best = all(high < worst for name, (_, high) in spans.items() if name != first)
    is_last = all(low > best for name, (low, _) in spans.items() if name != last)
    return first if is_best else "", last if is_last else ""


def _rank(spans: Mapping[str, _Span], own: str | None, total: int) -> Rank | None:
    """Return our place among the known values: 1 + how many are better.

    None where half of all values are unknown, fewer than three are known, all are alike, or ours is
    not known; and where a part, ours or another's, may make it another place.
    """
    few = len(spans) < _RANK_NEEDS or len(spans) * 2 <= total or len({*spans.values()}) == 1
    if own is None or own not in spans or few:
        return None
    least, most = spans[own]
    others = [span for name, span in spans.items() if name != own]
    ahead = sum(low > most for low, _ in others)
    behind = sum(high <= least for _, high in others)
    return Rank(place=ahead + 1, of=len(spans)) if ahead + behind == len(others) else None
