"""The line on one screen: plan, visit, measure, save, measure all together."""

import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime

from audit.begun import Orders, begun
from audit.crew.address import Cluster
from audit.crew.apart import Apart
from audit.crew.company import Task, window_for
from audit.crew.desk import Desk
from audit.crew.here import visit_all
from audit.crew.memory import FORGET_AFTER, free_bytes, give_back, has_room_ahead
from audit.crew.pages import Pages, in_thread
from audit.crew.watcher import Guarded, Watcher
from audit.evidence.kept import KeptEvidence
from audit.evidence.opening import evidence_as_listed, evidence_place_of, kept_evidence
from audit.evidence.places import remember
from audit.lists import runs_of
from audit.measure import subjects
from audit.measure.company import load_libraries, measure, measure_all
from audit.measure.subject import Context, Together
from audit.measure.topics import load_topics, need_topics, topics_of
from audit.model.catalogue import Catalogue
from audit.model.company import Company, Competitors
from audit.model.errors import BrokenOffError
from audit.model.plan import CompanyPlan
from audit.model.result import CompanyResult, RunInfo, Snapshot
from audit.model.visit import Note, Visit
from audit.nearest import MOST
from audit.plan import plan, window_of
from audit.records_of_run import with_records
from audit.retention import let_go
from audit.saved import shelf_of
from audit.store.aside import Keep, aside_in, in_memory, near
from audit.store.history import Earlier, History
from audit.store.missing import snapshot_of
from audit.store.opening import keep_as_listed, open_history
from audit.store.patience import Patience
from audit.store.saving import Saving
from audit.store.sharing import with_shared_parts
from reports.formats import formats, load_formats
from reports.sheets import sheets
from scrapers.channels.overlap import Vault
from scrapers.parse.remembered import forget

log = logging.getLogger(__name__)

_FEW = 8
"""Companies of which it is not worth while to load ahead what posts are measured with."""


