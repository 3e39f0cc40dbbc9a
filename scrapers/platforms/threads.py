"""Threads: Open Graph and page data of a profile; profile discovery with a key (Threads API)."""

import re
from dataclasses import replace
from urllib.parse import quote

from scrapers.parse.embedded import everywhere
from scrapers.parse.html import Document, read_html
from scrapers.parse.ids import time_of_id
from scrapers.parse.urls import links_in
from scrapers.platforms import kit
from scrapers.platforms._threads_api import API, KEY, RULE, SITE, posts_of

_DATA = 'script[type="application/json"][data-sjs]'
_LOGIN = re.compile(r"\bThreads\s*•\s*Log in\b", re.I)
_COUNT = re.compile(r"(\d[\d.,]*\s?[KMB]?)\s+(Followers?|Threads?)\b", re.I)
_LATEST = re.compile(r"\s*See the latest conversations with @\S+$")
_REACTIONS = (
    (kit.Reaction.COMMENTS, "text_post_app_info.direct_reply_count"),
    (kit.Reaction.SHARES, "text_post_app_info.repost_count"),
    (kit.Reaction.SHARES, "text_post_app_info.quote_count"),
)


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read what Threads shows to everybody; with a key, what its interface adds."""
    shown = _shown((yield from kit.ask_page(f"{SITE}/@{ask.handle}")), ask)
    if not ask.has(KEY):
        return shown
    found = yield from kit.ask_json(
        f"{API}/profile_lookup?username={quote(ask.handle, safe='')}", key=KEY
    )
    if isinstance(found, kit.Failure):
        return shown if isinstance(shown, kit.Profile) else kit.error_reason(found)
    handle = kit.name_of(found.field("username"))
    if not handle:
        return shown
    posts = yield from posts_of(ask, handle)
    return _looked_up(found, handle, _joined(shown, posts, ask), shown)


# ---- the page ----


def _shown(found: kit.Page | kit.Failure, ask: kit.Ask) -> kit.Profile | kit.Unknown:
    """What a profile's page says to a reader without a login, or why nothing."""
    if isinstance(found, kit.Failure):
        return kit.refused_by(found, RULE)
    document = read_html(found)
    address = document.meta("og:url").partition("://")[2].partition("/")[2]
    if (
        kit.leads_to_login(found, "login")
        or address.startswith("login")
        or _LOGIN.search(document.title)
    ):
        return kit.unread(
            kit.Outcome.LOGIN_WALL, "a login in place of the profile, or no such profile"
        )
    blocks = _blocks(document)
    user = _user(blocks, kit.handle_in(document.meta("og:title"))[1] or ask.handle)
    counts = _counts(document)
    if not user and not counts:
        return kit.unread(kit.Outcome.PARSE_FAILED, "neither counts nor data where they used to be")
    posts = _listed(blocks, kit.Proof(found, RULE), ask, kit.text_of(user.get("username")))
    if isinstance(posts, kit.Unknown) and counts.get("thread") == "0":
        posts = kit.Timeline(posts=(), truncated=False)
    return _profile(document, user, counts, posts)


def _blocks(document: Document) -> list[object]:
    """The data that the page carries for its scripts, as far as it is about users and posts."""
    scripts = [node.text(deep=True) for node in document.tree.css(_DATA)]
    wanted = [text for text in scripts if "follower_count" in text or "thread_items" in text]
    return [kit.json_of(text) for text in wanted]


def _user(blocks: list[object], handle: str) -> kit.Json:
    """The user that the page is about; those of its posts state no followers."""
    for block in blocks:
        for user in kit.items(list(everywhere(block, "user"))):
            same = kit.text_of(user.get("username")).casefold() == handle.casefold()
            if same and "follower_count" in user:
                return user
    return {}


def _counts(document: Document) -> dict[str, str]:
    """The counts before the profile's own words: `16.8M Followers • 1.2K Threads • …`."""
    parts = document.meta("og:description", "description").split("•")[:2]
    found = [match for part in parts if (match := _COUNT.fullmatch(part.strip())) is not None]
    return {match[2].casefold().rstrip("s"): match[1] for match in found}


def _profile(
    document: Document, user: kit.Json, counts: dict[str, str], posts: kit.Timeline | kit.Unknown
) -> kit.Profile:
    proof = kit.Proof(document.page, RULE)
    name, handle = kit.handle_in(document.meta("og:title") or document.title)
    handle = kit.name_of(user.get("username")) or handle
    private = user.get("text_post_app_is_private") is True
    about = kit.text_of(user.get("biography")) or _about(document)
    links = " ".join(kit.text_of(each.get("url")) for each in kit.items(user.get("bio_links")))
    return kit.Profile(
        standing=kit.Standing.PRIVATE if private else kit.Standing.LIVE,
        evidence=(proof.of(document.meta("og:description", "description") or f"@{handle}"),),
        url=f"{SITE}/@{handle}" if handle else "",
        handle=handle,
        account=kit.text_of(user.get("pk")) or kit.text_of(user.get("id")),
        name=kit.text_of(user.get("full_name")) or name,
        about=about,
        audience=proof.count(user.get("follower_count", counts.get("follower")), "followers"),
        figures=(proof.figure(kit.Count.POSTS, counts.get("thread"), "threads"),),
        timeline=kit.unread(kit.Outcome.PRIVATE, "the profile is private") if private else posts,
        links=links_in(f"{links} {about}"),
        verified=user.get("is_verified") is True,
    )


