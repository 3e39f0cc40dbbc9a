"""Each host has one owner among the processes of a run, and all its requests are made by that one.

`Owners` is this process's view of that: it finds the owner of a host, brings a request there, and
answers what others bring here. How letters travel is told by a `Post`; that of a cluster is in
`audit/crew/dask_worker.py`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Protocol

from audit.model.exchange import Failure, Request
from scrapers.fetch.hosts import Hosts, News
from scrapers.fetch.lanes import lane_of
from scrapers.fetch.registry import Deed
from scrapers.fetch.wire import Answer, Trouble, Validators

AGAIN_SECONDS = 0.2
"""After so long it is asked again who owns a host whose owner could not be reached."""


LOOK_SECONDS = 30.0
"""While an owner takes long with a request, it is looked so often whether it still is the owner."""


class GoneError(Exception):
    """Another process could not be reached, or has ended before it answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request on its way to the owner of its host; `delay` is the company's own pause there.

    Of the `seconds` of the company so many are `left`.
    """

    url: str
    request: Request
    known: Validators | None
    delay: float | None
    seconds: float
    left: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What whoever asked has learned from an answer, for the owner of its host.

    It turned out to be a `failure` of a request, or tells of a Crawl-delay in seconds.
    """

    url: str
    request: Request | None = None
    failure: Failure | None = None
    crawl_delay: float = 0.0


class Post(Protocol):
    """Brings letters to other processes; a `GoneError` says that one has not arrived."""

    here: str
    """The address of this process."""

    async def owner(self, lane: str) -> Deed:
        """Ask the registry who owns a host; this process does from now on if nobody did."""

    async def ask(self, owner: str, asked: Asked) -> Answer | Trouble | None:
        """Have a request made by another process; None where that does not own the host."""

    async def hear(self, owner: str, heard: Heard) -> bool:
        """Tell another process what it is to know; False where that does not own the host."""

    def tell(self, news: News) -> None:
        """Tell the registry what this process has learned of a host of its own."""


class Owners:
    """The owners of hosts as one process knows them, itself among them."""

    def __init__(
        self, post: Post, hosts: Hosts, ask_here: Callable[[Asked], Awaitable[Answer | Trouble]]
    ) -> None:
        """Reach the others by `post`; `ask_here` asks a host of our own, `hosts` are those."""
        self._post, self._hosts, self._ask_here = post, hosts, ask_here
        hosts.heard = post.tell
        self._known: dict[str, str] = {}
        self._finding: dict[str, asyncio.Lock] = {}

    async def ask(self, asked: Asked) -> Answer | Trouble | None:
        """Have a request made by the owner of its host; None where it is to be tried again."""
        lane = lane_of(asked.url)
        try:
            owner = await self._owner(lane)
            if owner == self._post.here:
                return await self._ask_here(asked)
            answer = await self._patiently(lane, owner, self._post.ask(owner, asked))
        except GoneError:
            answer = None
        if answer is None:
            await self._lost(lane)
        return answer

    async def tell(self, heard: Heard) -> None:
        """Tell the owner of a host what it is to know; where that one is gone, the next."""
        lane = lane_of(heard.url)
        while True:
            try:
                owner = await self._owner(lane)
                if owner == self._post.here:
                    self._learn(heard)
                    return
                if await self._post.hear(owner, heard):
                    return
            except GoneError:
                pass
            await self._lost(lane)

    def tell_here(self, heard: Heard) -> bool:
        """Note at once what was learned of a host of our own; False where it is another's."""
        mine = self._known.get(lane_of(heard.url)) == self._post.here
        if mine:
            self._learn(heard)
        return mine

    async def asked(self, asked: Asked) -> Answer | Trouble | None:
        """Answer the request of another process; None where the host is not ours."""
        return await self._ask_here(asked) if await self._is_ours(asked.url) else None

    async def heard(self, heard: Heard) -> bool:
        """Hear what another process has learned; False where the host is not ours."""
        ours = await self._is_ours(heard.url)
        if ours:
            self._learn(heard)
        return ours

    async def _patiently(
        self, lane: str, owner: str, asking: Coroutine[object, object, Answer | Trouble | None]
    ) -> Answer | Trouble | None:
        """Wait for an owner as long as it is the owner: one that hangs is no more some day.

        Raises:
            GoneError: it is not there, or not the owner any more.
        """
        under_way = asyncio.create_task(asking)
        try:
            while not (await asyncio.wait({under_way}, timeout=LOOK_SECONDS))[0]:
                if (await self._post.owner(lane)).owner != owner:
                    raise GoneError(owner)
            return under_way.result()
        finally:
            under_way.cancel()

    def _learn(self, heard: Heard) -> None:
        """Draw the conclusions for a host of our own."""
        if heard.request is not None and heard.failure is not None:
            self._hosts.turned_out(heard.url, heard.request, heard.failure)
        if heard.crawl_delay:
            self._hosts.slow_down(heard.url, heard.crawl_delay)

    async def _is_ours(self, url: str) -> bool:
        """Tell whether this process owns a host; what is known of another owner may be old."""
        lane = lane_of(url)
        if self._known.get(lane, self._post.here) != self._post.here:
            self._known.pop(lane)
        try:
            return await self._owner(lane) == self._post.here
        except GoneError:
            return False

    async def _owner(self, lane: str) -> str:
        """Return who owns a host; what is no address of one is judged here."""
        if not lane:
            return self._post.here
        async with self._finding.setdefault(lane, asyncio.Lock()):
            if lane not in self._known:
                deed = await self._post.owner(lane)
                if deed.owner == self._post.here and deed.left is not None:
                    self._hosts.inherit(deed.left)
                self._known[lane] = deed.owner
            return self._known[lane]

    async def _lost(self, lane: str) -> None:
        """Forget an owner that was not reached, and give the registry time to notice its end."""
        self._known.pop(lane, None)
        await asyncio.sleep(AGAIN_SECONDS)
