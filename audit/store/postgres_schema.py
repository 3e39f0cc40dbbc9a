"""The tables of a history in PostgreSQL: those of SQLite, and who is at work on which run."""

from sqlalchemy import Connection

from audit.model.errors import SaveError, StoreError
from audit.store.postgres_tables import PostgresTables, rows_on, spoken
from audit.store.schema import STEPS

_OURS = """
    CREATE TABLE history_version (version INTEGER NOT NULL);
    INSERT INTO history_version VALUES (0);
    CREATE TABLE run_owner (
        run_id TEXT PRIMARY KEY,
        lock BIGINT NOT NULL,
        token TEXT NOT NULL,
        who TEXT NOT NULL,
        host TEXT NOT NULL,
        since TIMESTAMPTZ NOT NULL DEFAULT now()
    );
"""
"""What SQLite needs no table for. A row of `run_owner` counts only while its lock is held."""

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(?, 5))"
"""Kept while tables are made or changed, so that two who begin at once do not both do it."""


def version_of(tables: PostgresTables) -> int:
    """Tell which version of the history a database holds; 0 where there is none yet.

    Raises:
        StoreError: it is a newer version's, or the tables of another program are there.
    """
    return tables.read(lambda connection: _version(connection, tables))


def check_readable(tables: PostgresTables, version: int) -> None:
    """Check that what is there can be read as it is; nobody changes tables only to look.

    Raises:
        StoreError: it is an older version's.
    """
    if 0 < version < len(STEPS):
        raise StoreError(
            f"{tables.name}: of an older version of social-audit (history version {version}, this "
            f"program reads {len(STEPS)}); the next audit that is made with this program brings "
            "it up to date"
        )


def bring_up_to_date(tables: PostgresTables) -> None:
    """Make the tables, or take the steps that they have not seen yet: all of them or none.

    Raises:
        StoreError: they are a newer version's or another program's, or nobody lets us.
    """
    if version_of(tables) == len(STEPS):
        return

    def stepped(connection: Connection) -> None:
        """Look again under the lock: somebody else may have been first."""
        connection.exec_driver_sql("BEGIN")
        rows_on(connection, _LOCK, tables.session.schema)
        if not _exists(connection, tables.session.schema):
            connection.exec_driver_sql(f'CREATE SCHEMA "{tables.session.schema}"')
        version = _version(connection, tables)
        for script in (*(() if version else (_OURS,)), *STEPS[version:]):
            for words in filter(str.strip, spoken(script).split(";")):
                connection.exec_driver_sql(words)
        connection.exec_driver_sql(f"UPDATE history_version SET version = {len(STEPS)}")  # noqa: S608
        connection.exec_driver_sql("COMMIT")

    try:
        tables.change(stepped)
    except SaveError as error:
        raise StoreError(f"{error}") from error


def _exists(connection: Connection, schema: str) -> bool:
    """Tell whether there is a schema; who may not make one may have been given one."""
    return bool(rows_on(connection, "SELECT 1 FROM pg_namespace WHERE nspname = ?", schema))


def _version(connection: Connection, tables: PostgresTables) -> int:
    """Read the version over a connection; 0 where there is no table of ours.

    Raises:
        StoreError: as `version_of`.
    """
    ours, theirs, encoding = rows_on(
        connection,
        "SELECT to_regclass('history_version'), coalesce(to_regclass('run'), "
        "to_regclass('company')), current_setting('server_encoding')",
    )[0]
    if encoding != "UTF8":
        raise StoreError(
            f"{tables.name}: keeps text as {encoding}, which lacks letters; make the database "
            "with: createdb -E UTF8 -T template0 NAME"
        )
    if not ours and theirs:
        raise StoreError(
            f"{tables.name}: other tables lie in schema {tables.session.schema}; name another one "
            "in the address, such as ?schema=client_b"
        )
    version = (
        int(str(rows_on(connection, "SELECT version FROM history_version")[0][0])) if ours else 0
    )
    if version > len(STEPS):
        raise StoreError(
            f"{tables.name}: written by a newer version of social-audit (history version "
            f"{version}, this program knows {len(STEPS)}); update the program"
        )
    return version
