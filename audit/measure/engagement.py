"""What readers do with a company's posts in public, and how that compares with its audience."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from audit.measure.hand_engagement import of_told, told_everywhere
from audit.measure.interactions import (
    NO_AUDIENCE,
    Reach,
    by_followers,
    by_views,
    engagement_of,
    pooled,
    settled,
    unread,
)
from audit.measure.outlets import Outlet, outlets
from audit.measure.presence import CHANNELS
from audit.measure.subject import Brief, Family, Subject, Values
from audit.measure.unmeasured import absent_after_a_look
from audit.model.channel import Channel
from audit.model.engagement import EVERYWHERE, Engagement, Formula
from audit.model.metric import Bound, Metric, Phrase, Unit
from audit.model.result import CompanyResult
from audit.model.value import Known, Number, Qualifier, Reason, Unknown

_PER = 1_000
_NO_FOLLOWERS = Unknown(
    reason=Reason.NOT_PUBLIC, detail="no followers are shown where interactions are"
)
_OF_WHICH = "over the posts of the period that are older than five days and show them"


def _metric(name: str, title: str, definition: str, unit: str, *, better: bool | None) -> Metric:
    """Return a metric of this theme: a figure a post, with one digit behind the point."""
    return Metric(
        id=f"engagement.{name}",
        title=title,
        theme="Engagement",
        unit=Unit.RATE,
        higher_is_better=better,
        definition=definition,
        phrase=Phrase(unit=unit),
        bound=Bound.ESTIMATE,
    )


MEAN = _metric(
    "per_post",
    "Interactions a post",
    f"Likes, comments and shares together, mean {_OF_WHICH}.",
    "interactions a post",
    better=True,
)
MEDIAN = _metric(
    "median",
    "Interactions of the middle post",
    f"Likes, comments and shares together, median {_OF_WHICH}.",
    "interactions of the middle post",
    better=True,
)
RATE = _metric(
    "per_thousand_followers",
    "Interactions a post, per 1,000 followers",
    "Interactions ÷ followers of the profile for each post, × 1,000; from the second run on, "
    "followers are the mean of both runs. Only profiles whose followers are known.",
    "interactions a post per thousand followers",
    better=True,
)
APPLAUSE = _metric(
    "applause", "Applause a post", f"Likes, mean {_OF_WHICH}.", "likes a post", better=None
)
CONVERSATION = _metric(
    "conversation",
    "Conversation a post",
    f"Comments, mean {_OF_WHICH}.",
    "comments a post",
    better=None,
)
AMPLIFICATION = _metric(
    "amplification",
    "Amplification a post",
    f"Shares, mean {_OF_WHICH}.",
    "shares a post",
    better=None,
)
_COLUMNS = (APPLAUSE, CONVERSATION, AMPLIFICATION)
_METRICS: Mapping[str, Metric] = {each.id: each for each in (MEAN, MEDIAN, RATE, *_COLUMNS)}


def engagements(brief: Brief) -> tuple[Engagement, ...]:
    """Return the engagement of a company over all channels, then of each; none without channels.

    A section of the own site is a channel here where its posts show interactions.
    """
    window = brief.context.window
    all_settled = [
        replace(each, posts=tuple(settled(each.posts, window))) for each in outlets(brief)
    ]
    listed = [each for each in all_settled if each.profile is not None or _shows(each)]
    if not listed:
        return ()
    reaches = [_reach(each, brief.earlier) for each in listed]
    rows = tuple(_of_outlet(outlet, reach) for outlet, reach in zip(listed, reaches, strict=True))
    return (_everywhere(listed, rows, reaches, brief), *rows)


def _everywhere(
    listed: Sequence[Outlet],
    rows: Sequence[Engagement],
    reaches: Sequence[Reach | Unknown],
    brief: Brief,
) -> Engagement:
    """Return the engagement over all channels; the first reason where none shows any."""
    if not any(row.posts for row in rows):
        reason = next((row.mean for row in rows if isinstance(row.mean, Unknown)), NO_AUDIENCE)
        return unread(EVERYWHERE, brief.company.website, reason)
    told = [row for outlet, row in zip(listed, rows, strict=True) if not outlet.posts and row.posts]
    if len(told) == sum(bool(row.posts) for row in rows):
        return told_everywhere(told, brief.company.website)
    posts = [post for outlet in listed for post in outlet.posts]
    cut = any(isinstance(each.row, Unknown) or each.row.truncated for each in listed)
    return engagement_of(EVERYWHERE, brief.company.website, posts, pooled(reaches), _marks(cut=cut))


def _of_outlet(outlet: Outlet, reach: Reach | Unknown) -> Engagement:
    """Return the engagement of one channel, or why nothing can be said of it."""
    told = of_told(outlet.profile) if outlet.profile is not None and not outlet.posts else None
    if told is not None:
        return told
    if isinstance(outlet.row, Unknown):
        return unread(outlet.name, outlet.url, outlet.row)
    marks = _marks(cut=outlet.row.truncated)
    return engagement_of(outlet.name, outlet.url, outlet.posts, reach, marks)


def _marks(*, cut: bool) -> tuple[Qualifier, ...]:
    """Return the mark of figures that rest on a part of the posts."""
    return (Qualifier.TRUNCATED,) if cut else ()


def _shows(outlet: Outlet) -> bool:
    """Tell whether a post of a channel shows what readers did with it."""
    return any(post.interactions for post in outlet.posts)


def _reach(outlet: Outlet, earlier: CompanyResult | None) -> Reach | Unknown:
    """Return what the rate of a channel is made of: followers where they are known, else views."""
    posts, profile = outlet.posts, outlet.profile
    if profile is None or not isinstance(profile.followers, Known):
        return by_views(posts)
    before = _before(profile, earlier)
    if before is None:
        return by_followers(posts, profile.followers, Formula.FOLLOWERS)
    return by_followers(posts, _middle(profile.followers, before), Formula.TWO_RUNS)


def _before(profile: Channel, earlier: CompanyResult | None) -> Known[int] | Known[float] | None:
    """Return the followers of a profile in the run before, where they are known."""
    channels = earlier.channels if earlier is not None else ()
    same = (each.followers for each in channels if each.identity == profile.identity)
    return next((each for each in same if isinstance(each, Known)), None)


def _middle(
    now: Known[int] | Known[float], before: Known[int] | Known[float]
) -> Known[int] | Known[float]:
    """Return the mean of the followers of two runs, with the proof of the later."""
    return Known(
        value=(now.value + before.value) / 2,
        evidence=now.evidence,
        exact=now.exact and before.exact,
        qualifiers=tuple(dict.fromkeys((*now.qualifiers, *before.qualifiers))),
    )


def _of_company(brief: Brief) -> Values:
    """Return the figures over all channels; none for a company without a channel.

    A column that no platform of the company shows is no measure that it could have.
    """
    rows = engagements(brief)
    given = _values(rows[0]) if rows else {}
    return {
        name: value
        for name, value in given.items()
        if isinstance(value, Known) or _METRICS[name] not in _COLUMNS
    }


def _values(row: Engagement) -> Values:
    """Return the values of all metrics of this theme from the row over all channels."""
    return {
        MEAN.id: row.mean,
        MEDIAN.id: row.median,
        RATE.id: _per_thousand(row),
        APPLAUSE.id: row.applause,
        CONVERSATION.id: row.conversation,
        AMPLIFICATION.id: row.amplification,
    }


def _per_thousand(row: Engagement) -> Number:
    """Return the rate by followers as interactions per 1,000 of them."""
    match row.rate:
        case Known(value=rate) if rate.formula is Formula.VIEWS:
            return _NO_FOLLOWERS
        case Known(value=rate, evidence=evidence, exact=exact, qualifiers=marks):
            return Known(value=rate.value * _PER, evidence=evidence, exact=exact, qualifiers=marks)
        case Unknown():
            return row.rate


def _in_results(results: Sequence[CompanyResult]) -> Sequence[Metric]:
    """Return the metrics that are known of some company: few platforms show interactions."""
    known = {
        each.metric
        for result in results
        for each in result.measures
        if isinstance(each.value, Known)
    }
    return [metric for name, metric in _METRICS.items() if name in known]


def _missing(result: CompanyResult, metric: Metric) -> Number:
    """Return why a company has no value: not shown, or no channel at all if its site was read."""
    if result.engagement:
        return _values(result.engagement[0])[metric.id]
    return absent_after_a_look(result, CHANNELS, "no public channel found")


SUBJECT = Subject(
    name="engagement",
    order=42,
    family=Family(of=_METRICS.get, in_results=_in_results, missing=_missing, ids=tuple(_METRICS)),
    of_company=_of_company,
    from_pages=False,
)
