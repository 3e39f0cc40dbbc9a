"""A sheet that people may have worked on: where its ids, its titles and their columns are by now.

Each of these may be gone: the ids with a column that somebody deleted, the names of the workbook
with a program that keeps none, the titles as they were renamed. What is left tells the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reports.formats.xlsx.typed_cells import Value, word_of
from reports.formats.xlsx.yours import HEAD, ID, KEPT_WORDS, WRITTEN
from reports.people import FIELDS, KEPT_NOTES, SHEETS

_FEWEST_TITLES = 2
"""Titles of columns of people by which a sheet without any mark is known, as of older versions."""


@dataclass(slots=True)
class NamedColumns:
    """The columns of one sheet that the workbook has names for, from 1, by their field.

    `head` is the first row that they name, from 1; 0 where there are none.
    """

    sheet: str = ""
    columns: dict[str, int] = field(default_factory=dict)
    head: int = 0


class PeoplesSheet:
    """What stands on a sheet, as words; where a formula stands, what is known of its value."""

    def __init__(
        self, rows: Sequence[Sequence[object]], title: str = "", named: NamedColumns | None = None
    ) -> None:
        """Take the rows as openpyxl gives them; empty ones at the end are left out."""
        self._title, self._named = title, named or NamedColumns()
        self.rows = [[word_of(cell) for cell in row] for row in rows]
        while self.rows and not any(value is not None for value in self.rows[-1]):
            self.rows.pop()
        self._formulas = {
            (at, column)
            for at, row in enumerate(rows)
            for column, cell in enumerate(row)
            if getattr(cell, "data_type", "") == "f"
        }

    @property
    def title(self) -> str:
        """Return what the sheet is called by now."""
        return self._title

    def ids_on(self, sheet: str) -> Iterator[str]:
        """Give the ids of the rows that belong to a sheet of ours."""
        ids = (id_of(value) for row in self.rows for value in row)
        yield from (match[2] for match in ids if match is not None and match[1] == sheet)

    @property
    def has_formulas(self) -> bool:
        """Tell whether somebody has written a formula."""
        return bool(self._formulas)

    def with_values(self, rows: Sequence[Sequence[object]]) -> PeoplesSheet:
        """Return the sheet with the values of its formulas.

        One that was never worked out, as its program keeps no values, stays a text.
        """
        for at, column in self._formulas:
            if at < len(rows) and column < len(rows[at]) and at < len(self.rows):
                value = word_of(rows[at][column])
                self.rows[at][column] = value if value is not None else self.rows[at][column]
        self._formulas = set()
        return self

    @property
    def is_ours(self) -> bool:
        """Tell whether the program has made this sheet, for people to write into."""
        known = self._ids_at is not None or self._marked is not None or self.head_of_ids is not None
        return known or bool(self._named.columns)

    @property
    def is_for_people(self) -> bool:
        """Tell whether people may have written into this sheet."""
        return self.is_ours or bool(self.sheet)

    @property
    def has_ids(self) -> bool:
        """Tell whether any row has its id."""
        return self._ids_at is not None

    @cached_property
    def sheet(self) -> str:
        """Return which sheet of ours it is: by its ids, its names, its titles; "" if it is none."""
        ids = (id_of(value) for row in self.rows for value in row)
        counts = Counter(match[1] for match in ids if match is not None)
        if counts:
            return counts.most_common(1)[0][0]
        return self._named.sheet or self._known_by_titles[1]

    @cached_property
    def head(self) -> int:
        """Return the row with the titles, from 0; -1 where there is none."""
        if self.head_of_ids is not None:
            return self.head_of_ids[0]
        if self._ids_at is not None:
            # Somebody deleted the title of the ids: those begin below the titles.
            return next(at for at, row in enumerate(self.rows) if any(map(id_of, row))) - 1
        if self._marked is not None:
            return self._marked[0] + 1
        return self._named.head - 1 if self._named.head else self._known_by_titles[0]

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """Return the columns of people by field, from 0: by titles, names, or places.

        A field is not in it where nobody can tell its column, or it was deleted.
        """
        named = {name: at - 1 for name, at in self._named.columns.items() if at - 1 != self._ids_at}
        fields = FIELDS.get(self.sheet, {})
        # Programs may move columns and leave their names behind; all titles say so together.
        if all(self._titles.count(title) == 1 for title in fields.values()):
            return {name: self._titles.index(title) for name, title in fields.items()}
        columns = dict(named)
        for name, title in fields.items():
            at = self._titled(title)
            if name not in columns and at is not None and at not in columns.values():
                columns[name] = at
        # Of a column that was deleted the workbook has no name any more, of its neighbours it has.
        return columns if named else self._with_places(columns)

    @property
    def written(self) -> frozenset[str]:
        """Return the words that the sheet was written with, in letters for each."""
        texts = (value for row in self.rows[: self.head] for value in row if isinstance(value, str))
        marks = (WRITTEN.fullmatch(text) for text in texts)
        return frozenset(mark for match in marks if match is not None for mark in match[1].split())

    @property
    def has_more(self) -> bool:
        """Tell whether people added columns, or nothing tells which columns or rows are ours."""
        below = self.rows[self.head + 1 :]
        unknown = not self.has_ids and self.sheet != KEPT_NOTES and any(map(any, below))
        if self.head_of_ids is None or unknown:
            return True
        at, column, whole = self.head_of_ids
        filled = {
            place for row in self.rows[at:] for place, value in enumerate(row) if value is not None
        }
        gone = len(FIELDS.get(self.sheet, {})) - len(self.columns)
        return len(filled | {column}) > whole - gone

    @cached_property
    def head_of_ids(self) -> tuple[int, int, int] | None:
        """Return where the title of the ids stands, from 0, and how many columns it speaks of."""
        for at, row in enumerate(self.rows):
            for column, value in enumerate(row):
                match = HEAD.fullmatch(value) if isinstance(value, str) else None
                if match is not None:
                    return at, column, int(match[1])
        return None

    @cached_property
    def _ids_at(self) -> int | None:
        """Return the column with the ids of rows, from 0; None where there are none."""
        counts = Counter(at for row in self.rows for at, value in enumerate(row) if id_of(value))
        return counts.most_common(1)[0][0] if counts else None

    @cached_property
    def _marked(self) -> tuple[int, int] | None:
        """Return where the words stand that we write above the columns of people, from 0."""
        for at, row in enumerate(self.rows):
            if KEPT_WORDS in row:
                return at, row.index(KEPT_WORDS)
        return None

    @cached_property
    def _known_by_titles(self) -> tuple[int, str]:
        """Return the row of titles, from 0, and the sheet of ours that has such; -1 and "" if none.

        Below our mark it is the sheet with the most of these titles, else that of this name.
        """
        if self._marked is not None:
            texts = self._texts(self._marked[0] + 1)
            counts = {sheet: len(texts & {*each.values()}) for sheet, each in FIELDS.items()}
            most = max(counts.values())
            likely = [sheet for sheet, count in counts.items() if count == most]
            of_title = [sheet for sheet in likely if SHEETS[sheet] == self._title]
            sheets_told = of_title or (likely if most and len(likely) == 1 else [])
            return self._marked[0] + 1, next(iter(sheets_told), "")
        for at in range(len(self.rows)):
            texts = self._texts(at)
            for sheet, fields in FIELDS.items():
                if len(fields) >= _FEWEST_TITLES and set(fields.values()) <= texts:
                    return at, sheet
        return -1, ""

    def _texts(self, at: int) -> set[str]:
        """Return the texts of a row; nothing of one that is not there."""
        row = self.rows[at] if 0 <= at < len(self.rows) else []
        return {value for value in row if isinstance(value, str)}

    @cached_property
    def _titles(self) -> list[str]:
        """Return what stands above the columns."""
        row = self.rows[self.head] if 0 <= self.head < len(self.rows) else []
        return [f"{value or ''}".strip() for value in row]

    @property
    def _start(self) -> int | None:
        """Return the column behind which those of people begin, from 0; None if nobody can tell."""
        if self._ids_at is not None:
            return self._ids_at
        if self.head_of_ids is not None:
            return self.head_of_ids[1]
        return self._marked[1] - 1 if self._marked is not None else None

    def _titled(self, title: str) -> int | None:
        """Return the column with a title, best one behind the ids; None if there is none."""
        places = [at for at, each in enumerate(self._titles) if each == title]
        start = self._start
        behind = [at for at in places if start is not None and at > start]
        return next(iter([*behind, *places]), None)

    def _with_places(self, columns: Mapping[str, int]) -> Mapping[str, int]:
        """Return the columns with those that were renamed, by their place among the others.

        There must be as much room between two known columns as there are fields between them;
        behind the last known one people may have added columns.
        """
        if self._start is None:
            return columns
        placed, left, fields = dict(columns), self._start, [*FIELDS.get(self.sheet, {})]
        end = max((len(row) for row in self.rows), default=0)
        for at, name in enumerate(fields):
            if name not in placed:
                known = [other for other in fields[at:] if other in placed]
                right = placed[known[0]] if known else end
                wanted = (fields.index(known[0]) if known else len(fields)) - at
                room = [each for each in range(left + 1, right) if each not in placed.values()]
                if len(room) == wanted or (not known and len(room) > wanted):
                    placed[name] = room[0]
            left = placed.get(name, left)
        return placed


def id_of(value: Value) -> re.Match[str] | None:
    """Return the parts of the id of a row; None of any other cell."""
    return ID.fullmatch(value) if isinstance(value, str) and value.startswith("[") else None
