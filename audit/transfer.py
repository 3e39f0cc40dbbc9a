"""Take a history along: all of a data folder into one file, and the runs of one into another."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from audit import __version__
from audit.evidence.opening import kept_evidence
from audit.model.company import Competitors
from audit.model.errors import ReportError, SaveError, StoreError
from audit.model.past import website_key
from audit.store.bundle import HISTORY, Bundle, is_part, opened, write_bundle
from audit.store.files import make_data_folder
from audit.store.lock import Lock, going_on
from audit.store.merge import VERSION, Merge, check_foreign, merge, plan_merge
from audit.store.opening import check_file, open_history
from audit.store.reading import copied
from scrapers.fetch.thinned import KEPT, WHOLE, join

_STAGING = ".import-"
"""How the folder begins in which an import is put together; one that is left may be deleted."""


_NAMED = 3
"""So many companies of a history that does not belong here are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written: runs, archives of pages, bytes."""

    runs: int
    archives: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of an import: the runs that it added, those that were there, archives of pages.

    `other` are those of `same` that had come to something else in the file; ours are as they were.
    """

    new: tuple[str, ...]
    same: tuple[str, ...]
    other: tuple[str, ...]
    archives: int


def export_history(data_dir: Path, out: Path) -> Exported:
    """Write the history of a data folder and its archived pages into one file.

    Raises:
        StoreError: there is no run, one is going on, or the history cannot be read.
        ReportError: there is a file of that name, or the place cannot be used.
        SaveError: the file could not be written; there is none then.
    """
    check_file(data_dir, "audit export", "copy it into one first: audit copy-history")
    with open_history(data_dir) as history:
        runs = history.ids()
    if not runs:
        raise StoreError(f"{data_dir}: no run yet, so there is nothing to export")
    if owner := going_on(data_dir):
        raise StoreError(f"{data_dir}: a run is going on ({owner}); export when it is over")
    _check_place(out, data_dir)
    pages = dict(_pages_of(data_dir, runs))
    about = {"program": f"social-audit {__version__}", "history": VERSION, "runs": list(runs)}
    try:
        with tempfile.TemporaryDirectory(prefix=".audit-export-", dir=out.parent) as folder:
            copy = Path(folder) / HISTORY
            copied(data_dir / HISTORY, copy)
            size = write_bundle(out, [(HISTORY, copy), *pages.items()], about)
    except OSError as error:
        raise SaveError(f"{out}: could not be written ({error.strerror or error})") from error
    return Exported(runs=len(runs), archives=len(pages), size=size)


def _check_place(out: Path, data_dir: Path) -> None:
    """Check that a new file can be made at a place.

    Raises:
        ReportError: it cannot.
    """
    if out.exists() or out.is_symlink():
        raise ReportError(f"{out}: is there already; name another file with -o")
    if not out.parent.is_dir():
        raise ReportError(f"{out}: there is no folder {out.parent}; make it, or name another")
    if out.resolve().is_relative_to(data_dir.resolve()):
        raise ReportError(f"{out}: lies in the data folder itself; name another place with -o")


