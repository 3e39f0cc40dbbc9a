"""Judge anew whose a profile is once it was read: does it lead back, whose name does it bear?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audit.model.presence import Channel, OwnershipPart, Promise, Role
from audit.model.profile import Profile, Standing
from scrapers.detect.names import fit
from scrapers.detect.ownership import CONFIGURED, THRESHOLD
from scrapers.parse.urls import host_of, registrable

_FAN = re.compile(
    r"\b(?:un-?official|not affiliated|fan ?(?:page|club|account|art)|fans of|parody|tribute|"
    r"inoffizielle?r?|nicht offiziell|no oficial|non officiel|non ufficiale|não oficial)\b",
    re.I,
)
BACK, NAMED, MARKED = 0.50, 0.20, 0.15
ELSEWHERE, FAN = -1.0, -1.0
PROMISED = 0.40
"""From this ownership on a site shows a profile as its own: an icon in its foot, head or menu."""

_SAME_NAME, _OTHER_NAME = 0.8, 0.3


@dataclass(frozen=True, slots=True)
class Owner:
    """The company as profiles may name it: its names and its sites (registrable hosts).

    `networks` are the hosts of platforms: a link to one says nothing of whose a profile is.
    """

    names: tuple[str, ...]
    sites: frozenset[str]
    networks: frozenset[str]
    hosted: frozenset[str] = frozenset()

    def owns(self, url: str) -> bool:
        """Tell whether an address is on a site of the company's."""
        return registrable(host_of(url), self.hosted) in self.sites


def confirmed(channel: Channel, profile: Profile, owner: Owner) -> Channel:
    """The channel with ownership, role and promises as the profile itself supports them.

    `networks` are the hosts of platforms: a link to another network says nothing of whose it is.
    """
    if profile.standing is not Standing.LIVE:
        return channel
    back = any(owner.owns(url) for url in profile.links)
    channel = replace(channel, links_back=back)
    if any(part.name == CONFIGURED for part in channel.parts) or channel.listing:
        return channel
    parts = tuple(_parts(channel, profile, owner, back=back))
    score = round(min(1.0, max(0.0, channel.ownership + sum(each.weight for each in parts))), 2)
    beaten = channel.candidate and channel.ownership >= THRESHOLD and not back
    return replace(
        channel,
        parts=(*channel.parts, *parts),
        ownership=score,
        candidate=score < THRESHOLD or beaten,
        role=_role(channel, parts, score),
        promises=_promises(channel, parts),
    )


def _parts(
    channel: Channel, profile: Profile, owner: Owner, *, back: bool
) -> Sequence[OwnershipPart]:
    """What the profile itself says for and against."""
    handle = profile.handle or channel.handle
    matched = max(fit(profile.name, owner.names), fit(handle, owner.names))
    elsewhere = _leads_elsewhere(profile, owner.networks)
    parts: list[OwnershipPart] = []
    if back:
        parts.append(OwnershipPart(name="links back to the site", weight=BACK))
    elif elsewhere and matched < _OTHER_NAME:
        parts.append(OwnershipPart(name="speaks for somebody else", weight=ELSEWHERE))
    elif elsewhere and channel.candidate and not channel.found_on:
        parts.append(OwnershipPart(name="bears the name, leads elsewhere", weight=-0.30))
    if matched >= _SAME_NAME and profile.name:
        parts.append(OwnershipPart(name="bears the company's name", weight=NAMED))
    if profile.verified and matched >= _SAME_NAME:
        parts.append(OwnershipPart(name="verified by the platform", weight=MARKED))
    if not back and _FAN.search(f"{profile.name} {profile.about}"):
        parts.append(OwnershipPart(name="says that it is not official", weight=FAN))
    return parts


def _leads_elsewhere(profile: Profile, networks: frozenset[str]) -> bool:
    """Tell whether the profile gives a website, and none of the addresses is a network's."""
    sites = {registrable(host_of(url)) for url in profile.links}
    return bool(sites - networks)


def _role(channel: Channel, parts: Sequence[OwnershipPart], score: float) -> Role:
    names = {part.name for part in parts}
    if "says that it is not official" in names:
        return Role.FAN
    if "bears the name, leads elsewhere" in names and score < THRESHOLD:
        return Role.IMPOSTOR
    return channel.role


def _promises(channel: Channel, parts: Sequence[OwnershipPart]) -> tuple[Promise, ...]:
    """A profile that the site shows as its own, and that is renamed or somebody else's."""
    if channel.ownership < PROMISED or not channel.found_on:
        return ()
    names = {part.name for part in parts}
    foreign = bool(names & {"speaks for somebody else", "says that it is not official"})
    return (
        *((Promise.FOREIGN,) if foreign else ()),
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
