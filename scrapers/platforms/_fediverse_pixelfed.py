"""Pixelfed: posts by the Atom feed, counts by the protocol (its interface asks for a login)."""

from urllib.parse import quote

from audit.model.profile import Profile
from audit.model.value import Unknown
from scrapers.platforms._base import Ask, Steps
from scrapers.platforms._fediverse_actor import read_actor
from scrapers.platforms._fediverse_home import Home
from scrapers.platforms._fediverse_page import read_posts


def read_pixelfed(ask: Ask, home: Home) -> Steps[Profile | Unknown]:
    """Read the feed first: what the server refuses afterwards costs no posts."""
    url = f"{home.api}/users/{quote(home.name)}.atom"
    line = yield from read_posts(ask, url, kind="image")
    return (yield from read_actor(ask, home, line))
