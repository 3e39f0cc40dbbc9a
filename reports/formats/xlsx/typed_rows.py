"""The rows of a sheet that people have worked on: which columns are theirs, what is in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from reports.formats.xlsx.yours import HEAD, ID
from reports.people import FIELDS, KEPT_NOTES, NO_ID, WHOLE_ROW, Note, Word, joined

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How Excel writes a character that XML has no room for; `_x005F_` is an underscore."""

_KEPT_ID = re.compile(r"([a-z]{1,20})/(.{1,2000})/([a-z]{1,20})", re.DOTALL)
_FEWEST_TITLES = 2
"""Titles of columns of people by which a sheet without ids is known, as of older versions."""

_ABOUT = 300

Value = Word | None


class TooLargeError(Exception):
    """A sheet has more rows than are read."""


@dataclass(slots=True)
class NamedColumns:
    """The columns of one sheet that the workbook has names for, from 1, by their field."""

    sheet: str = ""
    columns: dict[str, int] = field(default_factory=dict)


class Cells:
    """What stands on a sheet, as words; where a formula stands, what is known of its value."""

    def __init__(self, rows: Sequence[Sequence[object]]) -> None:
        """Take the rows as openpyxl gives them; empty ones at the end are left out."""
        self.rows = [[_word(cell) for cell in row] for row in rows]
        while self.rows and not any(value is not None for value in self.rows[-1]):
            self.rows.pop()
        self._formulas = {
            (at, column)
            for at, row in enumerate(rows)
            for column, cell in enumerate(row)
            if getattr(cell, "data_type", "") == "f"
        }
        self.id_at = self._column_of_ids()
        self.head = self._row_of_titles()

    @property
    def sheet(self) -> str:
        """Return the sheet of ours that most rows are of, or that the titles belong to; else ""."""
        if self.id_at is None:
            return _known_by_titles(self.rows)[1]
        ids = (_id(value) for row in self.rows for value in row)
        counts = Counter(match[1] for match in ids if match is not None)
        return counts.most_common(1)[0][0]

    @property
    def is_ours(self) -> bool:
        """Tell whether the program has made this sheet, for people to write into."""
        return self.id_at is not None

    @property
    def is_for_people(self) -> bool:
        """Tell whether people may have written into this sheet."""
        return self.is_ours or bool(_known_by_titles(self.rows)[1])

    @property
    def has_formulas(self) -> bool:
        """Tell whether somebody has written a formula."""
        return bool(self._formulas)

    def with_values(self, rows: Sequence[Sequence[object]]) -> Cells:
        """Return the sheet with the values of its formulas.

        One that was never worked out, as its program keeps no values, stays a text.
        """
        for at, column in self._formulas:
            if at < len(rows) and column < len(rows[at]) and at < len(self.rows):
                value = _word(rows[at][column])
                self.rows[at][column] = value if value is not None else self.rows[at][column]
        self._formulas = set()
        return self

    def titles(self) -> list[str]:
        """Return what stands above the columns."""
        row = self.rows[self.head] if 0 <= self.head < len(self.rows) else []
        return [f"{value or ''}".strip() for value in row]

    def _column_of_ids(self) -> int | None:
        """Return the column with the ids of rows, from 0; None where there are none."""
        counts = Counter(
            at for row in self.rows for at, value in enumerate(row) if _id(value) is not None
        )
        return counts.most_common(1)[0][0] if counts else None

    def _row_of_titles(self) -> int:
        """Return the row with the titles, from 0: that of the ids' own title, else above them."""
        if self.id_at is None:
            return _known_by_titles(self.rows)[0]
        column = [row[self.id_at] if self.id_at < len(row) else None for row in self.rows]
        for at, value in enumerate(column):
            if isinstance(value, str) and HEAD.fullmatch(value):
                return at
        return next(at for at, value in enumerate(column) if _id(value) is not None) - 1


