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

_WEEKEND = (5, 6)
"""Saturday and Sunday."""

_SHARED = 2
"""Weekdays that may stand out together, and still be named."""


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
    """Return the weekday with the most posts, or else the two with the most, where it is a habit.

    The chance that so many of seven weekdays alike get as many of the posts is below 5 %, or below
    2.5 % for two, as one was looked for before.
    """
    ranked = sorted(range(len(pattern.weekdays)), key=lambda day: (-pattern.weekdays[day], day))
    for number in range(1, _SHARED + 1):
        days = tuple(sorted(ranked[:number]))
        counts = [pattern.weekdays[day] for day in days]
        rest = [pattern.weekdays[day] for day in ranked[number:]]
        ways = number * comb(len(ranked), number)
        chance = ways * _at_least(sum(counts), pattern.posts, number / len(ranked))
        if _stands_out(min(counts), rest) and chance < _CHANCE:
            return days
    return ()


def has_quiet_weekend(pattern: Pattern) -> bool:
    """Tell whether Saturday and Sunday together have clearly fewer posts than other days.

    The chance of so few, were all weekdays alike, is below 1 %, as days were looked at before.
    """
    quiet = sum(pattern.weekdays[day] for day in _WEEKEND)
    busy = sum(pattern.weekdays) - quiet
    others = len(pattern.weekdays) - len(_WEEKEND)
    chance = binomial_cdf(quiet, pattern.posts, len(_WEEKEND) / len(pattern.weekdays))
    return chance < _CHANCE / 5 and busy / others >= _TIMES * quiet / len(_WEEKEND)


def _stands_out(most: int, others: Sequence[int]) -> bool:
    """Tell whether a count is so far above all others that a reader would act on it."""
    next_most = max(others, default=0)
    return most - next_most >= _APART and most >= _TIMES * next_most


def _at_least(hits: int, total: int, share: float) -> float:
    """Return the probability of at least `hits` in `total` trials of chance `share`."""
    return 1 - binomial_cdf(hits - 1, total, share)
