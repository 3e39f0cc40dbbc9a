"""Flickr's API: photos with their dates and counts, and groups.

Facts: https://www.flickr.com/services/api/ (urls.lookupUser, people.getPublicPhotos,
urls.lookupGroup, groups.getInfo).
"""

from collections.abc import Iterator
from urllib.parse import urlencode

from audit.model.exchange import Failure, Key
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
from scrapers.parse.urls import links_in
from scrapers.parse.values import instant, name_of, text_of, whole
from scrapers.platforms.kit.base import Answer, Ask, Steps, answer, failed
from scrapers.platforms.kit.paging import Listing, paged
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, gone, why

KEY = Key(
    variables=("FLICKR_API_KEY",),
    host="api.flickr.com",
    query="api_key={FLICKR_API_KEY}",
    adds="all photos with views, favourites and comments; members of groups",
)
RULE = "platform.flickr"
SIZE = 500
_REST = "https://api.flickr.com/services/rest/"
_EXTRAS = "date_upload,views,count_faves,count_comments,media"
_REACTIONS = (
    (Reaction.LIKES, "count_faves"),
    (Reaction.COMMENTS, "count_comments"),
    (Reaction.VIEWS, "views"),
)


def call(method: str, **values: str | int) -> Steps[Answer | Failure]:
    """Call a method; what the interface itself refuses is a failure with its words."""
    query = {"method": f"flickr.{method}", "format": "json", "nojsoncallback": 1, **values}
    found = yield from answer(f"{_REST}?{urlencode(query)}", key=KEY)
    if isinstance(found, Failure) or found.text("stat") == "ok":
        return found
    return failed(found.page, found.text("message") or "not what this interface answers")


def number_of(ask: Ask) -> Steps[str | Profile | Unknown]:
    """The number (NSID) behind an address of photos."""
    found = yield from call("urls.lookupUser", url=f"https://www.flickr.com/photos/{ask.handle}/")
    if isinstance(found, Failure):
        lost = b"User not found" in found.body
        return gone(found, RULE, "the platform knows no such user") if lost else why(found)
    return found.text("user", "id") or unread(Outcome.PARSE_FAILED, "no number of this user")


def photos(ask: Ask, number: str, handle: str) -> Steps[Timeline | Unknown]:
    """Page back through the photos until the window is covered."""
    listing = Listing(
        first="1",
        items=lambda found: _listed(found, handle),
        after=lambda found, part: str(part + 1) if part < _parts(found) else "",
        within=("photos", "photo"),
        what="photos",
        ask=lambda part: call(
            "people.getPublicPhotos", user_id=number, extras=_EXTRAS, per_page=SIZE, page=part
        ),
    )
    return paged(ask, listing)


def _parts(found: Answer) -> int:
    return whole(found.at("photos", "pages")) or 0


def _listed(found: Answer, handle: str) -> Iterator[ProfilePost]:
    proof = Proof(found.page, RULE)
    for each in found.listed("photos", "photo"):
        key, made = name_of(each.get("id")), instant(each.get("dateupload"))
        if not key:
            continue
        title = text_of(each.get("title")) or f"photo {key}"
        yield ProfilePost(
            url=f"https://www.flickr.com/photos/{handle}/{key}/",
            title=title,
            published=made,
            evidence=proof.dated(made, title),
            format="video" if each.get("media") == "video" else "image",
            interactions=interactions(each, _REACTIONS),
        )


def group(ask: Ask) -> Steps[Profile | Unknown]:
    """Read a group: its name, its members, the number of its photos; who wrote is not kept."""
    named = yield from call("urls.lookupGroup", url=f"https://www.flickr.com/groups/{ask.handle}/")
    if isinstance(named, Failure):
        lost = b"Group not found" in named.body
        return gone(named, RULE, "the platform knows no such group") if lost else why(named)
    number = named.text("group", "id")
    found = yield from call("groups.getInfo", group_id=number)
    if isinstance(found, Failure):
        return why(found)
    proof, name = Proof(found.page, RULE), found.text("group", "name", "_content")
    about = found.text("group", "description", "_content")
    members = proof.count(found.at("group", "members", "_content"), "members")
    pool = proof.count(found.at("group", "pool_count", "_content"), "photos")
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"group {name}"),),
        account=number,
        name=name,
        about=about,
        audience=members,
        figures=(
            ProfileFigure(count=Count.MEMBERS, value=members),
            ProfileFigure(count=Count.PHOTOS, value=pool),
        ),
        links=links_in(about),
        community=True,
    )
