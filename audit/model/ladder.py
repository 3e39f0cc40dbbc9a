"""Forrester's technographics ladder: how a company's offers meet each kind of reader."""

from dataclasses import dataclass
from datetime import datetime

from audit.model.value import Absent, Evidence, Number, Unknown

ROLES = (
    *("creators", "conversationalists", "critics", "collectors", "joiners", "spectators"),
    "inactives",
)
"""The rungs of the ladder, from those who do most (Forrester Research, 2010)."""

TAKING_PART = ROLES[:-1]
"""The roles that do something; inactives do nothing of it, and are only served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One way in which a company may invite a role: a line of `config/rules/ladder.yaml`.

    `place` is `feature` (of the site), `supplies` (what it offers to others), `kind` (of platform)
    or `platform`; `name` is what must be met there, `because` the reason as readers meet it. `told`
    is what the finding of a feature must say of itself (its `detail`); empty where nothing.
    """

    place: str
    name: str
    because: str
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What would show that a role takes part: a line of `config/rules/ladder.yaml`.

    `place` is `activity` (of a site's feature), `reaction` (to the company's posts) or `audience`
    (of profiles on a kind of platform). `name` is what is counted, `of` where; empty for reactions.
    """

    place: str
    name: str
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRule:
    """What invites a role, and what would show it, the most telling first."""

    role: str
    invites: tuple[Invitation, ...]
    shows: tuple[Trace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way of taking part that a company was found to offer, with its proof.

    `place`, `name` and `because` are those of the `Invitation`; `found` are the platforms that were
    met, or the feature.
    """

    place: str
    name: str
    because: str
    found: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """The most telling public sign that a role takes part.

    `what` is what was counted, such as "replies", `of` the feature or the platform; `at` is when
    the newest of them was, or None where nothing says it or there is none, as of an audience.
    `at_least`: there may be more. `exact` is False where the platform rounds an audience, `by_hand`
    True where a person read it; histories from before December 2026 say neither.
    """

    what: str
    of: str
    value: float
    at: datetime | None
    at_least: bool
    evidence: tuple[Evidence, ...]
    exact: bool = True
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One role of the ladder for one company: participation invited, and participation observed.

    Made by `audit/measure/technographics.py`. `invited` counts the `ways` that are offered. There
    is no share of a population in it: nobody can tell that from public pages.
    """

    role: str
    invited: Number
    ways: tuple[Way, ...]
    observed: Sign | Absent | Unknown
