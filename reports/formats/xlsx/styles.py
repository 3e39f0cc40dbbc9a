"""The usual style of a cell: by what its column holds and by how much that matters."""

from collections.abc import Mapping
from typing import NamedTuple

from reports.formats.xlsx.book import Book
from reports.formats.xlsx.cells import address_style
from reports.formats.xlsx.look import (
    BODY,
    CENTRE,
    COUNT,
    DAY_OF_YEAR,
    HEAD,
    LINK,
    MINUTE,
    MUTED,
    NOT_SEEN,
    NUMBER,
    OWN,
    OWN_TINT,
    SMALL,
    STRIP,
    WHITE,
    Style,
    varied,
)
from reports.tables import EMPTY, Cell, Column, ColumnKind, Importance, Row, RowKind

RIGHT = (ColumnKind.FIGURE, ColumnKind.TREND, ColumnKind.DAY, ColumnKind.TIME)
"""Columns whose digits stand below each other."""

_LONG_NAME = 19
"""Longer names of companies are written in small type, and broken where they need it."""


class Spot(NamedTuple):
    """Where a cell stands: what a layout may ask when it decides on a style.

    A tuple, because one is made for every cell and a frozen dataclass takes twice the time.
    """

    cell: Cell
    column: Column
    row: Row
    book: Book

    @property
    def own(self) -> bool:
        """True in a row about the own company."""
        return bool(self.row.subject) and self.row.subject == self.book.report.own


def base_style(spot: Spot, *, tinted: bool) -> Style:
    """Return the style of a cell by its column; the own company's rows are tinted if wanted."""
    if spot.column.strip:
        return NOT_SEEN if spot.cell == EMPTY else STRIP
    style = _by_kind(spot)
    if spot.column.yours is not None:
        boxes = {ColumnKind.DAY: _DAY_FOR_PEOPLE, ColumnKind.FIGURE: _COUNT_FOR_PEOPLE}
        return boxes.get(spot.column.kind, _FOR_PEOPLE)
    if tinted and spot.own:
        style = varied(style, fill=OWN_TINT)
    if spot.row.kind is RowKind.TOTAL:
        style = varied(style, bold=True, fill=HEAD, top="rule")
    return style


def _by_kind(spot: Spot) -> Style:
    """Return the style of a cell by what its column holds."""
    column = spot.column
    style = _STYLES.get((column.kind, column.importance))
    if style is not None:
        return style
    if column.kind is ColumnKind.COMPANY:
        return name_style(spot, SMALL if column.importance is Importance.DETAIL else BODY)
    if column.kind is ColumnKind.ADDRESS:
        return address_style(spot.cell)
    return LINK if spot.book.link(spot.cell.to) else SMALL


_FOR_PEOPLE = varied(
    BODY, fill=WHITE, wrap=True, top="line", bottom="line", left="line", right="line"
)
"""A white box, into which something may be typed; what is long runs over several lines."""

_DAY_FOR_PEOPLE = varied(_FOR_PEOPLE, align="right", indent=0, wrap=False, format=DAY_OF_YEAR)

_COUNT_FOR_PEOPLE = varied(_FOR_PEOPLE, align="right", indent=0, wrap=False, format=COUNT)

_WORDS = {
    Importance.KEY: varied(BODY, bold=True),
    Importance.MAIN: BODY,
    Importance.DETAIL: SMALL,
    Importance.ASIDE: varied(SMALL, color=MUTED),
}
_FIGURES = dict.fromkeys(Importance, NUMBER)
_FIGURES[Importance.DETAIL] = varied(NUMBER, size=9)
_ALIKE: Mapping[ColumnKind, Style] = {
    ColumnKind.GROUP: varied(BODY, bold=True),
    ColumnKind.TIME: varied(NUMBER, size=9, format=MINUTE),
    ColumnKind.RANGE: varied(CENTRE, size=9, color=MUTED),
    ColumnKind.CODE: varied(CENTRE, size=9),
}
"""Kinds that look the same in all columns."""

_STYLES: Mapping[tuple[ColumnKind, Importance], Style] = {
    **{(kind, importance): style for kind, style in _ALIKE.items() for importance in Importance},
    **{
        (kind, importance): styles[importance]
        for kind, styles in (
            (ColumnKind.WORD, _WORDS),
            (ColumnKind.TEXT, _WORDS),
            (ColumnKind.FIGURE, _FIGURES),
            (ColumnKind.DAY, _FIGURES),
            (ColumnKind.TREND, _FIGURES),
        )
        for importance in Importance
    },
}
"""The styles that do not depend on the cell, looked up for every cell of the workbook."""


def name_style(spot: Spot, base: Style) -> Style:
    """Return the style of a company's name: our own in our colour, a long one small."""
    name = spot.cell.value
    if isinstance(name, str) and len(name) > _LONG_NAME:
        base = varied(base, size=min(base.size, 9), wrap=True)
    if name and name == spot.book.report.own:
        return varied(base, bold=True, color=OWN)
    return varied(base, bold=True)
