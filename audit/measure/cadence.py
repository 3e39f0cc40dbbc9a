"""How often, how lately, how steadily a section is written; definitions: docs/glossary.md."""

import itertools
import statistics
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from audit.measure.intervals import poisson_interval, ratio_interval
from audit.model.result import Cadence, Status, Trend, TrendDirection, Window
from audit.model.site import Section
from audit.model.value import Absent, Known, Moment, Number, Qualifier, Reason, Unknown

STEPS = ((30, Status.ACTIVE), (90, Status.SLOWING), (365, Status.DORMANT))
"""Days since the newest post up to which a status holds; beyond the last: abandoned."""

TREND_DAYS = 90
TREND_POSTS = 4
"""Fewer posts than this in the two spans together say nothing about a trend."""

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_PROOFS = 5


def cadence(section: Section, window: Window) -> Cadence:
    """Measure one section within the window."""
    if section.unreadable is not None:
        return _unread(section, section.unreadable, window)
    return _Times(section, window).cadence()


class _Times:
    """The dated posts of a section, and how much of the window they let us see."""

    def __init__(self, section: Section, window: Window) -> None:
        self.section, self.window = section, window
        self.zone = ZoneInfo(window.timezone)
        counted = [post for post in section.posts if post.counted_at is not None]
        self.posts = sorted(counted, key=lambda post: post.counted_at or window.as_of)
        self.all = [at for post in self.posts if (at := post.counted_at) is not None]
        self.all = [at for at in self.all if at <= window.as_of + 2 * _DAY]
        cut = section.truncated and bool(self.all) and self.all[0] > window.start
        self.since = self.all[0] if cut else window.start
        self.cut = cut
        self.times = [at for at in self.all if at >= window.start]
        self.proof = section.evidence[:_PROOFS]
        self.marks = (Qualifier.TRUNCATED,) if cut else ()

    def cadence(self) -> Cadence:
        rate, interval = self._rate()
        newest = self._newest()
        return Cadence(
            channel=self.section.channel,
            url=self.section.url,
            posts=self._known(len(self.times)) if self._any() else self._nothing(),
            posts_per_week=rate,
            interval=interval,
            coverage=self._coverage() if self._any() or not self.section.truncated else 0.0,
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
            months=_months(self.times, self.since, self.window, self.zone),
        )

    def _any(self) -> bool:
        """Tell whether there is a list at all that a figure can rest on."""
        return bool(self.all) or not self.section.posts

    def _nothing(self) -> Unknown:
        flags = Counter(post.flag for post in self.section.posts)
        said = ", ".join(f"{number} {flag}" for flag, number in flags.items())
        return Unknown(reason=Reason.TOO_LITTLE_DATA, detail=f"no post with a usable date ({said})")

    def _known(self, value: int) -> Known[int]:
        return Known(value=value, evidence=self.proof, qualifiers=self.marks)

    def _coverage(self) -> float:
        span = self.window.as_of - max(self.since, self.window.start)
        return round(min(1.0, span / (self.window.as_of - self.window.start)), 4)

    def _rate(self) -> tuple[Number, tuple[float, float] | None]:
        """Posts per week: n ÷ weeks of the window, or (n − 1) ÷ weeks since the oldest seen."""
        if not self._any():
            return self._nothing(), None
        count = len(self.times) - 1 if self.cut else len(self.times)
        weeks = (self.window.as_of - self.since) / _WEEK
        if weeks <= 0 or (self.cut and count < 1):
            return Unknown(reason=Reason.TOO_LITTLE_DATA, detail="one post seen"), None
        low, high = poisson_interval(count)
        rate = Known(value=count / weeks, evidence=self.proof, qualifiers=self.marks)
        return rate, (low / weeks, high / weeks)

    def _newest(self) -> Moment:
        if not self.all:
            return Absent(evidence=self.proof) if not self.section.posts else self._nothing()
        post = self.posts[-1]
        return Known(value=self.all[-1], evidence=(post.evidence,))

    def _recency(self, newest: Moment) -> Number:
        match newest:
            case Known(value=at, evidence=evidence):
                days = (self._day(self.window.as_of) - self._day(at)).days
                return Known(value=max(0, days), evidence=evidence)
            case Absent() | Unknown():
                return newest

    def _status(self, newest: Moment) -> Known[Status] | Unknown:
        match newest:
            case Known(value=at, evidence=evidence):
                days = (self._day(self.window.as_of) - self._day(at)).days
                said = next((status for limit, status in STEPS if days <= limit), Status.ABANDONED)
                return Known(value=said, evidence=evidence)
            case Absent():
                if self.section.truncated:
                    return Unknown(reason=Reason.TOO_LITTLE_DATA, detail="no post seen")
                return Known(value=Status.NEVER, evidence=self.proof)
            case Unknown():
                return newest

    def _longest_gap(self) -> Number:
        """The longest time between two posts that follow each other, in days."""
        gaps = self._gaps()
        if not gaps:
            return Unknown(
                reason=Reason.TOO_LITTLE_DATA, detail="fewer than two posts in the window"
            )
        return Known(value=max(gaps), evidence=self.proof, qualifiers=self.marks)

    def _gaps(self) -> list[int]:
        days = [self._day(at) for at in self.times]
        return [(later - earlier).days for earlier, later in itertools.pairwise(days)]

    def _gap_variation(self) -> Number:
        """Standard deviation ÷ mean of the gaps; needs three of them."""
        hours = [
            (later - earlier) / timedelta(hours=1)
            for earlier, later in zip(self.times, self.times[1:], strict=False)
        ]
        if len(hours) < 3 or statistics.fmean(hours) == 0:
            return Unknown(reason=Reason.TOO_LITTLE_DATA, detail="fewer than four posts")
        value = statistics.pstdev(hours) / statistics.fmean(hours)
        return Known(value=value, evidence=self.proof, qualifiers=self.marks)

    def _weeks_with_post(self) -> Number:
        """Share of the weeks of the observed span, counted back from as_of, with a post."""
        if not self._any():
            return self._nothing()
        span = self.window.as_of - self.since
        weeks = max(1, int(span / _WEEK))
        hit = {
            int((self.window.as_of - at) / _WEEK) for at in self.times if at <= self.window.as_of
        }
        share = len({week for week in hit if week < weeks}) / weeks
        return Known(value=share, evidence=self.proof, qualifiers=self.marks)

    def _trend(self) -> Known[Trend] | Unknown:
        """Posts in the last 90 days against the 90 before."""
        middle = self.window.as_of - TREND_DAYS * _DAY
        start = self.window.as_of - 2 * TREND_DAYS * _DAY
        if self.since > start or not self._any():
            detail = "the two spans of 90 days are not wholly seen"
            return Unknown(reason=Reason.TOO_LITTLE_DATA, detail=detail)
        later = sum(at > middle for at in self.times)
        earlier = sum(start < at <= middle for at in self.times)
        if later + earlier < TREND_POSTS:
            return Unknown(
                reason=Reason.TOO_LITTLE_DATA, detail=f"{later + earlier} posts in 180 days"
            )
        low, high = ratio_interval(later, earlier)
        direction = TrendDirection.STEADY
        if low > 1:
            direction = TrendDirection.RISING
        elif high is not None and high < 1:
            direction = TrendDirection.FALLING
        ratio = later / earlier if earlier else None
        trend = Trend(ratio=ratio, low=low, high=high, direction=direction)
        return Known(value=trend, evidence=self.proof)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()


def _months(
    times: Sequence[datetime], since: datetime, window: Window, zone: ZoneInfo
) -> tuple[tuple[str, int | None], ...]:
    """Posts a calendar month over the window; None for months that were not wholly looked at."""
    counts = Counter(f"{at.astimezone(zone):%Y-%m}" for at in times)
    first = window.start.astimezone(zone)
    last = window.as_of.astimezone(zone)
    seen = f"{since.astimezone(zone):%Y-%m}"
    months: list[tuple[str, int | None]] = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month) and len(months) < 600:
        name = f"{year:04d}-{month:02d}"
        months.append((name, counts.get(name, 0) if name >= seen else None))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return tuple(months)


def _unread(section: Section, why: Unknown, window: Window) -> Cadence:
    del window
    return Cadence(
        channel=section.channel,
        url=section.url,
        posts=why,
        posts_per_week=why,
        interval=None,
        coverage=0.0,
        truncated=False,
        newest=why,
        recency_days=why,
        longest_gap_days=why,
        weeks_with_post=why,
        gap_variation=why,
        status=why,
        trend=why,
        undated=0,
        flagged=0,
        months=(),
    )
