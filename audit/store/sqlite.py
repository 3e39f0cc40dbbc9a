"""The history in one SQLite file of the data folder."""

import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

from audit.model.errors import StoreError
from audit.store.kept import KeptHistory
from audit.store.lock import Lock
from audit.store.reading import look_into
from audit.store.schema import connect
from audit.store.sqlite_tables import SqliteTables

FILE = "history.sqlite3"


class SqliteHistory(KeptHistory):
    """A history in a file of the data folder, whose lock is held while it is open for writing."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: Lock | None) -> None:
        """Wrap an open connection; `open` makes it. `lock` is released with the history."""
        super().__init__(SqliteTables(path, connection), path.parent)
        self._lock = lock

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

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close the file and give the lock back."""
        super().__exit__(kind, error, at)
        if self._lock is not None:
            self._lock.release()
