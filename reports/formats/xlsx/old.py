"""Read what people wrote into a workbook that is about to be replaced.

Whatever became of it in between: sorted, filtered, renamed, coloured, with more columns and sheets,
saved by another program, or no workbook at all (`openable.py`).
"""

from __future__ import annotations

import logging
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reports.formats.xlsx.cell_comments import comments_on
from reports.formats.xlsx.openable import (
    BROKEN,
    DAMAGE,
    TOO_LARGE,
    RefusedError,
    Unreadable,
    check,
    lacks_a_sheet,
)
from reports.formats.xlsx.packed import LIST
from reports.formats.xlsx.peoples_sheet import NamedColumns, PeoplesSheet
from reports.formats.xlsx.typed_rows import cells_of, notes_of, remarks_of
from reports.formats.xlsx.yours import NAME
from reports.people import FIELDS, FILL, KEPT_NOTES, NOTHING_KEPT, SHEETS, Kept, PersonsNote

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.workbook.defined_name import DefinedName

log = logging.getLogger(__name__)

_MOST_ROWS, _MOST_COLUMNS = 20_000, 120
_PEEK = 40
"""Rows of a sheet that are looked at to see whether it is for people."""


class TooLargeError(Exception):
    """A sheet has more rows than are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """What a workbook held: the words of people, and whether they added what is not carried over.

    That are sheets and columns of their own, and talk about cells. `written` are the words that
    stood in it from the beginning, by which one tells what was changed or cleared in it. `rows` are
    the ids of the rows of sheet Fill in, `created` is when its run began, `saved` when it was so,
    as its program says. `remarks` are comments on boxes that are empty, as their words; `cells`
    tell where the box of a row and a field stands.
    """

    kept: Kept = NOTHING_KEPT
    has_more: bool = False
    written: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()
    remarks: tuple[PersonsNote, ...] = ()
    cells: Mapping[tuple[str, str], str] = field(default_factory=dict)
    created: datetime | None = field(default=None, compare=False)
    saved: datetime | None = field(default=None, compare=False)


def read_old(path: Path, ours: frozenset[str]) -> Old | Unreadable:
    """Return the words of people in a workbook; nothing where there is no file, or an empty one.

    `ours` are the names of the sheets that are not people's own.
    """
    try:
        if not path.exists() or not path.stat().st_size:
            return Old()
        check(path)
        with warnings.catch_warnings():
            # openpyxl warns of what it does not keep; nothing is written back here.
            warnings.simplefilter("ignore")
            return _read(path, ours)
    except (TooLargeError, MemoryError, *DAMAGE) as error:
        log.warning("%s: %r", path, error)
        return _unreadable(error)


def _unreadable(error: BaseException) -> Unreadable:
    """Return what an error says of a file."""
    match error:
        case RefusedError():
            return error.unreadable
        case TooLargeError():
            return Unreadable(f"has more than {_MOST_ROWS:,} rows on a sheet for people")
        case MemoryError():
            return TOO_LARGE
        case PermissionError():
            return Unreadable("may not be read", "close it, or ask for the right to read it")
        case _:
            return BROKEN


def list_of(path: Path) -> str:
    """Return for which list of companies a workbook was written; "" where nobody can tell."""
    try:
        check(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = _opened(path, values=False)
        book.close()
    except (RefusedError, *DAMAGE):
        return ""
    return (book.properties.subject or "").rpartition(LIST)[2]


def _is_talked_about(path: Path) -> bool:
    """Tell whether people talk about cells in a workbook, which only Excel can write again."""
    with zipfile.ZipFile(path) as archive:
        return any("threadedcomment" in name.lower() for name in archive.namelist())


def _read(path: Path, ours: frozenset[str]) -> Old:
    """Return the words of a workbook that may be opened."""
    book = _opened(path, values=False)
    try:
        if not book.sheetnames or lacks_a_sheet(path):
            raise RefusedError(BROKEN)
        names = _names(book)
        cells = dict(_sheets(book, names))
        if any(each.has_formulas for each in cells.values()):
            cells = _with_values(path, cells)
        notes = [
            note
            for title in sorted(cells, key=lambda title: _rank(cells[title], title in names))
            for note in notes_of(cells[title])
        ]
        more = (
            _is_talked_about(path)
            or _more_sheets(book, _others(book, cells, ours))
            or any(each.has_more for each in cells.values() if each.is_for_people)
        )
        written = frozenset(mark for each in cells.values() for mark in each.written)
        saved, remarks = _saved(book, path), tuple(_remarks(book, path, cells))
        return Old(
            kept=Kept(tuple(notes)),
            has_more=more or bool(remarks),
            written=written,
            rows=frozenset(row for each in cells.values() for row in each.ids_on(FILL)),
            remarks=remarks,
            cells={box: at for each in cells.values() for box, at in cells_of(each)},
            created=min(_in_utc(book.properties.created) or saved, saved),
            saved=saved,
        )
    finally:
        book.close()


def _remarks(
    book: Workbook, path: Path, cells: Mapping[str, PeoplesSheet]
) -> Iterator[PersonsNote]:
    """Give the comments that stand in place of words on sheet Fill in."""
    for title, each in cells.items():
        if each.sheet == FILL:
            part = getattr(book[title], "_worksheet_path", "")
            yield from remarks_of(each, comments_on(path, part))


def _saved(book: Workbook, path: Path) -> datetime:
    """Return when a workbook was saved, at the end of that second.

    openpyxl 3.1.5 takes the present time where a file does not say it, as from Google Sheets.
    """
    by_disk = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return min(_in_utc(book.properties.modified) or by_disk, by_disk).replace(microsecond=999_999)


def _in_utc(at: datetime | None) -> datetime | None:
    """Return a time with its zone; workbooks say theirs in UTC, and without one."""
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at


def _opened(path: Path, *, values: bool) -> Workbook:
    """Open a workbook row by row: with its formulas, or with what these last came to."""
    from openpyxl import load_workbook

    return load_workbook(path, read_only=True, data_only=values, keep_links=False)


def _names(book: Workbook) -> dict[str, NamedColumns]:
    """Return the columns of people by the title that their sheet has now."""
    by_title: dict[str, NamedColumns] = {}
    for name, defined in book.defined_names.items():
        match = NAME.fullmatch(name)
        if match is None or match[2] not in FIELDS.get(match[1], {}):
            continue
        for title, column, row in _destinations(defined):
            if title not in book.sheetnames:  # it was deleted by a program that left its names
                continue
            columns_of_sheet = by_title.setdefault(title, NamedColumns(sheet=match[1], head=row))
            columns_of_sheet.columns[match[2]] = column
    return by_title


def _destinations(defined: DefinedName) -> Iterator[tuple[str, int, int]]:
    """Give the sheet, column and first row of a name; nothing where its cells were deleted."""
    from openpyxl.utils import range_boundaries

    # openpyxl 3.1.5 fails over a name for nothing, and leaves quotes in titles doubled.
    for title, cells in defined.destinations if defined.attr_text else ():
        left, top, _, _ = range_boundaries(cells)
        if left is not None and not title.startswith("["):
            yield title.replace("''", "'"), left, top or 0


def _sheets(book: Workbook, names: dict[str, NamedColumns]) -> Iterator[tuple[str, PeoplesSheet]]:
    """Give the sheets for people; of any other sheet only its head is looked at.

    Raises:
        TooLargeError: a sheet for people has more rows than are read.
    """
    for sheet in book.worksheets:
        if sheet.title not in names:
            head = sheet.iter_rows(max_row=_PEEK, max_col=_MOST_COLUMNS)
            if not PeoplesSheet(list(head), sheet.title).is_for_people:
                continue
        rows = list(sheet.iter_rows(max_row=_MOST_ROWS + 1, max_col=_MOST_COLUMNS))
        cells = PeoplesSheet(rows, sheet.title, names.get(sheet.title))
        if len(cells.rows) > _MOST_ROWS:
            raise TooLargeError
        yield sheet.title, cells


def _with_values(path: Path, cells: dict[str, PeoplesSheet]) -> dict[str, PeoplesSheet]:
    """Return the sheets with what their formulas last came to, where the file keeps that."""
    book = _opened(path, values=True)
    try:
        return {
            title: each.with_values(
                list(book[title].iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS))
            )
            for title, each in cells.items()
        }
    finally:
        book.close()


def _others(book: Workbook, cells: Mapping[str, PeoplesSheet], ours: frozenset[str]) -> set[str]:
    """Return the sheets of people's own, and those for people of which nothing tells what is where.

    On the latter there may be words all the same.
    """
    known = {title for title, each in cells.items() if each.is_ours and each.sheet}
    return {sheet.title for sheet in book.worksheets} - known - (ours - {*SHEETS.values()})


def _more_sheets(book: Workbook, others: set[str]) -> bool:
    """Tell whether people added a sheet that holds something."""
    if book.chartsheets:
        return True
    return any(
        cell.value is not None
        for sheet in book.worksheets
        if sheet.title in others
        for row in sheet.iter_rows(max_row=_PEEK, max_col=_MOST_COLUMNS)
        for cell in row
    )


def _rank(cells: PeoplesSheet, named: bool) -> tuple[bool, bool]:
    """Return what to read first: what stands in its row, of two such sheets the original."""
    return cells.sheet == KEPT_NOTES, not named
