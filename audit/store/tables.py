"""The rows of an open history: each read for itself, so that a damaged one costs only itself."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from audit.model.errors import SaveError, StoreError
from audit.model.result import CompanyResult
from audit.model.visit import Note
from audit.store.faults import in_words
from audit.store.rows import DamagedError, Row, damage, result_of, sound


class Tables:
    """An open history as rows; its faults come in words."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Wrap an open connection, and remember which file it writes to."""
        self._path, self._connection = path, connection
        self._place = _place(path)
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")

    def close(self) -> None:
        """Close the file; a disk that refuses even that has kept what was committed."""
        with suppress(sqlite3.Error):
            self._connection.close()

    def results(self, run_id: str) -> tuple[dict[str, CompanyResult], list[Note]]:
        """The results of a run by company, and what of them is damaged."""
        found, notes = dict[str, CompanyResult](), list[Note]()
        for row in self.rows("SELECT name FROM company WHERE run_id = ? ORDER BY rowid", run_id):
            result = self.result(run_id, str(row[0]))
            if isinstance(result, Note):
                notes.append(result)
            else:
                found[str(row[0])] = result
        return found, notes

    def result(self, run_id: str, name: str) -> CompanyResult | Note:
        """The result of a company in a run, or that it is damaged."""
        try:
            (row,) = self._kept(run_id, name)
            return result_of(row)
        except (DamagedError, StoreError, ValueError) as error:
            return damage(name, run_id, error)

    def states(self, run_id: str) -> dict[str, tuple[bool, bool]]:
        """Of each company of a run whether it is complete, and whether its row is sound."""
        names = self.rows("SELECT name, complete FROM company WHERE run_id = ?", run_id)
        return {str(each[0]): (bool(each[1]), self.sound(run_id, str(each[0]))) for each in names}

    def sound(self, run_id: str, name: str) -> bool:
        """Whether the row of a company in a run is what was saved."""
        try:
            (row,) = self._kept(run_id, name)
            return sound(row)
        except (StoreError, ValueError):
            return False

    def _kept(self, run_id: str, name: str) -> list[Row]:
        query = "SELECT CAST(result AS BLOB), digest FROM company WHERE run_id = ? AND name = ?"
        return self.rows(query, run_id, name)

    def rows(self, query: str, *values: str) -> list[Row]:
        """All rows of a query.

        Raises:
            StoreError: they cannot be read.
        """
        try:
            with closing(self._connection.execute(query, values)) as cursor:
                return list(cursor.fetchall())
        except sqlite3.Error as error:
            raise StoreError(
                f"{self._path}: the history cannot be read: {in_words(error)}"
            ) from error

    def write(self, query: str, values: tuple[object, ...]) -> None:
        """Change the history in one transaction.

        Raises:
            SaveError: it could not be written, or lies no more where it lay.
        """
        try:
            with self._connection:
                self._connection.execute(query, values)
        except sqlite3.Error as error:
            raise SaveError(
                f"{self._path}: the history could not be written: {in_words(error)}"
            ) from error
        except (ValueError, OverflowError) as error:  # half a character, or a figure without end
            raise SaveError(f"{self._path}: this result cannot be written ({error})") from error
        if _place(self._path) != self._place:
            raise SaveError(f"{self._path}: the history is gone from its place")


def _place(path: Path) -> tuple[int, int] | None:
    """Which file lies under a path now; writing to a deleted one would seem to succeed."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
