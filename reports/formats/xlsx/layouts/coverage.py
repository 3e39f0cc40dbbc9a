"""Sheet Coverage in the workbook: small type, long explanations."""

from reports.formats.xlsx.layout import Layout, TableStyle
from reports.formats.xlsx.look import SLATE

_TABLE_STYLE = TableStyle(
    widths={"Kind": 12, "What": 44, "Outcome": 16, "Detail": 34, "What would help": 35},
    height=15.5,
)


LAYOUT = Layout(table_style=_TABLE_STYLE, tab=SLATE)
