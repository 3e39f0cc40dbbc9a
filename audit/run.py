"""The line: plan, visit, measure, save, compare, report. The only file that calls the steps."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
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
from audit.model.errors import SaveError
from audit.model.plan import CompanyPlan
from audit.model.presence import Note
from audit.model.result import CompanyResult, RunInfo, Snapshot, Window
from audit.model.value import Reason
from audit.plan import plan
from audit.store.files import last_archive, new_archive
from audit.store.history import Store
from reports.results import write_results
from scrapers.detect.rules import Rules
from scrapers.fetch.archive import Archive
from scrapers.fetch.http import Fetcher
from scrapers.fetch.live import Policy
from scrapers.fetch.replay import Replayer
from scrapers.fetch.session import Session
from scrapers.overlap import Vault
from scrapers.visit import visit
from scrapers.workers import Workers

log = logging.getLogger(__name__)

IN_PARALLEL = 4
"""Companies visited at once (four hosts at once)."""


class Watcher(Protocol):
    """Whoever wants to see how a run gets on."""

    def resumed(self, finished: int | None) -> None:
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


def audit(
    competitors: Competitors, catalogue: Catalogue, options: Options, watcher: Watcher
) -> Snapshot:
    """Visit, measure and remember all companies; an interrupt leaves `finished_at` open.

    Raises:
        StoreError: the history cannot be used; nothing has been fetched.
    """
    with Store.open(options.data_dir, write=True) as store:
        run, earlier = _begin(store, competitors, catalogue, options)
        vault = Vault(secrets.token_bytes(32))
        line = _Line(_workers(catalogue), window_of(run, competitors), watcher, vault)
        line.results.update({result.company.name: result for result in earlier or ()})
        if options.resume:
            watcher.resumed(len(earlier) if earlier is not None else None)
        try:
            asyncio.run(_visit_all(competitors, line, run, store, options))
            _add_overlaps(store, run, line, vault)
        except KeyboardInterrupt:
            log.warning("interrupted; %d companies are saved", len(line.results))
        else:
            run = replace(run, finished_at=datetime.now(UTC))
            store.finish(run.id, run.finished_at or run.started_at)
        finally:
            vault.drop()
        return _snapshot(run, competitors, line.results)


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

    async def again() -> None:
        async with line.readers:
            for each in plan(competitors).companies:
                own = last_archive(data_dir, run.id, each.company.name)
                files = [str(path) for path in archives] or ([own] if own else [])
                if files:
                    session = replayer.session(files)
                    await _measure(line, each, session, before.get(each.company.name))

    asyncio.run(again())
    known = overlaps_of(snapshot.results)
    results = {name: with_overlaps(each, known) for name, each in line.results.items()}
    return _snapshot(run, competitors, results)


def report(snapshot: Snapshot, targets: Mapping[str, Path]) -> tuple[Path, ...]:
    """Write the snapshot in each format asked for; give the paths as they really are.

    Raises:
        SaveError: a file could not be saved where it was asked for.
    """
    writers: Mapping[str, Callable[[Path], Path]] = {
        "xlsx": lambda path: _workbook(snapshot, path),
        "json": lambda path: write_results(snapshot, path),
    }
    return tuple(writers[name](path) for name, path in targets.items())


def _workbook(snapshot: Snapshot, path: Path) -> Path:
    from reports.workbook import write_workbook

    return write_workbook(snapshot, compare(snapshot.results), path)


def _workers(catalogue: Catalogue) -> Workers[Rules]:
    """The processes that read for a run, each with the catalogue compiled once."""
    return Workers(Rules(catalogue), Rules, catalogue)


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
    store.begin(run, competitors)
    return run, None


async def _visit_all(
    competitors: Competitors, line: _Line, run: RunInfo, store: Store, options: Options
) -> None:
    """Visit the companies that are not finished, a few at a time, and save each when it is."""
    gate = asyncio.Semaphore(IN_PARALLEL)

    async def one(each: CompanyPlan, fetcher: Fetcher) -> None:
        name = each.company.name
        async with gate:
            archive = Archive(options.data_dir, new_archive(options.data_dir, run.id, name))
            before = store.before(run.id, each.company)
            with archive:
                session = fetcher.session(archive, before.kept if before is not None else {})
                await _measure(line, each, session, before)
        _save(store, run, line, name)
        line.watcher.finished(line.results[name])

    async with line.readers, Fetcher(options.policy, readers=line.readers) as fetcher:
        await asyncio.gather(
            *(
                one(each, fetcher)
                for each in plan(competitors).companies
                if each.company.name not in line.results
            )
        )


async def _measure(
    line: _Line, each: CompanyPlan, session: Session, before: CompanyResult | None
) -> None:
    name = each.company.name
    line.watcher.started(name, each.pages)
    seen = await visit(
        each,
        session,
        line.readers,
        line.window,
        lambda pages, _budget, url: line.watcher.fetched(name, pages, url),
        line.vault,
    )
    line.results[name] = measure(each.company, seen, line.window, before)


def _save(store: Store, run: RunInfo, line: _Line, name: str) -> None:
    """Save one company in one transaction; where that fails the result stays in this run."""
    try:
        store.save(run.id, line.results[name])
    except SaveError as error:
        note = Note(
            what="history",
            reason=Reason.STORAGE,
            detail=str(error),
            help="make room on the disk of the data folder and run again",
            incomplete=True,
        )
        result = line.results[name]
        line.results[name] = replace(result, notes=(*result.notes, note))


def _add_overlaps(store: Store, run: RunInfo, line: _Line, vault: Vault) -> None:
    """Say which followers the companies share, now that all are visited; save those again."""
    found = vault.overlaps()
    for name, result in list(line.results.items()):
        joined = with_overlaps(result, found)
        if joined is not result:
            line.results[name] = joined
            _save(store, run, line, name)


def _snapshot(
    run: RunInfo, competitors: Competitors, results: Mapping[str, CompanyResult]
) -> Snapshot:
    """All companies in order; one whose visit was broken off says so."""
    return Snapshot(
        run=run,
        competitors=competitors,
        results=tuple(
            results.get(company.name) or _interrupted(company) for company in competitors.in_order
        ),
    )


def _interrupted(company: Company) -> CompanyResult:
    note = Note(
        what="website",
        reason=Reason.INTERRUPTED,
        detail="the run was broken off before this company was finished",
        help="run the same command with --resume",
        incomplete=True,
    )
    return CompanyResult(company=company, notes=(note,))


class _Silent:
    """A watcher that does not look."""

    def resumed(self, finished: int | None) -> None:
        """Take no notice."""

    def started(self, name: str, pages: int) -> None:
        """Take no notice."""

    def fetched(self, name: str, pages: int, url: str) -> None:
        """Take no notice."""

    def finished(self, result: CompanyResult) -> None:
        """Take no notice."""
