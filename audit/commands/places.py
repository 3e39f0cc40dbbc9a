"""Where a command reads and writes: the file, the data folder, the targets, the log."""

import logging
from collections.abc import Mapping
from logging.handlers import RotatingFileHandler
from pathlib import Path

from audit.model.catalogue import Catalogue
from audit.model.company import Competitors
from audit.model.errors import AuditError
from audit.store.files import LOG
from config.catalogue import load_catalogue, load_platform_names
from config.load import load_competitors

FORMATS = ("xlsx", "json")
Targets = Mapping[str, Path]

LOG_BYTES = 5 * 1024 * 1024
"""A log this long is put aside as `audit.log.1`, in place of the one before."""


def load(file: Path) -> tuple[Competitors, Catalogue]:
    """Read the list of companies and the catalogue that it asks for."""
    competitors = load_competitors(file, load_platform_names)
    return competitors, load_catalogue(competitors.catalogue)


def targets(file: Path, output: Path | None, formats: str) -> dict[str, Path]:
    """Name the file to write for each format asked for.

    Raises:
        AuditError: a format that does not exist.
    """
    names = [name.strip().lower() for name in formats.split(",") if name.strip()]
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise AuditError(f"--format {formats!r}: choose from {', '.join(FORMATS)}")
    if output is None:
        return {name: file.with_suffix(f".{name}") for name in names}
    if len(names) == 1:
        return {names[0]: output}
    return {name: output.with_suffix(f".{name}") for name in names}


def data_folder(file: Path, asked: Path | None) -> Path:
    """Make the data folder, beside the file unless another is asked for.

    Raises:
        AuditError: its parent is missing, it is a file, or it cannot be written to.
    """
    folder = _folder(file, asked)
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
    return folder


def kept_folder(file: Path, asked: Path | None) -> Path:
    """Name the data folder for a command that only looks: nothing is made or tried there.

    Raises:
        AuditError: there is a file in its place, or it cannot be looked into.
    """
    folder = _folder(file, asked)
    try:
        if folder.exists() and not folder.is_dir():
            raise AuditError(f"{folder}: is no folder; choose another with --data-dir")
        if asked is not None and not folder.exists():
            raise AuditError(f"{folder}: there is no such data folder; look at --data-dir")
        if folder.is_dir():
            next(folder.iterdir(), None)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AuditError(f"{folder}: the data folder cannot be read ({reason})") from error
    return folder


def _folder(file: Path, asked: Path | None) -> Path:
    return asked if asked is not None else file.resolve().parent / "audit-data"


class _QuietLog(RotatingFileHandler):
    """A log that never speaks up: on a full disk a line is lost, and nothing else."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the library's name
        """Do without the line."""


def log_to(data_dir: Path) -> None:
    """Keep a log for the maintainer in the data folder; the terminal stays clean.

    It is bounded: the last one or two times `LOG_BYTES` are kept.
    """
    logging.raiseExceptions = False
    handler = _QuietLog(
        data_dir / LOG, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for noisy in ("httpx", "httpcore", "asyncio", "tldextract", "filelock"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
