"""Where a table stands on its worksheet: widths, heights, edges, panes; good for any sheet."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain, islice

from openpyxl.utils import get_column_letter

from reports.charts import Chart, SeriesKind
from reports.formats.xlsx.book import SUMMARY, Book
from reports.formats.xlsx.cells import sentence, styled, text
from reports.formats.xlsx.chart_looks import sign_of
from reports.formats.xlsx.fitting import broken, fitted, raised, roomy, seen_widths, widened
from reports.formats.xlsx.folding import folded
from reports.formats.xlsx.grid import (
    FIRST_ROW,
    HEADER_ROW,
    Grid,
    Heat,
    Line,
    PlacedChart,
    Styled,
    ruled,
)
from reports.formats.xlsx.look import (
    BACK,
    BLOCK_TITLE,
    BLUE,
    HEADER,
    HEADER_CENTRE,
    HEADER_RIGHT,
    KEY,
    OWN,
    OWN_HEAD,
    PLAIN,
    SENTENCE,
    TITLE,
    Style,
    varied,
)
from reports.formats.xlsx.room import lines_of, room_of
from reports.formats.xlsx.styles import RIGHT, Spot, base_style
from reports.formats.xlsx.yours import KEPT_WORDS, is_id, placed, with_ids, written_with
from reports.tables import Block, Column, ColumnKind, Row, Table

DAY_WIDTH = 14.0
"""Room for "13 Oct 2025" in bold: what does not fit shows as ###, a day more so than a word."""

_WIDTHS: Mapping[ColumnKind, float] = {
    ColumnKind.GROUP: 13,
    ColumnKind.COMPANY: 18,
    ColumnKind.WORD: 16,
    ColumnKind.CODE: 8,
    ColumnKind.TEXT: 44,
    ColumnKind.ADDRESS: 44,
    ColumnKind.FIGURE: 11,
    ColumnKind.RANGE: 11,
    ColumnKind.TREND: 12,
    ColumnKind.DAY: DAY_WIDTH,
    ColumnKind.TIME: 17,
    ColumnKind.PROOF: 16,
}
"""Characters that fit into a column of a kind, where its sheet says nothing else."""

_LONGEST_WORD = 16.0
"""A longer word in the title of a column is broken; names of companies may be one word."""

_GAP_WIDTH, _STRIP_WIDTH = 1.2, 4.5
_ID_WIDTH = 30.0
"""Of a column that is hidden: so wide it is for somebody who has it shown."""

_FOLDED = "{count} more columns: press + above the letters of the columns"
_NOT_PRINTED = "to print the rows too: Page Layout, Print Area, Clear"
_CENTRED = (ColumnKind.RANGE, ColumnKind.CODE)
_CHART_WIDTH, _CHART_ROWS = 920, 14
_WITH_LEGEND = (
    SeriesKind.OWN,
    SeriesKind.TYPICAL,
    SeriesKind.RIVAL,
    SeriesKind.OTHER_RIVAL,
)
"""Series that are named in words beside the title of a chart."""


StyleOf = Callable[[Spot, Style], Style]
"""Changes the usual style of a cell, or leaves it as it is."""


def usual(spot: Spot, style: Style) -> Style:
    """Return the usual style unchanged."""
    del spot
    return style


@dataclass(frozen=True, slots=True, kw_only=True)
class TableStyle:
    """What a sheet wants otherwise than usual.

    `widths` and `aligned` go by the titles of columns. `frozen` columns stay on the screen when
    scrolling, `titled` ones are printed on every page; `strip_ends` are the figures of the least,
    the middle and the darkest colour of the strip, `strip_reach` the columns that it has at least.
    `names_widen` lets long names of companies make their column a little wider. `style` changes
    the usual style of a cell before its tone does, `height_of` gives the height of a row from
    its cells. `folds` are the titles of columns that are hidden first where there are more than a
    reader takes in. A `raw` table is looked up and not read: it has many rows of one line each,
    which may be cut by their neighbours, hides no column, and is not printed but for its head.
    """

    widths: Mapping[str, float] = field(default_factory=dict)
    aligned: Mapping[str, str] = field(default_factory=dict)
    strip_width: float = _STRIP_WIDTH
    strip_ends: tuple[float, float, float] = (0, 4, 12)
    strip_reach: int = 0
    height: float = 16.5
    height_of: Callable[[Sequence[Styled | None]], float] | None = None
    frozen: int = 2
    titled: int = 0
    names_widen: bool = True
    own_rows_tinted: bool = False
    folds: Sequence[str] = ()
    raw: bool = False
    style: StyleOf = usual


