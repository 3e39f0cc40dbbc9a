"""Answers from the network: each in its host's turn, within time and quota, kept in the archive."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx
from tenacity import AsyncRetrying, retry_if_result, stop_after_attempt

from audit.model.exchange import Key, Kind, Page, Request
from audit.model.value import Reason
from scrapers.fetch.answers import (
    LIBRARY,
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
from scrapers.fetch.guard import host_of, is_local, is_metadata, literal, refused
from scrapers.fetch.keys import GrantError, Keyring, Sent
from scrapers.fetch.lanes import Lanes, lane_of
from scrapers.fetch.limits import ACCEPT, RETRIES, RETRY_AFTER_SECONDS, SITE_SECONDS
from scrapers.fetch.proxies import Proxies
from scrapers.fetch.redirects import as_sent
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
from scrapers.session import BODY_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a run behaves towards the web; times in seconds."""

    timeout_seconds: float
    delay_seconds: float
    user_agent: str
    private_hosts: frozenset[str] = frozenset()
    """Hosts that may lead into a private network; all others stay shut."""

    site_seconds: float = SITE_SECONDS


REFUSALS = frozenset({401, 403, 429, 999})
"""After the first of these a platform's host is left alone for the run."""


SILENCES = frozenset({Reason.TIMEOUT, Reason.CONNECTION, Reason.DNS, Reason.TLS})
"""A platform's host that is silent after all tries is left alone too: others would wait for it."""


def refusal_of(status: int) -> Reason:
    """The reason word of a refusal."""
    return Reason.RATE_LIMITED if status == 429 else Reason.of_status(status)


