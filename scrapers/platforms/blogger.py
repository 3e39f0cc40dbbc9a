"""Blogger: posts with their comments by the blog's own feed in JSON (developers.google.com)."""

from collections.abc import Iterator
from functools import partial

from scrapers.parse.urls import split
from scrapers.platforms import kit

_RULE = "platform.blogger"
_PAGE = 150
"""Posts of one page; the feed gives no more, whatever is asked for."""
_REACTIONS = ((kit.Reaction.COMMENTS, "thr$total.$t"),)
"""Blogger counts nothing else in public."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the feed back to the start of the window; its head describes the blog."""
    found = yield from _page(ask, "1")
    if isinstance(found, kit.Failure):
        if split(found.url).path.startswith("/blogin.g"):
            return kit.absent(found, _RULE, kit.Standing.PRIVATE, "the blog is for invited readers")
        return (
            yield from kit.blog_without_feed(found, f"https://{ask.handle}.blogspot.com/", _RULE)
        )
    if not isinstance(found.field("feed"), dict) or not found.text("feed", "id", "$t"):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no feed where it used to be")
    proof, name = kit.Proof(found.page, _RULE), found.text("feed", "title", "$t")
    total = found.field("feed", "openSearch$totalResults", "$t")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {found.text('feed', 'subtitle', '$t')}"),),
        account=found.text("feed", "id", "$t").rpartition("blog-")[2],
        name=name,
        about=found.text("feed", "subtitle", "$t"),
        figures=(proof.figure(kit.Count.POSTS, total),),
        timeline=(yield from _posts(ask, found)),
    )


def _page(ask: kit.Ask, start: str) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
    """Posts from a place on, the newest first."""
    return kit.ask_json(
        f"https://{ask.handle}.blogspot.com/feeds/posts/summary"
        f"?alt=json&orderby=published&max-results={_PAGE}&start-index={start}"
    )


def _posts(ask: kit.Ask, first: kit.JsonAnswer) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back until the window is covered; a page may be shorter than was asked for."""
    total = kit.count_of(first.field("feed", "openSearch$totalResults", "$t")) or 0
    read = 0

    def after(found: kit.JsonAnswer, _: int) -> str | None:
        nonlocal read
        entries = len(found.items("feed", "entry"))
        read += entries
        if read >= total:
            return ""
        return str(read + 1) if entries else None

    listing = kit.Listing(first=first, items=_written, after=after, ask=partial(_page, ask))
    return kit.read_posts(ask, listing)


def _written(found: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, _RULE)
    for each in found.items("feed", "entry"):
        made, url = kit.dated_at(kit.field(each, "published", "$t")), _address(each)
        text = kit.text_of(kit.field(each, "summary", "$t"))
        title = kit.text_of(kit.field(each, "title", "$t")) or kit.headline(text)
        if made is None or not url.startswith(("http://", "https://")):
            continue
        yield kit.ProfilePost(
            url=url,
            title=title,
            text=text,
            published=made,
            evidence=proof.dated(made, title),
            format="article",
            interactions=kit.interactions_of(each, _REACTIONS),
        )


def _address(entry: kit.Json) -> str:
    links = kit.items(entry.get("link"))
    return next(
        (kit.text_of(each.get("href")) for each in links if each.get("rel") == "alternate"), ""
    )


PLATFORM = kit.Platform(
    name="blogger",
    read=read,
    public="posts back to the start of the window, with comments; no followers",
    confidence=kit.Confidence.TOOLS,
    audience="",
)
