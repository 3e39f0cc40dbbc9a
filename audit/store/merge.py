"""Add the runs of one history to another: those that are not there yet, in one transaction."""

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from audit.model.errors import SaveError, StoreError
from audit.store.faults import in_words
from audit.store.merging import RunRow, in_order
from audit.store.schema import STEPS, connect, migrate, version_of

_SAFE = re.compile(r"[A-Za-z0-9][\w-]{0,99}", re.ASCII)
"""What a run may be called: its archive is a folder of that name."""

_IDENTITY = "id, started_at, as_of, version, rules_version, reading"
"""What two copies of one run have in common, however far each of them came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """What adding a history to another comes to.

    `order` are the runs of both, the oldest first; `new` those of them that are added, `same` those
    that both have, `other` those of `same` that came to something else in each.
    """

    order: tuple[str, ...]
    new: tuple[str, ...]
    same: tuple[str, ...]
    other: tuple[str, ...]


def check_foreign(path: Path, said: Path) -> None:
    """Check that a file from elsewhere is a sound history, and bring it up to date in its place.

    Its tables must be exactly ours, as a trigger or a view in it would be code of somebody else's.
    `said` is what the file is called in messages.

    Raises:
        StoreError: it is not, or it was written by a newer version.
    """
    try:
        with closing(sqlite3.connect(path)) as history:
            history.execute("PRAGMA trusted_schema = OFF")
            version = version_of(history, said)
            if not version or _tables(history) != _tables_of(version):
                raise StoreError(f"{said}: its history has other tables than social-audit makes")
            (sound,) = history.execute("PRAGMA quick_check(1)").fetchone()
            if sound != "ok" or history.execute("PRAGMA foreign_key_check").fetchone():
                raise StoreError(f"{said}: the history in it is damaged ({str(sound)[:200]})")
            migrate(history, version)
            runs = [str(row[0]) for row in history.execute("SELECT id FROM run")]
    except sqlite3.Error as error:
        raise StoreError(f"{said}: the history in it is damaged ({in_words(error)})") from error
    if odd := [run for run in runs if not _SAFE.fullmatch(run)]:
        raise StoreError(f"{said}: {odd[0][:100]!r} in it is no name of a run")


def _tables(history: sqlite3.Connection) -> set[tuple[str, ...]]:
    """Return all that a database defines: tables, indexes, views, triggers."""
    rows = history.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
    return {tuple(map(str, row)) for row in rows}


def _tables_of(version: int) -> set[tuple[str, ...]]:
    """Return what a history of a version defines."""
    with closing(sqlite3.connect(":memory:")) as history:
        migrate(history, 0, version)
        return _tables(history)


def plan_merge(path: Path, foreign: Path, said: Path) -> Merge:
    """Find out what adding a foreign history would come to; change nothing but to bring up to date.

    Raises:
        StoreError: a run of it is another one than ours of the same name, or the runs that both
            have are in another order.
    """
    here, there = _runs(path), _runs(foreign)
    same = tuple(run for run in there if run in here)
    if unlike := [run for run in same if here[run].identity != there[run].identity]:
        raise StoreError(
            f"{said}: holds another run {unlike[0]} than this history does; nothing was "
            "added. Take another data folder with --data-dir"
        )
    order = tuple(in_order(here, there, f"{said}"))
    return Merge(
        order=order,
        new=tuple(run for run in order if run not in here),
        same=same,
        other=tuple(run for run in same if here[run].rows != there[run].rows),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run(RunRow):
    """A run as it stands in a history, with the digests of what was saved of it."""

    rows: frozenset[tuple[str, str]]


def _runs(path: Path) -> Mapping[str, _Run]:
    """Return the runs of a history, the oldest first; bring it up to date.

    Raises:
        StoreError: it cannot be used.
    """
    saved = dict[str, set[tuple[str, str]]]()
    try:
        with closing(connect(path)) as history:
            query = f"SELECT {_IDENTITY} FROM run ORDER BY number"  # noqa: S608 - our own words
            runs = history.execute(query).fetchall()
            for run, name, digest in history.execute("SELECT run_id, name, digest FROM company"):
                saved.setdefault(str(run), set()).add((str(name), str(digest)))
    except sqlite3.Error as error:
        raise StoreError(f"{path}: the history cannot be read: {in_words(error)}") from error
    return {
        str(row[0]): _Run(
            identity=tuple(row),
            started_at=str(row[1]),
            rows=frozenset(saved.get(str(row[0]), set())),
        )
        for row in runs
    }


def merge(path: Path, foreign: Path, plan: Merge) -> None:
    """Add the new runs of a foreign history, with all that was saved of them, as they are.

    Raises:
        StoreError: one of the two cannot be used.
        SaveError: it could not be written; the history is as it was.
    """
    with closing(connect(path)) as history:
        try:
            history.execute("ATTACH DATABASE ? AS other", (str(foreign),))
            with history:
                _add(history, plan)
        except sqlite3.Error as error:
            raise SaveError(
                f"{path}: could not be written ({in_words(error)}); nothing was added"
            ) from error


def _add(history: sqlite3.Connection, plan: Merge) -> None:
    """Copy the rows as they lie there, damaged ones too, and count the runs anew.

    Below zero first, as no two runs may have one number at any time.
    """
    history.execute("UPDATE run SET number = -number - 1")
    least = int(history.execute("SELECT coalesce(min(number), 0) FROM run").fetchone()[0])
    for at, run in enumerate(plan.new, start=1):
        columns = [str(row[1]) for row in history.execute("PRAGMA main.table_info(run)")]
        values = ", ".join("?" if column == "number" else column for column in columns)
        history.execute(
            f"INSERT INTO run SELECT {values} FROM other.run WHERE id = ?",  # noqa: S608
            (least - at, run),
        )
        for table in ("company", "again"):
            history.execute(
                f"INSERT INTO {table} SELECT * FROM other.{table} WHERE run_id = ?",  # noqa: S608
                (run,),
            )
    # Where both have a record of one id, the one that is here holds.
    history.execute(
        "INSERT OR IGNORE INTO hand_record SELECT * FROM other.hand_record ORDER BY rowid"
    )
    for number, run in enumerate(plan.order, start=1):
        history.execute("UPDATE run SET number = ? WHERE id = ?", (number, run))


VERSION = len(STEPS)
"""The version of the history that this program writes."""
