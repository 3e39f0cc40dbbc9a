"""A company's profile on a platform: where it was found, whose it is, what it says, what it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audit.model.by_hand import HandRecord
from audit.model.followers import AudienceCount
from audit.model.hygiene import NOT_KEPT, Hygiene
from audit.model.profile import Count, Profile, ProfileFigure, Standing
from audit.model.site import State
from audit.model.value import PROOFS, Evidence, Known, Moment, Number, Qualifier, Reason, Unknown


class Role(StrEnum):
    """Whom a profile speaks for; MAIN where nothing says otherwise."""

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
"""The reason that a person named the profile; beside it no other one counts."""

NOT_READ = Unknown(reason=Reason.NOT_CHECKED, detail="the profile itself was not read")
CLOSED = Unknown(reason=Reason.NOT_CHECKED, detail="the platform is closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundChannel:
    """Where a profile was found, before anybody opened it; made in `scrapers/channels/named.py`.

    `url` and `handle` are those by which it was named. `found_on` are the pages of the company's
    site that name it; it is empty where only others do (Wikidata, another profile, the file).
    `listing`: a page about the company (a store, a review site, an encyclopedia), not a channel of
    its own. `key` is equal for all addresses of one profile; empty in histories from before
    November 2026.
    """

    platform: str
    url: str
    handle: str
    found_on: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    listing: bool = False
    key: str = ""

    @property
    def address_key(self) -> str:
        """Return what all addresses of the profile have in common."""
        return self.key or self.url.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipPart:
    """One reason for or against a profile being the company's; the parts add up to the score.

    The names and weights are those of docs/glossary.md, Ownership of a profile; a reason against
    has a negative weight.
    """

    name: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """Whose a profile is, and whom it speaks for.

    Judged from the site alone (`scrapers/channels/named.py`), and again once the profile was read
    (`confirmed.py`). `score` is the sum of the parts, cut to 0 to 1; a `candidate` is not proved to
    be the company's. `links_back`: the profile names the company's site; False until it was read.
    `home` is the first address by which it does; empty without one and in histories from before
    December 2026.
    """

    score: float
    parts: tuple[OwnershipPart, ...]
    candidate: bool
    role: Role
    links_back: bool = False
    home: str = ""

    def has(self, name: str) -> bool:
        """Tell whether a reason of this name is among the parts."""
        return any(part.name == name for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """What a page held in an earlier run and does not hold now, though it came.

    Made in `audit/measure/followed.py`; all is empty where nothing was lost, and in a first run.
    Each part is the reason to show in place of the figure; `profile` stands for the whole page,
    `figures` for those beside the audience.
    """

    profile: Unknown | None = None
    followers: Unknown | None = None
    last_post: Unknown | None = None
    figures: tuple[ProfileFigure, ...] = ()


NO_DRIFT = Drift()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelHistory:
    """What earlier runs knew of a channel; made in `audit/measure/followed.py`.

    `former` are other handles that led here; reading the profile may tell of one in the first run
    already (`scrapers/channels/profiled.py`). `first_seen` is None until the company is measured.
    `account` is the platform's own id where an earlier run has read it, `previous` the audience of
    an earlier run where this one could not read it.
    """

    first_seen: datetime | None = None
    former: tuple[str, ...] = ()
    account: str = ""
    previous: Known[int] | Known[float] | None = None
    drift: Drift = NO_DRIFT


NO_HISTORY = ChannelHistory()


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A profile on a platform, composed: each part is made by one step, and rewritten by none.

    `found` comes from the site and whoever else names the profile, `ownership` from judging,
    `profile` from reading it (without its posts, which are the company's, and without its words),
    `history` from the runs before. `promises` is empty where the site does not show the profile as
    its own, or nothing about it is broken. `newest_post` may lie before the window. `audience` is
    the platform's word for those who follow; empty where a platform counts none. `by_hand` is a
    person's figure for the audience, where the program has read none, and `told` is all that people
    told of it within the window, the newest first. `hygiene` is how well it is
    kept (`audit/measure/hygiene.py`), and `counts` is its audience in this run and in earlier ones,
    the newest first (`audit/measure/followers.py`).
    """

    found: FoundChannel
    ownership: Ownership
    profile: Profile | Unknown
    history: ChannelHistory = NO_HISTORY
    promises: tuple[Promise, ...] = ()
    newest_post: Moment = NOT_READ
    audience: str = "followers"
    by_hand: Known[int] | Known[float] | None = None
    told: tuple[HandRecord, ...] = ()
    hygiene: Hygiene | Unknown = NOT_KEPT
    counts: tuple[AudienceCount, ...] = ()

    @property
    def live(self) -> Profile | None:
        """Return the profile where it was read; None for one that is unread, gone or private."""
        if isinstance(self.profile, Unknown) or self.profile.standing is not Standing.LIVE:
            return None
        return self.profile

    @property
    def platform(self) -> str:
        """Return the name of the platform, as in the catalogue."""
        return self.found.platform

    @property
    def url(self) -> str:
        """Return the address that holds now; until the profile is read, the one it was found by."""
        return (self.live.url if self.live is not None else "") or self.found.url

    @property
    def handle(self) -> str:
        """Return the handle that holds now; until the profile is read, the one it was found by."""
        return (self.live.handle if self.live is not None else "") or self.found.handle

    @property
    def account(self) -> str:
        """Return the platform's own id, which outlives a handle; empty where nobody knows it."""
        return (self.live.account if self.live is not None else "") or self.history.account

    @property
    def address_key(self) -> str:
        """Return what all addresses of the profile have in common, by the one that holds now."""
        moved = self.url.casefold() != self.found.url.casefold()
        return self.url.casefold() if moved else self.found.address_key

    @property
    def identity(self) -> str:
        """Return what tells it from all other channels: the platform's own id, or the address."""
        return f"{self.platform} {self.account or self.address_key}"

    @property
    def name(self) -> str:
        """Return the name that the profile bears; empty where it was not read."""
        return "" if isinstance(self.profile, Unknown) else self.profile.name

    @property
    def role(self) -> Role:
        """Return whom the profile speaks for."""
        return self.ownership.role

    @property
    def candidate(self) -> bool:
        """Tell whether the profile is not proved to be the company's."""
        return self.ownership.candidate

    @property
    def leads_away(self) -> bool:
        """Tell whether the site's link leads nowhere, or to somebody else."""
        return Promise.DEAD in self.promises or Promise.FOREIGN in self.promises

    @property
    def is_own(self) -> bool:
        """Tell whether it is the company's own and still there: all counts of channels ask this."""
        return not self.candidate and Promise.DEAD not in self.promises

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Return the proof, `PROOFS` at most: what the profile says, then who named it."""
        own = () if isinstance(self.profile, Unknown) else self.profile.evidence
        return tuple(dict.fromkeys((*own, *self.found.evidence)))[:PROOFS]

    @property
    def state(self) -> State:
        """Return KNOWN once the profile itself was read, else UNKNOWN; `unread` tells why."""
        return State.KNOWN if self.live is not None else State.UNKNOWN

    @property
    def unread(self) -> Unknown | None:
        """Return why the profile is not known; None where it was read."""
        lost = self.history.drift.profile
        if self.live is not None or lost is not None:
            return lost
        if isinstance(self.profile, Unknown):
            return self.profile
        lack = self.profile.lack
        if lack is None:
            return None
        return Unknown(reason=lack.reason, detail=f"{self.profile.standing}: {lack.detail}")

    @property
    def followers(self) -> Number:
        """Return the size of its audience: as read, as a person read it, or why neither is."""
        lost = self.history.drift.followers
        if self.by_hand is not None:
            return self.by_hand
        if lost is not None:
            return lost
        if isinstance(self.profile, Unknown):
            return self.profile
        return self.profile.lack or self.profile.audience

    @property
    def last_post(self) -> Moment:
        """Return when its newest own post was published, or why that is not known."""
        lost = self.history.drift.last_post
        newest = self.newest_post
        told = isinstance(newest, Known) and Qualifier.MANUAL in newest.qualifiers
        return newest if lost is None or told else lost

    @property
    def figures(self) -> tuple[ProfileFigure, ...]:
        """Return the figures beside the audience; those that were lost carry the reason."""
        if self.live is None:
            return ()
        lost: dict[Count, ProfileFigure] = {
            figure.count: figure for figure in self.history.drift.figures
        }
        return tuple(lost.get(figure.count, figure) for figure in self.live.figures)


def main_of(profiles: Sequence[Channel]) -> Channel:
    """Return the profile that stands for its platform, of one or more: own, still there, surest.

    So that audience and posts a week are those of one profile wherever they are told.
    """
    return min(profiles, key=lambda each: (each.candidate, not each.is_own, -each.ownership.score))
