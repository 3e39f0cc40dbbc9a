"""What people typed on sheet Fill in, as records of the history; what cannot be taken, in words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from audit.model.by_hand import Field, HandRecord, Source
from audit.model.catalogue import Catalogue
from audit.model.errors import ReportError, SaveError, StoreError
from audit.model.result import CompanyResult, Snapshot
from audit.store.sqlite import SqliteHistory
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
from audit.typed_figures import Refused, Taken, TypedCell, TypedRow, taken
from audit.typed_values import Raw, shown_of, text_of
from reports.fill_in import ToFill, box_of, every_profile, place_of
from reports.formats import formats
from reports.people import (
    EXAMPLE_NAME,
    FILL,
    SHEETS,
    Filled,
    Kept,
    Note,
    Place,
    mark_in,
    mark_of,
)
from reports.words import Names

_CELL = re.compile(r"!([A-Z]+)(\d+)$")
_NO_PROFILE = "no profile of the last audit stands in this row; type it in the row of its profile"
_OVER_EXAMPLE = "it stands in the example; type it in the row of its profile"
_TWICE = "another row of this profile says otherwise, and counts; keep one of the two"


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """What came of the boxes of a workbook.

    `records` are new or other than the history has them, by `figures` boxes; `emptied` are what is
    left of those that were cleared or corrected, `refused` the cells that are not taken, `twice`
    the figures that another source tells otherwise. `by_mark` says of each word whether it was
    taken ("") or why not (`Past.boxes`). `has_sheet` tells whether there is a sheet Fill in with
    rows of ours, `is_filled` whether anything was typed on it since it was written.
    """

    records: tuple[HandRecord, ...] = ()
    figures: int = 0
    emptied: tuple[HandRecord, ...] = ()
    refused: tuple[Refused, ...] = ()
    twice: tuple[ToldTwice, ...] = ()
    by_mark: Mapping[str, str] = field(default_factory=dict)
    has_sheet: bool = False
    is_filled: bool = False

    @property
    def changes(self) -> bool:
        """Tell whether the history has to be told anything."""
        return bool(self.records or self.emptied)


def read_boxes(
    filled: Filled,
    workbook: str,
    results: Sequence[CompanyResult],
    records: Iterable[HandRecord],
    catalogue: Catalogue,
    now: datetime,
) -> Boxes:
    """Return what people told by the boxes of a workbook about the profiles of a run.

    `workbook` is the name of the file, `records` what the history has. A row that was deleted takes
    back nothing; a box that was cleared does. Of what two sources tell otherwise for one profile
    and day that holds which was told later (`told_twice`).
    """
    if not filled.kept.notes and not filled.rows:
        return Boxes()
    names, whole = Names(catalogue), _Whole()
    placed = [
        (each, place_of(each, names.platform(each.channel.platform)))
        for each in every_profile(results, records)
    ]
    places = tuple(place for _, place in placed)
    for profile, place in placed:
        _Row(filled, workbook, profile, place, places, now).into(whole)
    _left_over(filled.kept, places, workbook, whole)
    kept = {record.id for record in whole.records}
    return Boxes(
        records=tuple(whole.records),
        figures=whole.figures,
        emptied=tuple(each for key, each in whole.emptied.items() if key not in kept),
        refused=tuple(sorted(whole.refused, key=_in_order)),
        twice=tuple(whole.twice),
        by_mark=whole.by_mark,
        has_sheet=bool(filled.rows),
        is_filled=any(mark_of(note) not in filled.written for note in filled.kept.notes),
    )


def take_boxes(
    data_dir: Path,
    snapshot: Snapshot,
    catalogue: Catalogue,
    workbook: Path,
    listed: str | None = None,
) -> tuple[Boxes, tuple[str, ...]]:
    """Take what people typed on sheet Fill in of a workbook into the history.

    `snapshot` tells which profiles there are. With `listed`, the name of a list, newer workbooks of
    it beside that one are read, too. Give what came of the boxes, and what could not be kept.

    Raises:
        StoreError: the history cannot be read.
        ReportError: the workbook cannot be read.
    """
    filled = formats()["xlsx"].filled(workbook, listed)
    if isinstance(filled, str):
        raise ReportError(f"{workbook} {filled}")
    with SqliteHistory.open(data_dir) as history:
        records = history.by_hand()
    now = datetime.now(UTC)
    boxes = read_boxes(filled, workbook.name, snapshot.results, records, catalogue, now)
    return boxes, keep_boxes(data_dir, boxes)


def keep_boxes(data_dir: Path, boxes: Boxes) -> tuple[str, ...]:
    """Write down in the history what came of boxes; say where that is not possible."""
    if not boxes.changes:
        return ()
    try:
        with SqliteHistory.open(data_dir, write=True) as history:
            history.keep_by_hand((*boxes.records, *boxes.emptied))
    except (SaveError, StoreError) as error:
        return (f"What was filled in is not taken yet; it stays in the workbook: {error}",)
    return ()


@dataclass(slots=True)
class _Whole:
    """What came of all rows so far."""

    records: list[HandRecord] = field(default_factory=list)
    figures: int = 0
    emptied: dict[str, HandRecord] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    twice: list[ToldTwice] = field(default_factory=list)
    by_mark: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Row:
    """The row of one profile on the sheet, with what the history has of it."""

    filled: Filled
    workbook: str
    profile: ToFill
    place: Place
    places: tuple[Place, ...]
    now: datetime

    def into(self, whole: _Whole) -> None:
        """Read the row, and put what came of it to that of the others."""
        notes = self._notes()
        if not notes and not any(row in self.filled.rows for row in self.place.rows):
            return
        if any(self._is_torn(note) for note in notes.values()):
            for name, note in notes.items():
                torn = self._torn(note)
                whole.refused.append(torn)
                whole.by_mark[mark_in(self.place, name, note.value)] = torn.words
            return
        read = taken([self._typed(notes)] if notes else [], Source.WORKBOOK, self.now)
        odd = {name for name, note in notes.items() if note.at in {it.place for it in read.refused}}
        shown = self._shown(odd)
        typed = next(iter(self._dated(read)), None)
        told, twice = self._weighed(typed, shown, notes) if typed is not None else (None, ())
        known = told is not None and any(is_same(told, each) for each in self.profile.records)
        if typed is not None and told is not None and told.tells and not known:
            whole.records.append(told)
            whole.figures += len(typed.tells) - sum(not each.is_taken for each in twice)
        whole.twice += twice
        for each in shown:
            if _is_replaced(each, told, known=known) and each.entered_at <= self.saved:
                place = f"{self.workbook}, {SHEETS[FILL]}"
                whole.emptied[each.id] = emptied(each, place, self.saved)
        files = {note.at: note.file for note in notes.values()}
        whole.refused += [
            replace(
                each,
                whose=self.place.about,
                workbook=files.get(each.place, "") or self.workbook,
            )
            for each in read.refused
        ]
        why = {each.place: each.words for each in read.refused}
        # A lone "?" tells nothing, and stays for whoever looks next.
        for name, note in ((name, note) for name, note in notes.items() if text_of(note.value)):
            whole.by_mark[mark_in(self.place, name, note.value)] = why.get(note.at, "")

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
        self, typed: HandRecord, shown: Sequence[HandRecord], notes: Mapping[Field, Note]
    ) -> tuple[HandRecord, list[ToldTwice]]:
        """Return what of a row holds against other records of the day, and what is told twice.

        It is put together with what another workbook told of the same profile and day, as there is
        one record of both, and what one of two people did not type the other may have.
        """
        told = replace(typed, entered_at=self.saved)
        others = [
            each for each in (*self.profile.records, *self.profile.emptied) if each not in shown
        ]
        own = next((each for each in others if each.id == told.id), None)
        if any(is_same(joined(told, own) if own else told, each) for each in self.profile.records):
            return (joined(told, own) if own else told), []
        older, twice = list[Field](), list[ToldTwice]()
        for name in told.tells:
            other = latest_other(told, name, others)
            if other is None:
                continue
            is_taken = self._told_at(notes[name]) >= other.entered_at
            if not is_taken:
                older.append(name)
            # What the row was written with, and nobody changed in it, was told of before.
            stood = any(value_of(each, name) == value_of(told, name) for each in shown)
            if not stood and (name in other.tells or not is_taken):
                twice.append(self._twice(name, told, other, notes[name], is_taken=is_taken))
        told = without(told, older)
        if own is not None and not (self._is_alone(own) and own.entered_at <= self.saved):
            return joined(told, own), twice
        before = [each for each in (*shown, own) if each is not None and each.id == told.id]
        cleared = dict.fromkeys(name for each in before for name in (*each.tells, *each.cleared))
        return replace(told, cleared=tuple(n for n in cleared if n not in typed.tells)), twice

    def _twice(
        self, name: Field, told: HandRecord, other: HandRecord, note: Note, *, is_taken: bool
    ) -> ToldTwice:
        """Return a figure of this row that another source tells otherwise."""
        return ToldTwice(
            field=name,
            whose=self.place.about,
            taken=told,
            other=other,
            place=f"{note.file or self.workbook}, {note.at}",
            is_taken=is_taken,
        )

    def _told_at(self, note: Note) -> datetime:
        """Return when a word was told: before the workbook was written, or until it was saved."""
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

    def _dated(self, read: Taken) -> Iterator[HandRecord]:
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
        found = ((name, self.filled.kept.note(self.place, name)) for name in Field)
        return {name: note for name, note in found if note is not None}

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

    def _shown(self, odd: set[Field]) -> list[HandRecord]:
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


def _is_replaced(shown: HandRecord, told: HandRecord | None, *, known: bool) -> bool:
    """Tell whether what a row tells by now stands for a record that it was written with.

    A later day is another reading, beside which the earlier one stays.
    """
    if told is None or told.on < shown.on:
        return True
    return told.on == shown.on and not (known and is_same(told, shown))


def _in_order(refused: Refused) -> tuple[int, int, str]:
    """Return where a cell stands among the others: row by row, from left to right."""
    match = _CELL.search(refused.place)
    return (int(match[2]), len(match[1]), match[1]) if match is not None else (0, 0, "")


def _left_over(kept: Kept, places: Sequence[Place], workbook: str, whole: _Whole) -> None:
    """Refuse what stands in no row of a profile: beside the example, in rows that nobody knows."""
    outdone = kept.outdone(places)
    for note in kept.left_over(places):
        if note.field not in set(Field):
            continue
        why = _OVER_EXAMPLE if note.about == EXAMPLE_NAME else _NO_PROFILE
        why = _TWICE if note in outdone else why
        text, file = shown_of(note.value), note.file or workbook
        whole.refused.append(Refused(place=note.at, text=text, words=why, workbook=file))
