"""Blogger: posts with their comments by the blog's own feed in JSON (developers.google.com)."""

from collections.abc import Iterator
from functools import partial

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
from scrapers.parse.urls import split
from scrapers.parse.values import Json, at, headline, instant, listed, text_of, whole
from scrapers.platforms.kit.base import Answer, Ask, Confidence, Platform, Steps, answer
from scrapers.platforms.kit.blog import unfed
from scrapers.platforms.kit.paging import Listing, paged
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, absent

_RULE = "platform.blogger"
_PAGE = 150
"""Posts of one page; the feed gives no more, whatever is asked for."""
_REACTIONS = ((Reaction.COMMENTS, "thr$total.$t"),)
"""Blogger counts nothing else in public."""


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the feed back to the start of the window; its head describes the blog."""
    found = yield from _page(ask, "1")
    if isinstance(found, Failure):
        if split(found.url).path.startswith("/blogin.g"):
            return absent(found, _RULE, Standing.PRIVATE, "the blog is for invited readers")
        return (yield from unfed(found, f"https://{ask.handle}.blogspot.com/", _RULE))
    if not isinstance(found.at("feed"), dict) or not found.text("feed", "id", "$t"):
        return unread(Outcome.PARSE_FAILED, "no feed where it used to be")
    proof, name = Proof(found.page, _RULE), found.text("feed", "title", "$t")
    total = found.at("feed", "openSearch$totalResults", "$t")
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}: {found.text('feed', 'subtitle', '$t')}"),),
        account=found.text("feed", "id", "$t").rpartition("blog-")[2],
        name=name,
        about=found.text("feed", "subtitle", "$t"),
        figures=(proof.figure(Count.POSTS, total),),
        timeline=(yield from _posts(ask, found)),
    )


def _page(ask: Ask, start: str) -> Steps[Answer | Failure]:
    """Posts from a place on, the newest first."""
    return answer(
        f"https://{ask.handle}.blogspot.com/feeds/posts/summary"
        f"?alt=json&orderby=published&max-results={_PAGE}&start-index={start}"
    )


def _posts(ask: Ask, first: Answer) -> Steps[Timeline | Unknown]:
    """Page back until the window is covered; a page may be shorter than was asked for."""
    total = whole(first.at("feed", "openSearch$totalResults", "$t")) or 0
    read = 0

    def after(found: Answer, _: int) -> str | None:
        nonlocal read
        entries = len(found.listed("feed", "entry"))
        read += entries
        if read >= total:
            return ""
        return str(read + 1) if entries else None

    listing = Listing(first=first, items=_written, after=after, ask=partial(_page, ask))
    return paged(ask, listing)


def _written(found: Answer) -> Iterator[ProfilePost]:
    proof = Proof(found.page, _RULE)
    for each in found.listed("feed", "entry"):
        made, url = instant(at(each, "published", "$t")), _address(each)
        text = text_of(at(each, "summary", "$t"))
        title = text_of(at(each, "title", "$t")) or headline(text)
        if made is None or not url.startswith(("http://", "https://")):
            continue
        yield ProfilePost(
            url=url,
            title=title,
            text=text,
            published=made,
            evidence=proof.dated(made, title),
            format="article",
            interactions=interactions(each, _REACTIONS),
        )


def _address(entry: Json) -> str:
    links = listed(entry.get("link"))
    return next((text_of(each.get("href")) for each in links if each.get("rel") == "alternate"), "")


PLATFORM = Platform(
    name="blogger",
    read=read,
    public="posts back to the start of the window, with comments; no followers",
    confidence=Confidence.TOOLS,
    audience="",
)