@dataclass(slots=True, kw_only=True)
class Shared:
    """What the conversations of a run have in common; `stopped` are the hosts left alone."""

    policy: Policy
    lanes: Lanes
    browser: Browser
    keys: Keyring
    proxies: Proxies
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
        known = None if request.private or request.body or request.accept else validators.get(url)
        headers = _asked(request, known)
        answer = self._known(url, request) or self._spent(url, request)
        if answer is None:
            answer = await self._persistently(url, request, headers)
        if isinstance(answer, Answer) and answer.status == 304 and known is not None:
            answer = _unchanged(answer, known)
        return self._kept(answer, tuple(headers.items()), request)

    def _known(self, url: str, request: Request) -> Answer | Trouble | None:
        """What needs no asking: robots.txt read before, a host left alone, time that is over."""
        shared = self._shared
        if request.kind is Kind.ROBOTS and url in shared.robots:
            return shared.robots[url]
        if (lane := lane_of(url)) in shared.stopped:
            return no_answer(url, *shared.stopped[lane])
        if shared.clock() > self._until:
            spent = f"{shared.policy.site_seconds:.0f} s for one company are over"
            return no_answer(url, Reason.BUDGET, spent)
        return None

    def _spent(self, url: str, request: Request) -> Trouble | None:
        """The quota of a key, counted by the request."""
        if request.key is None or not self._shared.keys.spent(request.key):
            return None
        spent = f"{request.key.calls} requests of one run with {request.key.name} are made"
        return no_answer(url, Reason.BUDGET, spent)

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
        name = named(answer.url, request)
        if isinstance(answer, Trouble):
            return self._archive.note(answer, name)
        return self._archive.keep(answer, sent, name, request.body)

    async def _persistently(
        self, url: str, request: Request, headers: Mapping[str, str]
    ) -> Answer | Trouble:
        """Try again where a second try may help, when the server says so or a little later."""
        retrying = AsyncRetrying(
            stop=stop_after_attempt(1 if request.kind is Kind.PART else RETRIES + 1),
            wait=pause,
            retry=retry_if_result(lambda found: self._worth_another(found, request)),
            sleep=self._shared.sleep,
            retry_error_callback=last_answer,
        )
        found: Answer | Trouble = await retrying(self._in_turn, url, request, headers)
        if request.kind is Kind.ROBOTS:
            self._shared.robots.setdefault(url, found)
        if isinstance(found, Answer) and (after := retry_after(found)) > RETRY_AFTER_SECONDS:
            detail = f"{lane_of(url)} asks to come back in {after:.0f} s"
            self.stop(url, Reason.RATE_LIMITED, detail)
            return no_answer(url, Reason.RATE_LIMITED, detail)
        if request.platform and isinstance(found, Trouble) and found.reason in SILENCES:
            said = f"{lane_of(url)} did not answer ({found.detail})"
            self.stop(url, found.reason, f"{said} and was left alone for the run")
        if isinstance(found, Answer) and found.status == 429:
            said = f"{lane_of(url)} asks for fewer requests (HTTP 429)"
            self.stop(url, Reason.RATE_LIMITED, said)
        return found

    def _worth_another(self, found: Answer | Trouble, request: Request) -> bool:
        """A platform that has said no, or whose name leads nowhere, is not asked again."""
        said_no = found.status == 429 if isinstance(found, Answer) else found.reason is Reason.DNS
        return not (said_no and request.platform) and worth_another_try(found)

    async def _in_turn(
        self, url: str, request: Request, headers: Mapping[str, str]
    ) -> Answer | Trouble:
        """Ask when the host is free, if it still may be asked then."""
        shared, part = self._shared, request.kind is Kind.PART
        async with shared.lanes.turn(lane_of(url), part=part, pace=request.pace):
            known = self._known(url, request)
            if known is not None:
                return known
            found = await self._once(url, request, headers)
            if request.kind is Kind.ROBOTS and not self._worth_another(found, request):
                shared.robots[url] = found
            if request.platform and request.kind is not Kind.ROBOTS:
                self._mind(url, found)
        return found

    def _mind(self, url: str, found: Answer | Trouble) -> None:
        """Leave a platform's host alone at once where it refuses, for those that wait for it."""
        if isinstance(found, Answer) and found.status in REFUSALS:
            said = f"{lane_of(url)} refused a request (HTTP {found.status})"
            self.stop(url, refusal_of(found.status), f"{said} and was left alone for the run")

    async def _once(
        self, url: str, request: Request, headers: Mapping[str, str]
    ) -> Answer | Trouble:
        barred = self._barred(url)
        if barred:
            return no_answer(url, Reason.BLOCKED_ADDRESS, barred)
        try:
            async with asyncio.timeout(self._shared.policy.timeout_seconds):
                return await self._sent(url, request, headers)
        except TimeoutError:
            limit = self._shared.policy.timeout_seconds
            return no_answer(url, Reason.TIMEOUT, f"no whole answer within {limit:g} s")
        except GrantError as error:
            return no_answer(url, Reason.HTTP_401, str(error))
        except LIBRARY as error:
            reason, words = translated(error)
            if request.key is not None:
                words = f"a request with {request.key.name} ended with {type(error).__name__}"
            return no_answer(url, reason, words)

    def _barred(self, url: str) -> str:
        """Why a host is not connected to, as far as its name tells; a proxy would resolve it."""
        shared, host = self._shared, host_of(url)
        named = host in shared.policy.private_hosts
        if is_metadata(host) or (literal(host) and refused(host, allow_private=named)):
            return f"{host} is not a public address"
        target = httpx.URL(as_sent(url))
        proxy = shared.proxies.of(target.scheme, host, target.port)
        if proxy is not None and is_local(host) and not named:
            return f"{host} is a name of the proxy's own network"
        return ""

    async def _sent(
        self, url: str, request: Request, headers: Mapping[str, str]
    ) -> Answer | Trouble:
        """Send a request, with the key that it asks for, and read the answer."""
        keys, key = self._shared.keys, request.key
        sent = await keys.sent(key, url, self._client) if key is not None else Sent(url, {})
        target = httpx.URL(as_sent(sent.url))
        # httpx would derive Host itself, and stumble over names that only its idna rules forbid
        host = {"Host": target.netloc.decode("ascii")}
        answering = self._client.stream(
            "POST" if request.body else "GET",
            target,
            headers={**host, **headers, **sent.headers},
            content=request.body.encode() if request.body else None,
        )
        async with answering as response:
            answer = await read_answer(url, response, BODY_BYTES[request.kind])
        if key is None or isinstance(answer, Trouble):
            return answer
        return keys.blotted(key, url, answer, BODY_BYTES[request.kind])


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
