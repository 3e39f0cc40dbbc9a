"""The one client of a run: guarded, bounded, polite, archived."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

import httpx

from audit.model.presence import Fetched
from scrapers.fetch.archive import Archive
from scrapers.fetch.browser import Browser
from scrapers.fetch.connect import (
    GuardedBackend,
    GuardedTransport,
    Resolve,
    resolve,
    setting,
    tls_context,
)
from scrapers.fetch.guard import literal
from scrapers.fetch.keys import Keyring
from scrapers.fetch.lanes import Lanes
from scrapers.fetch.live import LiveWire, Policy, Shared
from scrapers.fetch.session import Conversation, Session
from scrapers.fetch.wire import Validators
from scrapers.workers import HERE, Readers


class Fetcher:
    """The run's client; `session` gives each company a conversation of its own."""

    def __init__(
        self,
        policy: Policy,
        *,
        readers: Readers[object] = HERE,
        environment: Mapping[str, str] | None = None,
        resolver: Resolve = resolve,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Read proxy and certificates from the environment once; nothing is connected yet."""
        self.policy, self._readers = policy, readers
        self._environment = os.environ if environment is None else environment
        self._resolver, self._clock, self._sleep = resolver, clock, sleep
        self._lanes = Lanes(policy.delay_seconds, clock, sleep)
        self._stack = AsyncExitStack()
        self._client: httpx.AsyncClient | None = None
        self._browser = Browser(self._environment)
        self._shared = Shared(
            policy=policy,
            lanes=self._lanes,
            browser=self._browser,
            keys=Keyring(self._environment),
            clock=clock,
            sleep=sleep,
        )

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
        wire = LiveWire(self._shared, self._client, archive)
        validators = {
            url: Validators(etag=each.etag, last_modified=each.last_modified, record=each.record)
            for url, each in earlier.items()
            if each.etag or each.last_modified
        }
        return Conversation(
            wire, archive.data_dir, validators, self._lanes.slow_down, self._readers
        )

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
