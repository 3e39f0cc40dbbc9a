"""Flickr's API: photos with their dates and counts, and groups.

Facts: https://www.flickr.com/services/api/ (urls.lookupUser, people.getPublicPhotos,
urls.lookupGroup, groups.getInfo).
"""

from collections.abc import Iterator
from urllib.parse import urlencode

from scrapers.parse.urls import links_in
from scrapers.platforms import kit

KEY = kit.Key(
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
    (kit.Reaction.LIKES, "count_faves"),
    (kit.Reaction.COMMENTS, "count_comments"),
    (kit.Reaction.VIEWS, "views"),
)


def call(method: str, **values: str | int) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
    """Call a method; what the interface itself refuses is a failure with its words."""
    query = {"method": f"flickr.{method}", "format": "json", "nojsoncallback": 1, **values}
    found = yield from kit.ask_json(f"{_REST}?{urlencode(query)}", key=KEY)
    if isinstance(found, kit.Failure) or found.text("stat") == "ok":
        return found
    return kit.bad_content(found.page, found.text("message") or "not what this interface answers")


def number_of(ask: kit.Ask) -> kit.Steps[str | kit.Profile | kit.Unknown]:
    """The number (NSID) behind an address of photos."""
    found = yield from call("urls.lookupUser", url=f"https://www.flickr.com/photos/{ask.handle}/")
    if isinstance(found, kit.Failure):
        lost = b"User not found" in found.body
        return (
            kit.not_found(found, RULE, "the platform knows no such user")
            if lost
            else kit.reason_of(found)
        )
    return found.text("user", "id") or kit.unread(
        kit.Outcome.PARSE_FAILED, "no number of this user"
    )


def photos(ask: kit.Ask, number: str, handle: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the photos until the window is covered."""
    listing = kit.Listing(
        first="1",
        items=lambda found: _listed(found, handle),
        after=lambda found, part: str(part + 1) if part < _parts(found) else "",
        within=("photos", "photo"),
        what="photos",
        ask=lambda part: call(
            "people.getPublicPhotos", user_id=number, extras=_EXTRAS, per_page=SIZE, page=part
        ),
    )
    return kit.read_posts(ask, listing)


def _parts(found: kit.JsonAnswer) -> int:
    return kit.count_of(found.field("photos", "pages")) or 0


def _listed(found: kit.JsonAnswer, handle: str) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, RULE)
    for each in found.items("photos", "photo"):
        key, made = kit.name_of(each.get("id")), kit.dated_at(each.get("dateupload"))
        if not key:
            continue
        title = kit.text_of(each.get("title")) or f"photo {key}"
        yield kit.ProfilePost(
            url=f"https://www.flickr.com/photos/{handle}/{key}/",
            title=title,
            published=made,
            evidence=proof.dated(made, title),
            format="video" if each.get("media") == "video" else "image",
            interactions=kit.interactions_of(each, _REACTIONS),
        )


def group(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read a group: its name, its members, the number of its photos; who wrote is not kept."""
    named = yield from call("urls.lookupGroup", url=f"https://www.flickr.com/groups/{ask.handle}/")
    if isinstance(named, kit.Failure):
        lost = b"Group not found" in named.body
        return (
            kit.not_found(named, RULE, "the platform knows no such group")
            if lost
            else kit.reason_of(named)
        )
    number = named.text("group", "id")
    found = yield from call("groups.getInfo", group_id=number)
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    proof, name = kit.Proof(found.page, RULE), found.text("group", "name", "_content")
    about = found.text("group", "description", "_content")
    members = proof.count(found.field("group", "members", "_content"), "members")
    pool = proof.count(found.field("group", "pool_count", "_content"), "photos")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"group {name}"),),
        account=number,
        name=name,
        about=about,
        audience=members,
        figures=(
            kit.ProfileFigure(count=kit.Count.MEMBERS, value=members),
            kit.ProfileFigure(count=kit.Count.PHOTOS, value=pool),
        ),
        links=links_in(about),
        community=True,
    )
