"""The tables of the history, and the steps that bring an older file up to date."""

import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from audit.model.errors import StoreError

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
)
"""One script a version; `PRAGMA user_version` says how many have been applied."""


def connect(path: Path) -> sqlite3.Connection:
    """Open a history, making or migrating it.

    Raises:
        StoreError: the file is no history, is damaged, or was written by a newer version.
    """
    try:
        connection = sqlite3.connect(path, timeout=5.0)
        connection.execute("PRAGMA foreign_keys = ON")
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        tables = int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
        if version > len(STEPS):
            connection.close()
            raise StoreError(
                f"{path}: written by a newer version of social-audit (history version {version}, "
                f"this program knows {len(STEPS)}); update the program"
            )
        if version == 0 and tables > 0:
            connection.close()
            raise StoreError(f"{path}: not a history of social-audit; move it away")
        connection.execute("PRAGMA journal_mode = WAL")
        _migrate(connection, path, version)
    except sqlite3.DatabaseError as error:
        raise StoreError(
            f"{path}: the history cannot be read ({error}); move the file away, or put a copy back"
        ) from error
    return connection


def _migrate(connection: sqlite3.Connection, path: Path, version: int) -> None:
    if version == len(STEPS):
        return
    if version > 0:
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        shutil.copy2(path, path.with_name(f"{path.name}.before-{len(STEPS)}-{stamp}"))
    for number, script in enumerate(STEPS[version:], start=version + 1):
        connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
