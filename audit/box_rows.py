"""One row of sheet Fill in: what its boxes tell, against what the history has of its profile."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from audit.box_state import BoxState, TakenBack
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
from audit.typed_figures import Refused, TypedCell, TypedRow, read_rows
from audit.typed_values import Raw, text_of
from reports.lacking import ToFill
from reports.people import FILL, SHEETS, Filled, PersonsNote, Place, mark_in


@dataclass(slots=True)
class Gathered:
    """What came of all rows so far; the fields are those of `Boxes`."""

    records: list[HandRecord] = field(default_factory=list)
    figures: int = 0
    emptied: dict[str, HandRecord] = field(default_factory=dict)
    back: list[TakenBack] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    twice: list[ToldTwice] = field(default_factory=list)
    by_mark: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BoxRow:
    """The row of one profile on the sheet, with what the history has of it.

    A box that nobody touched tells nothing new, whatever else of its row was changed: it keeps its
    figure and the day of that.
    """

    filled: Filled
    workbook: str
    profile: ToFill
    place: Place
    places: tuple[Place, ...]
    now: datetime

    def into(self, gathered: Gathered) -> None:
        """Read the row, and put what came of it to that of the others."""
        notes = self.state.notes
        if not notes and not any(row in self.filled.rows for row in self.place.rows):
            return
        if any(self._is_torn(note) for note in notes.values()):
            for name, note in notes.items():
                torn = self._torn(note)
                gathered.refused.append(torn)
                gathered.by_mark[mark_in(self.place, name, note.value)] = torn.words
            return
        told, refused = self._read()
        told = [record for each in told for record in self._weighed(each, gathered)]
        self._put(told, gathered)
        files = {note.at: note.file for note in notes.values()}
        gathered.refused += [
            replace(
                each,
                whose=self.place.about,
                workbook=files.get(each.place, "") or self.workbook,
            )
            for each in refused
        ]
        reasons = {each.place: each.words for each in refused}
        # A lone "?" tells nothing, and stays for whoever looks next.
        for name, note in ((name, note) for name, note in notes.items() if text_of(note.value)):
            gathered.by_mark[mark_in(self.place, name, note.value)] = reasons.get(note.at, "")

    @cached_property
    def state(self) -> BoxState:
        """Return the boxes beside what they were written with."""
        found = ((name, self.filled.kept.note(self.place, name)) for name in Field)
        notes = {name: note for name, note in found if note is not None}
        return BoxState(self.filled, self.place, self.profile.records, notes, self.now)

    @property
    def saved(self) -> datetime:
        """Return when the workbook was saved; never in the future."""
        return min(self.filled.saved or self.now, self.now)

    @cached_property
    def _known(self) -> Mapping[str, HandRecord]:
        """Return by id what the history has of the profile."""
        return {each.id: each for each in (*self.profile.emptied, *self.profile.records)}

    def _read(self) -> tuple[list[HandRecord], tuple[Refused, ...]]:
        """Return what the row tells anew, and the cells that are refused."""
        state = self.state
        if state.is_read_anew:
            rows = [self._typed(Field, self.saved.date())]
        else:
            rows = [self._typed((*state.stale, Field.ON, Field.BY), self.saved.date())]
            # What was typed under the day of an earlier reading was seen when the file was saved.
            day = max(filter(None, (state.day, self.saved.date())))
            same_day = [name for name in state.kept if state.shown[name][0].on == day]
            rows += [self._typed((*state.changed, *same_day, Field.BY), day)] * bool(state.changed)
        read = read_rows([each for each in rows if each.cells], Source.WORKBOOK, self.now)
        told = read.records
        if not state.is_read_anew:
            told = tuple(without(each, state.kept) for each in told)
        refused = {each.place: each for each in read.refused}
        return [self._dated(each) for each in told if each.tells], tuple(refused.values())

    def _dated(self, record: HandRecord) -> HandRecord:
        """Return a reading without a day of its own as of that on which it was first read.

        Else each time that a copy of the file is saved would make it younger.
        """
        if not self.state.is_empty(Field.ON):
            return record
        first = (
            known.on
            for known in self.profile.records
            if all(value_of(known, name) == value_of(record, name) for name in record.tells)
            and record.by in ("", *known.by.split(", "))
        )
        return replace(record, on=next(first, record.on))

    def _typed(self, names: Collection[Field] | type[Field], day: date) -> TypedRow:
        """Return some boxes as a typed row of a day, if none stands in it."""
        cells = dict[Field, TypedCell]()
        for name, note in self.state.notes.items():
            if name in names:
                value: Raw = note.value
                cells[name] = TypedCell(value=value, place=note.at)
        first = next((self.state.notes[name] for name in cells), None)
        return TypedRow(
            company=self.profile.key,
            platform=self.profile.channel.platform,
            url=self.profile.channel.url,
            cells=cells,
            place=f"{first.file or self.workbook}, {first.at}" if first is not None else "",
            saved=day,
        )

    def _weighed(self, typed: HandRecord, gathered: Gathered) -> Iterator[HandRecord]:
        """Give what of a reading holds against other records, and put what is told twice."""
        record = replace(typed, entered_at=self.saved)
        overtaken = [name for name in record.tells if self._is_overtaken(record, name)]
        record = without(record, overtaken)
        twice = list(self._told_otherwise(record))
        gathered.twice += twice
        record = without(record, [each.field for each in twice if not each.is_taken])
        if record.tells:
            yield record

    def _is_overtaken(self, record: HandRecord, name: Field) -> bool:
        """Tell whether a word that nobody touched is told otherwise of another day since."""
        return name in self.state.stale and any(
            name in (*each.tells, *each.cleared)
            and each.on != record.on
            and each.entered_at > self._told_at(name)
            for each in self._known.values()
        )

    def _told_otherwise(self, record: HandRecord) -> Iterator[ToldTwice]:
        """Give the figures of the row that another source tells otherwise, or took back since."""
        for name in record.tells:
            own = self.state.shown.get(name, ())
            others = [
                each
                for each in self._known.values()
                if each not in own and not self._is_mine(each, record)
            ]
            other = latest_other(record, name, others)
            is_taken = other is not None and self._told_at(name) >= other.entered_at
            if other is not None and (name in other.tells or not is_taken):
                yield self._twice(name, record, other, is_taken=is_taken)

    def _twice(
        self, name: Field, record: HandRecord, other: HandRecord, *, is_taken: bool
    ) -> ToldTwice:
        """Return a figure of this row that another source tells otherwise."""
        note = self.state.notes[name]
        return ToldTwice(
            field=name,
            whose=self.place.about,
            taken=record,
            other=other,
            place=f"{note.file or self.workbook}, {note.at}",
            is_taken=is_taken,
        )

    def _told_at(self, name: Field) -> datetime:
        """Return when a word was told: with its run if it stood there, else when saved.

        A record that a row shows may have been told after that run.
        """
        if not self.state.is_written(self.state.notes[name]):
            return self.saved
        shown = (each.entered_at for each in self.state.shown.get(name, ()))
        return max((min(self.filled.created or self.saved, self.saved), *shown))

    def _is_mine(self, known: HandRecord, record: HandRecord) -> bool:
        """Tell whether this workbook alone told a record, so that it may clear and correct it."""
        is_alone = AND not in known.place and known.place.startswith(f"{self.workbook}, ")
        return known.id == record.id and is_alone and known.entered_at <= self.saved

    def _put(self, told: Iterable[HandRecord], gathered: Gathered) -> None:
        """Put what the history is to be told: of each record as it is from now on."""
        told = list(told)
        versions = {
            key: emptied(self._known[key], self._sheet, self.saved, names)
            for key, names in self._taken_back(told, gathered).items()
        }
        for record in told:
            own = versions.get(record.id, self._known.get(record.id))
            versions[record.id] = self._with_own(record, own)
            gathered.figures += sum(self._is_new(record, name) for name in record.tells)
        if not told and self.state.new_name is not None:
            for each in self.state.named():
                version = versions.get(each.id, each)
                versions[each.id] = replace(version, by=self.state.new_name)
        for key, version in versions.items():
            if self._is_known(version, self._known.get(key)):
                continue
            if version.tells:
                gathered.records.append(version)
            else:
                gathered.emptied[key] = version

    @property
    def _sheet(self) -> str:
        return f"{self.workbook}, {SHEETS[FILL]}"

    def _with_own(self, record: HandRecord, own: HandRecord | None) -> HandRecord:
        """Return a record with what the one of its id tells beside it, of this row or another's.

        There is one record of both, and what one of two people did not type the other may have.
        """
        if own is None:
            return record
        both = joined(record, own)
        known = self._known.get(record.id, own)
        return (
            replace(both, place=record.place, by=record.by)
            if self._is_mine(known, record)
            else both
        )

    def _is_new(self, record: HandRecord, name: Field) -> bool:
        """Tell whether nobody told the same of that day before."""
        return not any(
            each.on == record.on and value_of(each, name) == value_of(record, name)
            for each in self.profile.records
        )

    def _is_known(self, version: HandRecord, old: HandRecord | None) -> bool:
        """Tell whether the history has a record as it is from now on."""
        if old is not None:
            return is_same(version, old) and set(version.cleared) == set(old.cleared)
        return any(is_same(version, each) for each in self.profile.records)

    def _taken_back(
        self, told: Iterable[HandRecord], gathered: Gathered
    ) -> Mapping[str, list[Field]]:
        """Return by record what the row takes back of it, and put what was cleared.

        What is corrected as of an earlier day, or that day in the record of another source, does
        not stand beside the correction. A later day is another reading.
        """
        back = defaultdict[str, list[Field]](list)
        for name, records in self.state.shown.items():
            told_before = [each for each in records if each.entered_at <= self.saved]
            is_cleared = name in self.state.cleared
            for each in told_before:
                if is_cleared or any(_is_replaced(each, record, name) for record in told):
                    back[each.id].append(name)
            if is_cleared and told_before:
                gathered.back.append(self._back(told_before[0], name))
        for record in told:
            own = self._known.get(record.id)
            gone = () if own is None or not self._is_mine(own, record) else own.tells
            for name in (each for each in gone if self.state.is_empty(each)):
                if own is not None and name not in self.state.shown:
                    back[own.id].append(name)
                    gathered.back.append(self._back(own, name))
        return back

    def _back(self, record: HandRecord, name: Field) -> TakenBack:
        """Return a box that was cleared, with its cell."""
        cells = (self.filled.cells.get((row, name), "") for row in self.place.rows)
        at = next(filter(None, cells), SHEETS[FILL])
        return TakenBack(whose=self.place.about, at=at, record=record, field=name)

    def _is_torn(self, note: PersonsNote) -> bool:
        """Tell whether the row shows another profile than its hidden id: a part was sorted alone.

        Whose the figures are nobody knows then, and somebody else's are worse than none.
        """
        return (
            bool(note.beside)
            and not self.place.is_told_by(note.beside)
            and any(each.is_told_by(note.beside) for each in self.places)
        )

    def _torn(self, note: PersonsNote) -> Refused:
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


def _is_replaced(shown: HandRecord, record: HandRecord, name: Field) -> bool:
    """Tell whether a later record has taken the place of the figure that a box was filled with."""
    if name not in record.tells:
        return False
    return record.on < shown.on or (record.on == shown.on and record.id != shown.id)
