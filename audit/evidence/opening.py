"""Which evidence a data folder has: its own, or that of the store which was named for it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from config.evidence import EvidencePlace, evidence_place

# Where evidence lies is asked before the list is read, for which no store need be loaded.
if TYPE_CHECKING:
    from audit.evidence.kept import KeptEvidence
    from audit.evidence.store import EvidenceStore
    from audit.model.company import Competitors

log = logging.getLogger(__name__)

_PLACES: dict[Path | None, EvidencePlace] = {}
"""By data folder; under None what goes for every folder, as it was typed."""

_OPEN: dict[tuple[Path, str], KeptEvidence] = {}
"""What was opened, by data folder and place, so that what a store has is not asked each time."""


def keep_all_evidence_in(place: EvidencePlace | None) -> None:
    """Have the evidence of every data folder in a store from now on, whatever its list says."""
    _PLACES.pop(None, None)
    if place is not None:
        _PLACES[None] = place


def keep_evidence_in(data_dir: Path, place: EvidencePlace | None) -> None:
    """Have the evidence of a data folder in a store from now on; None: in the folder itself."""
    _PLACES.pop(data_dir.absolute(), None)
    if place is not None:
        _PLACES[data_dir.absolute()] = place


def keep_evidence_at(data_dir: Path, place: str) -> None:
    """Have the archived pages of a data folder in a team's folder or store, for this program.

    `place` is a path, or an address such as `s3://our-bucket/audits`. Where this is not called a
    run goes by `settings.evidence` of its list, and all else by the folder.

    Raises:
        AuditError: it is no place for evidence.
    """
    keep_evidence_in(data_dir, evidence_place(place, "keep_evidence_at", Path.cwd()))


def evidence_as_listed(data_dir: Path, competitors: Competitors) -> None:
    """Have the evidence of a data folder where its list says, unless that was decided already.

    Raises:
        AuditError: it is no place for evidence.
    """
    text, path = competitors.settings.evidence, competitors.path
    if text and evidence_place_of(data_dir) is None:
        said = f"{path}, settings.evidence"
        keep_evidence_in(data_dir, evidence_place(text, said, path.absolute().parent))


def evidence_place_of(data_dir: Path) -> EvidencePlace | None:
    """Return where the evidence of a data folder is kept; None: in the folder itself."""
    return _PLACES.get(None) or _PLACES.get(data_dir.absolute())


def typed_evidence() -> EvidencePlace | None:
    """Return the place that was typed for every folder of this process."""
    return _PLACES.get(None)


def kept_evidence(data_dir: Path) -> KeptEvidence:
    """Return the evidence of a data folder.

    Raises:
        EvidenceError: its store needs a driver that is not installed.
    """
    return _opened(data_dir, evidence_place_of(data_dir))


def every_evidence(data_dir: Path) -> tuple[KeptEvidence, ...]:
    """Return the evidence of a data folder as `kept_evidence`, then that of places of former runs.

    Raises:
        EvidenceError: a store needs a driver that is not installed.
    """
    former = (_opened(data_dir, place) for place in _former_places(data_dir))
    return (kept_evidence(data_dir), *former)


def names_anywhere(data_dir: Path, run: str, begin: str = "") -> list[str]:
    """Return the names of the archives of a run, of those whose file begins like that.

    A place of former runs that cannot be used now is left out.

    Raises:
        EvidenceError: the place of now cannot be used.
    """
    from audit.evidence.store import EvidenceError

    now = kept_evidence(data_dir)
    names = {*now.names(run, begin), *now.copies(run, begin)}
    for place in _former_places(data_dir):
        try:
            names.update(_opened(data_dir, place).names(run, begin))
        except EvidenceError as error:
            log.warning("%s", error)
    return sorted(names)


def bring_from_anywhere(data_dir: Path, names: Iterable[str]) -> None:
    """Have these archives on this machine, whichever of its places a run has put them in.

    Raises:
        EvidenceError: one was found nowhere, and a place could not be used.
    """
    from audit.evidence.kept import kept_name
    from audit.evidence.store import EvidenceError

    places = (evidence_place_of(data_dir), *_former_places(data_dir))
    for name in names:
        failed: EvidenceError | None = None
        for place in places:
            try:
                evidence = _opened(data_dir, place)
                evidence.bring([name])
            except EvidenceError as error:
                failed = failed or error
                continue
            if evidence.here(name) is not None or evidence.here(kept_name(name)) is not None:
                break
        else:
            if failed is not None:
                raise failed


def _former_places(data_dir: Path) -> list[EvidencePlace]:
    """Return the places that former runs have put pages in, but that of now."""
    from audit.evidence.places import remembered

    now = evidence_place_of(data_dir)
    known = now.address if now is not None else ""
    return [place for place in remembered(data_dir) if place.address != known]


def _opened(data_dir: Path, place: EvidencePlace | None) -> KeptEvidence:
    """Return the evidence of a data folder at a place, opened once."""
    from audit.evidence.kept import KeptEvidence

    key = (data_dir.absolute(), place.address if place is not None else "")
    if key not in _OPEN:
        _OPEN[key] = KeptEvidence(data_dir, _store(place, data_dir))
    return _OPEN[key]


def _store(place: EvidencePlace | None, data_dir: Path) -> EvidenceStore | None:
    """Return the store at a place.

    Raises:
        EvidenceError: it is the data folder, where pages lie anyway, or lies in it.
    """
    if place is None:
        return None
    from audit.evidence.store import EvidenceError, FolderStore

    if not place.scheme:
        folder, own = place.folder.resolve(), data_dir.resolve()
        if folder == own or own in folder.parents:
            raise EvidenceError(
                f"{place.said} {place.shown}: is in the data folder, where pages are kept anyway; "
                "leave it out, or name a folder that all of you can reach"
            )
        return FolderStore(place.folder, place.said)
    from audit.evidence.objects import ObjectStore

    return ObjectStore(place)
