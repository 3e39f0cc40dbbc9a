"""Read a text that a person wrote, or say what the file is instead."""

import stat
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from audit.model.errors import ConfigError
from config.positions import place_of

_LOOKED_AT = 2000
"""So many names of a folder are compared with one that is not there."""
_UTF_16 = "is saved as UTF-16 (`Unicode`); save it as UTF-8"
_KINDS = {
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
"""How a file begins, and what it is then."""


def read_text(path: Path, max_bytes: int) -> str:
    """Read a UTF-8 file; anything else than a file is refused before it is opened.

    A pipe would wait for its writer for ever, and some devices never end.

    Raises:
        ConfigError: it is missing, no file, too large, of another kind, or in another encoding.
    """
    try:
        _refuse_kind(path, max_bytes)
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        raise ConfigError(_unreadable(path, error), path=path) from error
    if len(content) > max_bytes:
        raise _too_large(path, max_bytes)
    return _decoded(content, path)


def _refuse_kind(path: Path, max_bytes: int) -> None:
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise ConfigError("this is a folder; name a YAML file", path=path)
    if not stat.S_ISREG(found.st_mode):
        raise ConfigError("this is a pipe or a device; name a YAML file", path=path)
    if found.st_size > max_bytes:
        raise _too_large(path, max_bytes)


def _too_large(path: Path, max_bytes: int) -> ConfigError:
    size = f"{max_bytes // 2**20} MiB"
    return ConfigError(f"the file is over {size}; make it smaller", path=path)


def _unreadable(path: Path, error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        if path.is_symlink():
            return "this link leads to a file that is not there; name the file itself"
        return f"no such file; {_meant(path) or 'make one with `audit init`'}"
    if isinstance(error, PermissionError):
        return "you have no right to read this file; ask its owner"
    return f"cannot be read ({getattr(error, 'strerror', None) or error}); check the path"


def _meant(path: Path) -> str:
    """Name the file of that folder whose name is close to one that is not there."""
    try:
        names = [each.name for each in islice(path.parent.iterdir(), _LOOKED_AT)]
    except OSError:
        return ""
    close = get_close_matches(path.name, sorted(names), n=1, cutoff=0.8)
    return f"did you mean {path.with_name(close[0])}?" if close else ""


def _decoded(content: bytes, path: Path) -> str:
    for beginning, words in _KINDS.items():
        if content.startswith(beginning):
            raise ConfigError(words, path=path)
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
