"""Sheet Topics in the workbook: a strip of shares, from none to two fifths."""

from reports.formats.xlsx.layout import Layout, TableStyle

LAYOUT = Layout(
    table_style=TableStyle(
        widths={
            "Topic": 30,
            "All competitors": 11,
            "All companies": 11,
            "Our gap": 8,
            "95% between": 13,
            "Reading": 11,
            "Trend, 90 days": 10,
            "Example": 36,
        },
        strip_width=11,
        strip_ends=(0, 0.12, 0.4),
        frozen=1,
        names_widen=False,
    )
)
