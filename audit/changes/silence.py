"""Silences that have begun or ended: no post for more than 90 days."""

from collections.abc import Iterator

from audit.changes.finder import Difference, Finder
from audit.changes.pair import Pair
from audit.changes.rows import Rows, rows
from audit.model.change import ChangeType, Event
from audit.model.result import Cadence, Status
from audit.model.value import Known

_QUIET = frozenset({Status.DORMANT, Status.ABANDONED})
_IN_USE = frozenset({Status.ACTIVE, Status.SLOWING})


def _of_company(pair: Pair) -> Iterator[Difference]:
    """Give the sections and profiles that fell silent since, and those that are back."""
    for row in rows(pair):
        event = turned(row)
        if event is not None:
            yield Difference(
                event=event,
                subject=f"{row.subject}.recency_days",
                what=row.what,
                old=row.before.newest,
                new=row.now.newest,
                url=row.now.url,
                name=row.now.channel,
            )


def turned(row: Rows) -> Event | None:
    """Return whether a silence has begun or ended; None where neither is known."""
    old, new = _status(row.before), _status(row.now)
    if old in _IN_USE and new in _QUIET:
        return Event.BEGUN
    return Event.ENDED if old in _QUIET and new in _IN_USE else None


def is_silent(row: Cadence) -> bool:
    """Tell whether a place is known to have had no post for more than 90 days."""
    return _status(row) in _QUIET


def _status(row: Cadence) -> Status | None:
    """Return how lately a place was used; None where that is not known."""
    return row.status.value if isinstance(row.status, Known) else None


FINDER = Finder(type=ChangeType.SILENCE, order=60, of_company=_of_company)
