"""WordPress.com: subscribers and posts by its public REST API (developer.wordpress.com)."""

from collections.abc import Iterator
from urllib.parse import quote

from scrapers.parse.urls import host_of, join
from scrapers.platforms import kit

API = "https://public-api.wordpress.com/rest/v1.1/sites"
_RULE = "platform.wordpress-com"
_BLOG_FIELDS = "ID,name,description,URL,subscribers_count,post_count,lang,is_private"
_POST_FIELDS = "ID,date,title,URL,excerpt,format,like_count,discussion"
_FEED_SIZE = 10
"""Posts of a feed, unless the owner sets another number."""

_REACTIONS = (
    (kit.Reaction.LIKES, "like_count"),
    (kit.Reaction.COMMENTS, "discussion.comment_count"),
)
_FORMATS = {
    "image": "image",
    "gallery": "image",
    "video": "video",
    "audio": "audio",
    "link": "link",
    "aside": "text",
    "status": "text",
    "quote": "text",
    "chat": "text",
}


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read what the interface says of the blog, then its posts; else its feed."""
    site = f"{API}/{quote(ask.handle)}.wordpress.com"
    answer = yield from kit.ask_json(f"{site}?fields={_BLOG_FIELDS}")
    if isinstance(answer, kit.Failure):
        profile = _profile_of_refusal(answer)
        return profile if profile is not None else (yield from _by_feed(ask, answer))
    if answer.field("is_private") is True:
        return kit.absent(answer.page, _RULE, kit.Standing.PRIVATE, "the blog is private")
    number = kit.count_of(answer.field("ID"))
    if number is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no blog where it used to be")
    proof, name = kit.Proof(answer.page, _RULE), kit.plain_text(answer.field("name"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {kit.plain_text(answer.field('description'))}"),),
        account=str(number),
        name=name,
        about=kit.plain_text(answer.field("description")),
        audience=proof.count(answer.field("subscribers_count"), "subscribers"),
        figures=(proof.figure(kit.Count.POSTS, answer.field("post_count")),),
        timeline=(yield from _timeline(ask, site, kit.language_of(answer.field("lang")))),
        links=_own_domain(answer),
    )


def _profile_of_refusal(failure: kit.Failure) -> kit.Profile | None:
    """Return what a refusal says of the blog; None where it tells nothing."""
    payload = kit.json_of(failure.body)
    # The status alone does not tell a blog that is not there from an interface that refuses.
    if kit.text_of(kit.field(payload, "error")) == "unknown_blog":
        return kit.not_found(failure, _RULE)
    if "private blog" in kit.text_of(kit.field(payload, "message")):
        return kit.absent(failure, _RULE, kit.Standing.PRIVATE, "the blog is private")
    return None


def _own_domain(answer: kit.JsonAnswer) -> tuple[str, ...]:
    """Return the domain that the owner has put on the blog; empty for a blog without one."""
    home = join(answer.text("URL"), "") or ""
    mapped = bool(home) and not host_of(home).endswith("wordpress.com")
    return (home,) if mapped else ()


def _by_feed(ask: kit.Ask, refusal: kit.Failure) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the blog's feed; `refusal` of the interface is why the subscribers are not known."""
    home = f"https://{ask.handle}.wordpress.com/"
    feed = yield from kit.read_blog_feed(f"{home}feed/", _RULE, "wordpress.com")
    if isinstance(feed, kit.Failure):
        return (yield from kit.blog_without_feed(feed, home, _RULE))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(feed.said.evidence,),
        name=feed.said.title,
        audience=kit.reason_of(refusal),
        timeline=kit.timeline_of(feed.posts, ask, truncated=len(feed.posts) >= _FEED_SIZE),
    )


def _timeline(ask: kit.Ask, site: str, language: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the posts until the window is covered."""
    url = f"{site}/posts/?number=100&order_by=date&fields={_POST_FIELDS}"
    listing = kit.Listing(
        first=url,
        items=lambda answer: _posts(answer, language),
        after=lambda answer, _: kit.at_cursor(url, "page_handle", answer.text("meta", "next_page")),
        within=("posts",),
    )
    return kit.read_posts(ask, listing)


def _posts(answer: kit.JsonAnswer, language: str) -> Iterator[kit.ProfilePost]:
    """Read one page of posts; their language is the blog's, since none states its own."""
    proof = kit.Proof(answer.page, _RULE)
    for post in answer.items("posts"):
        published, url = kit.dated_at(post.get("date")), kit.text_of(post.get("URL"))
        # Titles and excerpts arrive as HTML.
        title = kit.plain_text(post.get("title"))
        if published is None or not url.startswith(("http://", "https://")):
            continue
        yield kit.ProfilePost(
            url=url,
            title=title,
            text=kit.plain_text(post.get("excerpt")),
            published=published,
            evidence=proof.dated(published, title),
            # A post without a format of its own has the format `standard`: an article.
            format=_FORMATS.get(kit.text_of(post.get("format")), "article"),
            language=language,
            interactions=kit.interactions_of(post, _REACTIONS),
        )


PLATFORM = kit.Platform(
    name="wordpress-com",
    read=read,
    public="subscribers, posts back to the start of the window, likes and comments",
    confidence=kit.Confidence.DOCUMENTED,
    audience="subscribers",
)
