"""Open the history of a data folder, wherever it lies: in a file of it, or in a team's database.

A data folder is where a person's audits are kept: pages, log, and by itself the history. Whoever
names a database (`--database`, `settings.database`) has its history there for this process.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from audit.model.errors import StoreError
from config.database import Database, database_of

# Where a history lies is asked before the list is read, for which none of it need be loaded.
if TYPE_CHECKING:
    from audit.model.company import Competitors
    from audit.store.kept import KeptHistory

NO_DRIVER = (
    "a database needs a driver that is not installed; install it with: pipx inject social-audit "
    "'psycopg[binary]==3.3.9' sqlalchemy==2.1.9 (or, in the checkout of social-audit: pip install "
    "'.[postgres]')"
)

_DATABASES: dict[Path | None, Database] = {}
"""By data folder; under None what goes for every folder, as it was typed."""


def keep_all_in(database: Database | None) -> None:
    """Have the history of every data folder in a database from now on, whatever its list says."""
    _DATABASES.pop(None, None)
    if database is not None:
        _DATABASES[None] = database


def keep_in(data_dir: Path, database: Database | None) -> None:
    """Have the history of a data folder in a database from now on; None: in the folder itself."""
    _DATABASES.pop(_key(data_dir), None)
    if database is not None:
        _DATABASES[_key(data_dir)] = database


def keep_in_database(data_dir: Path, address: str) -> None:
    """Have the history of a data folder in a team's database, for the rest of this program.

    Where this is not called a run goes by `settings.database` of its list, and all else by the
    folder. Pages are always archived in the folder.

    Raises:
        AuditError: it is no address of a PostgreSQL database.
    """
    keep_in(data_dir, database_of(address, "keep_in_database"))


def keep_as_listed(data_dir: Path, competitors: Competitors) -> None:
    """Have the history of a data folder where its list says, unless that was decided already.

    Raises:
        AuditError: it is no address of a database.
    """
    address = competitors.settings.database
    if address and kept_in(data_dir) is None:
        keep_in(data_dir, database_of(address, f"{competitors.path}, settings.database"))


def kept_everywhere() -> Database | None:
    """Return the database that was typed for every folder of this process."""
    return _DATABASES.get(None)


def kept_in(data_dir: Path) -> Database | None:
    """Return the database that holds the history of a data folder; None where the folder does."""
    return _DATABASES.get(None) or _DATABASES.get(_key(data_dir))


def place_of(data_dir: Path) -> str:
    """Return what the place of a history is called in messages: a folder or an address."""
    database = kept_in(data_dir)
    return database.shown if database is not None else f"{data_dir}"


def open_history(data_dir: Path, *, write: bool = False) -> KeptHistory:
    """Open the history of a data folder; to read makes nothing.

    To write takes the lock of the folder; in a database many may write at once.

    Raises:
        StoreError: the lock is held, or the history cannot be used.
    """
    return open_in(kept_in(data_dir), data_dir, write=write)


def open_in(database: Database | None, data_dir: Path, *, write: bool = False) -> KeptHistory:
    """Open the history of a database; None: that of the data folder itself.

    Raises:
        StoreError: as `open_history`.
    """
    if database is None:
        from audit.store.sqlite import SqliteHistory

        return SqliteHistory.open(data_dir, write=write)
    try:
        from audit.store.postgres import PostgresHistory
    except ImportError as error:
        raise StoreError(f"{database.shown}: {NO_DRIVER} ({error})") from error
    return PostgresHistory.open(database, data_dir, write=write)


def check_file(data_dir: Path, what: str, instead: str) -> None:
    """Refuse what is done to the file of a history where that lies in a database.

    Raises:
        StoreError: it lies there; says what can be done instead.
    """
    database = kept_in(data_dir)
    if database is not None:
        raise StoreError(f"{database.shown}: {what} is for the history of a folder; {instead}")


def _key(data_dir: Path) -> Path:
    """Return a folder as it is known here, however it was typed."""
    return data_dir.absolute()
