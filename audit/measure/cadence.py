"""How often, how lately, how steadily a section is written; definitions: docs/glossary.md."""

import itertools
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from audit.measure.intervals import poisson_interval, ratio_interval, waiting_interval
from audit.measure.timing import pattern_of
from audit.model.bounds import marks_of
from audit.model.metric import Bound
from audit.model.result import Cadence, Status, Trend, TrendDirection, Window
from audit.model.site import Section
from audit.model.value import (
    PROOFS,
    TOO_FAR_AHEAD,
    Absent,
    Dated,
    Known,
    Moment,
    Number,
    Qualifier,
    Reason,
    Unknown,
)

STEPS = ((30, Status.ACTIVE), (90, Status.SLOWING), (365, Status.DORMANT))
"""Days since the newest post up to which a status holds; beyond the last: abandoned."""

TREND_DAYS = 90
TREND_POSTS = 4
"""Fewer posts than this in the two spans together say nothing about a trend."""

FEWEST_GAPS = 3
"""A variation needs four posts, which have three gaps (docs/glossary.md, Cadence)."""

_NO_POST = Unknown(reason=Reason.TOO_LITTLE_DATA, detail="no post seen")

_WITHOUT_DATE = frozenset({"undated", "default-date"})
"""Flags of posts that are there, though nobody knows since when."""

_PART = (Qualifier.TRUNCATED,)
_ESTIMATE = marks_of(Bound.ESTIMATE)
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_MOST_MONTHS = 600
"""Fifty years: settings.lookback_days may be a century, of which no chart shows the months."""


def cadence(section: Section, window: Window) -> Cadence:
    """Measure one section within the window; one that could not be read keeps its reason."""
    if section.unreadable is not None:
        return _unread(section, section.unreadable)
    return Times(section, window).cadence()


