"""Pixelfed: posts by the Atom feed, counts by the protocol (its interface asks for a login)."""

from urllib.parse import quote

from scrapers.platforms import kit
from scrapers.platforms.fediverse.actor import read_actor
from scrapers.platforms.fediverse.home import Home
from scrapers.platforms.fediverse.page import read_posts


def read_pixelfed(ask: kit.Ask, home: Home) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the feed first: what the server refuses afterwards costs no posts."""
    url = f"{home.api}/users/{quote(home.name)}.atom"
    line = yield from read_posts(ask, url, kind="image")
    return (yield from read_actor(ask, home, line))
