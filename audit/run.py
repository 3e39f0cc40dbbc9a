"""The line: plan, visit, measure, save, compare, report. The only file that calls the steps."""

import asyncio
import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from audit import __version__
from audit.compare import compare
from audit.measure.company import measure
from audit.measure.overlaps import overlaps_of, with_overlaps
from audit.model.catalogue import Catalogue
from audit.model.company import Company, Competitors
from audit.model.plan import CompanyPlan
from audit.model.result import CompanyResult, RunInfo, Snapshot, Window
from audit.model.visit import Note
from audit.plan import plan
from audit.store.files import last_archive, new_archive
from audit.store.history import Store
from audit.store.missing import (
    broken_off,
    failed,
    interrupted,
    not_archived,
    not_in_run,
    not_kept,
    not_readable,
    partly_archived,
)
from audit.store.saving import Saving
from reports.formats import formats
from reports.report import Report
from scrapers.channels.overlap import Vault
from scrapers.fetch.archive import Archive, still_kept
from scrapers.fetch.http import Fetcher
from scrapers.fetch.live import Policy
from scrapers.fetch.replay import Replayer
from scrapers.page.rules import Rules
from scrapers.platforms import widget_hints
from scrapers.session import Session
from scrapers.visit import visit
from scrapers.workers.pool import Readers, Workers
from scrapers.workers.share import Share

log = logging.getLogger(__name__)

IN_PARALLEL = 4
"""Companies visited at once (four hosts at once)."""


class Watcher(Protocol):
    """Whoever wants to see how a run gets on."""

    def resumed(self, finished: int | None, of: int) -> None:
        """Hear how many companies of a broken run are finished; None: there is none to resume."""

    def started(self, name: str, pages: int) -> None:
        """Hear that a company's visit begins, with its page budget."""

    def fetched(self, name: str, pages: int, url: str) -> None:
        """Hear that an address was asked for, and how many pages are read."""

    def finished(self, result: CompanyResult) -> None:
        """Hear that a company is measured and saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line asks of a run, beside the file."""

    data_dir: Path
    as_of: datetime
    policy: Policy
    resume: bool = False


@dataclass(slots=True)
class _Line:
    """What the visits of one run share; `results` fills up as companies are finished."""

    readers: Workers[Rules]
    window: Window
    watcher: Watcher
    vault: Vault | None = None
    results: dict[str, CompanyResult] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Home:
    """Where the results and archives of a run go."""

    data_dir: Path
    run_id: str
    store: Store
    saving: Saving


def audit(
    competitors: Competitors, catalogue: Catalogue, options: Options, watcher: Watcher
) -> Snapshot:
    """Visit, measure and remember all companies; an interrupt leaves `finished_at` open.

    Raises:
        StoreError: the history cannot be used; nothing has been fetched.
    """
    with Store.open(options.data_dir, write=True) as store:
        run, earlier = _begin(store, competitors, catalogue, options)
        vault, saving = Vault(secrets.token_bytes(32)), Saving(store, run.id)
        line = _Line(_workers(catalogue), window_of(run, competitors), watcher, vault)
        line.results.update({result.company.name: result for result in earlier or ()})
        if options.resume:
            known = len(earlier) if earlier is not None else None
            watcher.resumed(known, len(competitors.companies))
        if run.finished_at is not None and len(line.results) == len(competitors.companies):
            return _snapshot(run, competitors, line.results)  # only its report is missing
        notes: tuple[Note, ...] = ()
        try:
            home = _Home(options.data_dir, run.id, store, saving)
            asyncio.run(_visit_all(competitors, line, home, options.policy))
            _add_overlaps(line, saving, vault)
            line.results.update(saving.again())
        except KeyboardInterrupt:
            line.results.update(saving.again(patiently=False))
            log.warning("interrupted; %d companies are finished", len(line.results))
            run = replace(run, finished_at=None)
        else:
            run = replace(run, finished_at=datetime.now(UTC))
            notes = saving.finish(run.finished_at or run.started_at)
        finally:
            vault.drop()
        return replace(_snapshot(run, competitors, line.results), notes=notes)


def replay(
    competitors: Competitors,
    catalogue: Catalogue,
    snapshot: Snapshot,
    data_dir: Path,
    archives: Sequence[Path] = (),
    before: Mapping[str, CompanyResult] = MappingProxyType({}),
) -> Snapshot:
    """Analyse the archived answers of a run again, without the network.

    `archives` are WARC files to answer from in place of the run's own; `before` is what the run
    before that one knew, by company.
    """
    run = replace(snapshot.run, version=__version__, rules_version=catalogue.version)
    line = _Line(_workers(catalogue), window_of(run, competitors), _Silent())
    replayer = Replayer(data_dir, line.readers)
    then = {result.company.name: result for result in snapshot.results}

    async def one(each: CompanyPlan) -> CompanyResult:
        name = each.company.name
        own = last_archive(data_dir, run.id, name)
        files = [str(path) for path in archives] or ([own] if own else [])
        if not files:
            return _not_there(each.company, snapshot)
        replayed, share = replayer.open(files), Share(line.readers, each.pages)
        result = await _measure(line, each, replayed.session, before.get(name), share)
        cut = partly_archived(replayed.damaged)
        cut = cut or (() if archives else broken_off(then.get(name)))
        return replace(result, notes=(*result.notes, *cut))

    async def again() -> None:
        async with line.readers:
            for each in plan(competitors).companies:
                try:
                    line.results[each.company.name] = await one(each)
                except OSError as error:
                    line.results[each.company.name] = not_readable(each.company, error)

    asyncio.run(again())
    overlaps = overlaps_of(snapshot.results)
    results = {name: with_overlaps(each, overlaps) for name, each in line.results.items()}
    return _snapshot(run, competitors, results)


