"""Sheet Data in the workbook: small type, one figure a row, written in a quicker way than usual."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from reports.formats.xlsx.book import Book
from reports.formats.xlsx.cells import styled, text
from reports.formats.xlsx.grid import Grid, Line, Styled
from reports.formats.xlsx.layout import Layout, TableStyle, lay_out
from reports.formats.xlsx.look import MUTED, NUMBER, OWN, SLATE, SMALL, Style, varied
from reports.tables import Column, ColumnKind, Importance, Row, Table

# Without the line below each row, which would have gaps where there is no cell.
_WORDS = varied(SMALL, bottom="")
_OWN_NAME = varied(_WORDS, color=OWN, bold=True)
_FIGURE = varied(NUMBER, size=9, bottom="")
_ASIDE = varied(_WORDS, color=MUTED)

_TABLE_STYLE = TableStyle(
    widths={
        "Company": 24,
        "Channel": 18,
        "Measure": 34,
        "Value": 11,
        "Unit": 9,
        "How exact": 18,
        "Why not known": 40,
        "Date": 13,
        "Run": 19,
        "Proof": 10,
    },
    height=15.5,
    frozen=1,
    raw=True,
)


def _lay_out(table: Table, book: Book) -> Grid:
    """Lay the sheet out: what is not there is no cell, as one with a look alone costs as much."""
    styles = [_style(column) for column in table.columns]
    grid = lay_out(replace(table, rows=()), book, _TABLE_STYLE)
    return replace(grid, lines=chain(grid.lines, _rows(table, book, styles)), dimmed="")


def _style(column: Column) -> Style:
    """Return the style of a column's cells."""
    if column.kind in (ColumnKind.FIGURE, ColumnKind.DAY):
        return _FIGURE
    return _ASIDE if column.importance is Importance.ASIDE else _WORDS


def _rows(table: Table, book: Book, styles: Sequence[Style]) -> Iterator[Line]:
    """Give the lines of the rows, one at a time."""
    for row in table.rows:
        yield Line(_cells(row, table.columns, book, styles), _TABLE_STYLE.height)


def _cells(
    row: Row, columns: Sequence[Column], book: Book, styles: Sequence[Style]
) -> list[Styled | None]:
    """Return the cells of a row; words go a short way, as most of them are words."""
    cells: list[Styled | None] = []
    for cell, column, style in zip(row.cells, columns, styles, strict=True):
        value = cell.value
        if value is None:
            cells.append(None)
        elif isinstance(value, str):
            cells.append(text(value, style))
        else:
            cells.append(styled(cell, style, column, book))
    if row.subject == book.report.own:
        cells[0] = text(row.subject, _OWN_NAME)
    return cells


LAYOUT = Layout(own_way=_lay_out, tab=SLATE)
