"""SoundCloud: a profile's counts by the data in its page, the tracks by its podcast feed.

Facts: the page's `__sc_hydration` by public tools; users and tracks as recorded answers of the
interface that SoundCloud's own page uses, which is not documented.
"""

from dataclasses import dataclass, replace
from urllib.parse import quote

from scrapers.parse.embedded import assigned
from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import links_in
from scrapers.platforms import kit
from scrapers.platforms._soundcloud_api import API, RULE, tracks


@dataclass(frozen=True, slots=True)
class _User:
    """What is said of a profile, and on which page."""

    said: kit.Json
    proof: kit.Proof
    client: str = ""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the profile's page, then its tracks."""
    url = f"https://soundcloud.com/{quote(ask.handle)}"
    found = yield from kit.ask_page(url)
    if isinstance(found, kit.Failure):
        return kit.refused_by(found, RULE)
    user = _hydrated(found)
    if ask.undocumented and user.client and not user.said:
        user = yield from _resolved(user, url)
    number = kit.count_of(user.said.get("id"))
    if number is None:
        return kit.unread(
            kit.Outcome.PARSE_FAILED, "no profile in the page's data where it used to be"
        )
    return _profile(user, number, (yield from _tracks(ask, user, number)))


def _hydrated(found: kit.Page) -> _User:
    document = read_html(found)
    parts = {
        kit.text_of(each.get("hydratable")): each.get("data")
        for each in kit.items(assigned(document, "__sc_hydration"))
    }
    user = parts.get("user")
    said = kit.object_of(user) or _linked(document)
    client = quote(kit.text_of(kit.field(parts.get("apiClient"), "id")), safe="")
    return _User(said, kit.Proof(found, RULE), client)


def _linked(document: Document) -> kit.Json:
    """The number of the profile that a page names for SoundCloud's own app, and its title."""
    link = document.meta("al:ios:url", "twitter:app:url:iphone")
    number = link.partition("soundcloud://users:")[2]
    return {"id": number, "username": document.meta("og:title")} if number.isdigit() else {}


def _resolved(user: _User, url: str) -> kit.Steps[_User]:
    found = yield from kit.ask_json(
        f"{API}/resolve?url={quote(url, safe='')}&client_id={user.client}"
    )
    if isinstance(found, kit.Failure) or found.text("kind") != "user":
        return user
    return _User(kit.object_of(found.payload), kit.Proof(found.page, RULE), user.client)


def _profile(user: _User, number: int, tracks: kit.Timeline | kit.Unknown) -> kit.Profile:
    said, proof = user.said, user.proof
    about, handle = kit.text_of(said.get("description")), kit.name_of(said.get("permalink"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{handle}: {kit.text_of(said.get('username'))}"),),
        url=f"https://soundcloud.com/{handle}" if handle else "",
        handle=handle,
        account=str(number),
        name=kit.text_of(said.get("username")),
        about=about,
        audience=proof.count(said.get("followers_count"), "followers"),
        figures=(
            proof.figure(kit.Count.FOLLOWING, said.get("followings_count")),
            proof.figure(kit.Count.TRACKS, said.get("track_count")),
        ),
        timeline=tracks,
        links=links_in(about),
        created_at=kit.time_of(said.get("created_at")),
        verified=said.get("verified") is True,
    )


def _tracks(ask: kit.Ask, user: _User, number: int) -> kit.Steps[kit.Timeline | kit.Unknown]:
    if ask.undocumented and user.client:
        found = yield from tracks(ask, user.client, number)
        if isinstance(found, kit.Timeline):
            return found
    return (yield from _fed(ask, user, number))


def _fed(ask: kit.Ask, user: _User, number: int) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """The tracks that the owner lets into the feed; how many are kept out of it is known."""
    found = yield from kit.ask_feed(
        f"https://feeds.soundcloud.com/users/soundcloud:users:{number}/sounds.rss"
    )
    if isinstance(found, kit.Failure):
        return kit.Unknown(reason=found.reason, detail=f"the feed of the tracks: {found.detail}")
    show, total = kit.read_show(found, RULE), kit.count_of(user.said.get("track_count"))
    if show is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "the feed of the tracks is none")
    line = kit.timeline_of(show.posts, ask, truncated=False)
    return replace(line, truncated=total is None or total > show.listed)


PLATFORM = kit.Platform(
    name="soundcloud",
    read=read,
    public="followers, number of tracks, and the tracks that the owner puts into the feed",
    undocumented="all tracks with plays, likes, reposts and comments (the page's own interface)",
    confidence=kit.Confidence.TOOLS,
)
