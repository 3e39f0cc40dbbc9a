"""Sheet Method in the workbook: terms with their meaning, and the figures of the charts below."""

from collections.abc import Iterator

from reports.formats.xlsx.book import SUMMARY, Book
from reports.formats.xlsx.cells import text
from reports.formats.xlsx.grid import Grid, Line
from reports.formats.xlsx.layout import Layout
from reports.formats.xlsx.look import (
    ALERT,
    BACK,
    BLOCK_TITLE,
    BODY,
    MUTED,
    PLAIN,
    SENTENCE,
    SLATE,
    TITLE,
    varied,
)
from reports.tables import Block, Table

_WIDTHS = (28.0, 100.0, *[14.0] * 8)
_TERM_CHARACTERS, _MEANING_CHARACTERS = 30, 118
"""Characters that fit into a line of the two columns."""

_LINE, _PADDING = 13, 4
"""The height of a line, and what a row is higher than its lines, in points."""

_TERM = varied(BODY, bold=True, indent=0, wrap=True)
_MEANING = varied(BODY, wrap=True, indent=0)
_CHART_DATA = "The figures that the charts are drawn from; unknown is empty."
_BELOW = Line([text(_CHART_DATA, varied(PLAIN, size=9, color=MUTED))])


def _lay_out(table: Table, book: Book) -> Grid:
    """Lay out the sheet; the workbook puts the figures of its charts below it."""
    del book
    read = list(_lines(table))
    lines = [*read, Line([None], 10), Line([text("Chart data", BLOCK_TITLE)], 22), _BELOW]
    return Grid(widths=_WIDTHS, lines=lines, print_area=f"A1:B{len(read)}")


def _lines(table: Table) -> Iterator[Line]:
    """Give the lines of the sheet that people read, and that are printed."""
    back = text("◄ Summary", BACK, link=f"#{SUMMARY}!A1")
    yield Line([text(table.title, TITLE), None, None, None, back], 27)
    yield Line([text("".join(piece for piece, _ in table.finding), SENTENCE)], 19)
    if table.warning:
        yield Line([text(table.warning, varied(SENTENCE, bold=True, color=ALERT))], 19)
    for block in table.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[Line]:
    """Give the lines of a list of terms, each as high as its text needs."""
    yield Line([None], 10)
    yield Line([text(block.title, BLOCK_TITLE)], 22)
    for row in block.rows:
        term, meaning = (f"{cell.value}" for cell in row.cells)
        lines = max(1 + len(meaning) // _MEANING_CHARACTERS, 1 + len(term) // _TERM_CHARACTERS)
        height = _PADDING + _LINE * lines
        yield Line([text(term, _TERM), text(meaning, _MEANING)], height)


LAYOUT = Layout(own_way=_lay_out, tab=SLATE, holds_chart_data=True)