class Audit:
    """One run over all companies; what is finished of it is a snapshot at any time."""

    def __init__(
        self, competitors: Competitors, catalogue: Catalogue, orders: Orders, watcher: Watcher
    ) -> None:
        """Take what is to be done; nothing is opened or fetched yet."""
        self._competitors, self._catalogue = competitors, catalogue
        self._orders, self._watcher = orders, Guarded(watcher)
        self._patience = Patience(self._watcher.held_up)
        self._apart = Apart(load_topics)
        self._run: RunInfo | None = None
        self._results: dict[str, CompanyResult] = {}
        self._notes: tuple[Note, ...] = ()
        self._pages: Pages | None = None
        self._keep: Keep = in_memory

    async def run(self) -> Snapshot:
        """Visit, measure and remember all companies.

        Each result is saved when its company is done. A cancelled run has saved what is finished,
        and `so_far` gives it.

        Raises:
            StoreError: the history cannot be used; nothing has been fetched.
            BrokenOffError: the cluster went away; as if it were cancelled.
        """
        _find_families()
        keep_as_listed(self._orders.data_dir, self._competitors)
        evidence = await self._opened_evidence()
        with open_history(self._orders.data_dir, write=True) as store:
            if self._many:
                self._keep = aside_in(self._orders.data_dir)
            run = self._begin(store)
            store.wait_with(self._patience)
            self._competitors = with_records(self._competitors, store, self._orders.data_dir, run)
            if run.finished_at is not None and not self._plans():
                return snapshot_of(run, self._competitors, self._results)  # only the report lacks
            evidence.begin(run.id)
            self._pages = Pages(evidence, self._patience)
            saving, vault = Saving(store, run.id), Vault(secrets.token_bytes(32))
            try:
                ended = await self._made(run, store, saving, vault)
            except (asyncio.CancelledError, BrokenOffError):
                self._patience.end()
                self._results |= saving.again(patiently=False)
                log.warning("interrupted; %d companies are finished", len(self._results))
                raise
            finally:
                # Whatever ended the run: salt and hashes must not outlast it (docs/privacy.md).
                vault.drop()
            self._run = replace(run, finished_at=ended)
            if not self._notes:  # the run counts as finished only where that is written down
                listed = self._orders.listed or self._competitors
                await asyncio.to_thread(let_go, store, self._orders.data_dir, listed)
            return replace(
                snapshot_of(self._run, self._competitors, self._results), notes=self._notes
            )

    async def _made(self, run: RunInfo, store: History, saving: Saving, vault: Vault) -> datetime:
        """Visit, measure and save all that is left to do of a run; return when it ended."""
        # Broken off, the desk finishes what it is at: it must not wait for a database then.
        with Desk() as desk, self._patience, self._apart:
            await self._visit_all(run, store, saving, vault, desk)
            self._make_room()
            await self._measure_together(run, store, saving, vault, desk)
            self._make_room()
            self._results |= await desk.do(saving.again)
            ended = datetime.now(UTC)
            self._notes = await desk.do(saving.finish, ended)
            pages, own = self._pages, await desk.do(self._own_runs, store)
            if pages is not None:
                self._notes += await in_thread(lambda: pages.put_up_all(own))
        return ended

    @property
    def _many(self) -> bool:
        """Tell whether there are too many companies to hold all that is known of them."""
        return len(self._competitors.companies) > MOST

    def _make_room(self) -> None:
        """Let go of what the part of the run that is over has left; of few that is little."""
        forget()
        if self._many:
            give_back()

    def _compact(self, result: CompanyResult) -> CompanyResult:
        """Return a result as it is held until the end."""
        return with_shared_parts(self._keep(result)) if self._many else result

    def so_far(self) -> Snapshot | None:
        """Return what is finished, with `finished_at` open; None before the run has begun."""
        if self._run is None:
            return None
        run = replace(self._run, finished_at=None)
        return snapshot_of(run, self._competitors, self._results)

    async def _opened_evidence(self) -> KeptEvidence:
        """Return where pages are archived, tried where that is the store of a team.

        Raises:
            StoreError: it cannot be used; nothing has been fetched.
        """
        data_dir = self._orders.data_dir
        evidence_as_listed(data_dir, self._competitors)
        evidence = kept_evidence(data_dir)
        place = evidence_place_of(data_dir)
        if evidence.store is not None and place is not None:
            await in_thread(evidence.store.check)
            remember(data_dir, place)
        return evidence

    def _own_runs(self, store: History) -> list[str]:
        """Return the runs of this list, whose pages go where it says."""
        listed = self._orders.listed or self._competitors
        return [run.id for run in runs_of(store, self._orders.data_dir, listed)]

    def _begin(self, store: History) -> RunInfo:
        """Go on with the broken run where that is asked for and possible, else begin a new one."""
        run, earlier = begun(store, self._competitors, self._catalogue, self._orders)
        self._results = {result.company.name: self._compact(result) for result in earlier or ()}
        self._run = run
        if self._orders.resume:
            finished = len(earlier) if earlier is not None else None
            self._watcher.resumed(finished, len(self._competitors.companies))
        return run

    def _plans(self) -> list[CompanyPlan]:
        """Return the visits that are left to be made."""
        companies = plan(self._competitors).companies
        return [each for each in companies if each.company.name not in self._results]

    async def _visit_all(
        self, run: RunInfo, store: History, saving: Saving, vault: Vault, desk: Desk
    ) -> None:
        """Have the crew visit what is left; a result is measured and saved when its visit ends."""
        window, plans = window_of(run, self._competitors.settings), self._plans()
        shelf = shelf_of(self._competitors, only=self._orders.only_saved)
        context = Context(competitors=self._competitors, catalogue=self._catalogue, window=window)

        visits_begin = asyncio.Event()

        async def look_up(company: Company) -> Earlier:
            visits_begin.set()
            return await desk.do(store.earlier, run.id, company)

        def finish(each: CompanyPlan, visit: Visit, earlier: Earlier) -> CompanyResult:
            own = replace(context, window=window_for(each, window))
            result = measure(each.company, visit, own, earlier.result)
            result = replace(result, notes=(*result.notes, *earlier.notes))
            saving.save(result)
            kept = self._results[each.company.name] = self._compact(result)
            return kept

        task = Task(
            data_dir=self._orders.data_dir,
            run_id=run.id,
            window=window,
            policy=self._orders.policy,
            catalogue=self._catalogue,
            companies_at_once=self._competitors.settings.companies_at_once,
            vault=vault,
            watcher=self._watcher,
            earlier=look_up,
            finish=lambda each, visit, earlier: desk.do(finish, each, visit, earlier),
            shelf=shelf,
            pages=self._pages,
        )
        ahead = asyncio.create_task(self._load_ahead(len(plans), visits_begin, desk))
        try:
            await self._take_in(plans, task)
        finally:
            ahead.cancel()
        whole = len(plans) == len(self._competitors.companies) and not self._competitors.left_out
        await desk.do(self._tell_unused, shelf.notes(whole=whole), saving)

    async def _take_in(self, plans: Sequence[CompanyPlan], task: Task) -> None:
        """Have the visits made, and take in each result as it comes."""
        left = len(plans)
        self._watcher.planned(left)
        # Closed here and now, as a generator that is left open ends only when it is collected.
        async with aclosing(_crew(plans, task, self._orders.cluster)) as results:
            async for result in results:
                self._results[result.company.name] = result
                self._watcher.finished(result)
                left -= 1
                await self._look_ahead(left)
                if len(self._results) % FORGET_AFTER == 0:
                    forget()

    async def _load_ahead(self, companies: int, begin: asyncio.Event, desk: Desk) -> None:
        """Load what posts are measured with while the first visits wait for their answers.

        Else all wait for it that end first. Of a few companies none may have a post.
        """
        await begin.wait()
        if companies > _FEW:
            await desk.do(load_libraries, self._catalogue)

    async def _look_ahead(self, left: int) -> None:
        """Have the libraries of topics loaded, by another process, while the last visits go on."""
        at_once = self._competitors.settings.companies_at_once
        if left > at_once or not need_topics(self._results.values()):
            return
        if has_room_ahead(free_bytes()):
            await asyncio.to_thread(self._apart.make)

    def _tell_unused(self, notes: tuple[Note, ...], saving: Saving) -> None:
        """Name the saved files that were of no use, with the first company: they are nobody's."""
        first = next((each.name for each in self._competitors.in_order), "")
        result = self._results.get(first)
        if result is None or not notes:
            return
        told = replace(
            result, notes=(*(each for each in result.notes if each not in notes), *notes)
        )
        self._results[first] = told
        saving.save(near(told))

    async def _measure_together(
        self, run: RunInfo, store: History, saving: Saving, vault: Vault, desk: Desk
    ) -> None:
        """Add what only all companies together tell, and save again the results that it changes."""
        companies = self._competitors.companies
        own = next((company for company in companies if company.own), None)

        def put_together() -> Together:
            return Together(
                overlaps=vault.overlaps(),
                window=window_of(run, self._competitors.settings),
                named=self._competitors.topics,
                # One at a time: what a run before knew of a company is large.
                topics=topics_of(store.before(run.id, company) for company in companies),
                kpis=self._competitors.kpis,
                earlier=store.before(run.id, own) if own is not None else None,
                doing=self._apart.do,
            )

        together, results = await desk.do(put_together), tuple(self._results.values())
        measured, _ = await asyncio.gather(
            asyncio.to_thread(measure_all, results, together, self._keep),
            asyncio.to_thread(load_formats, self._orders.formats),  # while topics are looked for
        )
        for result in measured:
            if result is not self._results[result.company.name]:
                self._results[result.company.name] = result
                await desk.do(saving.save, near(result))


def _crew(
    plans: Sequence[CompanyPlan], task: Task, cluster: Cluster | None
) -> AsyncGenerator[CompanyResult, None]:
    """Return the results of whoever makes the visits: this process, or those of a cluster."""
    if cluster is None:
        return visit_all(plans, task)
    from audit.crew import dask

    return dask.visit_all(plans, task, cluster)


def _find_families() -> None:
    """Find now what is found by its name: a folder looks empty while no file can be opened."""
    subjects()
    formats()
    sheets()
