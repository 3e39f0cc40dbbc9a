"""Put a file in its place whole, or leave the old one as it is."""

import re
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from audit.model.errors import ReportError, SaveError

NUMBERS = range(1, 100)
"""What is added to a name where a file of that name must stay."""

# Windows reads the superscripts too: COM¹ is COM1.
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)


def check_output(
    path: Path,
    *,
    inputs: Iterable[Path] = (),
    data_dir: Path | None = None,
    make_folder: bool = True,
) -> None:
    """Check, before anything is fetched, that a file can be written there and hits no other.

    The folder is made where its own parent exists, unless that is not wanted. `inputs` are files
    that must stay as they are, as must everything in the data folder.

    Raises:
        ReportError: what is wrong with the place, and what to do.
    """
    try:
        _refuse_kind(path)
        _refuse_kept(path, inputs, data_dir)
        _try(path, make_folder=make_folder)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before Python 3.13
        reason = getattr(error, "strerror", None) or "links lead in a circle"
        raise ReportError(f"{path}: cannot be written ({reason}); choose another place") from error


def always() -> bool:
    """Tell that a file may be replaced."""
    return True


def never() -> bool:
    """Tell that a file must stay."""
    return False


def save(
    path: Path, write: Callable[[Path], None], *, may_replace: Callable[[], bool] = always
) -> Path:
    """Write to a temporary file beside the place, then replace; give the path as it really is.

    Where the old file cannot be replaced (it is open in a spreadsheet program on Windows), the
    new one is saved beside it under a name with a number. So it is where
    `may_replace`, which is asked when the new one is written, does not allow it.

    Raises:
        SaveError: the file cannot be written at all; the old one is untouched.
    """
    place = path.resolve()
    temporary = _temporary(place)
    try:
        temporary.parent.mkdir(exist_ok=True)
        write(temporary)
    except BaseException as error:  # whatever ends the writing, no half file stays behind
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise SaveError(f"{path}: could not be saved ({error.strerror or error})") from error
        raise
    placed = _placed(temporary, place, over=may_replace())
    return path if placed == place else placed


def _refuse_kind(path: Path) -> None:
    """Refuse what is no file, and names that no file may have on one system or another."""
    if path.is_dir():
        raise ReportError(f"{path}: is a folder; name a file in it")
    if path.exists() and not path.is_file():
        raise ReportError(f"{path}: is a device or a pipe; name a file")
    # Windows looks at what stands before the first dot: `nul.xlsx` is the device as well.
    if _RESERVED.fullmatch(path.name.partition(".")[0].rstrip()):
        raise ReportError(f"{path}: Windows keeps this name for itself; choose another name")


def _refuse_kept(path: Path, inputs: Iterable[Path], data_dir: Path | None) -> None:
    """Refuse to write over what the command reads, by whatever name it is called."""
    for kept_file in inputs:
        if _same(path, kept_file):
            raise ReportError(f"{path}: is read by this command; choose another name for -o")
    if data_dir is None:
        return
    place = path.resolve()
    kept = _entries(data_dir)
    inside = any(_same(folder, data_dir) for folder in (place, *place.parents))
    if inside or any(_same(path, each) for each in kept):
        raise ReportError(
            f"{path}: the folder {data_dir} is kept for the history; choose another place"
        )


def _entries(data_dir: Path) -> list[Path]:
    """Return what lies in the data folder.

    Raises:
        ReportError: the folder cannot be read, which is no fault of the report's place.
    """
    try:
        return list(data_dir.iterdir()) if data_dir.is_dir() else []
    except OSError as error:
        raise ReportError(
            f"{data_dir}: cannot be used as data folder ({error.strerror or error}); choose "
            "another with --data-dir"
        ) from error


def _same(one: Path, other: Path) -> bool:
    """Tell whether two names lead to one file: by links, by case, or written differently."""
    try:
        return one.samefile(other)
    except OSError:
        return one.resolve() == other.resolve()


def _try(path: Path, *, make_folder: bool) -> None:
    """Make a file at the place and take it away again; its folder is made where it is wanted."""
    place = path.resolve()
    folder = place.parent
    if not make_folder and not folder.is_dir():
        raise ReportError(f"{path}: the folder does not exist; make it first")
    try:
        folder.mkdir(exist_ok=True)
    except FileNotFoundError as error:
        raise ReportError(
            f"{path}: the folder {folder.parent} does not exist; make it first"
        ) from error
    with suppress(FileNotFoundError):
        place.lstat()  # a name that is too long shows itself here
    trial = _temporary(place)
    trial.touch(exist_ok=False)
    trial.unlink()


def _temporary(place: Path) -> Path:
    """Return a name beside the place that nobody can foresee, so that nothing waits there."""
    # In the same folder: a file takes the place of another at once only within one file system.
    return place.resolve().parent / f".audit-{secrets.token_hex(8)}{place.suffix[:20]}"


def _placed(temporary: Path, path: Path, *, over: bool) -> Path:
    """Move the new file to its place, or to the first free name with a number.

    A workbook that is open in Excel cannot be replaced on Windows.
    """
    names = [path, *(path.with_stem(f"{path.stem}-{number}") for number in NUMBERS)]
    for name in names:
        if (name != path or not over) and name.exists():
            continue
        try:
            # An OSError here is most often Windows refusing
            # to replace what another program has open.
            temporary.replace(name)
        except OSError:
            continue
        return name
    raise SaveError(f"{path}: could not be replaced; the new file is {temporary}")
