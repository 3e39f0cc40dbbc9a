"""Sheet Hashtags in the workbook: a row a hashtag, as wide as its words."""

from reports.formats.xlsx.layout import Layout, TableStyle

LAYOUT = Layout(
    table_style=TableStyle(
        widths={
            "Company": 18.5,
            "Hashtag": 20,
            "Posts": 8,
            "Of their posts": 12,
            "Interactions a post": 14,
            "Their usual": 11,
            "Used on": 24,
            "Also used by": 44,
        },
        names_widen=False,
        own_rows_tinted=True,
    )
)
