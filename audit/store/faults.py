"""Say in plain words why a file of the data folder could not be used, and what helps."""

import sqlite3
from collections.abc import Mapping

DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""The kinds of faults that lie in a file itself, on whatever disk it is."""

_MEND = ("it is damaged", "move the file away, or put a copy back")
_FAULTS: Mapping[int, tuple[str, str]] = {
    sqlite3.SQLITE_FULL: ("the disk is full", "make room on it"),
    sqlite3.SQLITE_READONLY: (
        "it cannot be written to",
        "allow writing there, or choose another folder with --data-dir",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "it cannot be opened",
        "look whether the folder is still there and may be written to",
    ),
    sqlite3.SQLITE_BUSY: ("another program is using it", "close that program"),
    sqlite3.SQLITE_LOCKED: ("another program is using it", "close that program"),
    sqlite3.SQLITE_IOERR: (
        "the disk refuses to read or write",
        "look whether there is room and the disk is still there",
    ),
    sqlite3.SQLITE_PERM: ("it may not be read", "ask for the right to read it"),
    **dict.fromkeys(DAMAGED, _MEND),
}


def primary(error: sqlite3.Error) -> int:
    """Give the kind of a fault, or 0 where SQLite names none.

    The low byte of SQLite's extended code is the kind (SQLITE_IOERR); the rest is a finer
    distinction (SQLITE_IOERR_WRITE).
    """
    code: int = getattr(error, "sqlite_errorcode", 0) or 0
    return code & 0xFF


def in_words(error: sqlite3.Error | OSError) -> str:
    """Say in one line what happened and what to do about it.

    Of an OSError the system's words are given without the path, which the caller names.
    """
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    words = _FAULTS.get(primary(error))
    return f"{words[0]}; {words[1]} ({error})" if words else str(error)
