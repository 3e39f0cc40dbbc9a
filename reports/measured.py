"""What was measured of a company, as the results file has it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from audit.measure.intervals import wilson_interval
from audit.model.engagement import Engagement, Rate, Standout
from audit.model.followers import AudienceSize, Growth
from audit.model.hashtags import Hashtags
from audit.model.hygiene import Flag, Hygiene, Words
from audit.model.ladder import Rung, Sign
from audit.model.result import Pattern, Trend
from audit.model.topics import CompanyTopics, TopicCount
from audit.model.value import Absent, Known, Number, Unknown
from reports.evidence import EvidenceIndex

Json = Mapping[str, object]


def pattern_of(pattern: Known[Pattern] | Unknown, index: EvidenceIndex) -> Json:
    """Return posts by weekday (Monday first) and hour, or why there is no pattern."""
    if isinstance(pattern, Unknown):
        return {"unknown": pattern.reason.value, "detail": pattern.detail}
    counts = pattern.value
    return {
        "posts": counts.posts,
        "timed": counts.timed,
        "weekdays": list(counts.weekdays),
        "hours": [list(hours) for hours in counts.hours],
        "busiest": asdict(counts.busiest) if counts.busiest is not None else None,
        "qualifiers": [each.value for each in pattern.qualifiers],
        "evidence": index.ids(pattern.evidence),
    }


def engagement_of(row: Engagement, index: EvidenceIndex) -> Json:
    """Return what readers did with the posts of a channel, or of all (`"channel": "all"`)."""
    outliers = row.outliers
    return {
        "channel": row.channel,
        "url": row.url,
        "posts": row.posts,
        "unshown": row.unshown,
        "mean": value_of(row.mean, index),
        "median": value_of(row.median, index),
        "applause": value_of(row.applause, index),
        "conversation": value_of(row.conversation, index),
        "amplification": value_of(row.amplification, index),
        "rate": _rate(row.rate, index),
        "top": [_standout(each, index) for each in row.top],
        "outliers": None
        if isinstance(outliers, Unknown)
        else [_standout(each, index) for each in outliers],
    }


def _rate(rate: Known[Rate] | Unknown, index: EvidenceIndex) -> Json:
    """Return an engagement rate with its formula and what it was divided by."""
    if isinstance(rate, Unknown):
        return value_of(rate, index)
    plain = Known(
        value=rate.value.value,
        evidence=rate.evidence,
        exact=rate.exact,
        qualifiers=rate.qualifiers,
    )
    made = {"formula": rate.value.formula.value, "audience": rate.value.audience}
    return {**value_of(plain, index), **made}


def _standout(post: Standout, index: EvidenceIndex) -> Json:
    """Return a post with its interactions."""
    return {
        "channel": post.channel,
        "url": post.url,
        "title": post.title,
        "published_at": post.at.isoformat(),
        "interactions": post.interactions,
        "evidence": index.id(post.evidence),
    }


def rung_of(rung: Rung, index: EvidenceIndex) -> Json:
    """Return a role of the technographics ladder: how it is invited, and what shows it."""
    return {
        "role": rung.role,
        "invited": value_of(rung.invited, index),
        "ways": [
            {
                way.place: way.name,
                "because": way.because,
                "found": list(way.found),
                "evidence": index.ids(way.evidence),
            }
            for way in rung.ways
        ],
        "observed": _sign(rung.observed, index),
    }


def _sign(sign: Sign | Absent | Unknown, index: EvidenceIndex) -> Json:
    """Return the most telling sign of a role, or why there is none."""
    if not isinstance(sign, Sign):
        return value_of(sign, index)
    return {
        "what": sign.what,
        "of": sign.of or None,
        "value": sign.value,
        "at_least": sign.at_least,
        "at": iso(sign.at),
        "evidence": index.ids(sign.evidence),
    }


def topics_of(topics: CompanyTopics | Unknown, index: EvidenceIndex) -> Json:
    """Return how much of what a company publishes is on each topic of the run, or why unknown."""
    if isinstance(topics, Unknown):
        return {"unknown": topics.reason.value, "detail": topics.detail}
    return {
        "of": topics.of,
        "recent_of": topics.recent_of,
        "before_of": topics.before_of,
        "other": topics.other,
        "undiscovered": topics.undiscovered.detail if topics.undiscovered else None,
        "on": [_topic(count, index) for count in topics.counts],
        "gone": [{"name": each.name, "into": each.into or None} for each in topics.gone],
    }


def _topic(count: TopicCount, index: EvidenceIndex) -> Json:
    """Return how many of a company's posts are on a topic, as a share with its 95 % interval.

    There is no share where none of its posts is in a language in which the topic is known.
    """
    return {
        "name": count.topic.name,
        "kind": count.topic.kind.value,
        "language": count.topic.language or None,
        "new": count.topic.new,
        "of": count.of,
        "posts": count.posts,
        "share": count.posts / count.of if count.of else None,
        "interval": list(wilson_interval(count.posts, count.of)) if count.of else None,
        "recent": count.recent,
        "before": count.before,
        "evidence": index.ids(count.examples),
    }


def trend_of(trend: Known[Trend] | Unknown) -> Json | None:
    """Return the trend, or None where it is unknown."""
    if isinstance(trend, Unknown):
        return None
    change = trend.value
    return {
        "ratio": change.ratio,
        "interval": [change.low, change.high],
        "direction": change.direction.value,
    }


def hygiene_of(hygiene: Hygiene | Unknown, index: EvidenceIndex) -> Json:
    """Return how well a profile is kept, part by part, or why that is not known."""
    if isinstance(hygiene, Unknown):
        return value_of(hygiene, index)
    return {
        "biography": value_of(hygiene.biography, index),
        "language": value_of(hygiene.language, index),
        "link": value_of(hygiene.link, index),
        "leads_home": value_of(hygiene.leads_home, index),
        "works": value_of(hygiene.works, index),
        "verified": value_of(hygiene.verified, index),
        "picture": value_of(hygiene.picture, index),
        "cover": value_of(hygiene.cover, index),
        "pinned": value_of(hygiene.pinned, index),
        "same_handle": value_of(hygiene.same_handle, index),
    }


def size_of(size: AudienceSize, index: EvidenceIndex) -> Json:
    """Return the audience of a channel with its rounding, and how it grows a week."""
    growth = size.growth
    return {
        "channel": size.channel,
        "url": size.url,
        "counted": size.counted,
        "value": value_of(size.value, index),
        "margin": size.margin,
        "growth": value_of(growth, index) if isinstance(growth, Unknown) else _growth(growth.value),
    }


def _growth(growth: Growth) -> Json:
    """Return the growth a week as a share, with what it may be by rounding, and since when."""
    return {
        "per_week": growth.per_week,
        "interval": [growth.low, growth.high],
        "within_rounding": growth.within_rounding,
        "since": growth.since.isoformat(),
        "weeks": growth.weeks,
    }


def hashtags_of(hashtags: Hashtags, index: EvidenceIndex) -> Json:
    """Return the most used hashtags of a channel, with the interactions of their posts."""
    return {
        "channel": hashtags.channel,
        "url": hashtags.url,
        "of": hashtags.of,
        "different": hashtags.different,
        "tags": [
            {
                "name": tag.name,
                "posts": tag.posts,
                "interactions": value_of(tag.interactions, index),
                "evidence": index.ids(tag.evidence),
            }
            for tag in hashtags.tags
        ],
    }


def iso(at: datetime | None) -> str | None:
    """Return a time in the form of ISO 8601."""
    return at.isoformat() if at is not None else None


def value_of(value: Number | Flag | Words, index: EvidenceIndex) -> Json:
    """Return a value as {"value", "exact"}, {"none"} or {"unknown", "detail"}."""
    match value:
        case Known(value=number, exact=exact, qualifiers=qualifiers, evidence=evidence):
            known: dict[str, object] = {"value": number, "exact": exact}
            if qualifiers:
                known["qualifiers"] = [qualifier.value for qualifier in qualifiers]
            return known | {"evidence": index.ids(evidence)}
        case Absent(detail=detail):
            return {"none": True, "detail": detail}
        case Unknown(reason=reason, detail=detail):
            return {"unknown": reason.value, "detail": detail}
