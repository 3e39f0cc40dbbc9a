"""Sheet Channels in the workbook: a matrix whose colours say how alive a channel is."""

from collections.abc import Mapping

from reports.formats.xlsx.book import Book
from reports.formats.xlsx.grid import Grid
from reports.formats.xlsx.layout import Layout, TableStyle, lay_out
from reports.formats.xlsx.look import (
    ALERT_TINT,
    BEST,
    HEAT_CAP,
    MAX_WIDTH,
    OWN,
    OWN_TINT,
    Style,
    varied,
)
from reports.formats.xlsx.styles import Spot
from reports.signs import OF_STATUS, Sign
from reports.tables import ColumnKind, RowKind, Table, Tone

_OTHERS = {"Kind": 16.5, "Channel": 18.0}
_LAST = 18.0
_NARROWEST, _WIDEST = 11.0, 18.0
_FILLS: Mapping[Sign, str] = {Sign.ACTIVE: HEAT_CAP, Sign.SLOWING: BEST}


def _style(spot: Spot, style: Style) -> Style:
    """Return the style of a cell: our own column framed, a live channel filled."""
    if spot.row.kind is RowKind.TOTAL:
        framed = varied(style, color=OWN, left="own", right="own", bottom="own")
        return framed if spot.column.own else style
    if spot.column.kind is not ColumnKind.FIGURE:
        return style
    if spot.column.own:
        style = varied(style, left="own", right="own", fill=OWN_TINT)
    if spot.cell.tone is Tone.ALERT:
        return varied(style, fill=ALERT_TINT)
    mark = spot.cell.mark
    if mark is Sign.FOUND and spot.cell.value is not None:
        # A number that does not fit shows as ###.
        return varied(style, shrink=True)
    if mark is not None and mark in OF_STATUS.values():
        bold = bool(style.fill)
        style = varied(style, fill=_FILLS.get(mark, style.fill), bold=bold)
    return style


def _lay_out(table: Table, book: Book) -> Grid:
    """Lay out the sheet; the companies share what the other columns leave."""
    report = book.report
    room = MAX_WIDTH - sum(_OTHERS.values()) - _LAST
    width = max(_NARROWEST, min(_WIDEST, room / max(1, len(report.companies))))
    companies = dict.fromkeys(report.companies, width)
    last = {table.columns[-1].title: _LAST}
    frozen = 3 if report.own else 2
    table_style = TableStyle(
        # The last one wins: a company may bear the name of another column.
        widths={**companies, **_OTHERS, **last},
        height=19.5,
        frozen=frozen,
        titled=2,
        style=_style,
    )
    return lay_out(table, book, table_style)


LAYOUT = Layout(own_way=_lay_out)
