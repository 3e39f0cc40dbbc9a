"""Keep the archived pages of the newest runs, and of older ones what a later run still refers to.

A page that did not change is archived once, and later runs point there; so nothing is deleted that
a run whose evidence is kept would miss. It is done when a run is over, under its lock. Where it is
broken off, every record is where it was or in its new place, and the next run goes on with it.
"""

import logging
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from audit.evidence.kept import ARCHIVE, KeptEvidence, kept_name
from audit.evidence.opening import kept_evidence
from audit.lists import runs_of
from audit.model.company import Competitors
from audit.model.errors import StoreError
from audit.store.files import is_whole, slug
from audit.store.history import History
from scrapers.fetch.thinned import KEPT, PART, WHOLE, is_number, referred, thin

log = logging.getLogger(__name__)

COMPARED = 2
"""The newest visits to a company always keep their pages: one is compared with the other."""


def let_go(history: History, data_dir: Path, competitors: Competitors) -> int:
    """Let the pages of runs go that are older than `settings.keep_evidence` says; log it.

    Return the bytes that became free. What cannot be read or written is logged and left as it is:
    room on a disk is no reason to lose proof.
    """
    keep = competitors.settings.keep_evidence
    try:
        evidence = kept_evidence(data_dir)
        archived = evidence.runs()
        if len(archived) <= keep:
            return 0
        kept = _kept(history, data_dir, competitors)
        older = [run for run in archived if run in kept.all_runs and run not in kept.runs]
        freed = sum(_thinned(history, evidence, archived, kept)) if older else 0
    except (OSError, StoreError) as error:
        log.warning("no archived pages were let go: %s", error)
        return 0
    if freed:
        log.info(
            "keep_evidence %d: let %d kB of older runs' archived pages go, and kept of them what "
            "later runs refer to",
            *(keep, freed // 1024),
        )
    return freed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """Which visits keep all their pages: those of the newest runs, and single ones by company.

    `all_runs` are all runs of the history, the oldest first.
    """

    all_runs: tuple[str, ...]
    runs: frozenset[str]
    visits: frozenset[tuple[str, str]]

    def spares(self, run: str, name: str) -> bool:
        """Tell whether a company's visit in a run keeps its pages."""
        return run in self.runs or (run, name) in self.visits


def _kept(history: History, data_dir: Path, competitors: Competitors) -> _Kept:
    """Choose: the list's newest finished runs, whatever began after them, and what is compared.

    Runs of another list in the same folder neither count nor lose anything: how many of them are
    kept is that list's own setting, which its next run goes by.

    A run that was broken off is not counted, or a few of them would cost the last good one its
    pages. A company that was not part of the newest runs keeps its last two visits.
    """
    ids = history.ids()
    own = runs_of(history, data_dir, competitors)
    finished = [run.id for run in own if run.is_finished]
    counted = finished[-competitors.settings.keep_evidence :]
    newest = frozenset(ids[ids.index(counted[0]) :] if counted else ids)
    visits = (
        visit
        for company in competitors.companies
        for visit in islice(
            (each for each in reversed(history.visits(company.website)) if each[0] in finished),
            COMPARED,
        )
    )
    return _Kept(
        all_runs=ids,
        runs=frozenset(ids) - {run.id for run in own if run.id not in newest},
        visits=frozenset(visits),
    )


def _thinned(
    history: History, evidence: KeptEvidence, archived: Collection[str], kept: _Kept
) -> Iterator[int]:
    """Thin the archives that are not to be kept; yield the bytes that became free by each.

    From the newest run to the oldest, as runs refer to older ones only: when the turn of an archive
    comes, all that refers to it has been read.

    Raises:
        OSError: an archive that is kept cannot be read, so that nobody knows what it refers to.
        StoreError: nor can the history.
    """
    names = dict[str, list[str]]()
    for run, name in history.companies():
        names.setdefault(run, []).append(name)
    needed = set[str]()
    for run in reversed([run for run in kept.all_runs if run in archived]):
        spared = [name for name in names.get(run, ()) if kept.spares(run, name)]
        for name in spared:
            needed |= history.records(run, name)
        files = {slug(name) for name in spared}
        for archive in _archives(evidence, run):
            evidence.bring([archive])
            if not (run in kept.runs or archive.split("/")[2].split(".")[0] in files):
                yield _thin(evidence, archive, needed)
            for each in (archive, kept_name(archive)):
                if (path := evidence.here(each)) is not None:
                    needed.update(referred(path))
        _clear(evidence.data_dir / ARCHIVE / run)


def _thin(evidence: KeptEvidence, archive: str, needed: Collection[str]) -> int:
    """Thin one archive to what is needed of it; return the bytes that became free.

    One that cannot be thinned stays as it is.
    """
    numbers = (place.removeprefix(f"{archive}#") for place in needed)
    places = {int(number) for number in numbers if is_number(number)}
    before = _size(evidence, archive)
    try:
        thin(evidence.place(archive), places)
        evidence.settle(archive)
    except (OSError, ValueError) as error:
        log.warning("%s is kept as it is: %s", archive, error)
    return before - _size(evidence, archive)


def _archives(evidence: KeptEvidence, run: str) -> list[str]:
    """List the archives of a run by the names under which they were written."""
    names = {name.replace(KEPT, WHOLE) for name in evidence.names(run)}
    return sorted(name for name in names if is_whole(name))


def _size(evidence: KeptEvidence, archive: str) -> int:
    """Return the bytes that an archive takes, whole and thinned."""
    return evidence.size(archive) + evidence.size(kept_name(archive))


def _clear(folder: Path) -> None:
    """Remove what a thinning that was broken off left, and the folder if nothing is in it."""
    with suppress(OSError):  # the system removes no folder that holds something
        for part in folder.glob(f"*{PART}"):
            part.unlink()
        folder.rmdir()
