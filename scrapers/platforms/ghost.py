"""Ghost(Pro) blogs under ghost.io: their newest posts by feed (ghost.org/docs)."""

from scrapers.parse.urls import host_of, segments
from scrapers.platforms import kit

_RULE = "platform.ghost"
_FEED_FULL = 15
"""Posts that a feed holds at most."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the feed; members are counted for the owner only."""
    home = f"https://{ask.handle}.ghost.io/"
    feed = yield from kit.read_blog_feed(f"{home}rss/", _RULE, "ghost")
    if isinstance(feed, kit.Failure):
        # A blog with a password leads every address, the feed's too, to its form at `/private/`.
        if segments(feed.url)[:1] == ("private",):
            return kit.absent(feed, _RULE, kit.Standing.PRIVATE, "the blog asks for a password")
        return (yield from kit.blog_without_feed(feed, home, _RULE))
    site = feed.said.site
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(feed.said.evidence,),
        name=feed.said.title,
        timeline=kit.timeline_of(feed.posts, ask, truncated=len(feed.posts) >= _FEED_FULL),
        # A blog with a domain of its own names that as its site, though it is read at ghost.io.
        links=(site,) if site and not host_of(site).endswith("ghost.io") else (),
    )


PLATFORM = kit.Platform(
    name="ghost",
    read=read,
    public="the 15 newest posts; members are never public",
    confidence=kit.Confidence.DOCUMENTED,
    audience="",
)
