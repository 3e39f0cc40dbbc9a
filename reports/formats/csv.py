"""Long tables as comma-separated values: a folder with a file a list, to load into other programs.

Numbers are plain numbers and days are in ISO form. What travels with a value (rounded, by hand, why
it is not known) stands in words in a column of its own, and so does where its proof is.
"""

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from audit.model.rounding import rounded
from audit.model.value import Absent, Qualifier, Unknown
from reports.formats._base import Format
from reports.harmless import harmless
from reports.plain import formerly_words, plain_text, time_of
from reports.report import Report
from reports.save import save_folder
from reports.sheets import sheets
from reports.signs import SIGNS, Sign
from reports.tables import Cell, Column, ColumnKind, Formerly, Part, Table, ToProof, is_figure
from reports.words import person_note, unknown_note

ABOUT = "about.csv"
"""The file that says what the others are; by it a folder is known to be of our making."""

_ABOUT_HEAD = ("File", "What is in it", "In one sentence", "How to read it", "Rows")
_REMARKS, _PROOFS = "Remarks", "Evidence ids"
_COMPANY, _VALUE = "Company", "Value"
_NAME = re.compile(r"[a-z0-9-]{1,60}\.csv")

# Excel takes a file for UTF-8 where it begins with a byte order mark, and for the machine's own
# alphabet elsewhere.
_ENCODING = "utf-8-sig"

_QUALIFIERS = {
    Qualifier.TRUNCATED: "from the part seen",
    Qualifier.ESTIMATE: "estimated",
    Qualifier.MANUAL: "by hand",
    Qualifier.SAVED: "from a saved page",
    Qualifier.CANDIDATE: "perhaps theirs",
}

Entry = str | int | float


@dataclass(frozen=True, slots=True)
class _Said:
    """What a cell comes to: its entry, and what else is to be known of it."""

    entry: Entry = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """A table as a file: its heads, and its rows, which are made one at a time."""

    name: str
    table: Table
    head: tuple[str, ...]
    rows: Iterable[Sequence[Entry]] = field(default=())


def write_folder(report: Report, path: Path) -> Path:
    """Write the folder of all companies, whole or not at all; return the path as it really is."""
    return save_folder(path, own_files, lambda temporary: _write(report.of_all, temporary))


def own_files(folder: Path) -> Collection[str] | None:
    """Return the names of the files in a folder that an earlier export wrote; None if none did."""
    try:
        with (folder / ABOUT).open(encoding=_ENCODING, newline="") as file:
            head, *rows = csv.reader(file)
    except (OSError, ValueError, csv.Error):  # no such file, or one of somebody else's
        return None
    if tuple(head) != _ABOUT_HEAD:
        return None
    return {ABOUT, *(row[0] for row in rows if row and _NAME.fullmatch(row[0]))}


def _write(report: Report, folder: Path) -> None:
    """Write a file for each list, then the one that says what they are, and read them all back."""
    about = list(_each_written(report, folder))
    whole = (ABOUT, *_described(_summary(report)), len(about) + 1)
    _write_rows(folder / ABOUT, _ABOUT_HEAD, [whole, *about])
    for name, *_, count in (whole, *about):
        _verify(folder / str(name), int(count))


def _each_written(report: Report, folder: Path) -> Iterator[tuple[Entry, ...]]:
    """Write a list after the other; give what is said about each, and how many rows it has."""
    for listed in _all_listed(report):
        count = _write_rows(folder / listed.name, listed.head, listed.rows)
        yield listed.name, *_described(listed.table), count


def _summary(report: Report) -> Table:
    """Return what stands above all lists: whose presence it is about, and whether all is there."""
    return next(sheet for sheet in sheets() if sheet.name == "Summary").draw(report)


def _described(table: Table) -> tuple[str, str, str]:
    """Return the title of a table, its finding, and what a reader must know of it."""
    finding = "".join(piece for piece, _ in table.finding)
    how = " | ".join(line for line in (table.warning, table.strip, *table.key) if line)
    return harmless(table.title), harmless(finding), harmless(how)


def _write_rows(path: Path, head: Sequence[str], rows: Iterable[Sequence[Entry]]) -> int:
    """Write a file row by row; return how many rows there are below the head."""
    count = 0
    with path.open("w", encoding=_ENCODING, newline="") as file:
        # Its line ends are CRLF, as RFC 4180 has them and Excel writes them.
        lines = csv.writer(file)
        lines.writerow(head)
        for row in rows:
            lines.writerow(row)
            count += 1
    return count


def _verify(path: Path, count: int) -> None:
    """Read a file back: as many rows as were written, each as long as the head.

    Raises:
        OSError: it is not as it was written.
    """
    with path.open(encoding=_ENCODING, newline="") as file:
        widths = [len(row) for row in csv.reader(file)]
    if len(widths) != count + 1 or len(set(widths)) != 1:
        raise OSError(f"{path.name} would not be read as it was written")


def _all_listed(report: Report) -> Iterator[_Listed]:
    """Give the sheets that are lists; one that has blocks alone is for people to read."""
    for sheet in sheets():
        if not sheet.wanted(report):
            continue
        table = sheet.draw(report)
        if table.columns:
            name = f"{sheet.name.lower().replace(' ', '-')}.csv"
            yield (
                _long(name, table, report)
                if _is_matrix(table, report)
                else _wide(name, table, report)
            )


