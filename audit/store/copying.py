"""Copy a history into another, whichever keeps them: run by run, and nothing twice.

What is in the target stays. A run that is in both gets what the target lacks of it (companies, its
end, its reports); where a company is other in both, that of the target holds and is named.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from audit.model.errors import StoreError
from audit.store.merging import RunRow, in_order
from audit.store.rows import bytes_of
from audit.store.tables import Change, Tables

_RUN = (
    "id",
    "as_of",
    "started_at",
    "finished_at",
    "reported_at",
    "version",
    "rules_version",
    "reading",
    "fingerprint",
    "competitors",
)
_PARTS: Mapping[str, tuple[str, ...]] = {
    "company": ("run_id", "name", "website", "complete", "result", "digest"),
    "again": ("run_id", "name", "rules", "result", "digest"),
}
_TOLD = ("id", "company", "record", "digest")

Key = tuple[str, ...]
"""What a row is known by: its table, and its keys in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What came of it: runs that are new, rows that were added, rows that are now in the target.

    `kept` names what the target has otherwise, and keeps, as (run, company); `digest` is that of
    all that was compared after copying.
    """

    new: tuple[str, ...]
    added: int
    compared: int
    kept: tuple[tuple[str, str], ...]
    digest: str


@dataclass(slots=True)
class _Work:
    """A copying under way: what was read of the source, by row, and how much was added."""

    digests: dict[Key, str] = field(default_factory=dict)
    added: int = 0


def copy(source: Tables, target: Tables, step: Callable[[str, int, int], None]) -> Copied:
    """Copy all runs and what people told into the target, in one transaction; then compare.

    `step` hears which run is copied, its number and how many there are.

    Raises:
        StoreError: one cannot be read, their runs do not fit, or the target is not as it should be.
        SaveError: the target could not be written; it is as it was.
    """
    here, there = runs_in(target), runs_in(source)
    for run in (each for each in there if each in here and unlike(here[each], there[each])):
        raise StoreError(
            f"{target.name}: has another run {run} than {source.name}; nothing was copied"
        )
    order, work = tuple(in_order(here, there, source.name)), _Work()
    target.write_all(_changes(source, target, order, work, step))
    new = tuple(run for run in there if run not in here)
    return _compared(target, work, new)


def runs_in(tables: Tables) -> Mapping[str, RunRow]:
    """Return the runs of a history, the oldest first."""
    rows = tables.rows(
        "SELECT id, started_at, as_of, version, rules_version, reading FROM run ORDER BY number"
    )
    return {str(row[0]): RunRow(identity=tuple(row), started_at=str(row[1])) for row in rows}


def unlike(one: RunRow, other: RunRow) -> bool:
    """Tell whether two runs of one id are two runs."""
    return one.identity != other.identity


def _changes(
    source: Tables,
    target: Tables,
    order: Sequence[str],
    work: _Work,
    step: Callable[[str, int, int], None],
) -> Iterator[Change]:
    """Yield what adds the rows that the target lacks, one at a time, as results are large."""
    mine, theirs = set(runs_in(target)), tuple(runs_in(source))
    # Below zero first, as no two runs may have one number at any time.
    yield "UPDATE run SET number = -number - 1", ()
    least = min((int(str(row[0])) for row in target.rows("SELECT number FROM run")), default=0)
    for at, run in enumerate(theirs, start=1):
        step(run, at, len(theirs))
        yield from _run(source, run, least - at, is_new=run not in mine, work=work)
        for table in _PARTS:
            yield from _part(source, target, table, run, work)
    yield from _told(source, target, work)
    for number, run in enumerate(order, start=1):
        yield "UPDATE run SET number = ? WHERE id = ?", (number, run)


def _run(source: Tables, run: str, number: int, *, is_new: bool, work: _Work) -> Iterator[Change]:
    """Yield what adds a run, or sets its end and its reports where the target lacks these."""
    columns = ", ".join(_RUN)
    (row,) = source.rows(f"SELECT {columns} FROM run WHERE id = ?", run)  # noqa: S608 - our own words
    work.digests["run", run] = _digest(row[9])
    if not is_new:
        yield (
            "UPDATE run SET finished_at = coalesce(finished_at, ?), "
            "reported_at = coalesce(reported_at, ?) WHERE id = ?",
            (row[3], row[4], run),
        )
        return
    work.added += 1
    yield (
        f"INSERT INTO run ({columns}, number) VALUES ({_marks(len(_RUN) + 1)})",  # noqa: S608
        (*row, number),
    )


def _part(source: Tables, target: Tables, table: str, run: str, work: _Work) -> Iterator[Change]:
    """Yield what adds the rows of a run that the target lacks, in their order."""
    columns = _PARTS[table]
    listed = f"SELECT name FROM {table} WHERE run_id = ? ORDER BY rowid"  # noqa: S608
    one = f"SELECT {', '.join(columns)} FROM {table} WHERE run_id = ? AND name = ?"  # noqa: S608
    add = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({_marks(len(columns))})"  # noqa: S608
    there = {str(row[0]) for row in target.rows(listed, run)}
    for (name,) in source.rows(listed, run):
        (row,) = source.rows(one, run, str(name))
        work.digests[table, run, str(name)] = _digest(row[columns.index("result")])
        if name not in there:
            work.added += 1
            yield add, tuple(row)


def _told(source: Tables, target: Tables, work: _Work) -> Iterator[Change]:
    """Yield what adds the records of people that the target lacks; its own ones hold."""
    there = {str(row[0]) for row in target.rows("SELECT id FROM hand_record")}
    for row in source.rows(f"SELECT {', '.join(_TOLD)} FROM hand_record ORDER BY rowid"):  # noqa: S608
        work.digests["hand_record", str(row[0])] = _digest(row[2])
        if row[0] not in there:
            work.added += 1
            yield f"INSERT INTO hand_record ({', '.join(_TOLD)}) VALUES (?, ?, ?, ?)", tuple(row)  # noqa: S608


def _compared(target: Tables, work: _Work, new: tuple[str, ...]) -> Copied:
    """Read from the target all that should be there, and hold it against what was read.

    Raises:
        StoreError: a row is missing, or one of a run that is new there is other than it was.
    """
    found = dict(_digests(target))
    lacking = [key for key in work.digests if key not in found]
    other = [key for key, digest in work.digests.items() if found.get(key) != digest]
    if lacking or any(key[0] != "hand_record" and key[1] in new for key in other):
        at = (lacking or other)[0]
        raise StoreError(f"{target.name}: {' '.join(at)} is not there as it was copied; copy again")
    whole = sha256("\n".join(f"{key} {found[key]}" for key in sorted(work.digests)).encode())
    return Copied(
        new=new,
        added=work.added,
        compared=len(work.digests),
        kept=tuple((key[1], key[-1]) for key in other if key[0] in ("company", "hand_record")),
        digest=whole.hexdigest()[:16],
    )


def _digests(tables: Tables) -> Iterator[tuple[Key, str]]:
    """Yield each row of a history with the digest of its text."""
    for run, text in tables.rows("SELECT id, CAST(competitors AS BLOB) FROM run"):
        yield ("run", str(run)), _digest(text)
    for table in _PARTS:
        for run, name in tables.rows(f"SELECT run_id, name FROM {table}"):  # noqa: S608
            one = f"SELECT CAST(result AS BLOB) FROM {table} WHERE run_id = ? AND name = ?"  # noqa: S608
            ((text,),) = tables.rows(one, str(run), str(name))
            yield (table, str(run), str(name)), _digest(text)
    for each, text in tables.rows("SELECT id, CAST(record AS BLOB) FROM hand_record"):
        yield ("hand_record", str(each)), _digest(text)


def _digest(text: object) -> str:
    """Return the digest of a text as it lies there."""
    return sha256(bytes_of(text)).hexdigest()


def _marks(count: int) -> str:
    """Return so many places for values."""
    return ", ".join("?" * count)
