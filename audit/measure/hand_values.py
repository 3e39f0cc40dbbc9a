"""What people told of profiles as values of a run: each marked, with who read it, when and where.

Nobody can fill in when each post appeared, so that of their days only the last is known.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from audit.measure.cadence import STEPS
from audit.measure.intervals import poisson_interval
from audit.model.bounds import marks_of
from audit.model.by_hand import Field, HandRecord, day_in_words
from audit.model.channel import Channel
from audit.model.hand_records import told_of
from audit.model.hand_words import figure_in_words
from audit.model.metric import Bound
from audit.model.profile import NOT_SHOWN
from audit.model.result import Cadence, Status, Window
from audit.model.site import Section
from audit.model.value import Evidence, Known, Moment, Number, Qualifier, Reason, Unknown

RULE = "by-hand"
"""How such a value was recognised: a person told it."""

NO_DAYS = Unknown(
    reason=Reason.TOO_LITTLE_DATA, detail="a person counted its posts, and not their days"
)
"""Stands for what the days of all posts would tell."""

_NOT_COUNTED = Unknown(reason=Reason.NOT_CHECKED, detail="nobody has counted its posts")
_MANUAL = (Qualifier.MANUAL,)
_WEEK = 7


def count_of(record: HandRecord, field: Field, url: str) -> Known[int]:
    """Return a count that a record tells, with its proof; `url` is the profile's address.

    Raises:
        ValueError: it tells no such count, which is not the same as none.
    """
    counts = {
        Field.FOLLOWERS: record.followers,
        Field.LIKES: record.likes,
        Field.COMMENTS: record.comments,
    }
    count = counts[field]
    if count is None:
        raise ValueError(f"the record tells no {field}")
    return Known(
        value=count,
        evidence=(_proof(record, field, url),),
        exact=field not in record.rounded,
        qualifiers=_MANUAL,
    )


def with_last_post(channel: Channel, told: Sequence[HandRecord], window: Window) -> Channel:
    """Return a channel with what people told of it, and their last post where none was read."""
    channel = replace(channel, told=tuple(told))
    record = told_of(Field.LAST, told)
    is_open = isinstance(channel.last_post, Unknown) and channel.last_post != NOT_SHOWN
    if record is None or record.last_post is None or not is_open:
        return channel
    midnight = datetime.combine(record.last_post, time(), ZoneInfo(window.timezone))
    proof = _proof(record, Field.LAST, channel.url)
    newest = Known(value=midnight.astimezone(UTC), evidence=(proof,), qualifiers=_MANUAL)
    return replace(channel, newest_post=newest)


def with_rows(
    sections: Sequence[Section],
    rows: Sequence[Cadence],
    channels: Sequence[Channel],
    window: Window,
) -> tuple[tuple[Section, ...], tuple[Cadence, ...]]:
    """Return sections and their rows with those that people told; a measured one wins."""
    all_sections, all_rows = list(sections), list(rows)
    places = {(each.channel, each.url): at for at, each in enumerate(sections)}
    for channel in channels:
        if not channel.is_own or channel.last_post == NOT_SHOWN:
            continue
        at = places.get((channel.platform, channel.url))
        if at is not None and not isinstance(rows[at].posts, Unknown):
            continue
        row = _row(channel, window)
        if row is None:
            continue
        if at is None:
            all_sections.append(_section(channel, row))
            all_rows.append(row)
        else:
            all_sections[at] = replace(sections[at], unreadable=None)
            all_rows[at] = row
    return tuple(all_sections), tuple(all_rows)


def _section(channel: Channel, row: Cadence) -> Section:
    """Return the list of posts of a profile that nobody has read; only how many are known."""
    values = (value for value in (row.posts, row.newest) if isinstance(value, Known))
    return Section(
        channel=channel.platform,
        url=channel.url,
        feeds=(),
        posts=(),
        truncated=True,
        unreadable=None,
        evidence=tuple(proof for value in values for proof in value.evidence)[:1],
    )


def _row(channel: Channel, window: Window) -> Cadence | None:
    """Return the cadence of a profile as people told it; None where they told of no post."""
    counted = told_of(Field.POSTS, channel.told)
    told_last = isinstance(channel.last_post, Known) and (
        Qualifier.MANUAL in channel.last_post.qualifiers
    )
    if counted is None and not told_last:
        return None
    newest = channel.last_post
    recency, status = _recency(newest, counted, window)
    posts, rate, interval, coverage = _counts(counted, channel, window)
    return Cadence(
        channel=channel.platform,
        url=channel.url,
        posts=posts,
        posts_per_week=rate,
        interval=interval,
        coverage=coverage,
        truncated=coverage < 1,
        newest=newest,
        recency_days=recency,
        longest_gap_days=NO_DAYS,
        weeks_with_post=NO_DAYS,
        gap_variation=NO_DAYS,
        status=status,
        trend=NO_DAYS,
        undated=0,
        flagged=0,
        months=(),
        pattern=NO_DAYS,
    )


def _counts(
    record: HandRecord | None, channel: Channel, window: Window
) -> tuple[Number, Number, tuple[float, float] | None, float]:
    """Return posts, posts a week with their interval, and the seen part of the window.

    Posts × 7 ÷ days; what was posted in the rest of the window nobody knows.
    """
    if record is None or record.posts is None:
        return _NOT_COUNTED, _NOT_COUNTED, None, 0.0
    days = min(record.days, window.lookback_days)
    whole = days >= window.lookback_days
    weeks = record.days / _WEEK
    proof = (_proof(record, Field.POSTS, channel.url),)
    exact = Field.POSTS not in record.rounded
    part = () if whole else marks_of(Bound.LEAST)
    about = () if whole else marks_of(Bound.ESTIMATE)
    low, high = poisson_interval(record.posts)
    return (
        Known(value=record.posts, evidence=proof, exact=exact, qualifiers=(*_MANUAL, *part)),
        Known(
            value=record.posts / weeks, evidence=proof, exact=exact, qualifiers=(*_MANUAL, *about)
        ),
        (low / weeks, high / weeks),
        round(days / window.lookback_days, 4),
    )


def _recency(
    newest: Moment, counted: HandRecord | None, window: Window
) -> tuple[Number, Known[Status] | Unknown]:
    """Return the days since the last post and the status; of posts without a day what is sure.

    With a post in the last 30 days before the reading, the last one is so old at most.
    """
    end = _today(window)
    if isinstance(newest, Known):
        on = newest.value.astimezone(ZoneInfo(window.timezone)).date()
        days = max(0, (end - on).days)
        value = Known(value=days, evidence=newest.evidence, qualifiers=newest.qualifiers)
        return value, Known(value=_status(days), evidence=newest.evidence)
    if counted is None or not counted.posts:
        return NO_DAYS, NO_DAYS
    youngest = max(0, (end - counted.on).days)
    oldest = youngest + counted.days
    if _status(youngest) is not _status(oldest):
        return NO_DAYS, NO_DAYS
    return NO_DAYS, Known(
        value=_status(oldest), evidence=(_proof(counted, Field.POSTS, counted.url),)
    )


def _status(days: int) -> Status:
    """Return the status of a channel by the days since its last post."""
    return next((step for limit, step in STEPS if days <= limit), Status.ABANDONED)


def _proof(record: HandRecord, field: Field, url: str) -> Evidence:
    """Return a figure as evidence: in words, with who told it, of which day, and where."""
    about = f"; they write about {record.about}" if record.about else ""
    words = figure_in_words(record, field)
    return Evidence(
        url=url,
        fetched_at=datetime.combine(record.on, time(), UTC),
        rule=RULE,
        excerpt=f"{words}, {record.whence} on {day_in_words(record.on)}{about}",
        record=record.place,
    )


def _today(window: Window) -> date:
    """Return the last day of the window, in the zone of the settings."""
    return window.as_of.astimezone(ZoneInfo(window.timezone)).date()
