"""Sheet SWOT in the workbook: sentences and people's words side by side."""

from reports.formats.xlsx.layout import Layout, TableStyle
from reports.formats.xlsx.look import OWN, Style, varied
from reports.formats.xlsx.styles import Spot
from reports.formats.xlsx.tall import tall

_WIDTHS = {
    "Part": 15.0,
    "What the audit says": 82.0,
    "Proof": 11.0,
    "Id": 0.0,
    "Your words": 66.0,
}


def _style(spot: Spot, style: Style) -> Style:
    """Return the style of a cell: sentences may run over several lines."""
    return varied(style, wrap=True) if spot.column.title == "What the audit says" else style


LAYOUT = Layout(
    table_style=TableStyle(
        widths=_WIDTHS, height_of=tall(_WIDTHS.values()), frozen=1, titled=1, style=_style
    ),
    tab=OWN,
)