USUAL = TableStyle()


def lay_out(table: Table, book: Book, table_style: TableStyle = USUAL) -> Grid:
    """Lay out a table: title, finding, key, header and rows, then its blocks and its charts."""
    table = with_ids(table)
    plain = [column for column in table.columns if not column.strip]
    rows: Iterable[Line] = _rows(table, book, table_style)
    widths = [width_of(column, book, table_style) for column in plain]
    if not table_style.raw:
        rows = list(rows)
        widths = widened(widths, rows, len(plain))
    strip = len(table.columns) - len(plain)
    beside = [_GAP_WIDTH, *[table_style.strip_width] * strip] if strip else []
    folds = () if table_style.raw else folded(table.columns, book.report, table_style.folds)
    hidden = next((at for at, column in enumerate(plain, 1) if is_id(column)), 0)
    if not table_style.raw:
        seen = sum(seen_widths(widths, (*folds, hidden))) + sum(beside)
        for at in _of_names(plain):
            widths = roomy(widths, rows, at, seen)
        rows = fitted(rows, widths, hidden)
    widths += beside
    frozen = min(table_style.frozen, max(1, len(plain) - 1))
    top, merged = _fitted_top(table, table_style, seen_widths(widths, (*folds, hidden)), len(folds))
    grid = Grid(
        widths=widths,
        lines=chain(top, [header_of(with_gap(table.columns), widths, table_style)], rows),
        freeze=f"{get_column_letter(frozen + 1)}{FIRST_ROW}",
        columns=len(plain),
        dimmed="A" if plain and _groups_rows(plain[0]) else "",
        titled_columns=f"A:{get_column_letter(table_style.titled)}" if table_style.titled else "",
        hidden=hidden,
        yours=placed(plain),
        folded=folds,
        merged=merged,
        printed=not table_style.raw,
    )
    if not (strip or table.charts or table.blocks):
        return grid  # its lines are made one at a time, there may be many
    return _with_parts(grid, table, book, table_style)


def _with_parts(grid: Grid, table: Table, book: Book, table_style: TableStyle) -> Grid:
    """Return the grid with the colours of its strip, and below its table blocks and charts."""
    lines = list(grid.lines)
    strip = sum(column.strip for column in table.columns)
    heat = _strip_heat(grid.columns + 2, strip, len(lines), table_style) if strip else ()
    parts = [
        line for block in table.blocks for line in _block(block, book, grid.widths, table_style)
    ]
    foot, drawings = _charts(table.charts, len(lines) + len(parts), grid.widths)
    return replace(
        grid,
        lines=[*lines, *parts, *foot],
        table_rows=len(lines) - HEADER_ROW if parts or foot else None,
        heat=heat,
        drawings=drawings,
    )


def _of_names(columns: Sequence[Column]) -> Iterator[int]:
    """Give the first column with names of companies, from 0."""
    found = (at for at, column in enumerate(columns) if column.kind is ColumnKind.COMPANY)
    yield from islice(found, 1)


def width_of(column: Column, book: Book, table_style: TableStyle) -> float:
    """Return the width of a column: its own, else that of its kind, and room for its longest word.

    Names of companies may need a bit more than their kind has.
    """
    if is_id(column):
        return _ID_WIDTH
    width = table_style.widths.get(column.title, _WIDTHS[column.kind])
    widens = column.kind is ColumnKind.COMPANY and table_style.names_widen
    head = _header(column, table_style).style
    words = (room_of(Styled(word, head)) for word in column.title.split())
    return max(
        book.name_width(width) if widens else width, min(_LONGEST_WORD, max(words, default=0))
    )


