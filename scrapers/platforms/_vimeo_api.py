"""A Vimeo user, channel or group by the official API (developer.vimeo.com/api/reference)."""

from collections.abc import Iterator
from dataclasses import replace

from audit.model.access import Key
from audit.model.profile import (
    Count,
    Interaction,
    Profile,
    ProfileFigure,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
)
from audit.model.value import Unknown
from audit.model.web import Failure
from scrapers.parse.urls import links_in
from scrapers.platforms._base import PAGES, Answer, Ask, Steps, answer
from scrapers.platforms._proof import Proof, timeline, why
from scrapers.platforms._values import Json, at, instant, text_of, whole

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


def official(ask: Ask, place: str) -> Steps[Profile | Unknown]:
    """Read who it is, then all videos back to the start of the window."""
    found = yield from answer(f"{_API}/{place}?fields={_HEAD}", key=KEY)
    if isinstance(found, Failure):
        return why(found)
    proof, name = Proof(found.page, RULE), found.text("name")
    about = found.text("bio") or found.text("description")
    link = found.text("link") if found.text("link").startswith("https://vimeo.com/") else ""
    followed = "followers" if place.startswith("users/") else "users"
    began = instant(found.at("created_time"))
    sites = [text_of(each.get("link")) for each in found.listed("websites")]
    profile = Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}: {found.text('uri')}"),),
        url=link,
        handle=link.rpartition("/")[2],
        account=found.text("uri").rpartition("/")[2],
        name=name,
        about=about,
        audience=proof.count(_total(found, followed), "followers"),
        figures=(
            ProfileFigure(count=Count.VIDEOS, value=proof.count(_total(found, "videos"), "videos")),
        ),
        links=tuple(dict.fromkeys((*(site for site in sites if site), *links_in(about)))),
        created_at=began.at if began is not None else None,
        community=place.startswith(_GROUP),
    )
    return replace(profile, timeline=(yield from _videos(ask, place)))


def _total(found: Answer, connection: str) -> object:
    return found.at("metadata", "connections", connection, "total")


def _videos(ask: Ask, place: str) -> Steps[Timeline | Unknown]:
    posts: list[ProfilePost] = []
    for number in range(1, PAGES + 1):
        found = yield from answer(
            f"{_API}/{place}/videos?sort=date&direction=desc&per_page=100&page={number}"
            f"&fields={_VIDEO}",
            key=KEY,
        )
        if isinstance(found, Failure):
            return timeline(posts, ask, truncated=True) if posts else why(found)
        proof = Proof(found.page, RULE)
        written = [post for each in found.listed("data") if (post := _post(proof, each))]
        own = not place.startswith(_GROUP)
        posts += written if own else [replace(post, text="") for post in written]
        more = bool(found.text("paging", "next"))
        oldest = posts[-1].published if posts else None
        if not more or (oldest is not None and oldest.at < ask.since):
            return timeline(posts, ask, truncated=more)
    return timeline(posts, ask, truncated=True)


def _post(proof: Proof, said: Json) -> ProfilePost | None:
    made = instant(said.get("release_time")) or instant(said.get("created_time"))
    url, title = text_of(said.get("link")), text_of(said.get("name"))
    if made is None or not url.startswith("https://"):
        return None
    return ProfilePost(
        url=url,
        title=title,
        text=text_of(said.get("description")),
        published=made,
        evidence=proof.of(f"{made.at:%Y-%m-%d} {title}"),
        format="video",
        language=text_of(said.get("language")).partition("-")[0][:3],
        interactions=tuple(_interactions(said)),
    )


def _interactions(said: Json) -> Iterator[Interaction]:
    """What a video met; plays are null where the owner does not show them."""
    connections = at(said, "metadata", "connections")
    for reaction, count in (
        (Reaction.LIKES, whole(at(connections, "likes", "total"))),
        (Reaction.COMMENTS, whole(at(connections, "comments", "total"))),
        (Reaction.VIEWS, whole(at(said, "stats", "plays"))),
    ):
        if count is not None:
            yield Interaction(reaction=reaction, count=count)
