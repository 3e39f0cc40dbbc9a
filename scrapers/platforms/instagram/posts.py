"""Instagram's posts as its embed and the scripts of its site get them (recorded answers)."""

import re
from dataclasses import replace
from urllib.parse import quote

from scrapers.parse.html import read_html
from scrapers.parse.ids import id_of_shortcode, time_of_id
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

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


def from_embed(found: kit.Page | kit.Failure, ask: kit.Ask) -> kit.Profile | None:
    """The newest posts, from what Instagram gives to be embedded elsewhere; None for none."""
    said = _FRAMED.search(read_html(found).source) if isinstance(found, kit.Page) else None
    if said is None or isinstance(found, kit.Failure):
        return None
    text = kit.field(kit.json_of(f"[{said[1]}]"), 0)
    context = kit.field(kit.json_of(text) if isinstance(text, str) else None, "context")
    proof = kit.Proof(found, RULE)
    nodes = [
        kit.field(each, "shortcode_media")
        for each in kit.items(kit.field(context, "graphql_media"))
    ]
    posts = [post for node in nodes if (post := _node(node, proof)) is not None]
    if not posts:
        return None
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{ask.handle}: {len(posts)} posts"),),
        timeline=kit.timeline_of(posts, ask, truncated=True),
    )


def from_scripts(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """What the site answers to its own scripts (not documented)."""
    name = quote(ask.handle, safe="")
    found = yield from kit.ask_json(f"{SITE}/api/v1/users/web_profile_info/?username={name}")
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    data = found.field("data")
    if isinstance(data, dict) and "user" in data and data["user"] is None:
        return kit.not_found(found.page, RULE)
    user = found.field("data", "user")
    if not isinstance(user, dict):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    return _user(user, kit.Proof(found.page, RULE), ask)


def _user(user: kit.Json, proof: kit.Proof, ask: kit.Ask) -> kit.Profile:
    handle, about = kit.name_of(user.get("username")), kit.text_of(user.get("biography"))
    private = user.get("is_private") is True
    return kit.Profile(
        standing=kit.Standing.PRIVATE if private else kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {about}"),),
        url=f"{SITE}/{handle}" if handle else "",
        handle=handle,
        account=kit.text_of(user.get("fbid")),
        name=kit.text_of(user.get("full_name")),
        about=about,
        audience=proof.count(kit.field(user, "edge_followed_by", "count"), "followers"),
        figures=figures(
            proof,
            kit.field(user, "edge_follow", "count"),
            kit.field(user, "edge_owner_to_timeline_media", "count"),
        ),
        timeline=kit.unread(kit.Outcome.PRIVATE, "the account is private")
        if private
        else _listed(user, proof, ask),
        links=links_in(f"{kit.text_of(user.get('external_url'))} {about}"),
        verified=user.get("is_verified") is True,
    )


def _listed(user: kit.Json, proof: kit.Proof, ask: kit.Ask) -> kit.Timeline | kit.Unknown:
    media = user.get("edge_owner_to_timeline_media")
    nodes = [each.get("node") for each in kit.items(kit.field(media, "edges"))]
    posts = [post for node in nodes if (post := _node(node, proof)) is not None]
    if not posts and kit.field(media, "count") != 0:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no posts where they used to be")
    more = kit.field(media, "page_info", "has_next_page") is not False
    return kit.timeline_of(posts, ask, truncated=bool(posts) and more)


def better(
    told: kit.Profile | kit.Unknown, shown: kit.Profile | kit.Unknown
) -> kit.Profile | kit.Unknown:
    """What the site's own scripts are told, where that is more than the page shows."""
    if isinstance(told, kit.Unknown):
        return shown
    if (
        isinstance(shown, kit.Profile)
        and isinstance(told.audience, kit.Unknown)
        and told.standing is not kit.Standing.MISSING
    ):
        return replace(shown, timeline=told.timeline)
    return told


def _node(node: object, proof: kit.Proof) -> kit.ProfilePost | None:
    """A post as the site's scripts and the embed know it."""
    code = kit.name_of(kit.field(node, "shortcode"))
    made = kit.dated_at(kit.field(node, "taken_at_timestamp")) or _of_code(code)
    if not code or made is None:
        return None
    text = kit.text_of(kit.field(node, "edge_media_to_caption", "edges", 0, "node", "text"))
    return kit.ProfilePost(
        url=f"{SITE}/p/{code}/",
        title=kit.headline(text),
        text=text,
        published=made,
        evidence=proof.dated(made, text),
        format=FORMATS.get(kit.text_of(kit.field(node, "__typename")), "image"),
        interactions=kit.interactions_of(node, _reactions(node)),
    )


def _reactions(node: object) -> kit.Reactions:
    """Where a post counts; the embed and the scripts of the site have names of their own."""
    likes = _LIKED if kit.field(node, _LIKED, "count") is not None else "edge_liked_by"
    comments = (
        _SAID if kit.field(node, _SAID, "count") is not None else "edge_media_to_parent_comment"
    )
    return (
        (kit.Reaction.LIKES, f"{likes}.count"),
        (kit.Reaction.COMMENTS, f"{comments}.count"),
        (kit.Reaction.VIEWS, "video_view_count"),
    )


def _of_code(code: str) -> kit.Dated | None:
    number = id_of_shortcode(code)
    return kit.dated_by_id(time_of_id("instagram", number)) if number is not None else None


def figures(proof: kit.Proof, following: object, posts: object) -> tuple[kit.ProfileFigure, ...]:
    """What an account counts beside its followers."""
    return (
        proof.figure(kit.Count.FOLLOWING, following),
        proof.figure(kit.Count.POSTS, posts),
    )