def _groups_rows(column: Column) -> bool:
    """Tell whether a column repeats one key from row to row, so that repetitions are dimmed."""
    return column.kind in (ColumnKind.GROUP, ColumnKind.COMPANY)


def _rows(table: Table, book: Book, table_style: TableStyle) -> Iterator[Line]:
    """Give the lines of the rows of a table."""
    for row in table.rows:
        cells = line_of(row, table.columns, book, table_style)
        yield Line(
            cells, table_style.height_of(cells) if table_style.height_of else table_style.height
        )


def _top_of(table: Table, table_style: TableStyle, hidden: int) -> Iterator[Line]:
    """Give rows 1 to 4: title, finding, key, spacer."""
    columns = with_gap(table.columns)
    last = max(1, len(columns) - 1)
    back = text("◄ Summary", BACK, link=f"#{SUMMARY}!A1")
    yield Line([text(table.title, TITLE), *[None] * (last - 1), back], 27)
    yield Line([sentence(table.finding, SENTENCE)], 19)
    keys = [*table.key, *([_NOT_PRINTED] if table_style.raw else [])]
    keys += [_FOLDED.format(count=hidden)] if hidden else []
    yield Line([text("     ".join(keys), KEY) if keys else None], 16)
    spacer: list[Styled | None] = [None] * len(columns)
    if table.strip:
        spacer[columns.index(None) + 1] = text(table.strip, KEY)
    yours = placed(table.columns)
    if yours:
        spacer[yours[0].at - 1] = text(KEPT_WORDS, KEY)
        if written := written_with(table):
            spacer[yours[0].at - 2] = text(written, KEY)
    yield Line(spacer, 15 if table.strip or yours else 6)


def _fitted_top(
    table: Table, table_style: TableStyle, widths: Sequence[float], folds: int
) -> tuple[list[Line], list[str]]:
    """Return rows 1 to 4, and the ranges over which those run that are wider than the sheet.

    Such a line would be cut at the edge of a page. In a merged range it is broken instead.
    """
    whole = sum(widths)
    lines: list[Line] = []
    merged: list[str] = []
    for number, line in enumerate(_top_of(table, table_style, folds), 1):
        first = line.cells[0]
        if first is not None and len(line.cells) == 1 and room_of(first) > whole:
            lines.append(broken(first, whole, line.height))
            merged.append(f"A{number}:{get_column_letter(len(widths))}{number}")
        else:
            lines.append(line)
    return lines, merged


def with_gap(columns: Sequence[Column]) -> list[Column | None]:
    """Return the columns with None for the gap between a table and its strip."""
    plain: list[Column | None] = [column for column in columns if not column.strip]
    strip = [column for column in columns if column.strip]
    return [*plain, None, *strip] if strip else plain


def header_of(
    columns: Sequence[Column | None], widths: Sequence[float], table_style: TableStyle
) -> Line:
    """Return the row of titles, as high as the longest of them needs; two lines at least."""
    cells = [_header(column, table_style) if column is not None else None for column in columns]
    high = max(
        (
            lines_of(f"{cell.value or ''}", cell.style, width)
            for cell, width in zip(cells, widths, strict=False)
            if cell is not None
        ),
        default=1,
    )
    # 13 points a line and 4 around them.
    return Line(cells, 13 * max(2, high) + 4)


def _header(column: Column, table_style: TableStyle) -> Styled:
    """Return the head of a column; that of our own company in our colour."""
    style = _HEADERS[_align(column, table_style)]
    if column.own:
        style = varied(style, fill=OWN_HEAD, color=OWN, bottom="own")
    return text(column.title, style) if column.title else Styled(None, style)


_HEADERS = {"left": HEADER, "right": HEADER_RIGHT, "center": HEADER_CENTRE}


def _align(column: Column, table_style: TableStyle) -> str:
    """Return left, right or center."""
    if column.strip or column.kind in _CENTRED:
        return "center"
    return table_style.aligned.get(column.title, "right" if column.kind in RIGHT else "left")


