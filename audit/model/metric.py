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
