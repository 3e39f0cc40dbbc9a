"""Open a history only to look at it: nothing is made, nothing is changed, anywhere it lies."""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from audit.model.errors import SaveError, StoreError
from audit.store.faults import DAMAGED, in_words, primary
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

_LOGS = ("-wal", "-journal")
"""The journals that hold what the history does not; the third file is only their index."""

_TRIES = 3
"""So often a copy is begun anew because a run wrote to the history while it was copied."""


def look_into(path: Path) -> sqlite3.Connection:
    """Open a history for reading; one that is not there is an empty one.

    Raises:
        StoreError: the file is no history, is damaged, or was written by a newer version.
    """
    try:
        if not path.exists():
            return empty()
        # In this order: opened in place, a killed run's journal is cleared away; sealed, the file
        # is read without what a journal holds.
        return _up_to_date(*_first(path, _copied, _in_place, _sealed))
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path}: the history cannot be read: {in_words(error)}") from error


def copied(path: Path, target: Path) -> None:
    """Copy a history as it is now into a new file, up to date and in one piece.

    Raises:
        StoreError: it cannot be read, or is damaged.
        SaveError: the copy cannot be written.
    """
    with closing(look_into(path)) as source:
        try:
            with closing(sqlite3.connect(target)) as copy:
                source.backup(copy)
                # A copy has the journal's mode of its source, and two more files with it.
                copy.execute("PRAGMA journal_mode = DELETE")
                copy.execute("VACUUM")
        except sqlite3.Error as error:
            # A copy is damaged where its source is; to move the copy away would help nobody.
            if primary(error) in DAMAGED:
                raise StoreError(
                    f"{path}: the history cannot be read: {in_words(error)}"
                ) from error
            raise SaveError(f"{target}: could not be written: {in_words(error)}") from error


def empty() -> sqlite3.Connection:
    """Make a history in memory that holds nothing."""
    connection = sqlite3.connect(":memory:")
    migrate(connection, 0)
    return connection


def _first(
    path: Path, *ways: Callable[[Path], sqlite3.Connection | None]
) -> tuple[sqlite3.Connection, int]:
    """Open the file in the first way that works, and tell its version.

    A way gives None where it does not apply. It is passed over where it fails for want of a
    journal; any other fault is the file's own and is raised.
    """
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


def _copied(path: Path) -> sqlite3.Connection | None:
    """Open a copy in memory, where a run left a journal: to open it in place clears it away.

    None where there is no journal, or where a run that goes on writes faster than can be copied:
    what was copied counts only if nothing was written meanwhile.
    """
    for _ in range(_TRIES):
        before = _states(path)
        if len(before) < 2:
            return None
        try:
            with tempfile.TemporaryDirectory() as folder:
                copy = Path(folder) / path.name
                for ending in ("", *_LOGS):
                    _copy(_beside(path, ending), _beside(copy, ending))
                if _states(path) == before:
                    with closing(sqlite3.connect(copy)) as source:
                        return _in_memory(source)
        except OSError:  # no room for a copy
            return None
        except sqlite3.Error as error:
            if primary(error) not in _NO_JOURNAL:
                raise
            return None
    return None


def _copy(source: Path, target: Path) -> None:
    """Copy a file, or do nothing where there is none."""
    with suppress(FileNotFoundError):
        shutil.copyfile(source, target)


def _states(path: Path) -> dict[str, tuple[int, int, int]]:
    """Tell the inode, size and time of the history and of each journal that is there, by ending.

    Two answers that are equal mean that nothing was written in between.
    """
    states = dict[str, tuple[int, int, int]]()
    for ending in ("", *_LOGS):
        with suppress(FileNotFoundError):
            state = _beside(path, ending).stat()
            states[ending] = (state.st_ino, state.st_size, state.st_mtime_ns)
    return states


def _in_place(path: Path) -> sqlite3.Connection:
    """Open the file as a program that may write, though nothing is written.

    SQLite makes a journal even to read; only who may write clears it away in the end.
    """
    return _opened(path, "mode=rw")


def _sealed(path: Path) -> sqlite3.Connection | None:
    """Open the file as one that cannot change, for which SQLite needs no journal.

    None where a journal holds what the file does not: it would not be read.
    """
    return _opened(path, "mode=ro&immutable=1") if not _has_journal(path) else None


def _up_to_date(connection: sqlite3.Connection, version: int) -> sqlite3.Connection:
    """Bring an older history up to date in memory; the file is left to the next run."""
    if version == len(STEPS):
        return connection
    with closing(connection):
        memory = _in_memory(connection)
    migrate(memory, version)
    return memory


def _in_memory(source: sqlite3.Connection) -> sqlite3.Connection:
    """Copy an open history into memory."""
    memory = sqlite3.connect(":memory:")
    source.backup(memory)
    return memory


def _opened(path: Path, options: str) -> sqlite3.Connection:
    """Open a file with options, such as `mode=ro`, that SQLite takes only in a URI."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?{options}", uri=True, timeout=BUSY_SECONDS)


def _has_journal(path: Path) -> bool:
    """Tell whether a history has a write-ahead log that holds anything."""
    try:
        return _beside(path, "-wal").stat().st_size > 0
    except FileNotFoundError:
        return False


def _beside(path: Path, ending: str) -> Path:
    """Name the file beside a history: `history.sqlite3-wal` for `-wal`, itself for nothing."""
    return path.with_name(f"{path.name}{ending}")
