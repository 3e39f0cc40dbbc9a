"""Put a file or a folder in its place whole, or leave the old one as it is."""

import re
import secrets
import shutil
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path

from audit.model.errors import ReportError, SaveError
from reports.held import free, why_held

OwnFiles = Callable[[Path], Collection[str] | None]
"""Gives the names of the files in a folder that a format wrote; None where it is not its folder."""

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
    path: Path, write: Callable[[Path], None], *, may_replace: Callable[[], bool] | None = None
) -> Path:
    """Write to a temporary file beside the place, then replace; give the path as it really is.

    Where the old file cannot be replaced (Windows keeps what is open), the new one is saved beside
    it under a name with a number. So it is where `may_replace`, which is asked when the new one
    is written, does not allow it: unless told otherwise, where somebody holds the old one.

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
    placed = _placed(temporary, place, over=(may_replace or free(path))())
    return path if placed == place else placed


def check_folder(
    path: Path, own_files: OwnFiles, *, inputs: Iterable[Path] = (), data_dir: Path | None = None
) -> None:
    """Check, before anything is fetched, that a folder can be written there and hits nothing.

    One that is there is replaced only where it is empty or a format wrote it, and only where
    nothing lies in it that the command reads or keeps.

    Raises:
        ReportError: what is wrong with the place, and what to do.
    """
    kept = tuple(inputs)
    try:
        _refuse_foreign(path, own_files)
        _refuse_reserved(path)
        _refuse_kept(path, kept, data_dir)
        for inside in (*kept, *([data_dir] if data_dir is not None else [])):
            if any(_same(folder, path) for folder in inside.resolve().parents):
                raise ReportError(f"{path}: {inside} lies in it; choose another name for -o")
        _try(path, make_folder=True)
    except (OSError, RuntimeError) as error:  # as for a file
        reason = getattr(error, "strerror", None) or "links lead in a circle"
        raise ReportError(f"{path}: cannot be written ({reason}); choose another place") from error


def save_folder(path: Path, own_files: OwnFiles, write: Callable[[Path], None]) -> Path:
    """Write a folder beside the place, then replace the old one; give the path as it really is.

    Other people's files in the old folder are taken over into the new one. Where it cannot be
    replaced (a file in it is open, or is not of the format and has the name of a new one), the
    new one is saved beside it under a name with a number.

    Raises:
        SaveError: the folder cannot be written at all; the old one is untouched.
    """
    place = path.resolve()
    temporary = _temporary(place)
    try:
        temporary.parent.mkdir(exist_ok=True)
        temporary.mkdir()
        write(temporary)
    except BaseException as error:  # whatever ends the writing, no half folder stays behind
        shutil.rmtree(temporary, ignore_errors=True)
        if isinstance(error, OSError):
            raise SaveError(f"{path}: could not be saved ({error.strerror or error})") from error
        raise
    for name in _names(place):
        if (name == place or not name.exists()) and _swapped(temporary, name, own_files):
            return path if name == place else name
    raise SaveError(f"{path}: could not be replaced; the new folder is {temporary}")


def _swapped(new: Path, place: Path, own_files: OwnFiles) -> bool:
    """Put a new folder in the place of the old one; tell whether that could be done.

    No system exchanges two full folders at once, so there is a moment between two renames. Whoever
    breaks off the program in it finds the old folder under a name that says what it is.
    """
    try:
        if not place.exists():
            new.rename(place)
            return True
        if why_held(place):
            return False
        own = _own(place, own_files)
        others = [each.name for each in place.iterdir() if own is None or each.name not in own]
        if own is None or any((new / name).exists() for name in others):
            return False
        old = place.with_name(f"{place.name}.old-{secrets.token_hex(4)}")
        place.rename(old)
    except OSError:  # most often Windows, where a file in the folder is open
        return False
    try:
        new.rename(place)
    except OSError:
        old.rename(place)
        return False
    _emptied(old, place, others, own)
    return True


def _own(folder: Path, own_files: OwnFiles) -> Collection[str] | None:
    """Return what a format wrote into a folder: nothing into an empty one, which it may take."""
    if not folder.is_dir():
        return None
    return own_files(folder) if any(folder.iterdir()) else ()


def _emptied(old: Path, place: Path, others: Iterable[str], own: Iterable[str]) -> None:
    """Take over from an old folder what is not ours, then take it away; what cannot be moved stays.

    Nothing is deleted but the files that the format wrote itself.
    """
    for name in others:
        with suppress(OSError):
            (old / name).rename(place / name)
    for name in own:
        with suppress(OSError):
            (old / name).unlink()
    with suppress(OSError):
        old.rmdir()


def _refuse_foreign(path: Path, own_files: OwnFiles) -> None:
    """Refuse a place that is no folder, or a folder that holds other things than a format's."""
    if path.exists() and not path.is_dir():
        raise ReportError(f"{path}: is no folder; choose another name for -o")
    if path.is_dir() and _own(path, own_files) is None:
        raise ReportError(f"{path}: is a folder with other files in it; choose another name for -o")


def _refuse_kind(path: Path) -> None:
    """Refuse what is no file, and names that no file may have on one system or another."""
    if path.is_dir():
        raise ReportError(f"{path}: is a folder; name a file in it")
    if path.exists() and not path.is_file():
        raise ReportError(f"{path}: is a device or a pipe; name a file")
    _refuse_reserved(path)


def _refuse_reserved(path: Path) -> None:
    """Refuse a name that Windows keeps for a device, on whatever system."""
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
    for name in _names(path):
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


def _names(path: Path) -> list[Path]:
    """Return the name that is wanted, then those with a number."""
    return [path, *(path.with_stem(f"{path.stem}-{number}") for number in NUMBERS)]
