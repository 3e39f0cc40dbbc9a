"""A browser's process: started behind walls, ended with all its children within a second."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audit.browser import flags_as_root
from scrapers.fetch.walls import DROPPED, FLAGS

if sys.platform == "linux":
    import resource

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright

STARTING_SECONDS = 30.0
"""A browser that has not started by then will not."""

MEMORY_BYTES = 2 * 1024**3
"""One process of a browser gets no more; a page that wants more has crashed."""

_POLITE_SECONDS = 0.3
"""A browser that is well has ended and tidied up by then; any other is killed."""

_ENDING_SECONDS = 1.0
"""A driver that takes longer to end is left to itself; its browser is dead by then."""

_UNWANTED_SECONDS = 5.0
"""So long is waited for a driver that is not wanted any more before it has started."""

_STOPPING: set[asyncio.Future[None]] = set()
"""Drivers that are still to be stopped; the loop itself holds them by weak references only."""


@dataclass(frozen=True, slots=True)
class Running:
    """A browser under way, with the driver that speaks to it; `process` leads its children."""

    driver: "Playwright"
    browser: "Browser"
    process: int

    def alive(self) -> bool:
        """Tell whether the browser still answers."""
        return self.browser.is_connected()

    async def end(self) -> None:
        """End the browser with all its children, whatever state it is in; never raises."""
        closing = asyncio.ensure_future(self.browser.close())
        # Asked for its exception, as asyncio complains on
        # the console of one that nobody has looked at.
        closing.add_done_callback(lambda task: task.cancelled() or task.exception())
        try:
            await asyncio.wait({closing}, timeout=_POLITE_SECONDS)
        finally:
            _kill(self.process)
        await _within(closing)
        await _within(asyncio.ensure_future(self.driver.stop()))


async def started(path: Path) -> Running:
    """Start a browser; whatever was begun is ended again where that fails.

    Signals are left to us: the driver ends the browser on Ctrl-C unless it is told not to.
    """
    driver = await _driver()
    try:
        browser = await driver.chromium.launch(
            executable_path=path,
            args=[*FLAGS, *flags_as_root()],
            ignore_default_args=list(DROPPED),
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
            # Playwright counts in milliseconds.
            timeout=STARTING_SECONDS * 1_000,
        )
        # The driver's own interface does not say which process the browser is.
        session = await browser.new_browser_cdp_session()
        info = await session.send("SystemInfo.getProcessInfo")
        process = next(int(each["id"]) for each in info["processInfo"] if each["type"] == "browser")
        _bound(process)
    except BaseException:
        await _within(asyncio.ensure_future(driver.stop()))
        raise
    return Running(driver, browser, process)


async def _driver() -> "Playwright":
    """Start the driver; one that is not wanted any more before it has started is stopped."""
    from playwright.async_api import async_playwright

    starting = asyncio.ensure_future(async_playwright().start())
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        stopping = asyncio.ensure_future(_stopped(starting))
        _STOPPING.add(stopping)
        stopping.add_done_callback(_STOPPING.discard)
        # Not cut off: what has begun to start a process on a busy machine must see it end.
        await asyncio.wait({stopping}, timeout=_UNWANTED_SECONDS)
        raise


async def _stopped(starting: "asyncio.Future[Playwright]") -> None:
    """Stop a driver as soon as it has started."""
    with suppress(Exception):
        await (await starting).stop()


def _bound(process: int) -> None:
    """Bound the memory of a browser's processes, and of those that they will start.

    A script may take memory by the gigabyte outside the heap that a flag of the browser bounds.
    Only Linux lets one process set another's limits; elsewhere the time for a page is the bound.
    """
    if sys.platform != "linux":
        return
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):
            number = int(folder.name)
            if os.getpgid(number) == process:
                resource.prlimit(number, resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))


async def _within(ending: "asyncio.Future[None]") -> None:
    """Wait for an end, but not for long, and not for how it went."""
    with suppress(Exception):
        await asyncio.wait_for(ending, _ENDING_SECONDS)


def _kill(process: int) -> None:
    """Kill a process, and on POSIX its whole group: the driver gives the browser one of its own.

    Should a driver not do so any more, its group is ours, and is left alive.
    """
    with suppress(OSError):
        if not hasattr(os, "killpg"):
            os.kill(process, signal.SIGTERM)
        elif process != os.getpgrp():
            os.killpg(process, signal.SIGKILL)
