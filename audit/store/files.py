"""Where the files of a run lie below the data folder, under names that are safe everywhere."""

import hashlib
import re
import unicodedata
from pathlib import Path

ARCHIVE = "archive"


def slug(name: str) -> str:
    """Turn a company's name into a file name: ASCII, at most 48 characters, with a digest.

    The digest keeps names apart that look alike ("Ärzte", "Arzte"), and keeps clear of names
    that a system reserves ("CON").
    """
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")[:39].rstrip("-")
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{words}-{digest}" if words else digest


def new_archive(data_dir: Path, run_id: str, company: str) -> str:
    """Name the archive of a company's visit, relative to the data folder.

    A visit that is made again (`--resume`) gets a file of its own; the last one counts.
    """
    attempt = len(_archives(data_dir, run_id, company)) + 1
    return f"{ARCHIVE}/{run_id}/{slug(company)}.{attempt}.warc.gz"


def last_archive(data_dir: Path, run_id: str, company: str) -> str | None:
    """Find the archive of a company's last visit in a run, or None where there is none."""
    found = _archives(data_dir, run_id, company)
    if not found:
        return None
    last = max(found, key=lambda path: int(path.name.split(".")[1]))
    return f"{ARCHIVE}/{run_id}/{last.name}"


def _archives(data_dir: Path, run_id: str, company: str) -> list[Path]:
    return list((data_dir / ARCHIVE / run_id).glob(f"{slug(company)}.*.warc.gz"))
