"""Threads: Open Graph and page data of a profile; with a key, the Threads API.

Facts: the page's data by public tools; profile discovery by developers.facebook.com (Threads API).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from scrapers.parse.document import Document
from scrapers.parse.embedded import everywhere
from scrapers.parse.html import read_html
from scrapers.parse.ids import time_of_id
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

SITE = "https://www.threads.com"
API = "https://graph.threads.net/v1.0"
KEY = kit.Key(
    variables=("THREADS_ACCESS_TOKEN",),
    host="graph.threads.net",
    query="access_token={THREADS_ACCESS_TOKEN}",
    adds="exact followers and all posts of the period, of public profiles with 100 followers "
    "or more, if Meta has granted advanced access",
    calls=500,
    opens=frozenset(kit.Opens),
)
_RULE = "platform.threads"
_PARTS = {
    "biography": kit.ProfilePart.BIOGRAPHY,
    "bio_links": kit.ProfilePart.LINK,
    "is_verified": kit.ProfilePart.VERIFIED,
}
_DATA = 'script[type="application/json"][data-sjs]'
_LOGIN = re.compile(r"\bThreads\s*•\s*Log in\b", re.I)
_COUNT = re.compile(r"(\d[\d.,]*\s?[KMB]?)\s+(Followers?|Threads?)\b", re.I)
_LATEST = re.compile(r"\s*See the latest conversations with @\S+$")
_REACTIONS = (
    (kit.Reaction.COMMENTS, "text_post_app_info.direct_reply_count"),
    (kit.Reaction.SHARES, "text_post_app_info.repost_count"),
    (kit.Reaction.SHARES, "text_post_app_info.quote_count"),
)
_FIELDS = "id,media_product_type,media_type,permalink,username,text,timestamp,shortcode"
_FORMATS = {"IMAGE": "image", "VIDEO": "video", "CAROUSEL_ALBUM": "mixed", "AUDIO": "audio"}


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read what Threads shows to everybody; with a key, what its interface adds."""
    public = _public((yield from kit.ask_page(f"{SITE}/@{ask.handle}")), ask)
    if not ask.has(KEY):
        return public
    answer = yield from kit.ask_json(
        f"{API}/profile_lookup?username={quote(ask.handle, safe='')}", key=KEY
    )
    if isinstance(answer, kit.Failure):
        return public if isinstance(public, kit.Profile) else kit.error_reason(answer)
    handle = kit.name_of(answer.field("username"))
    if not handle:
        return public
    posts = yield from _official_posts(ask, handle)
    return _official(answer, handle, _joined(public, posts, ask), public)


# ---- the page ----


def _public(page: kit.Page | kit.Failure, ask: kit.Ask) -> kit.Profile | kit.Unknown:
    """Read what a profile's page says to a reader without a login, or return why nothing."""
    if isinstance(page, kit.Failure):
        return kit.refused_by(page, _RULE)
    document = read_html(page)
    if _is_login(document):
        # Threads answers for a name that nobody holds with the same login: it proves nothing.
        return kit.unread(
            kit.Outcome.LOGIN_WALL, "a login in place of the profile, or no such profile"
        )
    blocks = _blocks(document)
    user = _user(blocks, kit.handle_in(document.meta("og:title"))[1] or ask.handle)
    counts = _counts(document)
    if not user and not counts:
        return kit.unread(kit.Outcome.PARSE_FAILED, "neither counts nor data where they used to be")
    posts = _newest(blocks, kit.Proof(page, _RULE), ask, kit.text_of(user.get("username")))
    if isinstance(posts, kit.Unknown) and counts.get("thread") == "0":
        posts = kit.Timeline(posts=(), truncated=False)
    return _profile(document, user, counts, posts)


def _is_login(document: Document) -> bool:
    """Tell whether a page is a login: by where it led, what it says it is, or its title."""
    # The login may be drawn at the profile's own address; only `og:url` then names the login.
    address = document.meta("og:url").partition("://")[2].partition("/")[2]
    return (
        kit.leads_to_login(document.page, "login")
        or address.startswith("login")
        or _LOGIN.search(document.title) is not None
    )


def _blocks(document: Document) -> list[object]:
    """Read the data that the page carries for its scripts, those about users and posts alone."""
    scripts = [node.text(deep=True) for node in document.tree.css(_DATA)]
    wanted = [text for text in scripts if "follower_count" in text or "thread_items" in text]
    return [kit.json_of(text) for text in wanted]


