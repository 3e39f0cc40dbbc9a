"""Judge anew whose a profile is once it was read: does it lead back, whose name does it bear?"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from audit.model.channel import CONFIGURED, Channel, Ownership, OwnershipPart, Role
from audit.model.profile import Profile, Standing
from scrapers.channels.ownership import BEATEN, THRESHOLD
from scrapers.page.names import fit
from scrapers.parse.urls import authority_of, host_of, registrable

_UNOFFICIAL = (
    r"un-?official|inoffizielle?[rs]?|nicht offiziell|no oficial|non officiel(?:le)?|"
    r"non ufficiale|não oficial"
)
_FAN_NAME = re.compile(rf"\b(?:{_UNOFFICIAL}|fan ?(?:page|club|account|art)|parody)\b", re.I)
_FAN_WORDS = re.compile(
    rf"\b(?:(?:{_UNOFFICIAL})\W+(?:\w+\W+){{0,3}}(?:fan|page|account|profile|channel|seite|konto|"
    r"página|cuenta|compte|pagina)|(?:fan|parody) ?(?:page|club|account|channel))\b",
    re.I,
)
BACK, NAMED, MARKED = 0.50, 0.20, 0.15
ELSEWHERE, FAN = -0.60, -1.0
_SAME_NAME, _OTHER_NAME, _NEAR = 0.8, 0.3, 0.5
SOMEBODY_ELSE, NOT_OFFICIAL = "speaks for somebody else", "says that it is not official"
_AWAY = "bears the name, leads elsewhere"


@dataclass(frozen=True, slots=True)
class Owner:
    """The company as profiles may name it: its names and its sites (registrable hosts).

    `neutral` tells hosts that say nothing of whose a profile is: platforms, link lists, shorteners.
    """

    names: tuple[str, ...]
    sites: frozenset[str]
    neutral: Callable[[str], bool]
    hosted: frozenset[str] = frozenset()

    def owns(self, url: str) -> bool:
        """Tell whether an address is on a site of the company's."""
        return registrable(host_of(url), self.hosted) in self.sites

    def strange(self, url: str) -> bool:
        """Tell whether an address is on a site that bears no name of the company's."""
        host = authority_of(url).partition(":")[0]
        label = registrable(host, self.hosted).partition(".")[0]
        return not self.owns(url) and not self.neutral(host) and fit(label, self.names) < _NEAR


def confirmed(channel: Channel, profile: Profile, owner: Owner) -> Ownership:
    """Judge ownership anew, by what the profile itself says.

    What only others than the site name is the company's only where it leads back. A profile that
    is missing or private says nothing, so that the judgement by the site stands.
    """
    before = channel.ownership
    if profile.standing is not Standing.LIVE:
        return before
    back = any(owner.owns(url) for url in profile.links)
    if before.has(CONFIGURED) or channel.found.listing:
        return replace(before, links_back=back)
    parts = tuple(_parts(channel, profile, owner, back=back))
    score = round(min(1.0, max(0.0, before.score + sum(part.weight for part in parts))), 2)
    alone = not channel.found.found_on or before.has(BEATEN)
    return Ownership(
        score=score,
        parts=(*before.parts, *parts),
        candidate=score < THRESHOLD or (alone and not back),
        role=_role(before.role, parts, score),
        links_back=back,
    )


def _parts(
    channel: Channel, profile: Profile, owner: Owner, *, back: bool
) -> Sequence[OwnershipPart]:
    """Return what the profile itself says for and against."""
    handle = profile.handle or channel.found.handle
    matched = max(fit(profile.name, owner.names), fit(handle, owner.names))
    elsewhere = any(owner.strange(url) for url in profile.links)
    parts: list[OwnershipPart] = []
    if back:
        parts.append(OwnershipPart(name="links back to the site", weight=BACK))
    elif elsewhere and matched < _OTHER_NAME:
        parts.append(OwnershipPart(name=SOMEBODY_ELSE, weight=ELSEWHERE))
    elif elsewhere and channel.candidate and not channel.found.found_on:
        parts.append(OwnershipPart(name=_AWAY, weight=-0.30))
    if matched >= _SAME_NAME and profile.name:
        parts.append(OwnershipPart(name="bears the company's name", weight=NAMED))
    if profile.verified and matched >= _SAME_NAME:
        parts.append(OwnershipPart(name="verified by the platform", weight=MARKED))
    if _is_fan(channel, profile, matched):
        parts.append(OwnershipPart(name=NOT_OFFICIAL, weight=FAN))
    return parts


def _is_fan(channel: Channel, profile: Profile, matched: float) -> bool:
    """Tell whether a profile says of itself that it is not official.

    Words in passing ("for fans of coffee") say nothing, and what the site itself shows under the
    company's name is believed. Anybody can lead back to a site that does not name him.
    """
    by_name = _FAN_NAME.search(profile.name)
    if channel.found.found_on and matched >= _SAME_NAME and not by_name:
        return False
    return bool(by_name or _FAN_WORDS.search(profile.about))


def _role(role: Role, parts: Sequence[OwnershipPart], score: float) -> Role:
    """Return whom the profile speaks for, where it says of itself that it is not the company."""
    names = {part.name for part in parts}
    if NOT_OFFICIAL in names:
        return Role.FAN
    if _AWAY in names and score < THRESHOLD:
        return Role.IMPOSTOR
    return role


def with_roles(channels: Sequence[Channel]) -> tuple[Channel, ...]:
    """Tell the main profile of each platform from the others.

    Of several own profiles the best (the first) is the main one. Whatever no sign names regional,
    careers or support speaks for a product or part.
    """
    platforms: set[str] = set()
    told_apart: list[Channel] = []
    for channel in channels:
        if not channel.candidate and channel.role is Role.MAIN:
            first = channel.platform not in platforms
            platforms.add(channel.platform)
            told_apart.append(channel if first else _of_product(channel))
        else:
            told_apart.append(channel)
    return tuple(told_apart)


def _of_product(channel: Channel) -> Channel:
    """Return a channel as one that speaks for a product or part of the company."""
    return replace(channel, ownership=replace(channel.ownership, role=Role.PRODUCT))
