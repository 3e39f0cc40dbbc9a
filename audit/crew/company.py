"""The visit of one company: with an archive, a share of the workers, and a session of its own."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from audit.crew.pages import Pages
from audit.crew.watcher import Watcher
from audit.model.catalogue import Catalogue
from audit.model.company import Company
from audit.model.exchange import Fetched
from audit.model.kinds import SECTIONS
from audit.model.plan import CompanyPlan
from audit.model.read_list import ReadList
from audit.model.result import CompanyResult, Window
from audit.model.value import Known, Qualifier
from audit.model.visit import Note, Visit
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
class Before:
    """What of the run before a visit goes on from.

    `lists` are those that were read without a gap, `kept` its exchanges by address, `former` the
    pages of the website on which it met posts, `read_live` when it read each profile itself.
    """

    lists: tuple[ReadList, ...] = ()
    kept: Mapping[str, Fetched] = field(default_factory=dict)
    former: tuple[str, ...] = ()
    read_live: Mapping[str, datetime] = field(default_factory=dict)

    @classmethod
    def of(cls, result: CompanyResult | None) -> "Before":
        """Return what of a result the next visit goes on from; nothing of none."""
        if result is None:
            return cls()
        return cls(
            lists=result.lists,
            kept=result.kept,
            former=_former(result),
            read_live=_read_live(result),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where visits are made: for which run, within which window, and who looks on.

    `shelf` holds the pages that people saved. `shared`: other processes may visit the same company,
    having taken this one for dead, so that each must have an archive of its own.
    """

    data_dir: Path
    run_id: str
    window: Window
    vault: Vault
    watcher: Watcher
    shelf: Shelf = field(default_factory=Shelf)
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Ground):
    """What a crew is told beside the ground of its visits: how to behave towards the web.

    `earlier` looks up what the runs before knew of a company, `finish` measures and saves a
    visit. `pages` brings and takes archives, where a team has a store for them.
    """

    policy: Policy
    catalogue: Catalogue
    companies_at_once: int
    earlier: Callable[[Company], Awaitable[Earlier]]
    finish: Finish
    pages: Pages | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a visit brought home, the archive of its pages, and notes of what that lacks."""

    visit: Visit
    archive: str
    lost: tuple[Note, ...] = ()


async def visited(
    plan: CompanyPlan, task: Task, workers: Workers[Rules], fetcher: Fetcher
) -> CompanyResult:
    """Visit and measure one company; what could not be archived is a note of its result."""
    earlier = await known_before(plan, task)
    brought = await brought_home(plan, Before.of(earlier.result), task, workers, fetcher)
    return await finished(plan, task, earlier, brought)


async def known_before(plan: CompanyPlan, task: Task) -> Earlier:
    """Return what the runs before knew of a company, once the pages that they archived are here."""
    earlier = await task.earlier(plan.company)
    if task.pages is not None:
        await task.pages.bring(earlier.result)
    return earlier


async def finished(
    plan: CompanyPlan, task: Task, earlier: Earlier, brought: Brought
) -> CompanyResult:
    """Measure and save what a visit brought home, once its pages are where the team keeps them."""
    if task.pages is not None:
        await task.pages.put_up(brought.archive)
    notes = (*earlier.notes, *brought.lost)
    return await task.finish(plan, brought.visit, replace(earlier, notes=notes))


async def brought_home(
    plan: CompanyPlan, before: Before, ground: Ground, workers: Workers[Rules], fetcher: Fetcher
) -> Brought:
    """Visit one company."""
    data_dir = ground.data_dir
    archive = _new_archive(plan.company.name, ground)
    place = readings_of(data_dir, plan.company.name)
    beside = Beside(
        vault=ground.vault,
        kept=opened(place, stamp_of(workers.loaded)),
        lists=whole_lists(data_dir, before.lists),
        former=before.former,
    )
    known = still_kept(data_dir, before.kept)
    archive.earlier = {url: page.record for url, page in known.items()}
    with archive:
        share = Share(workers, plan.pages)
        delay = plan.settings.delay_seconds
        shelf = ground.shelf.newer_than(before.read_live)
        session = fetcher.session(archive, known, share, delay, shelf)
        window = window_for(plan, ground.window)
        seen = await visit_one(plan, session, share, window, ground.watcher, beside)
    beside.kept.save(place)
    # Behind `with`: a disk may say as late as when the archive is closed that it is full.
    lost = not_kept(archive.lost, archive.failed, archive.errno)
    return Brought(visit=seen, archive=archive.file, lost=lost)


def _new_archive(company: str, ground: Ground) -> Archive:
    """Return the archive of a visit, under a name that no other visit has."""
    while True:
        name = new_archive(ground.data_dir, ground.run_id, company)
        archive = Archive(ground.data_dir, name)
        if not ground.shared or archive.out.claim():
            return archive


def _former(before: CompanyResult) -> tuple[str, ...]:
    """Return the pages of the website on which the run before met posts."""
    channels = (post.channel_url for post in before.posts if post.channel in SECTIONS)
    return tuple(dict.fromkeys(channels))


def _read_live(before: CompanyResult) -> dict[str, datetime]:
    """Return when the run before read each profile itself, and not from a saved page."""
    return {
        channel.url: channel.followers.evidence[0].fetched_at
        for channel in before.channels
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
