"""Where a command reads and writes: the file, the catalogue, the data folder."""

from collections.abc import Callable
from pathlib import Path

from audit.model.catalogue import Catalogue
from audit.model.company import Competitors
from audit.model.errors import AuditError
from config.catalogue import load_catalogue, load_platform_names
from config.load import load_competitors


def load(file: Path, meanwhile: Callable[[], None] = lambda: None) -> tuple[Competitors, Catalogue]:
    """Read the list of companies and the catalogue that it asks for.

    `meanwhile` is called once the list is known to be right: what it starts may take its time.
    """
    competitors = load_competitors(file, load_platform_names)
    meanwhile()
    return competitors, load_catalogue(competitors.catalogue)


def inputs(file: Path, competitors: Competitors) -> tuple[Path, ...]:
    """List the files that a person wrote; no command writes over them."""
    return (file, *competitors.catalogue)


def place_of_data(file: Path, asked: Path | None) -> Path:
    """Name the data folder: beside the file unless another is asked for."""
    return asked if asked is not None else beside(file) / "audit-data"


def beside(file: Path) -> Path:
    """Give the folder of a file; of a link, that of the file it leads to.

    Raises:
        AuditError: its links lead in a circle, or the way to it cannot be followed.
    """
    try:
        return file.resolve().parent
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle, before Python 3.13
        reason = getattr(error, "strerror", None) or "links lead in a circle"
        raise AuditError(f"{file}: cannot be found ({reason}); check the path") from error


def data_folder(file: Path, asked: Path | None) -> Path:
    """Make the data folder, beside the file unless another is asked for.

    Raises:
        AuditError: its parent is missing, it is a file, or it cannot be written to.
    """
    folder = place_of_data(file, asked)
    try:
        folder.mkdir(exist_ok=True)
        # to write is the only sure test: rights say nothing of a file system mounted read-only
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
    folder = place_of_data(file, asked)
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
