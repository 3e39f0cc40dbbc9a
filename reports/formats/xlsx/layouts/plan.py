"""Sheet Plan in the workbook: questions and answers side by side, rows as high as their texts."""

from reports.formats.xlsx.layout import Layout, TableStyle
from reports.formats.xlsx.look import OWN, Style, varied
from reports.formats.xlsx.styles import Spot
from reports.formats.xlsx.tall import tall

_WIDTHS = {
    "Step": 13.0,
    "Question": 40.0,
    "What the audit says": 52.0,
    "Proof": 15.0,
    "Id": 0.0,
    "Your answer": 55.0,
}
_WRAPPED = ("Question", "What the audit says")


def _style(spot: Spot, style: Style) -> Style:
    """Return the style of a cell: texts may run over several lines."""
    return varied(style, wrap=True) if spot.column.title in _WRAPPED else style


LAYOUT = Layout(
    table_style=TableStyle(
        widths=_WIDTHS, height_of=tall(_WIDTHS.values()), frozen=2, titled=2, style=_style
    ),
    tab=OWN,
)
