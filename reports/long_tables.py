"""Long tables of all companies: each sheet that is a list, as a file that other programs load.

Numbers are plain numbers. What travels with a value (rounded, by hand, why it is not known) stands
in words in a column of its own, and so does where its proof is. How a file is written is up to its
format; what is in it is the same in all of them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from audit.model.rounding import rounded
from audit.model.value import Absent, Dated, Qualifier, Unknown
from reports.harmless import legible
from reports.people import PersonsWord
from reports.plain import formerly_words, plain_text, time_of, typed_words
from reports.report import Report
from reports.sheets import sheets
from reports.signs import SIGNS, Sign
from reports.tables import Cell, Column, ColumnKind, Formerly, Part, Table, ToProof, is_figure
from reports.words import person_note, unknown_note

ABOUT = "about"
"""The file that says what the others are, without its ending; by it a folder is known as ours."""

REMARKS = "Remarks"
"""The column of what travels with the values of a row, in words."""

_PROOFS = "Evidence ids"
_COMPANY, _VALUE = "Company", "Value"

_QUALIFIERS = {
    Qualifier.TRUNCATED: "from the part seen",
    Qualifier.ESTIMATE: "estimated",
    Qualifier.MANUAL: "by hand",
    Qualifier.SAVED: "from a saved page",
}


@dataclass(frozen=True, slots=True)
class PointInTime:
    """A point in time: its words, its day, and the instant where more than the day is known."""

    words: str
    day: date
    at: datetime | None = None


Entry = str | int | float | PointInTime
"""What stands in a place: "" where nothing does."""


class Holds(StrEnum):
    """What the entries of a field are; a word may stand in place of any of them."""

    WORDS = "words"
    NUMBER = "number"
    DAY = "day"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class ListField:
    """A column of a list."""

    title: str
    holds: Holds = Holds.WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list: its name, its fields, and its rows, which are made one at a time."""

    name: str
    fields: tuple[ListField, ...]
    rows: Iterable[Sequence[Entry]]


@dataclass(frozen=True, slots=True)
class _Said:
    """What a cell comes to: its entry, and what else is to be known of it."""

    entry: Entry = ""
    notes: tuple[str, ...] = ()


ABOUT_FIELDS = (
    ListField("File"),
    ListField("What is in it"),
    ListField("In one sentence"),
    ListField("How to read it"),
    ListField("Rows", Holds.NUMBER),
)

_KINDS = {
    ColumnKind.FIGURE: Holds.NUMBER,
    ColumnKind.DAY: Holds.DAY,
    ColumnKind.TIME: Holds.TIME,
}


def write_lists(
    report: Report, folder: Path, suffix: str, write: Callable[[Path, Listed], int]
) -> None:
    """Write a file for each list of all companies, then the one that says what they are.

    `write` writes a list, reads it back, and returns how many rows it has.
    """
    said: list[Sequence[Entry]] = []
    for name, table in _lists(report.of_all):
        file = f"{name}.{suffix}"
        count = write(folder / file, _listed(name, table, report.of_all))
        said.append((file, *_described(table), count))
    about = f"{ABOUT}.{suffix}"
    said.insert(0, (about, *_described(_summary(report.of_all)), len(said) + 1))
    write(folder / about, Listed(name=ABOUT, fields=ABOUT_FIELDS, rows=said))


def _lists(report: Report) -> Iterator[tuple[str, Table]]:
    """Give the sheets that are lists; one that has blocks alone is for people to read."""
    for sheet in sheets():
        if sheet.wanted(report):
            table = sheet.draw(report)
            if table.columns:
                yield sheet.name.lower().replace(" ", "-"), table


def _summary(report: Report) -> Table:
    """Return what stands above all lists: whose presence it is about, and whether all is there."""
    return next(sheet for sheet in sheets() if sheet.name == "Summary").draw(report)


def _described(table: Table) -> tuple[str, str, str]:
    """Return the title of a table, its finding, and what a reader must know of it."""
    finding = "".join(piece for piece, _ in table.finding)
    how = " | ".join(line for line in (table.warning, table.strip, *table.key) if line)
    return legible(table.title), legible(finding), legible(how)


def _listed(name: str, table: Table, report: Report) -> Listed:
    """Return a table as a list, with what travels with its values behind it."""
    if _is_matrix(table, report):
        return _long(name, table, report)
    rows = (_row(row.cells, table.columns, report) for row in table.rows)
    return Listed(name=name, fields=_fields(table.columns), rows=rows)


def _is_matrix(table: Table, report: Report) -> bool:
    """Tell whether a table has a column for each company."""
    titles = {column.title for column in table.columns}
    kinds = {column.kind for column in table.columns}
    return ColumnKind.COMPANY not in kinds and bool(titles) and set(report.companies) <= titles


def _long(name: str, table: Table, report: Report) -> Listed:
    """Return a table with a column a company as a list with a row a company."""
    companies = set(report.companies)
    places = [at for at, column in enumerate(table.columns) if column.title in companies]
    others = [at for at in range(len(table.columns)) if at not in places]
    shared = [table.columns[at] for at in others]
    rows = (
        _row(
            [*(row.cells[at] for at in others), Cell(table.columns[place].title), row.cells[place]],
            [*shared, _OF_COMPANY, _of_value(table.columns[place])],
            report,
        )
        for row in table.rows
        for place in places
    )
    columns = [*shared, _OF_COMPANY, _of_value(table.columns[places[0]])]
    return Listed(name=name, fields=_fields(columns), rows=rows)


_OF_COMPANY = Column(title=_COMPANY, kind=ColumnKind.COMPANY)


