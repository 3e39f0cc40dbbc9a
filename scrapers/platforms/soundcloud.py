"""SoundCloud: a profile's counts by the data in its page, the tracks by its podcast feed.

Facts: the page's `__sc_hydration` by public tools; users and tracks as recorded answers of the
interface that SoundCloud's own page uses, which is not documented.
"""

from dataclasses import dataclass, replace
from urllib.parse import quote

from audit.model.exchange import Failure, Page
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Unknown
from scrapers.parse.embedded import assigned
from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import links_in
from scrapers.parse.values import Json, at, listed, name_of, object_of, text_of, time_of, whole
from scrapers.platforms._soundcloud_api import API, RULE, tracks
from scrapers.platforms.kit.base import Ask, Confidence, Platform, Steps, answer, feed, page
from scrapers.platforms.kit.podcast import read_show
from scrapers.platforms.kit.proof import Proof, refused, timeline


@dataclass(frozen=True, slots=True)
class _User:
    """What is said of a profile, and on which page."""

    said: Json
    proof: Proof
    client: str = ""


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the profile's page, then its tracks."""
    url = f"https://soundcloud.com/{quote(ask.handle)}"
    found = yield from page(url)
    if isinstance(found, Failure):
        return refused(found, RULE)
    user = _hydrated(found)
    if ask.undocumented and user.client and not user.said:
        user = yield from _resolved(user, url)
    number = whole(user.said.get("id"))
    if number is None:
        return unread(Outcome.PARSE_FAILED, "no profile in the page's data where it used to be")
    return _profile(user, number, (yield from _tracks(ask, user, number)))


def _hydrated(found: Page) -> _User:
    document = read_html(found)
    parts = {
        text_of(each.get("hydratable")): each.get("data")
        for each in listed(assigned(document, "__sc_hydration"))
    }
    user = parts.get("user")
    said = object_of(user) or _linked(document)
    client = quote(text_of(at(parts.get("apiClient"), "id")), safe="")
    return _User(said, Proof(found, RULE), client)


def _linked(document: Document) -> Json:
    """The number of the profile that a page names for SoundCloud's own app, and its title."""
    link = document.meta("al:ios:url", "twitter:app:url:iphone")
    number = link.partition("soundcloud://users:")[2]
    return {"id": number, "username": document.meta("og:title")} if number.isdigit() else {}


def _resolved(user: _User, url: str) -> Steps[_User]:
    found = yield from answer(f"{API}/resolve?url={quote(url, safe='')}&client_id={user.client}")
    if isinstance(found, Failure) or found.text("kind") != "user":
        return user
    return _User(object_of(found.said), Proof(found.page, RULE), user.client)


def _profile(user: _User, number: int, tracks: Timeline | Unknown) -> Profile:
    said, proof = user.said, user.proof
    about, handle = text_of(said.get("description")), name_of(said.get("permalink"))
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{handle}: {text_of(said.get('username'))}"),),
        url=f"https://soundcloud.com/{handle}" if handle else "",
        handle=handle,
        account=str(number),
        name=text_of(said.get("username")),
        about=about,
        audience=proof.count(said.get("followers_count"), "followers"),
        figures=(
            proof.figure(Count.FOLLOWING, said.get("followings_count")),
            proof.figure(Count.TRACKS, said.get("track_count")),
        ),
        timeline=tracks,
        links=links_in(about),
        created_at=time_of(said.get("created_at")),
        verified=said.get("verified") is True,
    )


def _tracks(ask: Ask, user: _User, number: int) -> Steps[Timeline | Unknown]:
    if ask.undocumented and user.client:
        found = yield from tracks(ask, user.client, number)
        if isinstance(found, Timeline):
            return found
    return (yield from _fed(ask, user, number))


def _fed(ask: Ask, user: _User, number: int) -> Steps[Timeline | Unknown]:
    """The tracks that the owner lets into the feed; how many are kept out of it is known."""
    found = yield from feed(
        f"https://feeds.soundcloud.com/users/soundcloud:users:{number}/sounds.rss"
    )
    if isinstance(found, Failure):
        return Unknown(reason=found.reason, detail=f"the feed of the tracks: {found.detail}")
    show, total = read_show(found, RULE), whole(user.said.get("track_count"))
    if show is None:
        return unread(Outcome.PARSE_FAILED, "the feed of the tracks is none")
    line = timeline(show.posts, ask, truncated=False)
    return replace(line, truncated=total is None or total > show.listed)


PLATFORM = Platform(
    name="soundcloud",
    read=read,
    public="followers, number of tracks, and the tracks that the owner puts into the feed",
    undocumented="all tracks with plays, likes, reposts and comments (the page's own interface)",
    confidence=Confidence.TOOLS,
)
