"""Put a file in its place whole, or leave the old one as it is."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from audit.model.errors import ReportError, SaveError

_ATTEMPTS = 100


def check_output(path: Path) -> None:
    """Check, before anything is fetched, that a file can be written there.

    The folder is made where its own parent exists.

    Raises:
        ReportError: the path is a folder, its parent is missing, or it cannot be written to.
    """
    if path.is_dir():
        raise ReportError(f"{path}: is a folder; name a file in it")
    folder = path.resolve().parent
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except FileNotFoundError as error:
        raise ReportError(
            f"{path}: the folder {folder.parent} does not exist; make it first"
        ) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReportError(f"{path}: cannot be written ({reason}); choose another place") from error


def save(path: Path, write: Callable[[Path], None]) -> Path:
    """Write to a temporary file beside the place, then replace; give the path as it really is.

    Where the old file cannot be replaced (it is open in a spreadsheet program on Windows), the
    new one is saved beside it under a name with a number.

    Raises:
        SaveError: the file cannot be written at all; the old one is untouched.
    """
    folder = path.resolve().parent
    temporary = folder / f".{path.stem}.{os.getpid()}{path.suffix}"
    try:
        folder.mkdir(exist_ok=True)
        write(temporary)
    except BaseException as error:  # whatever ends the writing, no half file stays behind
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise SaveError(f"{path}: could not be saved ({error.strerror or error})") from error
        raise
    return _placed(temporary, path)


def _placed(temporary: Path, path: Path) -> Path:
    names = [path, *(path.with_stem(f"{path.stem}-{number}") for number in range(1, _ATTEMPTS))]
    for name in names:
        if name != path and name.exists():
            continue
        try:
            temporary.replace(name)
        except OSError:
            continue
        return name
    raise SaveError(f"{path}: could not be replaced; the new file is {temporary}")
