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
    from playwright.async_api import Page as Tab

log = logging.getLogger(__name__)

MAX_PARTS = 150
"""Requests of one page that are let through; the rest is noted."""

MAX_HTML = 5 * 1024 * 1024
"""Characters of a drawn page that are taken."""

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
"""Waits until the HTML is read, scripts that it waits for included.

The driver's own word for this does not come where the page has tried to leave meanwhile.
"""

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
        """Give the page itself to the first request of the tab, and its parts to the others.

        A tab that wants to go elsewhere afterwards stays where it is: that is noted, not followed.
        """
        request = route.request
        # Frames navigate too; without a parent it is the tab itself.
        top = request.is_navigation_request() and request.frame.parent_frame is None
        if top and not self.served:
            self.served = True
            body, headers = self.page.body, _passed(self.page)
            await route.fulfill(status=200, headers=headers, body=body)
            return
        part = "not-followed" if top else await self._allowed(route)
        self._note(request.url, request.resource_type, part if isinstance(part, str) else "ok")
        if top:
            await route.fulfill(status=_STAYING)
        elif isinstance(part, str):
            await route.abort("blockedbyclient")
        else:
            await route.fulfill(status=part.status, headers=_passed(part), body=part.body)

    async def shut(self, popup: "Tab") -> None:
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
        """Return the part that is asked for, or the outcome of a request that gets none."""
        request = route.request
        if request.method != "GET":
            return "not-sent"
        if request.resource_type not in _LOADED or self.started >= MAX_PARTS:
            return "not-loaded"
        if len(request.url) > URL_CHARACTERS:
            return Reason.BAD_CONTENT.value
        self.started += 1
        return await self.part(request.url)

    def _note(self, url: str, kind: str, outcome: str) -> None:
        """Keep what a request came to; the first outcome of an address stays.

        A script can ask for any number of addresses; so many are kept and no more.
        """
        if len(self.requests) >= 2 * MAX_PARTS or len(url) > URL_CHARACTERS:
            return
        if url.startswith(("http://", "https://")):
            self.requests.setdefault(url, Loaded(url=url, kind=kind, outcome=outcome))

    def socket(self, url: str) -> None:
        """Note a web socket under the address of its handshake; it reaches nothing."""
        self._note("http" + url.removeprefix("ws"), "websocket", "not-loaded")


async def draw(browser: "Browser", page: Page, part: Part) -> Drawn:
    """Draw a page in a context of its own, without cookies, workers, downloads or popups.

    Where that is broken off or fails, the context is left to whoever ends the browser.
    """
    # The routes of Playwright see no request that a service worker answers, so there are none.
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
    """Draw the page of a desk in a tab of a context.

    Raises:
        RuntimeError: the page crashed; the driver would wait for it until the time is over.
    """
    await context.route("**/*", lambda route: desk.serve(route))  # noqa: PLW0108 - wants a function
    await context.add_init_script(SCRIPT)
    tab = await context.new_page()
    context.on("page", lambda popup: desk.shut(popup))  # noqa: PLW0108 - wants a function
    tab.on("websocket", lambda socket: desk.socket(socket.url))
    crashed = asyncio.Event()
    tab.on("crash", lambda _tab: crashed.set())
    drawing = asyncio.ensure_future(_taken(context, tab, desk))
    waiting = asyncio.ensure_future(crashed.wait())
    try:
        await asyncio.wait({drawing, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if not drawing.done():
            raise RuntimeError("the page crashed")
        return drawing.result()
    finally:
        drawing.cancel()
        waiting.cancel()


async def _taken(context: "BrowserContext", tab: "Tab", desk: _Desk) -> Drawn:
    """Open the page in a tab, wait until it is quiet, and take its HTML as it is then."""
    # No longer than that: the driver's word for what comes later may never come (see `_PARSED`).
    await tab.goto(_address(desk.page.url), wait_until="commit")
    session = await context.new_cdp_session(tab)
    with suppress(Exception):
        async with asyncio.timeout(DRAWING_SECONDS):
            await _evaluated(session, _PARSED)
    await _quiet(desk)
    # Cut in the page itself, so that no more than this comes over from the browser.
    html = await _evaluated(session, _HIDDEN % (MAX_ELEMENTS, MAX_HTML))
    return Drawn(html=html, url=tab.url, requests=tuple(desk.requests.values()))


async def _evaluated(session: "CDPSession", script: str) -> str:
    """Return the value of a script, run in a world where the page's scripts changed no function.

    Raises:
        RuntimeError: the script raised, as where the page has no document any more.
    """
    tree = await session.send("Page.getFrameTree")
    frame = tree["frameTree"]["frame"]["id"]
    world = await session.send("Page.createIsolatedWorld", {"frameId": frame})
    evaluation = {
        "expression": script,
        "contextId": world["executionContextId"],
        "awaitPromise": True,
        "returnByValue": True,
    }
    answer = await session.send("Runtime.evaluate", evaluation)
    if "exceptionDetails" in answer:
        raise RuntimeError("the page could not be taken")
    return str(answer["result"].get("value", ""))


def _address(url: str) -> str:
    """Return an address as browsers spell it, where it has such a spelling.

    `https://a.example` is `https://a.example/` there; see `test_browser_addresses.py` for others.
    """
    try:
        href: str = ada_url.URL(url).href
    except ValueError:
        return url
    return href


async def _quiet(desk: _Desk) -> None:
    """Wait until no request has been open for `QUIET_SECONDS`, but no longer than is drawn."""
    began = time.monotonic()
    await asyncio.sleep(FIRST_SECONDS)
    while time.monotonic() - began < DRAWING_SECONDS:
        if not desk.open and time.monotonic() - desk.last > QUIET_SECONDS:
            return
        await asyncio.sleep(0.1)


def _passed(page: Page) -> dict[str, str]:
    """Return those headers of a page or part that a browser may see, as it can take them."""
    return {
        name: value
        for name, value in page.headers
        if name.lower().startswith(_PASSED) and value.replace("\t", " ").isprintable()
    }