def _about(document: Document) -> str:
    """The profile's own words, behind the counts."""
    parts = document.meta("og:description", "description").split("•")
    own = [part.strip() for part in parts if _COUNT.fullmatch(part.strip()) is None]
    return _LATEST.sub("", " • ".join(own))


def _listed(
    blocks: list[object], proof: kit.Proof, ask: kit.Ask, handle: str
) -> kit.Timeline | kit.Unknown:
    """The newest posts that the page carries."""
    threads = [each for block in blocks for each in everywhere(block, "thread_items")]
    written = [_post(kit.field(items, 0, "post"), handle or ask.handle, proof) for items in threads]
    posts = [post for post in written if post is not None]
    if not posts:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no posts where they used to be")
    return kit.timeline_of(posts, ask, truncated=True)


def _post(said: object, handle: str, proof: kit.Proof) -> kit.ProfilePost | None:
    passed_on = kit.field(said, "text_post_app_info", "share_info", "reposted_post")
    post = passed_on if isinstance(passed_on, dict) else said
    author, code = (
        kit.name_of(kit.field(post, "user", "username")) or handle,
        kit.name_of(kit.field(post, "code")),
    )
    made = kit.dated_at(kit.field(said, "taken_at")) or _of_id(kit.text_of(kit.field(said, "pk")))
    if not code or made is None:
        return None
    text = kit.text_of(kit.field(post, "caption", "text"))
    return kit.ProfilePost(
        url=f"{SITE}/@{author}/post/{code}",
        title=kit.headline(text),
        text=text,
        published=made,
        evidence=proof.dated(made, text),
        format=_format(post),
        repost=author.casefold() != handle.casefold() or post is passed_on,
        interactions=_interactions(post),
    )


def _of_id(number: str) -> kit.Dated | None:
    return kit.dated_by_id(time_of_id("threads", number))


def _format(post: object) -> str:
    if kit.field(post, "carousel_media"):
        return "mixed"
    if kit.field(post, "video_versions"):
        return "video"
    if kit.field(post, "image_versions2", "candidates"):
        return "image"
    return "link" if kit.field(post, "text_post_app_info", "link_preview_attachment") else "text"


def _interactions(post: object) -> tuple[kit.Interaction, ...]:
    hidden = kit.field(post, "like_and_view_counts_disabled") is True
    return kit.interactions_of(
        post, _REACTIONS if hidden else ((kit.Reaction.LIKES, "like_count"), *_REACTIONS)
    )


# ---- the interface ----


def _looked_up(
    found: kit.JsonAnswer,
    handle: str,
    posts: kit.Timeline | kit.Unknown,
    shown: kit.Profile | kit.Unknown,
) -> kit.Profile:
    """A profile by the interface, with what only the page says."""
    proof, about = kit.Proof(found.page, RULE), found.text("biography")
    known = shown if isinstance(shown, kit.Profile) else None
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {about}"),),
        url=f"{SITE}/@{handle}",
        handle=handle,
        account=known.account if known is not None else "",
        name=found.text("name"),
        about=about,
        audience=proof.count(found.field("follower_count"), "followers"),
        figures=known.figures if known is not None else (),
        timeline=posts,
        links=kit.distinct(links_in(about), known.links if known is not None else ()),
        verified=found.field("is_verified") is True,
    )


def _joined(
    shown: kit.Profile | kit.Unknown, posts: kit.Timeline | kit.Unknown, ask: kit.Ask
) -> kit.Timeline | kit.Unknown:
    """All posts of the interface; the newest with the reactions that only the page counts."""
    line = shown.timeline if isinstance(shown, kit.Profile) else shown
    if isinstance(posts, kit.Unknown):
        return line if isinstance(line, kit.Timeline) else posts
    if isinstance(line, kit.Unknown):
        return posts
    seen = {post.url: post for post in line.posts}
    joined = [
        replace(post, interactions=seen[post.url].interactions) if post.url in seen else post
        for post in posts.posts
    ]
    return kit.timeline_of(joined, ask, truncated=posts.truncated)


PLATFORM = kit.Platform(
    name="threads",
    read=read,
    keys=(KEY,),
    public="followers, threads as a count, the newest posts with likes, replies and reposts",
    confidence=kit.Confidence.TOOLS,
    pace=5.0,
)
