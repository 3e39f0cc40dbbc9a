"""Tell back to when a list of posts holds all of them, by the order of its dates."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

_PINNED = 3
"""So many entries may stand above newer ones, as pinned posts do."""

_PART = 0.1
"""In long lists, this part of the entries."""

_NEAR = timedelta(days=2)
"""Entries so near to each other may stand in any order: drafts, zones, posts of one day."""


_TELLING = 6
"""Dates from which on their order says something."""

_BACK_AND_FORTH = 3
"""So many entries, and one of so many, on the wrong side of a neighbour: the order is no order."""


def is_jumbled(dates: Sequence[datetime]) -> bool:
    """Tell whether entries stand in no order of time, as picks of a front page do.

    What lists all that there is has the newest first, or the oldest.
    """
    ordered = any(reach_of(way) is not None for way in (dates, dates[::-1]))
    return len(dates) >= _TELLING and (not ordered or _goes_both_ways(dates))


def _goes_both_ways(dates: Sequence[datetime]) -> bool:
    """Tell whether every third entry stands on the wrong side of its neighbour, and three do.

    One or two may be pinned, or begin a second column.
    """
    steps = [(at, then) for at, then in pairwise(dates) if abs(at - then) > _NEAR]
    later = sum(then > at for at, then in steps)
    return min(later, len(steps) - later) >= max(_BACK_AND_FORTH, len(steps) / _BACK_AND_FORTH)


def reach_of(dates: Sequence[datetime]) -> datetime | None:
    """Return the time since when a list has every post; None where its order does not tell.

    The list, or its pages one after the other, must have the newest first; it is then the last
    date. A few entries that stand above newer ones are pinned there, and do not tell: a post of
    2019 on top of a list does not mean that the list goes back to 2019. They are fewer than the
    others: of a list that begins with the oldest, or is ordered by something else, nothing is told.
    """
    newest: datetime | None = None
    pinned, reach = 0, None
    for at in reversed(dates):
        if newest is not None and newest > at + _NEAR:
            pinned += 1
        else:
            reach = at if reach is None else reach
        newest = at if newest is None else max(newest, at)
    few = pinned <= max(_PINNED, _PART * len(dates)) and 2 * pinned < len(dates)
    return reach if few else None
