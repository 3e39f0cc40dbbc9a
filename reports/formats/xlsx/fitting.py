"""Make every cell of a sheet that people read whole to the eye: columns as wide, rows as high."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reports.formats.xlsx.grid import Line, Styled
from reports.formats.xlsx.look import Style, varied
from reports.formats.xlsx.room import lines_of, room_of

_MOST_LINES = 8
"""Of a longer text the first lines are seen; the cell holds all of it, as people may type there."""

_LINE, _PADDING = 1.25, 4.0
"""The height of a line in sizes of its type, and what a row is higher than its lines, in points."""

_WIDEST = 30.0
"""No figure is longer; what is, is a slip that a wider column would only spread."""


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


def fitted(lines: Iterable[Line], widths: Sequence[float]) -> Iterator[Line]:
    """Give rows in which words that do not fit run over as many lines as they need."""
    for line in lines:
        cells = [
            _whole(cell, width, free=_is_free(line.cells, at))
            for at, (cell, width) in enumerate(zip(line.cells, widths, strict=False))
        ]
        heights = (_height(cell, width) for cell, width in zip(cells, widths, strict=False))
        yield Line([*cells, *line.cells[len(cells) :]], max(line.height, *heights))


def height_of(words: str, style: Style, width: float) -> float:
    """Return the height of a row that shows words in a style, in points."""
    return _PADDING + _LINE * style.size * min(_MOST_LINES, lines_of(words, style, width))


def _whole(cell: Styled | None, width: float, *, free: bool) -> Styled | None:
    """Return a cell that shows all of its words, or as much of them as a row has room for."""
    if cell is None or not isinstance(cell.value, str) or cell.runs:
        return cell
    if cell.style.shrink:
        cell = replace(cell, style=varied(cell.style, shrink=False))
    if free or room_of(cell) <= width:
        return cell
    long = lines_of(f"{cell.value}", cell.style, width) > _MOST_LINES
    return replace(cell, style=varied(cell.style, wrap=True, top_aligned=long))


def _is_free(cells: Sequence[Styled | None], at: int) -> bool:
    """Tell whether words may run on over the cells to the right, up to the edge of the sheet."""
    cell = cells[at]
    if cell is None or cell.style.align != "left" or cell.style.wrap:
        return False
    rest = cells[at + 1 :]
    return bool(rest) and all(each is None or each.value is None for each in rest)


def _height(cell: Styled | None, width: float) -> float:
    """Return the height that the lines of a wrapped cell need; 0 for any other."""
    if cell is None or not isinstance(cell.value, str) or not cell.style.wrap:
        return 0.0
    return height_of(cell.value, cell.style, width)
