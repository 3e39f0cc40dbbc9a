"""Erase runs and companies from the history file, so that no page of it holds them any more."""

import sqlite3
from contextlib import closing
from pathlib import Path

from audit.model.errors import SaveError
from audit.store.erasing import erase_in
from audit.store.faults import in_words
from audit.store.schema import connect
from audit.store.sqlite_tables import SqliteTables


def erase(path: Path, run: str | None, company: str | None) -> None:
    """Erase a company, or a whole run where no company is named; None is every run.

    Raises:
        StoreError: the history cannot be used.
        SaveError: it could not be written, or another program keeps traces in its journal.
    """
    with closing(connect(path)) as history:
        try:
            # Zeros are written over deleted rows, even where VACUUM fails for lack of room.
            history.execute("PRAGMA secure_delete = ON")
            erase_in(SqliteTables(path, history), run, company)
            # VACUUM leaves no empty pages; the checkpoint empties the journal, with its old ones.
            history.execute("VACUUM")
            # the first column is 1 where a reader kept the checkpoint from emptying the journal
            busy = bool(history.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
        except sqlite3.Error as error:
            raise SaveError(
                f"{path}: could not be cleared ({in_words(error)}); run the same command again"
            ) from error
        if busy:
            raise SaveError(
                f"{path}: another program reads it, so traces stay in its journal; close that "
                "program and run the same command again"
            )
