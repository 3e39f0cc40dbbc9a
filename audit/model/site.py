"""What a company's own site has: features, dated sections, posts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audit.model.catalogue import Usage
from audit.model.company import PointedSection
from audit.model.kinds import ActivityKind
from audit.model.profile import Interaction
from audit.model.purpose import PostPurpose
from audit.model.value import Dated, Evidence, Reason, Unknown


class Certainty(StrEnum):
    """How sure it is that readers of a site meet a feature, from the least to the most.

    `possible`: the page loads it only after consent, which is never given; `tag`: the page names
    it in its code; `loaded`: a browser or the visit asked for it, and it came; `visible`: a browser
    drew it, or what it holds was read and counted (docs/glossary.md, How a feature was met).
    """

    POSSIBLE = "possible, consent-gated"
    TAG = "tag present"
    LOADED = "loaded"
    VISIBLE = "visible"

    @property
    def rank(self) -> int:
        """Return the place in that order: 0 for possible, 3 for visible."""
        return list(Certainty).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One figure of a feature: a count, a rating, or a time in UTC.

    Made from the figures of pages (`scrapers/site/activity.py`) and from the public interfaces of
    known software (`scrapers/sources`). `at_least` is True where the pages read show this much and
    there may be more.
    """

    kind: ActivityKind
    value: float | datetime
    evidence: Evidence
    at_least: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A count, rating or date that one page gives for a feature; made in `scrapers/page`.

    `of` names what it was counted in, such as the address of a forum: the same thing met on two
    pages is counted once.
    """

    feature: str
    of: str
    activity: Activity


EMBEDDED_SERVICE = "embedded-service"
"""The feature of a service that does not say what it is for.

It is known by its domain alone, or is the loader of a vendor with many products.
"""

TECHNICAL = frozenset(
    {
        "advertising",
        "affiliate",
        "analytics",
        "blog-engine",
        "captcha",
        "cms",
        "consent",
        EMBEDDED_SERVICE,
        "marketing-automation",
        "monitoring",
        "payments",
        "personalisation",
        "tag-manager",
    }
)
"""Features behind a site, which its readers do not use; they are listed and not counted."""


FEED = "rss"
"""What nearly every site supplies; others subscribe to it, and build nothing with it."""


class State(StrEnum):
    """The state of a finding: seen, looked for and not there, or could not be looked for."""

    KNOWN = "known"
    NONE = "none"
    UNKNOWN = "unknown"


OPEN_TO_EDITS = "readers may edit its pages"
"""The detail of a wiki that shows its readers where to edit; others are but to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A feature of a company's site; made by `scrapers/site/features.py`.

    `confidence` in 0 to 1 that it is there, `certainty` how it was met, `activity` what goes on in
    it, where that could be counted. `vendor` is empty for what a site has built itself. `reason`
    and `detail` say why it is UNKNOWN; else `reason` is None and `detail` what is special about it.
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


def counted_features(
    features: Iterable[Feature], usage: Usage, state: State = State.KNOWN
) -> list[Feature]:
    """Return the features that count as used or as supplied: without the technique behind a site.

    With another `state`, those of which it could not be told, or that are not there. What others
    can only subscribe to is not supplied in this sense (docs/glossary.md).
    """
    left_out = TECHNICAL if usage is Usage.USES else TECHNICAL | {FEED}
    return [
        each
        for each in features
        if each.state is state and each.direction is usage and each.feature not in left_out
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One published item of a section or a profile, as the results keep it.

    `url` is empty where the address is longer than 2,000 characters, more than any program keeps.
    `published` is None where no date could be trusted. `flag` names why a post does not count in
    cadence: `future`, `default-date`, `undated`, `repost`; it is empty for one that counts. `text`
    is what it says, as far as the platform or the feed gives it; `tags` are the categories and tags
    that its author gave it. `topics` names what it is about, as all posts of a run together tell
    (`audit/measure/topics.py`). `interactions` is empty where it counts none in public.
    `purpose` is what it is for; None until it is judged, and for a repost.
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
    tags: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    purpose: PostPurpose | None = None

    @property
    def counted_at(self) -> datetime | None:
        """Return the time at which the post counts in cadence, or None where it does not count."""
        return self.published.at if self.published is not None and not self.flag else None


class Extent(StrEnum):
    """How far a list of posts was read: to its end, back beyond the window, or not so far."""

    WHOLE = "to its end"
    WINDOW = "back beyond the period"
    CUT = "cut off"


class ListKind(StrEnum):
    """What names the posts of a section; the values are the words that readers meet."""

    INTERFACE = "interface"
    FEED = "feed"
    PAGES = "pages"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostList:
    """One list that names posts of a section, with how much of it was read.

    Made by `scrapers/site/lists.py`. A list is an interface or feed with all its further pages, the
    pages of an index, or the sitemaps. `posts` counts what it names of the section, `stated` what
    the list itself says that it holds in all, of this section and others; None where it says
    nothing. `unread` are addresses of a sitemap that may be posts of the window and that were not
    opened.
    """

    kind: ListKind
    url: str
    posts: int
    extent: Extent
    evidence: Evidence
    stated: int | None = None
    unread: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A dated part of a company's site (blog, news, podcast …) or a profile, with its posts.

    Made in `scrapers/site` and, for profiles, in `scrapers/channels/profiled.py`. `truncated`:
    older posts of the window may be missing. `unreadable` tells why nothing could be read of a
    section that is there; None otherwise. `pointed` is what a person points at it with, `faults`
    what of that gave nothing: (`date`, why), such as a selector of dates that matches nothing.
    `lists` are all that name its posts; none for a profile and for places where others write.
    `since`: back to when all posts of a truncated one are known; None where that is its oldest one.
    `picked`: those that are known are picks, of a front page or beside an article, which say
    nothing of how many there are between them.
    """

    channel: str
    url: str
    feeds: tuple[str, ...]
    posts: tuple[Post, ...]
    truncated: bool
    unreadable: Unknown | None
    evidence: tuple[Evidence, ...]
    pointed: PointedSection | None = None
    faults: tuple[tuple[str, Unknown], ...] = ()
    lists: tuple[PostList, ...] = ()
    since: datetime | None = None
    picked: bool = False
