"""One row of sheet Fill in: what its boxes tell, against what the history has of its profile."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from audit.model.by_hand import Field, HandRecord, Source
from audit.told_twice import (
    AND,
    ToldTwice,
    emptied,
    is_same,
    joined,
    latest_other,
    value_of,
    without,
)
from audit.typed_figures import Refused, RowsRead, TypedCell, TypedRow, read_rows
from audit.typed_values import Raw, text_of
from reports.lacking import ToFill, box_of
from reports.people import (
    FILL,
    SHEETS,
    Filled,
    Note,
    Place,
    mark_in,
    mark_of,
)


@dataclass(slots=True)
class Gathered:
    """What came of all rows so far; the fields are those of `Boxes`."""

    records: list[HandRecord] = field(default_factory=list)
    figures: int = 0
    emptied: dict[str, HandRecord] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    twice: list[ToldTwice] = field(default_factory=list)
    by_mark: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BoxRow:
    """The row of one profile on the sheet, with what the history has of it."""

    filled: Filled
    workbook: str
    profile: ToFill
    place: Place
    places: tuple[Place, ...]
    now: datetime

    def into(self, gathered: Gathered) -> None:
        """Read the row, and put what came of it to that of the others."""
        notes = self._notes()
        if not notes and not any(row in self.filled.rows for row in self.place.rows):
            return
        if any(self._is_torn(note) for note in notes.values()):
            for name, note in notes.items():
                torn = self._torn(note)
                gathered.refused.append(torn)
                gathered.by_mark[mark_in(self.place, name, note.value)] = torn.words
            return
        read = read_rows([self._typed(notes)] if notes else [], Source.WORKBOOK, self.now)
        odd = {name for name, note in notes.items() if note.at in {it.place for it in read.refused}}
        records_shown = self._records_shown(odd)
        typed = next(iter(self._dated(read)), None)
        record, twice = (
            self._weighed(typed, records_shown, notes) if typed is not None else (None, ())
        )
        known = record is not None and any(is_same(record, each) for each in self.profile.records)
        if typed is not None and record is not None and record.tells and not known:
            gathered.records.append(record)
            gathered.figures += len(typed.tells) - sum(not each.is_taken for each in twice)
        gathered.twice += twice
        left = (each for each in records_shown if not self._still_stands(each, notes))
        replaced = [each for each in left if _is_replaced(each, record, known=known)]
        gathered.emptied |= self._taken_back(replaced)
        files = {note.at: note.file for note in notes.values()}
        gathered.refused += [
            replace(
                each,
                whose=self.place.about,
                workbook=files.get(each.place, "") or self.workbook,
            )
            for each in read.refused
        ]
        reasons = {each.place: each.words for each in read.refused}
        # A lone "?" tells nothing, and stays for whoever looks next.
        for name, note in ((name, note) for name, note in notes.items() if text_of(note.value)):
            gathered.by_mark[mark_in(self.place, name, note.value)] = reasons.get(note.at, "")

    def _taken_back(self, records: Iterable[HandRecord]) -> dict[str, HandRecord]:
        """Return by id what stays of records that the row took back: those told before it was."""
        place = f"{self.workbook}, {SHEETS[FILL]}"
        return {
            each.id: emptied(each, place, self.saved)
            for each in records
            if each.entered_at <= self.saved
        }

    def _is_torn(self, note: Note) -> bool:
        """Tell whether the row shows another profile than its hidden id: a part was sorted alone.

        Whose the figures are nobody knows then, and somebody else's are worse than none.
        """
        return (
            bool(note.beside)
            and not self.place.is_told_by(note.beside)
            and any(each.is_told_by(note.beside) for each in self.places)
        )

    def _torn(self, note: Note) -> Refused:
        """Return why a box of such a row is not taken."""
        words = (
            f"its row shows another profile than this box was made for ({self.place.about}), as "
            "when only some columns are sorted; undo the sorting, or type it into the new workbook"
        )
        return Refused(
            place=note.at,
            text=f"{note.value}",
            words=words,
            workbook=note.file or self.workbook,
        )

    def _weighed(
        self, typed: HandRecord, records_shown: Sequence[HandRecord], notes: Mapping[Field, Note]
    ) -> tuple[HandRecord, list[ToldTwice]]:
        """Return what of a row holds against other records of the day, and what is told twice.

        It is put together with what another workbook told of the same profile and day, as there is
        one record of both, and what one of two people did not type the other may have.
        """
        record = replace(typed, entered_at=self.saved)
        # Nobody typed anything since: a newer table is not outdone by a file that is saved again.
        unchanged = next((each for each in records_shown if is_same(record, each)), None)
        if unchanged is not None:
            return unchanged, []
        known = (*self.profile.records, *self.profile.emptied)
        others = [each for each in known if each not in records_shown]
        own = next((each for each in others if each.id == record.id), None)
        both = joined(record, own) if own is not None else record
        if any(is_same(both, each) for each in self.profile.records):
            return both, []
        twice = list(self._told_otherwise(record, others, records_shown, notes))
        record = without(record, [each.field for each in twice if not each.is_taken])
        # What the row was written with, and nobody changed in it, was told of before.
        twice = [each for each in twice if not _stood(each, records_shown)]
        if own is not None and not (self._is_alone(own) and own.entered_at <= self.saved):
            return joined(record, own), twice
        before = (each for each in (*records_shown, own) if each is not None)
        cleared = dict.fromkeys(
            name
            for each in before
            if each.id == record.id
            for name in (*each.tells, *each.cleared)
            if name not in typed.tells
        )
        return replace(record, cleared=tuple(cleared)), twice

    def _told_otherwise(
        self,
        record: HandRecord,
        others: Sequence[HandRecord],
        records_shown: Sequence[HandRecord],
        notes: Mapping[Field, Note],
    ) -> Iterator[ToldTwice]:
        """Give the figures of the row that another source tells otherwise, or took back since."""
        for name in record.tells:
            other = latest_other(record, name, others)
            if other is None:
                continue
            shown = (
                each for each in records_shown if value_of(each, name) == value_of(record, name)
            )
            told_at = max((self._told_at(notes[name]), *(each.entered_at for each in shown)))
            is_taken = told_at >= other.entered_at
            if name in other.tells or not is_taken:
                yield self._twice(name, record, other, notes[name], is_taken=is_taken)

    def _twice(
        self, name: Field, record: HandRecord, other: HandRecord, note: Note, *, is_taken: bool
    ) -> ToldTwice:
        """Return a figure of this row that another source tells otherwise."""
        return ToldTwice(
            field=name,
            whose=self.place.about,
            taken=record,
            other=other,
            place=f"{note.file or self.workbook}, {note.at}",
            is_taken=is_taken,
        )

    def _told_at(self, note: Note) -> datetime:
        """Return when a word was told: with its run if it stood there, else when saved.

        A record that a row shows may have been told after that run.
        """
        marks = (mark_in(self.place, note.field, note.value), mark_of(note))
        if self.filled.written.isdisjoint(marks):
            return self.saved
        return min(self.filled.created or self.saved, self.saved)

    def _is_alone(self, record: HandRecord) -> bool:
        """Tell whether this workbook alone told a record, so that it may clear and correct it."""
        return AND not in record.place and record.place.startswith(f"{self.workbook}, ")

    @property
    def saved(self) -> datetime:
        """Return when the workbook was saved; never in the future."""
        return min(self.filled.saved or self.now, self.now)

    def _dated(self, read: RowsRead) -> Iterator[HandRecord]:
        """Give what the row tells; without a day of its own as of that on which it was first read.

        Else each time that the file is saved would make it younger.
        """
        places = {refused.place for refused in read.refused}
        on = self.filled.kept.note(self.place, Field.ON)
        has_day = on is not None and bool(text_of(on.value)) and on.at not in places
        for record in read.records:
            first = (
                known.on
                for known in self.profile.records
                if not has_day and is_same(replace(record, on=known.on), known)
            )
            yield replace(record, on=next(first, record.on))

    def _notes(self) -> dict[Field, Note]:
        """Return what stands in the boxes."""
        notes = ((name, self.filled.kept.note(self.place, name)) for name in Field)
        return {name: note for name, note in notes if note is not None}

    def _typed(self, notes: Mapping[Field, Note]) -> TypedRow:
        """Return the boxes as a typed row; it stands where its first box does."""
        cells: dict[Field, TypedCell] = {}
        for name, note in notes.items():
            value: Raw = note.value
            cells[name] = TypedCell(value=value, place=note.at)
        first = next(iter(notes.values()))
        return TypedRow(
            company=self.profile.key,
            platform=self.profile.channel.platform,
            url=self.profile.channel.url,
            cells=cells,
            place=f"{first.file or self.workbook}, {first.at}",
            saved=self.saved.date(),
        )

    def _records_shown(self, odd: set[Field]) -> list[HandRecord]:
        """Return the records that this row was written with, by all that each tells.

        The boxes of `odd` hold refused words, and held them perhaps. The day alone tells nothing: a
        record of the same day may have come from elsewhere since, and nobody takes back by a row
        what did not stand in it.
        """
        return [
            record
            for record in self.profile.records
            if self._was_written(record, [each for each in record.tells if each not in odd])
            or (odd.issuperset(record.tells) and self._was_written(record, (Field.ON,)))
        ]

    def _still_stands(self, record: HandRecord, notes: Mapping[Field, Note]) -> bool:
        """Tell whether the boxes hold all that a record tells, of its day: it is not taken back."""
        words = {each: box_of(record, each) for each in (*record.tells, Field.ON)}
        return all(
            each in notes
            and mark_in(self.place, each, notes[each].value) == mark_in(self.place, each, word)
            for each, word in words.items()
            if word is not None
        )

    def _was_written(self, record: HandRecord, fields: Iterable[Field]) -> bool:
        """Tell whether the row was written with what a record tells in some boxes."""
        words = [(each, word) for each in fields if (word := box_of(record, each)) is not None]
        return bool(words) and any(
            all(
                mark_of(Note(sheet=FILL, row=row, field=each, about="", value=word))
                in self.filled.written
                for each, word in words
            )
            for row in self.place.rows
        )


def _stood(twice: ToldTwice, records: Iterable[HandRecord]) -> bool:
    """Tell whether one of the records of a row tells what stands in it still."""
    value = value_of(twice.taken, twice.field)
    return any(value_of(each, twice.field) == value for each in records)


def _is_replaced(shown: HandRecord, record: HandRecord | None, *, known: bool) -> bool:
    """Tell whether what a row tells by now stands for a record that it was written with.

    A later day is another reading, beside which the earlier one stays.
    """
    if record is None or record.on < shown.on:
        return True
    return record.on == shown.on and not (known and is_same(record, shown))
