"""From styled cells to cells of openpyxl: each style is built once and then shared."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Literal

from openpyxl.cell import Cell as Painted
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.colors import Color
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from reports.formats.xlsx.branding import Palette
from reports.formats.xlsx.cells import clean
from reports.formats.xlsx.grid import Styled
from reports.formats.xlsx.look import FONT, HATCH, HATCH_PAPER, LINE, MUTED, OWN, WHITE, Style

MAX_LINKS = 10_000
"""Links on one sheet: Excel takes 65,530, but so many take a minute to open."""
_EDGES: Mapping[str, tuple[Literal["thin", "medium"], str]] = {
    "line": ("thin", LINE),
    "rule": ("thin", MUTED),
    "head": ("medium", MUTED),
    "own": ("medium", OWN),
    "white": ("thin", WHITE),
}
_NOTE_WIDTH, _NOTE_LOWEST, _NOTE_HIGHEST, _NOTE_LINE = 260, 80, 400, 16
"""Width of a note, its height at least and at most, and the height of a line, in pixels."""

_NOTE_CHARACTERS = 38
"""Characters that fit into a line of a note."""


class Painter:
    """Paints the cells of one workbook; it remembers each style that it has built."""

    def __init__(self, palette: Palette) -> None:
        """Begin with no style; `palette` says what each colour is drawn as."""
        self._palette = palette
        # By identity, which `varied` sees to: the same changes give the same object.
        self._styles: dict[Style, StyleArray] = {}

    def take_over(self, sheet: Worksheet) -> None:
        """Make the sheet's `append` take our cells.

        openpyxl would first try each as a plain value and make a new object for each; it writes
        them one by one, so that those without link or note can share one (half of the time).
        """
        shared, links = WriteOnlyCell(sheet), count()

        def painted(cells: Sequence[Styled | None], row: int) -> Iterator[Painted]:
            """Give the cells of a row as openpyxl writes them."""
            noted: set[str] = {""}
            for column, cell in enumerate(cells, 1):
                if cell is not None:
                    fresh = WriteOnlyCell(sheet) if cell.link or cell.note else shared
                    fresh.row, fresh.column = row, column
                    self._paint(sheet, fresh, cell)
                    if cell.note not in noted:  # once in a row is enough
                        fresh.comment = _note(cell.note)
                        noted.add(cell.note)
                    # Cells beyond the limit keep the look of a link and lead nowhere.
                    if cell.link and next(links) < MAX_LINKS:
                        fresh.hyperlink = _link(fresh.coordinate, cell.link)
                    yield fresh

        # `append` of a write-only sheet of openpyxl 3.1.5 hands its rows to this method.
        sheet._values_to_row = painted  # type: ignore[attr-defined]  # noqa: SLF001

    def _paint(self, sheet: Worksheet, painted: Painted, cell: Styled) -> None:
        """Put in the value as it is: a text stays a text whatever it begins with.

        The setter of `value` would take a text with `=` for a formula, so it is gone round.
        """
        value = cell.value
        style = self._styles.get(cell.style)
        if style is None:
            style = self._styles[cell.style] = _built(sheet, cell.style, self._palette)
        painted._style = style  # type: ignore[attr-defined]  # noqa: SLF001  # to share it
        kind = (
            "s" if isinstance(value, str) and value else "d" if isinstance(value, datetime) else "n"
        )
        content = _rich(cell, self._palette) if cell.runs else None if value == "" else value
        painted._value = content  # type: ignore[attr-defined]  # noqa: SLF001  # not inferred
        painted.data_type = kind


def _link(place: str, link: str) -> Hyperlink:
    """Return the hyperlink of a cell: to a place in the workbook (`#Sheet!A1`) or to the web."""
    if not link.startswith("#"):
        return Hyperlink(ref=place, target=link)
    name, _, target = link[1:].partition("!")
    # In quotes, as the names of some sheets have a space (Site features).
    return Hyperlink(ref=place, location=f"'{name}'!{target}")


def _built(sheet: Worksheet, style: Style, palette: Palette) -> StyleArray:
    """Build a style and register it with the workbook; return the numbers that stand for it."""
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
    style_array: StyleArray = cell._style  # type: ignore[attr-defined]  # noqa: SLF001  # as above
    return style_array


def _edge(name: str, palette: Palette) -> Side:
    """Return the line that an edge is drawn with; none for one without a name."""
    if not name:
        return Side()
    style, color = _EDGES[name]
    return Side(style=style, color=palette.drawn(color))


def _rich(cell: Styled, palette: Palette) -> CellRichText:
    """Return a sentence with bold pieces in the font of its cell."""
    style = cell.style
    color = Color(rgb=f"00{palette.drawn(style.color)}")
    plain = InlineFont(rFont=FONT, sz=style.size, color=color, b=style.bold)
    strong = InlineFont(rFont=FONT, sz=style.size, color=color, b=True)
    return CellRichText(*(TextBlock(strong if bold else plain, piece) for piece, bold in cell.runs))


def _note(words: str) -> Comment:
    """Return a note of a size that shows all of its words, or its first lines."""
    kept = clean(words)
    note = Comment(kept, "audit")
    lines = sum(1 + len(line) // _NOTE_CHARACTERS for line in kept.split("\n"))
    note.width = _NOTE_WIDTH
    note.height = min(_NOTE_HIGHEST, max(_NOTE_LOWEST, _NOTE_LINE * (lines + 1)))
    return note
