"""What makes the columns of people known again: an id in each row, a name for each column.

The ids stand in a hidden column amid the table, so that they go along with their rows when
somebody sorts, whatever is selected; the names are those of the workbook (Formulas, Name manager),
which spreadsheet programs move with their columns, whatever these and their sheets are called.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.formats.xlsx.grid import FIRST_ROW, HEADER_ROW
from reports.people import (
    KEPT_NOTES,
    NO_ID,
    PersonsNote,
    PersonsWord,
    Word,
    Yours,
    mark_of,
    plain_id,
)
from reports.tables import Cell, Column, ColumnKind, Row, Table

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from reports.formats.xlsx.grid import Grid

ID_TITLE = "Id"
"""The head of the hidden column, followed by how many columns the table has."""

HEAD = re.compile(rf"{ID_TITLE} \((\d{{1,3}}) columns\)")
ID = re.compile(r"\[([a-z]{1,20})\] (\S{1,2000}) \| (.{0,2000})", re.DOTALL)
"""The id of a row: its sheet, its finding, and what it is about in words."""

_KEPT_ID = re.compile(r"([a-z]{1,20})/(.{1,2000})/([a-z]{1,20})", re.DOTALL)

WRITTEN = re.compile("with((?: [0-9a-f]{10}){1,2900})")
"""Stands above the hidden column: the words that a sheet was written with, in letters for each.

By these a newer workbook tells what was changed or cleared in it. More do not fit into a cell."""

_NAME = "yours_{}_{}"
NAME = re.compile(r"yours_([a-z]{1,20})_([a-z]{1,20})")
"""The name of a column of people: its sheet and its field."""

_FIRST_DAY, _LONGEST = "37622", "500"
"""1 January 2003, before which there were no such profiles; the characters that are kept."""

_ABOUT, _MOST_MARKS = 300, 2900
_MOST_CHOICES = 255
"""Characters that Excel takes for a list of choices."""

KEPT_WORDS = "Yours: kept in the next workbook"
"""What stands above the columns of people."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a column of people stands on its sheet, from 1."""

    at: int
    yours: Yours
    kind: ColumnKind


def with_ids(table: Table) -> Table:
    """Return a table for people with the ids of its rows before their first column."""
    first = next((at for at, each in enumerate(table.columns) if each.yours is not None), None)
    if first is None:
        return table
    yours = table.columns[first].yours
    if yours is None:
        return table
    head = Column(title=f"{ID_TITLE} ({len(table.columns) + 1} columns)", kind=ColumnKind.CODE)
    rows = [_with_id(row, first, yours.sheet) for row in table.rows]
    return replace(table, columns=[*table.columns[:first], head, *table.columns[first:]], rows=rows)


def written_with(table: Table) -> str:
    """Return what is written above the ids: which words of people the table holds; "" for none."""
    marks = [
        mark_of(note)
        for row in table.rows
        for cell, column in zip(row.cells, table.columns, strict=True)
        if column.yours is not None and isinstance(cell.value, PersonsWord)
        if (note := note_in(_id_of(row, table.columns), column.yours.field, cell.value.value))
    ]
    return f"with {' '.join(marks[:_MOST_MARKS])}" if marks else ""


def note_in(id_: re.Match[str] | None, field: str, value: Word) -> PersonsNote | None:
    """Return a word in a row of ours as a note; a kept note tells its own place in its id."""
    if id_ is None:
        return None
    if id_[1] != KEPT_NOTES:
        return PersonsNote(sheet=id_[1], row=id_[2], field=field, about=id_[3], value=value)
    place = _KEPT_ID.fullmatch(id_[2])
    if place is None:
        return None
    row = "" if place[2] == NO_ID else place[2]
    return PersonsNote(sheet=place[1], row=row, field=place[3], about=id_[3], value=value)


def _id_of(row: Row, columns: Sequence[Column]) -> re.Match[str] | None:
    """Return the parts of the id of a row that bears it in a cell."""
    at = next(at for at, column in enumerate(columns) if is_id(column))
    return ID.fullmatch(f"{row.cells[at].value}")


def _with_id(row: Row, at: int, sheet: str) -> Row:
    """Return a row with its id in a cell of its own."""
    # The id of a kept note holds a plain one already.
    name = row.id if sheet == KEPT_NOTES else plain_id(row.id)
    words = f"[{sheet}] {name} | {row.about[:_ABOUT]}"
    return replace(row, cells=[*row.cells[:at], Cell(words if row.id else ""), *row.cells[at:]])


def is_id(column: Column) -> bool:
    """Tell whether a column holds the ids of rows."""
    return HEAD.fullmatch(column.title) is not None


def placed(columns: Sequence[Column]) -> tuple[Placed, ...]:
    """Return where the columns of people stand."""
    return tuple(
        Placed(at, column.yours, column.kind)
        for at, column in enumerate(columns, 1)
        if column.yours is not None
    )


def mark(book: Workbook, worksheet: Worksheet, grid: Grid, last: int) -> None:
    """Name the columns of people and say what may be typed there; `last` is the last row."""
    from openpyxl.utils import get_column_letter
    from openpyxl.workbook.defined_name import DefinedName

    for each in grid.yours:
        letter = get_column_letter(each.at)
        name = _NAME.format(each.yours.sheet, each.yours.field)
        place = f"'{worksheet.title}'!${letter}${HEADER_ROW}:${letter}${max(last, FIRST_ROW)}"
        book.defined_names[name] = DefinedName(name, attr_text=place)
        _validate(worksheet, each, f"{letter}{FIRST_ROW}:{letter}{max(last, FIRST_ROW)}")


def _validate(worksheet: Worksheet, placed: Placed, cells: str) -> None:
    """Offer a list of choices, ask for a date or a count; who insists may type something else."""
    from openpyxl.worksheet.datavalidation import DataValidation

    yours = placed.yours
    if yours.past:
        rule = DataValidation(type="date", operator="between")
        rule.formula1, rule.formula2 = _FIRST_DAY, "TODAY()"
        rule.errorTitle, rule.error = (
            yours.title,
            "No day up to today. Keep it all the same?",
        )
    elif placed.kind is ColumnKind.FIGURE:
        rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0")
        rule.errorTitle, rule.error = yours.title, "No whole number. Keep it all the same?"
    elif placed.kind is ColumnKind.DAY:
        rule = DataValidation(type="date", operator="greaterThan", formula1="36526")
        rule.errorTitle, rule.error = placed.yours.title, "This is no date. Keep it all the same?"
    elif placed.yours.choices:
        choices = ",".join(placed.yours.choices)[:_MOST_CHOICES]
        rule = DataValidation(type="list", formula1=f'"{choices}"')
        rule.errorTitle, rule.error = placed.yours.title, f"Usually one of: {choices}. Keep it?"
    elif yours.asks:
        rule = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=_LONGEST)
        rule.errorTitle, rule.error = yours.title, "Only the beginning of so long a text is kept."
    else:
        return
    if yours.asks:
        rule.promptTitle, rule.prompt, rule.showInputMessage = yours.title, yours.asks, True
    rule.allow_blank, rule.errorStyle, rule.showErrorMessage = True, "warning", True
    rule.add(cells)
    # A write-only sheet of openpyxl 3.1.5 has the list, and not the method that adds to it.
    worksheet.data_validations.append(rule)
