"""Pixelfed on its well-known servers."""

from urllib.parse import quote

from scrapers.parse.urls import authority_of
from scrapers.platforms import kit
from scrapers.platforms.fediverse.home import Home
from scrapers.platforms.fediverse.server_pixelfed import read_pixelfed


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the account of an address."""
    host, name = authority_of(ask.url), ask.handle
    actor = f"https://{host}/users/{quote(name)}"
    return (yield from read_pixelfed(ask, Home(host=host, name=name, actor=actor)))


PLATFORM = kit.Platform(
    name="pixelfed",
    read=read,
    public="followers, the newest posts of the feed",
    confidence=kit.Confidence.UNVERIFIED,
)
