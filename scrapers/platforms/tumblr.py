"""Tumblr: posts by feed (recorded); with a key all posts with their notes (tumblr.com/docs/api)."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from scrapers.parse.urls import host_of, links_in, segments
from scrapers.platforms import kit

API = "https://api.tumblr.com/v2/blog"
KEY = kit.Key(
    variables=("TUMBLR_API_KEY",),
    host="api.tumblr.com",
    query="api_key={TUMBLR_API_KEY}",
    adds="number of posts, their notes, and posts back to the start of the period",
    opens=frozenset({kit.Opens.POSTS}),
)
_RULE = "platform.tumblr"
_SIZE = 20
"""Posts that a feed holds at most, and those of one page of the interface."""

_MEMBERS_ONLY = 4012
"""The code of the interface for a blog that is shown to members of Tumblr only."""

_WALLS = frozenset({"login", "login_required", "register", "safe-mode"})
_FORMATS = {
    "photo": "image",
    "link": "link",
    "audio": "audio",
    "video": "video",
    "answer": "question",
}
_NO_FOLLOWERS = kit.unread(
    kit.Outcome.NOT_SUPPORTED, "Tumblr shows followers to the blog's owner only"
)
_REACTIONS = ((kit.Reaction.LIKES, "note_count"),)
"""Notes are likes, replies and reblogs together; Tumblr gives no more than their number."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read by key where there is one, else (or where it is refused) the public feed."""
    if ask.has(KEY):
        answer = yield from _page(ask, "0")
        if isinstance(answer, kit.JsonAnswer):
            return (yield from _official(ask, answer))
        if _is_for_members(answer):
            return _login_wall()
        if answer.reason in kit.GONE:
            return kit.not_found(answer, _RULE)
    return (yield from _by_feed(ask))


def _login_wall() -> kit.Unknown:
    """Say that nobody without an account may read the blog."""
    return kit.unread(kit.Outcome.LOGIN_WALL, "the owner shows the blog to members of Tumblr only")


def _is_for_members(failure: kit.Failure) -> bool:
    """Tell whether the interface refuses a blog because it is for members only.

    The status is the 404 of a blog that does not exist; only the code in the answer differs.
    """
    errors = kit.items(kit.field(kit.json_of(failure.body), "errors"))
    return any(error.get("code") == _MEMBERS_ONLY for error in errors)


# ---- the public feed ----


def _by_feed(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the blog's name and its newest posts; the feed does not say of what kind a post is."""
    feed = yield from kit.read_blog_feed(
        f"https://{ask.handle}.tumblr.com/rss", _RULE, "tumblr", "mixed"
    )
    if isinstance(feed, kit.Failure):
        return (yield from _without_feed(ask, feed))
    # Blogs may have a domain of their own; the feed under the old name then links to it.
    own = feed.said.site
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(feed.said.evidence,),
        name=feed.said.title,
        audience=_NO_FOLLOWERS,
        timeline=kit.timeline_of(feed.posts, ask, truncated=len(feed.posts) >= _SIZE),
        links=(own,) if own and not host_of(own).endswith("tumblr.com") else (),
    )


def _without_feed(ask: kit.Ask, failure: kit.Failure) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Find out what a feed that failed says of the blog."""
    # A blog for members leads from its feed to a login, or to the view inside Tumblr
    # (tumblr.com/blog/view/NAME).
    parts = segments(failure.url)
    if parts and (parts[0] in _WALLS or parts[:2] == ("blog", "view")):
        return _login_wall()
    return (yield from kit.blog_without_feed(failure, f"https://{ask.handle}.tumblr.com/", _RULE))


# ---- the interface, which needs a key ----


def _page(ask: kit.Ask, offset: str) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
    """Ask for the posts from an offset on (`0`, `20`, …); each answer describes the blog, too."""
    return kit.ask_json(
        f"{API}/{quote(ask.handle)}.tumblr.com/posts"
        f"?limit={_SIZE}&offset={offset}&reblog_info=true",
        key=KEY,
    )


def _official(ask: kit.Ask, answer: kit.JsonAnswer) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Put together the blog by the first page of its posts, which describes it, too."""
    proof, name = kit.Proof(answer.page, _RULE), answer.text("response", "blog", "name")
    if not name:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no blog where it used to be")
    title, about = (answer.text("response", "blog", key) for key in ("title", "description"))
    own = answer.text("response", "blog", "url")
    posts = proof.count(answer.field("response", "total_posts"), "posts")
    links = () if host_of(own).endswith("tumblr.com") else kit.site_in(own)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {title}"),),
        url=f"https://{quote(name, safe='')}.tumblr.com",
        handle=name,
        account=answer.text("response", "blog", "uuid"),
        name=title,
        about=about,
        audience=_NO_FOLLOWERS,
        figures=(kit.ProfileFigure(count=kit.Count.POSTS, value=posts),),
        timeline=(yield from _timeline(ask, answer)),
        links=kit.distinct(links_in(about), links),
        updated_at=kit.time_of(answer.field("response", "blog", "updated")),
    )


def _timeline(ask: kit.Ask, first: kit.JsonAnswer) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the posts until the window is covered."""
    total = kit.count_of(first.field("response", "total_posts"))

    def after(answer: kit.JsonAnswer, number: int) -> str:
        """Return the offset of the page after this one; empty after the last."""
        # Pages are counted: the number of all posts says whether more follow, and an empty page.
        read_so_far = number * _SIZE
        more = answer.items("response", "posts") and (total is None or read_so_far < total)
        return str(read_so_far) if more else ""

    listing = kit.Listing(
        first=first,
        items=_posts,
        after=after,
        within=("response", "posts"),
        ask=partial(_page, ask),
    )
    return kit.read_posts(ask, listing)


def _posts(answer: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    """Read one page of posts."""
    proof = kit.Proof(answer.page, _RULE)
    for post in answer.items("response", "posts"):
        published, url = kit.dated_at(post.get("timestamp")), kit.text_of(post.get("post_url"))
        text = kit.text_of(post.get("summary"))
        title = kit.text_of(post.get("title")) or kit.headline(text)
        # Old posts have addresses without TLS.
        if published is None or not url.startswith(("http://", "https://")):
            continue
        yield kit.ProfilePost(
            url=url,
            title=title,
            text=text,
            published=published,
            evidence=proof.dated(published, title),
            format=_FORMATS.get(kit.text_of(post.get("type")), "text"),
            repost=bool(post.get("reblogged_from_id")),
            interactions=kit.interactions_of(post, _REACTIONS),
        )


PLATFORM = kit.Platform(
    name="tumblr",
    read=read,
    public="the 20 newest posts; followers are never public",
    confidence=kit.Confidence.RECORDED,
    keys=(KEY,),
)