class Times:
    """The dated posts of a section, and how much of the window they let us see.

    `dated` are all posts that count with their times, in order, `all` those times, `times` the ones
    within the window. `marks` travel with counts and silences, `estimate` with what a list that was
    cut off estimates: rates and shares.
    `since` is when the observed span begins: with the window, or with the oldest post of a list
    that is `cut` off within the window, as nobody knows what was before it. Of several lists as one
    the caller says `since` when all of them are seen.
    """

    def __init__(self, section: Section, window: Window, since: datetime | None = None) -> None:
        """Sort the posts that count; what is dated too far ahead does not."""
        self.section, self.window = section, window
        self.zone = ZoneInfo(window.timezone)
        counted = [
            (self._time(post.published), post)
            for post in section.posts
            if post.published is not None and not post.flag
        ]
        # A post may be dated somewhat after the visit, by a clock or a zone that is wrong.
        near = [(at, post) for at, post in counted if at <= window.as_of + TOO_FAR_AHEAD]
        self.dated = sorted(near, key=lambda pair: pair[0])
        self.all = [at for at, _ in self.dated]
        # An old post that is pinned above newer ones does not tell how far back a list goes.
        oldest = self._seen_since() if section.truncated and self.all else window.start
        cut = oldest > window.start
        self.since = since or (oldest if cut else window.start)
        self.cut = cut = cut or self.since > window.start
        self.times = [at for at in self.all if at >= max(window.start, self.since)]
        self.proof = section.evidence[:PROOFS]
        self.undated = sum(post.flag in _WITHOUT_DATE for post in section.posts)
        self.marks = _PART if cut or self.undated else ()
        # Picks leave out others between them: there are at least so many, and nothing is estimated.
        self.estimate = _ESTIMATE if cut and not section.picked else self.marks

    def _seen_since(self) -> datetime:
        """Return the oldest post of those that are all known, of a list that is cut off."""
        known_since = self.section.since
        later = [at for at in self.all if known_since is None or at >= known_since]
        return later[0] if later else self.all[0]

    def cadence(self) -> Cadence:
        """Return all figures; each is unknown for itself where too little was seen for it.

        Posts without a usable date may lie anywhere, also after the newest one of those with dates:
        what they leave open is unknown, and a count is at least what it is without them.
        """
        row = self._of_dated()
        return _reserved(row, self.undated) if self.undated and self.all else row

    def _of_dated(self) -> Cadence:
        """Return all figures of the posts with dates, as if there were no others."""
        rate, interval = self._rate()
        newest = self._newest()
        return Cadence(
            channel=self.section.channel,
            url=self.section.url,
            posts=self._known(len(self.times)) if self._any() else self._nothing(),
            posts_per_week=rate,
            interval=interval,
            coverage=self._coverage() if self._any() else 0.0,
            truncated=self.cut,
            newest=newest,
            recency_days=self._recency(newest),
            longest_gap_days=self._longest_gap(),
            weeks_with_post=self._weeks_with_post(),
            gap_variation=self._gap_variation(),
            status=self._status(newest),
            trend=self._trend(),
            undated=sum(post.flag == "undated" for post in self.section.posts),
            flagged=sum(post.flag in ("future", "default-date") for post in self.section.posts),
            months=self._months(),
            pattern=pattern_of(self.section.posts, self.window, self.proof, self.marks),
            lists=self.section.lists,
        )

    def _months(self) -> tuple[tuple[str, int | None], ...]:
        """Return the posts of each month; None for a month that may hold a post without a date."""
        months = _months(self.times, self.since, self.window, self.zone)
        if any(post.counted_at is None and post.flag != "future" for post in self.section.posts):
            return tuple((name, None if count == 0 else count) for name, count in months)
        return months

    def _any(self) -> bool:
        """Tell whether there is a list that a figure can rest on: dated posts, or an empty one."""
        return bool(self.all) or not self.section.posts

    def _nothing(self) -> Unknown:
        """Return why posts without a date that counts give no figure, with how many of each."""
        flags = Counter(post.flag for post in self.section.posts)
        counts = ", ".join(f"{number} {flag}" for flag, number in flags.items())
        detail = f"no post with a usable date ({counts})"
        return Unknown(reason=Reason.TOO_LITTLE_DATA, detail=detail)

    def _known(self, value: int) -> Known[int]:
        """Return a count with the section's proof, marked where the list is cut off."""
        return Known(value=value, evidence=self.proof, qualifiers=self.marks)

    def _coverage(self) -> float:
        """Return the observed span ÷ the window, 0 to 1."""
        span = self.window.as_of - max(self.since, self.window.start)
        return round(min(1.0, span / (self.window.as_of - self.window.start)), 4)

    def _rate(self) -> tuple[Number, tuple[float, float] | None]:
        """Return posts a week with the exact 95 % interval; no interval without a rate.

        Of a complete list n ÷ weeks of the window, with Garwood's interval (1936); of one cut off
        at n items (n − 1) ÷ weeks since the oldest of them, with that of a time waited for the
        n-th (Epstein and Sobel 1953). Both hold for posts that come one by one, at random.
        """
        if not self._any():
            return self._nothing(), None
        events = self.events()
        if events is None:
            return Unknown(reason=Reason.TOO_LITTLE_DATA, detail="one post seen"), None
        count, weeks = events
        low, high = waiting_interval(count + 1) if self.cut else poisson_interval(count)
        rate = Known(value=count / weeks, evidence=self.proof, qualifiers=self.estimate)
        return rate, (low / weeks, high / weeks)

    def events(self) -> tuple[int, float] | None:
        """Return the posts that count for the rate and the weeks seen; None if too few are seen.

        The oldest post of a cut-off list begins the span, so it is no event within it: n − 1 is
        unbiased for a Poisson process, n would be too high (docs/glossary.md, Cadence).
        """
        count = len(self.times) - 1 if self.cut else len(self.times)
        weeks = (self.window.as_of - self.since) / _WEEK
        if not self._any() or weeks <= 0 or (self.cut and count < 1):
            return None
        return count, weeks

    def _newest(self) -> Moment:
        """Return when the newest post appeared, in the window or before it; absent without any."""
        if not self.all:
            return Absent(evidence=self.proof) if not self.section.posts else self._nothing()
        at, post = self.dated[-1]
        return Known(value=at, evidence=(post.evidence,))

    def _recency(self, newest: Moment) -> Number:
        """Return the days from the newest post to the end of the window; 0 for one after it."""
        match newest:
            case Known(value=at, evidence=evidence):
                return Known(value=max(0, self._days_since(at)), evidence=evidence)
            case Absent() | Unknown():
                return newest

    def _status(self, newest: Moment) -> Known[Status] | Unknown:
        """Return the status by `STEPS`; never posted is said only of a complete, empty list."""
        match newest:
            case Known(value=at, evidence=evidence):
                days = self._days_since(at)
                status = next((step for limit, step in STEPS if days <= limit), Status.ABANDONED)
                return Known(value=status, evidence=evidence)
            case Absent():
                if self.section.truncated:
                    return _NO_POST
                return Known(value=Status.NEVER, evidence=self.proof)
            case Unknown():
                return newest

    def _longest_gap(self) -> Number:
        """Return the longest silence in days: between two posts, or since the newest one.

        Two posts of the window that follow each other, and the newest post (which may lie before
        the window) and its end: a silence that still goes on is one. With posts 3, 10 and 67 days
        ago it is 57; with posts 20 and 25 days ago 20.
        """
        if not self.all:
            return self._nothing() if self.section.posts else _NO_POST
        days = [self._day(at) for at in self.times or self.all[-1:]]
        # A post dated somewhat after the visit makes no silence, and none of less than nothing.
        gaps = (
            max(0, (later - earlier).days)
            for earlier, later in itertools.pairwise([*days, self._day(self.window.as_of)])
        )
        return Known(value=max(gaps), evidence=self.proof, qualifiers=self.marks)

    def _gap_variation(self) -> Number:
        """Return the standard deviation ÷ the mean of the gaps: 0 as a clock, about 1 at random."""
        hours = [
            (later - earlier) / timedelta(hours=1)
            for earlier, later in itertools.pairwise(self.times)
        ]
        # Posts that all bear one time have a mean of 0, by which nothing can be divided.
        if len(hours) < FEWEST_GAPS or statistics.fmean(hours) == 0:
            return Unknown(reason=Reason.TOO_LITTLE_DATA, detail="fewer than four posts")
        # The gaps are all of the span and no sample of more, so `pstdev` and not `stdev`.
        value = statistics.pstdev(hours) / statistics.fmean(hours)
        return Known(value=value, evidence=self.proof, qualifiers=self.estimate)

    def _weeks_with_post(self) -> Number:
        """Return the share of the weeks of the observed span, counted back from as_of, with a post.

        Only whole weeks count, so that a rest of some days is no week without a post.
        """
        if not self._any():
            return self._nothing()
        weeks = max(1, int((self.window.as_of - self.since) / _WEEK))
        with_post = {
            int((self.window.as_of - at) / _WEEK) for at in self.times if at <= self.window.as_of
        }
        share = len({week for week in with_post if week < weeks}) / weeks
        return Known(value=share, evidence=self.proof, qualifiers=self.estimate)

    def _trend(self) -> Known[Trend] | Unknown:
        """Return posts in the last 90 days against the 90 before; unknown unless all is seen."""
        middle = self.window.as_of - TREND_DAYS * _DAY
        start = self.window.as_of - 2 * TREND_DAYS * _DAY
        if not self._any():
            return self._nothing()
        if self.since > start:
            detail = "the two spans of 90 days are not wholly seen"
            return Unknown(reason=Reason.TOO_LITTLE_DATA, detail=detail)
        later = sum(at > middle for at in self.times)
        earlier = sum(start < at <= middle for at in self.times)
        if later + earlier < TREND_POSTS:
            detail = f"{later + earlier} posts in 180 days"
            return Unknown(reason=Reason.TOO_LITTLE_DATA, detail=detail)
        return Known(value=_compared(later, earlier), evidence=self.proof)

    def _time(self, published: Dated) -> datetime:
        """Return when a post appeared; a day without an hour begins in the zone of the settings.

        Such a day stands at midnight UTC, which in America is still the day before.
        """
        at = published.at
        if published.day_only and at.time() == time():
            return datetime.combine(at.date(), time(), self.zone).astimezone(UTC)
        return at

    def _days_since(self, at: datetime) -> int:
        """Return the calendar days from a time to the end of the window; negative after it."""
        return (self._day(self.window.as_of) - self._day(at)).days

    def _day(self, at: datetime) -> date:
        """Return the calendar day of a time in the zone of the settings."""
        return at.astimezone(self.zone).date()


