"""Sheet Followers in the workbook: a row a channel, as wide as its words."""

from reports.formats.xlsx.layout import Layout, TableStyle

LAYOUT = Layout(
    table_style=TableStyle(
        widths={
            "Company": 18.5,
            "Channel": 15,
            "Followers": 14,
            "Give or take": 11,
            "Counted as": 14,
            "New a week, per 1,000": 19,
            "Between": 14,
            "Since": 12,
        },
        names_widen=False,
        own_rows_tinted=True,
    )
)
