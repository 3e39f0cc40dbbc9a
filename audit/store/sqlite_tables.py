"""The tables of a history in an SQLite file; its faults come in words."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

from audit.model.errors import SaveError, StoreError
from audit.store.faults import in_words
from audit.store.history import UnfitError
from audit.store.rows import Row
from audit.store.tables import Change, Tables


class SqliteTables(Tables):
    """The tables of an open file; `audit.store.tables` says what each method does."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Wrap an open connection, and remember which file it writes to.

        Bytes that are no UTF-8 are read as replacement signs: by default sqlite3 raises on them,
        and one damaged cell would take all rows of a query along.
        """
        super().__init__(str(path))
        self._path, self._connection = path, connection
        self._place = _place(path)
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")

    def close(self) -> None:
        """Close the file; a disk that refuses even that has kept what was committed."""
        with suppress(sqlite3.Error):
            self._connection.close()

    def rows(self, query: str, *values: object) -> list[Row]:
        """Read all rows of a query."""
        try:
            with closing(self._connection.execute(query, values)) as cursor:
                return list(cursor.fetchall())
        except sqlite3.Error as error:
            raise StoreError(
                f"{self.name}: the history cannot be read: {in_words(error)}"
            ) from error

    def write_all(self, changes: Iterable[Change]) -> None:
        """Make changes in one transaction, and look whether they lie where the file lay."""
        try:
            with self._connection:
                for query, values in changes:
                    self._connection.execute(query, values)
        except sqlite3.Error as error:
            raise SaveError(
                f"{self.name}: the history could not be written: {in_words(error)}"
            ) from error
        except (ValueError, OverflowError) as error:  # half a character, or a figure without end
            raise UnfitError(f"{self.name}: this result cannot be written ({error})") from error
        if _place(self._path) != self._place:
            raise SaveError(f"{self.name}: the history is gone from its place")


def _place(path: Path) -> tuple[int, int] | None:
    """Tell which file lies under a path now, as device and inode; None where there is none.

    Unix lets a program write into a file that was deleted, and nothing would say that it is lost.
    """
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
