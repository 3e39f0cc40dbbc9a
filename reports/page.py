"""A worksheet as values: rows of cells with heights, and what lies around them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.cells import Cell
from reports.charts import Chart
from reports.look import varied

HEADER_ROW, FIRST_ROW = 5, 6


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row from column A on; None is an empty cell."""

    cells: Sequence[Cell | None]
    height: float = 16.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """A colour scale over a range; without fixed ends it goes from least to most."""

    ref: str
    ends: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One worksheet as values, before anything of it is written.

    `columns` is how many columns the table has that begins in row 5 (0: no table), `table_rows`
    how many rows of it a filter covers (None: all to the end), `dimmed` the column in which a
    repeated key is dimmed. `scale` in per cent stands for a fixed print scale.
    """

    widths: Sequence[float]
    rows: Iterable[Row]
    freeze: str = ""
    columns: int = 0
    table_rows: int | None = None
    dimmed: str = ""
    heat: Sequence[Heat] = ()
    charts: Sequence[Chart] = ()
    scale: int = 0
    breaks: Sequence[int] = ()
    titled_columns: str = ""


def ruled(cells: Sequence[Cell | None], edge: str = "rule") -> list[Cell | None]:
    """The row with a rule above it, where a new group begins."""
    return [
        None
        if cell is None
        else Cell(cell.value, varied(cell.style, top=edge), cell.link, cell.note, cell.runs)
        for cell in cells
    ]
