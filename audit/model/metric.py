"""The metrics of an audit, each defined once; docs/glossary.md explains them to readers."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a figure counts; a format follows from it."""

    COUNT = "count"
    RATE = "rate"
    SHARE = "share"
    DAYS = "days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A metric: its id, its words for readers, its theme, and which figure is the better one.

    `higher_is_better` is None where neither is.
    """

    id: str
    title: str
    theme: str
    unit: Unit
    higher_is_better: bool | None
    definition: str


def _metric(
    name: str, title: str, theme: str, unit: Unit, better: bool | None, definition: str
) -> Metric:
    return Metric(
        id=name,
        title=title,
        theme=theme,
        unit=unit,
        higher_is_better=better,
        definition=definition,
    )


def _section(channel: str, title: str) -> tuple[Metric, ...]:
    return (
        _metric(
            f"{channel}.posts",
            f"{title} posts in the window",
            "Activity",
            Unit.COUNT,
            True,
            f"Dated {title.lower()} posts within the window.",
        ),
        _metric(
            f"{channel}.posts_per_week",
            f"{title} posts a week",
            "Activity",
            Unit.RATE,
            True,
            "Posts ÷ weeks of the window; of a list cut off at n items, (n − 1) ÷ weeks since "
            "the oldest of them.",
        ),
        _metric(
            f"{channel}.recency_days",
            f"Days since the last {title.lower()} post",
            "Activity",
            Unit.DAYS,
            False,
            "Days from the newest post to the end of the window.",
        ),
        _metric(
            f"{channel}.longest_gap_days",
            f"Longest {title.lower()} silence, days",
            "Activity",
            Unit.DAYS,
            False,
            "Longest time between two posts that follow each other.",
        ),
        _metric(
            f"{channel}.weeks_with_post",
            f"Weeks with a {title.lower()} post",
            "Activity",
            Unit.SHARE,
            True,
            "Share of the observed weeks with at least one post.",
        ),
    )


METRICS: tuple[Metric, ...] = (
    _metric(
        "presence.features",
        "Site features",
        "Presence",
        Unit.COUNT,
        True,
        "Kinds of features seen on the company's own site, each counted once.",
    ),
    _metric(
        "presence.supplied",
        "Features supplied to others",
        "Presence",
        Unit.COUNT,
        True,
        "Kinds of features that the company offers for others' sites.",
    ),
    _metric(
        "presence.channels",
        "Channels found",
        "Presence",
        Unit.COUNT,
        True,
        "Profiles on public platforms that are the company's own, platforms counted once.",
    ),
    _metric(
        "presence.candidates",
        "Candidate profiles",
        "Presence",
        Unit.COUNT,
        None,
        "Profiles that may be the company's, but are not proved to be.",
    ),
    _metric(
        "presence.broken",
        "Broken promises",
        "Presence",
        Unit.COUNT,
        False,
        "Profiles named on the company's own site that are dead, renamed, somebody else's, or "
        "silent for more than 90 days.",
    ),
    _metric(
        "presence.languages",
        "Languages of the site",
        "Presence",
        Unit.COUNT,
        None,
        "Languages of the pages read, and those that they name as their other versions.",
    ),
    _metric(
        "site.posts_per_week",
        "Posts a week, own site",
        "Activity",
        Unit.RATE,
        True,
        "Blog, news and podcast together; at least this where one of them could not be read.",
    ),
    _metric(
        "channels.posts_per_week",
        "Posts a week, public channels",
        "Activity",
        Unit.RATE,
        True,
        "All own profiles on public platforms together; at least this where one of them could "
        "not be read. What others write in a community does not count.",
    ),
    _metric(
        "channels.active",
        "Active public channels",
        "Activity",
        Unit.COUNT,
        True,
        "Own profiles with a post of their own in the last 30 days; at least this where one of "
        "them could not be read.",
    ),
    *_section("blog", "Blog"),
    *_section("news", "News"),
    *_section("podcast", "Podcast"),
    _metric(
        "completeness",
        "Could be read",
        "Coverage",
        Unit.SHARE,
        True,
        "Of the measures that could have a value for the company, the share that has one.",
    ),
)

BY_ID = {metric.id: metric for metric in METRICS}

CHANNEL_FIELDS = {
    "followers": (
        "audience",
        Unit.COUNT,
        "Followers, subscribers or members of the main profile, as the platform states them.",
    ),
    "posts_per_week": (
        "posts a week",
        Unit.RATE,
        "Posts ÷ weeks of the window; of a list cut off at n items, (n − 1) ÷ weeks since the "
        "oldest of them.",
    ),
}
"""What is compared of each platform: words for readers, unit, definition."""


def channel_metric(platform: str, field: str) -> str:
    """The id of a platform's metric, such as `channel.youtube.followers`."""
    return f"channel.{platform}.{field}"


def metric_of(name: str, title: str = "") -> Metric | None:
    """The metric of an id; of a platform's, with the platform's title. None for an unknown id."""
    if name in BY_ID:
        return BY_ID[name]
    start, _, field = name.rpartition(".")
    if not start.startswith("channel.") or field not in CHANNEL_FIELDS:
        return None
    words, unit, definition = CHANNEL_FIELDS[field]
    platform = start.removeprefix("channel.")
    return Metric(
        id=name,
        title=f"{title or platform}, {words}",
        theme="Channels",
        unit=unit,
        higher_is_better=True,
        definition=definition,
    )
