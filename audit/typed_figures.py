"""Take the figures and days that people type: what can be right as records, the rest in words.

One way for the sheet Fill in, the terminal and tables of other tools. A cell that can be no
figure, or two different ones, is refused with what to write instead.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from audit.model.by_hand import DAYS, Field, HandRecord, Source, day_in_words
from audit.typed_counts import count_in
from audit.typed_values import Raw, day_of, shown_of, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedCell:
    """What stands in a cell or was answered, and where: "acme.xlsx, Fill in!E9"."""

    value: Raw
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """What a person typed of one profile, by field; `place` is where, as in `HandRecord`.

    `saved` stands for the day of the reading where that was not typed. `by` likewise.
    """

    company: str
    platform: str
    url: str
    cells: Mapping[Field, TypedCell]
    place: str
    saved: date
    by: str = ""
    days: int = DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A cell that is not taken: where, what stands in it, and what to write instead.

    `whose` is the profile of its row, which a new workbook has in another place; `workbook` the
    name of the file; each is "" for none.
    """

    place: str
    text: str
    words: str
    whose: str = ""
    workbook: str = ""

    @property
    def sentence(self) -> str:
        """Say it, such as: Fill in!E9 says "lots": write a number such as 12400."""
        whose = f" ({self.whose})" if self.whose else ""
        return f'{self.place}{whose} says "{self.text}": {self.words}.'


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsRead:
    """What came of typed rows: the records, and the cells that were refused."""

    records: tuple[HandRecord, ...] = ()
    refused: tuple[Refused, ...] = ()


def read_rows(rows: Iterable[TypedRow], source: Source, now: datetime) -> RowsRead:
    """Return the records that rows of typed cells make, and the cells that are refused.

    A row without anything that is taken makes no record. `now` is the present time (UTC).
    """
    records, refused = list[HandRecord](), list[Refused]()
    for row in rows:
        reading = _Reading(row, latest_day(now))
        record = reading.record(source, now)
        refused += reading.refused
        if record is not None:
            records.append(record)
    return RowsRead(records=tuple(records), refused=tuple(refused))


def latest_day(now: datetime) -> date:
    """Return the latest day that it is anywhere: for the reader it may be tomorrow already."""
    return (now.astimezone(UTC) + timedelta(hours=14)).date()


@dataclass(slots=True)
class _Reading:
    """One row while it is read; `rounded` and `refused` fill as its cells are asked for."""

    row: TypedRow
    today: date
    rounded: list[Field] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def record(self, source: Source, now: datetime) -> HandRecord | None:
        """Return the row as a record; None where it tells nothing."""
        on = self._day(Field.ON) or min(self.row.saved, self.today)
        last = self._last(on)
        record = HandRecord(
            company=self.row.company,
            platform=self.row.platform,
            url=self.row.url,
            on=on,
            by=self._text(Field.BY) or self.row.by,
            source=source,
            place=self.row.place,
            entered_at=now,
            followers=self._count(Field.FOLLOWERS),
            posts=self._posts(on, last),
            days=self.row.days,
            last_post=last,
            likes=self._count(Field.LIKES),
            comments=self._count(Field.COMMENTS),
            about=self._text(Field.ABOUT),
            rounded=tuple(self.rounded),
        )
        return record if record.tells else None

    def _last(self, on: date) -> date | None:
        """Return the day of the last post; one after the day of the reading is refused."""
        last = self._day(Field.LAST)
        if last is not None and last > on:
            self._refuse(
                Field.LAST, f"the profile was read on {day_in_words(on)}, before that post"
            )
            return None
        return last

    def _posts(self, on: date, last: date | None) -> int | None:
        """Return the posts of the span; a count that the day of the last post denies is refused."""
        posts = self._count(Field.POSTS)
        if posts is None or last is None or (posts > 0) == ((on - last).days <= self.row.days):
            return posts
        self._refuse(Field.POSTS, f"the last post of {day_in_words(last)} says otherwise")
        return None

    def _count(self, name: Field) -> int | None:
        read = count_in(name, self._raw(name))
        if isinstance(read, str):
            self._refuse(name, read)
            return None
        if read is not None and not read.exact:
            self.rounded.append(name)
        return read.value if read is not None else None

    def _day(self, name: Field) -> date | None:
        read = day_of(self._raw(name), self.today)
        if not isinstance(read, str):
            return read
        saved = f" (until then its figures count as of {day_in_words(self.row.saved)})"
        self._refuse(name, read + (saved if name is Field.ON else ""))
        return None

    def _text(self, name: Field) -> str:
        return text_of(self._raw(name))

    def _raw(self, name: Field) -> Raw:
        cell = self.row.cells.get(name)
        return cell.value if cell is not None else None

    def _refuse(self, name: Field, words: str) -> None:
        cell = self.row.cells[name]
        text = shown_of(cell.value)
        self.refused.append(Refused(place=cell.place or self.row.place, text=text, words=words))
