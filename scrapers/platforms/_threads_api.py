"""Threads: posts of a profile by the interface (developers.facebook.com: Threads API)."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from scrapers.platforms import kit

KEY = kit.Key(
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


def posts_of(ask: kit.Ask, handle: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the posts until the window is covered."""
    url = f"{API}/profile_posts?username={quote(handle, safe='')}&fields={_FIELDS}&limit=100"
    listing = kit.Listing(
        first=url,
        items=lambda found: _written(found, handle),
        after=lambda found, _: kit.at_cursor(
            url, "after", found.text("paging", "cursors", "after")
        ),
        within=("data",),
        ask=partial(kit.ask_json, key=KEY),
        reason=kit.error_reason,
    )
    return kit.read_posts(ask, listing)


def _written(found: kit.JsonAnswer, handle: str) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, RULE)
    for post in found.items("data"):
        made, code = kit.dated_at(post.get("timestamp")), kit.name_of(post.get("shortcode"))
        text = kit.text_of(post.get("text"))
        if made is None or not code:
            continue
        author, kind = (
            kit.name_of(post.get("username")) or handle,
            kit.text_of(post.get("media_type")),
        )
        yield kit.ProfilePost(
            url=f"{SITE}/@{author}/post/{code}",
            title=kit.headline(text),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format=_FORMATS.get(kind, "text"),
            repost=kind == "REPOST_FACADE",
        )
