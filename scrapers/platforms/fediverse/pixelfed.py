"""Pixelfed: posts by the Atom feed, counts by the protocol (its interface asks for a login)."""

from urllib.parse import quote

from scrapers.parse.urls import authority_of
from scrapers.platforms import kit
from scrapers.platforms.fediverse.actor import read_actor
from scrapers.platforms.fediverse.home import Home
from scrapers.platforms.fediverse.page import read_feed_posts


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the account of an address on a well-known server, without looking for its home."""
    host, name = authority_of(ask.url), ask.handle
    actor = f"https://{host}/users/{quote(name)}"
    return (yield from read_pixelfed(ask, Home(host=host, name=name, actor=actor)))


def read_pixelfed(ask: kit.Ask, home: Home) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the feed first: what the server refuses afterwards costs no posts."""
    url = f"{home.api}/users/{quote(home.name)}.atom"
    line = yield from read_feed_posts(ask, url, form="image")
    return (yield from read_actor(ask, home, line))


PLATFORM = kit.Platform(
    name="pixelfed",
    read=read,
    public="followers, the newest posts of the feed",
    confidence=kit.Confidence.UNVERIFIED,
)
