"""A crew of one process: many companies are visited at once, each host by one request at a time."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from audit.crew.company import Task, visited
from audit.crew.memory import at_once, free_bytes
from audit.model.catalogue import Catalogue
from audit.model.plan import CompanyPlan
from audit.model.result import CompanyResult
from audit.store.missing import failed
from scrapers.fetch import open_files
from scrapers.fetch.http import Fetcher
from scrapers.page.compiled import compiled, unpacked
from scrapers.page.rules import Rules
from scrapers.platforms import platforms, widget_hints
from scrapers.workers.pool import Workers

log = logging.getLogger(__name__)


async def visit_all(
    plans: Sequence[CompanyPlan], task: Task
) -> AsyncGenerator[CompanyResult, None]:
    """Visit the companies, as many at once as memory and open files allow; give each result.

    They begin in their order and end in any; no result depends on that order. Where the caller
    stops, or is cancelled, the visits under way are broken off and their archives closed.
    """
    if not plans:
        return
    wanted = at_once(task.companies_at_once, free_bytes())
    gate = asyncio.Semaphore(open_files.visits(open_files.allowed(), wanted))
    async with _open(task) as (workers, fetcher):
        visits = [
            asyncio.create_task(_guarded(plan, task, workers, fetcher, gate)) for plan in plans
        ]
        try:
            for ended in asyncio.as_completed(visits):
                yield await ended
        finally:
            for under_way in visits:
                under_way.cancel()
            # Waited for, so that their archives are closed before the workers and the client are.
            await asyncio.gather(*visits, return_exceptions=True)


@asynccontextmanager
async def _open(task: Task) -> AsyncIterator[tuple[Workers[Rules], Fetcher]]:
    """Start what the visits of a run share: the processes that read, and the client."""
    workers = workers_of(task.catalogue)
    keys = [key for platform in platforms().values() for key in platform.keys]
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(workers)
        await task.shelf.fill(workers, task.window)
        fetcher = await stack.enter_async_context(Fetcher(task.policy, keys=keys, readers=workers))
        yield workers, fetcher


def workers_of(catalogue: Catalogue) -> Workers[Rules]:
    """Return the processes that read for a run, each with the catalogue compiled once."""
    rules, packed = compiled(catalogue, widget_hints())
    return Workers(rules, unpacked, packed)


async def _guarded(
    plan: CompanyPlan,
    task: Task,
    workers: Workers[Rules],
    fetcher: Fetcher,
    gate: asyncio.Semaphore,
) -> CompanyResult:
    """Visit one company in its turn; a fault of ours costs this company and no other."""
    async with gate:
        try:
            return await visited(plan, task, workers, fetcher)
        except Exception as error:
            log.exception("the company %s failed", plan.company.name)
            return failed(plan.company, error)
