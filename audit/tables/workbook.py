"""Read the sheets of a workbook that another tool exported, row by row."""

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from audit.tables.rows import MOST_COLUMNS, MOST_ROWS, Row, Sheet, TableError, cell_of, too_large
from reports.formats.xlsx.openable import BROKEN, DAMAGE, RefusedError, Unreadable, check

if TYPE_CHECKING:
    from openpyxl import Workbook

_MOST_SHEETS = 50


@contextmanager
def sheets_of(file: Path) -> Iterator[Iterator[Sheet]]:
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


def _sheets(book: "Workbook", file: Path) -> Iterator[Sheet]:
    """Yield the sheets with cells."""
    for sheet in book.worksheets[:_MOST_SHEETS]:
        # Some tools write a wrong size of the sheet, which would be believed.
        sheet.reset_dimensions()
        yield Sheet(name=sheet.title, rows=_rows(sheet.iter_rows(values_only=True), file))


def _rows(rows: Iterable[tuple[object, ...]], file: Path) -> Iterator[Row]:
    """Yield the rows of a sheet that are not empty."""
    kept = 0
    for number, values in enumerate(rows, 1):
        if all(value is None for value in values):
            continue
        kept += 1
        if kept > MOST_ROWS:
            raise too_large(file)
        yield Row(number, tuple([cell_of(value) for value in values[:MOST_COLUMNS]]))


def _unreadable(file: Path, why: Unreadable) -> TableError:
    """Return why a workbook cannot be read, and what helps."""
    helps = "" if why in (BROKEN,) else f"; {why.helps}"
    hint = "" if helps else "; export it again as CSV or .xlsx"
    return TableError(f"{file}: {why.why}{helps}{hint}")
