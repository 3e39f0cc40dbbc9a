"""Make every cell of a sheet that people read whole to the eye: columns as wide, rows as high."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reports.formats.xlsx.grid import Line, Styled
from reports.formats.xlsx.look import MAX_WIDTH, Style, varied
from reports.formats.xlsx.room import lines_of, room_of

_MOST_LINES = 8
"""Of a longer text the first lines are seen; the cell holds all of it, as people may type there."""

_LINE, _PADDING = 1.25, 4.0
"""The height of a line in sizes of its type, and what a row is higher than its lines, in points."""

_SMALLEST = 8.0
_SCHEMES = ("http://", "https://")
_WIDEST = 30.0
"""No figure is longer, and longer names are broken."""


def widened(widths: Sequence[float], lines: Iterable[Line], columns: int) -> list[float]:
    """Return the widths of a table's columns with room for each figure and date.

    One that does not fit shows as ###, while words can be broken. `columns` are those from the left
    that may grow; a strip behind them keeps its width.
    """
    grown = list(widths)
    for line in lines:
        for at, cell in enumerate(line.cells[:columns]):
            if cell is not None and cell.value is not None and not isinstance(cell.value, str):
                grown[at] = max(grown[at], min(_WIDEST, room_of(cell)))
    return grown


def roomy(widths: Sequence[float], lines: Iterable[Line], at: int, whole: float) -> list[float]:
    """Return the widths with what the sheet has to spare given to a column of names.

    `whole` is the width of all that is seen. No name gets more than it needs, and none more than
    thirty digits: it is broken then.
    """
    needed = max((room_of(_cell(line, at)) for line in lines), default=0.0)
    grown = list(widths)
    grown[at] = max(grown[at], min(_WIDEST, needed, grown[at] + max(0.0, MAX_WIDTH - whole)))
    return grown


def fitted(lines: Iterable[Line], widths: Sequence[float], hidden: int = 0) -> Iterator[Line]:
    """Give rows in which words that do not fit run over as many lines as they need.

    The ids in the `hidden` column, from 1 (0: none), stay as they are: nobody reads them.
    """
    for line in lines:
        cells = [
            cell if at == hidden else _whole(cell, width, _free(line.cells, at - 1, widths))
            for at, (cell, width) in enumerate(zip(line.cells, widths, strict=False), 1)
        ]
        yield from raised([Line([*cells, *line.cells[len(cells) :]], line.height)], widths)


def raised(lines: Iterable[Line], widths: Sequence[float]) -> Iterator[Line]:
    """Give lines as high as their wrapped cells need; nothing else of them is changed."""
    for line in lines:
        heights = (_height(cell, width) for cell, width in zip(line.cells, widths, strict=False))
        yield Line(line.cells, max(line.height, *heights, 0))


def height_of(words: str, style: Style, width: float) -> float:
    """Return the height of a row that shows words in a style, in points."""
    return _PADDING + _LINE * style.size * min(_MOST_LINES, lines_of(words, style, width))


def _whole(cell: Styled | None, width: float, free: float) -> Styled | None:
    """Return a cell that shows all of its words, or as much of them as a row has room for."""
    if cell is None or not isinstance(cell.value, str) or cell.runs:
        return cell
    words = cell.value
    if cell.style.shrink:
        cell = replace(cell, style=varied(cell.style, shrink=False))
    if room_of(cell) <= max(width, free):
        return cell
    if cell.style.hatch and room_of(small := _small(cell)) <= width:
        return small
    if cell.link:
        return _short_link(cell, words, width)
    return _wrapped(cell, words, width)


def _small(cell: Styled) -> Styled:
    """Return a reason in the smallest type."""
    return replace(cell, style=varied(cell.style, size=_SMALLEST))


def _short_link(cell: Styled, words: str, width: float) -> Styled:
    """Return a link as one line, cut with a mark: LibreOffice does not break what is a link.

    An address leads to the whole of it; other words show all of them under the pointer.
    """
    if words.startswith(_SCHEMES):
        return replace(cell, value=_short(words, cell.style, width))
    kept = words
    while kept and room_of(Styled(f"{kept}…", cell.style)) > width:
        kept = kept.rpartition(" ")[0]
    return replace(cell, value=f"{kept}…", tip=words) if kept else _wrapped(cell, words, width)


def _wrapped(cell: Styled, words: str, width: float) -> Styled:
    """Return a cell whose words run over several lines."""
    long = lines_of(words, cell.style, width) > _MOST_LINES
    return replace(cell, style=varied(cell.style, wrap=True, top_aligned=long))


def _short(url: str, style: Style, width: float) -> str:
    """Return an address without what all have, cut with a mark where one line is too short."""
    bare = url.partition("://")[2].removeprefix("www.").removesuffix("/")
    if room_of(Styled(bare, style)) <= width:
        return bare
    kept = len(bare)
    while kept > 1 and room_of(Styled(f"{bare[:kept]}…", style)) > width:
        kept -= 1
    return f"{bare[:kept]}…"


def _cell(line: Line, at: int) -> Styled | None:
    """Return a cell of a line, which may end before it."""
    return line.cells[at] if at < len(line.cells) else None


def _free(cells: Sequence[Styled | None], at: int, widths: Sequence[float]) -> float:
    """Return how wide words may run: unless they are broken, over empty cells to the right too."""
    cell = cells[at]
    width = widths[at]
    if cell is None or cell.style.align != "left" or cell.style.wrap:
        return width
    for right, each in enumerate(cells[at + 1 :], at + 1):
        if each is not None and each.value is not None:
            return width
        width += widths[right] if right < len(widths) else 0
    return width


def _height(cell: Styled | None, width: float) -> float:
    """Return the height that the lines of a wrapped cell need; 0 for any other."""
    if cell is None or not isinstance(cell.value, str) or not cell.style.wrap:
        return 0.0
    return height_of(cell.value, cell.style, width)


def seen_widths(widths: Sequence[float], folds: Sequence[int]) -> list[float]:
    """Return the widths of the columns as a reader meets them: none where hidden."""
    return [0 if at in folds else width for at, width in enumerate(widths, 1)]


def broken(cell: Styled, width: float, height: float) -> Line:
    """Return a line of one cell that is broken at a width."""
    style = varied(cell.style, wrap=True)
    count = lines_of(f"{cell.value}", style, width)
    return Line([replace(cell, style=style)], height + (count - 1) * style.size * 1.3)
