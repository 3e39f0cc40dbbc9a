"""The plain text of a cell, for every format that has words alone; the workbook shares parts."""

from datetime import datetime

from audit.model.value import Dated, Known, Unknown
from reports.people import PersonsWord, Word
from reports.report import Report
from reports.signs import SIGNS, Sign, qualified, tail_of
from reports.tables import Cell, Column, ColumnKind, Formerly, Part, is_figure, signs_of_day
from reports.words import compact, day_in_words, figure, in_short

_CHANGES = {Sign.RISING: "+", Sign.FALLING: "−"}
"""The sign before a change; its figure is written without one."""


def plain_text(cell: Cell, column: Column, report: Report) -> str:
    """Return the text of a cell: `● 0.6†`, `2 of 4 read`, `? not public`, `2026-11-09`.

    The column tells a day in the audit's time zone from a minute in UTC.
    """
    match cell.value:
        case str() | None:
            return marked(cell)
        case tuple():
            return "".join(piece for piece, _ in cell.value)
        case Part() | Formerly() | PersonsWord():
            return _composed(cell.value)
        case int() | float():
            return _bare(cell, cell.value)
        case _:
            at = time_of(cell)
    return _measured(cell) if at is None else _time(cell, at, column, report)


def spoken_text(cell: Cell, column: Column, report: Report) -> str:
    """Return the text of a cell for the eye alone: a day as the workbook has it, `24 Nov 2026`."""
    at = time_of(cell)
    if at is None or column.kind is not ColumnKind.DAY:
        return plain_text(cell, column, report)
    day_only = isinstance(cell.value, Dated) and cell.value.day_only
    words = day_in_words(at if day_only else at.astimezone(report.zone))
    return f"{words}{tail_of(signs_of_day(cell))}"


def _composed(value: Part | Formerly | PersonsWord) -> str:
    """Return what is made of several parts, or typed by a person, as text."""
    match value:
        case Part():
            return part_words(value)
        case Formerly():
            return formerly_words(value)
        case PersonsWord(value=word):
            return typed_words(word)


def marked(cell: Cell) -> str:
    """Return the words of a cell with the sign of its mark: `● active`, `there ?`, `Zendesk`."""
    words = str(cell.value) if isinstance(cell.value, str) else ""
    if cell.mark is not None:
        sign = SIGNS[cell.mark]
        words = f"{sign.text} {words}".strip() if sign.before else words or sign.text
    return f"{words}{unseen_sign(cell)}"


def unseen_sign(cell: Cell) -> str:
    """Return the quiet mark beside what is there, where something of it could not be seen."""
    return f" {SIGNS[Sign.UNKNOWN].text}" if cell.unseen is not None else ""


def typed_words(word: Word) -> str:
    """Return what a person typed as text: a day without its midnight, a number in full."""
    if isinstance(word, datetime):
        midnight = (word.hour, word.minute, word.second) == (0, 0, 0)
        return f"{word:%Y-%m-%d}" if midnight else f"{word:%Y-%m-%d %H:%M}"
    return f"{word}"


def part_words(part: Part) -> str:
    """Return a part of a whole, such as `2 of 4 read`."""
    return f"{part.count} of {part.whole}{f' {part.words}' if part.words else ''}"


def formerly_words(value: Formerly) -> str:
    """Return what something was beside what it is: `@new, was @old`, or `? was 1,200`."""
    before = value.before if isinstance(value.before, str) else f"{value.before.value:,}"
    if isinstance(value.now, Unknown):
        return f"? was {before}"
    return f"{value.now}, was {before}"


def time_of(cell: Cell) -> datetime | None:
    """Return the point in time that a cell holds, or None where it holds something else."""
    match cell.value:
        case Known(value=datetime() as at) | Dated(at=at):
            return at
        case datetime() as at:
            return at
        case _:
            return None


def _measured(cell: Cell) -> str:
    """Return a measured value: a figure with what travels with it, a dash, or the reason."""
    value = cell.value
    if is_figure(value):
        if cell.mark is Sign.FOUND:
            return f"{SIGNS[Sign.FOUND].text} {compact(value.value)}{unseen_sign(cell)}"
        parts = (
            f"({cell.since}) " if cell.since else "",
            f"{SIGNS[cell.mark].text} " if cell.mark is not None else "",
            "" if value.exact else f"{SIGNS[Sign.ROUNDED].text} ",
            figure(value.value, cell.unit),
            tail_of(qualified(value)),
        )
        return "".join(parts)
    if isinstance(value, Unknown):
        return f"{SIGNS[Sign.UNKNOWN].text} {in_short(value)}"
    return SIGNS[Sign.ABSENT].text


def _bare(cell: Cell, number: float) -> str:
    """Return a number of the audit's own; a change of a trend bears its sign."""
    if cell.mark is None:
        return figure(number, cell.unit)
    change = _CHANGES.get(cell.mark, "")
    # As in the workbook, where the format for figures below zero shows them without their sign.
    return f"{SIGNS[cell.mark].text} {change}{figure(abs(number), cell.unit)}"


def _time(cell: Cell, at: datetime, column: Column, report: Report) -> str:
    """Return a point in time: the day alone where no more is known or wanted."""
    if isinstance(cell.value, Dated):
        return f"{at:%Y-%m-%d}" if cell.value.day_only else f"{at:%Y-%m-%d %H:%M}"
    if column.kind is ColumnKind.TIME:
        return f"{at:%Y-%m-%d %H:%M}"
    return f"{at.astimezone(report.zone):%Y-%m-%d}{tail_of(signs_of_day(cell))}"
