"""One company's share of the workers: so much time and so much to keep, whatever its site sends.

A limit for each answer is none for forty of them. What a company's answers take is added up; one
that has taken more than most sites need leaves a worker free for the others, and one that has taken
all of its share gets no more.
"""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from audit.model.value import Reason
from scrapers.workers.pool import Workers
from scrapers.workers.process import CPU_SECONDS
from scrapers.workers.readers import ANYWHERE, OverrunError

HUNGRY_SECONDS = 3.0
"""CPU time that few sites need altogether; forty pages of the usual kind take one."""

SECONDS, SECONDS_A_PAGE = 10.0, 0.25
"""CPU time of a company, and for each page of its budget: many times what pages take."""

BYTES, BYTES_A_PAGE = 16 * 1024 * 1024, 256 * 1024
"""What is kept of a company's answers, likewise; the largest of 600 real pages takes 0.1 MB."""

T = TypeVar("T")
L = TypeVar("L")


class Share(Generic[L]):
    """The workers as one company may use them; `waited` adds up the seconds in their queue."""

    def __init__(self, workers: Workers[L], pages: int) -> None:
        """Give a share for so many pages; nothing of it is used."""
        self.loaded = workers.loaded
        self._workers = workers
        self._seconds = self._most_seconds = SECONDS + pages * SECONDS_A_PAGE
        self._bytes = BYTES + pages * BYTES_A_PAGE
        self._used = self._kept = self.waited = 0.0

    def renew(self) -> None:
        """Begin a new span, as for the profiles after the site; what is kept adds up."""
        self._most_seconds = self._used + self._seconds

    async def run(self, job: Callable[..., T], *args: object) -> T:
        """Run a job; see `Readers.run`."""
        return (await self.run_near(ANYWHERE, job, *args))[0]

    async def run_near(self, place: int, job: Callable[..., T], *args: object) -> tuple[T, int]:
        """Run a job near a place.

        Raises:
            OverrunError: as always, and where the share is used up (`budget`).
        """
        if self._used > self._most_seconds:
            words = f"reading this company's pages took {self._used:.0f} s of CPU; that is enough"
            raise OverrunError(Reason.BUDGET, words)
        began = time.monotonic()
        try:
            done = await self._workers.do(
                place, job, args, hungry=self._used > HUNGRY_SECONDS, room=self._room()
            )
        except OverrunError:
            # What an answer that was given up has taken is
            # not told; it counts as the most it may take.
            self._used += CPU_SECONDS
            raise
        self._used += done.seconds
        self._kept += done.size
        self.waited += max(0.0, time.monotonic() - began - done.seconds)
        return done.value, done.place

    def _room(self) -> float:
        """Return how many bytes may still be kept."""
        return self._bytes - self._kept
