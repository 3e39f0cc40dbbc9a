"""What a company's own site has: features, dated sections, posts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audit.model.activity import Activity, Certainty
from audit.model.catalogue import Usage
from audit.model.dated import Dated
from audit.model.profile import Interaction
from audit.model.value import Evidence, Reason, Unknown

TECHNICAL = frozenset(
    {
        "advertising",
        "affiliate",
        "analytics",
        "blog-engine",
        "captcha",
        "cms",
        "consent",
        "marketing-automation",
        "monitoring",
        "payments",
        "personalisation",
        "tag-manager",
    }
)
"""Features behind a site, which its readers do not use; they are listed and not counted."""


class State(StrEnum):
    """The state of a finding: seen, looked for and not there, or could not be looked for."""

    KNOWN = "known"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A feature of a company's site.

    `confidence` in 0..1 that it is there, `certainty` how it was met, `activity` what goes on.
    """

    feature: str
    state: State
    direction: Usage
    vendor: str
    url: str
    confidence: float
    seen_on: int
    reason: Reason | None
    detail: str
    evidence: tuple[Evidence, ...]
    certainty: Certainty = Certainty.TAG
    activity: tuple[Activity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One published item; `published` is None where no date could be trusted.

    `flag` names why a post does not count in cadence: `future`, `default-date`, `undated`,
    `repost`, or "". `text` is what it says, as far as the platform gives it.
    """

    channel: str
    channel_url: str
    url: str
    title: str
    published: Dated | None
    format: str
    language: str
    flag: str
    evidence: Evidence
    text: str = ""
    interactions: tuple[Interaction, ...] = ()

    @property
    def counted_at(self) -> datetime | None:
        """The time at which the post counts in cadence, or None where it does not count."""
        return self.published.at if self.published is not None and not self.flag else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A dated part of a company's site (blog, news, podcast) or a profile, with its posts.

    `complete_since` is the time since which the list of posts is known complete: None means read
    to its end. `unreadable` tells why nothing could be read of a section that is there.
    """

    channel: str
    url: str
    feeds: tuple[str, ...]
    posts: tuple[Post, ...]
    truncated: bool
    unreadable: Unknown | None
    evidence: tuple[Evidence, ...]
