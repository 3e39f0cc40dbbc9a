"""Compare companies, metric by metric: median, best, last, our rank."""

import statistics
from collections.abc import Sequence
from dataclasses import replace

from audit.measure import family_of, metrics_of
from audit.measure.unmeasured import unmeasured
from audit.model.company import Settings
from audit.model.metric import Metric, rounded
from audit.model.result import (
    DIFFERENT_PERIODS,
    MEDIAN_NEEDS,
    CompanyResult,
    Comparison,
    Rank,
)
from audit.model.value import Absent, Evidence, Known, Number, Reason, Unknown

_PROOFS = 5
"""Pieces of evidence behind a median at most."""

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
    return replace(compared, median=DIFFERENT_PERIODS, best="", last="", rank=None)


def _compared(metric: Metric, results: Sequence[CompanyResult]) -> Comparison:
    """Return one metric across all results, which come own company first."""
    values = tuple((result.company.name, _value(result, metric)) for result in results)
    own = next((result.company.name for result in results if result.company.own), None)
    known = {name: _number(value) for name, value in values}
    figures = {name: number for name, number in known.items() if number is not None}
    # As readers see them: of two that both show 98 %, neither is the better one.
    shown = {name: rounded(number, metric.unit) for name, number in figures.items()}
    others = [number for name, number in figures.items() if name != own]
    best, last = _ends(metric, shown)
    return Comparison(
        metric=metric.id,
        about=metric,
        values=values,
        median=_median(others, values),
        best=best,
        last=last,
        rank=_rank(metric, shown, own, len(values)),
        read=sum(not isinstance(value, Unknown) for _, value in values),
    )


def _value(result: CompanyResult, metric: Metric) -> Number:
    """Return the value of a company, or what stands for one that was not measured.

    That is what the metric's family says, or the reason for which the company's visit is
    incomplete.
    """
    for measure in result.measures:
        if measure.metric == metric.id:
            return measure.value
    family = family_of(metric)
    if family is not None:
        return family.missing(result, metric)
    return unmeasured(result)


def _number(value: Number) -> float | None:
    """Return the figure of a value; None where it is absent or unknown: neither is a zero."""
    match value:
        case Known(value=number):
            return float(number)
        case Absent() | Unknown():
            return None


def _median(numbers: Sequence[float], values: Sequence[tuple[str, Number]]) -> Number:
    """Return the median of the competitors' known values; it needs three of them.

    `numbers` are those values, `values` all of the companies, for the proof.
    """
    if len(numbers) < MEDIAN_NEEDS:
        detail = f"{len(numbers)} of the competitors' values are known; three are needed"
        return Unknown(reason=Reason.TOO_LITTLE_DATA, detail=detail)
    evidence: tuple[Evidence, ...] = tuple(
        proof for _, value in values if isinstance(value, Known) for proof in value.evidence[:1]
    )[:_PROOFS]
    return Known(value=statistics.median(numbers), evidence=evidence)


def _ends(metric: Metric, figures: dict[str, float]) -> tuple[str, str]:
    """Return who is best and who is last; "" for an end at a tie, and where neither is better."""
    if metric.higher_is_better is None or len(figures) < 2:
        return "", ""
    ordered = sorted(figures.items(), key=lambda pair: pair[1], reverse=metric.higher_is_better)
    best = ordered[0][0] if ordered[0][1] != ordered[1][1] else ""
    last = ordered[-1][0] if ordered[-1][1] != ordered[-2][1] else ""
    return best, last


def _rank(metric: Metric, figures: dict[str, float], own: str | None, total: int) -> Rank | None:
    """Return our place among the known values: 1 + how many are better.

    None where half of all values are unknown, ours is among them, or neither end is better.
    """
    if own not in figures or metric.higher_is_better is None or len(figures) * 2 <= total:
        return None
    sign = 1 if metric.higher_is_better else -1
    better = sum(sign * number > sign * figures[own] for number in figures.values())
    return Rank(place=better + 1, of=len(figures))
