"""A crew of one process: many companies are visited at once, each host by one request at a time."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from audit.crew.memory import at_once, free_bytes
from audit.crew.watcher import Watcher
from audit.model.catalogue import Catalogue
from audit.model.company import Company
from audit.model.plan import CompanyPlan
from audit.model.result import CompanyResult, Window
from audit.model.visit import Visit
from audit.store.files import new_archive
from audit.store.history import Earlier
from audit.store.missing import failed, not_kept
from scrapers.channels.overlap import Vault
from scrapers.errand import Errand
from scrapers.fetch.archive import Archive, still_kept
from scrapers.fetch.http import Fetcher
from scrapers.fetch.policy import Policy
from scrapers.page.rules import Rules
from scrapers.platforms import platforms, widget_hints
from scrapers.session import Session
from scrapers.visit import visit
from scrapers.workers.pool import Readers, Workers
from scrapers.workers.share import Share

log = logging.getLogger(__name__)

Finish = Callable[[CompanyPlan, Visit, Earlier], Awaitable[CompanyResult]]
"""Measures and saves what a visit brought home, with what the runs before knew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a crew is told: for which run, within which window, how to behave towards the web.

    `earlier` looks up what the runs before knew of a company, `finish` measures and saves a
    visit.
    """

    data_dir: Path
    run_id: str
    window: Window
    policy: Policy
    catalogue: Catalogue
    companies_at_once: int
    vault: Vault
    watcher: Watcher
    earlier: Callable[[Company], Awaitable[Earlier]]
    finish: Finish


async def visit_all(
    plans: Sequence[CompanyPlan], task: Task
) -> AsyncGenerator[CompanyResult, None]:
    """Visit the companies, as many at once as memory allows; give each result when it is done.

    They begin in their order and end in any; no result depends on that order. Where the caller
    stops, or is cancelled, the visits under way are broken off and their archives closed.
    """
    if not plans:
        return
    gate = asyncio.Semaphore(at_once(task.companies_at_once, free_bytes()))
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
            await asyncio.gather(*visits, return_exceptions=True)


@asynccontextmanager
async def _open(task: Task) -> AsyncIterator[tuple[Workers[Rules], Fetcher]]:
    """Start what the visits of a run share: the processes that read, and the client."""
    workers = workers_of(task.catalogue)
    keys = [key for platform in platforms().values() for key in platform.keys]
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(workers)
        fetcher = await stack.enter_async_context(Fetcher(task.policy, keys=keys, readers=workers))
        yield workers, fetcher


def workers_of(catalogue: Catalogue) -> Workers[Rules]:
    """Return the processes that read for a run, each with the catalogue compiled once."""
    hints = widget_hints()
    return Workers(Rules(catalogue, hints), Rules, catalogue, hints)


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
            return await _visited(plan, task, workers, fetcher)
        except Exception as error:
            log.exception("the company %s failed", plan.company.name)
            return failed(plan.company, error)


async def _visited(
    plan: CompanyPlan, task: Task, workers: Workers[Rules], fetcher: Fetcher
) -> CompanyResult:
    """Visit and measure one company; what could not be archived is a note of its result."""
    earlier = await task.earlier(plan.company)
    data_dir = task.data_dir
    archive = Archive(data_dir, new_archive(data_dir, task.run_id, plan.company.name))
    known = still_kept(data_dir, earlier.result.kept if earlier.result is not None else {})
    with archive:
        share = Share(workers, plan.pages)
        session = fetcher.session(archive, known, share)
        brought = await visit_one(plan, session, share, task.window, task.watcher, task.vault)
    notes = (*earlier.notes, *not_kept(archive.lost, archive.failed))
    return await task.finish(plan, brought, replace(earlier, notes=notes))


async def visit_one(
    plan: CompanyPlan,
    session: Session,
    readers: Readers[Rules],
    window: Window,
    watcher: Watcher,
    vault: Vault | None = None,
) -> Visit:
    """Visit one company over a session, live or replayed, and tell the watcher how it gets on."""
    name = plan.company.name
    watcher.started(name, plan.pages)
    errand = Errand(
        plan=plan,
        session=session,
        readers=readers,
        window=window,
        progress=lambda pages, _budget, url: watcher.fetched(name, pages, url),
    )
    return await visit(errand, vault)
