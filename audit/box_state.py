"""What became of each box of one row of sheet Fill in since its workbook was written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from audit.model.by_hand import Field, HandRecord, day_in_words
from audit.model.hand_words import figure_in_words
from audit.typed_figures import latest_day
from audit.typed_values import day_of, text_of
from reports.lacking import box_of
from reports.people import FILL, Filled, PersonsNote, Place, mark_in, mark_of

FIGURES = tuple(each for each in Field if each not in (Field.ON, Field.BY))
"""The boxes that tell something of a profile; the other two say who read it, and when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """A box that was cleared: whose it is, which cell, and what stood in it."""

    whose: str
    at: str
    record: HandRecord
    field: Field

    @property
    def sentence(self) -> str:
        """Say it, such as: 900 followers of Acme, Facebook acme on 3 Oct 2026."""
        figure = figure_in_words(self.record, self.field)
        return f"{figure} of {self.whose} on {day_in_words(self.record.on)}"


@dataclass(frozen=True)
class BoxState:
    """The boxes of a row beside what they were written with; `records` are of its profile.

    The words that a workbook was written with are known by their marks alone (`Filled.written`), so
    that what a box showed is found among the records of the profile.
    """

    filled: Filled
    place: Place
    records: tuple[HandRecord, ...]
    notes: Mapping[Field, PersonsNote]
    now: datetime

    @cached_property
    def shown(self) -> Mapping[Field, tuple[HandRecord, ...]]:
        """Return by box the records that tell what it was written with, the newest first."""
        told = {
            name: tuple(
                record
                for record in self.records
                if name in record.tells and self._was_written(record, name)
            )
            for name in FIGURES
        }
        return {name: records for name, records in told.items() if records}

    @cached_property
    def kept(self) -> tuple[Field, ...]:
        """Return the boxes that hold still what they were written with, and what holds."""
        return tuple(
            name
            for name, records in self.shown.items()
            if name in self.notes and self._mark(name) == self._mark_of_record(records[0], name)
        )

    @cached_property
    def stale(self) -> tuple[Field, ...]:
        """Return the boxes that nobody touched, with words of which no record tells (any more)."""
        return tuple(
            name
            for name in FIGURES
            if name in self.notes and name not in self.kept and self.is_written(self.notes[name])
        )

    @cached_property
    def changed(self) -> tuple[Field, ...]:
        """Return the boxes into which a person typed something since."""
        return tuple(
            name
            for name in FIGURES
            if name in self.notes and not self.is_written(self.notes[name])
            if text_of(self.notes[name].value)
        )

    @cached_property
    def cleared(self) -> tuple[Field, ...]:
        """Return the boxes that showed something, and are empty now."""
        return tuple(name for name in self.shown if self.is_empty(name))

    @cached_property
    def day(self) -> date | None:
        """Return the day in the box of the reading; None where there is none that is possible."""
        note = self.notes.get(Field.ON)
        day = day_of(note.value, latest_day(self.now)) if note is not None else None
        return day if isinstance(day, date) else None

    @property
    def is_read_anew(self) -> bool:
        """Tell whether a person changed the day of the reading, or cleared it for that of saving.

        The whole row is of that day then.
        """
        if self.day is not None:
            return not self.is_written(self.notes[Field.ON])
        return self.is_empty(Field.ON) and bool(self.changed) and self._showed(Field.ON)

    @property
    def new_name(self) -> str | None:
        """Return the name that stands now where another stood; None where that is as it was."""
        note = self.notes.get(Field.BY)
        if note is not None:
            return None if self.is_written(note) else text_of(note.value)
        return "" if self._showed(Field.BY) else None

    def named(self) -> Iterator[HandRecord]:
        """Give the records whose name the row was written with."""
        yield from (each for each in self.records if self._was_written(each, Field.BY))

    def is_empty(self, name: Field) -> bool:
        """Tell whether nothing is typed in a box; a lone "?" is nothing."""
        return name not in self.notes or not text_of(self.notes[name].value)

    def is_written(self, note: PersonsNote) -> bool:
        """Tell whether a word stood in its box from the beginning."""
        marks = (mark_in(self.place, note.field, note.value), mark_of(note))
        return not self.filled.written.isdisjoint(marks)

    def _showed(self, name: Field) -> bool:
        return any(self._was_written(each, name) for each in self.records)

    def _mark(self, name: Field) -> str:
        return mark_in(self.place, name, self.notes[name].value)

    def _mark_of_record(self, record: HandRecord, name: Field) -> str:
        word = box_of(record, name)
        return mark_in(self.place, name, word) if word is not None else ""

    def _was_written(self, record: HandRecord, name: Field) -> bool:
        """Tell whether a box was written with what a record tells, under any id of the row."""
        word = box_of(record, name)
        return word is not None and any(
            mark_of(PersonsNote(sheet=FILL, row=row, field=name, about="", value=word))
            in self.filled.written
            for row in self.place.rows
        )
