"""Ghost(Pro) blogs under ghost.io: their newest posts by feed (ghost.org/docs)."""

from scrapers.parse.urls import host_of, segments
from scrapers.platforms import kit

_RULE = "platform.ghost"
_FULL = 15
"""Posts that a feed holds at most."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the feed; members are counted for the owner only."""
    home = f"https://{ask.handle}.ghost.io/"
    found = yield from kit.read_blog_feed(f"{home}rss/", _RULE, "ghost")
    if isinstance(found, kit.Failure):
        if segments(found.url)[:1] == ("private",):
            return kit.absent(found, _RULE, kit.Standing.PRIVATE, "the blog asks for a password")
        return (yield from kit.blog_without_feed(found, home, _RULE))
    own = found.said.site
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(found.said.evidence,),
        name=found.said.title,
        timeline=kit.timeline_of(found.posts, ask, truncated=len(found.posts) >= _FULL),
        links=(own,) if own and not host_of(own).endswith("ghost.io") else (),
    )


PLATFORM = kit.Platform(
    name="ghost",
    read=read,
    public="the 15 newest posts; members are never public",
    confidence=kit.Confidence.DOCUMENTED,
    audience="",
)
