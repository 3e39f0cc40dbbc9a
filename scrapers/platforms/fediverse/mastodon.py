"""Mastodon and the fediverse: each server by its own software, which NodeInfo names."""

from collections.abc import Callable, Mapping

from scrapers.platforms import kit
from scrapers.platforms.fediverse.actor import read_actor
from scrapers.platforms.fediverse.home import Home, find_home
from scrapers.platforms.fediverse.lemmy import read_lemmy
from scrapers.platforms.fediverse.mbin import read_mbin
from scrapers.platforms.fediverse.misskey import read_misskey
from scrapers.platforms.fediverse.page import read_page
from scrapers.platforms.fediverse.peertube import read_peertube
from scrapers.platforms.fediverse.pixelfed import read_pixelfed
from scrapers.platforms.fediverse.sample import sample_followers
from scrapers.platforms.fediverse.server_mastodon import SPEAKERS, read_mastodon

Reader = Callable[[kit.Ask, Home], kit.Steps[kit.Profile | kit.Unknown]]
_MISSKEYS = ("misskey", "sharkey", "firefish", "calckey", "foundkey", "iceshrimp", "cherrypick")
_READERS: Mapping[str, Reader] = {
    **dict.fromkeys(SPEAKERS, read_mastodon),
    **dict.fromkeys(_MISSKEYS, read_misskey),
    "gotosocial": read_page,
    "pixelfed": read_pixelfed,
    "peertube": read_peertube,
}
_COMMUNITIES: Mapping[str, Reader] = {"lemmy": read_lemmy, "piefed": read_lemmy, "mbin": read_mbin}
_GROUPS = ("/c/", "/m/")
"""What the addresses of communities hold, and those of persons do not."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Find the account's own server, then read it in the way of that server's software."""
    home = yield from find_home(ask)
    if isinstance(home, kit.Failure):
        return kit.reason_of(home)
    return (yield from _reader(home)(ask, home))


def _reader(home: Home) -> Reader:
    """Return the way of the server's software, else the protocol that all have in common.

    A person on a server of communities is read by the protocol: only communities have members.
    """
    if any(mark in home.actor for mark in _GROUPS) and home.software in _COMMUNITIES:
        return _COMMUNITIES[home.software]
    return _READERS.get(home.software, read_actor)


PLATFORM = kit.Platform(
    name="mastodon",
    read=read,
    sample=sample_followers,
    public="followers, posts back to the start of the window, likes, boosts, replies; of servers"
    " with a closed interface the counts and the feed of the public page",
    confidence=kit.Confidence.DOCUMENTED,
)
