"""The lower half of sheet Summary: its grid, its charts with their legends, its fold into pages."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from reports.charts import Chart
from reports.formats.xlsx.cells import text
from reports.formats.xlsx.chart_looks import line_sign, sign_of
from reports.formats.xlsx.grid import Line, PlacedChart, Styled
from reports.formats.xlsx.look import BLOCK_TITLE, MUTED, PLAIN, varied

_SMALL = varied(PLAIN, size=9, color=MUTED)
_GAP = Line([None], 6)

_CHART_LINES, _CHART_LINE = 12, 15
_THIRDS = (0.0, 0.35, 0.68)
"""Where the charts begin, as parts of the width of the sheet."""

_LINES_A_NAME, _POINTS_IN_CM = 1.2, 28.35
_PX_IN_CHARACTER, _BESIDE = 7.0, 18
"""Pixels of a unit of width in Excel, and those that are kept free beside a chart."""

_PAGE_HEIGHT, _PAGE_WIDTH = 510.0, 138.0
"""What a sheet of A4 across has room for at 100 %: points of height, units of width."""

_TIGHTER, _LEAST_SCALE = 1.2, 45
"""How much smaller a sheet may be printed to end its page at a better place; the least per cent."""


class Columns:
    """The columns of the sheet: which of them begins nearest to a part of its width."""

    def __init__(self, widths: Sequence[float]) -> None:
        """Take the widths of all columns, that of the margin first."""
        self.count = len(widths)
        self._edges = [sum(widths[:at]) for at in range(len(widths) + 1)]

    def at(self, part: float) -> int:
        """Return the column, from 0, that begins nearest to a part of the width; never the margin.

        With 0 it is the first one behind the margin.
        """
        place = self._edges[1] + part * (self._edges[-1] - self._edges[1])
        return min(range(1, self.count), key=lambda column: abs(self._edges[column] - place))

    def behind(self, width: float, least: int) -> int:
        """Return the first column, `least` or a later one, that leaves the first such a width."""
        wide = (
            at for at in range(least, self.count - 1) if self._edges[at] - self._edges[1] >= width
        )
        return next(wide, least)

    def left(self, column: int) -> float:
        """Return where a column begins, in units of width from the left of the sheet."""
        return self._edges[column]

    def place(self, part: float) -> float:
        """Return where a part of the width is, in units of width."""
        return self._edges[1] + part * (self._edges[-1] - self._edges[1])

    def row(self, cells: Mapping[int, Styled], blank: Styled | None = None) -> list[Styled | None]:
        """Return a row with some cells at their columns and a blank in all others."""
        return [None, *(cells.get(at, blank) for at in range(1, self.count))]


def letter_of(column: int) -> str:
    """Return the letter of a column of the sheet, from 0; there are fewer than 26."""
    return chr(ord("A") + column)


def pages(lines: Sequence[Line], folds: Sequence[int], width: float) -> tuple[int, int]:
    """Return behind which row the first of two pages ends, and the scale of both in per cent.

    `folds` are the rows behind which it may end, `width` is that of all columns.
    """
    wide = 100 * _PAGE_WIDTH / width
    fold, height = _fold(lines, folds, room=100 * _PAGE_HEIGHT / wide)
    return fold, max(_LEAST_SCALE, int(min(wide, 100 * _PAGE_HEIGHT / height)))


def _fold(lines: Sequence[Line], folds: Sequence[int], room: float) -> tuple[int, float]:
    """Return behind which row the first page ends, and the height of the longer of two pages.

    As late as both have room, printed a little smaller if need be; where no fold leaves it to both,
    so that the longer one is short.
    """
    heights = [line.height for line in lines]

    def longer(fold: int) -> float:
        return max(sum(heights[:fold]), sum(heights[fold:]))

    fitting = [fold for fold in folds if longer(fold) <= room * _TIGHTER]
    best = max(fitting) if fitting else min(folds, key=longer)
    return best, longer(best)


def charts_lines(charts: Sequence[Chart], grid: Columns) -> Iterator[Line]:
    """Give titles, room and legends of the charts; nothing where there is none."""
    if charts:
        yield _GAP
        yield _chart_titles(charts, grid)
        yield from [Line([None], _CHART_LINE)] * _chart_lines(charts)
        yield from _legends(charts, grid)


def _chart_titles(charts: Sequence[Chart], grid: Columns) -> Line:
    """Return the titles of the charts, as cells that keep to the grid."""
    cells = {
        grid.at(part): text(chart.title, BLOCK_TITLE)
        for chart, part in zip(charts, _THIRDS, strict=False)
    }
    return Line(grid.row(cells), 20)


def drawings_of(charts: Sequence[Chart], grid: Columns, row: int) -> list[PlacedChart]:
    """Return where the charts lie: each from its title on, up to the next one's."""
    ends = [*(grid.left(grid.at(part)) for part in _THIRDS[1:]), grid.place(1.0)]
    return [
        PlacedChart(
            chart=chart,
            anchor=f"{letter_of(column)}{row}",
            width=int((end - grid.left(column)) * _PX_IN_CHARACTER) - _BESIDE,
            height=_chart_lines(charts) * _CHART_LINE / _POINTS_IN_CM,
        )
        for chart, part, end in zip(charts, _THIRDS, ends, strict=False)
        for column in (grid.at(part),)
    ]


def _chart_lines(charts: Sequence[Chart]) -> int:
    """Return the rows that the charts lie upon: more where many names stand below each other."""
    names = [len(chart.categories) for chart in charts if not chart.upright]
    return max(_CHART_LINES, *(ceil(count * _LINES_A_NAME) for count in names), 0)


def _legends(charts: Sequence[Chart], grid: Columns) -> Iterator[Line]:
    """Give what the colours and the signs in the charts mean, below them, in three lines."""
    rows: list[dict[int, Styled]] = [{}, {}, {}]
    for chart, part in zip(charts, _THIRDS, strict=False):
        for row, cell in zip(rows, _legend(chart), strict=False):
            row[grid.at(part)] = cell
    yield from (Line(grid.row(row), 13) for row in rows if row)


def _legend(chart: Chart) -> Iterator[Styled]:
    """Give the lines below a chart: its bars, the line across them, its notes."""
    bars = [(sign_of(series), series.legend) for series in chart.series if series.legend]
    line = chart.line
    if bars:
        yield _in_colours(bars)
    if line is not None:
        yield _in_colours([(line_sign(line), line.legend)])
    if chart.notes:
        yield text("   ".join(chart.notes), _SMALL)


def _in_colours(entries: Sequence[tuple[tuple[str, str], str]]) -> Styled:
    """Return a legend in one cell: each sign in the colour of its bars, before its words."""
    runs: list[tuple[str, bool]] = []
    inks: list[str] = []
    for (sign, color), words in entries:
        runs += [(f"{sign} ", True), (f"{words}    ", False)]
        inks += [color, MUTED]
    return Styled("".join(words for words, _ in runs), _SMALL, "", "", tuple(runs), tuple(inks))
