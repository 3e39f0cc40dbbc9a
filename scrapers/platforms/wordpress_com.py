"""WordPress.com: subscribers and posts by its public REST API (developer.wordpress.com)."""

from collections.abc import Iterator
from urllib.parse import quote

from audit.model.exchange import Failure
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Unknown
from scrapers.parse.urls import host_of, join
from scrapers.parse.values import at, instant, language_of, loaded, plain, text_of, whole
from scrapers.platforms.kit.base import Answer, Ask, Confidence, Platform, Steps, answer
from scrapers.platforms.kit.blog import fed, unfed
from scrapers.platforms.kit.paging import Listing, onward, paged
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, absent, gone, timeline, why

API = "https://public-api.wordpress.com/rest/v1.1/sites"
_RULE = "platform.wordpress-com"
_SITE = "ID,name,description,URL,subscribers_count,post_count,lang,is_private"
_POST = "ID,date,title,URL,excerpt,format,like_count,discussion"
_FULL = 10
"""Posts of a feed, unless the owner sets another number."""

_REACTIONS = (
    (Reaction.LIKES, "like_count"),
    (Reaction.COMMENTS, "discussion.comment_count"),
)
_FORMATS = {"image": "image", "gallery": "image", "video": "video", "audio": "audio",
            "link": "link", "aside": "text", "status": "text", "quote": "text",
            "chat": "text"}  # fmt: skip


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read what the interface says of the blog, then its posts; else its feed."""
    site = f"{API}/{quote(ask.handle)}.wordpress.com"
    found = yield from answer(f"{site}?fields={_SITE}")
    if isinstance(found, Failure):
        state = _state(found)
        return state if state is not None else (yield from _by_feed(ask, found))
    if found.at("is_private") is True:
        return absent(found.page, _RULE, Standing.PRIVATE, "the blog is private")
    number = whole(found.at("ID"))
    if number is None:
        return unread(Outcome.PARSE_FAILED, "no blog where it used to be")
    proof, name, own = Proof(found.page, _RULE), plain(found.at("name")), found.text("URL")
    own = join(own, "") or ""
    mapped = bool(own) and not host_of(own).endswith("wordpress.com")
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}: {plain(found.at('description'))}"),),
        account=str(number),
        name=name,
        about=plain(found.at("description")),
        audience=proof.count(found.at("subscribers_count"), "subscribers"),
        figures=(proof.figure(Count.POSTS, found.at("post_count")),),
        timeline=(yield from _posts(ask, site, language_of(found.at("lang")))),
        links=(own,) if mapped else (),
    )


def _state(failure: Failure) -> Profile | None:
    """What a refusal says of the blog; None where it tells nothing."""
    said = loaded(failure.body)
    if text_of(at(said, "error")) == "unknown_blog":
        return gone(failure, _RULE)
    if "private blog" in text_of(at(said, "message")):
        return absent(failure, _RULE, Standing.PRIVATE, "the blog is private")
    return None


def _by_feed(ask: Ask, refused: Failure) -> Steps[Profile | Unknown]:
    home = f"https://{ask.handle}.wordpress.com/"
    found = yield from fed(f"{home}feed/", _RULE, "wordpress.com")
    if isinstance(found, Failure):
        return (yield from unfed(found, home, _RULE))
    return Profile(
        standing=Standing.LIVE,
        evidence=(found.said.evidence,),
        name=found.said.title,
        audience=why(refused),
        timeline=timeline(found.posts, ask, truncated=len(found.posts) >= _FULL),
    )


def _posts(ask: Ask, site: str, language: str) -> Steps[Timeline | Unknown]:
    """Page back through the posts until the window is covered."""
    url = f"{site}/posts/?number=100&order_by=date&fields={_POST}"
    listing = Listing(
        first=url,
        items=lambda found: _written(found, language),
        after=lambda found, _: onward(url, "page_handle", found.text("meta", "next_page")),
        within=("posts",),
    )
    return paged(ask, listing)


def _written(found: Answer, language: str) -> Iterator[ProfilePost]:
    proof = Proof(found.page, _RULE)
    for each in found.listed("posts"):
        made, url = instant(each.get("date")), text_of(each.get("URL"))
        title = plain(each.get("title"))
        if made is None or not url.startswith(("http://", "https://")):
            continue
        yield ProfilePost(
            url=url,
            title=title,
            text=plain(each.get("excerpt")),
            published=made,
            evidence=proof.dated(made, title),
            format=_FORMATS.get(text_of(each.get("format")), "article"),
            language=language,
            interactions=interactions(each, _REACTIONS),
        )


PLATFORM = Platform(
    name="wordpress-com",
    read=read,
    public="subscribers, posts back to the start of the window, likes and comments",
    confidence=Confidence.DOCUMENTED,
    audience="subscribers",
)
