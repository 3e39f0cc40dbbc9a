"""Where runs of a data folder have put their archived pages: nobody has to remember it for them.

Whoever looks at a proof, or has it forgotten, may not name the place, or another than a run had.
"""

import logging
from pathlib import Path

from config.evidence import EvidencePlace

log = logging.getLogger(__name__)

FILE = "evidence-places.txt"
"""A place a line, the last one last; no address of a place holds a password."""


def remember(data_dir: Path, place: EvidencePlace) -> None:
    """Note that a run puts its pages there; where the disk is full it is not known later."""
    addresses = [each for each in _addresses(data_dir) if each != place.address]
    try:
        (data_dir / FILE).write_text(
            "".join(f"{each}\n" for each in (*addresses, place.address)), "utf-8"
        )
    except OSError as error:
        log.warning("where pages are put was not noted: %s", error)


def remembered(data_dir: Path) -> tuple[EvidencePlace, ...]:
    """Return the places that runs have put pages in, the last one first."""
    said = f"{data_dir / FILE}:"
    return tuple(EvidencePlace(address=each, said=said) for each in reversed(_addresses(data_dir)))


def _addresses(data_dir: Path) -> list[str]:
    """Return the lines of the note; none where there is no such file, or it cannot be read."""
    try:
        return (data_dir / FILE).read_text("utf-8", "replace").split("\n")[:-1]
    except OSError:
        return []
