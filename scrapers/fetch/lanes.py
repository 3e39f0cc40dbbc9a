"""One lane a host: one request at a time, and a pause after each answer."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class _Lane:
    """The way to one host; `asked` is the pause that the host itself asks for.

    `free_at` is the moment, by the run's clock, from which the next request may go. `taken_over` is
    that at which this process took the lane over from another, until its first request.
    """

    asked: float = 0.0
    free_at: float = 0.0
    taken_over: float | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


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
    """The lanes of a run, each made when its host is first asked."""

    def __init__(self, delay: float, time: Time) -> None:
        """Begin with `delay` seconds between two requests to one host."""
        self._delay, self._time = delay, time
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def turn(
        self, name: str, *, part: bool = False, pace: float = 1.0, delay: float | None = None
    ) -> AsyncIterator[None]:
        """Wait for a host to be free; the pause begins when the turn ends.

        The parts of one page follow each other without the pause, as in a reader's browser, unless
        the host asked for one. `pace` times the usual delay is the pause where a platform is asked,
        `delay` the one that a company has for its own sites in place of the usual one.
        """
        lane = self._lanes.setdefault(name, _Lane())
        usual = self._delay if delay is None else delay
        usual = max(usual, usual * pace)
        async with lane.lock:
            if lane.taken_over is not None:
                lane.free_at = max(lane.free_at, lane.taken_over + max(lane.asked, usual))
                part, lane.taken_over = False, None
            # Again and again, as asyncio may end a sleep a little before the clock says so.
            while (wait := lane.free_at - self._time.clock()) > 0 and (not part or lane.asked):
                await self._time.sleep(wait)
            try:
                yield
            finally:
                lane.free_at = self._time.clock() + max(lane.asked, usual)

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
