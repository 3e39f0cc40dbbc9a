"""WordPress.com: subscribers and posts by its public REST API (developer.wordpress.com)."""

from collections.abc import Iterator
from urllib.parse import quote

from scrapers.parse.urls import host_of, join
from scrapers.platforms import kit

API = "https://public-api.wordpress.com/rest/v1.1/sites"
_RULE = "platform.wordpress-com"
_SITE = "ID,name,description,URL,subscribers_count,post_count,lang,is_private"
_POST = "ID,date,title,URL,excerpt,format,like_count,discussion"
_FULL = 10
"""Posts of a feed, unless the owner sets another number."""

_REACTIONS = (
    (kit.Reaction.LIKES, "like_count"),
    (kit.Reaction.COMMENTS, "discussion.comment_count"),
)
_FORMATS = {"image": "image", "gallery": "image", "video": "video", "audio": "audio",
            "link": "link", "aside": "text", "status": "text", "quote": "text",
            "chat": "text"}  # fmt: skip


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read what the interface says of the blog, then its posts; else its feed."""
    site = f"{API}/{quote(ask.handle)}.wordpress.com"
    found = yield from kit.ask_json(f"{site}?fields={_SITE}")
    if isinstance(found, kit.Failure):
        state = _state(found)
        return state if state is not None else (yield from _by_feed(ask, found))
    if found.field("is_private") is True:
        return kit.absent(found.page, _RULE, kit.Standing.PRIVATE, "the blog is private")
    number = kit.count_of(found.field("ID"))
    if number is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no blog where it used to be")
    proof, name, own = (
        kit.Proof(found.page, _RULE),
        kit.plain_text(found.field("name")),
        found.text("URL"),
    )
    own = join(own, "") or ""
    mapped = bool(own) and not host_of(own).endswith("wordpress.com")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {kit.plain_text(found.field('description'))}"),),
        account=str(number),
        name=name,
        about=kit.plain_text(found.field("description")),
        audience=proof.count(found.field("subscribers_count"), "subscribers"),
        figures=(proof.figure(kit.Count.POSTS, found.field("post_count")),),
        timeline=(yield from _posts(ask, site, kit.language_of(found.field("lang")))),
        links=(own,) if mapped else (),
    )


def _state(failure: kit.Failure) -> kit.Profile | None:
    """What a refusal says of the blog; None where it tells nothing."""
    said = kit.json_of(failure.body)
    if kit.text_of(kit.field(said, "error")) == "unknown_blog":
        return kit.not_found(failure, _RULE)
    if "private blog" in kit.text_of(kit.field(said, "message")):
        return kit.absent(failure, _RULE, kit.Standing.PRIVATE, "the blog is private")
    return None


def _by_feed(ask: kit.Ask, refused: kit.Failure) -> kit.Steps[kit.Profile | kit.Unknown]:
    home = f"https://{ask.handle}.wordpress.com/"
    found = yield from kit.read_blog_feed(f"{home}feed/", _RULE, "wordpress.com")
    if isinstance(found, kit.Failure):
        return (yield from kit.blog_without_feed(found, home, _RULE))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(found.said.evidence,),
        name=found.said.title,
        audience=kit.reason_of(refused),
        timeline=kit.timeline_of(found.posts, ask, truncated=len(found.posts) >= _FULL),
    )


def _posts(ask: kit.Ask, site: str, language: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the posts until the window is covered."""
    url = f"{site}/posts/?number=100&order_by=date&fields={_POST}"
    listing = kit.Listing(
        first=url,
        items=lambda found: _written(found, language),
        after=lambda found, _: kit.at_cursor(url, "page_handle", found.text("meta", "next_page")),
        within=("posts",),
    )
    return kit.read_posts(ask, listing)


def _written(found: kit.JsonAnswer, language: str) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, _RULE)
    for each in found.items("posts"):
        made, url = kit.dated_at(each.get("date")), kit.text_of(each.get("URL"))
        title = kit.plain_text(each.get("title"))
        if made is None or not url.startswith(("http://", "https://")):
            continue
        yield kit.ProfilePost(
            url=url,
            title=title,
            text=kit.plain_text(each.get("excerpt")),
            published=made,
            evidence=proof.dated(made, title),
            format=_FORMATS.get(kit.text_of(each.get("format")), "article"),
            language=language,
            interactions=kit.interactions_of(each, _REACTIONS),
        )


PLATFORM = kit.Platform(
    name="wordpress-com",
    read=read,
    public="subscribers, posts back to the start of the window, likes and comments",
    confidence=kit.Confidence.DOCUMENTED,
    audience="subscribers",
)
