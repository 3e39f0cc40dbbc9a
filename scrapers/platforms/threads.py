"""Threads: Open Graph and page data of a profile; profile discovery with a key (Threads API)."""

import re
from dataclasses import replace
from urllib.parse import quote

from audit.model.dated import Dated
from audit.model.exchange import Failure, Page
from audit.model.profile import (
    Count,
    Interaction,
    Outcome,
    Profile,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Unknown
from scrapers.parse.embedded import everywhere
from scrapers.parse.html import Document, read_html
from scrapers.parse.ids import time_of_id
from scrapers.parse.urls import links_in
from scrapers.parse.values import (
    Json,
    at,
    by_id,
    headline,
    instant,
    listed,
    loaded,
    name_of,
    once,
    text_of,
)
from scrapers.platforms._threads_api import API, KEY, RULE, SITE, posts_of
from scrapers.platforms.kit.base import Answer, Ask, Confidence, Platform, Steps, answer, page
from scrapers.platforms.kit.meta import named, told
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, refused, timeline, walled

_DATA = 'script[type="application/json"][data-sjs]'
_LOGIN = re.compile(r"\bThreads\s*•\s*Log in\b", re.I)
_COUNT = re.compile(r"(\d[\d.,]*\s?[KMB]?)\s+(Followers?|Threads?)\b", re.I)
_LATEST = re.compile(r"\s*See the latest conversations with @\S+$")
_REACTIONS = (
    (Reaction.COMMENTS, "text_post_app_info.direct_reply_count"),
    (Reaction.SHARES, "text_post_app_info.repost_count"),
    (Reaction.SHARES, "text_post_app_info.quote_count"),
)


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read what Threads shows to everybody; with a key, what its interface adds."""
    shown = _shown((yield from page(f"{SITE}/@{ask.handle}")), ask)
    if not ask.has(KEY):
        return shown
    found = yield from answer(
        f"{API}/profile_lookup?username={quote(ask.handle, safe='')}", key=KEY
    )
    if isinstance(found, Failure):
        return shown if isinstance(shown, Profile) else told(found)
    handle = name_of(found.at("username"))
    if not handle:
        return shown
    posts = yield from posts_of(ask, handle)
    return _looked_up(found, handle, _joined(shown, posts, ask), shown)


# ---- the page ----


def _shown(found: Page | Failure, ask: Ask) -> Profile | Unknown:
    """What a profile's page says to a reader without a login, or why nothing."""
    if isinstance(found, Failure):
        return refused(found, RULE)
    document = read_html(found)
    address = document.meta("og:url").partition("://")[2].partition("/")[2]
    if walled(found, "login") or address.startswith("login") or _LOGIN.search(document.title):
        return unread(Outcome.LOGIN_WALL, "a login in place of the profile, or no such profile")
    blocks = _blocks(document)
    user = _user(blocks, named(document.meta("og:title"))[1] or ask.handle)
    counts = _counts(document)
    if not user and not counts:
        return unread(Outcome.PARSE_FAILED, "neither counts nor data where they used to be")
    posts = _listed(blocks, Proof(found, RULE), ask, text_of(user.get("username")))
    if isinstance(posts, Unknown) and counts.get("thread") == "0":
        posts = Timeline(posts=(), truncated=False)
    return _profile(document, user, counts, posts)


def _blocks(document: Document) -> list[object]:
    """The data that the page carries for its scripts, as far as it is about users and posts."""
    scripts = [node.text(deep=True) for node in document.tree.css(_DATA)]
    wanted = [text for text in scripts if "follower_count" in text or "thread_items" in text]
    return [loaded(text) for text in wanted]


def _user(blocks: list[object], handle: str) -> Json:
    """The user that the page is about; those of its posts state no followers."""
    for block in blocks:
        for user in listed(list(everywhere(block, "user"))):
            same = text_of(user.get("username")).casefold() == handle.casefold()
            if same and "follower_count" in user:
                return user
    return {}


def _counts(document: Document) -> dict[str, str]:
    """The counts before the profile's own words: `16.8M Followers • 1.2K Threads • …`."""
    parts = document.meta("og:description", "description").split("•")[:2]
    found = [match for part in parts if (match := _COUNT.fullmatch(part.strip())) is not None]
    return {match[2].casefold().rstrip("s"): match[1] for match in found}


def _profile(
    document: Document, user: Json, counts: dict[str, str], posts: Timeline | Unknown
) -> Profile:
    proof = Proof(document.page, RULE)
    name, handle = named(document.meta("og:title") or document.title)
    handle = name_of(user.get("username")) or handle
    private = user.get("text_post_app_is_private") is True
    about = text_of(user.get("biography")) or _about(document)
    links = " ".join(text_of(each.get("url")) for each in listed(user.get("bio_links")))
    return Profile(
        standing=Standing.PRIVATE if private else Standing.LIVE,
        evidence=(proof.of(document.meta("og:description", "description") or f"@{handle}"),),
        url=f"{SITE}/@{handle}" if handle else "",
        handle=handle,
        account=text_of(user.get("pk")) or text_of(user.get("id")),
        name=text_of(user.get("full_name")) or name,
        about=about,
        audience=proof.count(user.get("follower_count", counts.get("follower")), "followers"),
        figures=(proof.figure(Count.POSTS, counts.get("thread"), "threads"),),
        timeline=unread(Outcome.PRIVATE, "the profile is private") if private else posts,
        links=links_in(f"{links} {about}"),
        verified=user.get("is_verified") is True,
    )


def _about(document: Document) -> str:
    """The profile's own words, behind the counts."""
    parts = document.meta("og:description", "description").split("•")
    own = [part.strip() for part in parts if _COUNT.fullmatch(part.strip()) is None]
    return _LATEST.sub("", " • ".join(own))


def _listed(blocks: list[object], proof: Proof, ask: Ask, handle: str) -> Timeline | Unknown:
    """The newest posts that the page carries."""
    threads = [each for block in blocks for each in everywhere(block, "thread_items")]
    written = [_post(at(items, 0, "post"), handle or ask.handle, proof) for items in threads]
    posts = [post for post in written if post is not None]
    if not posts:
        return unread(Outcome.PARSE_FAILED, "no posts where they used to be")
    return timeline(posts, ask, truncated=True)


def _post(said: object, handle: str, proof: Proof) -> ProfilePost | None:
    passed_on = at(said, "text_post_app_info", "share_info", "reposted_post")
    post = passed_on if isinstance(passed_on, dict) else said
    author, code = name_of(at(post, "user", "username")) or handle, name_of(at(post, "code"))
    made = instant(at(said, "taken_at")) or _of_id(text_of(at(said, "pk")))
    if not code or made is None:
        return None
    text = text_of(at(post, "caption", "text"))
    return ProfilePost(
        url=f"{SITE}/@{author}/post/{code}",
        title=headline(text),
        text=text,
        published=made,
        evidence=proof.dated(made, text),
        format=_format(post),
        repost=author.casefold() != handle.casefold() or post is passed_on,
        interactions=_interactions(post),
    )


def _of_id(number: str) -> Dated | None:
    return by_id(time_of_id("threads", number))


def _format(post: object) -> str:
    if at(post, "carousel_media"):
        return "mixed"
    if at(post, "video_versions"):
        return "video"
    if at(post, "image_versions2", "candidates"):
        return "image"
    return "link" if at(post, "text_post_app_info", "link_preview_attachment") else "text"


def _interactions(post: object) -> tuple[Interaction, ...]:
    hidden = at(post, "like_and_view_counts_disabled") is True
    return interactions(
        post, _REACTIONS if hidden else ((Reaction.LIKES, "like_count"), *_REACTIONS)
    )


# ---- the interface ----


def _looked_up(
    found: Answer, handle: str, posts: Timeline | Unknown, shown: Profile | Unknown
) -> Profile:
    """A profile by the interface, with what only the page says."""
    proof, about = Proof(found.page, RULE), found.text("biography")
    known = shown if isinstance(shown, Profile) else None
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {about}"),),
        url=f"{SITE}/@{handle}",
        handle=handle,
        account=known.account if known is not None else "",
        name=found.text("name"),
        about=about,
        audience=proof.count(found.at("follower_count"), "followers"),
        figures=known.figures if known is not None else (),
        timeline=posts,
        links=once(links_in(about), known.links if known is not None else ()),
        verified=found.at("is_verified") is True,
    )


def _joined(shown: Profile | Unknown, posts: Timeline | Unknown, ask: Ask) -> Timeline | Unknown:
    """All posts of the interface; the newest with the reactions that only the page counts."""
    line = shown.timeline if isinstance(shown, Profile) else shown
    if isinstance(posts, Unknown):
        return line if isinstance(line, Timeline) else posts
    if isinstance(line, Unknown):
        return posts
    seen = {post.url: post for post in line.posts}
    joined = [
        replace(post, interactions=seen[post.url].interactions) if post.url in seen else post
        for post in posts.posts
    ]
    return timeline(joined, ask, truncated=posts.truncated)


PLATFORM = Platform(
    name="threads",
    read=read,
    keys=(KEY,),
    public="followers, threads as a count, the newest posts with likes, replies and reposts",
    confidence=Confidence.TOOLS,
    pace=5.0,
)
