"""Read Instagram's posts as its embed and the scripts of its site get them (recorded answers)."""

import re
from collections.abc import Iterable
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
"""The kinds of posts, in the words of the Graph API and in those of the site's own scripts."""
_CONTEXT = re.compile(r'"contextJSON":("(?:[^"\\]++|\\.)*+")')
_LIKES, _LIKES_ELSE = "edge_media_preview_like", "edge_liked_by"
_COMMENTS, _COMMENTS_ELSE = "edge_media_to_comment", "edge_media_to_parent_comment"


def from_embed(answer: kit.Page | kit.Failure, ask: kit.Ask) -> kit.Profile | None:
    """Read the newest posts from what Instagram offers to be embedded elsewhere; None for none.

    The profile holds these posts alone: its counts are not read here.
    """
    if isinstance(answer, kit.Failure):
        return None
    match = _CONTEXT.search(read_html(answer).source)
    if match is None:
        return None
    # The posts are JSON within a text within JSON: the text is decoded first (as the one entry of a
    # list, since `json_of` takes no bare text), then what it holds.
    text = kit.field(kit.json_of(f"[{match[1]}]"), 0)
    context = kit.field(kit.json_of(text) if isinstance(text, str) else None, "context")
    proof = kit.Proof(answer, RULE)
    entries = kit.items(kit.field(context, "graphql_media"))
    posts = _posts((kit.field(entry, "shortcode_media") for entry in entries), proof)
    if not posts:
        return None
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{ask.handle}: {len(posts)} posts"),),
        timeline=kit.timeline_of(posts, ask, truncated=True),
    )


def from_scripts(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the JSON that the site answers to its own scripts (not documented, often refused)."""
    name = quote(ask.handle, safe="")
    answer = yield from kit.ask_json(f"{SITE}/api/v1/users/web_profile_info/?username={name}")
    if isinstance(answer, kit.Failure):
        return kit.reason_of(answer)
    # Of a name that nobody has the answer says `"user": null`; without `user` it says nothing.
    data = answer.field("data")
    if isinstance(data, dict) and "user" in data and data["user"] is None:
        return kit.not_found(answer.page, RULE)
    user = answer.field("data", "user")
    if not isinstance(user, dict):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    return _profile(user, kit.Proof(answer.page, RULE), ask)


def richer(
    scripted: kit.Profile | kit.Unknown, public: kit.Profile | kit.Unknown
) -> kit.Profile | kit.Unknown:
    """Choose between what the site answers to its scripts and what its page shows to everybody.

    The scripts' answer is preferred, as it has exact counts. Where it holds posts but no counts,
    its posts are put to the counts of the page.
    """
    if isinstance(scripted, kit.Unknown):
        return public
    if (
        isinstance(public, kit.Profile)
        and isinstance(scripted.audience, kit.Unknown)
        and scripted.standing is not kit.Standing.MISSING
    ):
        return replace(public, timeline=scripted.timeline)
    return scripted


def figures(proof: kit.Proof, following: object, posts: object) -> tuple[kit.ProfileFigure, ...]:
    """Return what an account counts beside its followers, as numbers or as the page words them."""
    return (
        proof.figure(kit.Count.FOLLOWING, following),
        proof.figure(kit.Count.POSTS, posts),
    )


def _profile(user: kit.Json, proof: kit.Proof, ask: kit.Ask) -> kit.Profile:
    """Return the profile of an account as the site's scripts know it."""
    handle, about = kit.name_of(user.get("username")), kit.text_of(user.get("biography"))
    # A private account still shows its counts; of its posts everybody else gets an empty list.
    private = user.get("is_private") is True
    return kit.Profile(
        standing=kit.Standing.PRIVATE if private else kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {about}"),),
        url=f"{SITE}/{handle}" if handle else "",
        handle=handle,
        # `fbid` is the number that the Graph API has for the account; `id` is the site's own.
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
        else _timeline(user, proof, ask),
        links=links_in(f"{kit.text_of(user.get('external_url'))} {about}"),
        verified=user.get("is_verified") is True,
        shows=(kit.ProfilePart.BIOGRAPHY, kit.ProfilePart.LINK, kit.ProfilePart.VERIFIED),
    )


def _timeline(user: kit.Json, proof: kit.Proof, ask: kit.Ask) -> kit.Timeline | kit.Unknown:
    """Return the newest posts, up to 12; unknown where posts are counted but none is listed."""
    media = user.get("edge_owner_to_timeline_media")
    edges = kit.items(kit.field(media, "edges"))
    posts = _posts((edge.get("node") for edge in edges), proof)
    if not posts and kit.field(media, "count") != 0:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no posts where they used to be")
    more = kit.field(media, "page_info", "has_next_page") is not False
    return kit.timeline_of(posts, ask, truncated=bool(posts) and more)


def _posts(nodes: Iterable[object], proof: kit.Proof) -> list[kit.ProfilePost]:
    """Return the posts of nodes; what is no post is left out."""
    return [post for node in nodes if (post := _post(node, proof)) is not None]


def _post(node: object, proof: kit.Proof) -> kit.ProfilePost | None:
    """Return a post as the site's scripts and the embed know it; None without code or time."""
    code = kit.name_of(kit.field(node, "shortcode"))
    # The number behind the code holds a time, too; of a video that is the beginning of its upload,
    # some minutes early, so the stated time is preferred.
    published = kit.dated_at(kit.field(node, "taken_at_timestamp")) or _time_of_code(code)
    if not code or published is None:
        return None
    text = kit.text_of(kit.field(node, "edge_media_to_caption", "edges", 0, "node", "text"))
    return kit.ProfilePost(
        url=f"{SITE}/p/{code}/",
        title=kit.headline(text),
        text=text,
        published=published,
        evidence=proof.dated(published, text),
        format=FORMATS.get(kit.text_of(kit.field(node, "__typename")), "image"),
        interactions=kit.interactions_of(node, _reactions(node)),
    )


def _reactions(node: object) -> kit.Reactions:
    """Return where a post counts; the embed and the scripts of the site have names of their own."""
    likes = _LIKES if kit.field(node, _LIKES, "count") is not None else _LIKES_ELSE
    comments = _COMMENTS if kit.field(node, _COMMENTS, "count") is not None else _COMMENTS_ELSE
    return (
        (kit.Reaction.LIKES, f"{likes}.count"),
        (kit.Reaction.COMMENTS, f"{comments}.count"),
        (kit.Reaction.VIEWS, "video_view_count"),
    )


def _time_of_code(code: str) -> kit.Dated | None:
    """Return the time that the number behind a shortcode holds; None for what is no shortcode."""
    number = id_of_shortcode(code)
    return kit.dated_by_id(time_of_id("instagram", number)) if number is not None else None
