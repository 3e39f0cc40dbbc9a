"""What people write into the workbook: which columns are theirs, their words, where these belong.

A word is kept by the sheet, the row and the field that it was typed into. A row is known by an id
that its finding has in every run (`channel.instagram`), so that nobody's word hangs on the order of
rows or on the names of sheets and columns.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from urllib.parse import quote

Word = str | int | float | datetime
"""What a person has typed into one cell; a time has no zone, as in every workbook."""

KEPT_NOTES = "kept"
"""The sheet of the words whose row is not there any more."""

FILL = "fill"
"""The sheet of the figures that people read where the program could not."""

EXAMPLE_ROW = "example"
"""The id of the row on it that shows how it is filled in, and is never read back as a figure."""

EXAMPLE_NAME = "Example (not counted)"
"""What stands there for the company."""

EXAMPLE: Mapping[str, Word] = MappingProxyType(
    {
        "followers": 12400,
        "posts": 6,
        "last": datetime(2026, 10, 1),  # noqa: DTZ001  # cells know no zones
        "likes": 210,
        "comments": 18,
        "about": "new products, jobs",
        "on": datetime(2026, 10, 3),  # noqa: DTZ001
        "by": "Jo",
    }
)
"""What stands in its boxes."""

FIELDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "actions": {"owner": "Owner", "due": "Due date", "notes": "Notes"},
        "profiles": {
            "owner": "Owner",
            "purpose": "Purpose",
            "verdict": "Keep, fix, close",
            "notes": "Notes",
        },
        FILL: {
            "followers": "Followers",
            "posts": "Posts, last 30 days",
            "last": "Last post on",
            "likes": "Likes, last 5 posts",
            "comments": "Comments, last 5 posts",
            "about": "What they write about",
            "on": "Read on",
            "by": "By whom",
        },
        "plan": {"answer": "Your answer"},
        "swot": {"words": "Your words"},
        KEPT_NOTES: {"note": "Your note"},
    }
)
"""The fields of people by sheet, with the titles of their columns."""

SHEETS: Mapping[str, str] = MappingProxyType(
    {
        "actions": "Actions",
        "profiles": "Profiles",
        FILL: "Fill in",
        "plan": "Plan",
        "swot": "SWOT",
        KEPT_NOTES: "Kept notes",
    }
)
"""What these sheets are called."""

_KEPT_CHARACTERS, _MOST_OF_ID = "%/:.@+~-_,;=&?!$'()*", 400

WHOLE_ROW = "row"
"""The field of a row that a person has added and in which no field of ours is filled in."""

NO_ID = "-"
"""Stands for the id of a row without one."""

NEXT_TO = " · "
"""Stands between the texts of a row of which no id is known."""


@dataclass(frozen=True, slots=True)
class PersonsWord:
    """What a cell holds that a person has filled in; it is shown as it was typed."""

    value: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Yours:
    """That a column is for people: its sheet and field of `FIELDS`, and what may be typed.

    `choices` are what is usual, `asks` what a program says when the cell is chosen, `past` that a
    day must not lie ahead.
    """

    sheet: str
    field: str
    choices: tuple[str, ...] = ()
    asks: str = ""
    past: bool = False

    @property
    def title(self) -> str:
        """Return the title of the column."""
        return FIELDS[self.sheet][self.field]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsNote:
    """A word in its place: `row` is the id of the row, empty for one that has none.

    `about` says in words what the row was about, for readers; without an id it holds the texts of
    the row, one of which may tell it still. `at` is the cell it was read from: "Fill in!E9", in
    `file` where that is another workbook than the one that was asked for, and `beside` holds the
    texts of its row where these must tell the same as the id.
    """

    sheet: str
    row: str
    field: str
    about: str
    value: Word
    at: str = dataclasses.field(default="", compare=False)
    beside: str = dataclasses.field(default="", compare=False)
    file: str = dataclasses.field(default="", compare=False)


def mark_of(note: PersonsNote) -> str:
    """Return a few letters for a word in its place, which hardly any other word has."""
    # Plain text: the name of a box is a member of an enum, and of a note that is read a text.
    texts = (note.sheet, note.row, f"{note.field}", note.value)
    return sha256(repr(texts).encode("utf-8", "replace")).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Place:
    """A row that is drawn, and to which words may belong; `also` are ids that it had once.

    `texts` stand in its cells and tell it from all other rows where its id is not known.
    """

    sheet: str
    row: str
    about: str
    also: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[str, ...]:
        """Return all ids under which words for it may have been kept, that of now first."""
        return (self.row, *self.also)

    @property
    def pieces(self) -> frozenset[str]:
        """Return the texts that tell the row, as they stand in what a note is about."""
        return _pieces(joined(self.texts or (self.about,)))

    def is_told_by(self, texts: str) -> bool:
        """Tell whether the joined texts of a row are those of this one."""
        return self.pieces <= _pieces(texts)


def mark_in(place: Place, field: str, value: Word) -> str:
    """Return the mark of a word in a row that is drawn."""
    return mark_of(
        PersonsNote(sheet=place.sheet, row=place.row, field=field, about="", value=value)
    )


@dataclass(frozen=True)
class Kept:
    """The words of people from the last workbook, those that count first in front.

    `copy` is the name under which that workbook itself is kept; empty where it need not be.
    `copies` are all such names, with those of earlier workbooks as long as they are there.
    """

    notes: tuple[PersonsNote, ...] = ()
    copy: str = ""
    copies: tuple[str, ...] = ()

    def word(self, place: Place, field: str) -> Word | None:
        """Return what was typed into a field of a row; None where nothing was.

        A word that stood in the row itself goes before one of a row without an id.
        """
        note = self.note(place, field)
        return note.value if note is not None else None

    def note(self, place: Place, field: str) -> PersonsNote | None:
        """Return the note with that word."""
        own = (self._by_row.get((place.sheet, row, field)) for row in place.rows)
        own_note = next((note for note in own if note is not None), None)
        if own_note is not None:
            return own_note
        notes = self._by_text.get((place.sheet, field), ())
        return next((note for pieces, note in notes if place.pieces <= pieces), None)

    def left_over(self, places: Iterable[Place]) -> tuple[PersonsNote, ...]:
        """Return the words that no row shows, each once: the row is gone, or shows another."""
        placed = self._placed(tuple(places))
        return tuple(dict.fromkeys(note for note, at in placed if not self._shows(at, note)))

    def outdone(self, places: Iterable[Place]) -> frozenset[PersonsNote]:
        """Return the words that no row shows because their own row shows another."""
        return frozenset(
            note
            for note, at in self._placed(tuple(places))
            if at is not None and note.field in FIELDS.get(note.sheet, {})
            if not self._shows(at, note)
        )

    def _placed(self, drawn: Sequence[Place]) -> Iterator[tuple[PersonsNote, Place | None]]:
        """Give each word with the row that it belongs to."""
        rows = {(place.sheet, row): place for place in drawn for row in reversed(place.rows)}
        texts = _by_pieces(drawn)
        yield from ((note, _place_of(note, rows, texts)) for note in self.notes)

    def _shows(self, place: Place | None, note: PersonsNote) -> bool:
        """Tell whether a row shows a word."""
        if place is None or note.field not in FIELDS.get(note.sheet, {}):
            return False
        return self.word(place, note.field) == note.value

    @cached_property
    def _by_row(self) -> Mapping[tuple[str, str, str], PersonsNote]:
        """Return the first word of each field of each row that has an id."""
        return _first(note for note in self.notes if note.row)

    @cached_property
    def _by_text(self) -> Mapping[tuple[str, str], Sequence[tuple[frozenset[str], PersonsNote]]]:
        """Return the words of rows without an id by sheet and field, with the texts of the row."""
        by_text: dict[tuple[str, str], list[tuple[frozenset[str], PersonsNote]]] = {}
        for note in self.notes:
            if not note.row:
                entry = (_pieces(note.about), note)
                by_text.setdefault((note.sheet, note.field), []).append(entry)
        return by_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What people left on sheet Fill in of a workbook: their words, and what else tells of them.

    `written` are the words that stood in the workbook from the beginning, in letters for each
    (`mark_of`); `rows` the ids of the rows that are still there. `created` is when the run of
    the file began, `saved` when somebody saved it last. `remarks` are comments on empty boxes,
    `cells` tell where the box of a row and a field stands ("Fill in!F9").
    """

    kept: Kept = Kept()
    written: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()
    remarks: tuple[PersonsNote, ...] = ()
    cells: Mapping[tuple[str, str], str] = dataclasses.field(default_factory=dict)
    created: datetime | None = None
    saved: datetime | None = None


