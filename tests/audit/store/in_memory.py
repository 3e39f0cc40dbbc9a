"""A history that lies in memory: the tests of the contract hold for it as for SQLite's."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import TracebackType
from typing import Self

from audit.model.by_hand import HandRecord
from audit.model.company import Company, Competitors
from audit.model.errors import StoreError
from audit.model.past import website_key
from audit.model.result import CompanyResult, RunInfo, Snapshot
from audit.store.aside import Keep, in_memory
from audit.store.codec import dumps
from audit.store.history import (
    Earlier,
    History,
    ListedRun,
    RunSummary,
    UnfitError,
    joined,
    runs_before,
)
from audit.store.patience import Patience
from audit.store.rows import fingerprint, records_in


@dataclass
class Kept:
    """A run with what was kept of it; `rules` are those that `again` was made by."""

    run: RunInfo
    competitors: Competitors
    results: dict[str, CompanyResult] = field(default_factory=dict)
    reported_at: datetime | None = None
    rules: str = ""
    again: Mapping[str, CompanyResult | None] = field(default_factory=dict)


class InMemory(History):
    """Runs in a dictionary, by id, in the order in which they began."""

    def __init__(self) -> None:
        self._runs: dict[str, Kept] = {}
        self._by_hand: dict[str, HandRecord] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Keep what there is: it is opened again."""

    @property
    def is_shared(self) -> bool:
        return False

    def beginning(self) -> AbstractContextManager[None]:
        return nullcontext()

    def at_work(self) -> Mapping[str, str]:
        return {}

    def go_on(self, run_id: str) -> None:
        """Do nothing: nobody else is there."""

    def wait_with(self, patience: Patience) -> None:
        """Do nothing: memory answers at once."""

    def begin(self, run: RunInfo, competitors: Competitors) -> RunInfo:
        names = (run.id, *(f"{run.id}-{number}" for number in range(2, 100)))
        run = replace(run, id=next(name for name in names if name not in self._runs))
        self._runs[run.id] = Kept(run, competitors)
        return run

    def save(self, run_id: str, result: CompanyResult) -> None:
        self._check(result)
        results = self._runs[run_id].results
        results.pop(result.company.name, None)
        results[result.company.name] = result

    def finish(self, run_id: str, finished_at: datetime) -> None:
        kept = self._runs[run_id]
        kept.run, kept.reported_at = replace(kept.run, finished_at=finished_at), None

    def reported(self, run_id: str, reported_at: datetime) -> None:
        self._runs[run_id].reported_at = reported_at

    def ids(self) -> tuple[str, ...]:
        return tuple(self._runs)

    def companies(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (run, name) for run, kept in self._runs.items() for name in tuple(kept.results) or ("",)
        )

    def runs(self) -> tuple[RunSummary, ...]:
        return tuple(
            RunSummary(
                id=run,
                as_of=kept.run.as_of,
                started_at=kept.run.started_at,
                finished_at=kept.run.finished_at,
                reported_at=kept.reported_at,
                companies=len(kept.competitors.companies),
                complete=sum(result.complete for result in kept.results.values()),
                rules_version=kept.run.rules_version,
            )
            for run, kept in self._runs.items()
        )

    def load(self, run_id: str, keep: Keep = in_memory) -> Snapshot:
        kept = self._runs.get(run_id)
        if kept is None:
            raise StoreError(f"no run {run_id!r} in the history")
        names = (company.name for company in kept.competitors.in_order)
        results = tuple(keep(kept.results[name]) for name in names if name in kept.results)
        return Snapshot(run=kept.run, competitors=kept.competitors, results=results)

    def lists(self) -> tuple[ListedRun, ...]:
        return tuple(
            ListedRun(
                id=run,
                path=kept.competitors.path,
                websites=frozenset(
                    website_key(each.website) for each in kept.competitors.companies
                ),
                is_finished=kept.run.finished_at is not None,
            )
            for run, kept in self._runs.items()
        )

    def broken(self, competitors: Competitors, among: Collection[str] | None = None) -> str | None:
        wanted = fingerprint(competitors)
        same = [
            (run, kept)
            for run, kept in self._runs.items()
            if fingerprint(kept.competitors) == wanted and (among is None or run in among)
        ]
        if not same:
            return None
        run, kept = same[-1]
        whole = kept.reported_at is not None and len(kept.results) == len(competitors.companies)
        return None if whole else run

    def before(self, run_id: str, company: Company) -> CompanyResult | None:
        return self.earlier(run_id, company).result

    def earlier(self, run_id: str, company: Company) -> Earlier:
        return joined(
            result
            for run in runs_before(run_id, self.ids())
            for result in self._runs[run].results.values()
            if result.company.website == company.website
        )

    def visits(self, website: str) -> tuple[tuple[str, str], ...]:
        return tuple(
            (run, name)
            for run, kept in self._runs.items()
            for name, result in kept.results.items()
            if result.company.website == website
        )

    def records(self, run_id: str, name: str) -> frozenset[str]:
        result = self._runs[run_id].results.get(name) if run_id in self._runs else None
        return records_in(dumps(result).encode())

    def keep_again(
        self, run_id: str, rules: str, results: Mapping[str, CompanyResult | None]
    ) -> None:
        for result in results.values():
            self._check(result)
        self._runs[run_id].rules, self._runs[run_id].again = rules, dict(results)

    def again(self, run_id: str, rules: str) -> Mapping[str, CompanyResult | None]:
        kept = self._runs.get(run_id)
        return kept.again if kept is not None and kept.rules == rules else {}

    def _check(self, kept: CompanyResult | HandRecord | None) -> None:
        """Refuse a value that no history could write down."""
        try:
            dumps(kept)
        except TypeError as error:
            raise UnfitError(f"this cannot be written ({error})") from error

    def keep_by_hand(self, records: Iterable[HandRecord]) -> None:
        records = tuple(records)
        for record in records:
            self._check(record)
        for record in records:
            self._by_hand.pop(record.id, None)
            self._by_hand[record.id] = record

    def erase(self, run_id: str | None, company: str | None) -> None:
        for run in [each for each in self._runs if run_id in (None, each)]:
            if company is None:
                del self._runs[run]
            else:
                self._runs[run].results.pop(company, None)

    def by_hand(self) -> tuple[HandRecord, ...]:
        return tuple(self._by_hand.values())
