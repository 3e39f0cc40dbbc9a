"""What a site promises by showing a profile as its own, and what is broken about it."""

from datetime import timedelta

from audit.model.channel import CONFIGURED, Channel, Promise
from audit.model.profile import Profile, Standing
from audit.model.result import Window
from audit.model.value import Known, Moment, Unknown
from scrapers.channels.confirmed import NOT_OFFICIAL, SOMEBODY_ELSE
from scrapers.channels.ownership import THRESHOLD

PROMISED = 0.40
"""From this ownership on a site shows a profile as its own: an icon in its foot, head or menu."""

DORMANT_DAYS = 90
"""A profile without a post of its own for longer than this is dormant."""


def broken_promises(before: Channel, after: Channel, window: Window) -> tuple[Promise, ...]:
    """Return what is broken about a profile, in the order in which it is told.

    `before` is the channel as the site alone shows it: that tells whether it is promised at all.
    `after` is the same channel with its profile read and its ownership judged anew.
    """
    if not _is_promised(before):
        return ()
    if isinstance(after.profile, Unknown):
        return before.promises
    dormant = (Promise.DORMANT,) if _is_dormant(after.newest_post, window) else ()
    return (*_of_profile(before, after, after.profile), *dormant)


def _of_profile(before: Channel, after: Channel, profile: Profile) -> tuple[Promise, ...]:
    """Return what the profile itself breaks: it is gone, somebody else's, or renamed."""
    # A private profile is there; what else it breaks cannot be seen.
    if profile.standing is not Standing.LIVE:
        return () if profile.standing is Standing.PRIVATE else (Promise.DEAD,)
    # A person named it: nothing that the profile says of itself counts against that.
    if before.ownership.has(CONFIGURED):
        return before.promises
    whose = after.ownership
    others = whose.has(SOMEBODY_ELSE) or whose.has(NOT_OFFICIAL)
    return (
        *((Promise.FOREIGN,) if others and whose.score < THRESHOLD else ()),
        *((Promise.RENAMED,) if after.history.former else ()),
    )


def _is_promised(channel: Channel) -> bool:
    """Tell whether the site shows a profile as its own.

    A page about the company in a store or encyclopedia is nothing that it promises to keep.
    """
    on_site = bool(channel.found.found_on) and not channel.found.listing
    return on_site and channel.ownership.score >= PROMISED


def _is_dormant(newest: Moment, window: Window) -> bool:
    """Tell whether nothing of the profile's own is new for 90 days before the window's end.

    One that is known to have never posted, and one whose newest post is unknown, are not dormant.
    """
    last_days = timedelta(days=DORMANT_DAYS)
    return isinstance(newest, Known) and window.as_of - newest.value > last_days
