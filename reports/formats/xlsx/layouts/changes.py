"""Sheet Changes in the workbook: what it was and what it is stand beside each other."""

from collections.abc import Sequence
from textwrap import wrap

from reports.formats.xlsx.grid import Styled
from reports.formats.xlsx.layout import Layout, TableStyle
from reports.formats.xlsx.look import Style, varied
from reports.formats.xlsx.styles import Spot

_WIDTHS = {
    "Severity": 12.0,
    "Company": 18.0,
    "Type": 10.0,
    "What": 32.0,
    "What happened": 14.0,
    "Before": 20.0,
    "Now": 20.0,
    "Whose doing": 17.0,
    "Why": 25.0,
    "Proof": 8.0,
}
_WRAPPED = ("What", "Before", "Now", "Why")
_LINE, _LEAST, _MOST = 13.0, 18.0, 66.0
"""The height of a line, and that of a row at least and at most, in points."""


def _style(spot: Spot, style: Style) -> Style:
    """Return the style of a cell: figures stand where words do, and what holds now stands out."""
    title = spot.column.title
    if title in {"Before", "Now"}:
        style = varied(style, align="left", bold=title == "Now")
    return varied(style, size=9 if title == "Why" else style.size, wrap=title in _WRAPPED)


def _height(cells: Sequence[Styled | None]) -> float:
    """Return the height that the longest text of a row needs."""
    texts = [
        wrap(f"{cell.value or ''}", int(width))
        for cell, width in zip(cells, _WIDTHS.values(), strict=True)
        if cell is not None and cell.style.wrap
    ]
    return max(_LEAST, min(_MOST, _LINE * max(map(len, texts), default=1) + 4))


LAYOUT = Layout(
    table_style=TableStyle(widths=_WIDTHS, height_of=_height, own_rows_tinted=True, style=_style)
)