def _of_value(column: Column) -> Column:
    """Return the column of the values of all companies."""
    return Column(title=_VALUE, kind=column.kind)


def _fields(columns: Sequence[Column]) -> tuple[ListField, ...]:
    """Return the fields of columns, and those of what travels with them."""
    own = (
        ListField(title, Holds.WORDS if column.words else _KINDS.get(column.kind, Holds.WORDS))
        for title, column in zip(_heads(columns), columns, strict=True)
    )
    return (*own, ListField(REMARKS), ListField(_PROOFS))


def _heads(columns: Sequence[Column]) -> list[str]:
    """Return the heads of columns: no two alike, no line broken by hand.

    Months are called by their first letters: those of a year are `1 J`, `2 F` and so on.
    """
    titles = [column.title.replace("-\n", "").replace("\n", " ") for column in columns]
    strip = [title for title, column in zip(titles, columns, strict=True) if column.strip]
    if len(set(strip)) < len(strip):
        first = len(titles) - len(strip)
        titles[first:] = [f"{at} {title}" for at, title in enumerate(strip, 1)]
    return [legible(title) for title in titles]


def _row(cells: Sequence[Cell], columns: Sequence[Column], report: Report) -> list[Entry]:
    """Return a row: the entry of each cell, then the notes of all, then where their proof is."""
    said = [_said(cell, column, report) for cell, column in zip(cells, columns, strict=True)]
    notes = [
        f"{title}: {', '.join(each.notes)}"
        for each, title in zip(said, _heads(columns), strict=True)
        if each.notes
    ]
    proofs = dict.fromkeys(cell.to.id for cell in cells if isinstance(cell.to, ToProof))
    return [*(each.entry for each in said), legible("; ".join(notes)), " ".join(proofs)]


def _said(cell: Cell, column: Column, report: Report) -> _Said:
    """Return what a cell comes to: a number, a time or words, and what travels with it."""
    match cell.value:
        case Unknown() as value:
            return _Said("", (_why(value), *_asides(cell)))
        case Absent():
            return _Said("", ("not there", *_asides(cell)))
        case Part() as value:
            return _Said(value.count, (f"of {value.whole} {value.words}".rstrip(),))
        case Formerly() as value:
            return _formerly(value)
        case PersonsWord() as value:
            return _Said(_typed(value))
        case _:
            return _figure_or_words(cell, column, report)


def _why(value: Unknown) -> str:
    """Return why something is not known, as one sentence without its full stop."""
    return unknown_note(value).partition("\n")[0].rstrip(".")


def _typed(typed: PersonsWord) -> Entry:
    """Return what a person typed: a number, a day or words."""
    word = typed.value
    if isinstance(word, datetime):
        return PointInTime(typed_words(word), word.date())
    return legible(word) if isinstance(word, str) else word


def _time(cell: Cell, at: datetime, column: Column, report: Report) -> PointInTime:
    """Return a point in time; its day is one of the audit's time zone where a day is asked for."""
    day_only = isinstance(cell.value, Dated) and cell.value.day_only
    is_day = column.kind is ColumnKind.DAY and not day_only
    day = (at.astimezone(report.zone) if is_day else at).date()
    return PointInTime(plain_text(cell, column, report), day, None if day_only else at)


def _figure_or_words(cell: Cell, column: Column, report: Report) -> _Said:
    """Return a number as the sheet shows it, a time, or words."""
    value, at = cell.value, time_of(cell)
    if at is not None:
        return _Said(_time(cell, at, column, report))
    if is_figure(value):
        marks = [_QUALIFIERS[each] for each in value.qualifiers]
        told = person_note(value, report.snapshot.run.as_of).replace("\n", " ")
        exact = [] if value.exact else ["rounded"]
        notes = [*_sign(cell), *exact, *marks, *([told] if told else []), *_asides(cell)]
        return _Said(rounded(value.value, cell.unit), tuple(notes))
    if isinstance(value, int | float):
        return _Said(rounded(value, cell.unit), (*_sign(cell), *_asides(cell)))
    return _in_words(cell, column, report)


def _in_words(cell: Cell, column: Column, report: Report) -> _Said:
    """Return the words of a cell, with the word of their sign beside them."""
    value = cell.value
    if column.kind is ColumnKind.PROOF and isinstance(cell.to, ToProof):
        return _Said(cell.to.id)
    if isinstance(value, str) and value and cell.mark is not None:
        return _Said(legible(value), tuple(word for word in _sign(cell) if word != value))
    if value is None and cell.mark is not None and not _is_word(cell.mark):
        return _Said("", tuple(_sign(cell)))
    return _Said(legible(plain_text(cell, column, report)))


def _formerly(value: Formerly) -> _Said:
    """Return what something is now, and beside it what it was."""
    if isinstance(value.now, str):
        before = formerly_words(value).removeprefix(f"{value.now}, ")
        return _Said(legible(value.now), (before,))
    return _Said("", (formerly_words(value).removeprefix("? "), _why(value.now)))


def _sign(cell: Cell) -> list[str]:
    """Return the sign of a cell as a word: `active`, `best`; a sign that is a word is that word."""
    if cell.mark is None:
        return []
    word = SIGNS[cell.mark].text if _is_word(cell.mark) else cell.mark.value.replace("-", " ")
    return [word]


def _is_word(mark: Sign) -> bool:
    """Tell whether a sign is a word, such as `found`, and stands as it is."""
    return SIGNS[mark].text[:1].isalpha()


def _asides(cell: Cell) -> list[str]:
    """Return what else is told of a figure: what a note says, and its change since the last run."""
    since = [f"{cell.since} since the last run"] if cell.since else []
    return [*since, *([cell.aside.replace("\n", " ")] if cell.aside else [])]
