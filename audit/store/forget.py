"""Delete what the data folder keeps: runs, a company, or only the archived pages; for good."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from audit.model.audience import OVERLAPS
from audit.model.breakdown import Breakdown
from audit.model.company import Competitors
from audit.model.errors import SaveError, StoreError
from audit.model.result import CompanyResult
from audit.store.faults import in_words
from audit.store.files import ARCHIVE, LOG, archives_of
from audit.store.history import FILE, Store
from audit.store.lock import Lock
from audit.store.rows import DamagedError, competitors_of, fingerprint, packed, result_of
from audit.store.schema import backups, connect


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be forgotten: of one run, of one company, only archives; nothing named is all."""

    run: str | None = None
    company: str | None = None
    archives: bool = False

    @property
    def everything(self) -> bool:
        """Whether nothing is to stay."""
        return self.run is None and self.company is None and not self.archives


@dataclass(frozen=True, slots=True, kw_only=True)
class Doomed:
    """What would be deleted: rows of the history as (run, company), and files with their size."""

    rows: tuple[tuple[str, str], ...]
    files: tuple[Path, ...]
    size: int
    archives: int


def doomed(data_dir: Path, wanted: Wanted) -> Doomed:
    """Find what a wish would delete; nothing is touched.

    Raises:
        StoreError: no such run or company, or the history cannot be read.
    """
    if wanted.everything:
        return _all(data_dir)
    with Store.open(data_dir) as store:
        known = store.companies()
    rows = tuple(
        (run, name)
        for run, name in known
        if wanted.run in (None, run) and _named(wanted.company, name)
    )
    archives = _archives(data_dir, wanted, rows)
    _check(wanted, known, data_dir, there=bool(rows or archives))
    more = [] if wanted.archives else [*backups(data_dir / FILE), *_logs(data_dir)]
    return _doomed(() if wanted.archives else rows, archives, more)


def forget(data_dir: Path, wanted: Wanted) -> Doomed:
    """Delete it, and write the history anew, so that what was deleted is in no page of it.

    Raises:
        StoreError: a run is going on, or the history cannot be used.
        SaveError: something could not be deleted.
    """
    lock = Lock(data_dir)
    lock.take()
    try:
        found = doomed(data_dir, wanted)
        files = list(found.files)
        if not (wanted.everything or wanted.archives):
            with closing(connect(data_dir / FILE)) as history:
                _delete(history, wanted, data_dir / FILE)
            files += backups(data_dir / FILE)  # bringing it up to date may have made one more
        _unlink(files)
        _tidy(data_dir)
    finally:
        lock.release()
    return found


def _check(
    wanted: Wanted, known: Iterable[tuple[str, str]], data_dir: Path, *, there: bool
) -> None:
    """Refuse a run or a company that is not there, and say which are."""
    pairs = list(known)
    if wanted.run is not None and wanted.run not in {run for run, _ in pairs}:
        raise StoreError(f"{data_dir}: no run {wanted.run!r}; see: audit history FILE")
    if wanted.company is not None and not there:
        names = sorted({name for run, name in pairs if name and wanted.run in (None, run)})
        said = ", ".join(names) or "none"
        raise StoreError(f"{data_dir}: no company {wanted.company!r}; there are: {said}")


def _named(company: str | None, name: str) -> bool:
    return company is None or name.casefold() == company.casefold()


def _all(data_dir: Path) -> Doomed:
    try:
        with Store.open(data_dir) as store:
            rows = tuple(store.companies())
    except StoreError:  # a history that cannot be read can still be deleted
        rows = ()
    journals = [data_dir / f"{FILE}{end}" for end in ("", "-wal", "-shm", "-journal")]
    kept = [*(path for path in journals if path.exists()), *backups(data_dir / FILE)]
    return _doomed(rows, _warcs(data_dir / ARCHIVE), [*kept, *_logs(data_dir)])


def _doomed(rows: tuple[tuple[str, str], ...], archives: list[Path], more: list[Path]) -> Doomed:
    files = (*archives, *more)
    return Doomed(
        rows=rows,
        files=files,
        size=sum(path.stat().st_size for path in files if path.exists()),
        archives=len(archives),
    )


def _archives(data_dir: Path, wanted: Wanted, rows: Iterable[tuple[str, str]]) -> list[Path]:
    """The archives that go; also those of visits whose result was never saved."""
    if wanted.company is None:
        return _warcs(data_dir / ARCHIVE / (wanted.run or ""))
    runs = [wanted.run] if wanted.run else _folders(data_dir / ARCHIVE)
    names = {name for _, name in rows if name} | {wanted.company}
    return [path for run in runs for name in names for path in archives_of(data_dir, run, name)]