def line_of(
    row: Row, columns: Sequence[Column], book: Book, table_style: TableStyle
) -> list[Styled | None]:
    """Return the cells of a row; a rule above it where a group begins, though not above a strip."""
    plain: list[Styled | None] = []
    strip: list[Styled | None] = []
    tinted, style_of = table_style.own_rows_tinted, table_style.style
    for cell, column in zip(row.cells, columns, strict=True):
        spot = Spot(cell, column, row, book)
        style = style_of(spot, base_style(spot, tinted=tinted))
        (strip if column.strip else plain).append(styled(cell, style, column, book))
    if row.begins:
        plain = ruled(plain)
    return [*plain, None, *strip] if strip else plain


def _strip_heat(first: int, count: int, last: int, table_style: TableStyle) -> tuple[Heat, ...]:
    """Return the colour scale of a strip that begins at a column, from 1."""
    if last == HEADER_ROW:
        return ()
    end = first + max(count, table_style.strip_reach) - 1
    ref = f"{get_column_letter(first)}{FIRST_ROW}:{get_column_letter(end)}{last}"
    return (Heat(ref=ref, ends=table_style.strip_ends),)


def _charts(
    charts: Sequence[Chart], last: int, widths: Sequence[float]
) -> tuple[list[Line], list[PlacedChart]]:
    """Return the lines with the charts' titles below row `last`, and the charts below these."""
    lines: list[Line] = []
    drawings: list[PlacedChart] = []
    for chart in charts:
        # A chart floats over the sheet: the rows below its place are left empty for it.
        if drawings:
            lines += [Line([None])] * _CHART_ROWS
        lines += [Line([None], 10), Line(_chart_title(chart, widths), 18)]
        anchor = f"A{last + len(lines) + 1}"
        drawings.append(PlacedChart(chart=chart, anchor=anchor, width=_CHART_WIDTH))
    return lines, drawings


def _chart_title(chart: Chart, widths: Sequence[float]) -> list[Styled | None]:
    """Return the title of a chart, and coloured words in place of its legend.

    Each stands in the first cell behind the words before it, which would be cut there.
    """
    cells: list[Styled | None] = [text(chart.title, BLOCK_TITLE), *[None] * (len(widths) - 1)]
    last, edges = 0, [0.0, *accumulate(widths)]
    for series in chart.series:
        before = cells[last]
        needed = edges[last] + room_of(before)
        at = next((at for at in range(last + 1, len(widths)) if edges[at] >= needed), None)
        if at is None or not series.legend or series.kind not in _WITH_LEGEND:
            continue
        sign, color = sign_of(series)
        style = varied(PLAIN, color=color, bold=True)
        cells[at], last = text(f"{sign} {series.legend}", style), at
    return cells


def _block(
    block: Block, book: Book, widths: Sequence[float], table_style: TableStyle
) -> Iterator[Line]:
    """Give the lines of a block below a table, in the columns of that table."""
    yield Line([None], 10)
    if block.title:
        yield Line([text(block.title, BLOCK_TITLE)], 20)
    yield header_of(with_gap(block.columns), widths, table_style)
    rows = (
        Line(line_of(row, block.columns, book, table_style), table_style.height)
        for row in block.rows
    )
    yield from fitted(rows, widths)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a file of `layouts/` offers: how its sheet is laid out, and the colour of its tab.

    A sheet that is no table is laid out by `own_way`. `holds_chart_data` is true for the sheet
    below which the figures of all charts are put.
    """

    table_style: TableStyle = USUAL
    own_way: Callable[[Table, Book], Grid] | None = None
    tab: str = BLUE
    holds_chart_data: bool = False

    def lay_out(self, table: Table, book: Book) -> Grid:
        """Lay out a table of values as a worksheet."""
        if self.own_way is not None:
            grid = self.own_way(table, book)
            if grid.columns:  # laid out as a table, which has seen to it
                return grid
            return replace(grid, lines=list(raised(grid.lines, grid.widths)))
        return lay_out(table, book, self.table_style)
