"""Sheet Kept notes in the workbook: rows as high as the notes, which may be long."""

from reports.formats.xlsx.layout import Layout, TableStyle
from reports.formats.xlsx.look import OWN, Style, varied
from reports.formats.xlsx.styles import Spot
from reports.formats.xlsx.tall import tall

_WIDTHS = {
    "Sheet": 14.0,
    "What it was about": 62.0,
    "Column": 18.0,
    "Id": 0.0,
    "Your note": 80.0,
}


def _style(spot: Spot, style: Style) -> Style:
    """Return the style of a cell: what a note was about may run over several lines."""
    return varied(style, wrap=True) if spot.column.title == "What it was about" else style


LAYOUT = Layout(
    table_style=TableStyle(
        widths=_WIDTHS, height_of=tall(_WIDTHS.values(), 19.5), frozen=1, style=_style
    ),
    tab=OWN,
)
