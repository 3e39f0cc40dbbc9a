"""Delete what the data folder keeps: runs, a company, or only the archived pages; for good."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from audit.evidence.kept import ARCHIVE, CACHE, KeptEvidence
from audit.evidence.opening import every_evidence
from audit.evidence.places import FILE as PLACES
from audit.evidence.store import EvidenceError
from audit.model.errors import SaveError, StoreError
from audit.store.erase import erase
from audit.store.erasing import is_meant
from audit.store.files import LAST, LOG, READINGS, attempt_of, readings_of, slug
from audit.store.lock import Lock
from audit.store.opening import kept_in, open_history, place_of
from audit.store.schema import backups
from audit.store.sqlite import FILE


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be forgotten: of one run, of one company, only archives; nothing named is all."""

    run: str | None = None
    company: str | None = None
    archives: bool = False

    @property
    def everything(self) -> bool:
        """Tell whether nothing is to stay."""
        return self.run is None and self.company is None and not self.archives


@dataclass(frozen=True, slots=True, kw_only=True)
class Doomed:
    """What would be deleted: rows of the history as (run, company), and files.

    `archives` are those of pages, by their names, in the data folder or in the store of a team;
    the first `readings` of the files are what was read on those. `size` is that of all in bytes.
    """

    rows: tuple[tuple[str, str], ...]
    archives: tuple[str, ...]
    files: tuple[Path, ...]
    size: int
    readings: int


def doomed(data_dir: Path, wanted: Wanted) -> Doomed:
    """Find what a wish would delete; nothing is touched.

    Raises:
        StoreError: no such run or company, or the history cannot be read.
    """
    if wanted.everything:
        return _everything(data_dir)
    with open_history(data_dir) as history:
        known = history.companies()
    rows = tuple(
        (run, name)
        for run, name in known
        if wanted.run in (None, run) and is_meant(wanted.company, name)
    )
    archives = _archives(data_dir, wanted, rows, {run for run, _ in known})
    _check(wanted, known, data_dir, there=bool(rows or archives))
    readings = _readings(data_dir, wanted, rows)
    if wanted.archives:
        return _doomed(data_dir, (), archives, readings, [])
    others = [*backups(data_dir / FILE), *_logs(data_dir)]
    return _doomed(data_dir, rows, archives, readings, others)


def forget(data_dir: Path, wanted: Wanted) -> Doomed:
    """Delete it, and write the history anew, so that what was deleted is in no page of it.

    Raises:
        StoreError: a run is going on, or the history cannot be used.
        SaveError: something could not be deleted.
    """
    if data_dir.is_dir():
        with Lock(data_dir):
            return _forgotten(data_dir, wanted)
    return _forgotten(data_dir, wanted)


def _forgotten(data_dir: Path, wanted: Wanted) -> Doomed:
    """Delete under the lock of the data folder, if there is one: a database can do without.

    Raises:
        StoreError: a run of these is under way.
    """
    if kept_in(data_dir) is not None:
        _check_idle(data_dir, wanted)
    # Looked up again under the lock: a run may have saved something since it was shown.
    gone = doomed(data_dir, wanted)
    # Before the history, by which alone those of a store are found: it may be away, or refuse.
    stuck = _deleted(every_evidence(data_dir), gone.archives)
    files = list(gone.files)
    if not wanted.archives and kept_in(data_dir) is not None:
        with open_history(data_dir, write=True) as history:
            history.erase(wanted.run, wanted.company)
    elif not (wanted.everything or wanted.archives):
        erase(data_dir / FILE, wanted.run, wanted.company)
        files += backups(data_dir / FILE)  # bringing it up to date may have made one more
    _unlink(files, stuck)
    _remove_empty_folders(data_dir)
    return gone


def _check_idle(data_dir: Path, wanted: Wanted) -> None:
    """Refuse while somebody has a run of these under way, whose pages may be in this folder.

    Raises:
        StoreError: somebody has.
    """
    with open_history(data_dir) as history:
        busy = {run: who for run, who in history.at_work().items() if wanted.run in (None, run)}
    for run, who in busy.items():
        raise StoreError(
            f"{place_of(data_dir)}: run {run} is under way ({who}); wait until it is done"
        )


def _check(
    wanted: Wanted, known: Iterable[tuple[str, str]], data_dir: Path, *, there: bool
) -> None:
    """Refuse a run or a company that is not there, and say which are.

    `there` tells whether anything was found of the company: of one whose visit was never saved
    there may be an archive and no row.
    """
    pairs = list(known)
    if wanted.run is not None and wanted.run not in {run for run, _ in pairs}:
        raise StoreError(f"{place_of(data_dir)}: no run {wanted.run!r}; see: audit history FILE")
    if wanted.company is not None and not there:
        names = sorted({name for run, name in pairs if name and wanted.run in (None, run)})
        others = ", ".join(names) or "none"
        raise StoreError(
            f"{place_of(data_dir)}: no company {wanted.company!r}; there are: {others}"
        )