def _pages_of(data_dir: Path, runs: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    """Give the archives of runs, each with its path below the data folder."""
    evidence = kept_evidence(data_dir)
    for run in runs:
        names = [name for name in evidence.names(run) if is_part(name)]
        evidence.bring(names)
        for name in names:
            path = evidence.here(name)
            if path is not None and not path.is_symlink():
                yield name, path


def import_history(
    file: Path, data_dir: Path, competitors: Competitors | None = None, *, anyway: bool = False
) -> Imported:
    """Add the runs of an exported history that are not there yet, with their pages.

    Those of a stranger would stand among ours for ever, so a file is refused without a company
    (by its website) of the list or of the runs that are there, unless they are wanted `anyway`.
    The pages come first and the runs last, in one transaction: where it is broken off the history
    is as it was, and the next import goes on.

    Raises:
        StoreError: the file cannot be used or does not fit this history; nothing was added.
        SaveError: the disk took not all of it; the history is as it was.
    """
    check_file(
        data_dir,
        "audit import-history",
        "import into a folder with --data-dir and a list without database, then copy that: "
        "audit copy-history",
    )
    with opened(file) as bundle:
        make_data_folder(data_dir)
        lock = Lock(data_dir)
        lock.take()
        try:
            with _staged(data_dir) as staging:
                foreign = _taken(bundle, file, staging)
                if not anyway:
                    _check_companies(file, data_dir, staging, competitors)
                return _imported(bundle, file, data_dir, foreign)
        except (OSError, ValueError) as error:  # ValueError: a page of ours that cannot be read
            words = getattr(error, "strerror", None) or error
            raise SaveError(
                f"{data_dir}: could not be written ({words}); no run was added"
            ) from error
        finally:
            lock.release()


@contextmanager
def _staged(data_dir: Path) -> Iterator[Path]:
    """Give a new folder on the same disk, and remove it and all that were left."""
    for left in data_dir.glob(f"{_STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(
        prefix=_STAGING, dir=data_dir, ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


def _taken(bundle: Bundle, file: Path, staging: Path) -> Path:
    """Take the history out of a bundle into a folder, check it, and return where it lies.

    Raises:
        StoreError: it is damaged, or none of ours.
        SaveError: the disk has no room for it.
    """
    _check_room(bundle.parts[HISTORY].size, staging.parent)
    foreign = staging / HISTORY
    bundle.take(HISTORY, foreign)
    check_foreign(foreign, file)
    return foreign


def _check_companies(
    file: Path, data_dir: Path, staging: Path, competitors: Competitors | None
) -> None:
    """Check that the runs in a folder have a company of the list, or of our runs.

    Nobody knows it where there is neither a list nor a run: then all is taken.

    Raises:
        StoreError: they have none.
    """
    listed = competitors.companies if competitors is not None else ()
    known = {website_key(company.website) for company in listed} | _websites(data_dir)
    theirs = _websites(staging)
    if known and theirs and not known & theirs:
        some = ", ".join(sorted(theirs)[:_NAMED]) + (", ..." if len(theirs) > _NAMED else "")
        raise StoreError(
            f"{file}: its runs are of other companies ({some}): none of them is on this list or in "
            "this history. Nothing was added. If they belong here, add --anyway"
        )


def _websites(data_dir: Path) -> frozenset[str]:
    """Return the keys of the websites of all companies that a history has runs of."""
    with open_history(data_dir) as history:
        return frozenset[str]().union(*(run.websites for run in history.lists()))


def _imported(bundle: Bundle, file: Path, data_dir: Path, foreign: Path) -> Imported:
    """Move the pages of a checked history to their places, then add the runs."""
    staging = foreign.parent
    plan = plan_merge(data_dir / HISTORY, foreign, file)
    wanted = [name for name in bundle.parts if _is_missing(name, bundle, plan, data_dir)]
    _check_room(sum(bundle.parts[name].size for name in wanted), data_dir)
    pages: Mapping[str, Path] = {name: staging / f"{at}" for at, name in enumerate(wanted)}
    for name, path in pages.items():
        bundle.take(name, path)
    for name, path in pages.items():
        target = data_dir / name
        if target.exists():
            join(target, path)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
    merge(data_dir / HISTORY, foreign, plan)
    return Imported(new=plan.new, same=plan.same, other=plan.other, archives=len(pages))


def _check_room(size: int, data_dir: Path) -> None:
    """Check that the disk has room, before it is filled.

    Raises:
        SaveError: it has not.
    """
    free = shutil.disk_usage(data_dir).free
    if size > free:
        raise SaveError(
            f"{data_dir}: {size // 1024} kB are needed and {free // 1024} kB are free; make room "
            "on the disk. Nothing was added"
        )


def _is_missing(name: str, bundle: Bundle, plan: Merge, data_dir: Path) -> bool:
    """Tell whether an archive is to be taken from a bundle: of its runs, and not there yet.

    Raises:
        StoreError: there is another one of that name, to which runs of either side may refer.
    """
    if name == HISTORY or name.split("/")[1] not in plan.order:
        return False
    target, part = data_dir / name, bundle.parts[name]
    if name.endswith(KEPT) and target.with_name(target.name.replace(KEPT, WHOLE)).exists():
        return False
    if not target.exists():
        return True
    with target.open("rb") as stream:
        if file_digest(stream, "sha256").hexdigest() == part.sha256:
            return False
    if not name.endswith(KEPT):
        raise StoreError(
            f"{target}: holds other pages than that archive in the file; nothing was added"
        )
    return True
