"""Ghost(Pro) blogs under ghost.io: their newest posts by feed (ghost.org/docs)."""

from audit.model.exchange import Failure
from audit.model.profile import Profile, Standing
from audit.model.value import Unknown
from scrapers.parse.urls import host_of, segments
from scrapers.platforms.kit.base import Ask, Confidence, Platform, Steps
from scrapers.platforms.kit.blog import fed, unfed
from scrapers.platforms.kit.proof import absent, timeline

_RULE = "platform.ghost"
_FULL = 15
"""Posts that a feed holds at most."""


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the feed; members are counted for the owner only."""
    home = f"https://{ask.handle}.ghost.io/"
    found = yield from fed(f"{home}rss/", _RULE, "ghost")
    if isinstance(found, Failure):
        if segments(found.url)[:1] == ("private",):
            return absent(found, _RULE, Standing.PRIVATE, "the blog asks for a password")
        return (yield from unfed(found, home, _RULE))
    own = found.said.site
    return Profile(
        standing=Standing.LIVE,
        evidence=(found.said.evidence,),
        name=found.said.title,
        timeline=timeline(found.posts, ask, truncated=len(found.posts) >= _FULL),
        links=(own,) if own and not host_of(own).endswith("ghost.io") else (),
    )


PLATFORM = Platform(
    name="ghost",
    read=read,
    public="the 15 newest posts; members are never public",
    confidence=Confidence.DOCUMENTED,
    audience="",
)
