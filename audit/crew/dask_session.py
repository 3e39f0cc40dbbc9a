"""One connection to a cluster: its workers are made ready, and companies handed out to them."""

import asyncio
import logging
import pickle
import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from distributed import Client, KilledWorker
from distributed.client import FutureCancelledError
from distributed.exceptions import WorkerStartTimeoutError

from audit.crew.afield import BroughtHome, VisitOrder
from audit.crew.company import Before, Task, finished, known_before
from audit.crew.dask_fit import Demand, unfit
from audit.crew.dask_open import CONNECT_SECONDS, END_SECONDS, OpenedCluster
from audit.crew.dask_scheduler import Registrar, end_session
from audit.crew.dask_worker import CrewPlugin, UnfitWorkerError, VisitsEndedError, visit_company
from audit.model.errors import AuditError
from audit.model.plan import CompanyPlan
from audit.model.result import CompanyResult
from audit.store.history import Earlier
from audit.store.missing import failed
from scrapers.fetch.hosts import HostNews
from scrapers.fetch.registry import Registry
from scrapers.saved.folder import FileTrouble

log = logging.getLogger(__name__)

SPARE = 4
"""Companies that wait in the cluster, beside one for each place, so that no place stands empty."""

LOOK_SECONDS = 2.0
"""How often it is looked whether there are more places by now."""

TRIES = 3
"""So often a company is handed out anew that dask gave up, having lost workers with it."""

Finished = tuple[int, CompanyResult]
"""The number of a company among those that are to be visited, and its result."""


class LostError(Exception):
    """The scheduler of the cluster cannot be reached (any more), or has no workers."""


@dataclass(slots=True)
class Memory:
    """What must outlast a session, as another may follow it.

    `registry` knows what the scheduler's does; `shown` are the companies that the watcher has heard
    of and that are not finished; `gains` what visits have used of saved files, by their number.
    """

    registry: Registry = field(default_factory=Registry)
    shown: set[str] = field(default_factory=set)
    gains: dict[int, tuple[frozenset[str], tuple[FileTrouble, ...]]] = field(default_factory=dict)


class ClusterSession:
    """Hands companies to the workers of a cluster; made by `session`."""

    def __init__(self, client: Client, name: str, task: Task, memory: Memory) -> None:
        """Use a connection whose workers are ready for the session `name`."""
        self._client, self._name, self._task, self._memory = client, name, task, memory
        self._unfit: set[str] = set()
        self._told_empty = False

    async def visits(self, left: Mapping[int, CompanyPlan]) -> AsyncGenerator[Finished, None]:
        """Have the companies visited; give each result as it comes.

        Raises:
            LostError: the scheduler is gone; what came home before has been given.
        """
        waiting, lost = iter(tuple(left.items())), False
        under_way: set[asyncio.Task[Finished | None]] = set()
        try:
            while True:
                room = 0 if lost else await self._places() + SPARE - len(under_way)
                for number, plan in islice(waiting, max(0, room)):
                    under_way.add(asyncio.create_task(self._visited(number, plan)))
                if not under_way and (lost or room > 0):
                    break
                done, under_way = await _some(under_way)
                lost = lost or self._client.status != "running"
                for each in done:
                    came = each.result()
                    lost = lost or came is None
                    if came is not None:
                        yield came
        finally:
            for each in under_way:
                each.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)
        if lost:
            raise LostError

    async def _places(self) -> int:
        """Return how many visits the cluster can make at once."""
        try:
            threads: Mapping[str, int] = await self._client.nthreads()
        except OSError:
            return 0
        places = sum(count for worker, count in threads.items() if worker not in self._unfit)
        if not places and not self._told_empty:
            self._task.watcher.held_up("The cluster has no workers any more; waiting for some.")
        self._told_empty = not places
        return places

    async def _visited(self, number: int, plan: CompanyPlan) -> Finished | None:
        """Have one company visited, and measure it; None where the scheduler is gone.

        A fault of ours costs this company and no other.
        """
        name, earlier = plan.company.name, await known_before(plan, self._task)
        order = pickle.dumps(VisitOrder(plan=plan, before=Before.of(earlier.result)))
        try:
            home = await self._home(number, order)
            result = await self._finished(number, plan, earlier, home)
        except LostError:
            return None
        except Exception as error:
            log.exception("the company %s failed", name)
            result = failed(plan.company, error)
        self._memory.shown.discard(name)
        return number, result

    async def _finished(
        self, number: int, plan: CompanyPlan, earlier: Earlier, home: BroughtHome | Exception
    ) -> CompanyResult:
        """Measure and save what came home; a fault stands for its company."""
        if isinstance(home, Exception):
            return failed(plan.company, home)
        self._memory.gains[number] = (home.used, home.troubles)
        self._task.vault.join(home.samples)
        return await finished(plan, self._task, earlier, home.brought)

    async def _home(self, number: int, order: bytes) -> BroughtHome | Exception:
        """Return what comes home of a company, whichever worker visits it, or a fault of ours.

        Raises:
            LostError: the scheduler is gone.
            KilledWorker: too many workers ended while they visited it.
        """
        attempt = 0
        while True:
            attempt += 1
            future = self._submitted(f"{self._name}-{number}-{attempt}", order)
            try:
                brought: BroughtHome | Exception = pickle.loads(await future.result())  # noqa: S301 - a worker of ours
            except (FutureCancelledError, VisitsEndedError, OSError) as error:
                raise LostError from error
            except UnfitWorkerError as error:
                log.warning("%s", error)
                self._unfit.add(error.worker)
            except KilledWorker:
                if attempt > TRIES:
                    raise
            else:
                return brought
            finally:
                future.release()

    def _submitted(self, key: str, order: bytes) -> Any:
        """Hand a company to the workers, but those that were found unfit."""
        fit = None
        if self._unfit:
            known = self._client.scheduler_info(n_workers=-1)["workers"]
            fit = [worker for worker in known if worker not in self._unfit] or None
        return self._client.submit(
            visit_company, self._name, order, key=key, pure=False, workers=fit
        )

    async def heard(self, event: tuple[float, bytes]) -> None:
        """Hear what workers and the registry tell: steps of visits, lines of the log, news."""
        told = pickle.loads(event[1])  # noqa: S301 - a process of our cluster wrote it
        if isinstance(told, HostNews):
            self._memory.registry.heard(told)
            return
        steps, lines = told
        for company, pages, url in steps:
            self._show(company, pages, url)
        for name, level, words in lines:
            logging.getLogger(name).log(level, "%s", words)

    def _show(self, company: str, pages: int, url: str) -> None:
        """Tell the watcher of a step, unless its company is finished by now."""
        if not url and company not in self._memory.shown:
            self._memory.shown.add(company)
            self._task.watcher.started(company, pages)
        elif url and company in self._memory.shown:
            self._task.watcher.fetched(company, pages, url)


