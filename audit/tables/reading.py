"""Read a table from its file to the figures that it tells, and say what was understood of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, islice
from pathlib import Path

from audit.tables.delimited import BY_COMMA, sheet_of
from audit.tables.figures import TableFigures, TableHints, TableLayout, figures_in, laid_out
from audit.tables.headings import Header, Mapped, header_in, known_in
from audit.tables.names import KnownNames
from audit.tables.notation import day_of
from audit.tables.periods import PeriodFigures, with_periods
from audit.tables.post_list import posts_in
from audit.tables.rows import TableError, TableRow, TableSheet, opened
from audit.tables.workbook import sheets_of
from config.checks import nearest
from config.table_words import MEASURES, TableField, plain, table_words
from scrapers.parse.text import clean

_PEEK = 60
"""Rows of a sheet among which its headings are looked for."""

_WITH_YEAR = re.compile(r"\d{4}.?\d|\d.?\d{4}|[^\W\d]{3}.{0,3}\d{4}")
"""A name of a sheet with a year and a month."""

_SHOWN = 12
_GROUP = re.compile(r"\d{3}(?:\.\d+)?")
"""Cells that are repeated of a table that is not understood."""

_NOTHING = ("nothing", "none", "ignore", "aside", "skip")
"""What a person may write for a column that is to be left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRead:
    """A table as it was read: where, how it is written, what was taken of it.

    `sheet` and `notation` are as in `TableSheet`. `unread` are sheets of the file that hold figures
    below other headings.
    """

    file: Path
    sheet: str
    notation: str
    layout: TableLayout
    figures: TableFigures
    by_period: PeriodFigures
    unread: tuple[str, ...] = ()

    @property
    def header(self) -> Header:
        """Return its headings."""
        return self.layout.header

    def place(self, row: int) -> str:
        """Return where a row stands, as records say it."""
        sheet = f", {self.sheet}" if self.sheet else ""
        return f"{self.file.name}{sheet}, row {row}"


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The sheet with headings that are understood, and all rows below them."""

    sheet: TableSheet
    header: Header
    rows: list[TableRow]


def read_tables(
    file: Path, names: KnownNames, hints: TableHints, mapped: Mapped, today: date, longest: int
) -> tuple[TableRead, ...]:
    """Read the table of a file, or those of all its sheets with the same headings: one a month.

    `mapped` and `hints` are what a person says of it. `longest` is the number of days over which
    posts are added up at most.

    Raises:
        TableError: it cannot be read, or too little of it is understood.
    """
    chosen, unread = _chosen_in(file, names, mapped)
    _check_mapped(mapped, chosen[0].header)
    tables = (_read(file, each, names, hints, today, longest) for each in chosen)
    return tuple(replace(table, unread=unread) for table in tables)


def _read(
    file: Path, chosen: _Chosen, names: KnownNames, hints: TableHints, today: date, longest: int
) -> TableRead:
    """Read one sheet; without a day of its own it is of the one that its name says."""
    if hints.on is None and not chosen.header.of(TableField.ON):
        hints = replace(hints, on=_day_of_name(chosen.sheet.name, today))
    try:
        layout = laid_out(chosen.header, chosen.rows, names, hints)
    except TableError as error:
        sheet = f", sheet “{chosen.sheet.name}”" if chosen.sheet.name else ""
        raise TableError(f"{file}{sheet}: {error}. Nothing was changed") from error
    told = posts_in if chosen.header.is_of_posts else figures_in
    figures = told(layout, chosen.rows, names, today)
    return TableRead(
        file=file,
        sheet=chosen.sheet.name,
        notation=chosen.sheet.notation,
        layout=layout,
        figures=figures,
        by_period=with_periods(figures.by_day, longest),
    )


def _day_of_name(name: str, today: date) -> date | None:
    """Return the last day of what a sheet is named after, such as October 2026; None for others."""
    if _WITH_YEAR.search(name) is None:
        return None
    day = day_of(name, None, today + timedelta(days=31))
    return min(day, today) if isinstance(day, date) else None


def mapped_by(texts: Iterable[str]) -> Mapped:
    """Return what a person says of headings, from texts such as `Fans=followers`.

    Raises:
        TableError: a text has no equals sign, or names nothing that a column can hold.
    """
    return {plain(title): field for text in texts for title, field in [_mapping(text)]}


def measure_named(name: str) -> TableField:
    """Return the measure of a name, as `--measure` takes it.

    Raises:
        TableError: there is none of that name.
    """
    field = _field_named(name)
    if field in MEASURES:
        return field
    raise TableError(f'--measure: no measure "{name}"; {nearest(name, _names_of(MEASURES))}')


def _mapping(text: str) -> tuple[str, TableField | None]:
    """Return the heading and the field of one `--map`; None for what is to be left out."""
    title, sign, name = text.rpartition("=")
    if not sign or not plain(title):
        raise TableError(f'--map "{text}": write the heading and what it is: "Fans=followers"')
    if plain(name) in _NOTHING:
        return title, None
    field = _field_named(name)
    if field is not None and field is not TableField.ASIDE:
        return title, field
    known = (*_names_of(TableField), "nothing")
    raise TableError(f'--map "{text}": no field "{name.strip()}"; {nearest(name.strip(), known)}')


def _field_named(name: str) -> TableField | None:
    """Return the field of a name, which may be one of the words for it in any language."""
    names = {plain(field): field for field in TableField}
    return names.get(plain(name)) or table_words().fields.get(plain(name))


def _names_of(fields: Iterable[TableField]) -> tuple[str, ...]:
    """Return fields as they are typed."""
    return tuple(each.replace("_", " ") for each in fields if each is not TableField.ASIDE)


def _chosen_in(
    file: Path, names: KnownNames, mapped: Mapped
) -> tuple[list[_Chosen], tuple[str, ...]]:
    """Return the first sheet of a file whose headings are understood, and all like it.

    Beside them the names of those that tell figures below other headings.
    """
    read = opened(file)
    if read.packed:
        with sheets_of(file) as sheets:
            first = _chosen(sheets, file, names, mapped)
            return _with_alike(first, sheets, file, names, mapped)
    sheet = sheet_of(read.content, file, lambda rows: known_in(rows, names, mapped))
    return [_chosen(iter((sheet,)), file, names, mapped)], ()


def _with_alike(
    first: _Chosen, sheets: Iterator[TableSheet], file: Path, names: KnownNames, mapped: Mapped
) -> tuple[list[_Chosen], tuple[str, ...]]:
    """Return a sheet with those behind it that have the same headings, and the names of others."""
    alike, others = [first], list[str]()
    for sheet in sheets:
        head = list(islice(sheet.rows, _PEEK))
        header = header_in(head, names, mapped, sheet.name)
        if header is None or not header.tells:
            continue
        rows = _below(header, _sound(sheet, header, chain(head, sheet.rows), file))
        if header.meaning != first.header.meaning:
            others.append(sheet.name)
        elif rows:
            alike.append(_Chosen(sheet, header, rows))
    return alike, tuple(others)


def _chosen(sheets: Iterator[TableSheet], file: Path, names: KnownNames, mapped: Mapped) -> _Chosen:
    """Choose a sheet, and read its rows while the file is open."""
    first_rows, gains, second = list[TableRow](), list[str](), list[_Chosen]()
    for sheet in sheets:
        head = list(islice(sheet.rows, _PEEK))
        header = header_in(head, names, mapped, sheet.name)
        # Beside new followers of each day stand those of each place or trade: none of all, either.
        if header is not None and header.tells and (not gains or header.of(TableField.ON)):
            rows = chain(head, sheet.rows)
            chosen = _Chosen(sheet, header, _below(header, _sound(sheet, header, rows, file)))
            # A list of posts behind it tells how many the likes and comments of a day are of.
            if not header.has_reactions_alone:
                return chosen
            second.append(chosen)
        gains += header.gains if header is not None else ()
        first_rows = first_rows or head
    if second:
        return second[0]
    raise _of_gains(file, gains[0]) if gains else _not_understood(file, first_rows)


def _below(header: Header, rows: Iterable[TableRow]) -> list[TableRow]:
    """Return the rows below the headings, up to the last column of which anything is taken."""
    columns_taken = (
        column.index for column in header.columns if column.field is not TableField.ASIDE
    )
    width = 1 + max(columns_taken)
    return [TableRow(row.number, row.cells[:width]) for row in rows if row.number > header.number]


def _of_gains(file: Path, title: str) -> TableError:
    """Return that a table counts only new followers, and how to say that it does not."""
    return TableError(
        f"{file}: “{title}” counts new followers of each day, and not how many there are, so "
        "nothing was changed. Type how many there are on sheet Fill in; if the column counts all, "
        f'say so: --map "{title}=followers"'
    )


def _sound(
    sheet: TableSheet, header: Header, rows: Iterable[TableRow], file: Path
) -> Iterator[TableRow]:
    """Yield rows; stop at one of which a comma in a number has made two cells: `12,400`.

    Raises:
        TableError: there is one.
    """
    width = 1 + max(column.index for column in header.columns)
    by_comma = sheet.notation.endswith(BY_COMMA)
    for row in rows:
        beyond = row.number > header.number and any(cell != "" for cell in row.cells[width:])
        if by_comma and beyond and any(_GROUP.fullmatch(str(cell)) for cell in row.cells):
            raise TableError(
                f"{file}: row {row.number} has more cells than there are headings, as commas also "
                "stand within its numbers; export it with quotation marks or semicolons. Nothing "
                "was changed"
            )
        yield row


def _not_understood(file: Path, rows: list[TableRow]) -> TableError:
    """Return that no heading tells a figure, what was seen, and how to say what it means."""
    if not rows:
        return TableError(f"{file}: has no rows; export the figures again")
    widest = max(rows[:20], key=lambda row: sum(isinstance(cell, str) for cell in row.cells))
    cells = [clean(str(cell), 30) for cell in widest.cells if cell != ""]
    listed = ", ".join(f"“{cell}”" for cell in cells[:_SHOWN])
    return TableError(
        f"{file}: no column is known, so nothing was changed. Row {widest.number} says {listed}. "
        f'Say what a column is, such as --map "{cells[-1]}=followers" if it counts followers. A '
        f"column can be {', '.join(_names_of(TableField))}"
    )


def _check_mapped(mapped: Mapped, header: Header) -> None:
    """Check that each heading that a person named is there.

    Raises:
        TableError: one is not; the message names the nearest.
    """
    titles = {plain(column.title): column.title for column in header.columns}
    for title in mapped:
        if title not in titles:
            known = tuple(column.title for column in header.columns)
            raise TableError(f'--map: no heading "{title}"; {nearest(title, known)}')
