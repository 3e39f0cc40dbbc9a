"""Compare companies, metric by metric: averages, best, last, our rank."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from audit.measure import metrics_of
from audit.measure.values import value_of
from audit.model.bounds import bound_of, bound_of_median, composed, marks_of
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
    parts = {name: bound_of(value, metric) for name, value in values}
    best, last = _ends(metric, figures, parts)
    return Comparison(
        metric=metric.id,
        about=metric,
        values=values,
        competitors=_averages(metric, [value for name, value in values if name != own]),
        everyone=_averages(metric, [value for _, value in values]),
        best=best,
        last=last,
        rank=_rank(metric, figures, parts, own, len(values)),
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


def _ends(
    metric: Metric, figures: Mapping[str, float], parts: Mapping[str, Bound | None]
) -> tuple[str, str]:
    """Return who is best and who is last; "" for an end at a tie, and where neither is better.

    Of fewer than three figures there is neither. `parts` tell what the figures are: nobody is best
    with one that may be worse, nor beside another that may be better, and so for the last.
    """
    if metric.higher_is_better is None or len(figures) < _RANK_NEEDS:
        return "", ""
    ordered = sorted(figures, key=lambda name: figures[name], reverse=metric.higher_is_better)
    first, second, *_ = ordered
    *_, last_but_one, last = ordered
    better, worse = _doubts(metric)
    best_is_sure = parts[first] is not worse and all(
        parts[name] is not better for name in ordered[1:]
    )
    last_is_sure = parts[last] is not better and all(
        parts[name] is not worse for name in ordered[:-1]
    )
    return (
        first if figures[first] != figures[second] and best_is_sure else "",
        last if figures[last] != figures[last_but_one] and last_is_sure else "",
    )


def _doubts(metric: Metric) -> tuple[Bound, Bound]:
    """Return what a part is that may be better than it looks, and one that may be worse."""
    if metric.higher_is_better:
        return Bound.LEAST, Bound.MOST
    return Bound.MOST, Bound.LEAST


def _rank(
    metric: Metric,
    figures: Mapping[str, float],
    parts: Mapping[str, Bound | None],
    own: str | None,
    total: int,
) -> Rank | None:
    """Return our place among the known values: 1 + how many are better.

    None where half of all values are unknown, fewer than three are known, all are alike, ours is
    not known, or neither end is better; and where a part, ours or another's, may make it another
    place.
    """
    few = len(figures) < _RANK_NEEDS or len(figures) * 2 <= total or len({*figures.values()}) == 1
    if own is None or own not in figures or metric.higher_is_better is None or few:
        return None
    sign = 1 if metric.higher_is_better else -1
    others = [name for name in figures if name != own]
    ahead = [name for name in others if sign * figures[name] > sign * figures[own]]
    behind = [name for name in others if name not in ahead]
    better, worse = _doubts(metric)
    may_fall = behind and (parts[own] is worse or any(parts[name] is better for name in behind))
    may_rise = ahead and (parts[own] is better or any(parts[name] is worse for name in ahead))
    return None if may_fall or may_rise else Rank(place=len(ahead) + 1, of=len(figures))
