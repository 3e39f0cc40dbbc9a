"""What a sheet offers: a name, a place in the order, and a function from report to page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from reports.cells import Cell, Run, sentence, text
from reports.look import (
    BACK,
    BLUE,
    HEADER,
    HEADER_CENTRE,
    HEADER_RIGHT,
    KEY,
    OWN,
    OWN_HEAD,
    SENTENCE,
    TITLE,
    varied,
)
from reports.page import Page, Row
from reports.report import Report


def always(report: Report) -> bool:
    """Tell that a sheet is in every workbook."""
    del report
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A worksheet: tab name, place in the order, tab colour, and how to draw it.

    `shown` tells whether a report has anything for it; else it is left out of the workbook.
    """

    name: str
    order: int
    draw: Callable[[Report], Page]
    tab: str = BLUE
    holds_chart_data: bool = False
    shown: Callable[[Report], bool] = always


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: `align` is left, right or center; `own` marks the own company's."""

    title: str
    width: float
    align: str = "left"
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The frame of a table sheet: title, the sentence that is its finding, key, columns.

    `strip` labels a strip of narrow columns: its first column from 0, and the words above it.
    """

    title: str
    finding: Sequence[Run]
    key: Sequence[str]
    columns: Sequence[Column]
    strip: tuple[int, str] | None = None

    @property
    def widths(self) -> tuple[float, ...]:
        """The widths of the columns."""
        return tuple(column.width for column in self.columns)

    def top(self) -> list[Row]:
        """Rows 1 to 5: title, finding, key, spacer, header."""
        last = len(self.columns) - 1
        lines = max(len(wrap(column.title, int(column.width))) for column in self.columns)
        back = text("◄ Summary", BACK, link="#Summary!A1")
        first = [text(self.title, TITLE), *[None] * (last - 1), back]
        spacer: list[Cell | None] = [None] * len(self.columns)
        if self.strip is not None:
            spacer[self.strip[0]] = text(self.strip[1], KEY)
        return [
            Row(first, 27),
            Row([sentence(self.finding, SENTENCE)], 19),
            Row([text("     ".join(self.key), KEY) if self.key else None], 16),
            Row(spacer, 15 if self.strip is not None else 6),
            Row([_header(column) for column in self.columns], 30 if lines < 3 else 43),
        ]


_HEADERS = {"left": HEADER, "right": HEADER_RIGHT, "center": HEADER_CENTRE}


def _header(column: Column) -> Cell | None:
    if not column.title and column.width < 2:
        return None
    style = _HEADERS[column.align]
    if column.own:
        style = varied(style, fill=OWN_HEAD, color=OWN, bottom="own")
    return text(column.title, style) if column.title else Cell(None, style)
