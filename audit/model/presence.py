"""What a company has: features, channels with their ownership, and the posts on them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audit.model.activity import Activity, Certainty
from audit.model.audience import Audience
from audit.model.catalogue import Direction
from audit.model.dated import Dated
from audit.model.profile import Interaction, ProfileFigure
from audit.model.robots import Robots
from audit.model.value import Evidence, Known, Moment, Number, Reason, Unknown

SECTIONS = ("blog", "news", "podcast")
"""The dated sections in which a company itself publishes; others write in its forum and wiki."""

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


class Role(StrEnum):
    """Whom a profile speaks for."""

    MAIN = "main"
    REGIONAL = "regional"
    PRODUCT = "product"
    CAREERS = "careers"
    SUPPORT = "support"
    PERSON = "person"
    FAN = "fan"
    IMPOSTOR = "impostor"


class Promise(StrEnum):
    """What is broken about a profile that a company's own site names.

    `dead`: nothing is there; `renamed`: it goes by another handle now; `foreign`: it is somebody
    else's; `dormant`: nothing new for 90 days.
    """

    DEAD = "dead"
    RENAMED = "renamed"
    FOREIGN = "foreign"
    DORMANT = "dormant"


CONFIGURED = "named in competitors.yaml"
"""The one reason that needs no other: a person named the profile."""

NOT_READ = Unknown(reason=Reason.NOT_CHECKED, detail="the profile itself was not read")
CLOSED = Unknown(reason=Reason.NOT_CHECKED, detail="the platform is closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipPart:
    """One reason for or against a profile being the company's; the parts add up to the score."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A profile found on a platform; `ownership` is in 0..1, a candidate lies below the threshold.

    `state` is KNOWN once the profile itself was read, UNKNOWN with a `reason` until then. `account`
    is the platform's own id, `named_as` the address by which it was found, `former` holds handles
    that led here. `audience` names what
    `followers` counts. `last_post` may lie before the window. `previous` is the audience of an
    earlier run where this one could not read it. `listing`: a page about the company, not a
    channel. `links_back`: the profile names the company's site.
    """

    platform: str
    url: str
    handle: str
    role: Role
    ownership: float
    parts: tuple[OwnershipPart, ...]
    candidate: bool
    state: State
    reason: Reason | None
    detail: str
    found_on: tuple[str, ...]
    followers: Number
    evidence: tuple[Evidence, ...]
    audience: str = "followers"
    figures: tuple[ProfileFigure, ...] = ()
    name: str = ""
    account: str = ""
    named_as: str = ""
    former: tuple[str, ...] = ()
    created_at: datetime | None = None
    updated_at: datetime | None = None
    first_seen: datetime | None = None
    last_post: Moment = NOT_READ
    promises: tuple[Promise, ...] = ()
    previous: Known[int] | Known[float] | None = None
    verified: bool = False
    listing: bool = False
    links_back: bool = False
    community: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A feature of a company's site.

    `confidence` in 0..1 that it is there, `certainty` how it was met, `activity` what goes on.
    """

    feature: str
    state: State
    direction: Direction
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a visit to one company's website brought home, before any number is measured."""

    start: Known[str] | Unknown
    languages: tuple[str, ...]
    channels: tuple[Channel, ...]
    features: tuple[Feature, ...]
    sections: tuple[Section, ...]
    robots: tuple[Robots, ...]
    fetched: tuple["Fetched", ...]
    notes: tuple["Note", ...]
    audiences: tuple[Audience, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One exchange of a visit as the coverage sheet and the next run need it.

    `outcome` is `ok`, `unchanged` (304) or a reason word; `etag` and `last_modified` are the
    validators that the server gave, for the conditional request of the next run.
    """

    url: str
    why: str
    outcome: str
    fetched_at: datetime
    record: str
    size: int = 0
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that could not be read or measured; `incomplete` ones lead to exit status 1.

    `help` says what would make it readable (a key, a manual figure, a longer budget).
    """

    what: str
    reason: Reason
    detail: str
    help: str = ""
    incomplete: bool = False
