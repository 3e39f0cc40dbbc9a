"""Sheet Actions in the workbook: rows as high as their longest text, room for what people add."""

from collections.abc import Sequence
from textwrap import wrap

from reports.formats.xlsx.grid import Styled
from reports.formats.xlsx.layout import Layout, TableStyle
from reports.formats.xlsx.look import OWN, Style, varied
from reports.formats.xlsx.styles import Spot

_WIDTHS = {
    "#": 5.0,
    "What to do": 34.0,
    "The gap": 42.0,
    "Who does it": 24.0,
    "KPI": 15.0,
    "Effort": 9.0,
    "Proof": 9.0,
    "Owner": 12.0,
    "Due date": 10.0,
    "Notes": 16.0,
}
_WRAPPED = ("What to do", "The gap", "Who does it", "KPI", "Owner", "Notes")
_FOR_PEOPLE = ("Owner", "Due date", "Notes")
_LINE, _LEAST = 13.5, 28.0
"""The height of a line, and that of a row, in points."""


def _style(spot: Spot, style: Style) -> Style:
    """Return the style of a cell: texts may run over several lines, those for people are boxed."""
    if spot.column.title in _FOR_PEOPLE:
        style = varied(style, top="line", bottom="line", left="line", right="line")
    return varied(style, wrap=True) if spot.column.title in _WRAPPED else style


def _height(cells: Sequence[Styled | None]) -> float:
    """Return the height that the longest text of a row needs."""
    texts = [
        wrap(f"{cell.value or ''}", int(width))
        for cell, width in zip(cells, _WIDTHS.values(), strict=True)
        if cell is not None and cell.style.wrap
    ]
    return max(_LEAST, _LINE * max(map(len, texts), default=1) + 2)


LAYOUT = Layout(
    table_style=TableStyle(widths=_WIDTHS, height_of=_height, titled=2, style=_style), tab=OWN
)
