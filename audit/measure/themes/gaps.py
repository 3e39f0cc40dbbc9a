"""Which topics competitors write about more than we do: their share less ours, how sure it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from audit.measure.intervals import difference_interval, wilson_interval
from audit.model.profile import Reaction
from audit.model.result import CompanyResult, TrendDirection
from audit.model.site import Post
from audit.model.topics import CompanyTopics, Topic, TopicCount

FEW = 1 / 3
"""Share of the competitors that write on a topic, up to which its field is open."""

MORE = 1.25
"""Interactions of posts on a topic ÷ the usual ones, from which on readers want more of it."""

_ENOUGH = 2
"""Competitors whose posts can be seen to be on a topic, from which on they stand for all; where a
run has fewer, all of them do."""

_POSTS = 5
"""Posts with public interactions under which nothing is said of them."""

_INTERACTIONS = frozenset({Reaction.LIKES, Reaction.COMMENTS, Reaction.SHARES})


class Reading(StrEnum):
    """What a topic asks of the own company; the values are the words that readers meet.

    `catch up`: competitors write on it more than we do, and the interval of the difference leaves
    no doubt; `our theme`: the other way round; `open field`: few competitors write on it, we
    seldom, and what is written gets more than the usual interactions; `level`: none of these.
    """

    CATCH_UP = "catch up"
    OPEN_FIELD = "open field"
    LEVEL = "level"
    OURS = "our theme"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Posts on a topic of all posts looked at; its interval is the 95 % score interval."""

    posts: int
    of: int

    @property
    def value(self) -> float:
        """Return the share in 0 to 1; 0 of nothing."""
        return self.posts / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Return the 95 % interval (Wilson)."""
        return wilson_interval(self.posts, self.of)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicGap:
    """A topic across companies: our share, that of all competitors' posts together, the difference.

    `own`, `gap` (theirs less ours), its `interval` and `reading` are None without an own company
    whose posts are known in a language of the topic, or without two such competitors. `writers` of
    `rivals` such competitors have a post on it. `alone` is the only one of several competitors that
    writes in its language, as its share is not that of all; else "". `pull` is interactions of its
    posts ÷ the usual ones of their channels, None where fewer than five have public ones. `trend`
    compares the shares of all companies in the last 90 days and the 90 before: steady where the
    interval includes 0.
    """

    topic: Topic
    own: Share | None
    others: Share
    alone: str
    writers: int
    rivals: int
    gap: float | None
    interval: tuple[float, float] | None
    pull: float | None
    trend: TrendDirection
    reading: Reading | None


def gaps(results: Sequence[CompanyResult]) -> tuple[TopicGap, ...]:
    """Return all topics of a run: catch up (the widest gap first), open field, level, our theme.

    Companies whose topics are unknown take no part. Topics without a gap follow; of them those
    that are known of most competitors come first, then those with the largest share.
    """
    known = [result for result in results if isinstance(result.topics, CompanyTopics)]
    first = next((result.topics for result in known), None)
    if not isinstance(first, CompanyTopics):
        return ()
    pulls = _pulls(known)
    found = [_gap(count.topic, place, known, pulls) for place, count in enumerate(first.counts)]
    return tuple(sorted(found, key=_in_order))


def _in_order(gap: TopicGap) -> tuple[int, float, str]:
    """Return what topics are sorted by: their reading, then the width of the gap, or the share."""
    if gap.reading is None or gap.gap is None:
        return len(Reading), -(gap.rivals + gap.others.value), gap.topic.name
    return list(Reading).index(gap.reading), -gap.gap, gap.topic.name


def _gap(
    topic: Topic, place: int, known: Sequence[CompanyResult], pulls: Mapping[str, float]
) -> TopicGap:
    """Return one topic, which is at the same place among the counts of all companies."""
    own = next((_count(each, place) for each in known if each.company.own), None)
    own = own if own is not None and own.of else None
    shares = {each.company.name: _count(each, place) for each in known if not each.company.own}
    seen = {name: share for name, share in shares.items() if share.of}
    rivals = list(seen.values())
    others = Share(posts=sum(share.posts for share in rivals), of=sum(share.of for share in rivals))
    alone = next(iter(seen)) if len(seen) < min(_ENOUGH, len(shares)) and seen else ""
    both = own is not None and others.of > 0 and not alone
    writers, pull = sum(share.posts > 0 for share in rivals), pulls.get(topic.name)
    interval = _difference(others, own) if both and own is not None else None
    gap = others.value - own.value if both and own is not None else None
    few = pull is not None and pull >= MORE and 0 < writers <= FEW * len(rivals)
    return TopicGap(
        topic=topic,
        own=own,
        others=others,
        alone=alone,
        writers=writers,
        rivals=len(rivals),
        gap=gap,
        interval=interval,
        pull=pull,
        trend=_trend(place, known),
        reading=None if interval is None else _reading(interval, open_field=few),
    )


def _count(result: CompanyResult, place: int) -> Share:
    """Return the share of one topic in those posts of a company that could be seen to be on it."""
    topics = result.topics
    if not isinstance(topics, CompanyTopics):
        return Share(posts=0, of=0)
    return Share(posts=topics.counts[place].posts, of=topics.counts[place].of)


def _difference(others: Share, own: Share) -> tuple[float, float]:
    """Return the 95 % interval of the competitors' share less our own."""
    return difference_interval(others.posts, others.of, own.posts, own.of)


