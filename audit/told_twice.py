"""What two sources tell otherwise of one profile and day: which of them holds, and that it is said.

What was told later holds: a workbook tells when it was saved, and with its run what it was written
with and nobody changed; the terminal and a table tell when they were used.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from audit.model.by_hand import DAYS, Field, HandRecord, Source, day_in_words
from audit.model.hand_words import figure_in_words

AND = "; "
"""Between the places of a record that two workbooks told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTwice:
    """A figure that two sources tell otherwise for one profile and day.

    `taken` is the record that is read now, `place` its cell or row, and `is_taken` whether its
    figure counts; else that of `other` does, or none, where a person took it back there. `whose` is
    the profile in words.
    """

    field: Field
    whose: str
    taken: HandRecord
    other: HandRecord
    place: str
    is_taken: bool

    @property
    def sentence(self) -> str:
        """Say what both tell, where each stands, and which of them counts why."""
        figure = figure_in_words(self.taken, self.field)
        about = f"{self.whose} on {day_in_words(self.taken.on)}"
        if not figure_in_words(self.other, self.field):
            return (
                f"Not taken, as it was taken back since, {_moment(self.other)} in "
                f"{self.other.place}: {figure} of {about} ({self.place})."
            )
        other = f"{figure_in_words(self.other, self.field)} ({_where(self.other)})"
        if self.is_taken:
            return (
                f"Told twice for {about}: {figure} ({self.place}) and {other}. "
                f"The first holds, as it was told later, {_moment(self.taken)}."
            )
        return (
            f"Told twice for {about}: {figure} ({self.place}) and {other}. "
            f"The second holds, as it was told later, {_moment(self.other)}."
        )


def _where(record: HandRecord) -> str:
    """Return where a record stands, with who told it."""
    return f"{record.place}, by {record.by}" if record.by else record.place


def _moment(record: HandRecord) -> str:
    """Return when a record was told, by the clock of this machine."""
    at = record.entered_at.astimezone()
    return f"on {day_in_words(at.date())} at {at:%H:%M}"


def value_of(record: HandRecord, field: Field) -> object:
    """Return what a record tells in a field, so that two can be compared; None for nothing."""
    values: Mapping[Field, object] = {
        Field.FOLLOWERS: record.followers,
        Field.POSTS: record.posts,
        Field.LAST: record.last_post,
        Field.LIKES: record.likes,
        Field.COMMENTS: record.comments,
        Field.ABOUT: record.about or None,
    }
    return values.get(field)


def latest_other(
    record: HandRecord, field: Field, others: Iterable[HandRecord]
) -> HandRecord | None:
    """Return the record of the same day that tells a field last, or that takes it back.

    None where that agrees, or nobody else tells anything of it. Posts of another number of days are
    another figure.
    """
    rivals = (
        each
        for each in others
        if each.on == record.on
        if field in each.cleared or (field in each.tells and _is_of_one_span(each, record, field))
    )
    latest = max(rivals, key=lambda each: each.entered_at, default=None)
    return None if latest is None or _agree(record, latest, field) else latest


def _is_of_one_span(one: HandRecord, other: HandRecord, field: Field) -> bool:
    """Tell whether two records count a figure over as many days."""
    return field is not Field.POSTS or one.days == other.days


def _agree(one: HandRecord, other: HandRecord, field: Field) -> bool:
    """Tell whether two records tell the same: 12.4k and 12,380 are one count."""
    first, second = value_of(one, field), value_of(other, field)
    if not isinstance(first, int) or not isinstance(second, int):
        return first == second
    steps = [_step(n) for n, each in ((first, one), (second, other)) if field in each.rounded]
    return abs(first - second) < max(steps, default=1)


def _step(rounded: int) -> int:
    """Return what the last digit counts that a short form shows: 100 of 12.4k."""
    digits = f"{rounded}"
    return int(10 ** (len(digits) - len(digits.rstrip("0")))) if rounded else 1


def without(record: HandRecord, fields: Collection[Field]) -> HandRecord:
    """Return a record that does not tell some fields."""
    return replace(
        record,
        followers=None if Field.FOLLOWERS in fields else record.followers,
        posts=None if Field.POSTS in fields else record.posts,
        last_post=None if Field.LAST in fields else record.last_post,
        likes=None if Field.LIKES in fields else record.likes,
        comments=None if Field.COMMENTS in fields else record.comments,
        about="" if Field.ABOUT in fields else record.about,
        rounded=tuple(each for each in record.rounded if each not in fields),
    )


def emptied(
    record: HandRecord, place: str, at: datetime, fields: Collection[Field] | None = None
) -> HandRecord:
    """Return what stays of a record of which a person took back all, or some fields.

    Of these nothing may come back. Where nothing else is left, `place` is where that was done.
    """
    gone = [each for each in record.tells if fields is None or each in fields]
    left = without(record, gone)
    cleared = tuple(dict.fromkeys((*record.cleared, *gone)))
    place = record.place if left.tells else place
    return replace(left, place=place, entered_at=at, cleared=cleared)


def joined(record: HandRecord, other: HandRecord) -> HandRecord:
    """Return a record with what only the other of its id tells; there is one record of both."""
    more = [each for each in other.tells if each not in record.tells]
    cleared = [each for each in (*record.cleared, *other.cleared) if each not in record.tells]
    cleared = [each for each in cleared if each not in more]
    record = replace(
        record,
        cleared=tuple(dict.fromkeys(cleared)),
        entered_at=max(record.entered_at, other.entered_at),
    )
    if not more:
        return record
    has_posts = Field.POSTS in more
    by = dict.fromkeys(filter(None, (*other.by.split(", "), *record.by.split(", "))))
    return replace(
        record,
        by=", ".join(by),
        place=AND.join(dict.fromkeys((*other.place.split(AND), record.place))),
        followers=other.followers if Field.FOLLOWERS in more else record.followers,
        posts=other.posts if has_posts else record.posts,
        days=other.days if has_posts else record.days,
        last_post=record.last_post or other.last_post,
        likes=other.likes if Field.LIKES in more else record.likes,
        comments=other.comments if Field.COMMENTS in more else record.comments,
        about=record.about or other.about,
        rounded=(*record.rounded, *(each for each in other.rounded if each in more)),
    )


def is_same(one: HandRecord, other: HandRecord) -> bool:
    """Tell whether two records of typed boxes tell the same, whichever way they came."""
    return _figures(one) == _figures(other)


def _figures(record: HandRecord) -> HandRecord:
    """Return a record without what does not belong to its figures."""
    return replace(
        record,
        url="",
        source=Source.WORKBOOK,
        place="",
        entered_at=datetime.min,  # noqa: DTZ901  # the same for both
        rounded=(),
        cleared=(),
        # Of another span no box tells.
        posts=record.posts if record.days == DAYS else None,
        days=DAYS,
    )


def told_twice(
    record: HandRecord, others: Sequence[HandRecord], whose: str, place: str
) -> tuple[ToldTwice, ...]:
    """Return what of a record that is taken now others tell otherwise for the same day."""
    rivals = ((field, latest_other(record, field, others)) for field in record.tells)
    return tuple(
        ToldTwice(field=field, whose=whose, taken=record, other=other, place=place, is_taken=True)
        for field, other in rivals
        if other is not None and field in other.tells
    )
