"""What readers do with a company's posts in public: applause, conversation, amplification."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audit.model.value import Evidence, Known, Number, Unknown

EVERYWHERE = "all"
"""The channel of what stands for all channels of a company together."""


class Formula(StrEnum):
    """Which formula gave an engagement rate; it stands beside every rate (docs/measures.md).

    All are interactions per post ÷ an audience per post: `per-follower` of the run's date,
    `per-follower-of-two-runs` the mean of this run's and an earlier run's, `per-view` the views of
    the same posts, `per-follower-pooled` several profiles as one.
    """

    FOLLOWERS = "per-follower"
    TWO_RUNS = "per-follower-of-two-runs"
    VIEWS = "per-view"
    POOLED = "per-follower-pooled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """An engagement rate: a share (0.012 is 1.2 %), its formula, and what it was divided by.

    `audience` is the followers, or the views a post.
    """

    value: float
    formula: Formula
    audience: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Standout:
    """A post with its interactions: likes, comments and shares together, as far as public."""

    channel: str
    url: str
    title: str
    at: datetime
    interactions: int
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """What readers did with the posts of one channel, or of all together (`EVERYWHERE`).

    Made by `audit/measure/interactions.py` of the posts of the window that are older than five days
    and whose interactions are public: `posts` of them, beside `unshown` posts without any. `mean`
    and `median` are interactions a post; `applause` are likes, `conversation` comments and
    `amplification` shares, each the mean over the posts that show it. `top` are the three posts
    with the most interactions, `outliers` those beyond the median + 3 median deviations, unknown
    where that cannot be told.
    """

    channel: str
    url: str
    posts: int
    unshown: int
    mean: Number
    median: Number
    applause: Number
    conversation: Number
    amplification: Number
    rate: Known[Rate] | Unknown
    top: tuple[Standout, ...]
    outliers: tuple[Standout, ...] | Unknown
