"""The history: every run, one transaction a company; nothing is ever overwritten."""

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from audit.model.company import Company, Competitors
from audit.model.errors import SaveError, StoreError
from audit.model.presence import Channel
from audit.model.result import CompanyResult, RunInfo, Snapshot
from audit.store.codec import dumps, loads
from audit.store.lock import Lock
from audit.store.schema import connect

FILE = "history.sqlite3"
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """A run as `audit history` lists it."""

    id: str
    as_of: datetime
    started_at: datetime
    finished_at: datetime | None
    companies: int
    complete: int
    rules_version: str


class Store:
    """An open history; use it with `with`."""

    def __init__(self, connection: sqlite3.Connection, lock: Lock | None) -> None:
        """Wrap an open connection; made by `open`."""
        self._connection, self._lock = connection, lock

    @classmethod
    def open(cls, data_dir: Path, *, write: bool = False) -> Self:
        """Open the history of a data folder; writing takes the folder's lock.

        Raises:
            StoreError: the lock is held, or the history cannot be used.
        """
        lock = Lock(data_dir) if write else None
        if lock is not None:
            lock.take()
        try:
            return cls(connect(data_dir / FILE), lock)
        except StoreError:
            if lock is not None:
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
        self._connection.close()
        if self._lock is not None:
            self._lock.release()

    def begin(self, run: RunInfo, competitors: Competitors) -> None:
        """Write down that a run has begun."""
        self._write(
            "INSERT INTO run VALUES (?, ?, ?, NULL, ?, ?, ?, ?)",
            (
                run.id,
                run.as_of.isoformat(),
                run.started_at.isoformat(),
                run.version,
                run.rules_version,
                fingerprint(competitors),
                dumps(competitors),
            ),
        )

    def save(self, run_id: str, result: CompanyResult) -> None:
        """Save one company, whole or not at all.

        Raises:
            SaveError: it could not be saved; the history is as it was.
        """
        company = result.company
        self._write(
            "INSERT OR REPLACE INTO company VALUES (?, ?, ?, ?, ?)",
            (run_id, company.name, company.website, int(result.complete), dumps(result)),
        )

    def finish(self, run_id: str, finished_at: datetime) -> None:
        """Write down that a run is over."""
        self._write(
            "UPDATE run SET finished_at = ? WHERE id = ?", (finished_at.isoformat(), run_id)
        )

    def runs(self) -> tuple[RunSummary, ...]:
        """All runs, the newest last."""
        rows = self._rows(
            "SELECT run.id, as_of, started_at, finished_at, count(company.name), "
            "coalesce(sum(company.complete), 0), rules_version FROM run "
            "LEFT JOIN company ON company.run_id = run.id "
            "GROUP BY run.id ORDER BY started_at, run.id",
            (),
        )
        return tuple(
            RunSummary(
                id=str(row[0]),
                as_of=datetime.fromisoformat(str(row[1])),
                started_at=datetime.fromisoformat(str(row[2])),
                finished_at=datetime.fromisoformat(str(row[3])) if row[3] else None,
                companies=int(str(row[4])),
                complete=int(str(row[5])),
                rules_version=str(row[6]),
            )
            for row in rows
        )

    def load(self, run_id: str) -> Snapshot:
        """Load a run with the companies that it has, own first.

        Raises:
            StoreError: there is no such run, or it cannot be read.
        """
        rows = self._rows(
            "SELECT as_of, started_at, finished_at, version, rules_version, competitors FROM run "
            "WHERE id = ?",
            (run_id,),
        )
        if not rows:
            raise StoreError(f"no run {run_id!r} in the history")
        as_of, started_at, finished_at, version, rules_version, text = rows[0]
        run = RunInfo(
            id=run_id,
            as_of=datetime.fromisoformat(str(as_of)),
            started_at=datetime.fromisoformat(str(started_at)),
            finished_at=datetime.fromisoformat(str(finished_at)) if finished_at else None,
            version=str(version),
            rules_version=str(rules_version),
        )
        competitors = _read(str(text), Competitors)
        found = {
            result.company.name: result
            for row in self._rows("SELECT result FROM company WHERE run_id = ?", (run_id,))
            for result in (_read(str(row[0]), CompanyResult),)
        }
        results = tuple(found[each.name] for each in competitors.in_order if each.name in found)
        return Snapshot(run=run, competitors=competitors, results=results)

    def latest(self) -> str | None:
        """The last run that was finished."""
        rows = self._rows(
            "SELECT id FROM run WHERE finished_at IS NOT NULL "
            "ORDER BY started_at DESC, id DESC LIMIT 1",
            (),
        )
        return str(rows[0][0]) if rows else None

    def broken(self, competitors: Competitors) -> str | None:
        """The last run over the same companies, if it was broken off."""
        rows = self._rows(
            "SELECT id, finished_at FROM run WHERE fingerprint = ? "
            "ORDER BY started_at DESC LIMIT 1",
            (fingerprint(competitors),),
        )
        return str(rows[0][0]) if rows and rows[0][1] is None else None

    def before(self, run_id: str, company: Company) -> CompanyResult | None:
        """What the newest run before this one knew of a company, by its website.

        Channels that it did not see, as where the site was down, are taken from the three runs
        before it: one bad quarter makes nothing unknown.
        """
        rows = self._rows(
            "SELECT result FROM company WHERE website = ? AND run_id < ? "
            "ORDER BY run_id DESC LIMIT 4",
            (company.website, run_id),
        )
        found = [_read(str(row[0]), CompanyResult) for row in rows]
        channels: dict[str, Channel] = {}
        for channel in (each for result in found for each in result.channels):
            key = f"{channel.platform} {channel.account or channel.url.casefold()}"
            channels.setdefault(key, channel)
        return replace(found[0], channels=tuple(channels.values())) if found else None

    def _rows(self, query: str, values: tuple[str, ...]) -> list[tuple[object, ...]]:
        try:
            with closing(self._connection.execute(query, values)) as cursor:
                return list(cursor.fetchall())
        except sqlite3.Error as error:
            raise StoreError(f"the history cannot be read ({error})") from error

    def _write(self, query: str, values: tuple[object, ...]) -> None:
        try:
            with self._connection:
                self._connection.execute(query, values)
        except sqlite3.Error as error:
            raise SaveError(f"the history could not be written ({error})") from error


def fingerprint(competitors: Competitors) -> str:
    """What makes two lists the same work: the companies' names and websites."""
    named = "\n".join(f"{each.name}\t{each.website}" for each in competitors.companies)
    return hashlib.sha256(named.encode()).hexdigest()[:16]


def _read(text: str, kind: type[T]) -> T:
    try:
        return loads(text, kind)
    except (ValueError, TypeError, KeyError) as error:
        raise StoreError(f"a result in the history cannot be read ({error})") from error
