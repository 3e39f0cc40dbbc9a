"""The registry of hosts in a cluster's scheduler: all processes reach it, and it knows who ends.

What it learns it tells the client as well, so that a scheduler that is started anew is told all
that the one before knew.
"""

import pickle
from collections.abc import Sequence
from typing import Any

from distributed import Scheduler
from distributed.diagnostics.plugin import SchedulerPlugin

from scrapers.fetch.hosts import News
from scrapers.fetch.registry import Registry

OWNER, HEARD = "owner", "heard"


def handler_name(session: str, word: str) -> str:
    """Return under which name a process is asked something in a session."""
    return f"{session}-{word}"


class Registrar(SchedulerPlugin):  # type: ignore[misc]
    """Answers who owns a host, and takes the hosts of a worker from it when it is gone."""

    def __init__(self, session: str, client: str, will: Sequence[News]) -> None:
        """Begin with what an earlier registry has left; all its owners are gone."""
        self.name = session
        self._session, self._client, self._will = session, client, tuple(will)
        self._registry = Registry()

    async def start(self, scheduler: Scheduler) -> None:
        """Answer from now on."""
        self._registry, self._will = Registry.succeeding(self._will), ()
        self._scheduler = scheduler
        scheduler.handlers[handler_name(self._session, OWNER)] = self.owner
        scheduler.handlers[handler_name(self._session, HEARD)] = self.heard

    async def owner(self, lane: str, asker: str) -> bytes:
        """Return the deed of a host, pickled; nobody gets one who is no worker (any more)."""
        if asker not in self._scheduler.workers:
            return b""
        known = self._registry.is_known(lane)
        deed = self._registry.owner_of(lane, asker)
        if not known:
            self._tell_client(News(lane=lane))
        return pickle.dumps(deed)

    async def heard(self, news: bytes) -> None:
        """Take over what a worker has learned of a host."""
        told: News = pickle.loads(news)  # noqa: S301 - a process of our own cluster wrote it
        self._registry.heard(told)
        self._tell_client(told)

    def remove_worker(self, scheduler: Scheduler, worker: str, **_more: Any) -> None:
        """Take its hosts from a worker that is gone."""
        del scheduler
        self._registry.gone(worker)

    def remove_client(self, scheduler: Scheduler, client: str) -> None:
        """End the visits of a client that is gone: nobody waits for them any more."""
        if client == self._client:
            scheduler.loop.add_callback(end_session, self._session, dask_scheduler=scheduler)

    def _tell_client(self, news: News) -> None:
        self._scheduler.log_event(self._session, pickle.dumps(news))


async def end_session(session: str, dask_scheduler: Scheduler) -> None:
    """End a session in all processes of a cluster; what of it is ended already is left."""
    for word in (OWNER, HEARD):
        dask_scheduler.handlers.pop(handler_name(session, word), None)
    dask_scheduler.plugins.pop(session, None)
    if session in dask_scheduler.worker_plugins:
        await dask_scheduler.unregister_worker_plugin(comm=None, name=session)
