"""Sheet Content in the workbook: a strip of the shares of formats and purposes."""

from reports.formats.xlsx.layout import Layout, TableStyle

LAYOUT = Layout(
    table_style=TableStyle(
        widths={
            "Company": 20,
            "Channel": 15,
            "Posts": 8,
            "Unclear": 9,
            "How sure": 9,
            "Example": 34,
        },
        strip_width=7.6,
        strip_ends=(0, 0.3, 0.8),
        own_rows_tinted=True,
    )
)
