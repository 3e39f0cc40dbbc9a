"""The one place that speaks HTTP: one client a run, guarded, bounded, polite, archived."""

import asyncio
import os
import random
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self

import httpcore
import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_after_attempt

from audit.model.presence import Fetched
from audit.model.value import Reason
from audit.model.web import Kind
from scrapers.fetch.archive import Archive
from scrapers.fetch.guard import literal, refused
from scrapers.fetch.lanes import Lanes, lane_of
from scrapers.fetch.limits import (
    ACCEPT,
    BODY_BYTES,
    HEADER_BYTES,
    HEADERS,
    RETRIES,
    RETRY_AFTER_SECONDS,
    RETRY_STATUS,
    SITE_SECONDS,
)
from scrapers.fetch.session import Conversation, Session
from scrapers.fetch.wire import Answer, Headers, Trouble, Validators

Resolve = Callable[[str, int], Awaitable[Iterable[str]]]
POOL = 64
_RETRY_REASONS = frozenset({Reason.CONNECTION, Reason.TIMEOUT, Reason.DNS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a run behaves towards the web; times in seconds."""

    timeout_seconds: float
    delay_seconds: float
    user_agent: str
    allow_private_hosts: bool = False
    site_seconds: float = SITE_SECONDS


class RefusedAddressError(httpcore.ConnectError):
    """The name resolves to an address that may not be connected to."""


class UnresolvedNameError(httpcore.ConnectError):
    """The name does not resolve."""


async def resolve(host: str, port: int) -> Iterable[str]:
    """All addresses of a name, by the system's resolver."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class _GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolve once, judge every address, connect to one that was judged."""

    def __init__(self, resolver: Resolve, *, allow_private: bool) -> None:
        self._resolve, self._allow_private = resolver, allow_private
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first judged address that answers."""
        try:
            addresses = [literal(host)] if literal(host) else await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise UnresolvedNameError(f"{host} does not resolve") from error
        known = [address for address in addresses if address]
        if any(refused(each, allow_private=self._allow_private) for each in known):
            raise RefusedAddressError(f"{host} resolves to {known[0]}")
        last: Exception = UnresolvedNameError(f"{host} has no address")
        for address in known:
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last


class _GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport over the guarded backend."""

    def __init__(self, context: ssl.SSLContext, backend: httpcore.AsyncNetworkBackend) -> None:
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=POOL,
            max_keepalive_connections=POOL,
            keepalive_expiry=30.0,
            network_backend=backend,
        )


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
        """Close all connections."""
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
        context = _context(self._environment)
        backend = _GuardedBackend(self._resolver, allow_private=self.policy.allow_private_hosts)
        direct = _GuardedTransport(context, backend)
        mounts: dict[str, httpx.AsyncBaseTransport | None] = {}
        for scheme in ("http", "https"):
            proxy = _setting(self._environment, f"{scheme}_proxy") or _setting(
                self._environment, "all_proxy"
            )
            if proxy:
                mounts[f"{scheme}://"] = httpx.AsyncHTTPTransport(
                    verify=context, trust_env=False, proxy=httpx.Proxy(proxy)
                )
        for host in _setting(self._environment, "no_proxy").split(",") if mounts else ():
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


def _setting(environment: Mapping[str, str], name: str) -> str:
    return environment.get(name.upper()) or environment.get(name) or ""


def _context(environment: Mapping[str, str]) -> ssl.SSLContext:
    """The one TLS context of a run; certificates are always checked."""
    file, folder = environment.get("SSL_CERT_FILE"), environment.get("SSL_CERT_DIR")
    if file:
        return ssl.create_default_context(cafile=file)
    if folder:
        return ssl.create_default_context(capath=folder)
    return httpx.create_ssl_context(trust_env=False)


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
            return self._archive.note(_trouble(url, Reason.RATE_LIMITED, shared.stopped[lane]))
        if self._fetcher._clock() > self._until:  # noqa: SLF001 - one module
            spent = f"{self._fetcher.policy.site_seconds:.0f} s for one company are over"
            return self._archive.note(_trouble(url, Reason.BUDGET, spent))
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
            stop=stop_after_attempt(RETRIES + 1),
            wait=_wait,
            retry=retry_if_result(_again),
            sleep=fetcher._sleep,  # noqa: SLF001 - one module
            retry_error_callback=_last,
        )

        async def once() -> Answer | Trouble:
            async with fetcher._lanes.turn(lane):  # noqa: SLF001 - one module
                return await self._once(url, kind, headers)

        found: Answer | Trouble = await retrying(once)
        if isinstance(found, Answer) and (after := _retry_after(found)) > RETRY_AFTER_SECONDS:
            detail = f"{lane} asks to come back in {after:.0f} s"
            fetcher._shared.stopped[lane] = detail  # noqa: SLF001 - one module
            return _trouble(url, Reason.RATE_LIMITED, detail)
        return found

    async def _once(self, url: str, kind: Kind, headers: Mapping[str, str]) -> Answer | Trouble:
        host = httpx.URL(url).host
        address = literal(host)
        if address and refused(address, allow_private=self._fetcher.policy.allow_private_hosts):
            return _trouble(url, Reason.BLOCKED_ADDRESS, f"{host} is not a public address")
        try:
            async with asyncio.timeout(self._fetcher.policy.timeout_seconds):
                async with self._client.stream("GET", url, headers=headers) as response:
                    return await _read(url, response, BODY_BYTES[kind])
        except TimeoutError:
            limit = self._fetcher.policy.timeout_seconds
            return _trouble(url, Reason.TIMEOUT, f"no whole answer within {limit:g} s")
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
            return _trouble(url, *_translated(error))


