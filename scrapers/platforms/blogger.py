"""Blogger: posts with their comments by the blog's own feed in JSON (developers.google.com).

The feed is Atom written as JSON: the text of an element `title` lies under `title.$t`.
"""

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
    answer = yield from _page(ask, "1")
    if isinstance(answer, kit.Failure):
        # Blogs for invited readers lead to a login page of Blogger's own.
        if split(answer.url).path.startswith("/blogin.g"):
            detail = "the blog is for invited readers"
            return kit.absent(answer, _RULE, kit.Standing.PRIVATE, detail)
        home = f"https://{ask.handle}.blogspot.com/"
        return (yield from kit.blog_without_feed(answer, home, _RULE))
    if not isinstance(answer.field("feed"), dict) or not answer.text("feed", "id", "$t"):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no feed where it used to be")
    proof, name = kit.Proof(answer.page, _RULE), answer.text("feed", "title", "$t")
    total = answer.field("feed", "openSearch$totalResults", "$t")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {answer.text('feed', 'subtitle', '$t')}"),),
        # The id is `tag:blogger.com,1999:blog-NUMBER`.
        account=answer.text("feed", "id", "$t").rpartition("blog-")[2],
        name=name,
        about=answer.text("feed", "subtitle", "$t"),
        figures=(proof.figure(kit.Count.POSTS, total),),
        timeline=(yield from _posts(ask, answer)),
    )


def _page(ask: kit.Ask, start: str) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
    """Ask for the posts from a place on (from "1"), the newest first."""
    return kit.ask_json(
        f"https://{ask.handle}.blogspot.com/feeds/posts/summary"
        f"?alt=json&orderby=published&max-results={_PAGE}&start-index={start}"
    )


def _posts(ask: kit.Ask, first: kit.JsonAnswer) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back until the window is covered.

    A page may be shorter than was asked for, so that the end is told by the total and not by a page
    that is not full; an empty page before the end means that Blogger lets nobody further.
    """
    total = kit.count_of(first.field("feed", "openSearch$totalResults", "$t")) or 0
    read_so_far = 0

    def after(answer: kit.JsonAnswer, _: int) -> str | None:
        """Return the number of the first post of the next page, as Blogger counts: from 1."""
        nonlocal read_so_far
        entries = len(answer.items("feed", "entry"))
        read_so_far += entries
        if read_so_far >= total:
            return ""
        return str(read_so_far + 1) if entries else None

    listing = kit.Listing(first=first, items=_written, after=after, ask=partial(_page, ask))
    return kit.read_posts(ask, listing)


def _written(answer: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    """Give the posts of a page; those without a time or an address are left out."""
    proof = kit.Proof(answer.page, _RULE)
    for entry in answer.items("feed", "entry"):
        published, url = kit.dated_at(kit.field(entry, "published", "$t")), _address(entry)
        text = kit.text_of(kit.field(entry, "summary", "$t"))
        title = kit.text_of(kit.field(entry, "title", "$t")) or kit.headline(text)
        if published is None or not url.startswith(("http://", "https://")):
            continue
        yield kit.ProfilePost(
            url=url,
            title=title,
            text=text,
            published=published,
            evidence=proof.dated(published, title),
            format="article",
            interactions=kit.interactions_of(entry, _REACTIONS),
        )


def _address(entry: kit.Json) -> str:
    """Return the address of a post's page: of its links the one called `alternate`."""
    links = kit.items(entry.get("link"))
    return next(
        (kit.text_of(link.get("href")) for link in links if link.get("rel") == "alternate"), ""
    )


PLATFORM = kit.Platform(
    name="blogger",
    read=read,
    public="posts back to the start of the window, with comments; no followers",
    confidence=kit.Confidence.TOOLS,
    audience="",
)
