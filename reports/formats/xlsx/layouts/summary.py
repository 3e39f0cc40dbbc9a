"""Sheet Summary in the workbook: one page of blocks on a grid of twelve columns."""

from collections.abc import Iterator, Mapping, Sequence

from reports.charts import Chart, SeriesKind
from reports.formats.xlsx.book import Book
from reports.formats.xlsx.cells import sentence, styled, text
from reports.formats.xlsx.grid import Grid, Heat, Line, PlacedChart, Styled
from reports.formats.xlsx.layout import DAY_WIDTH, Layout
from reports.formats.xlsx.look import (
    ALERT,
    BACK,
    BLOCK_TITLE,
    BLUE,
    BODY,
    HEADER,
    HEADER_RIGHT,
    HEAT_HIGH,
    MUTED,
    NUMBER,
    OWN,
    OWN_TINT,
    PLAIN,
    SLATE,
    TITLE,
    Style,
    varied,
)
from reports.formats.xlsx.room import longest
from reports.formats.xlsx.styles import Spot, name_style
from reports.signs import SIGNS, Sign
from reports.tables import Block, Column, ColumnKind, Row, RowKind, Table, Tone

_MARGIN, _NAME = 1.5, 20
_WIDTHS = (10, 10.5, 10, 13, 11, 11, DAY_WIDTH, 11, 10, 45)
_FIRST_FIGURE = 2
_SCALE = 78
"""Per cent of its size at which the sheet is printed where no figure widens it."""

_CELLS = 11
"""Columns of the grid, without the margin at the left."""

_FINDING = Style(size=11, indent=0)
_LABEL = varied(_FINDING, bold=True)
_SEE = varied(BACK, bottom="line")
_META = varied(PLAIN, size=9, color=MUTED)
_LABEL_COLORS: Mapping[Tone, str] = {Tone.STRONG: OWN, Tone.TYPICAL: BLUE}
_GAP = Line([None], 6)

_RANK = varied(BODY, fill=OWN_TINT, bold=True, color=OWN, bottom="rule")
_RANK_FIGURE = varied(NUMBER, fill=OWN_TINT, bold=True, color=OWN, bottom="rule")
_RANK_NOTE = varied(BODY, fill=OWN_TINT, size=9, bottom="rule")
_MEDIAN = varied(BODY, italic=True, top="rule", bottom="rule")
_MEDIAN_FIGURE = varied(NUMBER, italic=True, top="rule", bottom="rule")
_MEDIAN_NOTE = varied(_MEDIAN, size=9, italic=False)
_HEIGHTS = {RowKind.RANK: 17, RowKind.MEDIAN: 18}
_HEATED = "CDEFG"
"""The columns of the scoreboard that are coloured from their least to their most."""

_CHART_LINES = 12
_CHART_PLACES = ((1, "B", 360), (5, "F", 395), (10, "K", 400))
"""Where the title of a chart stands, the column of its left edge, its width in pixels."""

_LEGEND_FROM = 5
_LEGEND: Mapping[SeriesKind, tuple[str, str]] = {
    SeriesKind.ACTIVE: ("■", BLUE),
    SeriesKind.SLOWING: ("■", HEAT_HIGH),
    SeriesKind.DORMANT: ("■", SLATE),
    SeriesKind.NOWHERE: (SIGNS[Sign.BROKEN].text, ALERT),
    SeriesKind.NOT_KNOWN: (SIGNS[Sign.UNKNOWN].text, MUTED),
}
_PHRASES_AT = (1, 2, 6, 11)
"""Where the columns of the last block begin."""


def _lay_out(table: Table, book: Book) -> Grid:
    """Lay out the blocks below each other; the last one begins a printed page."""
    first, board, gaps, by_company = table.blocks
    lines = [*_head(table), *_findings(first, book), _GAP, _titles(board)]
    heat = _heat(book, first=len(lines) + 1)
    scores = [_score(row, board.columns, book) for row in board.rows]
    widths = _widths(scores, book)
    lines += scores
    lines += _gaps(gaps)
    lines += [_GAP, _chart_titles(table.charts)]
    drawings = [
        PlacedChart(chart=chart, anchor=f"{column}{len(lines) + 1}", width=width)
        for chart, (_, column, width) in zip(table.charts, _CHART_PLACES, strict=True)
        if chart.categories
    ]
    lines += [*[Line([None], 15)] * _CHART_LINES, _chart_notes(table.charts)]
    fold = len(lines)
    lines += [_GAP, *_by_company(by_company, book)]
    return Grid(
        widths=widths,
        lines=lines,
        heat=heat,
        drawings=drawings,
        # One printed page, however wide the figures make it.
        scale=int(_SCALE * sum((_MARGIN, _NAME, *_WIDTHS)) / sum(widths)),
        breaks=(fold,),
    )


def _widths(scores: Sequence[Line], book: Book) -> list[float]:
    """Return the widths of the columns: those of figures are as wide as the longest of them."""
    widths = [_MARGIN, book.name_width(_NAME), *_WIDTHS]
    last = len(widths) - 1
    return [
        max(width, longest(scores, at)) if _FIRST_FIGURE <= at < last else width
        for at, width in enumerate(widths)
    ]


def _head(table: Table) -> Iterator[Line]:
    """Give the title and the line below it, in red where the run was interrupted."""
    yield Line([None, text(table.title, varied(TITLE, size=18))], 30)
    words = "".join(piece for piece, _ in table.finding)
    meta = text(words, _META)
    if table.warning:
        (first, bold), *rest = table.finding
        runs = [(table.warning, True), (f"   ·   {first}", bold), *rest]
        meta = sentence(runs, varied(_META, color=ALERT))
    yield Line([None, meta], 18)
    yield Line([None, *[Styled(None, _FINDING)] * _CELLS], 6)


