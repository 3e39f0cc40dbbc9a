"""Draw one page in a browser: hand it its parts, wait until it is quiet, take what is there."""

import asyncio
import logging
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import ada_url

from audit.model.exchange import Loaded, Page
from audit.model.value import Reason
from scrapers.fetch.limits import URL_CHARACTERS
from scrapers.fetch.walls import SCRIPT
from scrapers.fetch.wire import Part

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, CDPSession, Route
    from playwright.async_api import Page as Sheet

log = logging.getLogger(__name__)

MAX_PARTS = 150
"""Requests of one page that are let through; the rest is noted."""

MAX_HTML = 5 * 1024 * 1024
QUIET_SECONDS = 1.0
DRAWING_SECONDS = 12.0
"""A page that is never quiet is taken as it is after this time."""

FIRST_SECONDS = 0.7
"""However quiet a page is, its scripts are given this time to begin."""

_CLOSING_SECONDS = 5.0
_LOADED = frozenset({"document", "script", "stylesheet", "xhr", "fetch"})
"""Images, media, fonts and the like are not asked for."""

_PASSED = (
    "content-type",
    "content-language",
    "content-security-policy",
    "cross-origin-",
    "access-control-",
    "last-modified",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
)
"""What a page looks like depends on these headers; others ask for reports, links or a download."""

_STAYING = 204
"""An answer of this status leaves a page as it is; any failure would put an error page there."""

_PARSED = """
new Promise(done => {
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => done(''));
  else done('');
})
"""
"""The driver's own word for this does not come where the page has tried to leave meanwhile."""

_HIDDEN = """
(() => {
  const [most, longest] = [%d, %d];
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
})()
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
    served: bool = False
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
            with suppress(Exception):
                await route.abort()
        finally:
            self.open -= 1
            self.last = time.monotonic()
            if task is not None:
                self.tasks.discard(task)

    async def _answer(self, route: "Route") -> None:
        asked = route.request
        top = asked.is_navigation_request() and asked.frame.parent_frame is None
        if top and not self.served:
            self.served = True
            body, headers = self.page.body, _passed(self.page)
            await route.fulfill(status=200, headers=headers, body=body)
            return
        found = "not-followed" if top else await self._allowed(route)
        self._note(asked.url, asked.resource_type, found if isinstance(found, str) else "ok")
        if top:
            await route.fulfill(status=_STAYING)
        elif isinstance(found, str):
            await route.abort("blockedbyclient")
        else:
            await route.fulfill(status=found.status, headers=_passed(found), body=found.body)

    async def shut(self, popup: "Sheet") -> None:
        """Close a page that the page has opened."""
        with suppress(Exception):
            await popup.close()

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
        if len(asked.url) > URL_CHARACTERS:
            return Reason.BAD_CONTENT.value
        self.started += 1
        return await self.part(asked.url)

    def _note(self, url: str, kind: str, outcome: str) -> None:
        if len(self.requests) >= 2 * MAX_PARTS or len(url) > URL_CHARACTERS:
            return
        if url.startswith(("http://", "https://")):
            self.requests.setdefault(url, Loaded(url=url, kind=kind, outcome=outcome))

    def socket(self, url: str) -> None:
        """A web socket is noted; it reaches nothing."""
        self._note("http" + url.removeprefix("ws"), "websocket", "not-loaded")


async def draw(browser: "Browser", page: Page, part: Part) -> Drawn:
    """Draw a page in a context of its own, without cookies, workers, downloads or popups.

    Where that is broken off or fails, the context is left to whoever ends the browser.
    """
    context = await browser.new_context(
        service_workers="block", accept_downloads=False, viewport={"width": 1366, "height": 900}
    )
    desk = _Desk(page, part)
    try:
        drawn = await _drawn(context, desk)
    finally:
        await desk.stop()
    with suppress(Exception):  # the page is there; whoever draws next ends a browser that hangs
        async with asyncio.timeout(_CLOSING_SECONDS):
            await context.close()
    return drawn


async def _drawn(context: "BrowserContext", desk: _Desk) -> Drawn:
    await context.route("**/*", lambda route: desk.serve(route))  # noqa: PLW0108 - wants a function
    await context.add_init_script(SCRIPT)
    sheet = await context.new_page()
    context.on("page", lambda popup: desk.shut(popup))  # noqa: PLW0108 - wants a function
    sheet.on("websocket", lambda socket: desk.socket(socket.url))
    crashed = asyncio.Event()
    sheet.on("crash", lambda _sheet: crashed.set())
    drawing = asyncio.ensure_future(_taken(context, sheet, desk))
    waiting = asyncio.ensure_future(crashed.wait())
    try:
        await asyncio.wait({drawing, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if not drawing.done():
            raise RuntimeError("the page crashed")
        return drawing.result()
    finally:
        drawing.cancel()
        waiting.cancel()


async def _taken(context: "BrowserContext", sheet: "Sheet", desk: _Desk) -> Drawn:
    await sheet.goto(_address(desk.page.url), wait_until="commit")
    session = await context.new_cdp_session(sheet)
    with suppress(Exception):
        async with asyncio.timeout(DRAWING_SECONDS):
            await _asked(session, _PARSED)
    await _quiet(desk)
    html = await _asked(session, _HIDDEN % (MAX_ELEMENTS, MAX_HTML))
    return Drawn(html=html, url=sheet.url, requests=tuple(desk.requests.values()))


async def _asked(session: "CDPSession", script: str) -> str:
    """Ask a page something in a world of our own, where its scripts have changed no function."""
    tree = await session.send("Page.getFrameTree")
    frame = tree["frameTree"]["frame"]["id"]
    world = await session.send("Page.createIsolatedWorld", {"frameId": frame})
    asked = {
        "expression": script,
        "contextId": world["executionContextId"],
        "awaitPromise": True,
        "returnByValue": True,
    }
    answer = await session.send("Runtime.evaluate", asked)
    if "exceptionDetails" in answer:
        raise RuntimeError("the page could not be taken")
    return str(answer["result"].get("value", ""))


def _address(url: str) -> str:
    """An address as browsers spell it, where it has such a spelling."""
    try:
        href: str = ada_url.URL(url).href
    except ValueError:
        return url
    return href


async def _quiet(desk: _Desk) -> None:
    """Wait until no request has been open for a while, but not for ever."""
    began = time.monotonic()
    await asyncio.sleep(FIRST_SECONDS)
    while time.monotonic() - began < DRAWING_SECONDS:
        if not desk.open and time.monotonic() - desk.last > QUIET_SECONDS:
            return
        await asyncio.sleep(0.1)


def _passed(found: Page) -> dict[str, str]:
    return {
        name: value
        for name, value in found.headers
        if name.lower().startswith(_PASSED) and value.replace("\t", " ").isprintable()
    }
