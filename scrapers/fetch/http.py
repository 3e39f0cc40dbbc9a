"""The one client of a run: guarded, bounded, polite, archived."""

import asyncio
import json
import os
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpx
from tenacity import AsyncRetrying, retry_if_result, stop_after_attempt

from audit.model.presence import Fetched
from audit.model.value import Reason
from audit.model.web import Kind, Page
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
from scrapers.fetch.connect import (
    GuardedBackend,
    GuardedTransport,
    Resolve,
    resolve,
    setting,
    tls_context,
)
from scrapers.fetch.guard import literal, refused
from scrapers.fetch.lanes import Lanes, lane_of
from scrapers.fetch.limits import (
    ACCEPT,
    BODY_BYTES,
    RETRIES,
    RETRY_AFTER_SECONDS,
    SITE_SECONDS,
)
from scrapers.fetch.session import Conversation, Session
from scrapers.fetch.wire import (
    DRAWN,
    REQUESTS,
    Answer,
    Headers,
    Part,
    Trouble,
    Validators,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a run behaves towards the web; times in seconds."""

    timeout_seconds: float
    delay_seconds: float
    user_agent: str
    allow_private_hosts: bool = False
    site_seconds: float = SITE_SECONDS


@dataclass(slots=True)
class _Shared:
    """What the sessions of a run have in common."""

    stopped: dict[str, str] = field(default_factory=dict)
    robots: dict[str, Answer | Trouble] = field(default_factory=dict)


class Fetcher:
    """The run's client; `session` gives each company a conversation of its own."""

    def __init__(
        self,
        policy: Policy,
        *,
        environment: Mapping[str, str] | None = None,
        resolver: Resolve = resolve,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Read proxy and certificates from the environment once; nothing is connected yet."""
        self.policy = policy
        self._environment = os.environ if environment is None else environment
        self._resolver, self._clock, self._sleep = resolver, clock, sleep
        self._lanes = Lanes(policy.delay_seconds, clock, sleep)
        self._shared = _Shared()
        self._stack = AsyncExitStack()
        self._client: httpx.AsyncClient | None = None
        self._browser = Browser(self._environment)

    async def __aenter__(self) -> Self:
        """Open the client."""
        self._client = await self._stack.enter_async_context(self._made())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close the browser and all connections."""
        await self._browser.close()
        await self._stack.aclose()

    def session(self, archive: Archive, earlier: Mapping[str, Fetched]) -> Session:
        """Begin a company's conversation; `earlier` gives what the last run kept."""
        if self._client is None:
            raise RuntimeError("a Fetcher is used inside `async with`")
        wire = _LiveWire(self, self._client, archive)
        validators = {
            url: Validators(etag=each.etag, last_modified=each.last_modified, record=each.record)
            for url, each in earlier.items()
            if each.etag or each.last_modified
        }
        return Conversation(wire, archive.data_dir, validators, slow_down=self._lanes.slow_down)

    def _made(self) -> httpx.AsyncClient:
        context = tls_context(self._environment)
        backend = GuardedBackend(self._resolver, allow_private=self.policy.allow_private_hosts)
        direct = GuardedTransport(context, backend)
        mounts: dict[str, httpx.AsyncBaseTransport | None] = {}
        for scheme in ("http", "https"):
            proxy = setting(self._environment, f"{scheme}_proxy") or setting(
                self._environment, "all_proxy"
            )
            if proxy:
                mounts[f"{scheme}://"] = httpx.AsyncHTTPTransport(
                    verify=context, trust_env=False, proxy=httpx.Proxy(proxy)
                )
        for host in setting(self._environment, "no_proxy").split(",") if mounts else ():
            if name := host.strip().lstrip("."):
                mounts["all://" if name == "*" else f"all://{name}"] = direct
                if name != "*" and literal(name) is None:
                    mounts[f"all://*.{name}"] = direct
        return httpx.AsyncClient(
            transport=direct,
            mounts=mounts,
            verify=context,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(self.policy.timeout_seconds),
            headers={
                "User-Agent": self.policy.user_agent,
                "Accept-Encoding": "gzip, deflate",
                "Accept-Language": "en;q=0.8,*;q=0.5",
            },
        )


class _LiveWire:
    """Answers from the network, each in its host's turn, each kept in the archive."""

    def __init__(self, fetcher: Fetcher, client: httpx.AsyncClient, archive: Archive) -> None:
        self._fetcher, self._client, self._archive = fetcher, client, archive
        self._until = fetcher._clock() + fetcher.policy.site_seconds  # noqa: SLF001 - one module

    async def get(
        self, url: str, kind: Kind, validators: Mapping[str, Validators]
    ) -> Answer | Trouble:
        """Ask for an address, with retries; keep and give the last answer."""
        shared = self._fetcher._shared  # noqa: SLF001 - one module
        lane = lane_of(url)
        if lane in shared.stopped:
            return self._archive.note(no_answer(url, Reason.RATE_LIMITED, shared.stopped[lane]))
        if self._fetcher._clock() > self._until:  # noqa: SLF001 - one module
            spent = f"{self._fetcher.policy.site_seconds:.0f} s for one company are over"
            return self._archive.note(no_answer(url, Reason.BUDGET, spent))
        if kind is Kind.ROBOTS and url in shared.robots:
            return self._kept(shared.robots[url], ())
        headers = _asked(kind, validators.get(url))
        answer = await self._persistently(url, kind, headers, lane)
        if isinstance(answer, Answer) and answer.status == 429:
            shared.stopped[lane] = f"{lane} asks for fewer requests (HTTP 429)"
        if isinstance(answer, Answer) and answer.status == 304 and url in validators:
            answer = _unchanged(answer, validators[url])
        if kind is Kind.ROBOTS:
            shared.robots[url] = answer
        return self._kept(answer, tuple(headers.items()))

    async def draw(self, page: Page, part: Part) -> Answer | Trouble:
        """Have the page drawn; keep what it came to, with the requests that it made."""
        url, began = page.url + DRAWN, datetime.now(UTC)
        try:
            drawn = await self._fetcher._browser.draw(page, part)  # noqa: SLF001 - one module
        except BrowserError as error:
            trouble = Trouble(url=url, reason=Reason.BROWSER, detail=str(error), at=began)
            return self._archive.note(trouble)
        asked = json.dumps([[each.url, each.kind, each.outcome] for each in drawn.requests])
        headers = (("content-type", "text/html; charset=utf-8"), (REQUESTS, asked))
        html = drawn.html.encode("utf-8", "replace")
        answer = Answer(url=url, status=200, headers=headers, wire=html, at=began)
        return self._kept(answer, ())

    def _kept(self, answer: Answer | Trouble, sent: Headers) -> Answer | Trouble:
        if isinstance(answer, Trouble):
            return self._archive.note(answer)
        return self._archive.keep(answer, sent)

    async def _persistently(
        self, url: str, kind: Kind, headers: Mapping[str, str], lane: str
    ) -> Answer | Trouble:
        """Try again where a second try may help, when the server says so or a little later."""
        fetcher = self._fetcher
        retrying = AsyncRetrying(
            stop=stop_after_attempt(1 if kind is Kind.PART else RETRIES + 1),
            wait=pause,
            retry=retry_if_result(worth_another_try),
            sleep=fetcher._sleep,  # noqa: SLF001 - one module
            retry_error_callback=last_answer,
        )

        async def once() -> Answer | Trouble:
            part = kind is Kind.PART
            async with fetcher._lanes.turn(lane, part=part):  # noqa: SLF001 - one module
                return await self._once(url, kind, headers)

        found: Answer | Trouble = await retrying(once)
        if isinstance(found, Answer) and (after := retry_after(found)) > RETRY_AFTER_SECONDS:
            detail = f"{lane} asks to come back in {after:.0f} s"
            fetcher._shared.stopped[lane] = detail  # noqa: SLF001 - one module
            return no_answer(url, Reason.RATE_LIMITED, detail)
        return found

    async def _once(self, url: str, kind: Kind, headers: Mapping[str, str]) -> Answer | Trouble:
        host = httpx.URL(url).host
        address = literal(host)
        if address and refused(address, allow_private=self._fetcher.policy.allow_private_hosts):
            return no_answer(url, Reason.BLOCKED_ADDRESS, f"{host} is not a public address")
        try:
            async with asyncio.timeout(self._fetcher.policy.timeout_seconds):
                async with self._client.stream("GET", url, headers=headers) as response:
                    return await read_answer(url, response, BODY_BYTES[kind])
        except TimeoutError:
            limit = self._fetcher.policy.timeout_seconds
            return no_answer(url, Reason.TIMEOUT, f"no whole answer within {limit:g} s")
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
            return no_answer(url, *translated(error))


def _asked(kind: Kind, known: Validators | None) -> dict[str, str]:
    headers = {"Accept": ACCEPT[kind]}
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
