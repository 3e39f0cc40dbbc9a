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
    """A feature of a company's site; made by `scrapers/site/features.py`.

    `confidence` in 0 to 1 that it is there, `certainty` how it was met, `activity` what goes on in
    it, where that could be counted. `vendor` is empty for what a site has built itself. `reason`
    and `detail` say why it is UNKNOWN; else `reason` is None.
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
    """One published item of a section or a profile, as the results keep it.

    `published` is None where no date could be trusted. `flag` names why a post does not count in
    cadence: `future`, `default-date`, `undated`, `repost`; it is empty for one that counts. `text`
    is what it says, as far as the platform gives it; `interactions` is empty where it counts none
    in public.
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
        """Return the time at which the post counts in cadence, or None where it does not count."""
        return self.published.at if self.published is not None and not self.flag else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A dated part of a company's site (blog, news, podcast) or a profile, with its posts.

    Made in `scrapers/site` and, for profiles, in `scrapers/channels/profiled.py`. `truncated`:
    older posts of the window may be missing. `unreadable` tells why nothing could be read of a
    section that is there; None otherwise.
    """

    channel: str
    url: str
    feeds: tuple[str, ...]
    posts: tuple[Post, ...]
    truncated: bool
    unreadable: Unknown | None
    evidence: tuple[Evidence, ...]
