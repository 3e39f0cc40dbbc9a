"""Tumblr: posts by feed (recorded); with a key all posts with their notes (tumblr.com/docs/api)."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from audit.model.exchange import Failure, Key
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfileFigure,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Unknown
from scrapers.parse.urls import host_of, links_in, segments
from scrapers.parse.values import (
    at,
    headline,
    instant,
    listed,
    loaded,
    once,
    site_of,
    text_of,
    time_of,
    whole,
)
from scrapers.platforms.kit.base import GONE, Answer, Ask, Confidence, Platform, Steps, answer
from scrapers.platforms.kit.blog import fed, unfed
from scrapers.platforms.kit.paging import Listing, paged
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, gone, timeline

API = "https://api.tumblr.com/v2/blog"
KEY = Key(
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
_NO_FOLLOWERS = unread(Outcome.NOT_SUPPORTED, "Tumblr shows followers to the blog's owner only")
_REACTIONS = ((Reaction.LIKES, "note_count"),)
"""Notes are likes, replies and reblogs together; Tumblr gives no more than their number."""


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read by key where there is one, else (or where it is refused) the public feed."""
    if ask.has(KEY):
        found = yield from _page(ask, "0")
        if isinstance(found, Answer):
            return (yield from _by_key(ask, found))
        if _members_only(found):
            return _login_wall()
        if found.reason in GONE:
            return gone(found, _RULE)
    return (yield from _by_feed(ask))


def _login_wall() -> Unknown:
    return unread(Outcome.LOGIN_WALL, "the owner shows the blog to members of Tumblr only")


def _members_only(failure: Failure) -> bool:
    errors = listed(at(loaded(failure.body), "errors"))
    return any(each.get("code") == _MEMBERS_ONLY for each in errors)


# ---- the public feed ----


def _by_feed(ask: Ask) -> Steps[Profile | Unknown]:
    found = yield from fed(f"https://{ask.handle}.tumblr.com/rss", _RULE, "tumblr", "mixed")
    if isinstance(found, Failure):
        return (yield from _unfed(ask, found))
    own = found.said.site
    return Profile(
        standing=Standing.LIVE,
        evidence=(found.said.evidence,),
        name=found.said.title,
        audience=_NO_FOLLOWERS,
        timeline=timeline(found.posts, ask, truncated=len(found.posts) >= _FULL),
        links=(own,) if own and not host_of(own).endswith("tumblr.com") else (),
    )


def _unfed(ask: Ask, failure: Failure) -> Steps[Profile | Unknown]:
    """A feed that is not there, or that led to a page for members."""
    parts = segments(failure.url)
    if parts and (parts[0] in _WALLS or parts[:2] == ("blog", "view")):
        return _login_wall()
    return (yield from unfed(failure, f"https://{ask.handle}.tumblr.com/", _RULE))


# ---- the interface that needs a key ----


def _page(ask: Ask, offset: str) -> Steps[Answer | Failure]:
    """Posts from a place on, with what the interface says of the blog."""
    return answer(
        f"{API}/{quote(ask.handle)}.tumblr.com/posts"
        f"?limit={_FULL}&offset={offset}&reblog_info=true",
        key=KEY,
    )


def _by_key(ask: Ask, found: Answer) -> Steps[Profile | Unknown]:
    proof, name = Proof(found.page, _RULE), found.text("response", "blog", "name")
    if not name:
        return unread(Outcome.PARSE_FAILED, "no blog where it used to be")
    title, about = (found.text("response", "blog", key) for key in ("title", "description"))
    own = found.text("response", "blog", "url")
    posts = proof.count(found.at("response", "total_posts"), "posts")
    links = () if host_of(own).endswith("tumblr.com") else site_of(own)
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}: {title}"),),
        url=f"https://{quote(name, safe='')}.tumblr.com",
        handle=name,
        account=found.text("response", "blog", "uuid"),
        name=title,
        about=about,
        audience=_NO_FOLLOWERS,
        figures=(ProfileFigure(count=Count.POSTS, value=posts),),
        timeline=(yield from _posts(ask, found)),
        links=once(links_in(about), links),
        updated_at=time_of(found.at("response", "blog", "updated")),
    )


def _posts(ask: Ask, first: Answer) -> Steps[Timeline | Unknown]:
    """Page back through the posts until the window is covered."""
    total = whole(first.at("response", "total_posts"))

    def after(found: Answer, number: int) -> str:
        read = number * _FULL
        more = found.listed("response", "posts") and (total is None or read < total)
        return str(read) if more else ""

    listing = Listing(
        first=first,
        items=_written,
        after=after,
        within=("response", "posts"),
        ask=partial(_page, ask),
    )
    return paged(ask, listing)


def _written(found: Answer) -> Iterator[ProfilePost]:
    proof = Proof(found.page, _RULE)
    for each in found.listed("response", "posts"):
        made, url = instant(each.get("timestamp")), text_of(each.get("post_url"))
        text = text_of(each.get("summary"))
        title = text_of(each.get("title")) or headline(text)
        if made is None or not url.startswith(("http://", "https://")):
            continue
        yield ProfilePost(
            url=url,
            title=title,
            text=text,
            published=made,
            evidence=proof.dated(made, title),
            format=_FORMATS.get(text_of(each.get("type")), "text"),
            repost=bool(each.get("reblogged_from_id")),
            interactions=interactions(each, _REACTIONS),
        )


PLATFORM = Platform(
    name="tumblr",
    read=read,
    public="the 20 newest posts; followers are never public",
    confidence=Confidence.RECORDED,
    keys=(KEY,),
)
