"""Read a text that a person wrote, or say what the file is instead."""

import stat
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from audit.model.errors import ConfigError
from config.positions import place_of

_MAX_NAMES = 2000
"""Names of a folder that are compared with one that is not there."""
_UTF_16 = "is saved as UTF-16 (`Unicode`); save it as UTF-8"
_BEGINNINGS = {
    b"PK\x03\x04": "is a workbook or another packed file; name the list of companies, a text file",
    b"PK\x05\x06": "is a packed file; name the list of companies, a text file",
    b"\xd0\xcf\x11\xe0": "is an Office document; save it as plain text",
    b"{\\rtf": "is a formatted document; save it as plain text",
    b"%PDF": "is a PDF; name the list of companies, a text file",
    b"SQLite format": "is a history; name the list of companies, a text file",
    b"\x1f\x8b": "is a packed file; unpack it first",
    b"\xff\xfe": _UTF_16,
    b"\xfe\xff": _UTF_16,
}
"""How files of other kinds begin, and what to say of them."""


def read_text(path: Path, max_bytes: int) -> str:
    """Read a UTF-8 file; anything else than a file is refused before it is opened.

    A pipe would wait for its writer for ever, and some devices never end.

    Raises:
        ConfigError: it is missing, no file, too large, of another kind, or in another encoding.
    """
    try:
        _refuse_kind(path, max_bytes)
        with path.open("rb") as file:
            # A file may grow between the look at its size and the reading.
            content = file.read(max_bytes + 1)
    # A name with U+0000 is a ValueError before the system is even asked.
    except (OSError, ValueError) as error:
        raise ConfigError(_unreadable(path, error), path=path) from error
    if len(content) > max_bytes:
        raise _too_large(path, max_bytes)
    return _decoded(content, path)


def check_there(path: Path) -> None:
    """Check that a path leads to a file; what is in it does not matter.

    Raises:
        ConfigError: it is missing, or no file.
    """
    try:
        _refuse_folder(path.stat().st_mode, path)
    except (OSError, ValueError) as error:
        raise ConfigError(_unreadable(path, error), path=path) from error


def _refuse_kind(path: Path, max_bytes: int) -> None:
    """Refuse folders, pipes, devices and files that are too large, unopened."""
    status = path.stat()
    _refuse_folder(status.st_mode, path)
    if status.st_size > max_bytes:
        raise _too_large(path, max_bytes)


def _refuse_folder(mode: int, path: Path) -> None:
    """Refuse what is no file, by the mode that the system gives of it."""
    if stat.S_ISDIR(mode):
        raise ConfigError("this is a folder; name a YAML file", path=path)
    if not stat.S_ISREG(mode):
        raise ConfigError("this is a pipe or a device; name a YAML file", path=path)


def _too_large(path: Path, max_bytes: int) -> ConfigError:
    """Return the error for a file over the limit."""
    size = f"{max_bytes // 2**20} MiB"
    return ConfigError(f"the file is over {size}; make it smaller", path=path)


def _unreadable(path: Path, error: OSError | ValueError) -> str:
    """Say why a file cannot be read, and what to do."""
    if isinstance(error, FileNotFoundError):
        if path.is_symlink():
            return "this link leads to a file that is not there; name the file itself"
        return f"no such file; {_suggestion(path) or 'make one with `audit init`'}"
    if isinstance(error, PermissionError):
        return "you have no right to read this file; ask its owner"
    return f"cannot be read ({getattr(error, 'strerror', None) or error}); check the path"


def _suggestion(path: Path) -> str:
    """Name the file of that folder whose name is close to one that is not there; empty for none."""
    try:
        names = [entry.name for entry in islice(path.parent.iterdir(), _MAX_NAMES)]
    except OSError:
        return ""
    close = get_close_matches(path.name, sorted(names), n=1, cutoff=0.8)
    return f"did you mean {path.with_name(close[0])}?" if close else ""


def _decoded(content: bytes, path: Path) -> str:
    """Return the text of a file without its byte-order mark; refuse other kinds and encodings."""
    for beginning, message in _BEGINNINGS.items():
        if content.startswith(beginning):
            raise ConfigError(message, path=path)
    # UTF-16 without a mark: half of the bytes of an English text are zero.
    if b"\0" in content[:2]:
        raise ConfigError(_UTF_16, path=path)
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8").removeprefix("\ufeff")
        place = place_of(before, len(before))
        raise ConfigError(
            "not UTF-8; save the file as UTF-8", path=path, line=place.line, column=place.column
        ) from error
