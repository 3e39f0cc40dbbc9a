"""The tables of a history in a PostgreSQL database; its faults come in words."""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, DBAPIError

from audit.model.errors import StoreError
from audit.store.history import DatabaseSaveError, UnfitError
from audit.store.postgres_faults import in_words
from audit.store.postgres_session import AwayError, Session
from audit.store.rows import Row
from audit.store.tables import Change, Tables

T = TypeVar("T")

_AS_BYTES = re.compile(r"CAST\((\w+) AS BLOB\)")
_ENDS_TABLE = re.compile(r"\n    \) STRICT;")
_IN_ORDER = ",\n        rowid BIGINT GENERATED ALWAYS AS IDENTITY\n    );"


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