def _everything(data_dir: Path) -> Doomed:
    """Find all that a run has made in a data folder; other files of the folder stay."""
    try:
        with open_history(data_dir) as history:
            rows = tuple(history.companies())
    except StoreError:  # a history that cannot be read can still be deleted, if it is a file
        if kept_in(data_dir) is not None:
            raise
        rows = ()
    journals = [data_dir / f"{FILE}{ending}" for ending in ("", "-wal", "-shm", "-journal")]
    present = [*(path for path in journals if path.exists()), *backups(data_dir / FILE)]
    readings = _readings(data_dir, Wanted(), rows)
    archives = _archives(data_dir, Wanted(), rows, {run for run, _ in rows})
    others = [*present, *_logs(data_dir), *sorted(data_dir.glob(PLACES))]
    return _doomed(data_dir, rows, archives, readings, others)


def _doomed(
    data_dir: Path,
    rows: tuple[tuple[str, str], ...],
    archives: list[str],
    readings: list[Path],
    others: list[Path],
) -> Doomed:
    """Put rows, archives and other files together, with the bytes that the files take."""
    files, places = (*readings, *others), every_evidence(data_dir)
    size = sum(path.stat().st_size for path in files if path.exists())
    return Doomed(
        rows=rows,
        archives=tuple(archives),
        files=files,
        size=size + sum(max(each.size(name) for each in places) for name in archives),
        readings=len(readings),
    )


def _archives(
    data_dir: Path, wanted: Wanted, rows: Iterable[tuple[str, str]], known: Iterable[str]
) -> list[str]:
    """Find the archives that go; also those of visits whose result was never saved.

    Their names are made from the company's, so the name that was typed is tried as well as those
    in the rows: `acme` finds the rows of `Acme`, and both may have archives. In the store of a team
    those of `known` runs are ours; others may lie beside them.
    """
    here = {*_folders(data_dir / ARCHIVE), *_folders(data_dir / CACHE / ARCHIVE)}
    runs = [wanted.run] if wanted.run else sorted({*known, *here})
    begins = [""]
    if wanted.company is not None:
        names = {name for _, name in rows if name} | {wanted.company}
        begins = [f"{slug(name)}." for name in sorted(names)]
    found = (
        name
        for run in runs
        for begin in begins
        for evidence in every_evidence(data_dir)
        for name in (*evidence.names(run, begin), *evidence.copies(run, begin))
    )
    return [name for name in dict.fromkeys(found) if wanted.company is None or attempt_of(name)]


def _readings(data_dir: Path, wanted: Wanted, rows: Iterable[tuple[str, str]]) -> list[Path]:
    """Find what was read on the pages that go; of a run nobody can tell which, so all of it."""
    if wanted.company is None:
        return sorted(path for path in (data_dir / READINGS).glob("*") if path.is_file())
    names = {name for _, name in rows if name} | {wanted.company}
    places = sorted(readings_of(data_dir, name) for name in names)
    return [path for path in places if path.is_file()]


def _folders(folder: Path) -> list[str]:
    """List the names of the folders in a folder: in the archive one a run."""
    return sorted(path.name for path in folder.glob("*") if path.is_dir())


def _logs(data_dir: Path) -> list[Path]:
    """List the log files and the last run's end; they name addresses and companies of all runs."""
    return [*sorted(data_dir.glob(f"{LOG}*")), *sorted(data_dir.glob(LAST))]


def _deleted(places: Sequence[KeptEvidence], archives: Iterable[str]) -> list[str]:
    """Delete archives in each of the places that runs have put them in.

    Goes on behind one that the disk keeps, and returns which those are.

    Raises:
        EvidenceError: the store of a team does not answer, or does not let them be deleted.
    """
    stuck: list[str] = []
    for name, evidence in ((name, evidence) for name in archives for evidence in places):
        try:
            evidence.delete(name)
        except EvidenceError:
            raise
        except OSError as error:
            stuck.append(f"{evidence.data_dir / name} ({error.strerror})")
    places[0].tidy()
    return list(dict.fromkeys(stuck))


def _unlink(files: Iterable[Path], stuck: list[str]) -> None:
    """Delete files; go on behind one that cannot be, and name all that are `stuck` in the end."""
    for path in files:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            stuck.append(f"{path} ({error.strerror})")
    if stuck:
        raise SaveError(f"could not be deleted: {', '.join(stuck)}; delete it by hand")


def _remove_empty_folders(data_dir: Path) -> None:
    """Remove the folders of archives and readings that are empty now."""
    places = (data_dir / ARCHIVE, data_dir / READINGS, data_dir / CACHE)
    for folder in [*(data_dir / ARCHIVE).glob("*"), *places]:
        with suppress(OSError):  # the system removes no folder that holds something
            folder.rmdir()
