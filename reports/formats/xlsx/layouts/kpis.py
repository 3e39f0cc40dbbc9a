"""Sheet KPIs in the workbook: the name stays on the screen, figures stand close together."""

from reports.formats.xlsx.layout import Layout, TableStyle
from reports.formats.xlsx.look import Style, varied
from reports.formats.xlsx.styles import Spot


def _style(spot: Spot, style: Style) -> Style:
    """Return the style of a cell: what holds now stands out."""
    return varied(style, bold=True) if spot.column.title == "Now" else style


LAYOUT = Layout(
    table_style=TableStyle(
        widths={
            "KPI": 26,
            "Goal": 20,
            "Measure": 33,
            "Baseline": 12,
            "Last run": 12,
            "Now": 12,
            "Target": 10,
            "Standing": 38,
        },
        height=19.5,
        frozen=1,
        style=_style,
    )
)
