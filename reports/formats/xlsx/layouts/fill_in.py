"""Sheet Fill in in the workbook: who and where at the left, then boxes wide enough to type in."""

from reports.formats.xlsx.layout import Layout, TableStyle
from reports.formats.xlsx.look import OWN

_TABLE_STYLE = TableStyle(
    widths={
        "Channel": 11,
        "Open this page": 25,
        "What is missing": 29,
        "Followers": 10,
        "Posts, last 30 days": 9,
        "Last post on": 13,
        "Likes, last 5 posts": 9,
        "Comments, last 5 posts": 10.5,
        "What they write about": 22,
        "Read on": 13,
        "By whom": 10,
    },
)


LAYOUT = Layout(table_style=_TABLE_STYLE, tab=OWN)