def _reading(interval: tuple[float, float], *, open_field: bool) -> Reading:
    """Return what a topic asks of us; a difference that may be none is none."""
    low, high = interval
    if high < 0:
        return Reading.OURS
    if low > 0:
        return Reading.CATCH_UP
    return Reading.OPEN_FIELD if open_field else Reading.LEVEL


def _trend(place: int, known: Sequence[CompanyResult]) -> TrendDirection:
    """Tell whether a topic gains or loses in the share of all companies' posts.

    Shares and not counts are compared, so that neither a busy quarter nor a list that was cut off
    makes a trend.
    """
    topics = [each.topics for each in known if isinstance(each.topics, CompanyTopics)]
    counts: list[TopicCount] = [each.counts[place] for each in topics]
    recent, recent_of = sum(each.recent for each in counts), sum(each.recent_of for each in topics)
    before, before_of = sum(each.before for each in counts), sum(each.before_of for each in topics)
    if not recent_of or not before_of:
        return TrendDirection.STEADY
    low, high = difference_interval(recent, recent_of, before, before_of)
    if low > 0:
        return TrendDirection.RISING
    return TrendDirection.FALLING if high < 0 else TrendDirection.STEADY


def _pulls(known: Sequence[CompanyResult]) -> dict[str, float]:
    """Return interactions of posts on each topic ÷ those usual on their channels; not of few."""
    ratios: dict[str, list[float]] = {}
    for result in known:
        usual = _usual(result.posts)
        for post in result.posts:
            if post.topics and post.interactions and (mean := usual[post.channel_url]):
                for name in dict.fromkeys(post.topics):
                    ratios.setdefault(name, []).append(_interactions(post) / mean)
    return {name: sum(own) / len(own) for name, own in ratios.items() if len(own) >= _POSTS}


def _usual(posts: Sequence[Post]) -> dict[str, float]:
    """Return the mean interactions of a post on each channel that counts them in public."""
    sums: dict[str, list[int]] = {}
    for post in posts:
        if post.interactions:
            sums.setdefault(post.channel_url, []).append(_interactions(post))
    return {url: sum(counts) / len(counts) for url, counts in sums.items()}


def _interactions(post: Post) -> int:
    """Return likes, comments and shares of a post; views and saves are no answer to it."""
    return sum(each.count for each in post.interactions if each.reaction in _INTERACTIONS)
