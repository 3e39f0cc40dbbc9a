"""A company's profile on a platform, and whose it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audit.model.profile import ProfileFigure
from audit.model.site import State
from audit.model.value import Evidence, Known, Moment, Number, Reason, Unknown


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
