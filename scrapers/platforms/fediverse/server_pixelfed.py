"""Pixelfed: posts by the Atom feed, counts by the protocol (its interface asks for a login)."""

from urllib.parse import quote

from audit.model.profile import Profile
from audit.model.value import Unknown
from scrapers.platforms.fediverse.actor import read_actor
from scrapers.platforms.fediverse.home import Home
from scrapers.platforms.fediverse.page import read_posts
from scrapers.platforms.kit.base import Ask, Steps


def read_pixelfed(ask: Ask, home: Home) -> Steps[Profile | Unknown]:
    """Read the feed first: what the server refuses afterwards costs no posts."""
    url = f"{home.api}/users/{quote(home.name)}.atom"
    line = yield from read_posts(ask, url, kind="image")
    return (yield from read_actor(ask, home, line))