def notes_of(cells: Cells, named: NamedColumns) -> Iterator[Note]:
    """Give the words of people on a sheet, whatever it is called and however it is sorted."""
    sheet = named.sheet or cells.sheet
    columns = _columns(cells, named, sheet)
    theirs = set(columns.values())
    for row in cells.rows[cells.head + 1 :]:
        words = {name: row[at] for name, at in columns.items() if at < len(row)}
        found = next((match for value in row if (match := _id(value)) is not None), None)
        if found is not None:
            yield from _of_row(found, words)
            continue
        texts = [
            f"{value}" for at, value in enumerate(row) if value is not None and at not in theirs
        ]
        yield from _of_own_row(cells, sheet, texts, words)


def own_columns(cells: Cells) -> bool:
    """Tell whether people added columns to a sheet of ours."""
    if cells.id_at is None:
        return False
    head = HEAD.fullmatch(cells.titles()[cells.id_at]) if cells.titles() else None
    below = cells.rows[max(0, cells.head) :]
    filled = {at for row in below for at, value in enumerate(row) if value is not None}
    return head is not None and len(filled | {cells.id_at}) > int(head[1])


def _known_by_titles(rows: Sequence[Sequence[Value]]) -> tuple[int, str]:
    """Return the row of titles, from 0, and the sheet of ours that has such; -1 and "" if none."""
    for at, row in enumerate(rows):
        texts = {value for value in row if isinstance(value, str)}
        for sheet, fields in FIELDS.items():
            titles = set(fields.values())
            if len(titles) >= _FEWEST_TITLES and titles <= texts:
                return at, sheet
    return -1, ""


def _columns(cells: Cells, named: NamedColumns, sheet: str) -> Mapping[str, int]:
    """Return the columns of people by field, from 0: by their names, else titles, else places."""
    fields, titles = FIELDS.get(sheet, {}), cells.titles()
    found = {name: at - 1 for name, at in named.columns.items()}
    for name, title in fields.items():
        at = titles.index(title) if title in titles else -1
        if name not in found and at >= 0 and at not in found.values():
            found[name] = at
    if not found and cells.id_at is not None:
        # Renamed in a program that keeps no names: they stood behind the ids.
        found = {name: cells.id_at + at for at, name in enumerate(fields, 1)}
    return found


def _of_row(found: re.Match[str], words: Mapping[str, Value]) -> Iterator[Note]:
    """Give the words of a row of ours."""
    sheet, row, about = found[1], found[2], found[3]
    for name, value in words.items():
        if value is None:
            continue
        if sheet != KEPT_NOTES:
            yield Note(sheet=sheet, row=row, field=name, about=about, value=value)
        elif (place := _KEPT_ID.fullmatch(row)) is not None:
            own = "" if place[2] == NO_ID else place[2]
            yield Note(sheet=place[1], row=own, field=place[3], about=about, value=value)


def _of_own_row(
    cells: Cells, sheet: str, texts: Sequence[str], words: Mapping[str, Value]
) -> Iterator[Note]:
    """Give the words of a row without an id, which people have added or whose id they deleted."""
    about = joined(texts)
    typed = {name: value for name, value in words.items() if value is not None}
    for name, value in typed.items():
        yield Note(sheet=sheet, row="", field=name, about=about, value=value)
    # Of a sheet without ids nobody knows which rows are ours.
    if about and not typed and cells.is_ours:
        yield Note(sheet=sheet, row="", field=WHOLE_ROW, about=about[:_ABOUT], value=about)


def _id(value: Value) -> re.Match[str] | None:
    """Return the parts of the id of a row; None of any other cell."""
    return ID.fullmatch(value) if isinstance(value, str) and value.startswith("[") else None


def _word(cell: object) -> Value:
    """Return what stands in a cell as a word; None where there is nothing but blanks."""
    value = getattr(cell, "value", None)
    match value:
        case None:
            return None
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return _number(value, f"{getattr(cell, 'number_format', '')}")
        case datetime():
            return value.replace(microsecond=0)
        case time() | timedelta():
            return f"{value}"
        case _:
            # A formula of several cells is an object with its text.
            return _text(f"{getattr(value, 'text', value)}")


def _number(value: float, form: str) -> Word:
    """Return a number; per cent as a text, as a bare 0.5 would not be what was typed."""
    return f"{value * 100:.10g}%" if form.endswith("%") else value


def _text(value: str) -> str | None:
    """Return a text as it was typed."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    return text if text.strip() else None
