"""Sheet Engagement in the workbook: a table whose last column is a link to a post."""

from reports.formats.xlsx.layout import Layout, TableStyle

LAYOUT = Layout(
    table_style=TableStyle(
        widths={
            "Company": 18.5,
            "Channel": 13,
            "Posts": 8,
            "Interactions a post": 14,
            "Middle post": 9,
            "Applause": 10,
            "Conversation": 12.5,
            "Amplification": 12.5,
            "Per 1,000": 9.5,
            "Formula": 23,
            "Share": 8,
            "Top post": 32,
        },
        names_widen=False,
        own_rows_tinted=True,
    )
)
