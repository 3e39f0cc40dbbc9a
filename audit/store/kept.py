"""A history in tables: one transaction a company, and nothing is ever overwritten.

SQLite and PostgreSQL keep the same tables and are asked in the same words (`Tables`), so that what
a history promises is written once. What is other for each is in `sqlite.py` and `postgres.py`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from types import TracebackType
from typing import Self

from audit.evidence.opening import kept_evidence
from audit.model.by_hand import HandRecord
from audit.model.company import Company, Competitors
from audit.model.errors import SaveError, StoreError
from audit.model.result import LIST, CompanyResult, RunInfo, Snapshot
from audit.store.aside import Keep, in_memory
from audit.store.erasing import erase_in
from audit.store.history import (
    Earlier,
    History,
    ListedRun,
    RunSummary,
    UnfitError,
    damage,
    joined,
    runs_before,
    unread,
)
from audit.store.patience import Patience
from audit.store.rows import (
    DamagedError,
    bytes_of,
    competitors_of,
    fingerprint,
    hand_record_of,
    listed,
    packed,
    records_in,
    result_of,
    run_of,
    summary_of,
)
from audit.store.tables import Tables


class KeptHistory(History):
    """A history in tables; `audit.store.history` says what each method does."""

    def __init__(self, tables: Tables, data_dir: Path) -> None:
        """Keep a history in open tables; the pages of its runs are archived in a data folder."""
        self._tables, self._data_dir = tables, data_dir

    def __enter__(self) -> Self:
        """Give the history."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close the tables."""
        self._tables.close()

    @property
    def tables(self) -> Tables:
        """Give the tables, for who copies them (`copying.py`)."""
        return self._tables

    @property
    def is_shared(self) -> bool:
        """Tell that all lists of this history lie where the data folder does."""
        return False

    @contextmanager
    def beginning(self) -> Iterator[None]:
        """Do nothing: the lock of the data folder keeps others out for the whole run."""
        yield

    def at_work(self) -> Mapping[str, str]:
        """Name nobody: who holds the lock of the data folder is the only one."""
        return {}

    def go_on(self, run_id: str) -> None:
        """Do nothing: the run is ours, as is the lock of the data folder."""

    def wait_with(self, patience: Patience) -> None:
        """Do nothing: a disk that fails is tried again when the run ends (`saving.py`)."""

    def begin(self, run: RunInfo, competitors: Competitors) -> RunInfo:
        """Add a row for the run, with the next number; its archive folder must be free too."""
        run = replace(run, id=self._free_id(run.id))
        try:
            self._tables.write(
                (
                    "INSERT INTO run (id, as_of, started_at, version, rules_version, reading, "
                    "fingerprint, competitors, number) VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
                    "(SELECT coalesce(max(number), 0) + 1 FROM run))",
                    (
                        run.id,
                        run.as_of.isoformat(),
                        run.started_at.isoformat(),
                        run.version,
                        run.rules_version,
                        run.reading,
                        fingerprint(competitors),
                        packed(competitors)[0],
                    ),
                )
            )
        except SaveError as error:
            raise StoreError(f"{error}. Nothing was fetched") from error
        return run

    def save(self, run_id: str, result: CompanyResult) -> None:
        """Add or replace the row of a company in one transaction, with the digest of its text."""
        company = result.company
        try:
            text, digest = packed(result)
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            raise UnfitError(
                f"{self._tables.name}: this result cannot be written ({error})"
            ) from error
        drop = "DELETE FROM company WHERE run_id = ? AND name = ?"
        query = (
            "INSERT INTO company (run_id, name, website, complete, result, digest) "
            "VALUES (?, ?, ?, ?, ?, ?)"
        )
        row = (run_id, company.name, company.website, int(result.complete), text, digest)
        # Dropped and added anew, as the order of rows is that in which results were saved.
        self._tables.write((drop, (run_id, company.name)), (query, row))

    def finish(self, run_id: str, finished_at: datetime) -> None:
        """Set the time of the run's end, and take back that its reports were written."""
        query = "UPDATE run SET finished_at = ?, reported_at = NULL WHERE id = ?"
        self._tables.write((query, (finished_at.isoformat(), run_id)))

    def reported(self, run_id: str, reported_at: datetime) -> None:
        """Set the time at which the reports of a run were in their place."""
        query = "UPDATE run SET reported_at = ? WHERE id = ?"
        self._tables.write((query, (reported_at.isoformat(), run_id)))

    def ids(self) -> tuple[str, ...]:
        """Give the ids of all runs by `run.number`, the lowest first."""
        return tuple(str(row[0]) for row in self._tables.rows("SELECT id FROM run ORDER BY number"))

    def companies(self) -> tuple[tuple[str, str], ...]:
        """Give (run, name) of each company's row, and (run, "") for a run that has no such row."""
        rows = self._tables.rows(
            "SELECT run.id, coalesce(name, '') FROM run "
            "LEFT JOIN company ON company.run_id = run.id ORDER BY number, company.rowid"
        )
        return tuple((str(row[0]), str(row[1])) for row in rows)

    def runs(self) -> tuple[RunSummary, ...]:
        """Summarise every run; each row of a company is checked against its digest."""
        rows = self._tables.rows(
            "SELECT id, as_of, started_at, finished_at, reported_at, rules_version, "
            "CAST(competitors AS BLOB) FROM run ORDER BY number"
        )
        return tuple(
            summary_of(str(row[0]), row[1:], self._tables.states(str(row[0]))) for row in rows
        )

    def load(self, run_id: str, keep: Keep = in_memory) -> Snapshot:
        """Read the rows of a run; where its list is damaged the companies' results stand in."""
        rows = self._tables.rows(
            "SELECT as_of, started_at, finished_at, version, rules_version, reading, "
            "CAST(competitors AS BLOB) FROM run WHERE id = ?",
            run_id,
        )
        if not rows:
            raise StoreError(f"{self._tables.name}: no run {run_id!r} in the history")
        results, notes = self._tables.results(run_id, keep)
        try:
            run = run_of(run_id, rows[0])
        except DamagedError as error:
            raise StoreError(
                f"{self._tables.name}: run {run_id} is damaged ({error}); choose another with "
                "--run, or begin a new one without --resume"
            ) from error
        try:
            competitors = competitors_of(rows[0][6])
        except DamagedError as error:
            notes.append(damage(LIST, run_id, error))
            companies = tuple(result.company for result in results.values())
            competitors = Competitors(path=Path(self._tables.name), companies=companies)
        ordered = tuple(
            results[company.name] for company in competitors.in_order if company.name in results
        )
        return Snapshot(run=run, competitors=competitors, results=ordered, notes=tuple(notes))

    def lists(self) -> tuple[ListedRun, ...]:
        """Read the list of every run; that of a damaged one comes from its companies' rows."""
        rows = self._tables.rows(
            "SELECT id, finished_at IS NOT NULL, CAST(competitors AS BLOB) FROM run ORDER BY number"
        )
        saved = dict[str, list[str]]()
        for run, website in self._tables.rows("SELECT run_id, website FROM company"):
            saved.setdefault(str(run), []).append(str(website))
        return tuple(listed(str(row[0]), row[1:], saved.get(str(row[0]), ())) for row in rows)

    def broken(self, competitors: Competitors, among: Collection[str] | None = None) -> str | None:
        """Look at the newest run with the same fingerprint: at its reports and its rows.

        A run is reported after its end only, so that the time of the reports tells of both.
        """
        rows = self._tables.rows(
            "SELECT id, reported_at, (SELECT count(*) FROM company WHERE run_id = run.id) "
            "FROM run WHERE fingerprint = ? ORDER BY number DESC",
            fingerprint(competitors),
        )
        newest = next((row for row in rows if among is None or str(row[0]) in among), None)
        if newest is None:
            return None
        run_id, reported_at, saved = newest
        whole = reported_at is not None and saved == len(competitors.companies)
        return None if whole else str(run_id)

    def before(self, run_id: str, company: Company) -> CompanyResult | None:
        """Give the result of `earlier`, without what is said of damage."""
        return self.earlier(run_id, company).result

    def earlier(self, run_id: str, company: Company) -> Earlier:
        """Read the company's rows of the runs before, one after the other as they are needed."""
        try:
            runs = runs_before(run_id, self.ids())
            names = dict[str, list[str]]()  # two companies of a run may share a website
            for run, name in self.visits(company.website):
                names.setdefault(run, []).append(name)
        except StoreError as error:
            return Earlier(notes=(unread(error),))
        return joined(self._tables.result(run, name) for run in runs for name in names.get(run, ()))

    def visits(self, website: str) -> tuple[tuple[str, str], ...]:
        """Give the rows of a website by `run.number`, those of one run as they were saved."""
        rows = self._tables.rows(
            "SELECT run_id, name FROM company JOIN run ON run.id = run_id WHERE website = ? "
            "ORDER BY number, company.rowid",
            website,
        )
        return tuple((str(run), str(name)) for run, name in rows)

    def records(self, run_id: str, name: str) -> frozenset[str]:
        """Look for the places in the text of the row, without reading the result itself."""
        query = "SELECT CAST(result AS BLOB) FROM company WHERE run_id = ? AND name = ?"
        rows = self._tables.rows(query, run_id, name)
        return frozenset[str]().union(*(records_in(bytes_of(row[0])) for row in rows))

    def keep_again(
        self, run_id: str, rules: str, results: Mapping[str, CompanyResult | None]
    ) -> None:
        """Replace the rows of a run in the table `again`, in one transaction."""
        try:
            rows = [
                (run_id, name, rules, *(packed(result) if result is not None else ("", "")))
                for name, result in results.items()
            ]
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            raise UnfitError(
                f"{self._tables.name}: this result cannot be written ({error})"
            ) from error
        query = "INSERT INTO again (run_id, name, rules, result, digest) VALUES (?, ?, ?, ?, ?)"
        self._tables.write(
            ("DELETE FROM again WHERE run_id = ?", (run_id,)), *((query, row) for row in rows)
        )

    def again(self, run_id: str, rules: str) -> Mapping[str, CompanyResult | None]:
        """Read the rows of the table `again`; each is checked against its digest."""
        rows = self._tables.rows(
            "SELECT name, CAST(result AS BLOB), digest FROM again WHERE run_id = ? AND rules = ? "
            "ORDER BY rowid",
            run_id,
            rules,
        )
        try:
            return {
                str(name): result_of((text, digest)) if text else None
                for name, text, digest in rows
            }
        except DamagedError:
            return {}

    def keep_by_hand(self, records: Iterable[HandRecord]) -> None:
        """Replace the rows of these ids in the table `hand_record`, in one transaction."""
        try:
            rows = [(each.id, each.company, *packed(each)) for each in records]
        except (TypeError, ValueError, OverflowError) as error:
            raise UnfitError(
                f"{self._tables.name}: this record cannot be written ({error})"
            ) from error
        query = "INSERT INTO hand_record (id, company, record, digest) VALUES (?, ?, ?, ?)"
        drop = "DELETE FROM hand_record WHERE id = ?"
        # Dropped and added anew, as the order of rows is that in which records came.
        self._tables.write(
            *((drop, (row[0],)) for row in rows),
            *((query, row) for row in {row[0]: row for row in rows}.values()),
        )

    def by_hand(self) -> tuple[HandRecord, ...]:
        """Read the rows of the table `hand_record`; each is checked against its digest."""
        query = "SELECT CAST(record AS BLOB), digest FROM hand_record ORDER BY rowid"
        return tuple(record for row in self._tables.rows(query) if (record := hand_record_of(row)))

    def erase(self, run_id: str | None, company: str | None) -> None:
        """Erase the rows, and what other rows tell of them."""
        erase_in(self._tables, run_id, company)

    def _free_id(self, wanted: str) -> str:
        """Give the id, or the next one that no run and no archive has: the clock may be set back.

        An archive may outlive its run, as where the history was moved away because of damage.
        """
        taken = {*self.ids(), *kept_evidence(self._data_dir).runs()}
        names = chain([wanted], (f"{wanted}-{number}" for number in count(2)))
        return next(name for name in names if name not in taken)
