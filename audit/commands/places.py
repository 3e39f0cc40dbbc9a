"""Where a command reads and writes: the file, the catalogue, the data folder."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from audit.evidence.opening import keep_all_evidence_in, keep_evidence_in
from audit.model.errors import AuditError
from audit.store.opening import keep_all_in, keep_in, kept_in
from config.database import database_in, database_of
from config.evidence import evidence_in, evidence_place
from config.files import check_there
from config.load import MAX_BYTES

if TYPE_CHECKING:
    from audit.model.company import Competitors


def inputs(file: Path, competitors: Competitors) -> tuple[Path, ...]:
    """Return the files that a person wrote; no command writes over them."""
    return (file, *competitors.catalogue)


def place_of_data(file: Path, asked: Path | None) -> Path:
    """Return the data folder: `audit-data` beside the file unless another is asked for.

    Its history is from now on looked for in the database that the list names, its pages in the
    store, if it names one.
    """
    folder = asked if asked is not None else beside(file) / "audit-data"
    with suppress(AuditError):  # told by whoever reads all of the list
        keep_in(folder, database_in(file, MAX_BYTES))
        keep_evidence_in(folder, evidence_in(file, MAX_BYTES))
    return folder


def use_database(typed: str | None) -> None:
    """Have all histories of this command in the database that was typed (`--database`), if any.

    Raises:
        AuditError: it is no address of one.
    """
    keep_all_in(database_of(typed, "--database") if typed is not None else None)


def use_team(database: str | None, evidence: str | None) -> None:
    """Have histories and archived pages of this command where that was typed, if it was.

    Raises:
        AuditError: it is no address of a database, or no place for evidence.
    """
    use_database(database)
    place = evidence_place(evidence, "--evidence", Path.cwd()) if evidence is not None else None
    keep_all_evidence_in(place)


def beside(file: Path) -> Path:
    """Return the folder of a file; of a link, the folder of the file that it leads to.

    Raises:
        AuditError: its links lead in a circle, or the way to it cannot be followed.
    """
    try:
        return file.resolve().parent
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle, before Python 3.13
        reason = getattr(error, "strerror", None) or "links lead in a circle"
        raise AuditError(f"{file}: cannot be found ({reason}); check the path") from error


def kept_folder(file: Path, asked: Path | None) -> Path:
    """Return the data folder for a command that only looks: nothing is made or tried there.

    It need not exist where nobody asked for it: then there is no run yet.

    Raises:
        AuditError: the list may name a database, and cannot be read; there is a file in the
            folder's place, or it cannot be looked into.
    """
    folder = place_of_data(file, asked)
    # Of a list with a mistake nobody knows where its history lies.
    database_in(file, MAX_BYTES)
    evidence_in(file, MAX_BYTES)
    try:
        if folder.exists() and not folder.is_dir():
            raise AuditError(f"{folder}: is no folder; choose another with --data-dir")
        if asked is not None and not folder.exists() and kept_in(folder) is None:
            raise AuditError(f"{folder}: there is no such data folder; look at --data-dir")
        if folder.is_dir():
            next(folder.iterdir(), None)  # `is_dir` says yes of a folder that may not be read, too
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AuditError(f"{folder}: the data folder cannot be read ({reason})") from error
    return folder


def kept_of_list(file: Path, asked: Path | None) -> Path:
    """Return the data folder for a command that reads nothing of the list but where it lies.

    Raises:
        AuditError: as `kept_folder`, or nobody asked for a folder and there is no such list.
    """
    if asked is None:
        # Another list beside it may have a history, which would be taken for that of this one.
        check_there(file)
    return kept_folder(file, asked)
