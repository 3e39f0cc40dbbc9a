"""Sheet Audience in the workbook: rows as high as their longest text, a strip of subjects."""

from collections.abc import Sequence
from textwrap import wrap

from reports.formats.xlsx.grid import Styled
from reports.formats.xlsx.layout import Layout, TableStyle
from reports.formats.xlsx.look import Style, varied
from reports.formats.xlsx.styles import Spot
from reports.tables import ColumnKind

_CHARACTERS = 1.15
"""Characters in small type that a unit of width holds."""

_WIDTHS = {
    "Company": 17.5,
    "Channel": 10.5,
    "Looked at": 8.0,
    "Of all": 9.5,
    "Say who they are": 9.0,
    "Languages": 15.5,
    "Organisations": 17.5,
    "Follow also, at least": 17.5,
}
_LINE, _LEAST = 13, 28
"""The height of a line of small type, and that of a row, in points."""


def _style(spot: Spot, style: Style) -> Style:
    """Return the style of a cell; the texts may run over several lines."""
    return varied(style, wrap=True) if spot.column.kind is ColumnKind.TEXT else style


def _height(cells: Sequence[Styled | None]) -> float:
    """Return the height that the longest text of a row needs."""
    texts = [
        wrap(f"{cell.value}", int(width * _CHARACTERS))
        # Not strict: the cells of the strip follow, which hold no long text and have no width here.
        for cell, width in zip(cells, _WIDTHS.values(), strict=False)
        if cell is not None and cell.style.wrap
    ]
    return max(_LEAST, _LINE * max(map(len, texts), default=1))


_TABLE_STYLE = TableStyle(
    widths=_WIDTHS,
    strip_width=11.6,
    strip_ends=(0, 0.15, 0.5),
    height_of=_height,
    names_widen=False,
    own_rows_tinted=True,
    style=_style,
)


LAYOUT = Layout(table_style=_TABLE_STYLE)
