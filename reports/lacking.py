"""What a person can fill in: the own profiles of which something is unknown, most telling first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from audit.model.by_hand import DAYS, Field, HandRecord, day_in_words
from audit.model.channel import Channel
from audit.model.hand_records import emptied_of, records_of, told_of
from audit.model.hand_words import figure_in_words
from audit.model.past import keys_of_companies, website_key
from audit.model.profile import NOT_SHOWN
from audit.model.result import CompanyResult
from audit.model.value import Known, Moment, Number, Qualifier, Unknown
from reports.people import FILL, Place, Word, plain_id
from reports.presence import cadence_of

LACKS = (Field.FOLLOWERS, Field.LAST, Field.POSTS)
"""What a profile may lack that a person is asked for, the most telling first."""

LACK_WORDS = {
    Field.FOLLOWERS: "followers",
    Field.LAST: "last post",
    Field.POSTS: f"posts in the last {DAYS} days",
}
"""What the reader sees for each."""

MINUTES_EACH = 1.5
"""About how long a person takes to open a profile and to type what it shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToFill:
    """An own profile of which the program could not read something.

    `company` is its name, `key` what records call it (`website_key`), `row` the same company in
    ids of rows, where two share a website. `lacks` is what nobody knows, `by_hand` what only
    people know so far, `records` what they told, the newest first, `emptied` what they told and
    took back. `earlier` is the audience that
    was known before, with its day where that is known; `alone` that the company has no other
    profile on that platform.
    """

    company: str
    key: str
    row: str
    channel: Channel
    lacks: tuple[Field, ...]
    by_hand: tuple[Field, ...] = ()
    records: tuple[HandRecord, ...] = ()
    emptied: tuple[HandRecord, ...] = ()
    earlier: tuple[int, date | None] | None = None
    alone: bool = True

    @property
    def asks(self) -> tuple[Field, ...]:
        """Return what the program could not read, whether or not a person told it."""
        return tuple(each for each in LACKS if each in (*self.lacks, *self.by_hand))


def to_fill(
    results: Sequence[CompanyResult], records: Iterable[HandRecord], since: date
) -> tuple[ToFill, ...]:
    """Return the own profiles that lack something, the most telling first.

    Most telling is a profile of the platform on which most companies have one that lacks something:
    filling in these makes companies comparable, while a platform of one company compares nothing.
    Then one without an audience before one without a last post, and before one that lacks posts;
    then our own company, and the order of the list. What only people know comes behind all others.
    Records from before `since` count as none.
    """
    all_records = tuple(records)
    keys = keys_of_companies(each.company for each in results)
    lacking = [
        each
        for result in results
        for channel in result.channels
        if (each := _to_fill(result, channel, keys[result.company.name], all_records, since))
        is not None
    ]
    companies = Counter(platform for platform, _ in {(p.channel.platform, p.row) for p in lacking})
    own = {result.company.name for result in results if result.company.own}
    return tuple(
        sorted(
            lacking,
            key=lambda each: (
                not each.lacks,
                -companies[each.channel.platform],
                each.channel.platform,
                [lack not in each.lacks for lack in LACKS],
                each.company not in own,
            ),
        )
    )


def every_profile(
    results: Sequence[CompanyResult], records: Iterable[HandRecord]
) -> tuple[ToFill, ...]:
    """Return all profiles of companies that a person may have filled in, whatever is known now."""
    all_records = tuple(records)
    keys = keys_of_companies(each.company for each in results)
    return tuple(
        _profile(result, channel, keys[result.company.name], all_records)
        for result in results
        for channel in result.channels
        if not channel.found.listing
    )


def place_of(each: ToFill, title: str) -> Place:
    """Return the row of a profile on sheet Fill in; `title` is what readers call its platform."""
    channel = each.channel
    return Place(
        FILL,
        plain_id(f"{each.row}/{channel.identity}"),
        f"{each.company}, {title} {channel.handle}",
        # A profile that could not be read yet has no number, and is known by its address.
        (plain_id(f"{each.row}/{channel.platform} {channel.address_key}"),),
        # Of two on one platform these do not tell which of them a row without an id is about.
        (each.company, title) if each.alone else (each.company, title, channel.url),
    )


