"""Sheet Summary in the workbook: blocks on the grid of its scoreboard, printed on two pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from audit.model.value import Unknown
from reports.formats.xlsx.book import Book
from reports.formats.xlsx.cells import sentence, styled, text
from reports.formats.xlsx.fitting import raised
from reports.formats.xlsx.grid import Grid, Heat, Line, Styled
from reports.formats.xlsx.layout import Layout
from reports.formats.xlsx.look import (
    ALERT,
    BACK,
    BLOCK_TITLE,
    BLUE,
    BODY,
    HEADER,
    HEADER_RIGHT,
    KEY,
    LINK,
    MAX_WIDTH,
    MUTED,
    NUMBER,
    OWN,
    OWN_TINT,
    PLAIN,
    TITLE,
    UNKNOWN,
    Style,
    varied,
)
from reports.formats.xlsx.room import longest, room_of
from reports.formats.xlsx.styles import Spot, name_style
from reports.formats.xlsx.summary_parts import Columns, charts_lines, drawings_of, letter_of, pages
from reports.signs import SIGNS, Sign
from reports.tables import Block, Column, ColumnKind, Row, RowKind, Table, Tone

_MARGIN, _NAME = 1.5, 20
_FIGURE_WIDTH = 10.0
_LEAST_PHRASE, _MOST_PHRASE = 40.0, 50.0
_WIDTHS: Mapping[str, float] = {
    "Newest post": 13.0,
    "Longest pause, days": 13,
    "Topics": 8.5,
    "Roles": 8.5,
    "Channels there": 10,
    "Active channels": 10,
    "Engagement rate": 12,
    "Total audience": 11.5,
}
_HEATED = frozenset(
    {
        "Posts a week",
        "Channels there",
        "Active channels",
        "Engagement rate",
        "Topics",
        "Roles",
        "Website features",
    }
)
"""The columns of the scoreboard that are coloured from their least to their most."""

_FIRST_FIGURE = 2
"""The column in which figures begin, from 0: behind the margin and the names."""

_FINDING = Style(size=11, indent=0)
_LABEL = varied(_FINDING, bold=True)
_SEE = varied(BACK, bottom="line")
_META = varied(PLAIN, size=9, color=MUTED)
_SMALL = varied(PLAIN, size=9, color=MUTED)
_LABEL_COLORS: Mapping[Tone, str] = {Tone.STRONG: OWN, Tone.TYPICAL: BLUE}
_GAP = Line([None], 6)
_KEY_LETTERS = 200
"""Letters of a line of the key."""

_RANK = varied(BODY, fill=OWN_TINT, bold=True, color=OWN, bottom="rule")
_RANK_FIGURE = varied(NUMBER, fill=OWN_TINT, bold=True, color=OWN, bottom="rule")
_RANK_NOTE = varied(BODY, fill=OWN_TINT, size=9, bottom="rule")
_MEDIAN = varied(BODY, italic=True, top="rule", bottom="rule")
_MEDIAN_FIGURE = varied(NUMBER, italic=True, top="rule", bottom="rule")
_MEDIAN_NOTE = varied(_MEDIAN, size=9, italic=False)
_LOST = varied(UNKNOWN, align="left", indent=1, format="General")
_HEIGHTS = {RowKind.RANK: 17, RowKind.MEDIAN: 18}
_TWO_LINES = 27

_PHRASES = (0.0, 0.115, 0.41, 0.72)
"""Where the columns of the last block begin, as parts of the width of the sheet."""

_PROOF, _WHO = 0.33, 0.72
_ACTION = varied(BODY, bold=True)
_CONTENTS = ((0.0, 0.1), (0.42, 0.52))
"""Where name and question begin in the two columns of the table of contents."""


def _lay_out(table: Table, book: Book) -> Grid:
    """Lay out the blocks below each other, on two printed pages."""
    first, board, gaps, contents, by_company = table.blocks
    scores = [_score(row, board.columns, book) for row in board.rows]
    widths = _widths(scores, board.columns, book)
    grid = Columns(widths)
    lines = [*_head(table, grid), *_findings(first, book, grid), *_key(table), _titles(board)]
    heat = _heat(book, board, first=len(lines) + 1)
    lines += scores
    folds = [len(lines)]
    lines += _gaps(gaps, grid)
    folds.append(len(lines))
    drawings = drawings_of(table.charts, grid, len(lines) + 3)
    lines += charts_lines(table.charts, grid)
    folds.append(len(lines))
    lines += [_GAP, *_contents(contents, book, grid)]
    folds.append(len(lines))
    lines += [_GAP, *_by_company(by_company, book, grid)]
    lines = list(raised(lines, widths))
    fold, scale = pages(lines, folds, sum(widths))
    return Grid(
        widths=widths,
        lines=lines,
        heat=heat,
        drawings=drawings,
        scale=scale,
        breaks=(fold,),
    )


def _widths(scores: Sequence[Line], columns: Sequence[Column], book: Book) -> list[float]:
    """Return the widths of the columns: those of figures are as wide as the longest of them.

    The phrase at the end takes what is left of a screen; what it does not need is shared out among
    the figures, so that few of them do not leave the grid without columns.
    """
    figures = [
        max(_WIDTHS.get(column.title, _FIGURE_WIDTH), longest(_single(scores), at))
        for at, column in enumerate(columns[1:-1], _FIRST_FIGURE)
    ]
    name = book.name_width(_NAME)
    left = MAX_WIDTH - _MARGIN - name - sum(figures)
    more = max(0.0, left - _MOST_PHRASE) / len(figures)
    phrase = min(_MOST_PHRASE, max(_LEAST_PHRASE, left))
    return [_MARGIN, name, *(width + more for width in figures), phrase]


def _single(scores: Sequence[Line]) -> list[Line]:
    """Return the rows whose figures stand each in its column: not those of a reason across all."""
    return [line for line in scores if _reason_of(line) is None]


def _reason_of(line: Line) -> Styled | None:
    """Return the reason that stands in place of all figures of a row; None where there are any."""
    cell = line.cells[_FIRST_FIGURE]
    return cell if cell is not None and cell.style is _LOST else None


def _head(table: Table, grid: Columns) -> Iterator[Line]:
    """Give the title and the line below it, in red where the run was interrupted."""
    yield Line([None, text(table.title, varied(TITLE, size=18))], 30)
    words = "".join(piece for piece, _ in table.finding)
    meta = text(words, _META)
    if table.warning:
        (first, bold), *rest = table.finding
        runs = [(table.warning, True), (f"   ·   {first}", bold), *rest]
        meta = sentence(runs, varied(_META, color=ALERT))
    yield Line([None, meta], 18)
    yield Line(grid.row({}, Styled(None, _FINDING)), 6)


def _findings(block: Block, book: Book, grid: Columns) -> Iterator[Line]:
    """Give the findings, each with a link to the sheet that tells more."""
    for row in block.rows:
        label, finding, more = row.cells
        color = _LABEL_COLORS.get(label.tone)
        style = varied(_LABEL, color=color) if color else _LABEL
        runs = finding.value if isinstance(finding.value, tuple) else ()
        cells = {
            1: text(f"{label.value}", style),
            2: sentence(runs, _FINDING),
            grid.count - 1: text(f"{more.value}", _SEE, link=book.link(more.to)),
        }
        # Empty cells between them, over which Excel lets the sentence run on up to the link.
        yield Line(grid.row(cells, Styled(None, _FINDING)), 19)


def _key(table: Table) -> Iterator[Line]:
    """Give the key of the scoreboard, in as many lines as it needs."""
    yield _GAP
    kept: list[str] = []
    for words in table.key:
        if kept and len("     ".join([*kept, words])) > _KEY_LETTERS:
            yield Line([None, text("     ".join(kept), KEY)], 13)
            kept = []
        kept.append(words)
    if kept:
        yield Line([None, text("     ".join(kept), KEY)], 15)


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
    """Return a row of the scoreboard; of a company that could not be read a reason across it."""
    name, first, *_ = row.cells
    height = _HEIGHTS.get(row.kind, _height(f"{name.value}", book))
    if first.tone is Tone.REASON and len(row.cells) > 2:
        spot = Spot(name, columns[0], row, book)
        lost = [Styled(None, _LOST)] * (len(columns) - 2)
        shown = styled(name, _score_style(spot), columns[0], book)
        return Line([None, shown, text(f"? {first.value}", _LOST), *lost], height)
    cells: list[Styled | None] = [None]
    for cell, column in zip(row.cells, columns, strict=True):
        shown = styled(cell, _score_style(Spot(cell, column, row, book)), column, book)
        cells.append(_mark_alone(shown) if isinstance(cell.value, Unknown) else shown)
    return Line(cells, height)


def _mark_alone(unknown: Styled) -> Styled:
    """Return an unknown figure as its mark; there is no room for a reason, the note tells it."""
    return replace(unknown, value=SIGNS[Sign.UNKNOWN].text, style=varied(unknown.style, size=9))


def _height(name: str, book: Book) -> float:
    """Return the height of a row: a name that is longer than its column stands in two lines."""
    return 19 if len(name) <= book.name_width(_NAME) + 2 else _TWO_LINES


def _name_style(spot: Spot, fill: str) -> Style:
    """Return the style of a name, which is never shrunk: a long one is written in two lines."""
    return varied(name_style(spot, BODY), fill=fill, shrink=False, wrap=True)


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
                return _name_style(spot, fill)
            base = BODY if kind is ColumnKind.TEXT else NUMBER
            return varied(base, fill=fill, bold=spot.own)


def _heat(book: Book, board: Block, first: int) -> list[Heat]:
    """Return a colour scale for each column; our own rows stay on their tint."""
    ours = book.report.own
    rivals = [at for at, row in enumerate(board.rows) if row.subject and row.subject != ours]
    # One figure is the least and the most at once, so that its colour would say nothing.
    if len(rivals) < 2:
        return []
    rows = f"{first + rivals[0]}", f"{first + rivals[-1]}"
    letters = [letter_of(at) for at, each in enumerate(board.columns, 1) if each.title in _HEATED]
    return [Heat(ref=f"{letter}{rows[0]}:{letter}{rows[1]}") for letter in letters]


def _gaps(block: Block, grid: Columns) -> Iterator[Line]:
    """Give the biggest gaps; nothing where there is none."""
    if not block.rows:
        return
    yield _GAP
    yield Line([None, text(block.title, BLOCK_TITLE)], 20)
    rows = [[f"{cell.value}" for cell in row.cells] for row in block.rows]
    needed = max(room_of(text(action, _ACTION)) for action, *_ in rows)
    behind = grid.behind(needed, grid.at(_PROOF))
    for action, proof, who in rows:
        cells = {
            1: text(action, _ACTION),
            behind: text(proof, varied(BODY, indent=0)),
            max(behind + 1, grid.at(_WHO)): text(who, varied(BODY, color=MUTED)),
        }
        yield Line(grid.row(cells, Styled(None, BODY)), 17)


def _contents(block: Block, book: Book, grid: Columns) -> Iterator[Line]:
    """Give the other sheets in two columns, each with its question."""
    yield Line([None, text(block.title, BLOCK_TITLE)], 20)
    half = -(-len(block.rows) // 2)
    for at in range(half):
        cells: dict[int, Styled] = {}
        for row, places in zip(block.rows[at::half], _CONTENTS, strict=False):
            name, question = row.cells
            left, right = (grid.at(part) for part in places)
            cells[left] = text(f"{name.value}", varied(LINK, indent=0), link=book.link(name.to))
            cells[right] = text(f"{question.value}", varied(BODY, indent=0))
        yield Line(grid.row(cells, Styled(None, BODY)), 16)


def _by_company(block: Block, book: Book, grid: Columns) -> Iterator[Line]:
    """Give the three phrases of each company."""
    places = [grid.at(part) for part in _PHRASES]
    yield Line([None, text(block.title, BLOCK_TITLE)], 20)
    head = {
        at: text(column.title, varied(HEADER, wrap=False))
        for at, column in zip(places, block.columns, strict=True)
    }
    yield Line(grid.row(head, Styled(None, HEADER)), 20)
    for row in block.rows:
        own = Spot(row.cells[0], block.columns[0], row, book).own
        base = varied(BODY, fill=OWN_TINT) if own else BODY
        cells: dict[int, Styled] = {}
        for at, cell, column in zip(places, row.cells, block.columns, strict=True):
            style = base
            if column.kind is ColumnKind.COMPANY:
                style = _name_style(Spot(cell, column, row, book), base.fill)
            cells[at] = styled(cell, style, column, book)
        yield Line(grid.row(cells, Styled(None, base)), _height(f"{row.cells[0].value}", book))


LAYOUT = Layout(own_way=_lay_out, tab=OWN)
