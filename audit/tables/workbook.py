"""Read the sheets of a workbook that another tool exported, row by row."""

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from audit.tables.rows import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    TableError,
    TableRow,
    TableSheet,
    cell_of,
    too_large,
)
from reports.formats.xlsx.openable import BROKEN, DAMAGE, RefusedError, Unreadable, check

if TYPE_CHECKING:
    from openpyxl import Workbook

_MOST_SHEETS, _LONGEST_MERGED = 50, 1_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
"""Cells that are one: where they begin, and in which row they end."""

_END_OF_ROWS = re.compile(rb"</(?:\w+:)?sheetData>")
_CHUNK, _CHUNK_OVERLAP, _LONGEST_TAIL = 1 << 20, 32, 8 << 20


@contextmanager
def sheets_of(file: Path) -> Iterator[Iterator[TableSheet]]:
    """Give the sheets of a workbook in their order; those of charts are left out.

    Raises:
        TableError: it is locked, damaged, too large, or of another kind.
    """
    from openpyxl import load_workbook

    try:
        check(file)
        with warnings.catch_warnings():
            # openpyxl warns of what it does not read: validations, pictures, styles.
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=True, data_only=True)
            try:
                yield _sheets(book, file)
            finally:
                book.close()
    except RefusedError as error:
        raise _unreadable(file, error.unreadable) from error
    except TableError:
        raise
    except DAMAGE as error:
        raise _unreadable(file, BROKEN) from error


def _sheets(book: "Workbook", file: Path) -> Iterator[TableSheet]:
    """Yield the sheets with cells."""
    for sheet in book.worksheets[:_MOST_SHEETS]:
        # Some tools write a wrong size of the sheet, which would be believed.
        sheet.reset_dimensions()
        rows = _rows(sheet.iter_rows(values_only=True), file)
        part = getattr(sheet, "_worksheet_path", "")
        yield TableSheet(name=sheet.title, rows=_filled_down(rows, _merged(file, part)))


def _merged(file: Path, part: str) -> Mapping[int, Mapping[int, int]]:
    """Return which cells are one with a cell above them: by row and column its row, each from 1.

    A sheet that is read row by row does not tell it (openpyxl 3.1.5).
    """
    from openpyxl.utils import column_index_from_string

    covered = dict[int, dict[int, int]]()
    with zipfile.ZipFile(file) as archive:
        if part.lstrip("/") not in archive.namelist():
            return covered
        with archive.open(part.lstrip("/")) as content:
            tail = _behind_rows(content)
    for match in _MERGED.finditer(tail):
        column, first = column_index_from_string(match[1].decode()), int(match[2])
        for row in range(first + 1, min(int(match[3]), first + _LONGEST_MERGED) + 1):
            covered.setdefault(row, {})[column] = first
    return covered


def _behind_rows(content: IO[bytes]) -> bytes:
    """Return what follows the rows of a sheet, without holding these."""
    tail, is_behind = b"", False
    while chunk := content.read(_CHUNK):
        tail += chunk
        end = None if is_behind else _END_OF_ROWS.search(tail)
        is_behind = is_behind or end is not None
        tail = tail[end.end() if end is not None else 0 if is_behind else -_CHUNK_OVERLAP :]
        if len(tail) > _LONGEST_TAIL:
            break
    return tail if is_behind else b""


def _filled_down(
    rows: Iterable[TableRow], covered: Mapping[int, Mapping[int, int]]
) -> Iterator[TableRow]:
    """Yield rows with what the merged cell says in each row that it covers."""
    if not covered:
        yield from rows
        return
    begun = {first: dict[int, Cell]() for columns in covered.values() for first in columns.values()}
    for row in rows:
        cells = list(row.cells)
        for column, first in covered.get(row.number, {}).items():
            if column <= len(cells) and cells[column - 1] == "":
                cells[column - 1] = begun[first].get(column, "")
        if row.number in begun:
            begun[row.number] = dict(enumerate(cells, 1))
        yield TableRow(row.number, tuple(cells))


def _rows(rows: Iterable[tuple[object, ...]], file: Path) -> Iterator[TableRow]:
    """Yield the rows of a sheet that are not empty."""
    rows_read = 0
    for number, values in enumerate(rows, 1):
        if all(value is None for value in values):
            continue
        rows_read += 1
        if rows_read > MOST_ROWS:
            raise too_large(file)
        yield TableRow(number, tuple([cell_of(value) for value in values[:MOST_COLUMNS]]))


def _unreadable(file: Path, unreadable: Unreadable) -> TableError:
    """Return why a workbook cannot be read, and what helps."""
    helps = "" if unreadable in (BROKEN,) else f"; {unreadable.helps}"
    hint = "" if helps else "; export it again as CSV or .xlsx"
    return TableError(f"{file}: {unreadable.why}{helps}{hint}")