def _is_matrix(table: Table, report: Report) -> bool:
    """Tell whether a table has a column for each company."""
    titles = {column.title for column in table.columns}
    kinds = {column.kind for column in table.columns}
    return ColumnKind.COMPANY not in kinds and bool(titles) and set(report.companies) <= titles


def _wide(name: str, table: Table, report: Report) -> _Listed:
    """Return a list as it is, with what travels with its values behind it."""
    columns = table.columns
    head = (*_heads(columns), _REMARKS, _PROOFS)
    rows = (_row(row.cells, columns, report) for row in table.rows)
    return _Listed(name=name, table=table, head=head, rows=rows)


def _long(name: str, table: Table, report: Report) -> _Listed:
    """Return a table with a column a company as a list with a row a company."""
    companies = set(report.companies)
    places = [at for at, column in enumerate(table.columns) if column.title in companies]
    others = [at for at in range(len(table.columns)) if at not in places]
    head = (
        *_heads([table.columns[at] for at in others]),
        _COMPANY,
        _VALUE,
        _REMARKS,
        _PROOFS,
    )
    rows = (
        _row(
            [*(row.cells[at] for at in others), Cell(table.columns[place].title), row.cells[place]],
            [*(table.columns[at] for at in others), _OF_COMPANY, _of_value(table.columns[place])],
            report,
        )
        for row in table.rows
        for place in places
    )
    return _Listed(name=name, table=table, head=head, rows=rows)


_OF_COMPANY = Column(title=_COMPANY, kind=ColumnKind.COMPANY)


def _of_value(column: Column) -> Column:
    """Return the column of the values of all companies."""
    return Column(title=_VALUE, kind=column.kind)


def _heads(columns: Sequence[Column]) -> list[str]:
    """Return the heads of columns: no two alike, no line broken by hand.

    Months are called by their first letters: those of a year are `1 J`, `2 F` and so on.
    """
    titles = [column.title.replace("-\n", "").replace("\n", " ") for column in columns]
    strip = [title for title, column in zip(titles, columns, strict=True) if column.strip]
    if len(set(strip)) < len(strip):
        first = len(titles) - len(strip)
        titles[first:] = [f"{at} {title}" for at, title in enumerate(strip, 1)]
    return [harmless(title) for title in titles]


def _row(cells: Sequence[Cell], columns: Sequence[Column], report: Report) -> list[Entry]:
    """Return a row: the entry of each cell, then the notes of all, then where their proof is."""
    said = [_said(cell, column, report) for cell, column in zip(cells, columns, strict=True)]
    notes = [
        f"{title}: {', '.join(each.notes)}"
        for each, title in zip(said, _heads(columns), strict=True)
        if each.notes
    ]
    proofs = dict.fromkeys(cell.to.id for cell in cells if isinstance(cell.to, ToProof))
    return [*(each.entry for each in said), harmless("; ".join(notes)), " ".join(proofs)]


def _said(cell: Cell, column: Column, report: Report) -> _Said:
    """Return what a cell comes to: a number, a day or words, and what travels with it."""
    value = cell.value
    if isinstance(value, Unknown):
        return _Said("", (unknown_note(value).partition("\n")[0].rstrip("."), *_asides(cell)))
    if isinstance(value, Absent):
        return _Said("", ("not there", *_asides(cell)))
    if isinstance(value, Part):
        return _Said(value.count, (f"of {value.whole} {value.words}".rstrip(),))
    if isinstance(value, Formerly):
        return _formerly(value)
    if time_of(cell) is not None:
        return _Said(plain_text(cell, column, report))
    return _figure_or_words(cell, column, report)


def _figure_or_words(cell: Cell, column: Column, report: Report) -> _Said:
    """Return a number as the sheet shows it, or words with the word of their sign beside them."""
    value = cell.value
    if is_figure(value):
        marks = [_QUALIFIERS[each] for each in value.qualifiers]
        told = person_note(value, report.snapshot.run.as_of).replace("\n", " ")
        exact = [] if value.exact else ["rounded"]
        notes = [*_sign(cell), *exact, *marks, *([told] if told else []), *_asides(cell)]
        return _Said(rounded(value.value, cell.unit), tuple(notes))
    if isinstance(value, int | float):
        return _Said(rounded(value, cell.unit), (*_sign(cell), *_asides(cell)))
    if column.kind is ColumnKind.PROOF and isinstance(cell.to, ToProof):
        return _Said(cell.to.id)
    if isinstance(value, str) and value and cell.mark is not None:
        return _Said(harmless(value), tuple(word for word in _sign(cell) if word != value))
    if value is None and cell.mark is not None and not _is_word(cell.mark):
        return _Said("", tuple(_sign(cell)))
    return _Said(harmless(plain_text(cell, column, report)))


def _formerly(value: Formerly) -> _Said:
    """Return what something is now, and beside it what it was."""
    if isinstance(value.now, str):
        before = formerly_words(value).removeprefix(f"{value.now}, ")
        return _Said(harmless(value.now), (before,))
    why = unknown_note(value.now).partition("\n")[0].rstrip(".")
    return _Said("", (formerly_words(value).removeprefix("? "), why))


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


FORMAT = Format(name="csv", suffix="csv", write=write_folder, own_files=own_files)
