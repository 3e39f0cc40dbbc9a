"""The tables of a history in a PostgreSQL database; its faults come in words."""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, DBAPIError

from audit.model.errors import StoreError
from audit.model.result import CompanyResult
from audit.model.visit import Note
from audit.store.aside import Keep, in_memory
from audit.store.history import DatabaseSaveError, UnfitError, damage
from audit.store.postgres_faults import in_words
from audit.store.postgres_session import AwayError, Session
from audit.store.rows import DamagedError, Row, result_of
from audit.store.tables import Change, Tables

T = TypeVar("T")

_AS_BYTES = re.compile(r"CAST\((\w+) AS BLOB\)")
_ENDS_TABLE = re.compile(r"\n    \) STRICT;")
_IN_ORDER = ",\n        rowid BIGINT GENERATED ALWAYS AS IDENTITY\n    );"


_SOME = (
    "SELECT name, result, digest, rowid FROM company WHERE run_id = ? AND rowid > ? "
    "ORDER BY rowid LIMIT 20"
)
_STATES = (
    "SELECT name, complete, "
    "digest = left(encode(sha256(convert_to(result, 'UTF8')), 'hex'), 32), digest <> '' "
    "FROM company WHERE run_id = ?"
)


class TakenOverError(Exception):
    """Somebody else has taken a run of ours while the server was away."""


def spoken(query: str) -> str:
    """Say in PostgreSQL's words what is said in SQLite's.

    PostgreSQL lets in no text that is no UTF-8, so that no bytes need be asked for. It has no
    order of rows but what a column tells, so each table gets SQLite's `rowid`.
    """
    query = _ENDS_TABLE.sub(_IN_ORDER, query)
    return _AS_BYTES.sub(r"\1", query).replace("?", "%s")


class PostgresTables(Tables):
    """The tables of a database; `audit.store.tables` says what each method does."""

    def __init__(self, session: Session) -> None:
        """Ask over an open session."""
        super().__init__(session.name)
        self.session = session

    def close(self) -> None:
        """End the session."""
        self.session.close()

    def rows(self, query: str, *values: object) -> list[Row]:
        """Read all rows of a query."""
        return self.read(lambda connection: rows_on(connection, query, *values))

    def results(
        self, run_id: str, keep: Keep = in_memory
    ) -> tuple[dict[str, CompanyResult], list[Note]]:
        """Read the results of a run some at a time: each question takes its time over a network."""
        results, notes, last = dict[str, CompanyResult](), list[Note](), -1
        while rows := self.rows(_SOME, run_id, last):
            for name, text, digest, rowid in rows:
                last = int(str(rowid))
                try:
                    results[str(name)] = keep(result_of((text, digest)))
                except DamagedError as error:
                    notes.append(damage(str(name), run_id, error))
        return results, notes

    def states(self, run_id: str) -> dict[str, tuple[bool, bool]]:
        """Have the server hold the results against their digests, so that none has to come here."""
        return {
            str(name): (bool(complete), bool(same) if has_digest else self.sound(run_id, str(name)))
            for name, complete, same, has_digest in self.rows(_STATES, run_id)
        }

    def read(self, work: Callable[[Connection], T]) -> T:
        """Do what reads, in words where it fails.

        Raises:
            StoreError: it cannot be read.
        """
        try:
            return self.session.do(work)
        except DBAPIError as error:
            raise StoreError(
                f"{self.name}: the history cannot be read: {in_words(error)}"
            ) from error
        except (AwayError, TakenOverError) as error:
            raise StoreError(f"{self.name}: {error}") from error

    def write_all(self, changes: Iterable[Change]) -> None:
        """Make changes in one transaction; changes that come only once are tried only once."""

        def written(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN")
            for query, values in changes:
                connection.exec_driver_sql(spoken(query), values or None)
            connection.exec_driver_sql("COMMIT")

        self.change(written)

    def change(self, work: Callable[[Connection], T]) -> T:
        """Do what changes something, in words where it fails.

        Raises:
            UnfitError: a value cannot be written down.
            SaveError: it could not be written.
        """
        try:
            return self.session.do(work)
        except DataError as error:
            raise UnfitError(f"{self.name}: this cannot be written ({error.orig})") from error
        except DBAPIError as error:
            words = f"{self.name}: the history could not be written: {in_words(error)}"
            raise DatabaseSaveError(words) from error
        except (AwayError, TakenOverError) as error:
            raise DatabaseSaveError(f"{self.name}: {error}") from error
        except (ValueError, OverflowError) as error:  # half a character, or a sign that no text has
            raise UnfitError(f"{self.name}: this result cannot be written ({error})") from error


def rows_on(connection: Connection, query: str, *values: object) -> list[Row]:
    """Read all rows of a query over a connection."""
    return [tuple(row) for row in connection.exec_driver_sql(spoken(query), values or None)]
