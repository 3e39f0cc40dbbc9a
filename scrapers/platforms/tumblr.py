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
    adds="number of posts, their notes, and posts back to the start of the window",
)
_RULE = "platform.tumblr"
_FULL = 20
"""Posts that a feed holds at most, and those of one page of the interface."""

_MEMBERS_ONLY = 4012
_WALLS = frozenset({"login", "login_required", "register", "safe-mode"})
_FORMATS = {"photo": "image", "link": "link", "audio": "audio", "video": "video",
            "answer": "question"}  # fmt: skip
_NO_FOLLOWERS = kit.unread(
    kit.Outcome.NOT_SUPPORTED, "Tumblr shows followers to the blog's owner only"
)
_REACTIONS = ((kit.Reaction.LIKES, "note_count"),)
"""Notes are likes, replies and reblogs together; Tumblr gives no more than their number."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read by key where there is one, else (or where it is refused) the public feed."""
    if ask.has(KEY):
        found = yield from _page(ask, "0")
        if isinstance(found, kit.JsonAnswer):
            return (yield from _by_key(ask, found))
        if _members_only(found):
            return _login_wall()
        if found.reason in kit.GONE:
            return kit.not_found(found, _RULE)
    return (yield from _by_feed(ask))


def _login_wall() -> kit.Unknown:
    return kit.unread(kit.Outcome.LOGIN_WALL, "the owner shows the blog to members of Tumblr only")


def _members_only(failure: kit.Failure) -> bool:
    errors = kit.items(kit.field(kit.json_of(failure.body), "errors"))
    return any(each.get("code") == _MEMBERS_ONLY for each in errors)


# ---- the public feed ----


def _by_feed(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    found = yield from kit.read_blog_feed(
        f"https://{ask.handle}.tumblr.com/rss", _RULE, "tumblr", "mixed"
    )
    if isinstance(found, kit.Failure):
        return (yield from _unfed(ask, found))
    own = found.said.site
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(found.said.evidence,),
        name=found.said.title,
        audience=_NO_FOLLOWERS,
        timeline=kit.timeline_of(found.posts, ask, truncated=len(found.posts) >= _FULL),
        links=(own,) if own and not host_of(own).endswith("tumblr.com") else (),
    )


def _unfed(ask: kit.Ask, failure: kit.Failure) -> kit.Steps[kit.Profile | kit.Unknown]:
    """A feed that is not there, or that led to a page for members."""
    parts = segments(failure.url)
    if parts and (parts[0] in _WALLS or parts[:2] == ("blog", "view")):
        return _login_wall()
    return (yield from kit.blog_without_feed(failure, f"https://{ask.handle}.tumblr.com/", _RULE))


# ---- the interface that needs a key ----


def _page(ask: kit.Ask, offset: str) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
    """Posts from a place on, with what the interface says of the blog."""
    return kit.ask_json(
        f"{API}/{quote(ask.handle)}.tumblr.com/posts"
        f"?limit={_FULL}&offset={offset}&reblog_info=true",
        key=KEY,
    )


def _by_key(ask: kit.Ask, found: kit.JsonAnswer) -> kit.Steps[kit.Profile | kit.Unknown]:
    proof, name = kit.Proof(found.page, _RULE), found.text("response", "blog", "name")
    if not name:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no blog where it used to be")
    title, about = (found.text("response", "blog", key) for key in ("title", "description"))
    own = found.text("response", "blog", "url")
    posts = proof.count(found.field("response", "total_posts"), "posts")
    links = () if host_of(own).endswith("tumblr.com") else kit.site_in(own)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {title}"),),
        url=f"https://{quote(name, safe='')}.tumblr.com",
        handle=name,
        account=found.text("response", "blog", "uuid"),
        name=title,
        about=about,
        audience=_NO_FOLLOWERS,
        figures=(kit.ProfileFigure(count=kit.Count.POSTS, value=posts),),
        timeline=(yield from _posts(ask, found)),
        links=kit.distinct(links_in(about), links),
        updated_at=kit.time_of(found.field("response", "blog", "updated")),
    )


def _posts(ask: kit.Ask, first: kit.JsonAnswer) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the posts until the window is covered."""
    total = kit.count_of(first.field("response", "total_posts"))

    def after(found: kit.JsonAnswer, number: int) -> str:
        read = number * _FULL
        more = found.items("response", "posts") and (total is None or read < total)
        return str(read) if more else ""

    listing = kit.Listing(
        first=first,
        items=_written,
        after=after,
        within=("response", "posts"),
        ask=partial(_page, ask),
    )
    return kit.read_posts(ask, listing)


def _written(found: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, _RULE)
    for each in found.items("response", "posts"):
        made, url = kit.dated_at(each.get("timestamp")), kit.text_of(each.get("post_url"))
        text = kit.text_of(each.get("summary"))
        title = kit.text_of(each.get("title")) or kit.headline(text)
        if made is None or not url.startswith(("http://", "https://")):
            continue
        yield kit.ProfilePost(
            url=url,
            title=title,
            text=text,
            published=made,
            evidence=proof.dated(made, title),
            format=_FORMATS.get(kit.text_of(each.get("type")), "text"),
            repost=bool(each.get("reblogged_from_id")),
            interactions=kit.interactions_of(each, _REACTIONS),
        )


PLATFORM = kit.Platform(
    name="tumblr",
    read=read,
    public="the 20 newest posts; followers are never public",
    confidence=kit.Confidence.RECORDED,
    keys=(KEY,),
)
