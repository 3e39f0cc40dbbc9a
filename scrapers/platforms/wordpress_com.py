"""WordPress.com: subscribers and posts by its public REST API (developer.wordpress.com)."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote

from audit.model.profile import (
    Count,
    Interaction,
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
from audit.model.web import Failure
from scrapers.parse.text import clean
from scrapers.parse.urls import host_of, join
from scrapers.platforms._base import (
    PAGES,
    Answer,
    Ask,
    Confidence,
    Platform,
    Steps,
    answer,
)
from scrapers.platforms._blog import fed, unfed
from scrapers.platforms._proof import Proof, absent, gone, timeline, why
from scrapers.platforms._values import at, instant, loaded, text_of, whole

API = "https://public-api.wordpress.com/rest/v1.1/sites"
_RULE = "platform.wordpress-com"
_SITE = "ID,name,description,URL,subscribers_count,post_count,lang,is_private"
_POST = "ID,date,title,URL,excerpt,format,like_count,discussion"
_FULL = 10
"""Posts of a feed, unless the owner sets another number."""

_TAGS = re.compile(r"<[^>]{0,2000}>")
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
    proof, name, own = Proof(found.page, _RULE), _plain(found.at("name")), found.text("URL")
    own = join(own, "") or ""
    mapped = bool(own) and not host_of(own).endswith("wordpress.com")
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}: {_plain(found.at('description'))}"),),
        account=str(number),
        name=name,
        about=_plain(found.at("description")),
        audience=proof.count(found.at("subscribers_count"), "subscribers"),
        figures=(
            ProfileFigure(count=Count.POSTS, value=proof.count(found.at("post_count"), "posts")),
        ),
        timeline=(yield from _posts(ask, site, found.text("lang")[:2])),
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


def _plain(said: object) -> str:
    return clean(unescape(_TAGS.sub(" ", text_of(said))))


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
    posts: list[ProfilePost] = []
    place = ""
    for _ in range(PAGES):
        more = f"&page_handle={quote(place, safe='')}" if place else ""
        found = yield from answer(f"{site}/posts/?number=100&order_by=date&fields={_POST}{more}")
        if isinstance(found, Failure):
            return timeline(posts, ask, truncated=True) if posts else why(found)
        if not isinstance(found.at("posts"), list):
            return unread(Outcome.PARSE_FAILED, "no posts where they used to be")
        posts += _written(found, language)
        place = found.text("meta", "next_page")
        oldest = posts[-1].published if posts else None
        if not place or (oldest is not None and oldest.at < ask.since):
            return timeline(posts, ask, truncated=bool(place))
    return timeline(posts, ask, truncated=True)


def _written(found: Answer, language: str) -> Iterator[ProfilePost]:
    proof = Proof(found.page, _RULE)
    for each in found.listed("posts"):
        made, url = instant(each.get("date")), text_of(each.get("URL"))
        title = _plain(each.get("title"))
        if made is None or not url.startswith(("http://", "https://")):
            continue
        yield ProfilePost(
            url=url,
            title=title,
            text=_plain(each.get("excerpt")),
            published=made,
            evidence=proof.of(f"{made.at:%Y-%m-%d} {title}"),
            format=_FORMATS.get(text_of(each.get("format")), "article"),
            language=language,
            interactions=tuple(_interactions(each)),
        )


def _interactions(said: object) -> Iterator[Interaction]:
    for reaction, path in (
        (Reaction.LIKES, ("like_count",)),
        (Reaction.COMMENTS, ("discussion", "comment_count")),
    ):
        count = whole(at(said, *path))
        if count is not None:
            yield Interaction(reaction=reaction, count=count)


PLATFORM = Platform(
    name="wordpress-com",
    read=read,
    public="subscribers, posts back to the start of the window, likes and comments",
    confidence=Confidence.DOCUMENTED,
    audience="subscribers",
)