def _warcs(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.warc.gz"))


def _folders(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*") if path.is_dir())


def _logs(data_dir: Path) -> list[Path]:
    """The log names addresses and companies, of all runs alike."""
    return sorted(data_dir.glob(f"{LOG}*"))


def _delete(history: sqlite3.Connection, wanted: Wanted, path: Path) -> None:
    try:
        history.execute("PRAGMA secure_delete = ON")
        with history:
            runs = [str(row[0]) for row in history.execute("SELECT id FROM run ORDER BY number")]
            for run in runs:
                if wanted.run in (None, run):
                    _delete_of(history, run, wanted.company)
        history.execute("VACUUM")
        busy = history.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error as error:
        raise SaveError(
            f"{path}: could not be cleared ({in_words(error)}); run the same command again"
        ) from error
    if busy:
        raise SaveError(
            f"{path}: another program reads it, so traces stay in its journal; close that "
            "program and run the same command again"
        )


def _delete_of(history: sqlite3.Connection, run: str, company: str | None) -> None:
    """Take a company out of a run: its result, its place in the list, what others share with it.

    The run itself goes only where no company is named, or the one that is was all of it.
    """
    query = "SELECT name, CAST(result AS BLOB), digest FROM company WHERE run_id = ?"
    rows = history.execute(query, (run,)).fetchall()
    others = [(name, tuple(kept)) for name, *kept in rows if not _named(company, name)]
    left = _left(history, run, company, [kept for _, kept in others])
    if company is None or (rows and not others and not left.companies):
        history.execute("DELETE FROM run WHERE id = ?", (run,))
        return
    history.execute(
        "UPDATE run SET competitors = ?, fingerprint = ? WHERE id = ?",
        (packed(left)[0] if left.companies else "", fingerprint(left), run),
    )
    for name in (row[0] for row in rows if _named(company, row[0])):
        history.execute("DELETE FROM company WHERE run_id = ? AND name = ?", (run, name))
    for name, kept in others:
        if (apart := _apart(kept, company)) is not None:
            history.execute(
                "UPDATE company SET result = ?, digest = ? WHERE run_id = ? AND name = ?",
                (*packed(apart), run, name),
            )


def _left(
    history: sqlite3.Connection, run: str, company: str | None, others: list[tuple[object, ...]]
) -> Competitors:
    """The list of a run without a company; a damaged one, which may name it, is made anew."""
    query = "SELECT CAST(competitors AS BLOB) FROM run WHERE id = ?"
    (text,) = history.execute(query, (run,)).fetchone()
    try:
        known = competitors_of(text)
    except DamagedError:
        results = [each for each in map(_readable, others) if each is not None]
        known = Competitors(path=Path(), companies=tuple(each.company for each in results))
    return replace(
        known, companies=tuple(each for each in known.companies if not _named(company, each.name))
    )


def _readable(row: tuple[object, ...]) -> CompanyResult | None:
    try:
        return result_of(row)
    except DamagedError:
        return None


def _apart(row: tuple[object, ...], company: str) -> CompanyResult | None:
    """Another company's result without what it shares with that one; None where that is nothing."""
    result = _readable(row)
    if result is None:
        return None
    audiences = tuple(
        replace(each, breakdowns=tuple(_without(part, company) for part in each.breakdowns))
        for each in result.audiences
    )
    return replace(result, audiences=audiences) if audiences != result.audiences else None


def _without(breakdown: Breakdown, company: str) -> Breakdown:
    """Return the breakdown of shared followers without the part that names a company."""
    if breakdown.metric != OVERLAPS:
        return breakdown
    kept = tuple(part for part in breakdown.parts if not _named(company, part.name))
    return replace(breakdown, parts=kept)


def _unlink(files: Iterable[Path]) -> None:
    stuck: list[str] = []
    for path in files:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            stuck.append(f"{path} ({error.strerror})")
    if stuck:
        raise SaveError(f"could not be deleted: {', '.join(stuck)}; delete it by hand")


def _tidy(data_dir: Path) -> None:
    """Remove the folders that are empty now."""
    for folder in [*(data_dir / ARCHIVE).glob("*"), data_dir / ARCHIVE]:
        with suppress(OSError):
            folder.rmdir()
