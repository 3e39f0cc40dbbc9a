"""How high a row must be for the longest text in it that runs over several lines."""

from collections.abc import Callable, Iterable, Sequence
from textwrap import wrap

from reports.formats.xlsx.grid import Styled

_LINE = 13.5
"""The height of a line in points."""

_MOST = 405.0
"""Excel draws no row higher than 409 points; what is longer is read in the line of the formula."""

_MOST_LINES = 40


def tall(
    widths: Iterable[float], least: float = 28.0
) -> Callable[[Sequence[Styled | None]], float]:
    """Return the function that gives the height of a row, from the widths of its columns."""
    kept = tuple(widths)

    def height(cells: Sequence[Styled | None]) -> float:
        """Return the height that the longest text of a row needs."""
        lines = [
            _lines(f"{cell.value or ''}", int(width))
            for cell, width in zip(cells, kept, strict=True)
            if cell is not None and cell.style.wrap
        ]
        return min(_MOST, max(least, _LINE * max(lines, default=1) + 2))

    return height


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column; its own breaks count."""
    # No more than fit into a row: what people type may have 32,767 characters.
    parts = text[: _MOST_LINES * width].split("\n")
    return sum(max(1, len(wrap(part, max(1, width)))) for part in parts)
