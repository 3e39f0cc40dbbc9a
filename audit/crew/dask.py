"""A crew of many processes on dask.distributed: companies are tasks, and each host has one owner.

Visits are made by workers, on this machine or on others; measuring and saving stay here, as the
history has one writer. `dask_session.py` hands the companies out, `dask_worker.py` is the other
side, `dask_scheduler.py` the registry that tells who owns a host, `dask_open.py` starts a cluster.
"""

import asyncio
import os
import pickle
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import NoReturn

from audit.crew.address import Cluster
from audit.crew.afield import Kit, all_keys, secret
from audit.crew.company import Task
from audit.crew.dask_fit import demand_of, probed
from audit.crew.dask_open import opened
from audit.crew.dask_session import LostError, Memory, session
from audit.crew.here import workers_of
from audit.crew.memory import at_once, free_bytes
from audit.model.errors import AuditError, BrokenOffError
from audit.model.plan import CompanyPlan
from audit.model.result import CompanyResult
from scrapers.fetch import open_files
from scrapers.fetch.keys import usable
from scrapers.saved.folder import files_in

BACK_SECONDS = 180.0
"""A scheduler that went away is waited for so long."""

AGAIN_SECONDS = 2.0


async def visit_all(
    plans: Sequence[CompanyPlan], task: Task, cluster: Cluster
) -> AsyncGenerator[CompanyResult, None]:
    """Have a cluster visit the companies; give each result.

    They begin in their order and end in any; no result depends on that order, nor on how many
    processes there are. Where the caller stops, or is cancelled, all visits are broken off.

    Raises:
        AuditError: the cluster cannot be used; nothing was fetched.
        BrokenOffError: it went away and did not come back.
    """
    if not plans:
        return
    left, memory = dict(enumerate(plans)), Memory()
    await _fill_shelf(task)
    kit = pickle.dumps(_kit(task, cluster), pickle.HIGHEST_PROTOCOL)
    visits = open_files.visits(open_files.allowed(), at_once(task.companies_at_once, free_bytes()))
    demand = demand_of(task.data_dir, task.run_id)
    with probed(demand):
        async with opened(cluster, visits) as where:
            back = _Back(cluster, task)
            while left:
                try:
                    async with (
                        session(where, task, demand, kit, memory) as opened_session,
                        aclosing(opened_session.visits(left)) as results,
                    ):
                        back.came()
                        async for number, result in results:
                            del left[number]
                            yield result
                except LostError as error:
                    await back.wait(error)
                except AuditError as error:
                    back.unfit(error)
    for _, (used, troubles) in sorted(memory.gains.items()):
        task.shelf.join(used, troubles)


class _Back:
    """Waits for a scheduler that went away, for so long and no longer."""

    def __init__(self, cluster: Cluster, task: Task) -> None:
        self._cluster, self._task = cluster, task
        self._named = f"--cluster {cluster.typed}"
        self._was_there = False
        self._until: float | None = None

    def came(self) -> None:
        """Hear that it is there (again)."""
        self._was_there, self._until = True, None

    async def wait(self, error: LostError) -> None:
        """Wait a moment before it is tried again.

        Raises:
            AuditError: it was never there.
            BrokenOffError: it has been away for too long.
        """
        if not self._was_there:
            raise AuditError(f"{self._named}: {error}. Nothing was fetched") from error
        now = asyncio.get_running_loop().time()
        if self._until is None:
            self._until = now + BACK_SECONDS
            self._tell("does not answer any more; waiting for it.")
        if now > self._until or self._cluster.local:
            self._give_up("did not come back", error)
        await asyncio.sleep(AGAIN_SECONDS)

    def unfit(self, error: AuditError) -> NoReturn:
        """Hear that it cannot make the visits (any more).

        Raises:
            AuditError: that was never otherwise, so that nothing was fetched.
            BrokenOffError: it could before.
        """
        if not self._was_there:
            raise error
        self._give_up(f"came back as another ({error})", error)

    def _give_up(self, words: str, error: Exception) -> NoReturn:
        self._tell(f"{words}; what is finished is saved.")
        raise BrokenOffError(f"{self._named}: the cluster {words}") from error

    def _tell(self, words: str) -> None:
        self._task.watcher.held_up(f"The cluster at {self._cluster.typed} {words}")


def _kit(task: Task, cluster: Cluster) -> Kit:
    """Return what all visits of a run share, with the keys where nobody else can read them."""
    names = secret(all_keys())
    given = {name: os.environ[name] for name in sorted(names) if usable(os.environ.get(name, ""))}
    if given and not cluster.is_private:
        task.watcher.held_up(
            f"Your keys ({', '.join(given)}) were not sent to {cluster.typed}, as others could "
            "read them on the way; visits are made without them. A cluster at tls://… gets them."
        )
        given = {}
    return Kit(
        data_dir=task.data_dir.absolute(),
        run_id=task.run_id,
        window=task.window,
        policy=task.policy,
        catalogue=task.catalogue,
        vault=task.vault.branch(),
        shelf=task.shelf.branch(),
        variables=given,
    )


async def _fill_shelf(task: Task) -> None:
    """Read the saved pages here, where they are, in processes that read what is from outside."""
    if task.shelf.folder is None or not any(files_in(task.shelf.folder)):
        return
    async with workers_of(task.catalogue) as workers:
        await task.shelf.fill(workers, task.window)
