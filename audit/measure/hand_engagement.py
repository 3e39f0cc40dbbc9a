"""What readers do with the last five posts of a profile, as a person counted it."""

from collections.abc import Sequence
from dataclasses import replace

from audit.measure.hand_values import count_of
from audit.model.by_hand import LAST_POSTS, Field
from audit.model.channel import Channel
from audit.model.engagement import EVERYWHERE, Engagement, Formula, Rate
from audit.model.hand_records import told_of
from audit.model.value import PROOFS, Known, Number, Qualifier, Reason, Unknown

_NOT_TOLD = Unknown(reason=Reason.NOT_CHECKED, detail="nobody has counted them")
_NOT_ASKED = Unknown(reason=Reason.NOT_CHECKED, detail="nobody is asked for shares")
_SUM_ALONE = Unknown(
    reason=Reason.TOO_LITTLE_DATA, detail="a person counted five posts together, and not each"
)
_MANUAL = (Qualifier.MANUAL,)


def of_told(channel: Channel) -> Engagement | None:
    """Return what a person counted with the last five posts; None where nobody has.

    Likes and comments, as shares are shown hardly anywhere; the mean is that of both together, and
    of one alone at least so much.
    """
    likes, comments = (_a_post(channel, each) for each in (Field.LIKES, Field.COMMENTS))
    mean = _both(likes, comments)
    if not isinstance(mean, Known):
        return None
    return Engagement(
        channel=channel.platform,
        url=channel.url,
        posts=LAST_POSTS,
        unshown=0,
        mean=mean,
        median=_SUM_ALONE,
        applause=likes,
        conversation=comments,
        amplification=_NOT_ASKED,
        rate=_rate(mean, channel.followers),
        top=(),
        outliers=_SUM_ALONE,
    )


def told_everywhere(rows: Sequence[Engagement], url: str) -> Engagement:
    """Return the row over all channels of a company of which only people have counted anything."""
    first = rows[0]
    return replace(
        first,
        channel=EVERYWHERE,
        url=url,
        posts=sum(row.posts for row in rows),
        mean=_middle([row.mean for row in rows]),
        applause=_middle([row.applause for row in rows]),
        conversation=_middle([row.conversation for row in rows]),
        rate=first.rate if len(rows) == 1 else _SUM_ALONE,
    )


def _a_post(channel: Channel, field: Field) -> Number:
    """Return likes or comments a post of the last five."""
    record = told_of(field, channel.told)
    if record is None:
        return _NOT_TOLD
    count = count_of(record, field, channel.url)
    return Known(
        value=count.value / LAST_POSTS,
        evidence=count.evidence,
        exact=count.exact,
        qualifiers=count.qualifiers,
    )


def _both(likes: Number, comments: Number) -> Number:
    """Return the interactions a post: the sum of both, or at least one of them."""
    known = [each for each in (likes, comments) if isinstance(each, Known)]
    if not known:
        return _NOT_TOLD
    part = (Qualifier.TRUNCATED,) if len(known) == 1 else ()
    return Known(
        value=float(sum(each.value for each in known)),
        evidence=tuple(proof for each in known for proof in each.evidence),
        exact=all(each.exact for each in known),
        qualifiers=(*_MANUAL, *part),
    )


def _rate(mean: Known[int] | Known[float], followers: Number) -> Known[Rate] | Unknown:
    """Return the interactions a post as a share of the followers, where these are known."""
    if not isinstance(followers, Known) or followers.value <= 0:
        return Unknown(reason=Reason.NOT_CHECKED, detail="nobody has counted the followers")
    share = Rate(
        value=mean.value / followers.value,
        formula=Formula.FOLLOWERS,
        audience=float(followers.value),
    )
    return Known(
        value=share,
        evidence=(*mean.evidence, *followers.evidence[:1]),
        exact=mean.exact and followers.exact,
        qualifiers=mean.qualifiers,
    )


def _middle(values: Sequence[Number]) -> Number:
    """Return the mean over profiles, each with as many posts; of one that lacks it, the others'."""
    known = [each for each in values if isinstance(each, Known)]
    if not known:
        return values[0]
    return Known(
        value=sum(each.value for each in known) / len(known),
        evidence=tuple(proof for each in known for proof in each.evidence[:1])[:PROOFS],
        exact=all(each.exact for each in known),
        qualifiers=tuple(dict.fromkeys(mark for each in known for mark in each.qualifiers)),
    )
