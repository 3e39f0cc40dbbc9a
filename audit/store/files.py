"""Where the files of a run lie below the data folder, under names that are safe everywhere."""

import hashlib
import re
import unicodedata
from pathlib import Path

from audit.evidence.kept import ARCHIVE
from audit.evidence.opening import kept_evidence, names_anywhere
from audit.model.errors import AuditError

LOG = "audit.log"
LAST = "last-run.json"
"""How the last run ended, in words for programs (docs/schedule.md)."""
READINGS = "readings"


def make_data_folder(folder: Path) -> None:
    """Make the data folder where it is missing, and try whether it can be written to.

    Raises:
        AuditError: its parent is missing, it is a file, or it cannot be written to.
    """
    try:
        folder.mkdir(exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AuditError(
            f"{folder}: cannot be used as data folder ({reason}); choose another with --data-dir"
        ) from error


def slug(name: str) -> str:
    """Turn a company's name into a file name: ASCII, at most 48 characters, with a digest.

    The digest keeps names apart that look alike ("Ärzte", "Arzte"), and keeps clear of names
    that a system reserves ("CON").
    """
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    # 39 characters, a hyphen and a digest of 8 are the 48
    words = re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")[:39].rstrip("-")
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{words}-{digest}" if words else digest


def new_archive(data_dir: Path, run_id: str, company: str) -> str:
    """Name the archive of a company's visit, relative to the data folder.

    A visit that is made again (`--resume`) gets a file of its own; the last one counts.
    """
    names = kept_evidence(data_dir).names(run_id, f"{slug(company)}.")
    attempt = max(map(attempt_of, names), default=0) + 1
    return f"{ARCHIVE}/{run_id}/{slug(company)}.{attempt}.warc.gz"


def last_archive(data_dir: Path, run_id: str, company: str) -> str | None:
    """Find the archive of a company's last visit in a run, or None where there is none."""
    names = names_anywhere(data_dir, run_id, f"{slug(company)}.")
    archives = [name for name in names if is_whole(name)]
    return max(archives, key=attempt_of) if archives else None


def is_whole(name: str) -> bool:
    """Tell whether an archive is as it was written: `acme-1a2b3c4d.2.warc.gz`.

    What is left of one that is not kept any more has a word more (`….2.kept.warc.gz`).
    """
    return _file(name).count(".") == 3 and bool(attempt_of(name))


def readings_of(data_dir: Path, company: str) -> Path:
    """Name the file of what was read on a company's pages in its last visit."""
    return data_dir / READINGS / f"{slug(company)}.txt"


def _file(name: str) -> str:
    """Return the name of a file without the folders before it."""
    return name.rpartition("/")[2]


def attempt_of(name: str) -> int:
    """Tell which visit of a company in a run an archive is of; 0 for a file that is none.

    `acme-1a2b3c4d.2.warc.gz` is of the second. A copy that a person made of it, such as
    `acme-1a2b3c4d.old.warc.gz`, is none.
    """
    number = _file(name).split(".")[1] if "." in _file(name) else ""
    # isdigit() alone is true of "²" too, and int() refuses that and very long numbers
    return int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0
