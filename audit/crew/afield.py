"""A crew in another process: told once what all visits share, it visits company by company.

What is sent and what comes home are plain values. Nothing here knows how they travel: that is told
by a `Courier` (`scrapers/fetch/owners.py`) and by whoever hands in the orders (`dask_worker.py`).
"""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from audit.crew.company import Before, Brought, Ground, brought_home
from audit.crew.here import workers_of
from audit.crew.watcher import Silent
from audit.model.catalogue import Catalogue
from audit.model.exchange import Key
from audit.model.plan import CompanyPlan
from audit.model.result import Window
from scrapers.channels.overlap import Vault
from scrapers.fetch.http import Fetcher
from scrapers.fetch.owners import Courier, Owners
from scrapers.fetch.policy import Policy
from scrapers.page.rules import Rules
from scrapers.platforms import platforms
from scrapers.saved.folder import FileTrouble
from scrapers.saved.shelf import Shelf
from scrapers.workers.pool import Workers

Step = tuple[str, int, str]
"""How a visit gets on: company, pages, and the address that was asked for; "" as it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What all visits of a run share, sent once to each process that makes some of them.

    `variables` hold the user's keys, as far as they may be sent. `vault` is an empty branch of the
    run's, `shelf` one of its saved pages.
    """

    data_dir: Path
    run_id: str
    window: Window
    policy: Policy
    catalogue: Catalogue
    vault: Vault
    shelf: Shelf
    variables: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitOrder:
    """One company to visit, with what the run before knew of it."""

    plan: CompanyPlan
    before: Before


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtHome:
    """What comes home of a visit that was made elsewhere; nothing of it is measured yet.

    `samples` are the hashes of sampled followers, without
    the run's salt. `used` and `troubles` are of saved files.
    """

    brought: Brought
    samples: Mapping[tuple[str, str, str], frozenset[bytes]] = field(default_factory=dict)
    used: frozenset[str] = frozenset()
    troubles: tuple[FileTrouble, ...] = ()


class Steps(Silent):
    """A watcher that notes the steps of visits for whoever looks on from another process."""

    def __init__(self, note: Callable[[Step], None]) -> None:
        """Hand each step to `note`."""
        self._note = note

    def started(self, name: str, pages: int) -> None:
        """Note that a visit begins."""
        self._note((name, pages, ""))

    def fetched(self, name: str, pages: int, url: str) -> None:
        """Note that an address was asked for."""
        self._note((name, pages, url))


class Crew:
    """The visits of a run in this process; use it with `async with`."""

    def __init__(self, kit: Kit, courier: Courier, note: Callable[[Step], None]) -> None:
        """Take what the visits share; hosts are shared with other processes by `courier`."""
        self._kit, self._courier, self._watcher = kit, courier, Steps(note)
        self._stack = AsyncExitStack()
        self._workers: Workers[Rules] | None = None
        self._fetcher: Fetcher | None = None
        self._owners: Owners | None = None

    async def __aenter__(self) -> Self:
        """Start the processes that read, and open the client."""
        kit, keys = self._kit, all_keys()
        self._workers = await self._stack.enter_async_context(workers_of(kit.catalogue))
        # The keys of whoever started this process are not those of the run.
        environment = {
            name: value for name, value in os.environ.items() if name not in secret(keys)
        }
        self._fetcher = Fetcher(
            kit.policy,
            keys=keys,
            readers=self._workers,
            environment={**environment, **kit.variables},
        )
        self._owners = self._fetcher.share(self._courier)
        await self._stack.enter_async_context(self._fetcher)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End the workers and close all connections."""
        await self._stack.aclose()

    @property
    def owners(self) -> Owners:
        """Return the owners of hosts, to whom the requests of other processes are brought."""
        if self._owners is None:
            raise RuntimeError("a Crew is used inside `async with`")
        return self._owners

    async def visit(self, order: VisitOrder) -> BroughtHome:
        """Visit one company."""
        if self._workers is None or self._fetcher is None:
            raise RuntimeError("a Crew is used inside `async with`")
        kit, index = self._kit, self._workers.loaded.platforms
        vault, shelf = kit.vault.branch(), kit.shelf.branch(index)
        ground = Ground(
            data_dir=kit.data_dir,
            run_id=kit.run_id,
            window=kit.window,
            vault=vault,
            watcher=self._watcher,
            shelf=shelf,
            shared=True,
        )
        brought = await brought_home(order.plan, order.before, ground, self._workers, self._fetcher)
        used, troubles = shelf.gains()
        return BroughtHome(brought=brought, samples=vault.samples(), used=used, troubles=troubles)


def all_keys() -> tuple[Key, ...]:
    """Return the keys of all platforms, given or not."""
    return tuple(key for platform in platforms().values() for key in platform.keys)


def secret(keys: Sequence[Key]) -> frozenset[str]:
    """Return the names of the variables that keys are given in."""
    return frozenset(name for key in keys for name in key.variables)
