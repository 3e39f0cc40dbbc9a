"""Pixelfed on its well-known servers."""

from urllib.parse import quote

from audit.model.profile import Profile
from audit.model.value import Unknown
from scrapers.parse.urls import authority_of
from scrapers.platforms.fediverse.home import Home
from scrapers.platforms.fediverse.server_pixelfed import read_pixelfed
from scrapers.platforms.kit.base import Ask, Confidence, Platform, Steps


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the account of an address."""
    host, name = authority_of(ask.url), ask.handle
    actor = f"https://{host}/users/{quote(name)}"
    return (yield from read_pixelfed(ask, Home(host=host, name=name, actor=actor)))


PLATFORM = Platform(
    name="pixelfed",
    read=read,
    public="followers, the newest posts of the feed",
    confidence=Confidence.UNVERIFIED,
)