def box_of(record: HandRecord, field: Field) -> Word | None:
    """Return what a record tells as it stands in a box; None for nothing, and for another span."""
    words: dict[Field, Word | None] = {
        Field.FOLLOWERS: record.followers,
        Field.POSTS: record.posts if record.days == DAYS else None,
        Field.LAST: _midnight(record.last_post),
        Field.LIKES: record.likes,
        Field.COMMENTS: record.comments,
        Field.ABOUT: record.about or None,
        Field.ON: _midnight(record.on),
        Field.BY: record.by or None,
    }
    return words[field]


def word_of(records: Sequence[HandRecord], field: Field) -> Word | None:
    """Return what stands in a box of a profile: what the newest record tells that tells it.

    The day is that of the newest record of all; None for nothing. `records` have the newest first.
    """
    if field is Field.ON:
        return box_of(records[0], field) if records else None
    if field is Field.BY:
        return next((each.by for each in records if each.by), None)
    record = told_of(field, records)
    return box_of(record, field) if record is not None else None


def figure_of(records: Sequence[HandRecord], field: Field) -> str:
    """Return in words what counts for a box, as its word cannot be taken; "" for nothing."""
    record = told_of(field, records)
    if record is None:
        return ""
    return f"{figure_in_words(record, field)}, {record.whence} on {day_in_words(record.on)},"


def _midnight(day: date | None) -> datetime | None:
    """Return a day as cells have it, which know no zones."""
    return datetime.combine(day, time()) if day is not None else None


def minutes(profiles: int) -> int:
    """Return about how many minutes it takes to fill in so many profiles."""
    return max(1, round(profiles * MINUTES_EACH))


def _to_fill(
    result: CompanyResult,
    channel: Channel,
    row: str,
    all_records: Sequence[HandRecord],
    since: date,
) -> ToFill | None:
    """Return a profile with what it lacks; None where it lacks nothing, or is not their own."""
    if not channel.is_own or channel.found.listing:
        return None
    open_fields = tuple(lack for lack in LACKS if _is_asked(lack, result, channel))
    if not open_fields:
        return None
    profile = _profile(result, channel, row, all_records)
    by_hand = tuple(lack for lack in open_fields if _is_told(lack, profile, since))
    return replace(
        profile, lacks=tuple(lack for lack in open_fields if lack not in by_hand), by_hand=by_hand
    )


def _is_told(lack: Field, profile: ToFill, since: date) -> bool:
    """Tell whether a person told something: as a record from `since` on, else in the list."""
    if told_of(lack, profile.records) is None and lack is Field.FOLLOWERS:
        return isinstance(profile.channel.followers, Known)
    return told_of(lack, profile.records, since) is not None


def _profile(
    result: CompanyResult, channel: Channel, row: str, all_records: Sequence[HandRecord]
) -> ToFill:
    """Return a profile with all that people told of it."""
    key = website_key(result.company.website)
    of_company = [each for each in all_records if each.company == key]
    records = records_of(channel, result.channels, of_company)
    return ToFill(
        company=result.company.name,
        key=key,
        row=row,
        channel=channel,
        lacks=(),
        records=records,
        emptied=emptied_of(channel, result.channels, of_company),
        earlier=_earlier(channel, records),
        alone=sum(each.platform == channel.platform for each in result.channels) == 1,
    )


def _is_asked(lack: Field, result: CompanyResult, channel: Channel) -> bool:
    """Tell whether the program could not read something of a profile that may be seen there."""
    if lack is Field.FOLLOWERS:
        return bool(channel.audience) and _is_open(channel.followers)
    if channel.last_post == NOT_SHOWN:
        return False
    if lack is Field.LAST:
        return _is_open(channel.last_post)
    row = cadence_of(result, channel)
    return row is None or _is_open(row.posts)


def _is_open(value: Number | Moment) -> bool:
    """Tell whether a value is unknown, or known only from a person."""
    return isinstance(value, Unknown) or (
        isinstance(value, Known) and Qualifier.MANUAL in value.qualifiers
    )


def _earlier(channel: Channel, records: Sequence[HandRecord]) -> tuple[int, date | None] | None:
    """Return the audience that was known before: as a person told it, else as a run read it."""
    record = told_of(Field.FOLLOWERS, records)
    if record is not None and record.followers is not None:
        return record.followers, record.on
    previous = channel.history.previous
    if previous is None:
        return None
    days = (each.on for each in channel.counts if each.value.value == previous.value)
    return int(previous.value), next(days, None)