def _findings(block: Block, book: Book) -> Iterator[Line]:
    """Give the findings, each with a link to the sheet that tells more."""
    for row in block.rows:
        label, finding, more = row.cells
        color = _LABEL_COLORS.get(label.tone)
        style = varied(_LABEL, color=color) if color else _LABEL
        runs = finding.value if isinstance(finding.value, tuple) else ()
        cells = [
            None,
            text(f"{label.value}", style),
            sentence(runs, _FINDING),
            # Empty cells, over which Excel lets the sentence run on up to the link.
            *[Styled(None, _FINDING)] * 8,
            text(f"{more.value}", _SEE, link=book.link(more.to)),
        ]
        yield Line(cells, 19)


def _titles(block: Block) -> Line:
    """Return the heads of the scoreboard's columns."""
    heads = [
        text(
            column.title,
            HEADER if column.kind in (ColumnKind.COMPANY, ColumnKind.TEXT) else HEADER_RIGHT,
        )
        for column in block.columns
    ]
    return Line([None, *heads], 32)


def _score(row: Row, columns: Sequence[Column], book: Book) -> Line:
    """Return a row of the scoreboard."""
    cells: list[Styled | None] = [None]
    for cell, column in zip(row.cells, columns, strict=True):
        style = _score_style(Spot(cell, column, row, book))
        cells.append(styled(cell, style, column, book))
    return Line(cells, _HEIGHTS.get(row.kind, 20))


def _score_style(spot: Spot) -> Style:
    """Return the style of a cell of the scoreboard, before its tone."""
    kind = spot.column.kind
    match spot.row.kind:
        case RowKind.RANK:
            return {ColumnKind.COMPANY: _RANK, ColumnKind.TEXT: _RANK_NOTE}.get(kind, _RANK_FIGURE)
        case RowKind.MEDIAN:
            return {ColumnKind.COMPANY: _MEDIAN, ColumnKind.TEXT: _MEDIAN_NOTE}.get(
                kind, _MEDIAN_FIGURE
            )
        case _:
            fill = OWN_TINT if spot.own else ""
            if kind is ColumnKind.COMPANY:
                return varied(name_style(spot, BODY), fill=fill)
            base = BODY if kind is ColumnKind.TEXT else NUMBER
            return varied(base, fill=fill, bold=spot.own)


def _heat(book: Book, first: int) -> list[Heat]:
    """Return a colour scale for each column; our own rows stay on their tint."""
    rivals = len(book.report.rivals)
    # One figure is the least and the most at once, so that its colour would say nothing.
    if rivals < 2:
        return []
    # Our own row and the row of our rank stand above the competitors'.
    start = first + (2 if book.report.own else 0)
    return [Heat(ref=f"{column}{start}:{column}{start + rivals - 1}") for column in _HEATED]


def _gaps(block: Block) -> Iterator[Line]:
    """Give the biggest gaps; nothing where there is none."""
    if not block.rows:
        return
    yield _GAP
    yield Line([None, text(block.title, BLOCK_TITLE)], 20)
    blank = Styled(None, BODY)
    for row in block.rows:
        action, proof, who = (f"{cell.value}" for cell in row.cells)
        cells = [
            None,
            text(action, varied(BODY, bold=True)),
            *[blank] * 3,
            text(proof, varied(BODY, indent=0)),
            *[blank] * 5,
            text(who, varied(BODY, color=MUTED)),
        ]
        yield Line(cells, 17)


def _chart_titles(charts: Sequence[Chart]) -> Line:
    """Return the titles of the charts, as cells that keep to the grid."""
    cells: list[Styled | None] = [None] * (_CELLS + 1)
    for chart, (at, _, _) in zip(charts, _CHART_PLACES, strict=True):
        cells[at] = text(chart.title, BLOCK_TITLE)
    return Line(cells, 20)


def _chart_notes(charts: Sequence[Chart]) -> Line:
    """Return what the signs and the colours in the charts mean, below them."""
    cells: list[Styled | None] = [None] * (_CELLS + 1)
    small = varied(PLAIN, size=9, color=MUTED)
    first, by_state, _ = charts
    cells[1] = text("   ".join(first.notes), small)
    for at, series in enumerate(by_state.series, _LEGEND_FROM):
        sign, color = _LEGEND[series.kind]
        cells[at] = text(f"{sign} {series.legend}", varied(small, color=color))
    return Line(cells, 15)


def _by_company(block: Block, book: Book) -> Iterator[Line]:
    """Give the three phrases of each company."""
    yield Line([None, text(block.title, BLOCK_TITLE)], 20)
    head: list[Styled | None] = [None, *[Styled(None, HEADER)] * _CELLS]
    for at, column in zip(_PHRASES_AT, block.columns, strict=True):
        head[at] = text(column.title, varied(HEADER, wrap=False))
    yield Line(head, 20)
    for row in block.rows:
        own = Spot(row.cells[0], block.columns[0], row, book).own
        base = varied(BODY, fill=OWN_TINT) if own else BODY
        cells: list[Styled | None] = [None, *[Styled(None, base)] * _CELLS]
        for at, cell, column in zip(_PHRASES_AT, row.cells, block.columns, strict=True):
            style = base
            if column.kind is ColumnKind.COMPANY:
                style = varied(name_style(Spot(cell, column, row, book), BODY), fill=base.fill)
            cells[at] = styled(cell, style, column, book)
        yield Line(cells, 18)


LAYOUT = Layout(own_way=_lay_out, tab=OWN)