def _user(blocks: list[object], handle: str) -> kit.Json:
    """Return the user that the page is about; empty where the data hold none."""
    for block in blocks:
        for user in kit.items(list(everywhere(block, "user"))):
            same = kit.text_of(user.get("username")).casefold() == handle.casefold()
            # The authors of the posts are users with the same name, but without a follower count.
            if same and "follower_count" in user:
                return user
    return {}


def _counts(document: Document) -> dict[str, str]:
    """Read the counts of the description by their word: `follower` and `thread`.

    They stand before the profile's own words: `16.8M Followers • 1.2K Threads • …`.
    """
    matches = [match for part in _parts(document)[:2] if (match := _COUNT.fullmatch(part))]
    return {match[2].casefold().rstrip("s"): match[1] for match in matches}


def _profile(
    document: Document, user: kit.Json, counts: dict[str, str], posts: kit.Timeline | kit.Unknown
) -> kit.Profile:
    """Put together the profile: the data first, the head of the page where they are silent."""
    proof = kit.Proof(document.page, _RULE)
    name, handle = kit.handle_in(document.meta("og:title") or document.title)
    handle = kit.name_of(user.get("username")) or handle
    private = user.get("text_post_app_is_private") is True
    about = kit.text_of(user.get("biography")) or _about(document)
    links = " ".join(kit.text_of(link.get("url")) for link in kit.items(user.get("bio_links")))
    return kit.Profile(
        standing=kit.Standing.PRIVATE if private else kit.Standing.LIVE,
        evidence=(proof.of(document.meta("og:description", "description") or f"@{handle}"),),
        url=f"{SITE}/@{handle}" if handle else "",
        handle=handle,
        account=kit.text_of(user.get("pk")) or kit.text_of(user.get("id")),
        name=kit.text_of(user.get("full_name")) or name,
        about=about,
        # The data count followers exactly, the description rounds them.
        audience=proof.count(user.get("follower_count", counts.get("follower")), "followers"),
        figures=(proof.figure(kit.Count.POSTS, counts.get("thread"), "threads"),),
        timeline=kit.unread(kit.Outcome.PRIVATE, "the profile is private") if private else posts,
        links=links_in(f"{links} {about}"),
        verified=user.get("is_verified") is True,
        shows=kit.parts_in(user, _PARTS),
    )


def _about(document: Document) -> str:
    """Return the profile's own words, which stand between the counts and a line of Threads' own."""
    return " • ".join(part for part in _parts(document) if _COUNT.fullmatch(part) is None)


def _parts(document: Document) -> list[str]:
    """Return the parts of the description, without the line of Threads' own behind them."""
    description = document.meta("og:description", "description")
    parts = [part.strip() for part in _LATEST.sub("", description).split("•")]
    # Where the owner wrote nothing, the line follows the counts: `34 Threads. See the latest …`.
    return [bare if _COUNT.fullmatch(bare := part.rstrip(".")) else part for part in parts]


def _newest(
    blocks: list[object], proof: kit.Proof, ask: kit.Ask, handle: str
) -> kit.Timeline | kit.Unknown:
    """Read the newest posts that the page carries; those before them it never has."""
    threads = [thread for block in blocks for thread in everywhere(block, "thread_items")]
    # A thread holds the posts of a conversation; the first is the profile's own.
    firsts = [_post(kit.field(items, 0, "post"), handle or ask.handle, proof) for items in threads]
    posts = [post for post in firsts if post is not None]
    if not posts:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no posts where they used to be")
    return kit.timeline_of(posts, ask, truncated=True)


def _post(entry: object, handle: str, proof: kit.Proof) -> kit.ProfilePost | None:
    """Read one post of a page; None where it has no address or no time.

    In a repost the other's post lies inside an entry that bears the time of passing it on.
    """
    reposted = kit.field(entry, "text_post_app_info", "share_info", "reposted_post")
    post = reposted if isinstance(reposted, dict) else entry
    author = kit.name_of(kit.field(post, "user", "username")) or handle
    code = kit.name_of(kit.field(post, "code"))
    # The number of a post holds its time, for those that do not state one.
    published = kit.dated_at(kit.field(entry, "taken_at")) or kit.dated_by_id(
        time_of_id("threads", kit.text_of(kit.field(entry, "pk")))
    )
    if not code or published is None:
        return None
    text = kit.text_of(kit.field(post, "caption", "text"))
    return kit.ProfilePost(
        url=f"{SITE}/@{author}/post/{code}",
        title=kit.headline(text),
        text=text,
        published=published,
        evidence=proof.dated(published, text),
        format=_format(post),
        repost=author.casefold() != handle.casefold() or post is reposted,
        interactions=_interactions(post),
    )


