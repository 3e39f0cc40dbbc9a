"""Sheet Actions in the workbook: rows as high as their longest text, room for what people add."""

from collections.abc import Sequence

from reports.formats.xlsx.grid import Styled
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


_TALL = tall(_WIDTHS.values())
_TALL_WITHOUT_KPIS = tall(width for title, width in _WIDTHS.items() if title != "KPI")


def _height(cells: Sequence[Styled | None]) -> float:
    """Return the height of a row; without KPIs in the list their column is not there."""
    return (_TALL if len(cells) == len(_WIDTHS) else _TALL_WITHOUT_KPIS)(cells)


LAYOUT = Layout(
    table_style=TableStyle(widths=_WIDTHS, height_of=_height, titled=2, style=_style),
    tab=OWN,
)
