"""Sheet Coverage in the workbook: small type, long explanations."""

from reports.formats.xlsx.book import Book
from reports.formats.xlsx.grid import Grid
from reports.formats.xlsx.layout import Layout, TableStyle, lay_out
from reports.formats.xlsx.look import SLATE
from reports.tables import Table

_TABLE_STYLE = TableStyle(
    widths={"Kind": 12, "What": 44, "Outcome": 16, "Detail": 34, "What would help": 35},
    height=15.5,
)


def _lay_out(table: Table, book: Book) -> Grid:
    return lay_out(table, book, _TABLE_STYLE)


LAYOUT = Layout(lay_out=_lay_out, tab=SLATE)
