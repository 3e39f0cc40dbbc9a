"""Which hour of the week and which weekdays are a habit, and not what chance makes of few posts."""

from collections.abc import Sequence
from math import comb

from audit.measure.intervals import binomial_cdf
from audit.model.result import Pattern, Slot

_CHANCE = 0.05
"""How likely the count of an hour or a weekday may be, where there is no habit at all."""

_OFFICE_HOURS = 40
"""The hours into which posts fall where nobody has a habit: eight on each of five days.

Beside all 168 hours of a week any hour of the day would be a habit, as few post at night.
"""

_APART, _TIMES = 2, 1.25
"""How far the most must lie above the next: 8 posts beside 7 are no pattern."""

_SHARED = 2
"""Weekdays that may have the most posts together, and still be named."""


def usual_hour(pattern: Pattern) -> Slot | None:
    """Return the busiest hour of the week where it is a habit; None for thin counts and at ties.

    The chance that any of forty office hours gets as many of the posts is below 5 %, and the hour
    lies clearly above the next: 5 of 30 posts, 9 of 100.
    """
    slot = pattern.busiest
    if slot is None:
        return None
    others = sorted(count for day in pattern.hours for count in day)[:-1]
    if not _stands_out(slot.posts, others):
        return None
    chance = _OFFICE_HOURS * _at_least(slot.posts, pattern.timed, 1 / _OFFICE_HOURS)
    return slot if chance < _CHANCE else None


def usual_weekdays(pattern: Pattern) -> tuple[int, ...]:
    """Return the weekday with the most posts, or the two with as many, where that is a habit.

    The chance that so many of seven weekdays alike get as many of the posts is below 5 %.
    """
    most = max(pattern.weekdays)
    days = tuple(day for day, count in enumerate(pattern.weekdays) if count == most)
    rest = [count for count in pattern.weekdays if count != most]
    if len(days) > _SHARED or not _stands_out(most, rest):
        return ()
    share = len(days) / len(pattern.weekdays)
    ways = comb(len(pattern.weekdays), len(days))
    chance = ways * _at_least(most * len(days), pattern.posts, share)
    return days if chance < _CHANCE else ()


def _stands_out(most: int, others: Sequence[int]) -> bool:
    """Tell whether a count is so far above all others that a reader would act on it."""
    next_most = max(others, default=0)
    return most - next_most >= _APART and most >= _TIMES * next_most


def _at_least(hits: int, total: int, share: float) -> float:
    """Return the probability of at least `hits` in `total` trials of chance `share`."""
    return 1 - binomial_cdf(hits - 1, total, share)