async def _read(url: str, response: httpx.Response, cap: int) -> Answer | Trouble:
    """Read headers and body within the limits."""
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw
    )
    size = sum(len(name) + len(value) + 4 for name, value in headers)
    if len(headers) > HEADERS or size > HEADER_BYTES:
        return _trouble(url, Reason.TOO_LARGE, f"{len(headers)} headers of {size} bytes")
    body = bytearray()
    cut = False
    if _worth_reading(response):
        try:
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > cap:
                    del body[cap:]
                    cut = True
                    break
        except httpx.RemoteProtocolError:
            if not body:
                raise
            cut = True
    return Answer(
        url=url,
        status=response.status_code,
        headers=headers,
        wire=bytes(body),
        at=datetime.now(UTC),
        cut=cut,
    )


def _worth_reading(response: httpx.Response) -> bool:
    """Pictures, sound and programs are not read."""
    kind = response.headers.get("content-type", "").lower()
    return not kind.startswith(("image/", "video/", "audio/", "font/", "application/zip"))


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


def _again(found: Answer | Trouble) -> bool:
    if isinstance(found, Trouble):
        return found.reason in _RETRY_REASONS
    return found.status in RETRY_STATUS and _retry_after(found) <= RETRY_AFTER_SECONDS


def _wait(state: RetryCallState) -> float:
    """As long as the server asks, else 1 s and then 2 s, with jitter."""
    found = state.outcome.result() if state.outcome is not None else None
    asked = _retry_after(found) if isinstance(found, Answer) else 0.0
    return max(asked, float(state.attempt_number)) + random.uniform(0.0, 0.25)  # noqa: S311 - jitter


def _last(state: RetryCallState) -> Answer | Trouble:
    """When all tries are used up, the last answer counts."""
    if state.outcome is None:
        raise RuntimeError("a retry ended without an outcome")
    found: Answer | Trouble = state.outcome.result()
    return found


def _retry_after(answer: Answer) -> float:
    """Seconds that the server asks to wait: a number or a date; 0 where it says nothing."""
    said = answer.header("retry-after").strip()
    if not said or answer.status not in RETRY_STATUS:
        return 0.0
    if said.isdigit():
        return float(said[:9])
    try:
        at = parsedate_to_datetime(said)
    except (ValueError, TypeError):
        return 0.0
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    return max(0.0, (at - answer.at).total_seconds())


def _trouble(url: str, reason: Reason, detail: str) -> Trouble:
    return Trouble(url=url, reason=reason, detail=detail, at=datetime.now(UTC))


def _translated(error: Exception) -> tuple[Reason, str]:
    """The reason word for what the library raised."""
    for cause in _causes(error):
        if isinstance(cause, RefusedAddressError):
            return Reason.BLOCKED_ADDRESS, str(cause)
        if isinstance(cause, UnresolvedNameError):
            return Reason.DNS, str(cause)
        if isinstance(cause, ssl.SSLError):
            said = getattr(cause, "verify_message", "") or cause.reason or str(cause)
            return Reason.TLS, str(said)[:200]
    return _reason(error), str(error)[:200] or type(error).__name__


def _reason(error: Exception) -> Reason:
    if isinstance(error, httpx.TimeoutException):
        return Reason.TIMEOUT
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
        return Reason.UNSUPPORTED_SCHEME  # our own address is checked: it is the Location header's
    said = str(error).lower()
    if "location header" in said:
        return Reason.BAD_CONTENT
    if isinstance(error, httpx.RemoteProtocolError) and ("too large" in said or "exceed" in said):
        return Reason.TOO_LARGE
    return Reason.CONNECTION


def _causes(error: BaseException | None) -> Iterable[BaseException]:
    seen = 0
    while error is not None and seen < 10:
        yield error
        error, seen = error.__cause__ or error.__context__, seen + 1
