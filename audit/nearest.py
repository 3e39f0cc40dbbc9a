"""Which companies stand side by side in a report where there are too many for one page."""

import math
from collections.abc import Sequence

from audit.model.result import CompanyResult
from audit.model.value import Known

MOST = 60
"""Companies that are shown side by side; of more, only those nearest to our own."""

NEAREST = 20

_SIZES = ("audience.total", "all.posts_per_week")
"""What tells how near a company is: its total audience; where that is unknown, its posts a week."""


def nearest(results: Sequence[CompanyResult]) -> tuple[CompanyResult, ...]:
    """Return the companies to show side by side, in their order: all, where they are 60 or fewer.

    Of more those are shown whose total audience is nearest to our own company's, as the factor
    between both: 20 of them, beside our own. Companies whose audience is unknown come behind, by
    their posts a week, and then in the order of the list. Without an own company the largest are
    shown.
    """
    if len(results) <= MOST:
        return tuple(results)
    own = next((result for result in results if result.company.own), None)
    others = [result for result in results if result is not own]
    chosen = sorted(others, key=lambda result: _distance(result, own))[:NEAREST]
    return tuple(result for result in results if result is own or result in chosen)


def _distance(result: CompanyResult, own: CompanyResult | None) -> tuple[int, float]:
    """Return how far a company is from our own, the least first: by which size, and by how much."""
    for place, metric in enumerate(_SIZES):
        theirs = _size(result, metric)
        if theirs is None:
            continue
        if own is None:
            return place, -theirs
        ours = _size(own, metric)
        if ours is not None:
            return place, abs(theirs - ours)
    return len(_SIZES), 0.0


def _size(result: CompanyResult, metric: str) -> float | None:
    """Return a figure on a scale of factors, where nothing is 0; None where it is not known."""
    values = (measure.value for measure in result.measures if measure.metric == metric)
    value = next(values, None)
    return math.log1p(value.value) if isinstance(value, Known) else None
