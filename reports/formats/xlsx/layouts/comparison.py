"""Sheet Comparison in the workbook: as many companies as fit on a screen, our own tinted."""

from audit.model.value import Known
from reports.formats.xlsx.book import Book
from reports.formats.xlsx.grid import Grid
from reports.formats.xlsx.layout import Layout, TableStyle, lay_out
from reports.formats.xlsx.look import BEST, MAX_WIDTH, OWN, OWN_TINT, Style, varied
from reports.formats.xlsx.styles import Spot
from reports.signs import Sign
from reports.tables import ColumnKind, Table

_OTHERS = {"Theme": 13.0, "Measure": 32.0, "Our rank": 10.0, "Read": 9.0}
_NARROWEST, _WIDEST = 11.5, 15.5


def _style(spot: Spot, style: Style) -> Style:
    """Return the style of a figure: our own and the best stand out, large ones are shrunk."""
    if spot.column.kind is not ColumnKind.FIGURE:
        return style
    if isinstance(spot.cell.value, str):
        return varied(style, size=9)
    if spot.column.own:
        style = varied(style, fill=OWN_TINT, color=OWN, bold=True)
    if spot.cell.mark is Sign.BEST:
        style = varied(style, bold=True, fill=style.fill or BEST)
    large = spot.row.subject.endswith(".followers") or spot.row.subject.startswith("figure.")
    if large and isinstance(spot.cell.value, Known):
        style = varied(style, shrink=spot.column.title in spot.book.report.companies)
    return style


def _lay_out(table: Table, book: Book) -> Grid:
    """Lay out the sheet; companies, median and mean share what the other columns leave."""
    report = book.report
    room = (MAX_WIDTH - sum(_OTHERS.values())) / (len(report.companies) + 2)
    width = max(_NARROWEST, min(_WIDEST, room))
    companies = {column.title: width for column in table.columns if column.title not in _OTHERS}
    frozen = 3 if report.own else 2
    table_style = TableStyle(
        widths={**companies, **_OTHERS}, height=19.5, frozen=frozen, titled=3, style=_style
    )
    return lay_out(table, book, table_style)


LAYOUT = Layout(own_way=_lay_out)
