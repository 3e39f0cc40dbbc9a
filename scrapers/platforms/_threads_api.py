"""Threads: posts of a profile by the interface (developers.facebook.com: Threads API)."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from audit.model.exchange import Key
from audit.model.profile import ProfilePost, Timeline
from audit.model.value import Unknown
from scrapers.parse.values import headline, instant, name_of, text_of
from scrapers.platforms.kit.base import Answer, Ask, Steps, answer
from scrapers.platforms.kit.meta import told
from scrapers.platforms.kit.paging import Listing, onward, paged
from scrapers.platforms.kit.proof import Proof

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
    url = f"{API}/profile_posts?username={quote(handle, safe='')}&fields={_FIELDS}&limit=100"
    listing = Listing(
        first=url,
        items=lambda found: _written(found, handle),
        after=lambda found, _: onward(url, "after", found.text("paging", "cursors", "after")),
        within=("data",),
        ask=partial(answer, key=KEY),
        reason=told,
    )
    return paged(ask, listing)


def _written(found: Answer, handle: str) -> Iterator[ProfilePost]:
    proof = Proof(found.page, RULE)
    for post in found.listed("data"):
        made, code = instant(post.get("timestamp")), name_of(post.get("shortcode"))
        text = text_of(post.get("text"))
        if made is None or not code:
            continue
        author, kind = name_of(post.get("username")) or handle, text_of(post.get("media_type"))
        yield ProfilePost(
            url=f"{SITE}/@{author}/post/{code}",
            title=headline(text),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format=_FORMATS.get(kind, "text"),
            repost=kind == "REPOST_FACADE",
        )