@asynccontextmanager
async def session(
    where: OpenedCluster, task: Task, demand: Demand, kit: bytes, memory: Memory
) -> AsyncIterator[ClusterSession]:
    """Connect to a cluster, and make its workers ready; end all that was begun there.

    Raises:
        LostError: there is no scheduler, it has no workers, or it went away at once.
        AuditError: they cannot make the visits of this run.
    """
    name = f"social-audit-{task.run_id}-{secrets.token_hex(4)}"
    client = await _connected(where)
    try:
        await _check(client, where, demand)
        made = ClusterSession(client, name, task, memory)
        client.subscribe_topic(name, made.heard)
        try:
            await client.register_plugin(Registrar(name, client.id, memory.registry.will()))
            await client.register_plugin(CrewPlugin(name, demand, kit))
        except UnfitWorkerError as error:
            raise AuditError(f"--cluster {where.address}: {error}") from error
        except OSError as error:
            raise LostError from error
        yield made
    finally:
        await _ended(client, name)


async def _connected(where: OpenedCluster) -> Client:
    """Return a connection to the scheduler.

    Raises:
        LostError: it is not there.
        AuditError: there are no certificates for it.
    """
    try:
        # Its own limit does not hold for a server that takes the connection and says nothing.
        async with asyncio.timeout(1.2 * CONNECT_SECONDS):
            return await Client(
                where.address,
                security=where.security,
                asynchronous=True,
                set_as_default=False,
                timeout=CONNECT_SECONDS,
            )
    except (OSError, TimeoutError) as error:
        words = "there is no scheduler that answers; start one with `dask scheduler`"
        raise LostError(f"{words}, or look at the address") from error
    # What dask raises where no certificate, or none that can be read, is set up here.
    except (TypeError, ValueError, RuntimeError) as error:
        raise AuditError(
            f"--cluster {where.address}: cannot be connected to from here; for tls:// set up "
            "certificates, as docs/cluster.md says. Nothing was fetched"
        ) from error


async def _check(client: Client, where: OpenedCluster, demand: Demand) -> None:
    """Check that scheduler and workers have the same program, and see the data folder.

    Raises:
        LostError: the scheduler is gone, or has no workers.
        AuditError: one of them has not.
    """
    try:
        await client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        told = {"the scheduler": await client.run_on_scheduler(unfit, demand, folder=False)}
        told |= await client.run(unfit, demand, on_error="return")
    except WorkerStartTimeoutError as error:
        raise LostError("has no workers; start some with `dask worker`") from error
    except OSError as error:
        raise LostError(str(error)) from error
    except Exception as error:  # noqa: BLE001 - of what the scheduler raises where it lacks us
        told = {"the scheduler": error}
    for process, words in told.items():
        if words:
            raise AuditError(f"--cluster {where.address}: {process}: {_reason(words)}")


def _reason(told: object) -> str:
    """Say why a process cannot make visits, from what it told or raised."""
    if isinstance(told, Exception):  # what it lacks is told as words of an exception
        return f"social-audit cannot be used there ({told}); install it on all machines"
    return str(told)


async def _ended(client: Client, name: str) -> None:
    """End a session in all processes, and the connection; none of it may hold up the end of a run.

    What could not be told is noticed by the registry, as its client is gone.
    """
    with suppress(Exception):
        async with asyncio.timeout(END_SECONDS):
            if client.status == "running":
                await client.run_on_scheduler(end_session, name)
    with suppress(Exception):
        async with asyncio.timeout(END_SECONDS):
            await client.close(timeout=END_SECONDS / 3)


async def _some(
    under_way: set[asyncio.Task[Finished | None]],
) -> tuple[set[asyncio.Task[Finished | None]], set[asyncio.Task[Finished | None]]]:
    """Wait for some visits to end, or for a moment; return those and the others."""
    if not under_way:
        await asyncio.sleep(LOOK_SECONDS)
        return set(), set()
    return await asyncio.wait(under_way, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
