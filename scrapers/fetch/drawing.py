"""Draw one page in a browser: hand it its parts, wait until it is quiet, take what is there."""

import asyncio
import logging
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from audit.model.web import Loaded, Page
from scrapers.fetch.wire import Part

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Route
    from playwright.async_api import Page as Sheet

log = logging.getLogger(__name__)

MAX_PARTS = 150
"""Requests of one page that are let through; the rest is noted."""

MAX_HTML = 5 * 1024 * 1024
QUIET_SECONDS = 1.0
DRAWING_SECONDS = 12.0
"""A page that is never quiet is taken as it is after this time."""

_FIRST_SECONDS = 0.7
_CLOSING_SECONDS = 5.0
_LOADED = frozenset({"document", "script", "stylesheet", "xhr", "fetch"})
"""Images, media, fonts and the like are not asked for."""

_OURS = frozenset({"content-encoding", "content-length", "transfer-encoding", "set-cookie"})
_HIDDEN = """
([most, longest]) => {
  const waiting = document.body ? [document.body] : [];
  for (let seen = 0; waiting.length && seen < most; seen += 1) {
    for (const child of waiting.pop().children) {
      const box = child.getBoundingClientRect();
      const style = getComputedStyle(child);
      const gone = style.display === 'none' || style.visibility === 'hidden';
      const empty = box.width * box.height === 0 && child.children.length === 0;
      if (gone || empty) child.setAttribute('data-audit-hidden', '');
      else if (child.children.length) waiting.push(child);
    }
  }
  const root = document.documentElement;
  return root ? ('<!doctype html>' + root.outerHTML).slice(0, longest) : '';
}
"""
"""Marks what a reader does not see, in as many elements as are looked at; gives the page."""

MAX_ELEMENTS = 20_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as drawn: its HTML, where it stood at the end, and the requests that it made."""

    html: str
    url: str
    requests: tuple[Loaded, ...]


@dataclass(slots=True)
class _Desk:
    """The routes of one page: what was asked for, and when last."""

    page: Page
    part: Part
    requests: dict[str, Loaded] = field(default_factory=dict)
    open: int = 0
    started: int = 0
    last: float = field(default_factory=time.monotonic)
    tasks: set["asyncio.Task[None]"] = field(default_factory=set)

    async def serve(self, route: "Route") -> None:
        """Answer one request of the page from our own client, or not at all.

        A page that has gone away meanwhile wants no answer any more.
        """
        task = asyncio.current_task()
        if task is not None:
            self.tasks.add(task)
        self.open += 1
        try:
            await self._answer(route)
        except Exception as error:  # noqa: BLE001 - a request that cannot be answered has none
            log.info("no answer to a request of %s: %s", self.page.url, type(error).__name__)
        finally:
            self.open -= 1
            self.last = time.monotonic()
            if task is not None:
                self.tasks.discard(task)

    async def _answer(self, route: "Route") -> None:
        asked = route.request
        here = self.page.url.partition("#")[0]
        if asked.url.partition("#")[0] == here and asked.is_navigation_request():
            await route.fulfill(
                status=self.page.status, headers=_passed(self.page), body=self.page.body
            )
            return
        found = await self._allowed(route)
        self._note(asked.url, asked.resource_type, found if isinstance(found, str) else "ok")
        if isinstance(found, str):
            await route.abort("blockedbyclient")
        else:
            await route.fulfill(status=found.status, headers=_passed(found), body=found.body)

    async def stop(self) -> None:
        """End what is still being fetched for a page that is done."""
        waiting = tuple(self.tasks)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    async def _allowed(self, route: "Route") -> Page | str:
        asked = route.request
        if asked.method != "GET":
            return "not-sent"
        if asked.resource_type not in _LOADED or self.started >= MAX_PARTS:
            return "not-loaded"
        if asked.is_navigation_request() and asked.frame.parent_frame is None:
            return "not-followed"
        self.started += 1
        return await self.part(asked.url)

    def _note(self, url: str, kind: str, outcome: str) -> None:
        if len(self.requests) < 2 * MAX_PARTS and url.startswith(("http://", "https://")):
            self.requests.setdefault(url, Loaded(url=url, kind=kind, outcome=outcome))

    def socket(self, url: str) -> None:
        """A web socket is noted; it reaches nothing."""
        self._note("http" + url.removeprefix("ws"), "websocket", "not-loaded")


async def draw(browser: "Browser", page: Page, part: Part) -> Drawn:
    """Draw a page in a context of its own, without cookies, workers, downloads or popups."""
    context = await browser.new_context(
        service_workers="block", accept_downloads=False, viewport={"width": 1366, "height": 900}
    )
    desk = _Desk(page, part)
    try:
        return await _drawn(context, desk)
    finally:
        await desk.stop()
        with suppress(Exception):
            async with asyncio.timeout(_CLOSING_SECONDS):
                await context.close()


async def _drawn(context: "BrowserContext", desk: _Desk) -> Drawn:
    await context.route("**/*", lambda route: desk.serve(route))  # noqa: PLW0108 - wants a function
    sheet = await context.new_page()
    sheet.on("websocket", lambda socket: desk.socket(socket.url))
    crashed = asyncio.Event()
    sheet.on("crash", lambda _sheet: crashed.set())
    drawing = asyncio.ensure_future(_taken(sheet, desk))
    waiting = asyncio.ensure_future(crashed.wait())
    try:
        await asyncio.wait({drawing, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if not drawing.done():
            raise RuntimeError("the page crashed")
        return drawing.result()
    finally:
        drawing.cancel()
        waiting.cancel()


async def _taken(sheet: "Sheet", desk: _Desk) -> Drawn:
    await sheet.goto(desk.page.url, wait_until="commit")
    with suppress(Exception):
        await sheet.wait_for_load_state("domcontentloaded", timeout=DRAWING_SECONDS * 1_000)
    await _quiet(desk)
    html = str(await sheet.evaluate(_HIDDEN, [MAX_ELEMENTS, MAX_HTML]))
    return Drawn(html=html, url=sheet.url, requests=tuple(desk.requests.values()))


async def _quiet(desk: _Desk) -> None:
    """Wait until no request has been open for a while, but not for ever."""
    began = time.monotonic()
    await asyncio.sleep(_FIRST_SECONDS)
    while time.monotonic() - began < DRAWING_SECONDS:
        if not desk.open and time.monotonic() - desk.last > QUIET_SECONDS:
            return
        await asyncio.sleep(0.1)


def _passed(found: Page) -> dict[str, str]:
    return {name: value for name, value in found.headers if name.lower() not in _OURS}
