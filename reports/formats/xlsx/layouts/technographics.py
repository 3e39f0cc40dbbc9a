"""Sheet Technographics in the workbook: names of roles whole, room for what is named."""

from reports.formats.xlsx.layout import Layout, TableStyle

_TABLE_STYLE = TableStyle(
    widths={"Role": 18, "Which": 46, "What shows it": 46, "Matters for": 28},
)


LAYOUT = Layout(table_style=_TABLE_STYLE)