def _format(post: object) -> str:
    """Return the format of a post by what is attached to it."""
    if kit.field(post, "carousel_media"):
        return "mixed"
    # A video has pictures, too: its previews.
    if kit.field(post, "video_versions"):
        return "video"
    if kit.field(post, "image_versions2", "candidates"):
        return "image"
    return "link" if kit.field(post, "text_post_app_info", "link_preview_attachment") else "text"


def _interactions(post: object) -> tuple[kit.Interaction, ...]:
    """Return the reactions of a post, without its likes where the author hides them."""
    hidden = kit.field(post, "like_and_view_counts_disabled") is True
    return kit.interactions_of(
        post, _REACTIONS if hidden else ((kit.Reaction.LIKES, "like_count"), *_REACTIONS)
    )


# ---- the interface, which needs a key ----


def _official(
    answer: kit.JsonAnswer,
    handle: str,
    posts: kit.Timeline | kit.Unknown,
    public: kit.Profile | kit.Unknown,
) -> kit.Profile:
    """Put together the profile by the interface, with what only the page says."""
    proof, about = kit.Proof(answer.page, _RULE), answer.text("biography")
    known = public if isinstance(public, kit.Profile) else None
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {about}"),),
        url=f"{SITE}/@{handle}",
        handle=handle,
        account=known.account if known is not None else "",
        name=answer.text("name"),
        about=about,
        audience=proof.count(answer.field("follower_count"), "followers"),
        figures=known.figures if known is not None else (),
        timeline=posts,
        links=kit.distinct(links_in(about), known.links if known is not None else ()),
        verified=answer.field("is_verified") is True,
        shows=(kit.ProfilePart.BIOGRAPHY, kit.ProfilePart.VERIFIED),
    )


def _joined(
    public: kit.Profile | kit.Unknown, posts: kit.Timeline | kit.Unknown, ask: kit.Ask
) -> kit.Timeline | kit.Unknown:
    """Return the posts of the interface, the newest with the reactions that only the page has."""
    newest = public.timeline if isinstance(public, kit.Profile) else public
    if isinstance(posts, kit.Unknown):
        return newest if isinstance(newest, kit.Timeline) else posts
    if isinstance(newest, kit.Unknown):
        return posts
    on_page = {post.url: post for post in newest.posts}
    joined = [
        replace(post, interactions=on_page[post.url].interactions) if post.url in on_page else post
        for post in posts.posts
    ]
    return kit.timeline_of(joined, ask, truncated=posts.truncated)


def _official_posts(ask: kit.Ask, handle: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the posts until the window is covered."""
    url = f"{API}/profile_posts?username={quote(handle, safe='')}&fields={_FIELDS}&limit=100"
    listing = kit.Listing(
        first=url,
        items=lambda answer: _posts(answer, handle),
        after=lambda answer, _: kit.at_cursor(
            url, "after", answer.text("paging", "cursors", "after")
        ),
        within=("data",),
        ask=partial(kit.ask_json, key=KEY),
        reason=kit.error_reason,
    )
    return kit.read_posts(ask, listing)


def _posts(answer: kit.JsonAnswer, handle: str) -> Iterator[kit.ProfilePost]:
    """Read one page of posts; those that name no author are the profile's own (`handle`)."""
    proof = kit.Proof(answer.page, _RULE)
    for post in answer.items("data"):
        published = kit.dated_at(post.get("timestamp"))
        code = kit.name_of(post.get("shortcode"))
        text = kit.text_of(post.get("text"))
        if published is None or not code:
            continue
        author = kit.name_of(post.get("username")) or handle
        kind = kit.text_of(post.get("media_type"))
        yield kit.ProfilePost(
            # Not `permalink`: it leads to threads.net, while the page's posts are on threads.com,
            # and by their addresses the two lists are joined.
            url=f"{SITE}/@{author}/post/{code}",
            title=kit.headline(text),
            text=text,
            published=published,
            evidence=proof.dated(published, text),
            format=_FORMATS.get(kind, "text"),
            repost=kind == "REPOST_FACADE",
        )


PLATFORM = kit.Platform(
    name="threads",
    read=read,
    keys=(KEY,),
    public="followers, threads as a count, the newest posts with likes, replies and reposts",
    confidence=kit.Confidence.TOOLS,
    pace=5.0,
)
