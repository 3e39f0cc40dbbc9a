"""Give days without a year ("Nov 12") the year that their list tells."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from selectolax.lexbor import LexborNode

from audit.model.value import Dated, DateSource
from scrapers.parse.days import MonthDay, day_of
from scrapers.parse.moment import decided_by_now

_FEWEST = 3
"""Days without a year that tell their order; fewer do beside a date that is whole."""

_ZONES = timedelta(days=1)
"""How far a site may be ahead of the time of the visit by its zone."""

Found = tuple[LexborNode, Dated | MonthDay]


def with_years(found: Iterable[Found], now: datetime) -> Iterator[tuple[LexborNode, Dated]]:
    """Yield dates in the order of the page, days without a year in the latest that is not ahead.

    They are dates only in a list that runs newest first, by elements that look alike: coming events
    run the other way, and so may days of several years. `now` is when the page was fetched.
    """
    listed = list(found)
    groups: dict[tuple[str, ...], list[Dated | None]] = defaultdict(list)
    yearless: set[tuple[str, ...]] = set()
    for node, date in listed:
        key = _look_of(node)
        groups[key].append(_latest(date, now) if isinstance(date, MonthDay) else date)
        yearless |= {key} if isinstance(date, MonthDay) else set()
    if yearless:
        decided_by_now()
    kept = {key for key in yearless if _runs_newest_first(groups[key])}
    for node, date in listed:
        if not isinstance(date, MonthDay):
            yield node, date
        elif _look_of(node) in kept and (dated := _latest(date, now)) is not None:
            yield node, dated


def _latest(date: MonthDay, now: datetime) -> Dated | None:
    """Return a day in the latest year in which it is not ahead; None for the 30th of February."""
    # The 29th of February is at most eight years apart, as in 1896 and 1904.
    for year in range(now.year + 1, now.year - 8, -1):
        at = day_of(year, date.month, date.day)
        if at is not None and at <= now + _ZONES:
            return Dated(at=at, source=DateSource.NO_YEAR, day_only=True)
    return None


def _runs_newest_first(dates: list[Dated | None]) -> bool:
    """Tell whether each date of a list is no later than the one before it."""
    known = [date for date in dates if date is not None]
    whole = any(date.source is not DateSource.NO_YEAR for date in known)
    if len(known) < len(dates) or len(known) < (2 if whole else _FEWEST):
        return False
    return all(earlier.at.date() <= later.at.date() for later, earlier in pairwise(known))


def _look_of(node: LexborNode) -> tuple[str, ...]:
    """Return the tags and classes of an element and of the one around it."""
    around = (one for one in (node, node.parent) if one is not None)
    return tuple(f"{one.tag} {one.attributes.get('class') or ''}"[:200] for one in around)