def plain_id(name: str) -> str:
    """Return what a finding is called as it can stand in a cell: no blanks, of a bounded length."""
    plain = quote(name, safe=_KEPT_CHARACTERS, errors="replace")
    return plain if len(plain) <= _MOST_OF_ID else sha256(plain.encode()).hexdigest()


NOTHING_KEPT = Kept()
"""No workbook was there, or nobody has written into it."""


def _first(notes: Iterable[PersonsNote]) -> Mapping[tuple[str, str, str], PersonsNote]:
    """Return notes by their place; of several in one place the first counts."""
    by_place: dict[tuple[str, str, str], PersonsNote] = {}
    for note in notes:
        by_place.setdefault((note.sheet, note.row, note.field), note)
    return by_place


def _place_of(
    note: PersonsNote,
    rows: Mapping[tuple[str, str], Place],
    texts: Mapping[tuple[str, str], Sequence[Place]],
) -> Place | None:
    """Return the row that a word belongs to; None where it is not drawn."""
    if note.row:
        return rows.get((note.sheet, note.row))
    pieces = _pieces(note.about)
    known = (place for text in pieces for place in texts.get((note.sheet, text), ()))
    return next((place for place in known if place.pieces <= pieces), None)


def _by_pieces(places: Iterable[Place]) -> Mapping[tuple[str, str], Sequence[Place]]:
    """Return rows by each of the texts that tell them."""
    by_piece: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        for text in place.pieces:
            by_piece.setdefault((place.sheet, text), []).append(place)
    return by_piece


def _pieces(about: str) -> frozenset[str]:
    """Return the texts of a row of which no id is known."""
    return frozenset(about.split(NEXT_TO))


def joined(texts: Sequence[str]) -> str:
    """Return the texts of a row that has no id, so that each of them can be told again."""
    return NEXT_TO.join(text for text in texts if text)
