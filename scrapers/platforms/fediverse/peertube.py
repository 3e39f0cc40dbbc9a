"""PeerTube on its well-known servers: the address itself tells account and channel apart."""

from audit.model.profile import Profile
from audit.model.value import Unknown
from scrapers.parse.urls import authority_of, segments
from scrapers.platforms.fediverse.home import Home
from scrapers.platforms.fediverse.server_peertube import ACCOUNT, CHANNEL, read_peertube
from scrapers.platforms.kit.base import Ask, Confidence, Platform, Steps

_KINDS = {"a": ACCOUNT, "c": CHANNEL}


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the account or channel of an address."""
    host, kind = authority_of(ask.url), _KINDS.get(next(iter(segments(ask.url)), ""))
    actor = f"https://{host}/{kind}/{ask.handle}" if kind else ""
    return (yield from read_peertube(ask, Home(host=host, name=ask.handle, actor=actor)))


PLATFORM = Platform(
    name="peertube",
    read=read,
    public="followers, videos back to the start of the window, views, likes, comments",
    confidence=Confidence.RECORDED,
)
