"""The tables of the history, and the steps that bring an older file up to date."""

import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from audit.model.errors import StoreError
from audit.store.faults import in_words

STEPS = (
    """
    CREATE TABLE run (
        id TEXT PRIMARY KEY,
        as_of TEXT NOT NULL,
        started_at TEXT NOT NULL,
        finished_at TEXT,
        version TEXT NOT NULL,
        rules_version TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        competitors TEXT NOT NULL
    ) STRICT;
    CREATE TABLE company (
        run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        website TEXT NOT NULL,
        complete INTEGER NOT NULL,
        result TEXT NOT NULL,
        PRIMARY KEY (run_id, name)
    ) STRICT;
    CREATE INDEX company_by_website ON company (website, run_id);
    """,
    """
    ALTER TABLE run ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE run ADD COLUMN reported_at TEXT;
    ALTER TABLE company ADD COLUMN digest TEXT NOT NULL DEFAULT '';
    UPDATE run SET number = rowid, reported_at = finished_at;
    CREATE UNIQUE INDEX run_by_number ON run (number);
    """,
    """
    ALTER TABLE run ADD COLUMN reading TEXT NOT NULL DEFAULT '';
    CREATE TABLE again (
        run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        rules TEXT NOT NULL,
        result TEXT NOT NULL,
        digest TEXT NOT NULL,
        PRIMARY KEY (run_id, name)
    ) STRICT;
    """,
    """
    CREATE TABLE hand_record (
        id TEXT PRIMARY KEY,
        company TEXT NOT NULL,
        record TEXT NOT NULL,
        digest TEXT NOT NULL
    ) STRICT;
    CREATE INDEX hand_record_by_company ON hand_record (company);
    """,
)
"""One script a version; `PRAGMA user_version` says how many have been applied.

`run.number` counts the runs in the order in which they began, whatever the clock said.
`run.reported_at` is when the reports of a finished run were in their place. `company.digest` is
that of the result, so that a damaged one is known without reading it; "" in rows from before.
`again` holds what later rules made of the evidence of a run, beside what was saved then; `result`
is "" for a company whose evidence did not bear it. `hand_record` holds what people told of
profiles, whichever run it is shown in; `company` is the key of a website.
"""

BUSY_SECONDS = 2.0
"""So long is waited for another program; a run tries again in its end what failed."""

BACKUP = "before"
"""In the name of a copy made before a history was brought up to date."""


def connect(path: Path) -> sqlite3.Connection:
    """Open a history for writing, making or migrating it.

    Raises:
        StoreError: the file is no history, is damaged, or was written by a newer version.
    """
    connection: sqlite3.Connection | None = None
    try:
        # one thread at a time uses it, and not always the same one: the desk of a run saves
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
        connection.execute("PRAGMA foreign_keys = ON")  # SQLite leaves them off; see ON DELETE
        # Before the journal's mode is set, which is written
        # into the file: another program's stays as it is.
        version = version_of(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        if 0 < version < len(STEPS):
            _back_up(connection, path)
        migrate(connection, version)
    except (sqlite3.Error, OSError) as error:
        _close(connection)
        raise StoreError(f"{path}: the history cannot be used: {in_words(error)}") from error
    except StoreError:
        _close(connection)
        raise
    return connection


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """Tell which version of the history an open file is; 0 for a new one.

    Raises:
        StoreError: it is another program's file, or a newer version's.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    tables = int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    if version > len(STEPS):
        raise StoreError(
            f"{path}: written by a newer version of social-audit (history version {version}, "
            f"this program knows {len(STEPS)}); update the program"
        )
    if version == 0 and tables > 0:
        raise StoreError(f"{path}: not a history of social-audit; move it away")
    return version


def migrate(connection: sqlite3.Connection, version: int, to: int = len(STEPS)) -> None:
    """Apply the steps that a history has not seen yet, each whole or not at all.

    `to` is the version that it is to have then.
    """
    for number, script in enumerate(STEPS[version:to], start=version + 1):
        # The version goes into the transaction of its step, or a step that was killed between the
        # two would be applied twice.
        connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")


def backups(path: Path) -> list[Path]:
    """List the copies that were made before the history was brought up to date."""
    return sorted(path.parent.glob(f"{path.name}.{BACKUP}-*"))


def _back_up(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the whole history, also what a killed run has left in its journal.

    SQLite copies it itself: a copy of the file would lack the journal. A half copy is removed.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    copy = path.with_name(f"{path.name}.{BACKUP}-{len(STEPS)}-{stamp}")
    try:
        with closing(sqlite3.connect(copy)) as target:
            connection.backup(target)
    except sqlite3.Error:
        with suppress(OSError):
            copy.unlink()
        raise


def _close(connection: sqlite3.Connection | None) -> None:
    """Close a connection that could not be used, if there is one."""
    if connection is not None:
        with suppress(sqlite3.Error):
            connection.close()
