"""A data folder as one file: the history and the archived pages, with a checksum for each part.

It is a ZIP file. `social-audit.json`, written last, lists the other parts with size and SHA-256. A
file from elsewhere is taken as hostile: nothing of it is used unless it is listed, has a name as in
a data folder, is a plain file, and has the size and the checksum that were promised.
"""

import json
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO

from audit.evidence.kept import ARCHIVE
from audit.model.errors import SaveError, StoreError

FORMAT = 1
HISTORY = "history.sqlite3"
MANIFEST = "social-audit.json"
PART = ".part"
"""The ending of a file that is being written."""

MOST_PARTS = 200_000
MOST_MANIFEST_BYTES = 64 * 1024 * 1024
MOST_TIMES = 200
"""So many times may the history be larger than it is packed; real ones are up to thirty times."""

_BLOCK = 1024 * 1024
_WORD = r"[A-Za-z0-9][\w-]{0,99}"
_NAME = re.compile(
    rf"{HISTORY}|{ARCHIVE}/{_WORD}/{_WORD}\.\d{{1,8}}(?:\.kept)?\.warc\.gz", re.ASCII
)
"""The names that parts may have: no way out of the data folder, on no system."""


def is_part(name: str) -> bool:
    """Tell whether a path below the data folder is that of a part: history or archived pages."""
    return _NAME.fullmatch(name) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a bundle: its name is its path below the data folder, with `/` between."""

    name: str
    size: int
    sha256: str


def write_bundle(out: Path, parts: Iterable[tuple[str, Path]], about: Mapping[str, object]) -> int:
    """Write parts, each a name and a file, into a bundle; whole or not at all. Return its bytes.

    `about` is told in its list: which program and which runs.

    Raises:
        StoreError: a part could not be read.
        SaveError: it could not be written.
    """
    part = out.with_name(out.name + PART)
    try:
        with part.open("wb") as file:  # one that a killed export left is written anew
            with zipfile.ZipFile(file, "w") as bundle:
                listed = [asdict(_written(bundle, name, path)) for name, path in parts]
                text = json.dumps({"format": FORMAT, **about, "files": listed}, indent=1)
                bundle.writestr(_info(MANIFEST, packed=True), text)
            file.flush()
            os.fsync(file.fileno())
        size = part.stat().st_size
        part.replace(out)
    except OSError as error:
        words = error.strerror or type(error).__name__
        raise SaveError(f"{out}: could not be written ({words}); nothing was changed") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return size


def _written(bundle: zipfile.ZipFile, name: str, path: Path) -> Part:
    """Write one part; archived pages are packed already.

    Raises:
        StoreError: its file cannot be opened.
    """
    digest, size, info = sha256(), 0, _info(name, packed=name == HISTORY)
    try:
        opened_file = path.open("rb")
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror})") from error
    with opened_file as source, bundle.open(info, "w", force_zip64=True) as target:
        while block := source.read(_BLOCK):
            digest.update(block)
            size += len(block)
            target.write(block)
    return Part(name=name, size=size, sha256=digest.hexdigest())


def _info(name: str, *, packed: bool) -> zipfile.ZipInfo:
    """Return the head of a part: a plain file, without the time at which it was written."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    info.external_attr = (stat.S_IFREG | 0o600) << 16
    return info


