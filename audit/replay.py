"""Analyse a run again from its archive, with the rules of today and without the network."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from audit import __version__
from audit.crew.apart import apart
from audit.crew.company import visit_one, window_for
from audit.crew.here import workers_of
from audit.crew.watcher import Silent
from audit.evidence.opening import bring_from_anywhere
from audit.measure.audience import overlaps_of
from audit.measure.company import measure, measure_all
from audit.measure.subject import Context, Together
from audit.measure.topics import topics_of
from audit.model.catalogue import Catalogue
from audit.model.company import Company, Competitors
from audit.model.plan import CompanyPlan
from audit.model.result import CompanyResult, RunInfo, Snapshot
from audit.model.value import SAVED
from audit.model.visit import NOT_TAKEN
from audit.plan import plan, window_of
from audit.reading import reading_version
from audit.store.files import last_archive
from audit.store.missing import (
    broken_off,
    not_archived,
    not_in_run,
    not_readable,
    partly_archived,
    referring_to_nothing,
    snapshot_of,
)
from scrapers.fetch.replay import Replayer
from scrapers.page.rules import Rules
from scrapers.workers.pool import Workers
from scrapers.workers.share import Share


async def replay(
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
    context = _context(competitors, catalogue, snapshot)
    return await _replayed(_Replay(snapshot, data_dir, archives, before, context))


async def replay_some(
    competitors: Competitors,
    catalogue: Catalogue,
    snapshot: Snapshot,
    data_dir: Path,
    before: Mapping[str, CompanyResult],
    only: Collection[str],
) -> Snapshot:
    """Analyse some companies of a run again, as `replay` does; of the others the results stay.

    What only all companies together tell is taken anew.
    """
    saved = {each.company.name: each for each in snapshot.results if each.company.name not in only}
    context = _context(competitors, catalogue, snapshot)
    return await _replayed(_Replay(snapshot, data_dir, (), before, context, saved))


def _context(competitors: Competitors, catalogue: Catalogue, snapshot: Snapshot) -> Context:
    """Return what a run is measured with."""
    window = window_of(snapshot.run, competitors.settings)
    return Context(competitors=competitors, catalogue=catalogue, window=window)


def by_todays_rules(run: RunInfo, catalogue: Catalogue) -> RunInfo:
    """Return a run as one that today's program and rules have read."""
    return replace(
        run, version=__version__, rules_version=catalogue.version, reading=reading_version()
    )


async def _replayed(replayed: "_Replay") -> Snapshot:
    """Analyse a run again company by company, then what all together tell."""
    snapshot, before, context = replayed.snapshot, replayed.before, replayed.context
    competitors, catalogue = context.competitors, context.catalogue
    run = by_todays_rules(snapshot.run, catalogue)
    workers = workers_of(catalogue)
    results: dict[str, CompanyResult] = {}
    async with workers:
        for each in plan(competitors).companies:
            try:
                results[each.company.name] = await replayed.result_of(each, workers)
            except OSError as error:
                results[each.company.name] = not_readable(each.company, error)
    together = Together(
        overlaps=overlaps_of(snapshot.results),
        window=context.window,
        named=competitors.topics,
        topics=topics_of(before.get(company.name) for company in competitors.companies),
        kpis=competitors.kpis,
        earlier=next((before.get(each.name) for each in competitors.companies if each.own), None),
        doing=apart,
    )
    measured = await asyncio.to_thread(measure_all, tuple(results.values()), together)
    return snapshot_of(run, competitors, {each.company.name: each for each in measured})


@dataclass(frozen=True, slots=True)
class _Replay:
    """What a run is analysed again from; of the companies of `saved` the result stays."""

    snapshot: Snapshot
    data_dir: Path
    archives: Sequence[Path]
    before: Mapping[str, CompanyResult]
    context: Context
    saved: Mapping[str, CompanyResult] = field(default_factory=dict)

    async def result_of(self, each: CompanyPlan, workers: Workers[Rules]) -> CompanyResult:
        """Analyse one company again; where nothing of it is archived the result says so."""
        name = each.company.name
        if name in self.saved:
            return self.saved[name]
        own = last_archive(self.data_dir, self.snapshot.run.id, name)
        files = [str(path) for path in self.archives] or ([own] if own else [])
        if not files:
            return self._not_there(each.company)
        share = Share(workers, each.pages)
        bring = partial(bring_from_anywhere, self.data_dir)
        answers = Replayer(self.data_dir, workers, bring).open(files)
        context = replace(self.context, window=window_for(each, self.context.window))
        visit = await visit_one(each, answers.session, share, context.window, Silent())
        result = measure(each.company, visit, context, self.before.get(name))
        then = {result.company.name: result for result in self.snapshot.results}
        cut = (*partly_archived(answers.damaged), *referring_to_nothing(answers.gone))
        cut = cut or (() if self.archives else broken_off(then.get(name)))
        # Of files that were of no use nothing is archived: what the run said of them still holds.
        told = then[name].notes if name in then else ()
        unused = tuple(
            note
            for note in told
            if note.what.startswith(SAVED) and not note.detail.startswith(NOT_TAKEN)
        )
        return replace(result, notes=(*result.notes, *cut, *unused))

    def _not_there(self, company: Company) -> CompanyResult:
        """Say why nothing of a company is archived; of a damaged list nobody knows the rest."""
        listed = {each.name for each in self.snapshot.competitors.companies}
        lost = self.snapshot.is_list_lost
        return not_archived(company) if lost or company.name in listed else not_in_run(company)
