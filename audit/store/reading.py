"""Open a history only to look at it: nothing is made, nothing is changed, anywhere it lies."""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from audit.model.errors import StoreError
from audit.store.faults import in_words, primary
from audit.store.schema import BUSY_SECONDS, STEPS, migrate, version_of

_NO_JOURNAL = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
    }
)
"""What SQLite says where it cannot write the journal that even reading needs."""


def look_into(path: Path) -> sqlite3.Connection:
    """Open a history for reading; one that is not there is an empty one.

    Raises:
        StoreError: the file is no history, is damaged, or was written by a newer version.
    """
    try:
        if not path.exists():
            return _empty()
        return _up_to_date(*_first(path, _in_place, _sealed, _copied))
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path}: the history cannot be read: {in_words(error)}") from error


def _empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    migrate(connection, 0)
    return connection


def _first(
    path: Path, *ways: Callable[[Path], sqlite3.Connection | None]
) -> tuple[sqlite3.Connection, int]:
    """The first way in which the file can be opened, and its version."""
    failure: sqlite3.Error = sqlite3.OperationalError("unable to open database file")
    for way in ways:
        connection = way(path)
        if connection is None:
            continue
        try:
            return connection, version_of(connection, path)
        except sqlite3.Error as error:
            connection.close()
            if primary(error) not in _NO_JOURNAL:
                raise
            failure = error
        except StoreError:
            connection.close()
            raise
    raise failure


def _in_place(path: Path) -> sqlite3.Connection:
    """As a program that may write: it alone clears its journal away when it leaves."""
    return _opened(path, "mode=rw")


def _sealed(path: Path) -> sqlite3.Connection | None:
    """As a file that cannot change; not where a journal holds what the file does not."""
    return _opened(path, "mode=ro&immutable=1") if not _journal(path) else None


def _copied(path: Path) -> sqlite3.Connection:
    """From a copy in memory, made where a killed run left a journal in a folder not ours."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        shutil.copyfile(_journal_of(path), _journal_of(copy))
        with closing(sqlite3.connect(copy)) as source:
            return _in_memory(source)


def _up_to_date(connection: sqlite3.Connection, version: int) -> sqlite3.Connection:
    """Bring an older history up to date in memory; the file is left to the next run."""
    if version == len(STEPS):
        return connection
    with closing(connection):
        memory = _in_memory(connection)
    migrate(memory, version)
    return memory


def _in_memory(source: sqlite3.Connection) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:")
    source.backup(memory)
    return memory


def _opened(path: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, timeout=BUSY_SECONDS)


def _journal(path: Path) -> bool:
    try:
        return _journal_of(path).stat().st_size > 0
    except FileNotFoundError:
        return False


def _journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")