class Bundle:
    """An open bundle, whose list was checked; each part is checked when it is taken out."""

    def __init__(self, path: Path, file: zipfile.ZipFile) -> None:
        """Read and check the list.

        Raises:
            StoreError: it is none of ours, of a newer version, or lists what no data folder holds.
        """
        self._path, self._file = path, file
        self.parts = {part.name: part for part in self._listed()}
        self._check()

    def take(self, name: str, target: Path) -> None:
        """Write a part into a new file, if it is what was promised.

        Raises:
            StoreError: it is not.
            OSError: it cannot be written.
        """
        part = self.parts[name]
        digest, left = sha256(), part.size
        try:
            with self._part(name) as source, target.open("xb") as out:
                # One byte more is asked for than there may be: what goes on is no longer the part.
                while block := source.read(min(_BLOCK, left + 1)):
                    left -= len(block)
                    if left < 0:
                        break
                    digest.update(block)
                    out.write(block)
                out.flush()
                os.fsync(out.fileno())
        except _DAMAGE as error:
            raise StoreError(f"{self._path}: {name} in it is damaged ({error})") from error
        if left or digest.hexdigest() != part.sha256:
            raise StoreError(f"{self._path}: {name} in it is not what was exported; it is damaged")

    def _part(self, name: str) -> IO[bytes]:
        """Open a part; one whose place lies before the file is damaged, and no fault of the disk.

        `zipfile` of Python 3.11 then asks the system for a negative place (EINVAL).
        """
        try:
            return self._file.open(name)
        except OSError as error:
            raise ValueError(f"{error}") from error

    def _listed(self) -> Iterator[Part]:
        """Give what the list promises.

        Raises:
            StoreError: there is no list that can be read.
        """
        try:
            info = self._file.getinfo(MANIFEST)
            if info.file_size > MOST_MANIFEST_BYTES:
                raise ValueError("its list is too long")
            about = json.loads(self._file.read(info))
            known, files = int(about["format"]), list(about["files"])
            parts = [
                Part(name=str(row["name"]), size=int(row["size"]), sha256=str(row["sha256"]))
                for row in files
            ]
        except KeyError as error:
            raise StoreError(f"{self._path}: is no export of social-audit ({error})") from error
        except (*_DAMAGE, OSError, TypeError, RecursionError, MemoryError) as error:
            raise StoreError(f"{self._path}: its list cannot be read ({error})") from error
        if known > FORMAT:
            raise StoreError(
                f"{self._path}: written by a newer version of social-audit (format {known}, this "
                f"program knows {FORMAT}); update the program"
            )
        yield from parts

    def _check(self) -> None:
        """Check that the file holds what it lists, under safe names, and is no bomb.

        Raises:
            StoreError: it does not.
        """
        infos = self._file.infolist()
        names = [info.filename for info in infos if info.filename != MANIFEST]
        if len(infos) > MOST_PARTS or sorted(names) != sorted(self.parts):
            raise StoreError(f"{self._path}: its parts are not those that it lists; it is damaged")
        for info in infos:
            if info.filename != MANIFEST and (wrong := _wrong(info, self.parts[info.filename])):
                raise StoreError(f"{self._path}: {info.filename[:100]!r} in it {wrong}")
        if HISTORY not in self.parts:
            raise StoreError(f"{self._path}: has no history in it")
        pages = sum(part.size for part in self.parts.values() if part.name != HISTORY)
        if pages > self._path.stat().st_size:  # parts that lie over each other
            raise StoreError(f"{self._path}: its parts are larger than the file; it is damaged")


def _wrong(info: zipfile.ZipInfo, part: Part) -> str:
    """Say what no part of a data folder could have; "" where nothing is wrong."""
    kind = stat.S_IFMT(info.external_attr >> 16)  # 0: written by a program that tells none
    if not is_part(info.filename):
        return "is no file of a data folder"
    if info.flag_bits & 1 or kind not in (0, stat.S_IFREG):
        return "is no plain file"
    most = info.compress_size * MOST_TIMES if info.filename == HISTORY else info.compress_size
    if info.file_size != part.size or part.size > most:
        return "has another size than its list says"
    return ""


_DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,  # packed in a way that Python does not know
    RuntimeError,  # encrypted
    UnicodeError,
    ValueError,
)
"""What `zipfile` raises on a file that is not one, or is damaged."""


@contextmanager
def opened(path: Path) -> Iterator[Bundle]:
    """Open a bundle for as long as the block lasts.

    Raises:
        StoreError: it cannot be read, or is none.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise StoreError(f"{path}: is no file")
        stream: BinaryIO = path.open("rb")
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror or error})") from error
    with stream:
        try:
            file = zipfile.ZipFile(stream)
        except (*_DAMAGE, OSError) as error:
            raise StoreError(
                f"{path}: is no export of social-audit, or is cut off ({error}); take the whole "
                "file that audit export wrote. Figures in a table are taken by audit import"
            ) from error
        with file:
            yield Bundle(path, file)
