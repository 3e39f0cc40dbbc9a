"""One lane a host: one request at a time, and a pause after each answer."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from scrapers.fetch.limits import CRAWL_DELAY_SECONDS

_USUAL_PORTS = {None, 80, 443}


@dataclass(slots=True)
class _Lane:
    delay: float
    asked: float = 0.0
    free_at: float = 0.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


def lane_of(url: str) -> str:
    """The lane of an address: its host, whatever the scheme; another port is another server."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return ""
    return host if port in _USUAL_PORTS else f"{host}:{port}"


class Lanes:
    """The lanes of a run; `clock` and `sleep` come in so that a test need not wait."""

    def __init__(
        self,
        delay: float,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        """Begin with `delay` seconds between two requests to one host."""
        self._delay, self._clock, self._sleep = delay, clock, sleep
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def turn(
        self, lane: str, *, part: bool = False, pace: float = 1.0
    ) -> AsyncIterator[None]:
        """Wait for the host to be free; the pause begins when the turn ends.

        The parts of one page follow each other without the pause, unless the host asked for one.
        `pace` times the usual delay is the pause where a platform is asked.
        """
        mine = self._lanes.setdefault(lane, _Lane(self._delay))
        async with mine.lock:
            while (wait := mine.free_at - self._clock()) > 0 and (not part or mine.asked):
                await self._sleep(wait)
            try:
                yield
            finally:
                mine.free_at = self._clock() + max(mine.delay, self._delay * pace)

    def slow_down(self, lane: str, seconds: float) -> None:
        """Obey a longer Crawl-delay, up to ten seconds."""
        mine = self._lanes.setdefault(lane, _Lane(self._delay))
        mine.asked = min(seconds, CRAWL_DELAY_SECONDS)
        mine.delay = max(mine.delay, mine.asked)
