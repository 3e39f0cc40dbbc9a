"""Put a run's stack of wires together: one client, guarded and bounded, shared by its companies."""

import os
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

import httpx

from audit.model.exchange import Fetched, Key
from scrapers.fetch.answers import own_redirects
from scrapers.fetch.archive import Archive
from scrapers.fetch.archived import ArchivedWire
from scrapers.fetch.browser import Browser
from scrapers.fetch.budgeted import BudgetedWire, Span
from scrapers.fetch.connect import Resolve, transport
from scrapers.fetch.conversation import Conversation, Surroundings
from scrapers.fetch.cookies import NoCookies
from scrapers.fetch.drawn import DrawnPages
from scrapers.fetch.keys import Keyring
from scrapers.fetch.lanes import REAL_TIME, Lanes, Time
from scrapers.fetch.policy import Policy
from scrapers.fetch.polite import Hosts, PoliteWire
from scrapers.fetch.proxies import read_proxies
from scrapers.fetch.resolver import Resolver
from scrapers.fetch.sending import SendingWire
from scrapers.fetch.trust import tls_context
from scrapers.fetch.wire import Validators, sendable
from scrapers.session import Session
from scrapers.workers.pool import HERE, Readers


class Fetcher:
    """The run's client; `session` gives each company a conversation over a stack of its own."""

    def __init__(
        self,
        policy: Policy,
        *,
        keys: Sequence[Key] = (),
        readers: Readers[object] = HERE,
        environment: Mapping[str, str] | None = None,
        resolver: Resolve | None = None,
        time: Time = REAL_TIME,
    ) -> None:
        """Read proxies, keys and certificates from the environment once; nothing is connected yet.

        `keys` are those that any request may name: what the user has of them is kept out of the
        archive, used or not. `readers` read what robots.txt says.

        Raises:
            AuditError: the environment names a proxy that cannot be used.
        """
        self.policy, self._readers, self._time = policy, readers, time
        self._environment = os.environ if environment is None else environment
        self._resolver = resolver or Resolver()
        self._proxies = read_proxies(self._environment)
        self._keys = Keyring(self._environment, keys)
        self._hosts = Hosts(lanes=Lanes(policy.delay_seconds, time), sleep=time.sleep)
        self._browser = Browser(self._environment)
        self._stack = AsyncExitStack()
        self._sending: SendingWire | None = None

    async def __aenter__(self) -> Self:
        """Open the client."""
        client = await self._stack.enter_async_context(self._new_client())
        self._sending = SendingWire(self.policy, client, self._keys, self._proxies)
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
        """Begin a company's conversation; its time begins now.

        `earlier` gives what the last run kept, by address. `readers` are the company's share of
        those that read robots.txt; without them it uses those of the run.
        """
        if self._sending is None:
            raise RuntimeError("a Fetcher is used inside `async with`")
        archive.hide = self._keys.hidden
        span = Span(self.policy.site_seconds, self._time.clock)
        polite = PoliteWire(self._hosts, BudgetedWire(span, self._sending))
        top = ArchivedWire(archive, BudgetedWire(span, polite), DrawnPages(self._browser))
        around = Surroundings(
            data_dir=archive.data_dir,
            readers=readers or self._readers,
            validators=_usable_validators(earlier),
            renew=span.renew,
            keys=self._keys.given,
        )
        return Conversation(top, around)

    def _new_client(self) -> httpx.AsyncClient:
        """Return the client of the run: it follows, keeps and believes nothing by itself."""
        context = tls_context(self._environment)
        # `trust_env` would read proxies, certificates and .netrc once more, by rules of its own. Of
        # encodings httpx asks for those that it has libraries for; `decode.py` knows these two.
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


def _usable_validators(earlier: Mapping[str, Fetched]) -> dict[str, Validators]:
    """Return the validators of the last run that can be sent, by address.

    An old or damaged history may hold texts that no header can carry.
    """
    validators = {
        url: Validators(
            etag=sendable(fetched.etag),
            last_modified=sendable(fetched.last_modified),
            record=fetched.record,
        )
        for url, fetched in earlier.items()
    }
    return {url: each for url, each in validators.items() if each.etag or each.last_modified}
