"""A Vimeo user, channel or group by the official API (developer.vimeo.com/api/reference)."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from scrapers.parse.urls import links_in
from scrapers.platforms import kit

RULE = "platform.vimeo"
KEY = kit.Key(
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
    (kit.Reaction.LIKES, "metadata.connections.likes.total"),
    (kit.Reaction.COMMENTS, "metadata.connections.comments.total"),
    (kit.Reaction.VIEWS, "stats.plays"),
)
"""Plays are null where the owner does not show them."""


def official(ask: kit.Ask, place: str) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read who it is, then all videos back to the start of the window."""
    found = yield from kit.ask_json(f"{_API}/{place}?fields={_HEAD}", key=KEY)
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    if not found.text("uri"):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    proof, name = kit.Proof(found.page, RULE), found.text("name")
    about = found.text("bio") or found.text("description")
    link = kit.own_site_of(found.field("link"), "vimeo.com")
    followed = "followers" if place.startswith("users/") else "users"
    sites = (kit.site_in(each.get("link")) for each in found.items("websites"))
    profile = kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {found.text('uri')}"),),
        url=link,
        handle=link.rpartition("/")[2],
        account=found.text("uri").rpartition("/")[2],
        name=name,
        about=about,
        audience=proof.count(_total(found, followed), "followers"),
        figures=(proof.figure(kit.Count.VIDEOS, _total(found, "videos")),),
        links=kit.distinct(*sites, links_in(about)),
        created_at=kit.time_of(found.field("created_time")),
        community=place.startswith(_GROUP),
    )
    return replace(profile, timeline=(yield from _videos(ask, place)))


def _total(found: kit.JsonAnswer, connection: str) -> object:
    return found.field("metadata", "connections", connection, "total")


def _videos(ask: kit.Ask, place: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the videos; in a group others show theirs, and no texts are kept."""
    url = f"{_API}/{place}/videos?sort=date&direction=desc&per_page=100&page="
    more = f"&fields={_VIDEO}"
    listing = kit.Listing(
        first=f"{url}1{more}",
        items=partial(_posts, texts=not place.startswith(_GROUP)),
        after=lambda found, part: f"{url}{part + 1}{more}" if found.text("paging", "next") else "",
        within=("data",),
        what="videos",
        ask=partial(kit.ask_json, key=KEY),
    )
    return kit.read_posts(ask, listing)


def _posts(found: kit.JsonAnswer, *, texts: bool) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, RULE)
    for each in found.items("data"):
        if (post := _post(proof, each)) is not None:
            yield post if texts else replace(post, text="")


def _post(proof: kit.Proof, said: kit.Json) -> kit.ProfilePost | None:
    made = kit.dated_at(said.get("release_time")) or kit.dated_at(said.get("created_time"))
    url, title = kit.own_site_of(said.get("link"), "vimeo.com"), kit.text_of(said.get("name"))
    if made is None or not url:
        return None
    return kit.ProfilePost(
        url=url,
        title=title,
        text=kit.text_of(said.get("description")),
        published=made,
        evidence=proof.dated(made, title),
        format="video",
        language=kit.language_of(said.get("language")),
        interactions=kit.interactions_of(said, _REACTIONS),
    )
