"""Go through the rows of a table and take from each what it tells of which profile and day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple

from audit.tables.headings import Header, Heading, Of, TableColumn, days_in, heading_of
from audit.tables.names import KnownNames, NamedProfile
from audit.tables.notation import (
    DateOrder,
    Notation,
    average_of,
    count_of,
    day_of,
    in_order,
    notation_of,
    span_in,
)
from audit.tables.rows import Cell, TableError, TableRow
from audit.tables.whose import Default, Lack, Owners, Stranger
from audit.typed_figures import Refused
from audit.typed_values import Raw, TypedRead, shown_of, text_of
from config.table_words import MEASURES, TableField, plain, table_words

Value = float | date | str


class TableFigure(NamedTuple):
    """One figure: its value, what it covers, and the row where it stands.

    `days` is None where the table does not say of how many days it is; `exact` is False of a short
    form ("12.4k").
    """

    value: Value
    days: int | None
    of: Of
    row: int
    exact: bool = True


Figures = dict[TableField, TableFigure]
"""What is told of one profile as of one day."""


@dataclass(slots=True)
class TableFigures:
    """What a table tells: the figures by profile and day, and what was not taken, with why.

    `strangers` are names of companies and channels that are not known, `aside` measures that the
    product compares nothing by, with their rows; `sums` counts rows that only add up others.
    """

    by_day: dict[tuple[NamedProfile, date], Figures] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    strangers: Counter[Stranger] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    sums: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TableHints:
    """What a person says of a table beside its headings; each is empty where it says it itself."""

    company: str = ""
    channel: str = ""
    measure: TableField | None = None
    days: int | None = None
    on: date | None = None
    order: DateOrder | None = None


class TableLayout(NamedTuple):
    """How a table is to be read: its headings, what holds for all rows, how columns are written."""

    header: Header
    hints: TableHints
    notations: Mapping[int, Notation]


_DATES = (TableField.ON, TableField.START, TableField.LAST_POST, TableField.POSTED)


def laid_out(
    header: Header, rows: Sequence[TableRow], names: KnownNames, hints: TableHints
) -> TableLayout:
    """Find out how a table is to be read, before any of it is taken.

    Raises:
        TableError: something is not clear; the message asks it, and says what to type.
    """
    hints = _completed(header, hints, names)
    _check_clear(header, hints)
    notations = {
        column.index: _notation(column, header, rows, names, hints.order)
        for column in header.of(*MEASURES, *_DATES, TableField.VALUE)
    }
    return TableLayout(header, hints, _agreed(notations, header))


def figures_in(
    layout: TableLayout, rows: Iterable[TableRow], names: KnownNames, today: date
) -> TableFigures:
    """Take what the rows of a table tell."""
    reader = _FigureReader(layout, names, today)
    for row in rows:
        reader.take(row)
    return reader.figures


def _check_clear(header: Header, hints: TableHints) -> None:
    """Check that somebody says of all rows whose, where and when, and what is counted.

    Raises:
        TableError: nobody does; the message asks it.
    """
    heads = [column.heading for column in header.of(*MEASURES, TableField.VALUE)]
    has_address = bool(header.of(TableField.ADDRESS, TableField.PROFILE))
    has_company = has_address or bool(header.of(TableField.COMPANY))
    if not (hints.company or has_company or all(each.company for each in heads)):
        raise TableError('whose figures are these? No column names companies; add --company "NAME"')
    has_channel = has_address or bool(header.of(TableField.CHANNEL)) or header.is_long
    if not (hints.channel or has_channel or all(each.channel for each in heads)):
        raise TableError("of which network are these figures? Add --channel linkedin, or another")
    if not header.of(TableField.ON) and hints.on is None and not header.is_of_posts:
        raise TableError(
            "of which day are these figures? No heading is understood as that of a day; add "
            '--on 2026-11-28, or name the column: --map "HEADING=on"'
        )
    if header.pivoted and not header.is_long and hints.measure is None:
        title = header.pivoted[0].title
        raise TableError(f"what do the columns such as “{title}” count? Add --measure followers")


def _completed(header: Header, hints: TableHints, names: KnownNames) -> TableHints:
    """Add to what was asked what the lines above the headings say of the whole table."""
    above = [heading_of(text, names) for text in header.above]
    channels = {each.channel for each in above if each.channel}
    companies = {each.company for each in above if each.company}
    measures = {each.field for each in above if each.field in MEASURES}
    on, days = (None, None) if header.of(TableField.ON) else span_in(header.above)
    return TableHints(
        company=hints.company or (companies.pop() if len(companies) == 1 else ""),
        channel=hints.channel or (channels.pop() if len(channels) == 1 else ""),
        measure=hints.measure or (measures.pop() if len(measures) == 1 else None),
        days=hints.days or days,
        on=hints.on or on,
        order=hints.order,
    )


def _notation(
    column: TableColumn,
    header: Header,
    rows: Sequence[TableRow],
    names: KnownNames,
    order: DateOrder | None,
) -> Notation:
    """Return how one column is written; a column of values may hold days and numbers."""
    if column.field in _DATES:
        return notation_of((), _cells(rows, column), order)
    days: Iterable[Cell] = ()
    if column.field is TableField.VALUE and header.is_long:
        measure = header.of(TableField.MEASURE)[0]
        texts = {str(cell) for cell in _cells(rows, measure)}
        of_days = {text for text in texts if heading_of(text, names).field is TableField.LAST_POST}
        days = (cell_in(row, column) for row in rows if str(cell_in(row, measure)) in of_days)
    return notation_of(_cells(rows, column), days, order)


def _cells(rows: Sequence[TableRow], column: TableColumn) -> Iterator[Cell]:
    """Yield the cells of a column."""
    return (row.cells[column.index] for row in rows if column.index < len(row.cells))


def _agreed(notations: dict[int, Notation], header: Header) -> dict[int, Notation]:
    """Let columns in doubt be read as the others of their table are.

    Raises:
        TableError: days may be read both ways, and no column tells which.
    """
    orders = {each.order for each in notations.values() if each.order is not None}
    marks = {each.mark for each in notations.values() if each.mark}
    order = orders.pop() if len(orders) == 1 else None
    for column in header.of(*_DATES, TableField.VALUE):
        if notations[column.index].doubtful and order is None:
            day = notations[column.index].doubtful
            raise TableError(
                f"“{column.title}” has days such as {day}, which may be read in two ways: add "
                f"--dates dmy for days written as {in_order(DateOrder.DAY_FIRST)}, or --dates mdy "
                f"for {in_order(DateOrder.MONTH_FIRST)}"
            )
    mark = marks.pop() if len(marks) == 1 else ""
    return {
        index: Notation(each.mark or mark, each.order or order) for index, each in notations.items()
    }


class _FigureReader:
    """Takes row after row; what it has read is in `figures`."""

    def __init__(self, layout: TableLayout, names: KnownNames, today: date) -> None:
        """Take how the table is to be read."""
        self.figures = TableFigures()
        self._header, self._hints, self._notations = layout
        self._names, self._today = names, today
        default = Default(self._hints.company, self._hints.channel)
        self._owners = Owners(layout.header, names, default)
        self._titles = {column.title for column in layout.header.columns}

    def take(self, row: TableRow) -> None:
        """Take what a row tells."""
        if self._repeats_headings(row):
            return
        if self._adds_up(row):
            self.figures.sums += 1
            return
        self.figures.rows += 1
        on = self._day(row)
        if on is None:
            return
        days = self._days(row, on)
        for column, heading in self._figures(row):
            self._take_cell(row, column, heading, on, days)

    def _figures(self, row: TableRow) -> Iterator[tuple[TableColumn, Heading]]:
        """Yield the columns that hold a figure in a row, each with what it means there."""
        if not self._header.is_long:
            yield from ((column, column.heading) for column in self._header.of(*MEASURES))
            for column in self._header.pivoted:
                yield column, _joined(Heading(self._hints.measure), column.heading)
            return
        measure = self._measure(row)
        if measure is None:
            return
        for column in self._header.of(TableField.VALUE):
            yield column, _joined(measure, column.heading)

    def _measure(self, row: TableRow) -> Heading | None:
        """Return what a row of a long table measures; None for what is not compared."""
        text = str(cell_in(row, self._header.of(TableField.MEASURE)[0]))
        heading = heading_of(text, self._names)
        if heading.field in MEASURES:
            return heading
        if text:
            self.figures.aside[text] += 1
        return None

    def _take_cell(
        self, row: TableRow, column: TableColumn, heading: Heading, on: date, days: int | None
    ) -> None:
        """Take one cell, or say why not."""
        measure = heading.field
        if measure is None:
            return
        read = self._read(cell_in(row, column), measure, heading.of, self._notations[column.index])
        if read is None:
            return
        if isinstance(read, _NoFigure):
            self._refuse(row, column, read.why)
            return
        whose = self._owners.of(row, heading)
        if isinstance(whose, Stranger):
            self.figures.strangers[whose] += 1
            return
        days = heading.days or days
        figure = TableFigure(read.value, days, heading.of, row.number, read.exact)
        self._keep(whose, on, measure, figure, column)

    def _keep(
        self,
        whose: NamedProfile,
        on: date,
        measure: TableField,
        figure: TableFigure,
        column: TableColumn,
    ) -> None:
        """Keep a figure; of two that differ for one profile and day the second is refused."""
        known = self.figures.by_day.setdefault((whose, on), {})
        other = known.setdefault(measure, figure)
        if other.value != figure.value:
            words = f"row {other.row} says {shown_of(other.value)} for the same profile and day"
            place, text = f"row {figure.row}, {column.title}", shown_of(figure.value)
            self.figures.refused.append(Refused(place=place, text=text, words=words))

    def _read(
        self, cell: Cell, measure: TableField, of: Of, notation: Notation
    ) -> "TypedRead[Value] | _NoFigure | None":
        """Return what a cell says, by what it measures; None where nothing is told."""
        value: Value
        if measure is TableField.ABOUT:
            value = text_of(str(cell))
            return TypedRead(value) if value else None
        read: TypedRead[int] | float | date | str | None
        if measure is TableField.LAST_POST:
            read = day_of(cell, notation.order, self._today)
        elif of is Of.POST:
            read = average_of(cell, notation.mark)
        elif measure is TableField.POSTS and _is_part(average_of(cell, notation.mark)):
            return _NoFigure(
                "posts are counted whole; write how many there were, and in how many days"
            )
        else:
            read = count_of(cell, notation.mark)
        if read is None or isinstance(read, str):
            return _NoFigure(read) if read is not None else None
        value = float(read.value) if isinstance(read, TypedRead) else read
        return TypedRead(value, read.exact if isinstance(read, TypedRead) else True)

    def _day(self, row: TableRow) -> date | None:
        """Return of which day a row is; None, with a refusal, where it does not tell."""
        columns = self._header.of(TableField.ON)
        if not columns:
            return self._hints.on
        column = columns[-1]
        cell = cell_in(row, column)
        day = day_of(cell, self._notations[column.index].order, self._today)
        if isinstance(day, str):
            self._refuse(row, column, day)
            return None
        if day is None and self._hints.on is None:
            self.figures.strangers[Stranger(Lack.DAY, "")] += 1
        return day or self._hints.on

    def _days(self, row: TableRow, on: date) -> int | None:
        """Return how many days the counts of a row cover; None where nobody says it."""
        for column in self._header.of(TableField.DAYS):
            if (days := days_in(str(cell_in(row, column)))) is not None:
                return days
        for column in self._header.of(TableField.START):
            start = day_of(cell_in(row, column), self._notations[column.index].order, self._today)
            if isinstance(start, date) and 0 <= (on - start).days <= 366:
                return (on - start).days + 1
        return self._hints.days

    def _adds_up(self, row: TableRow) -> bool:
        """Tell whether a row only adds up those above it."""
        first = next((cell for cell in row.cells if cell != ""), "")
        if not isinstance(first, str) or self._names.company(first):
            return False
        totals, (word, _, rest) = table_words().totals, plain(first).partition(" ")
        return plain(first) in totals or (word in totals and self._names.company(rest) != "")

    def _repeats_headings(self, row: TableRow) -> bool:
        """Tell whether a row is the headings once more, as where files were put together."""
        texts = {cell for cell in row.cells if cell != ""}
        return len(texts) > 1 and texts <= self._titles

    def _refuse(self, row: TableRow, column: TableColumn, words: str) -> None:
        """Note that a cell was not taken."""
        place, text = f"row {row.number}, {column.title}", shown_of(_raw(cell_in(row, column)))
        self.figures.refused.append(Refused(place=place, text=text, words=words))


class _NoFigure(NamedTuple):
    """Why a cell is not taken."""

    why: str


def _is_part(number: float | str | None) -> bool:
    """Tell whether a number has decimals, as an average has."""
    return isinstance(number, float) and not number.is_integer()


def _joined(measure: Heading, column: Heading) -> Heading:
    """Return what a value means, by the words for its measure and by the head of its column."""
    return Heading(
        measure.field,
        column.company or measure.company,
        column.channel or measure.channel,
        measure.days or column.days,
        measure.of,
    )


def cell_in(row: TableRow, column: TableColumn) -> Cell:
    """Return the cell of a row in a column; "" where the row is shorter."""
    return row.cells[column.index] if column.index < len(row.cells) else ""


def _raw(cell: Cell) -> Raw:
    """Return a cell as it is shown; a time of the day as its text."""
    return f"{cell}" if isinstance(cell, time) else cell
