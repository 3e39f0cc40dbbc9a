"""Sheet Timing in the workbook: seven rows a company beside a strip of the hours of a day."""

from reports.formats.xlsx.layout import Layout, TableStyle

LAYOUT = Layout(
    table_style=TableStyle(
        widths={"Company": 18.5, "Weekday": 12, "Posts": 14, "Busiest hour": 18},
        strip_width=4.2,
        strip_ends=(0, 2, 6),
        strip_reach=24,
        names_widen=False,
        own_rows_tinted=True,
    )
)
