"""Answers from the network: each in its host's turn, within time and quota, kept in the archive."""

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import httpx
from tenacity import AsyncRetrying, retry_if_result, stop_after_attempt

from audit.model.access import Key
from audit.model.value import Reason
from audit.model.web import Kind, Page, Request
from scrapers.fetch.answers import (
    last_answer,
    no_answer,
    pause,
    read_answer,
    retry_after,
    translated,
    worth_another_try,
)
from scrapers.fetch.archive import Archive
from scrapers.fetch.browser import Browser, BrowserError
from scrapers.fetch.guard import literal, refused
from scrapers.fetch.keys import GrantError, Keyring, Sent
from scrapers.fetch.lanes import Lanes, lane_of
from scrapers.fetch.limits import ACCEPT, BODY_BYTES, RETRIES, RETRY_AFTER_SECONDS, SITE_SECONDS
from scrapers.fetch.wire import (
    DRAWN,
    REQUESTS,
    Answer,
    Headers,
    Part,
    Trouble,
    Validators,
    named,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a run behaves towards the web; times in seconds."""

    timeout_seconds: float
    delay_seconds: float
    user_agent: str
    allow_private_hosts: bool = False
    site_seconds: float = SITE_SECONDS


@dataclass(slots=True, kw_only=True)
class Shared:
    """What the conversations of a run have in common; `stopped` are the hosts left alone."""

    policy: Policy
    lanes: Lanes
    browser: Browser
    keys: Keyring
    clock: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]
    stopped: dict[str, tuple[Reason, str]] = field(default_factory=dict)
    robots: dict[str, Answer | Trouble] = field(default_factory=dict)


class LiveWire:
    """Answers from the network, each in its host's turn, each kept in the archive."""

    def __init__(self, shared: Shared, client: httpx.AsyncClient, archive: Archive) -> None:
        """Ask for one company, over the client of the run; its time begins now."""
        self._shared, self._client, self._archive = shared, client, archive
        self._until = shared.clock() + shared.policy.site_seconds

    async def get(
        self, url: str, request: Request, validators: Mapping[str, Validators]
    ) -> Answer | Trouble:
        """Ask for an address, with retries; keep and give the last answer."""
        name = named(url, request)
        shared, robots = self._shared, request.kind is Kind.ROBOTS
        if robots and url in shared.robots:
            return self._kept(shared.robots[url], (), request)
        refusal = self._refusal(url, request)
        if refusal is not None:
            return self._kept(refusal, (), request)
        headers = _asked(request, validators.get(url) if not request.private else None)
        answer = await self._persistently(url, request, headers)
        if isinstance(answer, Answer) and answer.status == 429:
            said = f"{lane_of(url)} asks for fewer requests (HTTP 429)"
            self.stop(url, Reason.RATE_LIMITED, said)
        if isinstance(answer, Answer) and answer.status == 304 and url in validators:
            answer = _unchanged(answer, validators[url])
        if robots:
            shared.robots[url] = answer
        answer = replace(answer, url=name)
        return self._kept(answer, tuple(headers.items()), request)

    def _refusal(self, url: str, request: Request) -> Trouble | None:
        """Why an address is not asked for: its host is left alone, time or quota is used up."""
        shared, name, lane = self._shared, named(url, request), lane_of(url)
        if lane in shared.stopped:
            return no_answer(name, *shared.stopped[lane])
        if shared.clock() > self._until:
            spent = f"{shared.policy.site_seconds:.0f} s for one company are over"
            return no_answer(name, Reason.BUDGET, spent)
        if request.key is not None and shared.keys.spent(request.key):
            spent = f"{request.key.calls} requests of one run with {request.key.name} are made"
            return no_answer(name, Reason.BUDGET, spent)
        return None

    def stop(self, url: str, reason: Reason, detail: str) -> None:
        """Leave a host alone for the rest of the run; the first reason stays."""
        self._shared.stopped.setdefault(lane_of(url), (reason, detail))

    def remembered(self, name: str, make: Callable[[], object]) -> object:
        """Make a value and keep it in the archive, so that a replay finds it."""
        return self._archive.remember(name, make())

    def renew(self) -> None:
        """Begin the company's span of time anew."""
        self._until = self._shared.clock() + self._shared.policy.site_seconds

    def keys(self, wanted: Sequence[Key]) -> frozenset[str]:
        """The names of the keys that are there."""
        return frozenset(key.name for key in wanted if self._shared.keys.has(key))

    async def draw(self, page: Page, part: Part) -> Answer | Trouble:
        """Have the page drawn; keep what it came to, with the requests that it made."""
        url, began = page.url + DRAWN, datetime.now(UTC)
        try:
            drawn = await self._shared.browser.draw(page, part)
        except BrowserError as error:
            trouble = Trouble(url=url, reason=Reason.BROWSER, detail=str(error), at=began)
            return self._archive.note(trouble)
        asked = json.dumps([[each.url, each.kind, each.outcome] for each in drawn.requests])
        headers = (("content-type", "text/html; charset=utf-8"), (REQUESTS, asked))
        html = drawn.html.encode("utf-8", "replace")
        answer = Answer(url=url, status=200, headers=headers, wire=html, at=began)
        return self._kept(answer, (), Request(url=url))

    def _kept(self, answer: Answer | Trouble, sent: Headers, request: Request) -> Answer | Trouble:
        if request.private:
            return answer
        if isinstance(answer, Trouble):
            return self._archive.note(answer)
        return self._archive.keep(answer, sent, request.body)

    async def _persistently(
        self, url: str, request: Request, headers: Mapping[str, str]
    ) -> Answer | Trouble:
        """Try again where a second try may help, when the server says so or a little later."""
        shared, lane = self._shared, lane_of(url)
        part = request.kind is Kind.PART
        retrying = AsyncRetrying(
            stop=stop_after_attempt(1 if part else RETRIES + 1),
            wait=pause,
            retry=retry_if_result(worth_another_try),
            sleep=shared.sleep,
            retry_error_callback=last_answer,
        )

        async def once() -> Answer | Trouble:
            turn = shared.lanes.turn(lane, part=part, pace=request.pace)
            async with turn:
                return await self._once(url, request, headers)

        found: Answer | Trouble = await retrying(once)
        if isinstance(found, Answer) and (after := retry_after(found)) > RETRY_AFTER_SECONDS:
            detail = f"{lane} asks to come back in {after:.0f} s"
            self.stop(url, Reason.RATE_LIMITED, detail)
            return no_answer(url, Reason.RATE_LIMITED, detail)
        return found

    async def _once(
        self, url: str, request: Request, headers: Mapping[str, str]
    ) -> Answer | Trouble:
        host = httpx.URL(url).host
        address = literal(host)
        if address and refused(address, allow_private=self._shared.policy.allow_private_hosts):
            return no_answer(url, Reason.BLOCKED_ADDRESS, f"{host} is not a public address")
        try:
            async with asyncio.timeout(self._shared.policy.timeout_seconds):
                return await self._sent(url, request, headers)
        except TimeoutError:
            limit = self._shared.policy.timeout_seconds
            return no_answer(url, Reason.TIMEOUT, f"no whole answer within {limit:g} s")
        except GrantError as error:
            return no_answer(url, Reason.HTTP_401, str(error))
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
            reason, words = translated(error)
            keys = self._shared.keys
            return no_answer(url, reason, keys.safe(request.key, words) if request.key else words)

    async def _sent(
        self, url: str, request: Request, headers: Mapping[str, str]
    ) -> Answer | Trouble:
        """Send a request, with the key that it asks for, and read the answer."""
        keys, key = self._shared.keys, request.key
        sent = await keys.sent(key, url, self._client) if key is not None else Sent(url, {})
        answering = self._client.stream(
            "POST" if request.body else "GET",
            sent.url,
            headers={**headers, **sent.headers},
            content=request.body.encode() if request.body else None,
        )
        async with answering as response:
            answer = await read_answer(url, response, BODY_BYTES[request.kind])
        if key is None or isinstance(answer, Trouble):
            return answer
        return keys.blotted(key, url, answer)


def _asked(request: Request, known: Validators | None) -> dict[str, str]:
    headers = {"Accept": request.accept or ACCEPT[request.kind]}
    if request.body:
        return headers | {"Content-Type": "application/json"}
    if request.platform:
        headers["Accept-Language"] = "en-US,en;q=0.9"
    if known is not None and known.etag:
        headers["If-None-Match"] = known.etag
    if known is not None and known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def _unchanged(answer: Answer, known: Validators) -> Answer:
    return Answer(
        url=answer.url,
        status=answer.status,
        headers=answer.headers,
        wire=b"",
        at=answer.at,
        refers_to=known.record,
    )
