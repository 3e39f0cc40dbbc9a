"""A browser that draws pages and never connects: each of its requests goes through our client.

It is started with a proxy that does not exist, so that what slips past the routes reaches nothing;
addresses, robots.txt, certificates and the time budget are judged in one place for all requests.
"""

import asyncio
import logging
import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from audit.model.web import Page
from scrapers.fetch.drawing import Drawn, draw
from scrapers.fetch.limits import BROWSER_SECONDS
from scrapers.fetch.wire import Part

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium

log = logging.getLogger(__name__)

VARIABLE = "SOCIAL_AUDIT_BROWSER"
_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "chrome",
    "msedge",
)
_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--js-flags=--max-old-space-size=512",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
_AT_ONCE = 2
_CLOSING_SECONDS = 5.0
_TRIES = 2
HELP = f"install Chromium or Chrome, or name one in {VARIABLE}; `audit doctor` tells what is found"


class BrowserError(Exception):
    """A page could not be drawn; the message says why in words for the workbook."""


def find_browser(environment: Mapping[str, str]) -> Path | None:
    """Find a browser: the own variable, Playwright's download, then the usual names."""
    named = environment.get(VARIABLE, "")
    if named:
        found = shutil.which(named, path=environment.get("PATH"))
        return Path(found) if found else None
    downloaded = _downloaded(environment)
    if downloaded is not None:
        return downloaded
    paths = (shutil.which(name, path=environment.get("PATH")) for name in _NAMES)
    return next((Path(path) for path in paths if path), None)


def _downloaded(environment: Mapping[str, str]) -> Path | None:
    """The newest Chromium that Playwright has downloaded."""
    homes = {
        "darwin": "~/Library/Caches/ms-playwright",
        "win32": r"~\AppData\Local\ms-playwright",
    }
    asked = environment.get("PLAYWRIGHT_BROWSERS_PATH", "")
    home = Path(asked or homes.get(sys.platform, "~/.cache/ms-playwright")).expanduser()
    names = ("chrome", "chrome.exe", "Chromium", "headless_shell")
    found = (
        path
        for folder in sorted(home.glob("chromium*-*"), reverse=True)
        for name in names
        for path in sorted(folder.glob(f"*/**/{name}"))
        if path.is_file()
    )
    return next(found, None)


class Browser:
    """The one browser of a run; started when the first page needs it, closed with the run."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        """Nothing is started yet."""
        self._environment = os.environ if environment is None else environment
        self._gate = asyncio.Semaphore(_AT_ONCE)
        self._lock = asyncio.Lock()
        self._stack = AsyncExitStack()
        self._running: Chromium | None = None
        self._dead = ""

    async def draw(self, page: Page, part: Part) -> Drawn:
        """Draw a page as a reader would see it; a crash or a hang is tried once more.

        Raises:
            BrowserError: there is no browser, or it could not draw the page within its time.
        """
        async with self._gate:
            said = ""
            for _ in range(_TRIES):
                running = await self._started()
                try:
                    async with asyncio.timeout(BROWSER_SECONDS):
                        return await draw(running, page, part)
                except TimeoutError:
                    await self._kill(running)
                    raise BrowserError(f"not drawn within {BROWSER_SECONDS:.0f} s") from None
                except Exception as error:  # noqa: BLE001 - whatever the browser raises is the page's
                    said = type(error).__name__ if not str(error) else str(error).splitlines()[0]
                    log.warning("the browser failed on %s: %s", page.url, said)
                    await self._kill(running)
            raise BrowserError(f"the browser failed twice ({said[:120]})")

    async def close(self) -> None:
        """End the browser with all its children."""
        self._running = None
        with suppress(Exception):
            async with asyncio.timeout(_CLOSING_SECONDS):
                await self._stack.aclose()

    async def _started(self) -> "Chromium":
        async with self._lock:
            if self._running is not None and self._running.is_connected():
                return self._running
            if self._dead:
                raise BrowserError(self._dead)
            try:
                self._running = await self._launched()
            except BrowserError as error:
                self._dead = str(error)
                raise
            return self._running

    async def _launched(self) -> "Chromium":
        path = find_browser(self._environment)
        if path is None:
            raise BrowserError("no browser was found")
        try:
            from playwright.async_api import async_playwright

            driver = await self._stack.enter_async_context(async_playwright())
            running = await driver.chromium.launch(
                executable_path=path,
                args=[*_FLAGS, *_as_root()],
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
        except Exception as error:
            log.exception("the browser %s did not start", path)
            raise BrowserError(f"{path.name} did not start ({type(error).__name__})") from error
        self._stack.push_async_callback(running.close)
        return running

    async def _kill(self, running: "Chromium") -> None:
        """End a browser that crashed or hangs; the next page starts another."""
        async with self._lock:
            if self._running is running:
                self._running = None
            with suppress(Exception):
                async with asyncio.timeout(_CLOSING_SECONDS):
                    await running.close()
            if running.is_connected():
                await self.close()
                self._stack = AsyncExitStack()


def _as_root() -> tuple[str, ...]:
    """Chromium refuses to start its sandbox as root."""
    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
