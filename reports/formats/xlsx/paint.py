"""From styles to those of openpyxl: each is built once a workbook, in the colours of the brand."""

from collections.abc import Mapping
from typing import Literal

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from reports.formats.xlsx.branding import Palette
from reports.formats.xlsx.look import FONT, HATCH, HATCH_PAPER, LINE, MUTED, OWN, WHITE, Style
from reports.formats.xlsx.stream import RowWriter

_EDGES: Mapping[str, tuple[Literal["thin", "medium"], str]] = {
    "line": ("thin", LINE),
    "rule": ("thin", MUTED),
    "head": ("medium", MUTED),
    "own": ("medium", OWN),
    "white": ("thin", WHITE),
}


class Painter:
    """Builds the styles of one workbook, each once."""

    def __init__(self, palette: Palette) -> None:
        """Begin with no style; `palette` says what each colour is drawn as."""
        self._palette = palette
        self._numbers: _Numbers | None = None

    def rows(self, sheet: Worksheet) -> RowWriter:
        """Return what writes the rows of a sheet; what stands before them must be set by then."""
        if self._numbers is None:
            self._numbers = _Numbers(sheet, self._palette)
        return RowWriter(sheet, self._numbers, self._palette)


class _Numbers(dict[Style, int]):
    """The number of each style in the workbook; one that is asked for first is built."""

    def __init__(self, sheet: Worksheet, palette: Palette) -> None:
        """Begin with no style; any sheet leads to its workbook."""
        super().__init__()
        self._sheet, self._palette = sheet, palette

    def __missing__(self, style: Style) -> int:
        # By identity, which `varied` sees to: the same changes give the same object.
        number = self[style] = _built(self._sheet, style, self._palette)
        return number


def _built(sheet: Worksheet, style: Style, palette: Palette) -> int:
    """Build a style and register it with the workbook; return its number there."""
    cell, color = WriteOnlyCell(sheet), palette.drawn(style.color)
    cell.font = Font(name=FONT, size=style.size, bold=style.bold, italic=style.italic, color=color)
    if style.hatch:
        cell.fill = PatternFill("lightUp", fgColor=HATCH, bgColor=HATCH_PAPER)
    elif style.fill:
        # Of a solid fill Excel draws the foreground colour.
        cell.fill = PatternFill("solid", fgColor=palette.drawn(style.fill))
    cell.border = Border(
        top=_edge(style.top, palette),
        bottom=_edge(style.bottom, palette),
        left=_edge(style.left, palette),
        right=_edge(style.right, palette),
    )
    cell.alignment = Alignment(
        horizontal=style.align,
        vertical="bottom" if style.bottom_aligned else "top" if style.top_aligned else "center",
        wrap_text=style.wrap,
        shrink_to_fit=style.shrink,
        indent=style.indent,
    )
    cell.number_format = style.format
    cell.quotePrefix = style.quote
    return cell.style_id


def _edge(name: str, palette: Palette) -> Side:
    """Return the line that an edge is drawn with; none for one without a name."""
    if not name:
        return Side()
    style, color = _EDGES[name]
    return Side(style=style, color=palette.drawn(color))
