"""In which order the runs of two histories stand, once they are one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from audit.model.errors import StoreError


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """A run as it stands in a history: what it is known by, and when it began."""

    identity: tuple[object, ...]
    started_at: str


def in_order(here: Mapping[str, RunRow], there: Mapping[str, RunRow], said: str) -> Iterable[str]:
    """Give the runs of both, each history's in its own order; between two that both have by time.

    The clock decides only between runs of which nobody else knows which came first.

    Raises:
        StoreError: both have runs in an order that contradicts the other's.
    """
    ours, theirs = list(here), list(there)
    common = [run for run in ours if run in there]
    if common != [run for run in theirs if run in here]:
        raise StoreError(f"{said}: has the same runs in another order; nothing was added")
    order: list[str] = []
    for anchor in [*common, None]:
        at, to = (_until(ours, anchor), _until(theirs, anchor))
        order += _by_time(ours[:at], theirs[:to], {**there, **here})
        order += [anchor] if anchor is not None else []
        ours, theirs = ours[at + 1 :], theirs[to + 1 :]
    return order


def _until(runs: Sequence[str], anchor: str | None) -> int:
    """Return how many runs come before one; all of them where there is none."""
    return runs.index(anchor) if anchor is not None else len(runs)


def _by_time(one: Sequence[str], two: Sequence[str], runs: Mapping[str, RunRow]) -> list[str]:
    """Merge two lists of runs, each in its own order, by when they began."""
    left, right, merged = list(one), list(two), list[str]()
    while left and right:
        earlier = left if runs[left[0]].started_at <= runs[right[0]].started_at else right
        merged.append(earlier.pop(0))
    return [*merged, *left, *right]
