"""When posts appear: by weekday and hour in the time zone of the settings."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, time
from zoneinfo import ZoneInfo

from audit.measure.outlets import outlets, without_mirrors
from audit.measure.subject import Brief
from audit.model.result import Cadence, Pattern, Slot, Window
from audit.model.site import Post
from audit.model.value import (
    PROOFS,
    TOO_FAR_AHEAD,
    Dated,
    Evidence,
    Known,
    Qualifier,
    Reason,
    Unknown,
)

FEWEST = 30
"""Fewer posts than this show no pattern: most of the 168 hours of a week would be empty anyway."""

MOST_OF_A_DAY = 0.25
"""Posts of one day, as a share of all: of more the pattern would be that of this day.

So it is with the front of a paper, which shows the day on which it is read, and with posts that
were moved from elsewhere.
"""

_MIDNIGHT = time()


def pattern_of(
    posts: Sequence[Post],
    window: Window,
    proof: tuple[Evidence, ...],
    marks: tuple[Qualifier, ...] = (),
) -> Known[Pattern] | Unknown:
    """Count the posts of the window by weekday and hour; unknown under 30 of them.

    So it is where more than a quarter are of one day. Posts of one address count once. `marks` tell
    that some posts may be missing. The hours are left out where fewer than 30 posts have one.
    """
    zone = ZoneInfo(window.timezone)
    told = [
        (dated.at.date(), place)
        for dated in _dates(posts, window)
        if (place := _weekday_and_hour(dated, zone)) is not None
    ]
    if too_few := _too_few([day for day, _ in told]):
        return Unknown(reason=Reason.TOO_LITTLE_DATA, detail=too_few)
    return Known(value=_counted([place for _, place in told]), evidence=proof, qualifiers=marks)


def _too_few(days: Sequence[date]) -> str:
    """Return why posts of these days show no pattern; "" where they do."""
    if len(days) < FEWEST:
        return f"{len(days)} posts with a weekday in the period; {FEWEST} are needed"
    most = max(Counter(days).values())
    of_one = most > MOST_OF_A_DAY * len(days)
    return f"a single day has {most} of the {len(days)} posts" if of_one else ""


def pattern_of_company(brief: Brief) -> Known[Pattern] | Unknown:
    """Return the pattern of a company's own site and own channels together."""
    listed = without_mirrors(outlets(brief))
    read = [(each, each.row) for each in listed if isinstance(each.row, Cadence)]
    cut = len(read) < len(listed) or any(row.truncated for _, row in read)
    return pattern_of(
        [post for outlet, _ in read for post in outlet.posts],
        brief.context.window,
        tuple(post.evidence for outlet, _ in read for post in outlet.posts[:1])[:PROOFS],
        (Qualifier.TRUNCATED,) if cut else (),
    )


def _dates(posts: Sequence[Post], window: Window) -> list[Dated]:
    """Return the dates of the posts that count in the window, each address once."""
    counted = {
        post.url or index: post.published
        for index, post in enumerate(posts)
        if post.published is not None
        and post.counted_at is not None
        and window.start <= post.counted_at <= window.as_of + TOO_FAR_AHEAD
    }
    return list(counted.values())


def _weekday_and_hour(dated: Dated, zone: ZoneInfo) -> tuple[int, int | None] | None:
    """Return when a post appeared: weekday (Monday is 0) and hour, or None for what is not known.

    A day without an hour stands at midnight UTC and belongs to that day in every zone. One that was
    counted back ("3 weeks ago") or could be another ("03/04/2024") tells no weekday. Midnight to
    the second, in UTC or in the zone, is what software writes for a day: it is no hour either.
    """
    local = dated.at.astimezone(zone)
    at_midnight = dated.at.time() == _MIDNIGHT
    if dated.ambiguous or (dated.day_only and not at_midnight):
        return None
    if at_midnight:
        return dated.at.weekday(), None
    return local.weekday(), None if local.time() == _MIDNIGHT else local.hour


def _counted(places: Sequence[tuple[int, int | None]]) -> Pattern:
    """Return the pattern of some weekdays and hours."""
    slots = Counter((day, hour) for day, hour in places if hour is not None)
    days = Counter(day for day, _ in places)
    enough = slots.total() >= FEWEST
    return Pattern(
        posts=len(places),
        timed=slots.total(),
        weekdays=tuple(days[day] for day in range(7)),
        hours=tuple(tuple(slots[day, hour] for hour in range(24)) for day in range(7))
        if enough
        else (),
        busiest=_busiest(slots) if enough else None,
    )


def _busiest(slots: Counter[tuple[int, int]]) -> Slot | None:
    """Return the slot with the most posts; None at a tie."""
    (place, most), *others = slots.most_common(2)
    if others and others[0][1] == most:
        return None
    return Slot(weekday=place[0], hour=place[1], posts=most)
