"""Sheet Comparison in the workbook: as many companies as fit on a screen, our own tinted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from audit.model.value import Known
from reports.formats.xlsx.book import Book
from reports.formats.xlsx.grid import HEADER_ROW, Grid, Styled
from reports.formats.xlsx.layout import Layout, TableStyle, lay_out
from reports.formats.xlsx.look import BEST, MAX_WIDTH, OWN, OWN_TINT, Style, varied
from reports.formats.xlsx.room import longest, room_of
from reports.formats.xlsx.styles import Spot
from reports.signs import Sign
from reports.tables import ColumnKind, Table

_OTHERS = {"Theme": 13.0, "Measure": 32.0, "Our rank": 10.0, "Read": 9.0}
_NARROWEST, _WIDEST = 11.5, 15.5
_LONGEST = {"Theme": 20.0, "Measure": 44.0}
_MOST = 26.0
"""No figure is longer, with all that may stand before and behind it."""

_ONE_LINE, _TWO_LINES = 19.5, 30.0


def _style(spot: Spot, style: Style) -> Style:
    """Return the style of a figure: our own and the best stand out.

    Its column is as wide as it needs; shrunk where the type of a machine is wider than ours, as a
    number that does not fit shows as ###.
    """
    if spot.column.kind is not ColumnKind.FIGURE:
        return varied(style, wrap=spot.column.title == "Measure")
    if isinstance(spot.cell.value, str):
        return varied(style, size=9)
    if spot.column.own:
        style = varied(style, fill=OWN_TINT, color=OWN, bold=True)
    if spot.cell.mark is Sign.BEST:
        style = varied(style, bold=True, fill=style.fill or BEST)
    return varied(style, shrink=True) if isinstance(spot.cell.value, Known) else style


def _lay_out(table: Table, book: Book) -> Grid:
    """Lay out the sheet; companies, median and mean share what the other columns leave.

    A column whose longest content needs more is as wide as that.
    """
    table = replace(table, rows=list(table.rows))
    drawn = lay_out(table, book, _table_style(_OTHERS, book))
    rows = list(islice(drawn.lines, HEADER_ROW, None))
    needed = {column.title: longest(rows, at) for at, column in enumerate(table.columns)}
    others = {
        title: min(max(width, needed.get(title, 0)), _LONGEST.get(title, width))
        for title, width in _OTHERS.items()
    }
    room = (MAX_WIDTH - sum(others.values())) / (len(book.report.companies) + 2)
    least = max(_NARROWEST, min(_WIDEST, room))
    widths = {title: min(max(least, width), _MOST) for title, width in needed.items()} | others
    return lay_out(table, book, _table_style(widths, book))


def _table_style(widths: Mapping[str, float], book: Book) -> TableStyle:
    """Return what the sheet wants otherwise than usual, with columns of these widths."""
    frozen = 3 if book.report.own else 2
    return TableStyle(widths=widths, height_of=_height, frozen=frozen, titled=3, style=_style)


def _height(cells: Sequence[Styled | None]) -> float:
    """Return the height of a row: of two lines where the name of its measure needs them."""
    long = max(room_of(cell) for cell in cells[:2]) > _LONGEST["Measure"]
    return _TWO_LINES if long else _ONE_LINE


LAYOUT = Layout(own_way=_lay_out)
