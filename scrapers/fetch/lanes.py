"""One lane a host: one request at a time, and a pause after each answer."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from heapq import heappop, heappush
from urllib.parse import urlsplit

from scrapers.fetch.limits import CRAWL_DELAY_SECONDS

_USUAL_PORTS = {None, 80, 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """Where a run takes its time from: a clock that counts seconds, and a way to let some pass.

    Both come in as values so that a test of ten minutes need not wait.
    """

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


REAL_TIME = Time()


_Place = tuple[int, int]
"""Where somebody stands in a lane: by whose request it is, then by when it came."""


@dataclass(slots=True)
class _Lane:
    """The way to one host; `asked` is the pause that the host itself asks for.

    `free_at` is the moment, by the run's clock, from which the next request may go. `taken_over` is
    that at which this process took the lane over from another, until its first request. `waiting`
    is a heap of those who want a turn while it is somebody's.
    """

    asked: float = 0.0
    free_at: float = 0.0
    taken_over: float | None = None
    is_taken: bool = False
    waiting: list[tuple[_Place, asyncio.Future[None]]] = field(default_factory=list)

    async def take(self, place: _Place) -> None:
        """Wait until the turn is that of whoever stands at this place."""
        if not self.is_taken:
            self.is_taken = True
            return
        called = asyncio.get_running_loop().create_future()
        heappush(self.waiting, (place, called))
        try:
            await called
        except asyncio.CancelledError:
            if not called.cancelled():  # called, and broken off before it could go
                self.pass_on()
            raise

    def pass_on(self) -> None:
        """Give the turn to the first of those who still wait."""
        self._drop_gone()
        if self.waiting:
            heappop(self.waiting)[1].set_result(None)
        else:
            self.is_taken = False

    def has_before(self, place: _Place) -> bool:
        """Tell whether somebody waits who goes before this place."""
        self._drop_gone()
        return bool(self.waiting) and self.waiting[0][0] < place

    def _drop_gone(self) -> None:
        """Leave out those at the head who were broken off."""
        while self.waiting and self.waiting[0][1].done():
            heappop(self.waiting)


def lane_of(url: str) -> str:
    """Return the lane of an address: its host, whatever the scheme; "" for no valid address.

    Another port is another server: `a.example:8080` is not `a.example`.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return ""
    return host if port in _USUAL_PORTS else f"{host}:{port}"


class Lanes:
    """The lanes of a run, each made when its host is first asked.

    Where several companies wait for a host, the one that began its visit first goes first, however
    often it asks. So each leaves a platform as soon as it can, and the next platform has something
    to do; in turns all of them would leave it at the end together, and all go on to the next.
    """

    def __init__(self, delay: float, time: Time) -> None:
        """Begin with `delay` seconds between two requests to one host."""
        self._delay, self._time = delay, time
        self._lanes: dict[str, _Lane] = {}
        self._companies, self._comings = itertools.count(), itertools.count()

    def newcomer(self) -> int:
        """Return the rank of a company that begins now, behind all that have begun before."""
        return next(self._companies)

    @asynccontextmanager
    async def turn(
        self,
        name: str,
        *,
        rank: int = 0,
        part: bool = False,
        pace: float = 1.0,
        delay: float | None = None,
    ) -> AsyncIterator[None]:
        """Wait for a host to be free; the pause begins when the turn ends.

        Of those who wait the lowest `rank` goes first. The parts of one page follow each other
        without the pause, as in a reader's browser, unless the host asked for one. `pace` times the
        usual delay is the pause where a platform is asked, `delay` the one that a company has for
        its own sites in place of the usual one.
        """
        lane = self._lanes.setdefault(name, _Lane())
        usual = self._delay if delay is None else delay
        usual = max(usual, usual * pace)
        await self._come_first(lane, (rank, next(self._comings)), usual, part=part)
        try:
            yield
        finally:
            lane.free_at = self._time.clock() + max(lane.asked, usual)
            lane.pass_on()

    async def _come_first(self, lane: _Lane, place: _Place, usual: float, *, part: bool) -> None:
        """Wait until it is the turn of a place, and the host may be asked again."""
        while True:
            await lane.take(place)
            try:
                has_paused = await self._has_paused(lane, usual, part=part)
            except BaseException:
                lane.pass_on()
                raise
            # Whoever had the last turn may have read its answer meanwhile, and ask again.
            if not (has_paused and lane.has_before(place)):
                return
            lane.pass_on()

    async def _has_paused(self, lane: _Lane, usual: float, *, part: bool) -> bool:
        """Wait until the host may be asked again; tell whether there was anything to wait for."""
        if lane.taken_over is not None:
            lane.free_at = max(lane.free_at, lane.taken_over + max(lane.asked, usual))
            part, lane.taken_over = False, None
        has_paused = False
        # Again and again, as asyncio may end a sleep a little before the clock says so.
        while (wait := lane.free_at - self._time.clock()) > 0 and (not part or lane.asked):
            await self._time.sleep(wait)
            has_paused = True
        return has_paused

    def slow_down(self, name: str, seconds: float) -> bool:
        """Obey a longer Crawl-delay, up to ten seconds; tell whether that is another one."""
        lane = self._lanes.setdefault(name, _Lane())
        before, lane.asked = lane.asked, min(seconds, CRAWL_DELAY_SECONDS)
        return lane.asked != before

    def inherit(self, name: str, asked: float, peace: float) -> None:
        """Take a lane over from a process that may have asked its host a moment ago.

        The first request waits for as long as one after another would, and for at least the `peace`
        in seconds that the host wants. `asked` is its Crawl-delay.
        """
        lane = self._lanes.setdefault(name, _Lane())
        now = self._time.clock()
        lane.asked = max(lane.asked, min(asked, CRAWL_DELAY_SECONDS))
        lane.taken_over, lane.free_at = now, max(lane.free_at, now + peace)
