"""Communities on Lemmy, PieFed and Mbin: NodeInfo tells which of them a server runs."""

from audit.model.profile import Profile
from audit.model.value import Unknown
from scrapers.parse.urls import authority_of
from scrapers.platforms.fediverse.home import Home, software_of
from scrapers.platforms.fediverse.mbin import read_mbin
from scrapers.platforms.fediverse.server_lemmy import read_lemmy
from scrapers.platforms.kit.base import Ask, Confidence, Platform, Steps


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the community of an address, in the way of its server's software."""
    host = authority_of(ask.url)
    software = yield from software_of(host)
    home = Home(host=host, name=ask.handle, software=software)
    return (yield from (read_mbin if software == "mbin" else read_lemmy)(ask, home))


PLATFORM = Platform(
    name="lemmy",
    read=read,
    audience="subscribers",
    public="subscribers, titles and times of threads, upvotes, comments",
    confidence=Confidence.UNVERIFIED,
    community=True,
)
