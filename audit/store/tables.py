"""The rows of an open history: each read for itself, so that a damaged one costs only itself."""

from abc import ABC, abstractmethod
from collections.abc import Iterable

from audit.model.errors import StoreError
from audit.model.result import CompanyResult
from audit.model.visit import Note
from audit.store.aside import Keep, in_memory
from audit.store.history import damage
from audit.store.rows import DamagedError, Row, result_of, sound

Change = tuple[str, tuple[object, ...]]
"""A query that changes rows, with its values."""


class Tables(ABC):
    """An open history as rows; its faults come in words.

    Queries are in what SQLite and PostgreSQL have in common, with `?` for each value, and with
    `CAST(column AS BLOB)` where a text is wanted as it lies in the file: its bytes may be damaged.
    """

    def __init__(self, name: str) -> None:
        """Take what the history is called in messages: a path, or an address without password."""
        self.name = name

    @abstractmethod
    def close(self) -> None:
        """Close it; what was committed is kept."""

    @abstractmethod
    def rows(self, query: str, *values: object) -> list[Row]:
        """Read all rows of a query.

        Raises:
            StoreError: they cannot be read.
        """

    @abstractmethod
    def write_all(self, changes: Iterable[Change]) -> None:
        """Make changes in one transaction, as they come: all of them or none.

        Raises:
            UnfitError: a value cannot be written down.
            SaveError: it could not be written, or lies no more where it lay.
        """

    def write(self, *changes: Change) -> None:
        """Make some changes, as `write_all` does."""
        self.write_all(changes)

    def results(
        self, run_id: str, keep: Keep = in_memory
    ) -> tuple[dict[str, CompanyResult], list[Note]]:
        """Read the results of a run by company's name, and name those that are damaged."""
        results, notes = dict[str, CompanyResult](), list[Note]()
        for row in self.rows("SELECT name FROM company WHERE run_id = ? ORDER BY rowid", run_id):
            name = str(row[0])
            result = self.result(run_id, name)
            if isinstance(result, Note):
                notes.append(result)
            else:
                results[name] = keep(result)
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
