"""The history of a team in a PostgreSQL database, where several people audit at once.

In place of a data folder's lock each run has one of its own, which the server holds for as long as
the connection lives: whoever is killed or switched off lets go of it. `run_owner` says in words who
that is.
"""

import getpass
import secrets
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection

from audit.model.company import Competitors
from audit.model.errors import SaveError, StoreError
from audit.model.result import RunInfo
from audit.store.kept import KeptHistory
from audit.store.patience import Patience
from audit.store.postgres_schema import bring_up_to_date, check_readable, version_of
from audit.store.postgres_session import Session
from audit.store.postgres_tables import PostgresTables, TakenOverError, rows_on
from audit.store.reading import empty
from audit.store.sqlite_tables import SqliteTables
from config.database import Database

_BEGINNING = "a run begins"

_HELD = """
    SELECT run_id, who, host, to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), pid
    FROM run_owner JOIN pg_locks ON locktype = 'advisory' AND granted AND objsubid = 1
        AND (classid::bigint << 32 | objid::bigint) = lock
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
"""The runs that somebody is at work on, with the process of the server that holds the lock."""


class PostgresHistory(KeptHistory):
    """A history in a database; `audit.store.history` says what each method does."""

    def __init__(self, tables: PostgresTables, data_dir: Path) -> None:
        """Keep a history in open tables; `open` makes it."""
        super().__init__(tables, data_dir)
        self._database = tables
        self._token = secrets.token_hex(8)
        self._own: dict[str, int] = {}
        """The runs that are ours, with the process of the server that holds their lock for us."""
        tables.session.after = self._take_again

    @classmethod
    def open(cls, database: Database, data_dir: Path, *, write: bool = False) -> KeptHistory:
        """Open the history of a database; to read makes nothing, so that none is an empty one.

        Raises:
            StoreError: the database cannot be used.
        """
        tables = PostgresTables(Session(database, look_only=not write))
        try:
            if write:
                bring_up_to_date(tables)
            elif (version := version_of(tables)) == 0:
                tables.close()
                return KeptHistory(_none(database), data_dir)
            else:
                check_readable(tables, version)
        except BaseException:
            tables.close()
            raise
        return cls(tables, data_dir)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Let go of our runs and close the connection; where it is lost the server has let go."""
        if self._own:
            with suppress(SaveError):
                self._tables.write(("DELETE FROM run_owner WHERE token = ?", (self._token,)))
        super().__exit__(kind, error, at)

    @property
    def is_shared(self) -> bool:
        """Tell that lists of other machines have runs here."""
        return True

    @contextmanager
    def beginning(self) -> Iterator[None]:
        """Hold a lock of the server; who waits for it does so for some seconds only."""
        key = self._key(_BEGINNING)
        self._read("SELECT pg_advisory_lock(?)", key)
        try:
            yield
        finally:
            with suppress(StoreError):  # lost with the connection
                self._read("SELECT pg_advisory_unlock(?)", key)

    def at_work(self) -> Mapping[str, str]:
        """Read the rows of `run_owner` whose lock is held by somebody else."""
        rows = self._read(_HELD)
        return {
            str(run): f"{who} on {host} since {since} UTC"
            for run, who, host, since, _ in rows
            if run not in self._own
        }

    def begin(self, run: RunInfo, competitors: Competitors) -> RunInfo:
        """Add the row while nobody else begins, so that id and number are free; take the lock."""
        with self.beginning():
            begun = super().begin(run, competitors)
            self.go_on(begun.id)
            return begun

    def go_on(self, run_id: str) -> None:
        """Take the lock of a run, and write down that it is ours."""
        if run_id in self._own:
            return
        ((taken, pid),) = self._read(
            "SELECT pg_try_advisory_lock(?), pg_backend_pid()", self._key(run_id)
        )
        if not taken:
            who = self.at_work().get(run_id, "somebody else")
            raise StoreError(
                f"{self._tables.name}: run {run_id} is under way ({who}); wait until it is done"
            )
        try:
            self._tables.write(
                ("DELETE FROM run_owner WHERE run_id = ?", (run_id,)),
                (
                    "INSERT INTO run_owner (run_id, lock, token, who, host) VALUES (?, ?, ?, ?, ?)",
                    (run_id, self._key(run_id), self._token, _user(), socket.gethostname()),
                ),
            )
        except SaveError as error:
            raise StoreError(f"{error}. Nothing was fetched") from error
        self._own[run_id] = int(str(pid))

    def wait_with(self, patience: Patience) -> None:
        """Wait for a server that goes away, from now on."""
        self._database.session.wait_with(patience)

    def erase(self, run_id: str | None, company: str | None) -> None:
        """Erase the rows, then write the tables anew, so that no page of theirs holds them.

        Backups of the server, and its own log of what was written, are not ours to clear.
        """
        busy = self.at_work()
        for run in (each for each in busy if run_id in (None, each)):
            raise StoreError(
                f"{self._tables.name}: run {run} is under way ({busy[run]}); wait until it is done"
            )
        super().erase(run_id, company)
        # Of a run that was killed it still says who was at work on it.
        self._tables.write(
            ("DELETE FROM run_owner WHERE run_id NOT IN (SELECT id FROM run)", ()),
        )

        def anew(connection: Connection) -> None:
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.exec_driver_sql("VACUUM (FULL) run, company, again, hand_record")

        self._database.change(anew)

    def _read(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Read rows, as all of the history is read."""
        return self._tables.rows(query, *values)

    def _take_again(self, connection: Connection) -> None:
        """Take the locks of our runs again over a new connection.

        The server may not have noticed yet that our old one is dead; then it is ended there.

        Raises:
            TakenOverError: somebody else has gone on with a run meanwhile.
        """
        for run_id, old in self._own.items():
            owner = rows_on(
                connection, "SELECT token, who, host FROM run_owner WHERE run_id = ?", run_id
            )
            if not owner or owner[0][0] != self._token:
                who = f" ({owner[0][1]} on {owner[0][2]})" if owner else ""
                raise TakenOverError(f"somebody else has gone on with run {run_id} meanwhile{who}")
            rows_on(
                connection,
                "SELECT pg_terminate_backend(pid, 2000) FROM pg_locks WHERE locktype = 'advisory' "
                "AND pid = ? AND granted AND objsubid = 1 "
                "AND (classid::bigint << 32 | objid::bigint) = ?",
                *(old, self._key(run_id)),
            )
            ((taken, pid),) = rows_on(
                connection,
                "SELECT pg_try_advisory_lock(?), pg_backend_pid()",
                self._key(run_id),
            )
            if not taken:
                raise TakenOverError(f"somebody else holds run {run_id} by now")
            self._own[run_id] = int(str(pid))

    def _key(self, what: str) -> int:
        """Return the number by which the server knows a lock: one of a schema, of 64 bits."""
        name = f"social-audit/{self._database.session.schema}/{what}"
        return int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)


def _none(database: Database) -> SqliteTables:
    """Return the tables of a history in which there is nothing, named as the database is."""
    tables = SqliteTables(Path(), empty())
    tables.name = database.shown
    return tables


def _user() -> str:
    """Return who is at work, as the system calls the person."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"
