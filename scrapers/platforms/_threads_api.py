"""Threads: posts of a profile by the interface (developers.facebook.com: Threads API)."""

from collections.abc import Iterator
from urllib.parse import quote

from audit.model.access import Key
from audit.model.profile import Outcome, ProfilePost, Timeline, unread
from audit.model.value import Unknown
from audit.model.web import Failure
from scrapers.platforms._base import PAGES, Answer, Ask, Steps, answer
from scrapers.platforms._meta import told
from scrapers.platforms._proof import Proof, timeline
from scrapers.platforms._values import headline, instant, text_of

KEY = Key(
    variables=("THREADS_ACCESS_TOKEN",),
    host="graph.threads.net",
    query="access_token={THREADS_ACCESS_TOKEN}",
    adds="exact followers and all posts of the window, of public profiles with 100 followers "
    "or more, if Meta has granted advanced access",
    calls=500,
)
API = "https://graph.threads.net/v1.0"
SITE = "https://www.threads.com"
RULE = "platform.threads"
_FIELDS = "id,media_product_type,media_type,permalink,username,text,timestamp,shortcode"
_FORMATS = {"IMAGE": "image", "VIDEO": "video", "CAROUSEL_ALBUM": "mixed", "AUDIO": "audio"}


def posts_of(ask: Ask, handle: str) -> Steps[Timeline | Unknown]:
    """Page back through the posts until the window is covered."""
    posts: list[ProfilePost] = []
    cursor = ""
    for _ in range(PAGES):
        more = f"&after={quote(cursor, safe='')}" if cursor else ""
        found = yield from answer(
            f"{API}/profile_posts?username={quote(handle, safe='')}&fields={_FIELDS}"
            f"&limit=100{more}",
            key=KEY,
        )
        if isinstance(found, Failure):
            return timeline(posts, ask, truncated=True) if posts else told(found)
        if not isinstance(found.at("data"), list):
            return unread(Outcome.PARSE_FAILED, "no list of posts where it used to be")
        posts += _written(found, handle)
        cursor = found.text("paging", "cursors", "after")
        oldest = posts[-1].published if posts else None
        if not cursor or (oldest is not None and oldest.at < ask.since):
            return timeline(posts, ask, truncated=bool(cursor))
    return timeline(posts, ask, truncated=True)


def _written(found: Answer, handle: str) -> Iterator[ProfilePost]:
    proof = Proof(found.page, RULE)
    for post in found.listed("data"):
        made, code = instant(post.get("timestamp")), text_of(post.get("shortcode"))
        text = text_of(post.get("text"))
        if made is None or not code:
            continue
        author, kind = text_of(post.get("username")) or handle, text_of(post.get("media_type"))
        yield ProfilePost(
            url=f"{SITE}/@{author}/post/{code}",
            title=headline(text),
            text=text,
            published=made,
            evidence=proof.of(f"{made.at:%Y-%m-%d} {text}"),
            format=_FORMATS.get(kind, "text"),
            repost=kind == "REPOST_FACADE",
        )
