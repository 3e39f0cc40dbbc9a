"""What a figure says of the whole: exactly, at least, at most or about so much; and of sums."""

import math
import statistics
from collections.abc import Iterable, Sequence

from audit.model.metric import Bound, Metric
from audit.model.value import Known, Number, Qualifier, Unknown


def bound_of(value: Number, metric: Metric) -> Bound | None:
    """Return what a figure says of the whole; None for one that is the whole, or no figure.

    One that was estimated from a part is about so much; of any other part the metric tells.
    """
    if not isinstance(value, Known):
        return None
    return _of_marks(value.qualifiers, metric.bound)


def is_whole(value: Number) -> bool:
    """Tell whether a figure rests on all that there is."""
    return not isinstance(value, Known) or Qualifier.TRUNCATED not in value.qualifiers


def bound_of_sum(parts: Iterable[Number]) -> Bound | None:
    """Return what a sum (or a mean) of counts or rates says, by what each of its parts is.

    What is unknown may add something, so that the rest is at least the sum; what is absent adds
    nothing. "At least 2" and "about 1.5" are about 3.5, as the whole may be less.
    """
    return composed(
        _of_marks(part.qualifiers, Bound.LEAST)
        if isinstance(part, Known)
        else Bound.LEAST
        if isinstance(part, Unknown)
        else None
        for part in parts
    )


def bound_of_median(values: Sequence[Known[int] | Known[float]], metric: Metric) -> Bound | None:
    """Return what the median of figures says: a part moves it only where it may cross the middle.

    "At least 9" beside 1 and 2 leaves their median at 2; "at least 1" beside 2 and 9 does not.
    """
    ends = [_ends_of(value, metric) for value in values]
    median = statistics.median(float(value.value) for value in values)
    may_be_less = statistics.median(low for low, _ in ends) < median
    may_be_more = statistics.median(high for _, high in ends) > median
    if may_be_less and may_be_more:
        return Bound.ESTIMATE
    if may_be_less:
        return Bound.MOST
    return Bound.LEAST if may_be_more else None


def _ends_of(value: Known[int] | Known[float], metric: Metric) -> tuple[float, float]:
    """Return how little and how much the whole may be of which a figure is known."""
    number = float(value.value)
    match bound_of(value, metric):
        case None:
            return number, number
        case Bound.LEAST:
            return number, greatest(metric)
        case Bound.MOST:
            return -math.inf, number
        case Bound.ESTIMATE:
            return -math.inf, greatest(metric)


def greatest(metric: Metric) -> float:
    """Return the greatest figure that a metric can have; infinity where there is no end to it."""
    return math.inf if metric.most is None else metric.most


def composed(bounds: Iterable[Bound | None]) -> Bound | None:
    """Return the bound of what grows with each of some figures: theirs, if it is the same of all.

    The whole ones leave that of the others as it is; unlike ones make about so much.
    """
    partly = {bound for bound in bounds if bound is not None}
    if len(partly) > 1:
        return Bound.ESTIMATE
    return next(iter(partly), None)


def marks_of(bound: Bound | None) -> tuple[Qualifier, ...]:
    """Return the marks that travel with a figure of a bound; of `at most` the metric tells."""
    if bound is None:
        return ()
    if bound is Bound.ESTIMATE:
        return (Qualifier.TRUNCATED, Qualifier.ESTIMATE)
    return (Qualifier.TRUNCATED,)


def manual_mark(parts: Iterable[Number]) -> tuple[Qualifier, ...]:
    """Return the mark that a person read a part of a figure; nothing where all were measured."""
    told = any(isinstance(each, Known) and Qualifier.MANUAL in each.qualifiers for each in parts)
    return (Qualifier.MANUAL,) if told else ()


def _of_marks(marks: Iterable[Qualifier], of_part: Bound) -> Bound | None:
    """Return the bound that marks tell; `of_part` is that of a part that is not estimated."""
    given = frozenset(marks)
    if Qualifier.ESTIMATE in given:
        return Bound.ESTIMATE
    return of_part if Qualifier.TRUNCATED in given else None
