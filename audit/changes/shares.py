"""Shares of a company's posts before and since an earlier run, and whether chance moved them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from audit.changes.pair import Pair
from audit.changes.rows import seen_since
from audit.measure.intervals import difference_interval
from audit.measure.own_posts import FEWEST_POSTS, Place, own_posts_of
from audit.model.change import Event
from audit.model.result import Window
from audit.model.site import Post
from audit.model.value import Known

POINTS_APART = 0.1
"""A share that has moved by less than ten points is not told: nobody would do anything else."""

SINCE = "of the {now} posts since the earlier run, against the {before} before it"

_PROOFS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """A company's own posts of the later run's period, by the day of the earlier run.

    Both are of one reading by one set of rules, so that no other way to judge them shows as a
    change.
    """

    before: tuple[Post, ...]
    since: tuple[Post, ...]

    def of(self, wanted: Callable[[Post], bool]) -> "Spans":
        """Return the posts for which something holds."""
        return Spans(
            before=tuple(post for post in self.before if wanted(post)),
            since=tuple(post for post in self.since if wanted(post)),
        )

    def words(self) -> str:
        """Say of how many posts shares are told."""
        return SINCE.format(now=len(self.since), before=len(self.before))


def spans(pair: Pair) -> Spans:
    """Return a company's own posts before and since the earlier run, of the same places.

    Those before begin where all of these places are known from on.
    """
    now = pair.now
    window = Window(as_of=now.run.as_of, lookback_days=now.days, timezone=now.settings.timezone)
    places = _on_both_sides(pair)
    begins = max(places.values(), default=window.start)
    own = [
        (post.counted_at, post)
        for post in own_posts_of(now.result.posts, now.result.channels, window).values()
        if (post.channel, post.channel_url) in places
    ]
    until = pair.before.run.as_of
    return Spans(
        before=tuple(post for at, post in own if at is not None and begins <= at <= until),
        since=tuple(post for at, post in own if at is not None and at > until),
    )


def _on_both_sides(pair: Pair) -> Mapping[Place, datetime]:
    """Return the sections and profiles whose posts are known on both sides, and since when.

    A list that holds the newest posts alone says nothing of what was before them: held against the
    posts of other places it would make another mix of nothing. It takes part where it reaches as
    far back before the earlier run as that lies back itself.
    """
    until, today = pair.before.run.as_of, pair.now.run.as_of
    farthest = until - (today - until)
    return {
        (row.channel, row.url): since
        for row in pair.now.result.cadence
        for since in (seen_since(row, pair.now) if row.truncated else pair.now.start,)
        if not row.truncated or since <= farthest
    }


def moved(part: Spans, whole: Spans) -> Event | None:
    """Return whether the share of some posts has gone up or down; None where chance may have.

    By the 95 % interval of the difference of two shares (Newcombe 1998, method 10); of fewer than
    ten posts on either side nothing is said.
    """
    hits, of = len(part.before), len(whole.before)
    hits_since, of_since = len(part.since), len(whole.since)
    if min(of, of_since) < FEWEST_POSTS:
        return None
    low, high = difference_interval(hits_since, of_since, hits, of)
    apart = hits_since / of_since - hits / of
    if abs(apart) < POINTS_APART or low <= 0 <= high:
        return None
    return Event.UP if apart > 0 else Event.DOWN


def share_of(part: Sequence[Post], whole: Sequence[Post]) -> Known[float]:
    """Return the share of some posts among others, proved by the newest of them."""
    newest = sorted(part, key=lambda post: (str(post.counted_at), post.url), reverse=True)
    proof = tuple(post.evidence for post in newest[:_PROOFS])
    return Known(value=len(part) / len(whole) if whole else 0.0, evidence=proof)
