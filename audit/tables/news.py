"""Make records of what a table tells, and find out what of it the history does not have yet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from audit.model.by_hand import DAYS, Field, HandRecord, Source
from audit.tables.reading import TableRead
from audit.tables.told import Figure, Figures
from config.table_words import TableField
from scrapers.parse.text import clean

_FIELDS = {
    TableField.FOLLOWERS: Field.FOLLOWERS,
    TableField.POSTS: Field.POSTS,
    TableField.LIKES: Field.LIKES,
    TableField.COMMENTS: Field.COMMENTS,
}
"""What of a record may be rounded."""


@dataclass(frozen=True, slots=True)
class News:
    """What a table adds to the history.

    `records` are new or say something else than the history; `figures` counts what in them is new,
    `same` what the history has already.
    """

    records: tuple[HandRecord, ...]
    figures: int
    same: int


def records_in(table: TableRead, by: str, now: datetime) -> tuple[HandRecord, ...]:
    """Return a record for each profile and day of a table."""
    return tuple(
        HandRecord(
            company=profile.company,
            platform=profile.platform,
            url=profile.url,
            on=on,
            by=by,
            source=Source.TABLE,
            place=clean(table.place(min(each.row for each in figures.values()))),
            entered_at=now,
            followers=_count(figures, TableField.FOLLOWERS),
            posts=_count(figures, TableField.POSTS),
            days=_days(figures.get(TableField.POSTS)),
            last_post=_day(figures.get(TableField.LAST_POST)),
            likes=_count(figures, TableField.LIKES),
            comments=_count(figures, TableField.COMMENTS),
            about=_text(figures.get(TableField.ABOUT)),
            rounded=tuple(
                known
                for field, known in _FIELDS.items()
                if field in figures
                if not figures[field].exact
            ),
        )
        for (profile, on), figures in table.settled.figures.items()
    )


def news_in(records: Iterable[HandRecord], known: Iterable[HandRecord]) -> News:
    """Return what of some records the history does not have.

    A second table of a profile and day adds to the record of the first: what it does not tell
    stays as it was.
    """
    by_id: Mapping[str, HandRecord] = {each.id: each for each in known}
    new, figures, same = list[HandRecord](), 0, 0
    for record in records:
        old = by_id.get(record.id)
        fresh = tuple(_fresh(record, old))
        same += len(record.tells) - len(fresh)
        figures += len(fresh)
        if fresh:
            new.append(record if old is None else _together(record, old))
    return News(tuple(new), figures, same)


def _fresh(record: HandRecord, old: HandRecord | None) -> Iterator[Field]:
    """Yield what a record tells that the older one of its id does not."""
    told = _values(old) if old is not None else {}
    for field, value in _values(record).items():
        if field in record.tells and told.get(field) != value:
            yield field


def _values(record: HandRecord) -> dict[Field, object]:
    """Return what a record tells, by field; posts with their days."""
    return {
        Field.FOLLOWERS: record.followers,
        Field.POSTS: (record.posts, record.days) if record.posts is not None else None,
        Field.LAST: record.last_post,
        Field.LIKES: record.likes,
        Field.COMMENTS: record.comments,
        Field.ABOUT: record.about,
    }


def _together(record: HandRecord, old: HandRecord) -> HandRecord:
    """Return a record with what only the older one of its id tells."""
    has_posts = record.posts is not None
    kept = tuple(each for each in old.rounded if each not in record.tells)
    return replace(
        record,
        followers=old.followers if record.followers is None else record.followers,
        posts=record.posts if has_posts else old.posts,
        days=record.days if has_posts else old.days,
        last_post=record.last_post or old.last_post,
        likes=old.likes if record.likes is None else record.likes,
        comments=old.comments if record.comments is None else record.comments,
        about=record.about or old.about,
        rounded=(*record.rounded, *kept),
    )


def _count(figures: Figures, field: TableField) -> int | None:
    """Return a count; None where it was not told."""
    figure = figures.get(field)
    return int(figure.value) if figure and isinstance(figure.value, int | float) else None


def _days(figure: Figure | None) -> int:
    """Return how many days the posts cover."""
    return figure.days if figure is not None and figure.days is not None else DAYS


def _day(figure: Figure | None) -> date | None:
    """Return the day of the last post; None where it was not told."""
    return figure.value if figure is not None and isinstance(figure.value, date) else None


def _text(figure: Figure | None) -> str:
    """Return what they write about; "" where it was not told."""
    return figure.value if figure is not None and isinstance(figure.value, str) else ""
