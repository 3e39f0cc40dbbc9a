"""A Vimeo user, channel or group by the official API (developer.vimeo.com/api/reference)."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from audit.model.exchange import Failure, Key
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Unknown
from scrapers.parse.urls import links_in
from scrapers.parse.values import (
    Json,
    instant,
    language_of,
    once,
    own_site_of,
    site_of,
    text_of,
    time_of,
)
from scrapers.platforms.kit.base import Answer, Ask, Steps, answer
from scrapers.platforms.kit.paging import Listing, paged
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, why

RULE = "platform.vimeo"
KEY = Key(
    variables=("VIMEO_ACCESS_TOKEN",),
    host="api.vimeo.com",
    headers=(
        "Authorization: bearer {VIMEO_ACCESS_TOKEN}",
        "Accept: application/vnd.vimeo.*+json;version=3.4",
    ),
    adds="all videos of the window with plays, likes and comments",
)
_API = "https://api.vimeo.com"
_GROUP = "groups/"
_HEAD = (
    "uri,name,link,bio,description,created_time,websites.link,"
    "metadata.connections.followers.total,metadata.connections.users.total,"
    "metadata.connections.videos.total"
)
_VIDEO = (
    "name,description,link,language,created_time,release_time,stats.plays,"
    "metadata.connections.likes.total,metadata.connections.comments.total"
)
_REACTIONS = (
    (Reaction.LIKES, "metadata.connections.likes.total"),
    (Reaction.COMMENTS, "metadata.connections.comments.total"),
    (Reaction.VIEWS, "stats.plays"),
)
"""Plays are null where the owner does not show them."""


def official(ask: Ask, place: str) -> Steps[Profile | Unknown]:
    """Read who it is, then all videos back to the start of the window."""
    found = yield from answer(f"{_API}/{place}?fields={_HEAD}", key=KEY)
    if isinstance(found, Failure):
        return why(found)
    if not found.text("uri"):
        return unread(Outcome.PARSE_FAILED, "no account where it used to be")
    proof, name = Proof(found.page, RULE), found.text("name")
    about = found.text("bio") or found.text("description")
    link = own_site_of(found.at("link"), "vimeo.com")
    followed = "followers" if place.startswith("users/") else "users"
    sites = (site_of(each.get("link")) for each in found.listed("websites"))
    profile = Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}: {found.text('uri')}"),),
        url=link,
        handle=link.rpartition("/")[2],
        account=found.text("uri").rpartition("/")[2],
        name=name,
        about=about,
        audience=proof.count(_total(found, followed), "followers"),
        figures=(proof.figure(Count.VIDEOS, _total(found, "videos")),),
        links=once(*sites, links_in(about)),
        created_at=time_of(found.at("created_time")),
        community=place.startswith(_GROUP),
    )
    return replace(profile, timeline=(yield from _videos(ask, place)))


def _total(found: Answer, connection: str) -> object:
    return found.at("metadata", "connections", connection, "total")


def _videos(ask: Ask, place: str) -> Steps[Timeline | Unknown]:
    """Page back through the videos; in a group others show theirs, and no texts are kept."""
    url = f"{_API}/{place}/videos?sort=date&direction=desc&per_page=100&page="
    more = f"&fields={_VIDEO}"
    listing = Listing(
        first=f"{url}1{more}",
        items=partial(_posts, texts=not place.startswith(_GROUP)),
        after=lambda found, part: f"{url}{part + 1}{more}" if found.text("paging", "next") else "",
        within=("data",),
        what="videos",
        ask=partial(answer, key=KEY),
    )
    return paged(ask, listing)


def _posts(found: Answer, *, texts: bool) -> Iterator[ProfilePost]:
    proof = Proof(found.page, RULE)
    for each in found.listed("data"):
        if (post := _post(proof, each)) is not None:
            yield post if texts else replace(post, text="")


def _post(proof: Proof, said: Json) -> ProfilePost | None:
    made = instant(said.get("release_time")) or instant(said.get("created_time"))
    url, title = own_site_of(said.get("link"), "vimeo.com"), text_of(said.get("name"))
    if made is None or not url:
        return None
    return ProfilePost(
        url=url,
        title=title,
        text=text_of(said.get("description")),
        published=made,
        evidence=proof.dated(made, title),
        format="video",
        language=language_of(said.get("language")),
        interactions=interactions(said, _REACTIONS),
    )
