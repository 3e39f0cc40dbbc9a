"""Instagram's posts as its embed and the scripts of its site get them (recorded answers)."""

import re
from dataclasses import replace
from urllib.parse import quote

from audit.model.dated import Dated
from audit.model.exchange import Failure, Page
from audit.model.profile import (
    Count,
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
from scrapers.parse.html import read_html
from scrapers.parse.ids import id_of_shortcode, time_of_id
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
    text_of,
)
from scrapers.platforms.kit.base import Ask, Steps, answer
from scrapers.platforms.kit.posts import Reactions, interactions
from scrapers.platforms.kit.proof import Proof, gone, timeline, why

SITE = "https://www.instagram.com"
RULE = "platform.instagram"
FORMATS = {
    "IMAGE": "image",
    "VIDEO": "video",
    "CAROUSEL_ALBUM": "mixed",
    "GraphImage": "image",
    "GraphVideo": "video",
    "GraphSidecar": "mixed",
}
_FRAMED = re.compile(r'"contextJSON":("(?:[^"\\]++|\\.)*+")')
_LIKED, _SAID = "edge_media_preview_like", "edge_media_to_comment"


def from_embed(found: Page | Failure, ask: Ask) -> Profile | None:
    """The newest posts, from what Instagram gives to be embedded elsewhere; None for none."""
    said = _FRAMED.search(read_html(found).source) if isinstance(found, Page) else None
    if said is None or isinstance(found, Failure):
        return None
    text = at(loaded(f"[{said[1]}]"), 0)
    context = at(loaded(text) if isinstance(text, str) else None, "context")
    proof = Proof(found, RULE)
    nodes = [at(each, "shortcode_media") for each in listed(at(context, "graphql_media"))]
    posts = [post for node in nodes if (post := _node(node, proof)) is not None]
    if not posts:
        return None
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"@{ask.handle}: {len(posts)} posts"),),
        timeline=timeline(posts, ask, truncated=True),
    )


def from_scripts(ask: Ask) -> Steps[Profile | Unknown]:
    """What the site answers to its own scripts (not documented)."""
    name = quote(ask.handle, safe="")
    found = yield from answer(f"{SITE}/api/v1/users/web_profile_info/?username={name}")
    if isinstance(found, Failure):
        return why(found)
    data = found.at("data")
    if isinstance(data, dict) and "user" in data and data["user"] is None:
        return gone(found.page, RULE)
    user = found.at("data", "user")
    if not isinstance(user, dict):
        return unread(Outcome.PARSE_FAILED, "no account where it used to be")
    return _user(user, Proof(found.page, RULE), ask)


def _user(user: Json, proof: Proof, ask: Ask) -> Profile:
    handle, about = name_of(user.get("username")), text_of(user.get("biography"))
    private = user.get("is_private") is True
    return Profile(
        standing=Standing.PRIVATE if private else Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {about}"),),
        url=f"{SITE}/{handle}" if handle else "",
        handle=handle,
        account=text_of(user.get("fbid")),
        name=text_of(user.get("full_name")),
        about=about,
        audience=proof.count(at(user, "edge_followed_by", "count"), "followers"),
        figures=figures(
            proof,
            at(user, "edge_follow", "count"),
            at(user, "edge_owner_to_timeline_media", "count"),
        ),
        timeline=unread(Outcome.PRIVATE, "the account is private")
        if private
        else _listed(user, proof, ask),
        links=links_in(f"{text_of(user.get('external_url'))} {about}"),
        verified=user.get("is_verified") is True,
    )


def _listed(user: Json, proof: Proof, ask: Ask) -> Timeline | Unknown:
    media = user.get("edge_owner_to_timeline_media")
    nodes = [each.get("node") for each in listed(at(media, "edges"))]
    posts = [post for node in nodes if (post := _node(node, proof)) is not None]
    if not posts and at(media, "count") != 0:
        return unread(Outcome.PARSE_FAILED, "no posts where they used to be")
    more = at(media, "page_info", "has_next_page") is not False
    return timeline(posts, ask, truncated=bool(posts) and more)


def better(told: Profile | Unknown, shown: Profile | Unknown) -> Profile | Unknown:
    """What the site's own scripts are told, where that is more than the page shows."""
    if isinstance(told, Unknown):
        return shown
    if (
        isinstance(shown, Profile)
        and isinstance(told.audience, Unknown)
        and told.standing is not Standing.MISSING
    ):
        return replace(shown, timeline=told.timeline)
    return told


def _node(node: object, proof: Proof) -> ProfilePost | None:
    """A post as the site's scripts and the embed know it."""
    code = name_of(at(node, "shortcode"))
    made = instant(at(node, "taken_at_timestamp")) or _of_code(code)
    if not code or made is None:
        return None
    text = text_of(at(node, "edge_media_to_caption", "edges", 0, "node", "text"))
    return ProfilePost(
        url=f"{SITE}/p/{code}/",
        title=headline(text),
        text=text,
        published=made,
        evidence=proof.dated(made, text),
        format=FORMATS.get(text_of(at(node, "__typename")), "image"),
        interactions=interactions(node, _reactions(node)),
    )


def _reactions(node: object) -> Reactions:
    """Where a post counts; the embed and the scripts of the site have names of their own."""
    likes = _LIKED if at(node, _LIKED, "count") is not None else "edge_liked_by"
    comments = _SAID if at(node, _SAID, "count") is not None else "edge_media_to_parent_comment"
    return (
        (Reaction.LIKES, f"{likes}.count"),
        (Reaction.COMMENTS, f"{comments}.count"),
        (Reaction.VIEWS, "video_view_count"),
    )


def _of_code(code: str) -> Dated | None:
    number = id_of_shortcode(code)
    return by_id(time_of_id("instagram", number)) if number is not None else None


def figures(proof: Proof, following: object, posts: object) -> tuple[ProfileFigure, ...]:
    """What an account counts beside its followers."""
    return (
        proof.figure(Count.FOLLOWING, following),
        proof.figure(Count.POSTS, posts),
    )