def _reserved(row: Cadence, undated: int) -> Cadence:
    """Return a row beside which there are posts without a usable date, by how many.

    The newest post is this old at most, so that only an active section is surely active. The rate
    is at least this, so that its interval has no upper end.
    """
    posts = "post has" if undated == 1 else "posts have"
    detail = f"{undated} {posts} no usable date"
    unknown = Unknown(reason=Reason.TOO_LITTLE_DATA, detail=detail)
    active = isinstance(row.status, Known) and row.status.value is Status.ACTIVE
    recency = row.recency_days
    return replace(
        row,
        interval=None,
        recency_days=replace(recency, qualifiers=_PART) if isinstance(recency, Known) else recency,
        longest_gap_days=unknown,
        gap_variation=unknown,
        status=row.status if active else unknown,
        trend=unknown,
    )


def _compared(later: int, earlier: int) -> Trend:
    """Return the trend from one count to another; it has a direction only where that is proved."""
    low, high = ratio_interval(later, earlier)
    direction = TrendDirection.STEADY
    if low > 1:
        direction = TrendDirection.RISING
    elif high is not None and high < 1:
        direction = TrendDirection.FALLING
    ratio = later / earlier if earlier else None
    return Trend(ratio=ratio, low=low, high=high, direction=direction)


def _months(
    times: Sequence[datetime], since: datetime, window: Window, zone: ZoneInfo
) -> tuple[tuple[str, int | None], ...]:
    """Return posts a calendar month over the window, such as ("2026-10", 4), the oldest first.

    None stands for the months that were not wholly seen: those before the observed span, and the
    one within which it begins. Of the window's first and last month the part in it counts.
    """
    counts = Counter(f"{at.astimezone(zone):%Y-%m}" for at in times)
    first = window.start.astimezone(zone)
    last = window.as_of.astimezone(zone)
    begins = f"{max(since, window.start).astimezone(zone):%Y-%m}"
    in_part = since > window.start
    months: list[tuple[str, int | None]] = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month) and len(months) < _MOST_MONTHS:
        name = f"{year:04d}-{month:02d}"
        seen = name > begins or (name == begins and not in_part)
        months.append((name, counts.get(name, 0) if seen else None))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return tuple(months)


def _unread(section: Section, reason: Unknown) -> Cadence:
    """Return the row of a section that could not be read: its reason in place of every figure."""
    return Cadence(
        channel=section.channel,
        url=section.url,
        posts=reason,
        posts_per_week=reason,
        interval=None,
        coverage=0.0,
        truncated=False,
        newest=reason,
        recency_days=reason,
        longest_gap_days=reason,
        weeks_with_post=reason,
        gap_variation=reason,
        status=reason,
        trend=reason,
        undated=0,
        flagged=0,
        months=(),
        pattern=reason,
    )
