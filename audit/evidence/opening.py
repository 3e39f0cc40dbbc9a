"""Which evidence a data folder has: its own, or that of the store which was named for it."""

from pathlib import Path

from audit.evidence.kept import KeptEvidence
from audit.evidence.store import EvidenceStore, FolderStore
from audit.model.company import Competitors
from config.evidence import EvidencePlace, evidence_place

_PLACES: dict[Path | None, EvidencePlace] = {}
"""By data folder; under None what goes for every folder, as it was typed."""

_OPEN: dict[Path, tuple[EvidencePlace | None, KeptEvidence]] = {}
"""What was opened, so that what a store has is not asked for each page."""


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
    place, key = evidence_place_of(data_dir), data_dir.absolute()
    known = _OPEN.get(key)
    if known is not None and known[0] == place:
        return known[1]
    evidence = KeptEvidence(data_dir, _store(place))
    _OPEN[key] = (place, evidence)
    return evidence


def _store(place: EvidencePlace | None) -> EvidenceStore | None:
    """Return the store at a place."""
    if place is None:
        return None
    if not place.scheme:
        return FolderStore(place.folder, place.said)
    from audit.evidence.objects import ObjectStore

    return ObjectStore(place)
