"""Sheet Actions in the workbook: rows as high as their longest text, room for what people add."""

from reports.formats.xlsx.layout import Layout, TableStyle
from reports.formats.xlsx.look import OWN, Style, varied
from reports.formats.xlsx.styles import Spot
from reports.formats.xlsx.tall import tall

_WIDTHS = {
    "#": 5.0,
    "What to do": 33.0,
    "The gap": 41.0,
    "Who does it": 24.0,
    "KPI": 14.0,
    "Effort": 9.0,
    "Proof": 9.0,
    "Id": 0.0,
    "Owner": 12.0,
    "Due date": 13.0,
    "Notes": 16.0,
}
_WRAPPED = ("What to do", "The gap", "Who does it", "KPI")


def _style(spot: Spot, style: Style) -> Style:
    """Return the style of a cell: texts may run over several lines."""
    return varied(style, wrap=True) if spot.column.title in _WRAPPED else style


LAYOUT = Layout(
    table_style=TableStyle(
        widths=_WIDTHS, height_of=tall(_WIDTHS.values()), titled=2, style=_style
    ),
    tab=OWN,
)
