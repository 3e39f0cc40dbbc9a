"""Sections and profiles in which more or less is posted than before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from audit.changes.finder import Difference, Finder
from audit.changes.pair import Look, Pair
from audit.changes.rows import Rows, rows, seen_since, times
from audit.changes.silence import is_silent, turned
from audit.measure.intervals import ratio_interval
from audit.model.change import Cause, ChangeType, Event
from audit.model.metric import Unit
from audit.model.result import Cadence
from audit.model.value import Evidence, Known, Number

APART = 1.5
"""A rate that is less than half as much again is not told, however sure: many posts prove little.

By chance alone one in twenty of all rates lies outside of its interval, too."""

_WEEK = timedelta(weeks=1)
_LEAST_DAYS = 28
"""Days between two runs from which on the posts since are held against those before."""

RECOUNTED = "the later run counts other posts of the same time than the earlier one did"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Posts that were counted, and the weeks in which."""

    posts: int
    weeks: float

    @property
    def rate(self) -> float:
        """Return the posts a week."""
        return self.posts / self.weeks


def _of_company(pair: Pair) -> Iterator[Difference]:
    """Give the places whose rate since the earlier run is another than it was until then.

    Where a silence began or ended that is told in its place, and one that goes on is no news.
    """
    if (pair.now.run.as_of - pair.before.run.as_of).days < _LEAST_DAYS:
        return
    for row in rows(pair):
        if turned(row) is not None or is_silent(row.now):
            continue
        old, new = until_then(row.before, pair), since_then(row.now, pair)
        if old is None or new is None:
            continue
        event = compared(old, new)
        if event is not None and not _was_so(row.before, pair, event, new):
            yield _difference(row, pair, event, old, new)


def until_then(row: Cadence, pair: Pair) -> Span | None:
    """Return the posts of the earlier run's period as it saw them; None where it saw too little."""
    return _span(row, pair.before, seen_since(row, pair.before))


def since_then(row: Cadence, pair: Pair) -> Span | None:
    """Return the posts since the earlier run; None where the later one saw too little of that."""
    since = max(pair.before.run.as_of, seen_since(row, pair.now))
    return _span(row, pair.now, since)


def compared(old: Span, new: Span) -> Event | None:
    """Return whether a rate has risen or fallen; None where chance may have done it.

    By the conditional binomial: of all posts of both spans the later ones are a share that depends
    on the ratio of the rates alone (`audit/measure/intervals.py`, `ratio_interval`).
    """
    low, high = ratio_interval(new.posts, old.posts)
    times_longer = old.weeks / new.weeks
    ratio = new.rate / old.rate if old.posts else None
    if low * times_longer > 1 and (ratio is None or ratio >= APART):
        return Event.UP
    fell = high is not None and high * times_longer < 1
    return Event.DOWN if fell and ratio is not None and ratio <= 1 / APART else None


def _was_so(row: Cadence, pair: Pair, event: Event, new: Span) -> bool:
    """Tell whether a rate was as it is now in the weeks before the earlier run already.

    These are as many as since then. The earlier run's whole period may lag behind: what rose a
    quarter ago is higher than the mean of that year for three more quarters.
    """
    until = pair.before.run.as_of
    since = until - (pair.now.run.as_of - until)
    if since < seen_since(row, pair.before):
        return False
    last = Span(
        posts=sum(since < at <= until for at in times(row, pair.before)),
        weeks=(until - since) / _WEEK,
    )
    if not last.posts:
        return event is Event.DOWN and not new.posts
    ratio = new.rate / last.rate
    return ratio < APART if event is Event.UP else ratio > 1 / APART


def _span(row: Cadence, look: Look, since: datetime) -> Span | None:
    """Return the posts of a place from a time on; None where posts have no dates, or too few."""
    if row.interval is None or not isinstance(row.posts_per_week, Known):
        return None
    at = [each for each in times(row, look) if since <= each <= look.run.as_of]
    weeks = (look.run.as_of - since) / _WEEK
    # The oldest post of a list that is cut off begins the span, and is none within it.
    count = len(at) - 1 if row.truncated and since == seen_since(row, look) else len(at)
    return Span(posts=count, weeks=weeks) if weeks > 0 and count >= 0 else None


def _difference(row: Rows, pair: Pair, event: Event, old: Span, new: Span) -> Difference:
    """Put a difference of a rate together."""
    cause, why = _cause(row, pair)
    return Difference(
        event=event,
        subject=f"{row.subject}.posts_per_week",
        what=f"{row.what}: posts a week",
        old=_rate(old, row.before.posts_per_week),
        new=_rate(new, row.now.posts_per_week),
        url=row.now.url,
        unit=Unit.RATE,
        cause=cause,
        why=why or f"{new.posts} in the {new.weeks:.0f} weeks since the earlier run",
        name=row.now.channel,
    )


def _rate(span: Span, value: Number) -> Known[float]:
    """Return a rate of a span, with the proof of the posts that were read."""
    proof: Sequence[Evidence] = value.evidence if isinstance(value, Known) else ()
    return Known(value=span.rate, evidence=tuple(proof))


def _cause(row: Rows, pair: Pair) -> tuple[Cause, str]:
    """Return whose doing it is: where both runs count the same time apart, it is not theirs."""
    since = max(seen_since(row.before, pair.before), seen_since(row.now, pair.now))
    until = pair.before.run.as_of
    then, today = (
        sum(since <= at <= until for at in times(each, look))
        for each, look in ((row.before, pair.before), (row.now, pair.now))
    )
    if abs(then - today) <= max(1, 0.1 * max(then, today)):
        return Cause.REAL, ""
    if not pair.same_rules:
        return Cause.RULE, RECOUNTED
    return (Cause.WINDOW if pair.looks_differently else Cause.ACCESS), RECOUNTED


FINDER = Finder(type=ChangeType.CADENCE, order=70, of_company=_of_company)
