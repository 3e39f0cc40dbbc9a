"""A table of values as a table of the page: heads, rows, heat, and what can be filtered by."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.model.value import Unknown
from reports.formats.html.cells import NUMERIC, cell_class, heat_of, shown, sort_key
from reports.formats.html.markup import Html, classes, joined, name, tag
from reports.formats.html.paper import Paper
from reports.tables import Cell, Column, ColumnKind, Importance, Row, RowKind, Tone

Heat = Callable[[Row, int], float | None]
"""How dark the cell of a row and a column is, in 0 to 1; None for not at all."""

_KINDS: Mapping[RowKind, str] = {
    RowKind.ENTRY: "",
    RowKind.NOT_THERE: "missing",
    RowKind.RANK: "rank",
    RowKind.MEDIAN: "middle",
    RowKind.TOTAL: "total",
}
_WORDS = (ColumnKind.GROUP, ColumnKind.WORD, ColumnKind.TEXT)
"""Columns in which a channel or a topic may stand that a row is about."""

_USUAL_COLUMNS = 16
"""So many columns fit a printed page at their size."""

_MONTH = 0.3
"""The part of a usual column that a month takes, with its one letter as a head."""

_BROAD = 6
"""So many columns are surely wider than a phone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a table of the page is drawn from; `label` names it for those who do not see it."""

    label: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    heat: Heat | None = None


def table(drawn: Drawn, paper: Paper) -> Html:
    """Return a table; one that is too wide scrolls sideways, and with scripts its heads sort it.

    Of more companies than a printed page has room for, paper has a table for each few of them.
    """
    whole = range(len(drawn.columns))
    parts = _parts(drawn.columns, paper)
    screen = tag(
        "div",
        _grid(drawn, whole, paper, class_="sortable"),
        class_=classes(
            "wide",
            "broad" if len(whole) >= _BROAD else "",
            "on-screen" if len(parts) > 1 else "",
        ),
        tabindex="0",
        role="group",
        aria_label=drawn.label,
    )
    if len(parts) < 2:
        return screen
    printed = (tag("div", _grid(drawn, each, paper), class_="on-paper") for each in parts)
    return joined([screen, *printed])


def _grid(drawn: Drawn, places: Sequence[int], paper: Paper, class_: str | None = None) -> Html:
    """Return the columns of a table that stand at some places."""
    key = _key_column(drawn.columns)
    heads = (_head(drawn.columns[at], paper, key=at == key) for at in places)
    rows = (_row(row, before, drawn, places, paper) for before, row in _pairs(drawn.rows))
    width = _width([drawn.columns[at] for at in places], paper)
    return tag(
        "table",
        tag("thead", tag("tr", *heads)),
        tag("tbody", joined(rows)),
        class_=class_,
        aria_label=drawn.label,
        style=f"--fit:{_USUAL_COLUMNS / width:.2f}" if width > _USUAL_COLUMNS else None,
    )


def _parts(columns: Sequence[Column], paper: Paper) -> Sequence[Sequence[int]]:
    """Return the places of the columns of each table on paper: one table, if all fit into it.

    What stands before the companies, and our own column, are in each; the others follow in turn.
    """
    everything = range(len(columns))
    companies = [at for at in everything if columns[at].title in paper.companies]
    if not companies or _width(columns, paper) <= _USUAL_COLUMNS:
        return [everything]
    fixed = [at for at in everything if at < companies[0] or columns[at].own]
    others = [at for at in everything if at not in fixed]
    room = max(1, _USUAL_COLUMNS - len(fixed))
    # As many in each, so that the last table is no column or two.
    size = math.ceil(len(others) / math.ceil(len(others) / room))
    return [
        sorted([*fixed, *others[start : start + size]]) for start in range(0, len(others), size)
    ]


def _width(columns: Sequence[Column], paper: Paper) -> float:
    """Return how many usual columns are as wide as these: those of a month are narrow."""
    months = sum(each.strip and each.title not in paper.companies for each in columns)
    return len(columns) - months + months * _MONTH


def figures_only(cells: Iterable[float | None]) -> list[float]:
    """Return the figures that there are."""
    return [cell for cell in cells if cell is not None]


def spread(values: Sequence[float | None]) -> list[float | None]:
    """Return how dark each figure of a column is: the most of them 1, the least 0.

    One figure alone is the most and the least at once, so that its colour would say nothing.
    """
    known = figures_only(values)
    if len(known) < 2:
        return [None] * len(values)
    low = min(known)
    room = max(known) - low
    return [(value - low) / room if value is not None and room else None for value in values]


def _pairs(rows: Sequence[Row]) -> Iterator[tuple[Row | None, Row]]:
    """Give each row with the one before it."""
    return zip([None, *rows[:-1]], rows, strict=True)


def _key_column(columns: Sequence[Column]) -> int:
    """Return the column that names a row: the key of the sheet, else the company or the first."""
    keys = [at for at, each in enumerate(columns) if each.importance is Importance.KEY]
    companies = [at for at, each in enumerate(columns) if each.kind is ColumnKind.COMPANY]
    return [*keys, *companies, 0][0]


def _head(column: Column, paper: Paper, *, key: bool) -> Html:
    """Return the head of a column; one of a company can be filtered by it."""
    title = column.title.replace("-\n", "").replace("\n", " ")
    company = paper.companies.get(column.title)
    return tag(
        "th",
        name(title) if company is not None else title,
        scope="col",
        class_=classes(
            "right" if column.kind in NUMERIC else "",
            "own" if column.own else "",
            "key" if key else "",
            "strip" if column.strip else "",
            "prose" if column.kind is ColumnKind.TEXT else "",
        ),
        data_c=company,
    )


def _row(row: Row, before: Row | None, drawn: Drawn, places: Sequence[int], paper: Paper) -> Html:
    """Return a row; what it repeats of the row before is paler."""
    # A rank is about our own company, and goes where another one is looked at.
    about = paper.report.own if row.kind is RowKind.RANK else row.subject
    company = paper.companies.get(about)
    # A total names itself in its first cell, not in that of the sheet's key.
    key = _key_column(drawn.columns)
    named = key if row.cells[key].value else 0
    own = bool(row.subject) and row.subject == paper.report.own
    cells = []
    for at in places:
        cell, column = row.cells[at], drawn.columns[at]
        heat = drawn.heat(row, at) if drawn.heat is not None else None
        look = classes(
            "again" if _repeats(row, before, drawn.columns, at) else "",
            "across" if _runs_on(row, at) else "",
        )
        cells.append(_cell(cell, column, paper, heat=heat, key=at == named, look=look or ""))
    return tag(
        "tr",
        *cells,
        class_=classes(_KINDS[row.kind], "own" if own else "", "begins" if row.begins else ""),
        data_c=company,
        data_k=_tagged(row, drawn.columns, paper.channels),
        data_t=_tagged(row, drawn.columns, paper.topics),
    )


def _repeats(row: Row, before: Row | None, columns: Sequence[Column], at: int) -> bool:
    """Tell whether a key stands in the row before as well."""
    repeating = columns[at].kind in (ColumnKind.GROUP, ColumnKind.COMPANY)
    # A company in its column of a list with one row each repeats nothing.
    return repeating and before is not None and before.cells[at].value == row.cells[at].value


def _runs_on(row: Row, at: int) -> bool:
    """Tell whether a reason stands for the rest of its row, and may run over the empty cells."""
    said = row.cells[at].tone is Tone.REASON or isinstance(row.cells[at].value, Unknown)
    behind = row.cells[at + 1 : at + 3]
    empty = all(cell.value is None and cell.mark is None for cell in behind)
    return said and len(behind) > 1 and empty


def _tagged(row: Row, columns: Sequence[Column], numbers: Mapping[str, int]) -> int | None:
    """Return the number of the channel or the topic that a row is about, by the words in it."""
    if row.subject in numbers:
        return numbers[row.subject]
    for cell, column in zip(row.cells, columns, strict=True):
        if column.kind in _WORDS and isinstance(cell.value, str) and cell.value in numbers:
            return numbers[cell.value]
    return None


def _cell(
    cell: Cell,
    column: Column,
    paper: Paper,
    *,
    heat: float | None = None,
    key: bool = False,
    look: str = "",
) -> Html:
    """Return a cell; that which names its row is a head."""
    dark = heat_of(cell) if heat is None else heat
    content = shown(cell, column, paper)
    return tag(
        "th" if key else "td",
        content,
        scope="row" if key else None,
        class_=classes(
            cell_class(cell),
            "right" if column.kind in NUMERIC else "",
            "own" if column.own else "",
            "strip" if column.strip else "",
            "prose" if column.kind is ColumnKind.TEXT else "",
            "day" if column.kind in (ColumnKind.DAY, ColumnKind.TIME) else "",
            "group" if column.kind is ColumnKind.GROUP else "",
            look,
            "heat" if dark is not None else "",
        ),
        style=f"--v:{dark:.2f}" if dark is not None else None,
        data_v=sort_key(cell),
    )
