"""PeerTube on its well-known servers: the address itself tells account and channel apart."""

from scrapers.parse.urls import authority_of, segments
from scrapers.platforms import kit
from scrapers.platforms.fediverse.home import Home
from scrapers.platforms.fediverse.server_peertube import ACCOUNT, CHANNEL, read_peertube

_KINDS = {"a": ACCOUNT, "c": CHANNEL}


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the account or channel of an address."""
    host, kind = authority_of(ask.url), _KINDS.get(next(iter(segments(ask.url)), ""))
    actor = f"https://{host}/{kind}/{ask.handle}" if kind else ""
    return (yield from read_peertube(ask, Home(host=host, name=ask.handle, actor=actor)))


PLATFORM = kit.Platform(
    name="peertube",
    read=read,
    public="followers, videos back to the start of the window, views, likes, comments",
    confidence=kit.Confidence.RECORDED,
)
