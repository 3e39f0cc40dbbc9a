"""The history: every run, one transaction a company; nothing is ever overwritten."""

import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from audit.model.company import Company, Competitors
from audit.model.errors import SaveError, StoreError
from audit.model.result import CompanyResult, RunInfo, Snapshot
from audit.model.visit import Note
from audit.store.files import ARCHIVE
from audit.store.lock import Lock
from audit.store.reading import look_into
from audit.store.rows import (
    DamagedError,
    Earlier,
    RunSummary,
    competitors_of,
    damage,
    fingerprint,
    joined,
    packed,
    run_of,
    summary_of,
    unread,
)
from audit.store.schema import connect
from audit.store.tables import Tables

FILE = "history.sqlite3"
RECENT = 4
"""So many runs are looked at for the channels of a company: one bad quarter hides none."""


class Store:
    """An open history; use it with `with`."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: Lock | None) -> None:
        """Wrap an open connection; made by `open`."""
        self._path, self._lock = path, lock
        self._tables = Tables(path, connection)

    @classmethod
    def open(cls, data_dir: Path, *, write: bool = False) -> Self:
        """Open the history of a data folder; to write takes its lock, to read makes nothing.

        Raises:
            StoreError: the lock is held, or the history cannot be used.
        """
        path = data_dir / FILE
        if not write:
            return cls(path, look_into(path), None)
        lock = Lock(data_dir)
        lock.take()
        try:
            return cls(path, connect(path), lock)
        except StoreError:
            lock.release()
            raise

    def __enter__(self) -> Self:
        """Give the store."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close the file and give the lock back."""
        self._tables.close()
        if self._lock is not None:
            self._lock.release()

    def begin(self, run: RunInfo, competitors: Competitors) -> RunInfo:
        """Write down that a run has begun; give it with an id that no other run has.

        Raises:
            StoreError: the history cannot be written to.
        """
        run = replace(run, id=self._free(run.id))
        try:
            self._tables.write(
                "INSERT INTO run (id, as_of, started_at, version, rules_version, fingerprint, "
                "competitors, number) VALUES (?, ?, ?, ?, ?, ?, ?, "
                "(SELECT coalesce(max(number), 0) + 1 FROM run))",
                (
                    run.id,
                    run.as_of.isoformat(),
                    run.started_at.isoformat(),
                    run.version,
                    run.rules_version,
                    fingerprint(competitors),
                    packed(competitors)[0],
                ),
            )
        except SaveError as error:
            raise StoreError(f"{error}. Nothing was fetched") from error
        return run

    def save(self, run_id: str, result: CompanyResult) -> None:
        """Save one company, whole or not at all.

        Raises:
            SaveError: it could not be saved; the history is as it was.
        """
        company = result.company
        try:
            kept = packed(result)
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            raise SaveError(f"{self._path}: this result cannot be written ({error})") from error
        self._tables.write(
            "INSERT OR REPLACE INTO company (run_id, name, website, complete, result, digest) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (run_id, company.name, company.website, int(result.complete), *kept),
        )

    def finish(self, run_id: str, finished_at: datetime) -> None:
        """Write down that a run is over, and that its reports are still to be written.

        Raises:
            SaveError: it could not be written.
        """
        self._tables.write(
            "UPDATE run SET finished_at = ?, reported_at = NULL WHERE id = ?",
            (finished_at.isoformat(), run_id),
        )

    def reported(self, run_id: str, reported_at: datetime) -> None:
        """Write down that the reports of a run are in their place.

        Raises:
            SaveError: it could not be written.
        """
        self._tables.write(
            "UPDATE run SET reported_at = ? WHERE id = ?", (reported_at.isoformat(), run_id)
        )

    def ids(self) -> tuple[str, ...]:
        """All runs, in the order in which they began."""
        return tuple(str(row[0]) for row in self._tables.rows("SELECT id FROM run ORDER BY number"))

    def companies(self) -> tuple[tuple[str, str], ...]:
        """Each company of each run as (run, name); the name is "" in a run that has none."""
        rows = self._tables.rows(
            "SELECT run.id, coalesce(name, '') FROM run "
            "LEFT JOIN company ON company.run_id = run.id ORDER BY number, company.rowid"
        )
        return tuple((str(row[0]), str(row[1])) for row in rows)

    def runs(self) -> tuple[RunSummary, ...]:
        """All runs in the order in which they began, each with what of it is damaged."""
        rows = self._tables.rows(
            "SELECT id, as_of, started_at, finished_at, reported_at, rules_version, "
            "CAST(competitors AS BLOB) FROM run ORDER BY number"
        )
        return tuple(
            summary_of(str(row[0]), row[1:], self._tables.states(str(row[0]))) for row in rows
        )

    def load(self, run_id: str) -> Snapshot:
        """Load a run with the companies that can be read, own first; the notes name the others.

        Raises:
            StoreError: there is no such run, or it cannot be read.
        """
        rows = self._tables.rows(
            "SELECT as_of, started_at, finished_at, version, rules_version, "
            "CAST(competitors AS BLOB) FROM run WHERE id = ?",
            run_id,
        )
        if not rows:
            raise StoreError(f"{self._path}: no run {run_id!r} in the history")
        found, notes = self._tables.results(run_id)
        try:
            run = run_of(run_id, rows[0])
        except DamagedError as error:
            raise StoreError(
                f"{self._path}: run {run_id} is damaged ({error}); choose another with --run, "
                "or begin a new one without --resume"
            ) from error
        try:
            competitors = competitors_of(rows[0][5])
        except DamagedError as error:
            notes.append(damage("list of companies", run_id, error))
            known = tuple(result.company for result in found.values())
            competitors = Competitors(path=self._path, companies=known)
        results = tuple(found[each.name] for each in competitors.in_order if each.name in found)
        return Snapshot(run=run, competitors=competitors, results=results, notes=tuple(notes))

    def latest(self) -> str | None:
        """The last run that was finished."""
        rows = self._tables.rows(
            "SELECT id FROM run WHERE finished_at IS NOT NULL ORDER BY number DESC LIMIT 1"
        )
        return str(rows[0][0]) if rows else None

    def broken(self, competitors: Competitors) -> str | None:
        """The last run over the same companies, where its end, a company or a report is missing."""
        rows = self._tables.rows(
            "SELECT id, reported_at, (SELECT count(*) FROM company WHERE run_id = run.id) "
            "FROM run WHERE fingerprint = ? ORDER BY number DESC LIMIT 1",
            fingerprint(competitors),
        )
        if not rows:
            return None
        whole = rows[0][1] is not None and rows[0][2] == len(competitors.companies)
        return None if whole else str(rows[0][0])

    def before(self, run_id: str, company: Company) -> CompanyResult | None:
        """What the newest run before this one knew of a company."""
        return self.earlier(run_id, company).result

    def earlier(self, run_id: str, company: Company) -> Earlier:
        """What the runs before this one knew of a company, by its website.

        Channels that the newest did not see, as where the site was down, are taken from the three
        runs before it: one bad quarter makes nothing unknown.
        """
        try:
            rows = self._tables.rows(
                "SELECT run_id, name FROM company JOIN run ON run.id = run_id WHERE website = ? "
                "AND number < coalesce((SELECT number FROM run WHERE id = ?), 1 << 62) "
                "ORDER BY number DESC",
                company.website,
                run_id,
            )
        except StoreError as error:
            return Earlier(notes=(unread(error),))
        found, notes = list[CompanyResult](), list[Note]()
        for each in rows:
            if len(found) == RECENT:
                break
            result = self._tables.result(str(each[0]), str(each[1]))
            if isinstance(result, Note):
                notes.append(result)
            else:
                found.append(result)
        return Earlier(result=joined(found), notes=tuple(notes))

    def _free(self, wanted: str) -> str:
        """The id, or the next one that no run and no archive has: the clock may be set back."""
        taken, archives = set(self.ids()), self._path.parent / ARCHIVE
        names = (wanted, *(f"{wanted}-{number}" for number in range(2, 1_000_000)))
        return next(name for name in names if name not in taken and not (archives / name).exists())
