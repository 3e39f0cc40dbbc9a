"""Read a table from its file to the figures that it tells, and say what was understood of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path

from audit.tables.delimited import BY_COMMA, sheet_of
from audit.tables.headings import Header, Mapped, header_in, known_in
from audit.tables.names import Names
from audit.tables.periods import Settled, settled
from audit.tables.rows import Row, Sheet, TableError, opened
from audit.tables.told import Asked, Layout, Told, laid_out, told_in
from audit.tables.workbook import sheets_of
from config.checks import nearest
from config.table_words import MEASURES, TableField, plain, table_words
from scrapers.parse.text import clean

_PEEK = 60
"""Rows of a sheet among which its headings are looked for."""

_SHOWN = 12
_GROUP = re.compile(r"\d{3}(?:\.\d+)?")
"""Cells that are repeated of a table that is not understood."""

_NOTHING = ("nothing", "none", "ignore", "aside", "skip")
"""What a person may write for a column that is to be left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRead:
    """A table as it was read: where, how it is written, what was taken of it.

    `sheet` and `notation` are as in `Sheet`.
    """

    file: Path
    sheet: str
    notation: str
    layout: Layout
    told: Told
    settled: Settled

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

    sheet: Sheet
    header: Header
    rows: list[Row]


def read_table(
    file: Path, names: Names, asked: Asked, mapped: Mapped, today: date, longest: int
) -> TableRead:
    """Read a table; `mapped` and `asked` are what a person says of it.

    `longest` is the number of days over which posts are added up at most.

    Raises:
        TableError: it cannot be read, or too little of it is understood.
    """
    chosen = _chosen_in(file, names, mapped)
    _check_mapped(mapped, chosen.header)
    try:
        layout = laid_out(chosen.header, chosen.rows, names, asked)
    except TableError as error:
        sheet = f", sheet “{chosen.sheet.name}”" if chosen.sheet.name else ""
        raise TableError(f"{file}{sheet}: {error}. Nothing was changed") from error
    told = told_in(layout, chosen.rows, names, today)
    return TableRead(
        file=file,
        sheet=chosen.sheet.name,
        notation=chosen.sheet.notation,
        layout=layout,
        told=told,
        settled=settled(told.figures, longest),
    )


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


def _chosen_in(file: Path, names: Names, mapped: Mapped) -> _Chosen:
    """Return the first sheet of a file whose headings are understood."""
    read = opened(file)
    if read.packed:
        with sheets_of(file) as sheets:
            return _chosen(sheets, file, names, mapped)
    sheet = sheet_of(read.content, file, lambda rows: known_in(rows, names, mapped))
    return _chosen(iter((sheet,)), file, names, mapped)


def _chosen(sheets: Iterator[Sheet], file: Path, names: Names, mapped: Mapped) -> _Chosen:
    """Choose a sheet, and read its rows while the file is open."""
    seen, gains = list[Row](), list[str]()
    for sheet in sheets:
        head = list(islice(sheet.rows, _PEEK))
        header = header_in(head, names, mapped, sheet.name)
        # Beside new followers of each day stand those of each place or trade: none of all, either.
        if header is not None and header.tells and (not gains or header.of(TableField.ON)):
            rows = chain(head, sheet.rows)
            return _Chosen(sheet, header, _below(header, _sound(sheet, header, rows, file)))
        gains += header.gains if header is not None else ()
        seen = seen or head
    raise _of_gains(file, gains[0]) if gains else _not_understood(file, seen)


def _below(header: Header, rows: Iterable[Row]) -> list[Row]:
    """Return the rows below the headings, up to the last column of which anything is taken."""
    taken = (column.index for column in header.columns if column.field is not TableField.ASIDE)
    width = 1 + max(taken)
    return [Row(row.number, row.cells[:width]) for row in rows if row.number > header.number]


def _of_gains(file: Path, title: str) -> TableError:
    """Return that a table counts only new followers, and how to say that it does not."""
    return TableError(
        f"{file}: “{title}” counts new followers of each day, and not how many there are, so "
        "nothing was changed. Type how many there are on sheet Fill in; if the column counts all, "
        f'say so: --map "{title}=followers"'
    )


def _sound(sheet: Sheet, header: Header, rows: Iterable[Row], file: Path) -> Iterator[Row]:
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


def _not_understood(file: Path, seen: list[Row]) -> TableError:
    """Return that no heading tells a figure, what was seen, and how to say what it means."""
    if not seen:
        return TableError(f"{file}: has no rows; export the figures again")
    widest = max(seen[:20], key=lambda row: sum(isinstance(cell, str) for cell in row.cells))
    cells = [clean(str(cell), 30) for cell in widest.cells if cell != ""]
    listed = ", ".join(f"“{cell}”" for cell in cells[:_SHOWN])
    return TableError(
        f"{file}: no column is known, so nothing was changed. Row {widest.number} says {listed}. "
        f'Say what a column is: --map "{cells[-1]}=followers". A column can be '
        f"{', '.join(_names_of(TableField))}"
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
