"""From posts with their public interactions to the engagement of a channel, and of a company."""

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from audit.model.engagement import Engagement, Formula, Rate, Standout
from audit.model.profile import Reaction
from audit.model.result import Window
from audit.model.site import Post
from audit.model.value import PROOFS, Evidence, Known, Number, Qualifier, Reason, Unknown

SETTLED = timedelta(days=5)
"""Younger posts are left out: their readers are not through with them."""

OUTLIER_POSTS = 20
"""Fewer posts than this have no usual number of interactions, beyond which one could lie."""

OUTLIER_DEVIATIONS = 3
INTERACTIONS = (Reaction.LIKES, Reaction.COMMENTS, Reaction.SHARES)
"""What makes an interaction: to view is no act, and saves hardly any platform shows."""

NOT_SHOWN = Unknown(reason=Reason.NOT_PUBLIC, detail="no interactions with its posts are shown")
NO_AUDIENCE = Unknown(reason=Reason.NOT_PUBLIC, detail="neither followers nor views are shown")

_TOP = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Interactions, and the audience that they are divided by, summed over the same posts.

    Of 10 posts of a profile with 200 followers the audience is 2,000. `exact` is False where a
    platform rounds one of the numbers; `evidence` and `marks` are those of the audience.
    """

    interactions: int
    audience: float
    posts: int
    formula: Formula
    exact: bool
    evidence: tuple[Evidence, ...] = ()
    marks: tuple[Qualifier, ...] = ()


def settled(posts: Iterable[Post], window: Window) -> list[Post]:
    """Return the posts that count in the window and are older than five days."""
    end = window.as_of - SETTLED
    return [
        post
        for post in posts
        if post.counted_at is not None and window.start <= post.counted_at < end
    ]


def interactions_with(post: Post) -> int | None:
    """Return likes, comments and shares together, as far as public; None where none is shown."""
    return _count(post, INTERACTIONS)


def rounded(posts: Iterable[Post]) -> bool:
    """Tell whether a platform has rounded one of the interactions with some posts."""
    return _rounded(posts, INTERACTIONS)


def engagement_of(
    channel: str,
    url: str,
    posts: Sequence[Post],
    reach: Reach | Unknown,
    marks: tuple[Qualifier, ...] = (),
) -> Engagement:
    """Measure settled posts of one channel, or of several together.

    `marks` tell that some posts of the window may be missing.
    """
    shown = _standouts(posts)
    of = _Posts(tuple(posts), marks)
    return Engagement(
        channel=channel,
        url=url,
        posts=len(shown),
        unshown=len(posts) - len(shown),
        mean=of.average(INTERACTIONS, statistics.fmean),
        median=of.average(INTERACTIONS, statistics.median),
        applause=of.average((Reaction.LIKES,), statistics.fmean),
        conversation=of.average((Reaction.COMMENTS,), statistics.fmean),
        amplification=of.average((Reaction.SHARES,), statistics.fmean),
        rate=_rate(reach, tuple(each.evidence for each in shown[:PROOFS]), marks)
        if shown
        else of.lack,
        top=tuple(each for each in shown[:_TOP] if each.interactions),
        outliers=_outliers(shown),
    )


def unread(channel: str, url: str, reason: Unknown) -> Engagement:
    """Return the row of a channel of which nothing can be said: its reason for every figure."""
    return Engagement(
        channel=channel,
        url=url,
        posts=0,
        unshown=0,
        mean=reason,
        median=reason,
        applause=reason,
        conversation=reason,
        amplification=reason,
        rate=reason,
        top=(),
        outliers=reason,
    )


def by_followers(
    posts: Sequence[Post], followers: Known[int] | Known[float], formula: Formula
) -> Reach | Unknown:
    """Return interactions over the followers of a profile, who could see each of its posts."""
    counts = [count for post in posts if (count := interactions_with(post)) is not None]
    if not counts or followers.value <= 0:
        return NO_AUDIENCE
    return Reach(
        interactions=sum(counts),
        audience=len(counts) * float(followers.value),
        posts=len(counts),
        formula=formula,
        exact=followers.exact and not _rounded(posts, INTERACTIONS),
        evidence=followers.evidence[:1],
        marks=followers.qualifiers,
    )


def by_views(posts: Sequence[Post]) -> Reach | Unknown:
    """Return interactions over views, of the posts that show both."""
    pairs = [
        (count, views)
        for post in posts
        if (count := interactions_with(post)) is not None
        and (views := _count(post, (Reaction.VIEWS,))) is not None
    ]
    audience = sum(views for _, views in pairs)
    if not audience:
        return NO_AUDIENCE
    return Reach(
        interactions=sum(count for count, _ in pairs),
        audience=float(audience),
        posts=len(pairs),
        formula=Formula.VIEWS,
        exact=not _rounded(posts, (*INTERACTIONS, Reaction.VIEWS)),
    )


def pooled(reaches: Iterable[Reach | Unknown]) -> Reach | Unknown:
    """Return several profiles as one: all interactions over all followers of each post.

    A rate by views is another figure: it takes part only where no followers are known at all. A
    single profile keeps its formula.
    """
    known = [each for each in reaches if isinstance(each, Reach)]
    followed = [each for each in known if each.formula is not Formula.VIEWS]
    listed = followed or known
    if len(listed) < 2:
        return listed[0] if listed else NO_AUDIENCE
    return Reach(
        interactions=sum(each.interactions for each in listed),
        audience=sum(each.audience for each in listed),
        posts=sum(each.posts for each in listed),
        formula=Formula.POOLED if followed else Formula.VIEWS,
        exact=all(each.exact for each in listed),
        evidence=tuple(proof for each in listed for proof in each.evidence),
        marks=tuple(mark for each in listed for mark in each.marks),
    )


class _Posts:
    """Settled posts, and the averages of what readers did with them."""

    def __init__(self, posts: tuple[Post, ...], marks: tuple[Qualifier, ...]) -> None:
        self.posts, self.marks = posts, marks
        none = Unknown(
            reason=Reason.TOO_LITTLE_DATA, detail="no post of the period is older than five days"
        )
        self.lack = NOT_SHOWN if posts else none

    def average(self, of: Sequence[Reaction], average: Callable[[Sequence[int]], float]) -> Number:
        """Average the reactions of some kinds over the posts that show one of them.

        Its proof are the posts with the most of them.
        """
        shown = [(count, post) for post in self.posts if (count := _count(post, of)) is not None]
        if not shown:
            return self.lack
        most = sorted(shown, key=lambda pair: -pair[0])[:PROOFS]
        return Known(
            value=float(average([count for count, _ in shown])),
            evidence=tuple(post.evidence for _, post in most),
            exact=not _rounded(self.posts, of),
            qualifiers=self.marks,
        )


def _count(post: Post, of: Sequence[Reaction]) -> int | None:
    """Return the reactions of some kinds together; None where the platform shows none of them."""
    counts = [each.count for each in post.interactions if each.reaction in of]
    return sum(counts) if counts else None


def _rounded(posts: Iterable[Post], of: Sequence[Reaction]) -> bool:
    """Tell whether a platform has rounded one of the counts."""
    return any(
        not each.exact for post in posts for each in post.interactions if each.reaction in of
    )


def _rate(
    reach: Reach | Unknown, proof: tuple[Evidence, ...], marks: tuple[Qualifier, ...]
) -> Known[Rate] | Unknown:
    """Return interactions ÷ audience; never without a known audience."""
    if isinstance(reach, Unknown):
        return reach
    rate = Rate(
        value=reach.interactions / reach.audience,
        formula=reach.formula,
        audience=reach.audience / reach.posts,
    )
    return Known(
        value=rate,
        evidence=(*reach.evidence, *proof)[:PROOFS],
        exact=reach.exact,
        qualifiers=tuple(dict.fromkeys((*marks, *reach.marks))),
    )


def _standouts(posts: Iterable[Post]) -> list[Standout]:
    """Return the posts whose interactions are public, those with the most of them first."""
    listed = [
        Standout(
            channel=post.channel,
            url=post.url,
            title=post.title,
            at=post.counted_at,
            interactions=count,
            evidence=post.evidence,
        )
        for post in posts
        if (count := interactions_with(post)) is not None and post.counted_at is not None
    ]
    return sorted(listed, key=lambda each: (-each.interactions, each.at, each.url))


def _outliers(shown: Sequence[Standout]) -> tuple[Standout, ...] | Unknown:
    """Return the posts beyond the median + 3 median absolute deviations, of 20 posts or more.

    Where half of the posts have one number of interactions the deviation is 0, and any post above
    them would be an outlier; so nothing is said.
    """
    if len(shown) < OUTLIER_POSTS:
        detail = f"{len(shown)} posts with interactions; {OUTLIER_POSTS} are needed"
        return Unknown(reason=Reason.TOO_LITTLE_DATA, detail=detail)
    counts = [each.interactions for each in shown]
    usual = statistics.median(counts)
    deviation = statistics.median(abs(count - usual) for count in counts)
    if deviation == 0:
        detail = f"half of the posts have {usual:g} interactions"
        return Unknown(reason=Reason.TOO_LITTLE_DATA, detail=detail)
    limit = usual + OUTLIER_DEVIATIONS * deviation
    return tuple(each for each in shown if each.interactions > limit)
