"""The package's catalogue as it was made last, kept on this machine: making it takes half a second.

It lies in the user's own folder for such things and holds rules of the package alone, nothing of
any audit. Whoever deletes it loses nothing. What is kept goes by a digest of all that it is made
of, the code that makes it included; what is damaged, or not the user's own, is made anew.
"""

import hashlib
import io
import os
import pickle
import secrets
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import is_dataclass
from enum import Enum
from importlib.resources import files
from pathlib import Path
from typing import Any

from audit.model.catalogue import Catalogue

_LARGEST = 64 * 1024 * 1024
_NAMES = "catalogue-*.pickle"
_MOST = 4
"""So many are kept: of other versions of the program, too."""

_MODEL = "audit.model."

_SEAL = hashlib.sha256().digest_size
"""Bytes of the digest of the content, which stands before it."""


def kept_or_made(parts: Iterable[str], make: Callable[[], Catalogue]) -> Catalogue:
    """Return what `make` makes of the texts of the rules, or has made of the same ones before."""
    digest = _digest(parts)
    catalogue = _kept(digest)
    if catalogue is None:
        catalogue = make()
        _keep(digest, catalogue)
    return catalogue


def _digest(parts: Iterable[str]) -> str:
    """Return a digest of the texts of the rules and of the code that makes a catalogue of them."""
    digest = hashlib.sha256(repr(sys.version_info).encode())
    for part in (*parts, *_sources()):
        # Its length goes before each, so that no two lists of parts read the same.
        digest.update(f"{len(part)} {part}".encode())
    return digest.hexdigest()[:32]


def _sources() -> Iterator[str]:
    """Yield the code of the reader of rules and of the types that it makes."""
    for package in ("config", "audit.model"):
        entries = sorted(files(package).iterdir(), key=lambda entry: entry.name)
        yield from (each.read_text("utf-8") for each in entries if each.name.endswith(".py"))


def _kept(digest: str) -> Catalogue | None:
    """Return the catalogue of a digest; None where it is not kept, or cannot be believed."""
    # What a file that is damaged makes a reader raise has no end; it is made anew all the same.
    with suppress(Exception):
        folder = _folder()
        content = _own_file(folder / _name(digest)) if folder is not None else None
        if content is None or not content.startswith(_seal(content[_SEAL:])):
            return None
        value = _Reader(io.BytesIO(content[_SEAL:])).load()
        return value if isinstance(value, Catalogue) else None
    return None


def _seal(content: bytes) -> bytes:
    """Return what stands before a content, so that a bit that has turned is noticed."""
    return hashlib.sha256(content).digest()


def _keep(digest: str, catalogue: Catalogue) -> None:
    """Keep a catalogue in place of the oldest one; where nothing can be written, do without."""
    folder = _folder()
    if folder is None:
        return
    with suppress(OSError):
        # One above the other: a home that is not there is not made.
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        part = folder / f"{_name(digest)}.{secrets.token_hex(4)}.part"
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                content = pickle.dumps(catalogue, pickle.HIGHEST_PROTOCOL)
                out.write(_seal(content) + content)
            part.replace(folder / _name(digest))
        finally:
            part.unlink(missing_ok=True)
        newest_first = sorted(folder.glob(_NAMES), key=lambda each: -each.stat().st_mtime)
        for old in newest_first[_MOST:]:
            old.unlink(missing_ok=True)


class _Reader(pickle.Unpickler):
    """Reads records and words of the model, and nothing that could do anything."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a type that a catalogue is made of.

        Raises:
            UnpicklingError: it is anything else.
        """
        if (module, name) == ("builtins", "getattr"):
            return _member
        kind = super().find_class(module, name) if module.startswith(_MODEL) else None
        if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, Enum)):
            return kind
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a catalogue")


def _member(kind: object, name: str) -> Enum:
    """Return a word by its name: Python 3.11.2 writes it as `getattr` of its type.

    Raises:
        UnpicklingError: anything else is asked for.
    """
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind[name]
    raise pickle.UnpicklingError(f"{name} is no word of a catalogue")


def _name(digest: str) -> str:
    return _NAMES.replace("*", digest)


def _folder() -> Path | None:
    """Return the user's folder for what programs may keep and make anew; None without a home."""
    try:
        home = Path.home()
    except RuntimeError:
        return None
    usual = {"win32": home / "AppData" / "Local", "darwin": home / "Library" / "Caches"}
    named = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", "")
    # The standard of these folders has a path that is not absolute left aside.
    folder = Path(named) if Path(named).is_absolute() else usual.get(sys.platform, home / ".cache")
    return folder / "social-audit"


def _own_file(path: Path) -> bytes | None:
    """Return the content of a file that only this user can have written; None of any other."""
    # Without waiting, as a pipe in its place would have one wait for ever.
    flags = ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
    number = os.open(path, os.O_RDONLY | sum(getattr(os, flag, 0) for flag in flags))
    with os.fdopen(number, "rb") as file:
        state = os.fstat(number)
        if not stat.S_ISREG(state.st_mode) or state.st_size > _LARGEST:
            return None
        if os.name == "posix" and not (_is_own(state) and _is_own(path.parent.stat())):
            return None
        return file.read()


def _is_own(state: os.stat_result) -> bool:
    """Tell whether a file or a folder is this user's, and nobody else may write there."""
    return state.st_uid == os.geteuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
