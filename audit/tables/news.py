"""Make records of what a table tells, and find out what of it the history does not have yet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from audit.model.by_hand import DAYS, Field, HandRecord, Source
from audit.tables.figures import Figures, TableFigure
from audit.tables.names import KnownNames
from audit.tables.reading import TableRead
from audit.told_twice import ToldTwice, joined, told_twice, value_of
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
    `same` what the history has already; `twice` is what in them others tell otherwise.
    """

    records: tuple[HandRecord, ...]
    figures: int
    same: int
    twice: tuple[ToldTwice, ...] = ()


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
        for (profile, on), figures in table.by_period.figures.items()
    )


def news_in(records: Iterable[HandRecord], known: Iterable[HandRecord], names: KnownNames) -> News:
    """Return what of some records the history does not have.

    A second table of a profile and day adds to the record of the first: what it does not tell
    stays as it was. What it tells otherwise than any record of that day holds, as it is told now.
    """
    known = tuple(known)
    by_id = {each.id: each for each in known}
    by_day = defaultdict[tuple[str, str, date], list[HandRecord]](list)
    for each in known:
        by_day[each.company, each.platform, each.on].append(each)
    new, figures, same, twice = list[HandRecord](), 0, 0, list[ToldTwice]()
    for record in records:
        old = by_id.get(record.id)
        fresh = tuple(_fresh(record, old))
        same += len(record.tells) - len(fresh)
        figures += len(fresh)
        if fresh:
            others = by_day[record.company, record.platform, record.on]
            about = [each for each in others if names.are_of_one(record, each)]
            twice += told_twice(record, about, _whose(record, names), record.place)
            whole = record if old is None else _together(record, old)
            # Two sheets of one table may tell the same profile and day.
            by_id[record.id] = whole
            others.append(whole)
            new.append(whole)
    return News(tuple(new), figures, same, tuple(twice))


def _whose(record: HandRecord, names: KnownNames) -> str:
    """Return the company and the platform of a record as people call them."""
    return ", ".join(names.titles.get(each, each) for each in (record.company, record.platform))


def _fresh(record: HandRecord, old: HandRecord | None) -> Iterator[Field]:
    """Yield what a record tells that the older one of its id does not."""
    for field in record.tells:
        same_days = old is not None and (field is not Field.POSTS or old.days == record.days)
        if old is None or not same_days or value_of(old, field) != value_of(record, field):
            yield field


def _together(record: HandRecord, old: HandRecord) -> HandRecord:
    """Return a record with what only the older one of its id tells."""
    return replace(joined(record, old), by=record.by, place=record.place)


def _count(figures: Figures, field: TableField) -> int | None:
    """Return a count; None where it was not told."""
    figure = figures.get(field)
    return int(figure.value) if figure and isinstance(figure.value, int | float) else None


def _days(figure: TableFigure | None) -> int:
    """Return how many days the posts cover."""
    return figure.days if figure is not None and figure.days is not None else DAYS


def _day(figure: TableFigure | None) -> date | None:
    """Return the day of the last post; None where it was not told."""
    return figure.value if figure is not None and isinstance(figure.value, date) else None


def _text(figure: TableFigure | None) -> str:
    """Return what they write about; "" where it was not told."""
    return figure.value if figure is not None and isinstance(figure.value, str) else ""
