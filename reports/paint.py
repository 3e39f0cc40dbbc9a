"""From cells as values to cells of openpyxl: each style is built once and then shared."""

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

from reports.cells import Cell
from reports.look import FONT, HATCH, HATCH_PAPER, LINE, MUTED, OWN, WHITE, Style

MAX_LINKS = 10_000
"""Links on one sheet: Excel takes 65,530, but so many take a minute to open."""
_EDGES = {
    "": Side(),
    "line": Side(style="thin", color=LINE),
    "rule": Side(style="thin", color=MUTED),
    "head": Side(style="medium", color=MUTED),
    "own": Side(style="medium", color=OWN),
    "white": Side(style="thin", color=WHITE),
}
_NOTE_SIZE = (260, 80)


class Painter:
    """Paints the cells of one workbook; it remembers each style that it has built."""

    def __init__(self) -> None:
        """Begin with no style."""
        self._styles: dict[Style, StyleArray] = {}
        self._links: dict[str, int] = {}

    def paint(self, sheet: Worksheet, cell: Cell) -> Painted:
        """One cell with its value as it is: a text stays a text whatever it begins with."""
        style = self._styles.get(cell.style)
        painted = WriteOnlyCell(sheet)
        if style is None:
            style = self._styles[cell.style] = _built(sheet, cell.style)
        painted._style = style  # type: ignore[attr-defined]  # noqa: SLF001  # the way to share a style
        if cell.runs:
            painted.value = _rich(cell)
        elif cell.value is not None and cell.value != "":
            painted.value = cell.value
        if isinstance(cell.value, str):
            painted.data_type = "s"
        if cell.link:
            self._linked(sheet, painted, cell.link)
        if cell.note:
            painted.comment = _note(cell.note)
        return painted

    def _linked(self, sheet: Worksheet, painted: Painted, link: str) -> None:
        count = self._links.get(sheet.title, 0)
        if count >= MAX_LINKS:
            return
        self._links[sheet.title] = count + 1
        if link.startswith("#"):
            name, _, place = link[1:].partition("!")
            painted.hyperlink = Hyperlink(ref="", location=f"'{name}'!{place}")
        else:
            painted.hyperlink = Hyperlink(ref="", target=link)


def _built(sheet: Worksheet, style: Style) -> StyleArray:
    cell = WriteOnlyCell(sheet)
    cell.font = Font(
        name=FONT, size=style.size, bold=style.bold, italic=style.italic, color=style.color
    )
    if style.hatch:
        cell.fill = PatternFill("lightUp", fgColor=HATCH, bgColor=HATCH_PAPER)
    elif style.fill:
        cell.fill = PatternFill("solid", fgColor=style.fill)
    cell.border = Border(
        top=_EDGES[style.top],
        bottom=_EDGES[style.bottom],
        left=_EDGES[style.left],
        right=_EDGES[style.right],
    )
    cell.alignment = Alignment(
        horizontal=style.align,
        vertical="bottom" if style.bottom_aligned else "center",
        wrap_text=style.wrap,
        indent=style.indent,
    )
    cell.number_format = style.format
    cell.quotePrefix = style.quote
    style_array: StyleArray = cell._style  # type: ignore[attr-defined]  # noqa: SLF001  # as above
    return style_array


def _rich(cell: Cell) -> CellRichText:
    style = cell.style
    color = Color(rgb=f"00{style.color}")
    plain = InlineFont(rFont=FONT, sz=style.size, color=color, b=style.bold)
    strong = InlineFont(rFont=FONT, sz=style.size, color=color, b=True)
    return CellRichText(*(TextBlock(strong if bold else plain, piece) for piece, bold in cell.runs))


def _note(words: str) -> Comment:
    note = Comment(words, "audit")
    note.width, note.height = _NOTE_SIZE
    return note
