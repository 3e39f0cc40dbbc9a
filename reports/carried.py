"""Put the words of people back into the rows that they belong to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reports.people import Kept, PersonsWord, Place, plain_id
from reports.tables import EMPTY, Cell, Column, Row, Table


def carried(rows: Iterable[Row], columns: Sequence[Column], kept: Kept) -> Iterator[Row]:
    """Give the rows of a table, with what people wrote into those rows before."""
    theirs = [(at, column.yours) for at, column in enumerate(columns) if column.yours is not None]
    if not theirs or not kept.notes:
        yield from rows
        return
    for row in rows:
        cells = list(row.cells)
        for at, yours in theirs:
            word = kept.word(_place(yours.sheet, row), yours.field)
            if row.id and word is not None and cells[at] == EMPTY:
                cells[at] = Cell(PersonsWord(word))
        yield replace(row, cells=cells)


def places_of(table: Table) -> Iterator[Place]:
    """Give the rows of a table that people may fill in."""
    sheet = next((column.yours.sheet for column in table.columns if column.yours is not None), "")
    yield from (_place(sheet, row) for row in table.rows if sheet and row.id)


def _place(sheet: str, row: Row) -> Place:
    """Return a row as a place for words."""
    return Place(sheet, plain_id(row.id), row.about, tuple(map(plain_id, row.also)), row.texts)
