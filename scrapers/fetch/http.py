"""Put the stack of wires together: what is below belongs to the run, what is above to a company."""

import os
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from audit.model.exchange import Fetched, Key
from scrapers.fetch.archive import Archive
from scrapers.fetch.archived import ArchivedWire
from scrapers.fetch.around import Surroundings
from scrapers.fetch.browser import Browser
from scrapers.fetch.budgeted import BudgetedWire, Span
from scrapers.fetch.client import new_client
from scrapers.fetch.connect import Resolve
from scrapers.fetch.conversation import Conversation
from scrapers.fetch.drawn import DrawnPages
from scrapers.fetch.hosts import Hosts
from scrapers.fetch.keys import Keyring
from scrapers.fetch.lanes import REAL_TIME, Lanes, Time
from scrapers.fetch.noted import usable_validators
from scrapers.fetch.owners import Asked, Owners, Post
from scrapers.fetch.policy import Policy
from scrapers.fetch.polite import PoliteWire
from scrapers.fetch.proxies import read_proxies
from scrapers.fetch.remote import RemoteWire
from scrapers.fetch.saved import SavedWire
from scrapers.fetch.sending import SendingWire
from scrapers.fetch.wire import Answer, Trouble, Wire
from scrapers.saved.shelf import NOTHING, Shelf
from scrapers.session import Session
from scrapers.workers.readers import HERE, Readers


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
        self._resolver = resolver
        self._proxies = read_proxies(self._environment)
        self._keys = Keyring(self._environment, keys)
        self._hosts = Hosts(lanes=Lanes(policy.delay_seconds, time), sleep=time.sleep)
        self._owners: Owners | None = None
        self._browser = Browser(self._environment)
        self._stack = AsyncExitStack()
        self._sending: SendingWire | None = None

    async def __aenter__(self) -> Self:
        """Open the client."""
        client = await self._stack.enter_async_context(
            new_client(self.policy, self._proxies, self._environment, self._resolver)
        )
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

    def share(self, post: Post) -> Owners:
        """Share the hosts of a run with other processes, so that each host has one owner.

        They are reached by `post`. Return the owners, to whom the requests of others are brought.
        """
        self._owners = Owners(post, self._hosts, self._asked)
        return self._owners

    def session(
        self,
        archive: Archive,
        earlier: Mapping[str, Fetched],
        readers: Readers[object] | None = None,
        delay_seconds: float | None = None,
        shelf: Shelf = NOTHING,
    ) -> Session:
        """Begin a company's conversation; its time begins now.

        `earlier` gives what the last run kept, by address. `readers` are the company's share of
        those that read robots.txt; without them it uses those of the run. `delay_seconds` is
        the company's own pause between two requests to one host, else that of the run. `shelf`
        holds what people saved.
        """
        # Before the first record: only the keyring knows what must not be in any.
        archive.hide = self._keys.hidden
        share = readers or self._readers
        span = Span(self.policy.site_seconds, self._time.clock, lambda: share.waited)
        top = ArchivedWire(archive, self._below(span, delay_seconds), DrawnPages(self._browser))
        around = Surroundings(
            data_dir=archive.data_dir,
            readers=share,
            validators=usable_validators(earlier),
            renew=span.renew,
            keys=self._keys.given,
        )
        return Conversation(SavedWire(top, shelf), around)

    def _below(self, span: Span, delay: float | None) -> Wire:
        """Return what is below the archive: the hosts, or the way to whoever owns them."""
        if self._owners is None:
            return self._polite(span, delay)
        return RemoteWire(self._owners, span, delay, self._time.clock)

    def _polite(self, span: Span, delay: float | None) -> Wire:
        """Return the wires of this process's own hosts, for a company with so much time."""
        if self._sending is None:
            raise RuntimeError("a Fetcher is used inside `async with`")
        polite = PoliteWire(self._hosts, BudgetedWire(span, self._sending), delay)
        return BudgetedWire(span, polite)

    async def _asked(self, asked: Asked) -> Answer | Trouble:
        """Ask a host of our own for whoever wants it, within the time that is left to them."""
        span = Span.going_on(asked.seconds, asked.left, self._time.clock)
        wire = self._polite(span, asked.delay)
        return await wire.get(asked.url, asked.request, asked.known)
