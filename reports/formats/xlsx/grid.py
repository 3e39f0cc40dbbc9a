"""A worksheet before it is written: rows of cells with their looks, and what lies around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from reports.charts import Chart
from reports.formats.xlsx.look import NUMBER, Style, varied
from reports.tables import Run

if TYPE_CHECKING:
    from reports.formats.xlsx.yours import Placed

HEADER_ROW, FIRST_ROW = 5, 6
"""Where the header of a table and its first row stand on a sheet, from 1."""

MOST_ROWS = 1_048_576
"""Rows of a sheet; a file with more of them is one that Excel does not open."""

Content = str | int | float | datetime | None


@dataclass(frozen=True, slots=True)
class Styled:
    """A cell of a worksheet: what is in it, how it looks, where it leads, what its note says.

    `runs` are the pieces of a sentence; `inks` are their colours where they have any of their own,
    as the words of a legend have. `tip` is what a pointer on a link shows: all of the words where
    the cell has room for the first alone.
    """

    value: Content = None
    style: Style = NUMBER
    link: str = ""
    note: str = ""
    runs: tuple[Run, ...] = ()
    inks: tuple[str, ...] = ()
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of a row from column A on, None for an empty one; its height in points."""

    cells: Sequence[Styled | None]
    height: float = 16.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """A colour scale over a range; without fixed ends it goes from least to most."""

    ref: str
    ends: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedChart:
    """A chart with its upper left cell, its width in pixels and its height in centimetres.

    It begins so many pixels right of the left edge of that cell.
    """

    chart: Chart
    anchor: str
    width: int
    height: float = 6.3
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One worksheet before anything of it is written.

    `columns` is how many columns the table has that begins in row 5 (0: no table), `table_rows`
    how many rows of it a filter covers (None: all to the end), `dimmed` the column in which a
    repeated key is dimmed. `scale` in per cent stands for a fixed print scale. `hidden` is the
    column of the ids of rows (0: none), `yours` are the columns of people. `folded` are the
    columns, from 1, that are hidden until a reader unfolds them; `merged` are ranges above the
    table over which a long line runs. Of a sheet that is not `printed` only its head is; of one
    with a `print_area` that part.
    """

    widths: Sequence[float]
    lines: Iterable[Line]
    freeze: str = ""
    columns: int = 0
    table_rows: int | None = None
    dimmed: str = ""
    heat: Sequence[Heat] = ()
    drawings: Sequence[PlacedChart] = ()
    scale: int = 0
    breaks: Sequence[int] = ()
    titled_columns: str = ""
    hidden: int = 0
    yours: Sequence[Placed] = ()
    folded: Sequence[int] = ()
    merged: Sequence[str] = ()
    printed: bool = True
    print_area: str = ""


def ruled(cells: Sequence[Styled | None]) -> list[Styled | None]:
    """Return the row with a rule above it, as where a new group begins."""
    return [
        None if cell is None else replace(cell, style=varied(cell.style, top="rule"))
        for cell in cells
    ]