def _not_there(company: Company, snapshot: Snapshot) -> CompanyResult:
    """Say why nothing of a company is archived; where the list is damaged nobody knows the rest."""
    listed = {each.name for each in snapshot.competitors.companies}
    lost = any(note.what == "list of companies" for note in snapshot.notes)
    return not_archived(company) if lost or company.name in listed else not_in_run(company)


def report(snapshot: Snapshot, targets: Mapping[str, Path]) -> tuple[Path, ...]:
    """Write the snapshot in each format asked for; give the paths as they really are.

    Raises:
        SaveError: a file could not be saved where it was asked for.
    """
    whole = Report(snapshot, compare(snapshot.results))
    return tuple(formats()[name].write(whole, path) for name, path in targets.items())


def _workers(catalogue: Catalogue) -> Workers[Rules]:
    """The processes that read for a run, each with the catalogue compiled once."""
    hints = widget_hints()
    return Workers(Rules(catalogue, hints), Rules, catalogue, hints)


def window_of(run: RunInfo, competitors: Competitors) -> Window:
    """The span that a run measures."""
    return Window(
        as_of=run.as_of,
        lookback_days=competitors.settings.lookback_days,
        timezone=competitors.settings.timezone,
    )


def _begin(
    store: Store, competitors: Competitors, catalogue: Catalogue, options: Options
) -> tuple[RunInfo, Sequence[CompanyResult] | None]:
    """Go on with the broken run where asked to and possible, else begin a new one."""
    if options.resume and (broken := store.broken(competitors)) is not None:
        snapshot = store.load(broken)
        return snapshot.run, snapshot.results
    started_at = datetime.now(UTC)
    run = RunInfo(
        id=started_at.strftime("%Y%m%dT%H%M%S%f")[:-3],
        as_of=options.as_of,
        started_at=started_at,
        finished_at=None,
        version=__version__,
        rules_version=catalogue.version,
    )
    return store.begin(run, competitors), None


async def _visit_all(competitors: Competitors, line: _Line, home: _Home, policy: Policy) -> None:
    """Visit the companies that are not finished, a few at a time, and save each when it is."""
    gate = asyncio.Semaphore(IN_PARALLEL)

    async def one(each: CompanyPlan, fetcher: Fetcher) -> None:
        name = each.company.name
        async with gate:
            try:
                line.results[name] = await _visited(each, line, home, fetcher)
                home.saving.save(line.results[name])
            except Exception as error:
                log.exception("the company %s failed", name)
                line.results[name] = failed(each.company, error)
        line.watcher.finished(line.results[name])

    todo = [each for each in plan(competitors).companies if each.company.name not in line.results]
    if todo:
        async with line.readers, Fetcher(policy, readers=line.readers) as fetcher:
            visits = (one(each, fetcher) for each in todo)
            ends = await asyncio.gather(*visits, return_exceptions=True)
        for end in (each for each in ends if each is not None):
            log.error("a visit did not end as it should", exc_info=end)


async def _visited(each: CompanyPlan, line: _Line, home: _Home, fetcher: Fetcher) -> CompanyResult:
    """Visit and measure one company; what could not be archived is a note of its result."""
    name = each.company.name
    earlier = home.store.earlier(home.run_id, each.company)
    archive = Archive(home.data_dir, new_archive(home.data_dir, home.run_id, name))
    known = still_kept(home.data_dir, earlier.result.kept if earlier.result is not None else {})
    with archive:
        share = Share(line.readers, each.pages)
        session = fetcher.session(archive, known, share)
        result = await _measure(line, each, session, earlier.result, share)
    notes = (*result.notes, *earlier.notes, *not_kept(archive.lost, archive.failed))
    return replace(result, notes=notes)


async def _measure(
    line: _Line,
    each: CompanyPlan,
    session: Session,
    before: CompanyResult | None,
    readers: Readers[Rules],
) -> CompanyResult:
    name = each.company.name
    line.watcher.started(name, each.pages)
    seen = await visit(
        each,
        session,
        readers,
        line.window,
        lambda pages, _budget, url: line.watcher.fetched(name, pages, url),
        line.vault,
    )
    return measure(each.company, seen, line.window, before)


def _add_overlaps(line: _Line, saving: Saving, vault: Vault) -> None:
    """Say which followers the companies share, now that all are visited; save those again."""
    found = vault.overlaps()
    for name, result in list(line.results.items()):
        joined = with_overlaps(result, found)
        if joined is not result:
            line.results[name] = joined
            saving.save(joined)


def _snapshot(
    run: RunInfo, competitors: Competitors, results: Mapping[str, CompanyResult]
) -> Snapshot:
    """All companies in order; one whose visit was broken off says so."""
    return Snapshot(
        run=run,
        competitors=competitors,
        results=tuple(
            results.get(company.name) or interrupted(company) for company in competitors.in_order
        ),
    )


class _Silent:
    """A watcher that does not look."""

    def resumed(self, finished: int | None, of: int) -> None:
        """Take no notice."""

    def started(self, name: str, pages: int) -> None:
        """Take no notice."""

    def fetched(self, name: str, pages: int, url: str) -> None:
        """Take no notice."""

    def finished(self, result: CompanyResult) -> None:
        """Take no notice."""
