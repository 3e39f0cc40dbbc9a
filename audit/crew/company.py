"""The visit of one company: with an archive, a share of the workers, and a session of its own."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from audit.crew.pages import Pages
from audit.crew.watcher import Watcher
from audit.model.catalogue import Catalogue
from audit.model.company import Company
from audit.model.kinds import SECTIONS
from audit.model.plan import CompanyPlan
from audit.model.read_list import ReadList
from audit.model.result import CompanyResult, Window
from audit.model.value import Known, Qualifier
from audit.model.visit import Visit
from audit.store.files import new_archive, readings_of
from audit.store.history import Earlier
from audit.store.missing import not_kept
from scrapers.channels.overlap import Vault
from scrapers.errand import Errand
from scrapers.fetch.archive import Archive, still_kept, whole_lists
from scrapers.fetch.http import Fetcher
from scrapers.fetch.policy import Policy
from scrapers.kept.readings import Readings, opened
from scrapers.kept.stamp import stamp_of
from scrapers.page.rules import Rules
from scrapers.saved.shelf import Shelf
from scrapers.session import Session
from scrapers.visit import visit
from scrapers.workers.pool import Workers
from scrapers.workers.readers import Readers
from scrapers.workers.share import Share

Finish = Callable[[CompanyPlan, Visit, Earlier], Awaitable[CompanyResult]]
"""Measures and saves what a visit brought home, with what the runs before knew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a live visit has beside its session; a replay has nothing of it.

    `vault` takes hashes of sampled followers, `kept` is what was read of pages that may still be
    the same, `lists` are those that the run before has read without a gap, `former` the pages on
    which it met posts of the website.
    """

    vault: Vault | None = None
    kept: Readings = field(default_factory=Readings)
    lists: tuple[ReadList, ...] = ()
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a crew is told: for which run, within which window, how to behave towards the web.

    `earlier` looks up what the runs before knew of a company, `finish` measures and saves a
    visit. `shelf` holds the pages that people saved. `pages` brings and takes archives, where a
    team has a store for them.
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
    shelf: Shelf = field(default_factory=Shelf)
    pages: Pages | None = None


async def visited(
    plan: CompanyPlan, task: Task, workers: Workers[Rules], fetcher: Fetcher
) -> CompanyResult:
    """Visit and measure one company; what could not be archived is a note of its result."""
    earlier = await task.earlier(plan.company)
    data_dir = task.data_dir
    if task.pages is not None:
        await task.pages.bring(earlier.result)
    archive = Archive(data_dir, new_archive(data_dir, task.run_id, plan.company.name))
    place = readings_of(data_dir, plan.company.name)
    before = earlier.result
    beside = Beside(
        vault=task.vault,
        kept=opened(place, stamp_of(workers.loaded)),
        lists=whole_lists(data_dir, before.lists if before is not None else ()),
        former=_former(before),
    )
    known = still_kept(data_dir, before.kept if before is not None else {})
    archive.earlier = {url: page.record for url, page in known.items()}
    with archive:
        share = Share(workers, plan.pages)
        delay = plan.settings.delay_seconds
        shelf = task.shelf.newer_than(_read_live(before))
        session = fetcher.session(archive, known, share, delay, shelf)
        window = window_for(plan, task.window)
        brought = await visit_one(plan, session, share, window, task.watcher, beside)
    beside.kept.save(place)
    if task.pages is not None:
        await task.pages.put_up(archive.file)
    # Behind `with`: a disk may say as late as when the archive is closed that it is full.
    notes = (*earlier.notes, *not_kept(archive.lost, archive.failed, archive.errno))
    return await task.finish(plan, brought, replace(earlier, notes=notes))


def _former(before: CompanyResult | None) -> tuple[str, ...]:
    """Return the pages of the website on which the run before met posts."""
    posts = before.posts if before is not None else ()
    return tuple(dict.fromkeys(post.channel_url for post in posts if post.channel in SECTIONS))


def _read_live(before: CompanyResult | None) -> dict[str, datetime]:
    """Return when the run before read each profile itself, and not from a saved page."""
    return {
        channel.url: channel.followers.evidence[0].fetched_at
        for channel in (before.channels if before is not None else ())
        if isinstance(channel.followers, Known)
        and channel.followers.evidence
        and not {Qualifier.MANUAL, Qualifier.SAVED}.intersection(channel.followers.qualifiers)
    }


def window_for(plan: CompanyPlan, window: Window) -> Window:
    """Return the window of one company, which may look further back than the others' or less."""
    return replace(window, lookback_days=plan.settings.lookback_days)


async def visit_one(
    plan: CompanyPlan,
    session: Session,
    readers: Readers[Rules],
    window: Window,
    watcher: Watcher,
    beside: Beside | None = None,
) -> Visit:
    """Visit one company over a session, live or replayed, and tell the watcher how it gets on."""
    beside = beside or Beside()
    name = plan.company.name
    watcher.started(name, plan.pages)
    errand = Errand(
        plan=plan,
        session=session,
        readers=readers,
        window=window,
        progress=lambda pages, _budget, url: watcher.fetched(name, pages, url),
        kept=beside.kept,
        lists=beside.lists,
        former=beside.former,
    )
    return await visit(errand, beside.vault)
