"""The rows of an open history: each read for itself, so that a damaged one costs only itself."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from audit.model.errors import SaveError, StoreError
from audit.model.result import CompanyResult
from audit.model.visit import Note
from audit.store.faults import in_words
from audit.store.history import UnfitError, damage
from audit.store.rows import DamagedError, Row, result_of, sound


class Tables:
    """An open history as rows; its faults come in words."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Wrap an open connection, and remember which file it writes to.

        Bytes that are no UTF-8 are read as replacement signs: by default sqlite3 raises on them,
        and one damaged cell would take all rows of a query along.
        """
        self._path, self._connection = path, connection
        self._place = _place(path)
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")

    def close(self) -> None:
        """Close the file; a disk that refuses even that has kept what was committed."""
        with suppress(sqlite3.Error):
            self._connection.close()

    def results(self, run_id: str) -> tuple[dict[str, CompanyResult], list[Note]]:
        """Read the results of a run by company's name, and name those that are damaged."""
        results, notes = dict[str, CompanyResult](), list[Note]()
        for row in self.rows("SELECT name FROM company WHERE run_id = ? ORDER BY rowid", run_id):
            name = str(row[0])
            result = self.result(run_id, name)
            if isinstance(result, Note):
                notes.append(result)
            else:
                results[name] = result
        return results, notes

    def result(self, run_id: str, name: str) -> CompanyResult | Note:
        """Read the result of a company in a run; a note says that it is damaged."""
        try:
            (row,) = self._kept(run_id, name)
            return result_of(row)
        except (DamagedError, StoreError, ValueError) as error:  # ValueError: there is no such row
            return damage(name, run_id, error)

    def states(self, run_id: str) -> dict[str, tuple[bool, bool]]:
        """Tell of each company of a run whether it is complete, and whether its row is sound."""
        rows = self.rows("SELECT name, complete FROM company WHERE run_id = ?", run_id)
        return {str(row[0]): (bool(row[1]), self.sound(run_id, str(row[0]))) for row in rows}

    def sound(self, run_id: str, name: str) -> bool:
        """Tell whether the row of a company in a run is what was saved."""
        try:
            (row,) = self._kept(run_id, name)
            return sound(row)
        except (StoreError, ValueError):  # ValueError: there is no such row
            return False

    def _kept(self, run_id: str, name: str) -> list[Row]:
        """Find the row of a company in a run: its result as it lies in the file, and the digest.

        As a blob, because text would have its damaged bytes replaced before the digest is taken.
        """
        query = "SELECT CAST(result AS BLOB), digest FROM company WHERE run_id = ? AND name = ?"
        return self.rows(query, run_id, name)

    def rows(self, query: str, *values: str) -> list[Row]:
        """Read all rows of a query.

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

    def write(self, *changes: tuple[str, tuple[object, ...]]) -> None:
        """Make changes, each a query with its values, in one transaction: all of them or none.

        Raises:
            UnfitError: a value cannot be written down.
            SaveError: it could not be written, or lies no more where it lay.
        """
        try:
            with self._connection:
                for query, values in changes:
                    self._connection.execute(query, values)
        except sqlite3.Error as error:
            raise SaveError(
                f"{self._path}: the history could not be written: {in_words(error)}"
            ) from error
        except (ValueError, OverflowError) as error:  # half a character, or a figure without end
            raise UnfitError(f"{self._path}: this result cannot be written ({error})") from error
        if _place(self._path) != self._place:
            raise SaveError(f"{self._path}: the history is gone from its place")


def _place(path: Path) -> tuple[int, int] | None:
    """Tell which file lies under a path now, as device and inode; None where there is none.

    Unix lets a program write into a file that was deleted, and nothing would say that it is lost.
    """
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
