"""SlideShare: the newest presentations by the user's feed, what the page's data says of the user.

Facts: the mark of a missing user by public tools; feed and data of the page are not verified.
"""

from urllib.parse import quote

from audit.model.exchange import Failure, Page
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfileFigure,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Evidence, Number, Unknown
from scrapers.parse.embedded import everywhere, script_json
from scrapers.parse.feeds import read_feed
from scrapers.parse.html import Document, read_html
from scrapers.parse.values import Json, own_site_of, text_of
from scrapers.platforms.kit.base import GONE, Ask, Confidence, Platform, Steps, feed, page
from scrapers.platforms.kit.posts import fed_posts
from scrapers.platforms.kit.proof import Proof, gone, timeline, why

HOME = "https://www.slideshare.net"
_RULE = "platform.slideshare"
_FREE = '[id="username-available"]'
_NOTHING = unread(Outcome.PARSE_FAILED, "no data of the user in the page, nothing in the feed")
_USERS = ("user", "profile", "userProfile", "author")
_NAMES = ("login", "username", "userName")
_FOLLOWERS = ("followersCount", "followerCount", "followers_count")
_DECKS = ("slideshowCount", "slideshowsCount", "slideshows_count", "presentationsCount")


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the user's page, then the user's feed."""
    found = yield from page(f"{HOME}/{quote(ask.handle)}")
    if isinstance(found, Failure) and found.reason in GONE:
        return gone(found, _RULE)
    document = read_html(found) if isinstance(found, Page) else None
    if document is not None and document.tree.css_first(_FREE) is not None:
        return gone(document.page, _RULE, "the page offers this user name to new users")
    line = yield from _decks(ask)
    user = _user(document, ask.handle) if document is not None else {}
    name = text_of(user.get("name"))
    seen = tuple(post.evidence for post in line.posts[:1]) if isinstance(line, Timeline) else ()
    if document is not None and user:
        seen = (Proof(document.page, _RULE).of(f"{ask.handle}: {name}"),)
    if not seen:
        return why(found) if isinstance(found, Failure) else _NOTHING
    return _profile(user, found, line, seen)


def _user(document: Document, handle: str) -> Json:
    """What the page's data says of this very user; the data of others is passed over."""
    said = script_json(document, "#__NEXT_DATA__")
    for key in _USERS:
        for each in everywhere(said, key):
            if isinstance(each, dict) and any(
                text_of(each.get(name)).casefold() == handle.casefold() for name in _NAMES
            ):
                return each
    return {}


def _decks(ask: Ask) -> Steps[Timeline | Unknown]:
    found = yield from feed(f"{HOME}/rss/user/{quote(ask.handle)}")
    if isinstance(found, Failure):
        return why(found)
    said = read_feed(found)
    if said is None:
        return unread(Outcome.PARSE_FAILED, "the feed of the presentations is none")
    fed = fed_posts(said, Proof(found, _RULE), "mixed")
    posts = (post for post in fed if own_site_of(post.url, "slideshare.net"))
    return timeline(posts, ask, truncated=True)


def _profile(
    user: Json, found: Page | Failure, line: Timeline | Unknown, seen: tuple[Evidence, ...]
) -> Profile:
    return Profile(
        standing=Standing.LIVE,
        evidence=seen,
        name=text_of(user.get("name")),
        about=text_of(user.get("description")) or text_of(user.get("about")),
        audience=_count(user, found, _FOLLOWERS, "followers"),
        figures=(
            ProfileFigure(count=Count.POSTS, value=_count(user, found, _DECKS, "presentations")),
        ),
        timeline=line,
    )


def _count(user: Json, found: Page | Failure, keys: tuple[str, ...], word: str) -> Number:
    if isinstance(found, Failure):
        return why(found)
    return Proof(found, _RULE).count(next((user[key] for key in keys if key in user), None), word)


PLATFORM = Platform(
    name="slideshare",
    read=read,
    public="the newest presentations; followers where the page's data states them",
    confidence=Confidence.UNVERIFIED,
)
