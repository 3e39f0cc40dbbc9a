"""SlideShare: the newest presentations by the user's feed, what the page's data says of the user.

Facts: the mark of a missing user by public tools; feed and data of the page are not verified.
"""

from urllib.parse import quote

from scrapers.parse.document import Document
from scrapers.parse.embedded import everywhere, script_json
from scrapers.parse.feeds import read_feed
from scrapers.parse.html import read_html
from scrapers.platforms import kit

HOME = "https://www.slideshare.net"
_RULE = "platform.slideshare"
_NAME_IS_FREE = '[id="username-available"]'
_NOTHING = kit.unread(
    kit.Outcome.PARSE_FAILED, "no data of the user in the page, nothing in the feed"
)
# The page's data was never recorded, so several names are tried for each thing in it.
_USERS = ("user", "profile", "userProfile", "author")
_NAMES = ("login", "username", "userName")
_FOLLOWERS = ("followersCount", "followerCount", "followers_count")
_DECKS = ("slideshowCount", "slideshowsCount", "slideshows_count", "presentationsCount")


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the user's page, then the user's feed; one of them is enough."""
    answer = yield from kit.ask_page(f"{HOME}/{quote(ask.handle)}")
    if isinstance(answer, kit.Failure) and answer.reason in kit.GONE:
        return kit.not_found(answer, _RULE)
    document = read_html(answer) if isinstance(answer, kit.Page) else None
    # For a name that nobody has, the page comes with status 200 and offers it to new users.
    if document is not None and document.tree.css_first(_NAME_IS_FREE) is not None:
        return kit.not_found(document.page, _RULE, "the page offers this user name to new users")
    timeline = yield from _decks(ask)
    user = _user(document, ask.handle) if document is not None else {}
    evidence = _evidence(ask, document, user, timeline)
    if not evidence:
        return kit.reason_of(answer) if isinstance(answer, kit.Failure) else _NOTHING
    return _profile(user, answer, timeline, evidence)


def _user(document: Document, handle: str) -> kit.Json:
    """Return what the page's data says of this very user; empty where it says nothing."""
    # The data names other users by the same keys, such as whoever reads the page (`viewer`).
    data = script_json(document, "#__NEXT_DATA__")
    for key in _USERS:
        for user in everywhere(data, key):
            if isinstance(user, dict) and any(
                kit.text_of(user.get(name)).casefold() == handle.casefold() for name in _NAMES
            ):
                return user
    return {}


def _decks(ask: kit.Ask) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Read the newest presentations from the user's feed."""
    page = yield from kit.ask_feed(f"{HOME}/rss/user/{quote(ask.handle)}")
    if isinstance(page, kit.Failure):
        return kit.reason_of(page)
    feed = read_feed(page)
    if feed is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "the feed of the presentations is none")
    decks = kit.posts_of_feed(feed, kit.Proof(page, _RULE), "mixed")
    posts = (post for post in decks if kit.own_site_of(post.url, "slideshare.net"))
    # How many presentations a feed holds at most is not known, so any of them may be cut short.
    return kit.timeline_of(posts, ask, truncated=True)


def _evidence(
    ask: kit.Ask,
    document: Document | None,
    user: kit.Json,
    timeline: kit.Timeline | kit.Unknown,
) -> tuple[kit.Evidence, ...]:
    """Return what proves that there is such a user: their data, else a presentation; else empty."""
    if document is not None and user:
        name = kit.text_of(user.get("name"))
        return (kit.Proof(document.page, _RULE).of(f"{ask.handle}: {name}"),)
    newest = timeline.posts[:1] if isinstance(timeline, kit.Timeline) else ()
    return tuple(post.evidence for post in newest)


def _profile(
    user: kit.Json,
    answer: kit.Page | kit.Failure,
    timeline: kit.Timeline | kit.Unknown,
    evidence: tuple[kit.Evidence, ...],
) -> kit.Profile:
    """Put the page's data and the presentations together; `answer` is what the page came to."""
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=evidence,
        name=kit.text_of(user.get("name")),
        about=kit.text_of(user.get("description")) or kit.text_of(user.get("about")),
        audience=_count(user, answer, _FOLLOWERS, "followers"),
        figures=(
            kit.ProfileFigure(
                count=kit.Count.POSTS, value=_count(user, answer, _DECKS, "presentations")
            ),
        ),
        timeline=timeline,
    )


def _count(
    user: kit.Json, answer: kit.Page | kit.Failure, keys: tuple[str, ...], word: str
) -> kit.Number:
    """Return the count under the first of the keys that is there, or why there is none."""
    if isinstance(answer, kit.Failure):
        return kit.reason_of(answer)
    count = next((user[key] for key in keys if key in user), None)
    return kit.Proof(answer, _RULE).count(count, word)


PLATFORM = kit.Platform(
    name="slideshare",
    read=read,
    public="the newest presentations; followers where the page's data states them",
    confidence=kit.Confidence.UNVERIFIED,
)
