"""A browser that draws pages and never connects: each of its requests goes through our client.

It is started behind walls (`walls.py`), so that what slips past the routes reaches nothing;
addresses, robots.txt, certificates and the time budget are judged in one place for all requests.
"""

import asyncio
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from audit.browser import find_browser
from audit.model.exchange import Page
from scrapers.fetch.chromium import Running, started
from scrapers.fetch.drawing import Drawn, draw
from scrapers.fetch.limits import BROWSER_SECONDS
from scrapers.fetch.wire import Part

log = logging.getLogger(__name__)

_AT_ONCE = 2
"""Browsers under way at most; each of their processes may take `chromium.MEMORY_BYTES`."""

_TRIES = 2


class BrowserError(Exception):
    """A page could not be drawn; the message says why in words for the workbook."""


class Browser:
    """The browsers of a run, one for each page that is drawn at once: a bad page ends its own."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        """Nothing is started yet."""
        self._environment = os.environ if environment is None else environment
        self._seats = tuple(_Seat() for _ in range(_AT_ONCE))
        self._free = list(self._seats)
        self._gate = asyncio.Semaphore(_AT_ONCE)
        self._dead = ""

    async def draw(self, page: Page, part: Part) -> Drawn:
        """Draw a page as a reader would see it; a crash is tried once more.

        Raises:
            BrowserError: there is no browser, or it could not draw the page within its time.
        """
        async with self._gate:
            seat = self._free.pop()
            try:
                return await self._drawn(seat, page, part)
            finally:
                self._free.append(seat)

    async def close(self) -> None:
        """End the browsers with all their children."""
        await asyncio.gather(*(seat.leave() for seat in self._seats))

    async def _drawn(self, seat: "_Seat", page: Page, part: Part) -> Drawn:
        """Draw a page with the browser of a seat; whatever goes wrong ends that browser.

        Raises:
            BrowserError: it took too long, or failed twice.
        """
        words = ""
        for _ in range(_TRIES):
            running = await self._started(seat)
            try:
                async with asyncio.timeout(BROWSER_SECONDS):
                    return await draw(running.browser, page, part)
            except TimeoutError:
                await seat.leave()
                raise BrowserError(f"not drawn within {BROWSER_SECONDS:.0f} s") from None
            # A browser in the middle of a page must not get the next one.
            except asyncio.CancelledError:
                await seat.leave()
                raise
            except Exception as error:  # noqa: BLE001 - whatever the browser raises is the page's
                words = type(error).__name__ if not str(error) else str(error).splitlines()[0]
                log.warning("the browser failed on %s: %s", page.url, words)
                await seat.leave()
        raise BrowserError(f"the browser failed twice ({words[:120]})")

    async def _started(self, seat: "_Seat") -> Running:
        """Return the browser of a seat, started anew where it is not alive.

        Where one did not start, no other is tried in this run: each try may take half a minute
        (`chromium.STARTING_SECONDS`).

        Raises:
            BrowserError: there is none, or it does not start.
        """
        if seat.running is not None and seat.running.alive():
            return seat.running
        await seat.leave()
        if self._dead:
            raise BrowserError(self._dead)
        try:
            seat.running = await self._launched()
        except BrowserError as error:
            self._dead = str(error)
            raise
        return seat.running

    async def _launched(self) -> Running:
        """Find and start a browser.

        Raises:
            BrowserError: there is none, or it did not start.
        """
        path = find_browser(self._environment)
        if path is None:
            raise BrowserError("no browser was found")
        try:
            return await started(path)
        except Exception as error:
            log.exception("the browser %s did not start", path)
            raise BrowserError(f"{path.name} did not start ({type(error).__name__})") from error


@dataclass(slots=True)
class _Seat:
    """The place of one browser; it starts when a page first needs it."""

    running: Running | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def leave(self) -> None:
        """End the browser of this place; the next page starts another."""
        async with self.lock:
            running, self.running = self.running, None
            if running is not None:
                await running.end()
