"""Sheet Topics in the workbook: a strip of shares, from none to two fifths."""

from reports.formats.xlsx.layout import Layout, TableStyle

LAYOUT = Layout(
    table_style=TableStyle(
        widths={
            "Topic": 26,
            "All competitors": 11,
            "Our gap": 8,
            "95% between": 13,
            "Reading": 11,
            "Trend, 90 days": 10,
            "Example": 34,
        },
        strip_width=11,
        strip_ends=(0, 0.12, 0.4),
        frozen=1,
        names_widen=False,
    )
)
