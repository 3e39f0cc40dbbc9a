"""The rows of a sheet that people have worked on, as notes: each word with where it belongs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from openpyxl.utils import get_column_letter

from reports.formats.xlsx.peoples_sheet import PeoplesSheet, id_of
from reports.formats.xlsx.typed_cells import Value
from reports.formats.xlsx.yours import note_in
from reports.people import (
    EXAMPLE,
    EXAMPLE_NAME,
    EXAMPLE_ROW,
    FIELDS,
    FILL,
    KEPT_NOTES,
    SHEETS,
    WHOLE_ROW,
    PersonsNote,
    joined,
)

_ABOUT = 300
_KEPT_TEXTS = 3
"""The texts of a kept note: its sheet, what it was about, its column."""


def notes_of(cells: PeoplesSheet) -> Iterator[PersonsNote]:
    """Give the words of people on a sheet, whatever it is called and however it is sorted."""
    columns = cells.columns
    theirs = set(columns.values())
    for at, row in enumerate(cells.rows):
        words = {name: row[at] for name, at in columns.items() if at < len(row)}
        id_of_row = next((match for value in row if (match := id_of(value)) is not None), None)
        texts = [
            f"{value}"
            for column, value in enumerate(row)
            if value is not None and column not in theirs
        ]
        if id_of_row is not None:
            beside = joined(texts) if cells.sheet == FILL else ""
            notes = (replace(note, beside=beside) for note in _of_row(id_of_row, words))
            yield from placed(notes, cells, at)
        elif at > cells.head:  # a row of ours may stand above the titles that were sorted along
            yield from placed(_of_own_row(cells, texts, words), cells, at)


def remarks_of(cells: PeoplesSheet, comments: Mapping[str, str]) -> Iterator[PersonsNote]:
    """Give what people wrote as a comment on an empty box of sheet Fill in, as its word."""
    if cells.sheet != FILL:
        return
    for at, row in enumerate(cells.rows):
        id_of_row = next((match for value in row if (match := id_of(value)) is not None), None)
        if id_of_row is None or id_of_row[2] == EXAMPLE_ROW:
            continue
        for name, column in cells.columns.items():
            words = comments.get(f"{get_column_letter(column + 1)}{at + 1}")
            note = note_in(id_of_row, name, words) if words else None
            if note is not None and (column >= len(row) or row[column] is None):
                yield from placed([note], cells, at)


def cells_of(cells: PeoplesSheet) -> Iterator[tuple[tuple[str, str], str]]:
    """Give each box of sheet Fill in by the id of its row and its field, with its cell."""
    if cells.sheet != FILL:
        return
    for at, row in enumerate(cells.rows):
        ids = (match for value in row if (match := id_of(value)) is not None)
        boxes = [note_in(each, name, "") for each in ids for name in cells.columns]
        for note in placed(filter(None, boxes), cells, at):
            yield (note.row, note.field), note.at


def placed(notes: Iterable[PersonsNote], cells: PeoplesSheet, row: int) -> Iterator[PersonsNote]:
    """Give notes with the cell in which each was read."""
    for note in notes:
        column = cells.columns.get(note.field)
        at = "" if column is None else f"{cells.title}!{get_column_letter(column + 1)}{row + 1}"
        yield replace(note, at=at)


def _of_row(id_of_row: re.Match[str], words: Mapping[str, Value]) -> Iterator[PersonsNote]:
    """Give the words of a row of ours."""
    notes = (note_in(id_of_row, name, value) for name, value in words.items() if value is not None)
    yield from (kept for note in notes if note is not None for kept in _but_example(note))


def _but_example(note: PersonsNote) -> Iterator[PersonsNote]:
    """Give a note, but none that stands in the example from the beginning.

    What people typed over the example has no row of its own.
    """
    if (note.sheet, note.row) != (FILL, EXAMPLE_ROW):
        yield note
    elif note.value != EXAMPLE.get(note.field):
        yield replace(note, row="", about=EXAMPLE_NAME)


def _of_own_row(
    cells: PeoplesSheet, texts: Sequence[str], words: Mapping[str, Value]
) -> Iterator[PersonsNote]:
    """Give the words of a row without an id, which people have added or whose id they deleted."""
    sheet, about = cells.sheet, joined(texts)
    if sheet == FILL and EXAMPLE_NAME in texts:
        words, about = _over_example(words), EXAMPLE_NAME
    typed = {name: value for name, value in words.items() if value is not None}
    for name, value in typed.items():
        note = PersonsNote(sheet=sheet, row="", field=name, about=about, value=value)
        yield _of_kept(note, texts) if sheet == KEPT_NOTES else note
    # Of a sheet without ids nobody knows which rows are ours, but of one that was empty.
    was_empty = sheet == KEPT_NOTES and cells.head_of_ids is not None
    if about not in ("", EXAMPLE_NAME) and not typed and (cells.has_ids or was_empty):
        yield PersonsNote(sheet=sheet, row="", field=WHOLE_ROW, about=about[:_ABOUT], value=about)


def _over_example(words: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return what people have typed over the example."""
    return {name: word for name, word in words.items() if word != EXAMPLE.get(name)}


def _of_kept(note: PersonsNote, texts: Sequence[str]) -> PersonsNote:
    """Return a kept note whose id was deleted with the place that its other cells tell."""
    sheets = {title: sheet for sheet, title in SHEETS.items()}
    if len(texts) != _KEPT_TEXTS or texts[0] not in sheets:
        return note
    sheet = sheets[texts[0]]
    fields = {title: name for name, title in FIELDS[sheet].items()}
    if texts[2] not in fields:
        return note
    return PersonsNote(
        sheet=sheet, row="", field=fields[texts[2]], about=texts[1], value=note.value
    )
