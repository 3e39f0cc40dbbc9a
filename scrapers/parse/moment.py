"""Notice where the time of the visit decides what a page says: the same bytes say more later.

"3 days ago" is another day tomorrow, "12 Nov" another one next year, and a date too far ahead to
be believed is none for ever. All else that is read depends on the bytes alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Noticed:
    """Whether anything that was read since rests on when it was read."""

    by_now: bool = False


_watching: ContextVar[Noticed | None] = ContextVar("watching", default=None)


@contextmanager
def watched() -> Iterator[Noticed]:
    """Notice, for as long as the block runs, whether the time of the visit decides something."""
    noticed = Noticed()
    before = _watching.set(noticed)
    try:
        yield noticed
    finally:
        _watching.reset(before)


def decided_by_now() -> None:
    """Say that another time of the visit would have given, or may give, something else.

    Never called inside what `lru_cache` remembers: a second page would not hear of it.
    """
    noticed = _watching.get()
    if noticed is not None:
        noticed.by_now = True
