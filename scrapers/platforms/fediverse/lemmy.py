"""Communities on Lemmy, PieFed and Mbin: NodeInfo tells which of them a server runs."""

from scrapers.parse.urls import authority_of
from scrapers.platforms import kit
from scrapers.platforms.fediverse.home import Home, software_of
from scrapers.platforms.fediverse.mbin import read_mbin
from scrapers.platforms.fediverse.server_lemmy import read_lemmy


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the community of an address, in the way of its server's software."""
    host = authority_of(ask.url)
    software = yield from software_of(host)
    home = Home(host=host, name=ask.handle, software=software)
    return (yield from (read_mbin if software == "mbin" else read_lemmy)(ask, home))


PLATFORM = kit.Platform(
    name="lemmy",
    read=read,
    audience="subscribers",
    public="subscribers, titles and times of threads, upvotes, comments",
    confidence=kit.Confidence.UNVERIFIED,
    community=True,
)
