"""Judge anew whose a profile is once it was read: does it lead back, whose name does it bear?"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from audit.model.channel import CONFIGURED, Channel, OwnershipPart, Promise, Role
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
PROMISED = 0.40
"""From this ownership on a site shows a profile as its own: an icon in its foot, head or menu."""

_SAME_NAME, _OTHER_NAME, _NEAR = 0.8, 0.3, 0.5
_OTHERS, _NOT_OFFICIAL = "speaks for somebody else", "says that it is not official"
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


def confirmed(channel: Channel, profile: Profile, owner: Owner) -> Channel:
    """The channel with ownership, role and promises as the profile itself supports them.

    What only others than the site name is the company's only where it leads back.
    """
    if profile.standing is not Standing.LIVE:
        return channel
    back = any(owner.owns(url) for url in profile.links)
    channel = replace(channel, links_back=back)
    if any(part.name == CONFIGURED for part in channel.parts) or channel.listing:
        return channel
    parts = tuple(_parts(channel, profile, owner, back=back))
    score = round(min(1.0, max(0.0, channel.ownership + sum(each.weight for each in parts))), 2)
    alone = not channel.found_on or any(part.name == BEATEN for part in channel.parts)
    return replace(
        channel,
        parts=(*channel.parts, *parts),
        ownership=score,
        candidate=score < THRESHOLD or (alone and not back),
        role=_role(channel, parts, score),
        promises=_promises(channel, parts, score),
    )


def _parts(
    channel: Channel, profile: Profile, owner: Owner, *, back: bool
) -> Sequence[OwnershipPart]:
    """What the profile itself says for and against."""
    handle = profile.handle or channel.handle
    matched = max(fit(profile.name, owner.names), fit(handle, owner.names))
    elsewhere = any(owner.strange(url) for url in profile.links)
    parts: list[OwnershipPart] = []
    if back:
        parts.append(OwnershipPart(name="links back to the site", weight=BACK))
    elif elsewhere and matched < _OTHER_NAME:
        parts.append(OwnershipPart(name=_OTHERS, weight=ELSEWHERE))
    elif elsewhere and channel.candidate and not channel.found_on:
        parts.append(OwnershipPart(name=_AWAY, weight=-0.30))
    if matched >= _SAME_NAME and profile.name:
        parts.append(OwnershipPart(name="bears the company's name", weight=NAMED))
    if profile.verified and matched >= _SAME_NAME:
        parts.append(OwnershipPart(name="verified by the platform", weight=MARKED))
    if _is_fan(channel, profile, matched):
        parts.append(OwnershipPart(name=_NOT_OFFICIAL, weight=FAN))
    return parts


def _is_fan(channel: Channel, profile: Profile, matched: float) -> bool:
    """Tell whether a profile says of itself that it is not official.

    Words in passing ("for fans of coffee") say nothing, and what the site itself shows under the
    company's name is believed. Anybody can lead back to a site that does not name him.
    """
    if channel.found_on and matched >= _SAME_NAME and not _FAN_NAME.search(profile.name):
        return False
    return bool(_FAN_NAME.search(profile.name) or _FAN_WORDS.search(profile.about))


def _role(channel: Channel, parts: Sequence[OwnershipPart], score: float) -> Role:
    names = {part.name for part in parts}
    if _NOT_OFFICIAL in names:
        return Role.FAN
    if _AWAY in names and score < THRESHOLD:
        return Role.IMPOSTOR
    return channel.role


def promised(channel: Channel) -> bool:
    """Tell whether the site shows a profile as its own; judged before the profile is read."""
    return bool(channel.found_on) and channel.ownership >= PROMISED and not channel.listing


def _promises(
    channel: Channel, parts: Sequence[OwnershipPart], score: float
) -> tuple[Promise, ...]:
    """A profile that the site shows as its own, and that is renamed or somebody else's."""
    if not promised(channel):
        return ()
    others = any(part.name in (_OTHERS, _NOT_OFFICIAL) for part in parts)
    return (
        *((Promise.FOREIGN,) if others and score < THRESHOLD else ()),
        *((Promise.RENAMED,) if channel.former else ()),
    )


def with_roles(channels: Sequence[Channel]) -> tuple[Channel, ...]:
    """Of several own profiles on one platform the best is the main one; the others are apart.

    Whatever no sign names regional, careers or support speaks for a product or part.
    """
    main: set[str] = set()
    out: list[Channel] = []
    for channel in channels:
        first = channel.platform not in main
        if not channel.candidate and channel.role is Role.MAIN:
            main.add(channel.platform)
            out.append(channel if first else replace(channel, role=Role.PRODUCT))
        else:
            out.append(channel)
    return tuple(out)
