"""SlideShare: the newest presentations by the user's feed, what the page's data says of the user.

Facts: the mark of a missing user by public tools; feed and data of the page are not verified.
"""

from urllib.parse import quote

from scrapers.parse.embedded import everywhere, script_json
from scrapers.parse.feeds import read_feed
from scrapers.parse.html import Document, read_html
from scrapers.platforms import kit

HOME = "https://www.slideshare.net"
_RULE = "platform.slideshare"
_FREE = '[id="username-available"]'
_NOTHING = kit.unread(
    kit.Outcome.PARSE_FAILED, "no data of the user in the page, nothing in the feed"
)
_USERS = ("user", "profile", "userProfile", "author")
_NAMES = ("login", "username", "userName")
_FOLLOWERS = ("followersCount", "followerCount", "followers_count")
_DECKS = ("slideshowCount", "slideshowsCount", "slideshows_count", "presentationsCount")


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the user's page, then the user's feed."""
    found = yield from kit.ask_page(f"{HOME}/{quote(ask.handle)}")
    if isinstance(found, kit.Failure) and found.reason in kit.GONE:
        return kit.not_found(found, _RULE)
    document = read_html(found) if isinstance(found, kit.Page) else None
    if document is not None and document.tree.css_first(_FREE) is not None:
        return kit.not_found(document.page, _RULE, "the page offers this user name to new users")
    line = yield from _decks(ask)
    user = _user(document, ask.handle) if document is not None else {}
    name = kit.text_of(user.get("name"))
    seen = tuple(post.evidence for post in line.posts[:1]) if isinstance(line, kit.Timeline) else ()
    if document is not None and user:
        seen = (kit.Proof(document.page, _RULE).of(f"{ask.handle}: {name}"),)
    if not seen:
        return kit.reason_of(found) if isinstance(found, kit.Failure) else _NOTHING
    return _profile(user, found, line, seen)


def _user(document: Document, handle: str) -> kit.Json:
    """What the page's data says of this very user; the data of others is passed over."""
    said = script_json(document, "#__NEXT_DATA__")
    for key in _USERS:
        for each in everywhere(said, key):
            if isinstance(each, dict) and any(
                kit.text_of(each.get(name)).casefold() == handle.casefold() for name in _NAMES
            ):
                return each
    return {}


def _decks(ask: kit.Ask) -> kit.Steps[kit.Timeline | kit.Unknown]:
    found = yield from kit.ask_feed(f"{HOME}/rss/user/{quote(ask.handle)}")
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    said = read_feed(found)
    if said is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "the feed of the presentations is none")
    fed = kit.posts_of_feed(said, kit.Proof(found, _RULE), "mixed")
    posts = (post for post in fed if kit.own_site_of(post.url, "slideshare.net"))
    return kit.timeline_of(posts, ask, truncated=True)


def _profile(
    user: kit.Json,
    found: kit.Page | kit.Failure,
    line: kit.Timeline | kit.Unknown,
    seen: tuple[kit.Evidence, ...],
) -> kit.Profile:
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=seen,
        name=kit.text_of(user.get("name")),
        about=kit.text_of(user.get("description")) or kit.text_of(user.get("about")),
        audience=_count(user, found, _FOLLOWERS, "followers"),
        figures=(
            kit.ProfileFigure(
                count=kit.Count.POSTS, value=_count(user, found, _DECKS, "presentations")
            ),
        ),
        timeline=line,
    )


def _count(
    user: kit.Json, found: kit.Page | kit.Failure, keys: tuple[str, ...], word: str
) -> kit.Number:
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    return kit.Proof(found, _RULE).count(
        next((user[key] for key in keys if key in user), None), word
    )


PLATFORM = kit.Platform(
    name="slideshare",
    read=read,
    public="the newest presentations; followers where the page's data states them",
    confidence=kit.Confidence.UNVERIFIED,
)
