"""What is not known at all is said once: of a company that was not read, of a row for nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from audit.model.value import Absent, Unknown
from reports.report import Report
from reports.tables import EMPTY, Row
from reports.unread import why_not_read
from reports.words import listed

_NAMED = 1
"""Rows that are named where they are left out: a key has one line; the others are counted."""


def said_once(report: Report, rows: Sequence[Row], columns: Mapping[str, int]) -> Sequence[Row]:
    """Return the rows with one reason for a company that could not be read, and blanks below it.

    `columns` are the places of the companies in a row. What is known of such a company all the
    same, as a person has read it, stays.
    """
    lost = {name: at for name, at in columns.items() if why_not_read(report, name) is not None}
    if not lost:
        return rows
    said: set[str] = set()
    return [_without(row, lost, said) for row in rows]


def _without(row: Row, lost: Mapping[str, int], said: set[str]) -> Row:
    """Return a row without the reasons that stand in a row above it; `said` grows by its own."""
    cells = list(row.cells)
    for name, at in lost.items():
        if isinstance(cells[at].value, Unknown):
            cells[at] = EMPTY if name in said else replace(cells[at], noted=True)
            said.add(name)
    return replace(row, cells=cells)


def known_columns(rows: Sequence[Row], wanted: Sequence[int]) -> list[int]:
    """Return those of the places in a row that hold more than reasons.

    What a column of reasons tells the key says once.
    """
    cells = {at: [row.cells[at].value for row in rows] for at in wanted}
    return [
        at
        for at, values in cells.items()
        if not any(isinstance(value, Unknown) for value in values)
        or any(not isinstance(value, Unknown | Absent | None) for value in values)
    ]


def not_known_of_any(titles: Sequence[str]) -> list[str]:
    """Return for a key which rows are left out, as they are known of no company."""
    return [f"left out, not known of any: {listed(titles, _NAMED)}"] if titles else []
