"""Judge all channels once their profiles were read: whose, in which order, two of one as one."""

from collections.abc import Sequence
from dataclasses import replace

from audit.model.channel import Channel, Role
from audit.model.profile import Profile
from audit.model.result import Window
from audit.model.value import Unknown
from scrapers.channels.choice import Opened, key_of
from scrapers.channels.named import MAX_PLACES, Channels, rank_among
from scrapers.channels.owner import Owner
from scrapers.channels.profiled import section_of, with_profile
from scrapers.channels.roles import with_roles
from scrapers.errand import Errand
from scrapers.platforms import platforms

OVER_LIMIT = "not opened: so many profiles were read already"

_USUAL = "followers"
"""The word for those who follow, on a platform that has no reader."""

Judged = tuple[Channel, Profile | Unknown | None]
"""A channel, and its profile with all that it says; None where it was not opened."""


def judge(
    known: Channels, opened: Opened, owner: Owner, errand: Errand, *, reached: bool = True
) -> Channels:
    """Return the channels judged anew by what was opened, with the posts of those that are theirs.

    Own profiles come first, by platform as in the catalogue, the surest of each before the others.
    The posts of a candidate are not the company's, so that they are left out. Where the site was
    not `reached` only saved pages were read, and no limit kept the others from being opened.
    """
    window, rank = errand.window, rank_among(errand.rules.platforms.kinds)
    unopened = OVER_LIMIT if reached else ""
    judged = [_judged(channel, opened, owner, window, unopened) for channel in known.channels]
    # Sorted before roles are given: of several own profiles the first is the main one.
    pairs = sorted(_each_account_once(judged), key=lambda pair: rank(pair[0]))
    channels = with_roles([channel for channel, _ in pairs])
    sections = (
        section_of(channel, profile, window)
        for channel, (_, profile) in zip(channels, pairs, strict=True)
        if not channel.candidate and profile is not None
    )
    return Channels(
        known.sightings,
        channels,
        sections=tuple(section for section in sections if section is not None),
    )


def _judged(
    channel: Channel, opened: Opened, owner: Owner, window: Window, unopened: str
) -> Judged:
    """Return a channel with what its profile came to; one left `unopened` says why."""
    platform = platforms().get(channel.platform)
    if key_of(channel) in opened:
        _, profile = opened[key_of(channel)]
        audience = platform.audience if platform is not None else _USUAL
        return with_profile(channel, profile, audience, owner, window), profile
    own = not channel.candidate and channel.role is not Role.PERSON
    if unopened and platform is not None and own and isinstance(channel.profile, Unknown):
        channel = replace(channel, profile=replace(channel.profile, detail=unopened))
    return channel, None


def _each_account_once(pairs: Sequence[Judged]) -> list[Judged]:
    """Make two addresses that turn out to be one account one channel: the surer one.

    For example youtube.com/@acme and youtube.com/channel/UC…: only the read profiles tell, by the
    platform's own id.
    """
    kept: dict[str, Judged] = {}
    for channel, profile in pairs:
        key = channel.identity
        other = kept.get(key)
        if other is None:
            kept[key] = channel, profile
        elif channel.ownership.score > other[0].ownership.score:
            kept[key] = _merged(channel, other[0]), profile
        else:
            kept[key] = _merged(other[0], channel), other[1]
    return list(kept.values())


def _merged(better: Channel, other: Channel) -> Channel:
    """Return the surer of two channels of one account, with the ways that led to the other."""
    places = dict.fromkeys((*better.found.found_on, *other.found.found_on))
    former = dict.fromkeys((*better.history.former, *other.history.former))
    return replace(
        better,
        found=replace(better.found, found_on=tuple(places)[:MAX_PLACES]),
        history=replace(better.history, former=tuple(former)),
        promises=tuple(dict.fromkeys((*better.promises, *other.promises))),
    )
