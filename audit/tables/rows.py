"""The rows of a table in a file: of which kind it is, and what is said where it is no table."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import NamedTuple

from audit.model.errors import AuditError

Cell = str | int | float | bool | datetime | date | time
"""What a cell holds; "" where it is empty."""

MOST_ROWS = 500_000
MOST_COLUMNS = 300
_MOST_BYTES = 64 << 20
_HEAD = 512

_NO_TABLES = {
    b"%PDF": "is a PDF",
    b"\x89PNG": "is a picture",
    b"\xff\xd8\xff": "is a picture",
    b"{\\rtf": "is a formatted document",
    b"SQLite format": "is a history",
    b"<?xml": "is XML, as Excel 2003 and some dashboards write it",
    b"{": "is JSON",
    b"\x1f\x8b": "is packed; unpack it first, and name the table in it",
}
"""How files begin that are no tables, and what is said of them."""

_SAVE_AS = "export the figures as CSV or as an Excel workbook (.xlsx)"


class TableError(AuditError):
    """A table that cannot be read, or of which too little is understood; nothing was changed."""


class TableRow(NamedTuple):
    """A row of a table that is not empty: its number in the file, from 1, and its cells."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSheet:
    """The rows of one sheet, to be gone through once; `name` is empty for a file of text.

    `notation` says how a file of text is written: its encoding and what stands between cells.
    """

    name: str
    rows: Iterator[TableRow]
    notation: str = ""


class TableReading(NamedTuple):
    """A file whose kind is known: `packed` for a workbook, else its bytes."""

    packed: bool
    content: bytes


def opened(file: Path) -> TableReading:
    """Read a file of text, or tell that it is a workbook; whatever its name ends in.

    Raises:
        TableError: it is not there, cannot be read, is too large, or is no table.
    """
    try:
        _refuse_kind(file)
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
            _refuse_beginning(file, head)
            # Office 2003 and locked workbooks begin otherwise; who opens workbooks says so.
            if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
                return TableReading(packed=True, content=b"")
            content = head + stream.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with U+0000
        reason = getattr(error, "strerror", None) or f"{error}"
        raise TableError(f"{file}: cannot be read ({reason}); check the name") from error
    if len(content) > _MOST_BYTES:
        raise too_large(file)
    return TableReading(packed=False, content=content)


def too_large(file: Path) -> TableError:
    """Return that a table has more than is read, and what to do."""
    return TableError(
        f"{file}: is larger than {_MOST_BYTES >> 20} MB or has more than {MOST_ROWS:,} rows; "
        "export a shorter time or fewer columns"
    )


def cell_of(value: object) -> Cell:
    """Return what a cell holds, with no blanks around it; "" for an empty one."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool | int | float | datetime | date | time):
        return value
    return "" if value is None else str(value)


def is_empty(cells: tuple[Cell, ...]) -> bool:
    """Tell whether a row holds nothing."""
    return all(cell == "" for cell in cells)


def _refuse_kind(file: Path) -> None:
    """Refuse folders, pipes, and a list of companies in the table's place."""
    mode = file.stat().st_mode
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
        raise TableError(f"{file}: is {kind}; name the table, a .csv or .xlsx file")
    if file.suffix.lower() in (".yaml", ".yml"):
        raise TableError(f"{file}: is a list of companies; name the table before it")


def _refuse_beginning(file: Path, head: bytes) -> None:
    """Refuse what begins like something else than a table."""
    if not head.strip():
        raise TableError(f"{file}: is empty; {_SAVE_AS}")
    text = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    for beginning, kind in _NO_TABLES.items():
        if head.startswith(beginning) or text.startswith(beginning):
            raise TableError(f"{file}: {kind}; {_SAVE_AS}")
    if text.lower().startswith((b"<!doctype", b"<html", b"<table")):
        raise TableError(
            f"{file}: is a web page under this name; open it in a spreadsheet and save it as CSV"
        )
