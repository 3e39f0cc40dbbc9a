"""The one client of a run: guarded, bounded, polite, archived."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

import httpx

from audit.model.exchange import Fetched, Key
from scrapers.fetch.answers import own_redirects
from scrapers.fetch.archive import Archive
from scrapers.fetch.browser import Browser
from scrapers.fetch.connect import Resolve, transport
from scrapers.fetch.conversation import Conversation
from scrapers.fetch.cookies import NoCookies
from scrapers.fetch.keys import Keyring
from scrapers.fetch.lanes import Lanes
from scrapers.fetch.live import LiveWire, Policy, Shared
from scrapers.fetch.names import Names
from scrapers.fetch.proxies import read_proxies
from scrapers.fetch.trust import tls_context
from scrapers.fetch.wire import Validators, sendable
from scrapers.platforms import platforms
from scrapers.session import Session
from scrapers.workers.pool import HERE, Readers


class Fetcher:
    """The run's client; `session` gives each company a conversation of its own."""

    def __init__(
        self,
        policy: Policy,
        *,
        readers: Readers[object] = HERE,
        environment: Mapping[str, str] | None = None,
        resolver: Resolve | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Read proxies, keys and certificates from the environment once; nothing is connected yet.

        Raises:
            AuditError: the environment names a proxy that cannot be used.
        """
        self.policy, self._readers = policy, readers
        self._environment = os.environ if environment is None else environment
        self._resolver = resolver or Names()
        self._proxies = read_proxies(self._environment)
        self._lanes = Lanes(policy.delay_seconds, clock, sleep)
        self._stack = AsyncExitStack()
        self._client: httpx.AsyncClient | None = None
        self._browser = Browser(self._environment)
        self._shared = Shared(
            policy=policy,
            lanes=self._lanes,
            browser=self._browser,
            keys=Keyring(self._environment, _keys()),
            proxies=self._proxies,
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

    def session(
        self,
        archive: Archive,
        earlier: Mapping[str, Fetched],
        readers: Readers[object] | None = None,
    ) -> Session:
        """Begin a company's conversation; `earlier` gives what the last run kept.

        `readers` are the company's share of those that read robots.txt.
        """
        if self._client is None:
            raise RuntimeError("a Fetcher is used inside `async with`")
        archive.hide = self._shared.keys.hidden
        wire = LiveWire(self._shared, self._client, archive)
        known = {url: _validators(each) for url, each in earlier.items()}
        usable = {url: each for url, each in known.items() if each.etag or each.last_modified}
        return Conversation(
            wire, archive.data_dir, usable, self._lanes.slow_down, readers or self._readers
        )

    def _made(self) -> httpx.AsyncClient:
        context = tls_context(self._environment)
        return httpx.AsyncClient(
            transport=transport(context, self._proxies, self._resolver, self.policy.private_hosts),
            cookies=NoCookies(),
            event_hooks={"response": [own_redirects]},
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(self.policy.timeout_seconds),
            headers={
                "User-Agent": self.policy.user_agent,
                "Accept-Encoding": "gzip, deflate",
                "Accept-Language": "en;q=0.8,*;q=0.5",
            },
        )


def check_environment(environment: Mapping[str, str]) -> None:
    """Check what the environment says of the network, before anything is fetched.

    Raises:
        AuditError: a proxy or certificates that it names cannot be used; the message says which.
    """
    read_proxies(environment)
    tls_context(environment)


def _validators(earlier: Fetched) -> Validators:
    """What the last run kept, as far as it can be sent; an old history may hold other things."""
    return Validators(
        etag=sendable(earlier.etag),
        last_modified=sendable(earlier.last_modified),
        record=earlier.record,
    )


def _keys() -> Sequence[Key]:
    """The keys that any platform takes."""
    return [key for each in platforms().values() for key in each.keys]
