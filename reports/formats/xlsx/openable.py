"""Whether a file may be opened as a workbook, told before anything of it is unpacked.

A file from outside is believed in nothing: one that is of another kind, locked, or larger than a
workbook can be is refused, with the reason and with what helps.
"""

import zipfile
import zlib
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path, PurePosixPath

from lxml.etree import LxmlError

MAX_FILE = 200 << 20
MAX_PART = 256 << 20
"""Bytes of one part when it is unpacked; a sheet of 100,000 posts takes 60 MiB."""

MAX_WORDS = 96 << 20
"""Bytes of the table of all texts, which is held in memory: fifty companies have 12 MiB."""

MAX_PARTS = 5_000
_HEAD = 4096

DAMAGE = (
    # What zipfile, expat, lxml and openpyxl 3.1.5 raise over a damaged file has no common ancestor:
    # a byte changed at random brought each of these about.
    *(zipfile.BadZipFile, zlib.error, LxmlError, SyntaxError, EOFError, AssertionError),
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError, OSError),
)
"""What reading a damaged workbook may raise."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file whose words cannot be read, so that it must not be replaced; why, and what helps."""

    why: str
    helps: str = "move it away if nothing in it is needed"


class RefusedError(ValueError):
    """A file that is not opened."""

    def __init__(self, unreadable: Unreadable) -> None:
        """Keep what is wrong with it."""
        super().__init__(unreadable.why)
        self.unreadable = unreadable


def _of_another_kind(kind: str) -> Unreadable:
    """Return that a workbook is one of another program, or of an old one."""
    return Unreadable(
        f"is a workbook of the kind {kind}",
        "open it, and save it as an Excel workbook (.xlsx)",
    )


BROKEN = Unreadable("is damaged, or no workbook")
TOO_LARGE = Unreadable("is too large to be read")

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Office 2003 begin, and newer ones with a password."""

_STREAMS = {
    "EncryptedPackage": Unreadable("is locked with a password", "save it without the password"),
    "Workbook": _of_another_kind(".xls"),
    "Book": _of_another_kind(".xls"),
}
"""What is in such a file, by the first of these names that its directory has."""

_OTHER_KINDS = (
    ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", _of_another_kind(".ods")),
    ("xl/workbook.bin", b"", _of_another_kind(".xlsb")),
    ("index/document.iwa", b"", _of_another_kind(".numbers")),
    ("index.zip", b"", _of_another_kind(".numbers")),
)
"""Packed workbooks of other kinds: a part, how it begins, and what the file is then."""


_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")


def check(path: Path) -> None:
    """Refuse what is locked, no workbook, or larger than it can be, before anything is unpacked.

    Raises:
        RefusedError: it must not be opened.
    """
    if path.stat().st_size > MAX_FILE:
        raise RefusedError(TOO_LARGE)
    _refuse_compound(path)
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        words = [part for part in parts if part.filename.lower().endswith("sharedstrings.xml")]
        # Sizes as the file gives them: zipfile reads no further than these.
        if (
            len(parts) > MAX_PARTS
            or any(part.file_size > MAX_PART for part in parts)
            or any(part.file_size > MAX_WORDS for part in words)
        ):
            raise RefusedError(TOO_LARGE)
        for part in parts:
            _refuse_kinds(archive, part)
            if part.filename.lower().endswith((".xml", ".rels")):
                _refuse_entities(archive, part)
    # openpyxl 3.1.5 opens no file under another name.
    if path.suffix.lower() not in _SUFFIXES:
        raise RefusedError(
            Unreadable("is no Excel workbook by its name", "give a copy of it a name with .xlsx")
        )


def lacks_a_sheet(path: Path) -> bool:
    """Tell whether a part of a workbook with one of its sheets is lost, as openpyxl does not."""
    from openpyxl.packaging.relationship import get_dependents

    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        books = (name for name in names if PurePosixPath(name).match("_rels/*workbook*.rels"))
        # openpyxl 3.1.5 leaves out without a word what is named here and is not there.
        return any(
            link.Type.endswith("sheet") and link.target not in names
            for at in books
            for link in get_dependents(archive, at)
        )


def _refuse_compound(path: Path) -> None:
    """Refuse a file of Office 2003, and one that is locked, which is packed into such a one.

    Raises:
        RefusedError: it is one of them.
    """
    with path.open("rb") as file:
        if file.read(len(_COMPOUND)) != _COMPOUND:
            return
        with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            kinds = (
                kind
                for name, kind in _STREAMS.items()
                if content.find(name.encode("utf-16-le")) >= 0
            )
            raise RefusedError(next(kinds, BROKEN))


def _refuse_kinds(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a workbook of another kind, by one of its parts.

    Raises:
        RefusedError: it is of another kind.
    """
    for name, beginning, kind in _OTHER_KINDS:
        if part.filename.lower() != name:
            continue
        with archive.open(part) as content:
            if content.read(len(beginning)) == beginning:
                raise RefusedError(kind)


def _refuse_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a part with a document type, in which entities grow: no workbook has one.

    Raises:
        RefusedError: there is one.
    """
    with archive.open(part) as content:
        if b"<!DOCTYPE" in content.read(_HEAD).replace(b"\x00", b""):
            raise RefusedError(BROKEN)
