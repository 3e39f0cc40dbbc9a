"""Choose which profiles to open: the company's own, its listings, and a few likely candidates.

Each request costs a platform's patience: its first refusal ends it for all companies of the run.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from audit.model.channel import Channel, Role
from audit.model.profile import Profile
from audit.model.value import Unknown
from scrapers.channels.ownership import LISTED, THRESHOLD, WORTH_A_LOOK
from scrapers.platforms import platforms
from scrapers.session import Session

CANDIDATES = 8
"""Profiles that are not proved to be the company's and are read for proof, at most."""

OWN_OF_ONE = 5
"""Own profiles of one platform that are read at most."""

LISTINGS = 10
"""Pages about the company in stores, review sites and encyclopedias that are read at most."""

Opened = Mapping[str, tuple[Channel, Profile | Unknown]]
"""What was opened, in that order: by `key_of`, the channel as it was then and what came of it."""


def key_of(channel: Channel) -> str:
    """Return the name under which a profile is kept: what its addresses have in common."""
    return channel.found.address_key


def worth_opening(
    channels: Sequence[Channel], opened: Opened, session: Session | None = None
) -> list[Channel]:
    """Return the channels to read now, the surest first; those over a limit stay unread.

    The limits hold for a whole visit: what was opened before counts as what it was taken for then.
    A profile whose page a person saved (`session` knows) costs nobody's patience, and is read
    whatever its platform is; a person's is not even then.
    """
    saved = [
        channel
        for channel in channels
        if session is not None
        and key_of(channel) not in opened
        and channel.role is not Role.PERSON
        and session.saved_page(channel.url) is not None
    ]
    asked = [channel for channel in channels if channel not in saved]
    return [*saved, *_worth_asking(asked, opened)]


def _worth_asking(channels: Sequence[Channel], opened: Opened) -> list[Channel]:
    """Return the channels whose platforms are to be asked."""
    readable = [channel for channel in channels if channel.platform in platforms()]
    count = Counter(_limit(channel)[0] for channel, _ in opened.values())
    chosen: list[Channel] = []
    for channel in sorted(readable, key=lambda channel: (channel.candidate, -_claim(channel))):
        kind, most = _limit(channel)
        if key_of(channel) in opened or not _is_likely(channel):
            continue
        count[kind] += 1
        if count[kind] <= most:
            chosen.append(channel)
    return chosen


def _limit(channel: Channel) -> tuple[str, int]:
    """Return what a channel counts as, and how many of those are read."""
    if channel.found.listing:
        return "listing", LISTINGS
    return ("candidate", CANDIDATES) if channel.candidate else (channel.platform, OWN_OF_ONE)


def _claim(channel: Channel) -> float:
    """Add up what speaks for a channel, whether or not it is a listing.

    A listing is no channel (-1.00), and is still worth reading where it is surely the company's.
    """
    return sum(part.weight for part in channel.ownership.parts if part.name != LISTED)


def _is_likely(channel: Channel) -> bool:
    """Tell whether a profile is worth opening; persons' profiles never are."""
    if channel.role is Role.PERSON:
        return False
    least = THRESHOLD if channel.found.listing else WORTH_A_LOOK
    return not channel.candidate or _claim(channel) >= least
