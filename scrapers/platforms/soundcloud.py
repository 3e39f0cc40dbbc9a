"""SoundCloud: a profile's counts by the data in its page, the tracks by its podcast feed.

Facts: the page's `__sc_hydration` by public tools; users and tracks as recorded answers of the
interface that SoundCloud's own page uses, which is not documented.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, quote

from scrapers.parse.document import Document
from scrapers.parse.embedded import assigned
from scrapers.parse.html import read_html
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

API = "https://api-v2.soundcloud.com"
_RULE = "platform.soundcloud"
_PARTS = {
    "description": kit.ProfilePart.BIOGRAPHY,
    "verified": kit.ProfilePart.VERIFIED,
}
_REACTIONS = (
    (kit.Reaction.LIKES, "likes_count"),
    (kit.Reaction.COMMENTS, "comment_count"),
    (kit.Reaction.SHARES, "reposts_count"),
    (kit.Reaction.VIEWS, "playback_count"),
)


@dataclass(frozen=True, slots=True)
class _User:
    """A profile as SoundCloud describes it, and the page that does so.

    `fields` are empty where the page describes none; `client` is the id with which SoundCloud's own
    page asks its interface, empty where the page holds none.
    """

    fields: kit.Json
    proof: kit.Proof
    client: str = ""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the profile's page, then its tracks."""
    url = f"https://soundcloud.com/{quote(ask.handle)}"
    page = yield from kit.ask_page(url)
    if isinstance(page, kit.Failure):
        return kit.refused_by(page, _RULE)
    user = _user_in(page)
    if ask.undocumented and user.client and not user.fields:
        user = yield from _resolved(user, url)
    number = kit.count_of(user.fields.get("id"))
    if number is None:
        return kit.unread(
            kit.Outcome.PARSE_FAILED, "no profile in the page's data where it used to be"
        )
    return _profile(user, number, (yield from _tracks(ask, user, number)))


# ---- the page ----


def _user_in(page: kit.Page) -> _User:
    """Read the user and the client's id from the data that the page carries for its scripts."""
    document = read_html(page)
    # `__sc_hydration` is a list of `{"hydratable": NAME, "data": …}`, in no promised order.
    data = {
        kit.text_of(part.get("hydratable")): part.get("data")
        for part in kit.items(assigned(document, "__sc_hydration"))
    }
    fields = kit.object_of(data.get("user")) or _user_in_head(document)
    client = quote(kit.text_of(kit.field(data.get("apiClient"), "id")), safe="")
    return _User(fields, kit.Proof(page, _RULE), client)


def _user_in_head(document: Document) -> kit.Json:
    """Read the profile's number from the link to SoundCloud's own app, and its name from the title.

    The link is `soundcloud://users:NUMBER`; without it the result is empty.
    """
    link = document.meta("al:ios:url", "twitter:app:url:iphone")
    number = link.partition("soundcloud://users:")[2]
    return {"id": number, "username": document.meta("og:title")} if number.isdigit() else {}


def _profile(user: _User, number: int, tracks: kit.Timeline | kit.Unknown) -> kit.Profile:
    """Put together the profile with this number; `tracks` are its posts."""
    fields, proof = user.fields, user.proof
    about, handle = kit.text_of(fields.get("description")), kit.name_of(fields.get("permalink"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{handle}: {kit.text_of(fields.get('username'))}"),),
        url=f"https://soundcloud.com/{handle}" if handle else "",
        handle=handle,
        account=str(number),
        name=kit.text_of(fields.get("username")),
        about=about,
        audience=proof.count(fields.get("followers_count"), "followers"),
        figures=(
            proof.figure(kit.Count.FOLLOWING, fields.get("followings_count")),
            proof.figure(kit.Count.TRACKS, fields.get("track_count")),
        ),
        timeline=tracks,
        links=links_in(about),
        created_at=kit.time_of(fields.get("created_at")),
        verified=fields.get("verified") is True,
        shows=kit.parts_in(fields, _PARTS),
    )


# ---- the tracks ----


def _tracks(ask: kit.Ask, user: _User, number: int) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Read the tracks by the undocumented interface where that is allowed, else by the feed."""
    if ask.undocumented and user.client:
        tracks = yield from _tracks_by_interface(ask, user.client, number)
        if isinstance(tracks, kit.Timeline):
            return tracks
    return (yield from _tracks_by_feed(ask, user, number))


def _tracks_by_feed(
    ask: kit.Ask, user: _User, number: int
) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Read the tracks that the owner lets into the podcast feed."""
    page = yield from kit.ask_feed(
        f"https://feeds.soundcloud.com/users/soundcloud:users:{number}/sounds.rss"
    )
    if isinstance(page, kit.Failure):
        return kit.Unknown(reason=page.reason, detail=f"the feed of the tracks: {page.detail}")
    show, total = kit.read_show(page, _RULE), kit.count_of(user.fields.get("track_count"))
    if show is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "the feed of the tracks is none")
    timeline = kit.timeline_of(show.posts, ask, truncated=False)
    # The owner chooses track by track what goes into the feed; only the profile's own count of
    # tracks tells whether some were kept out.
    return replace(timeline, truncated=total is None or total > show.listed)


# ---- the interface of SoundCloud's own page, which no document describes ----


def _resolved(user: _User, url: str) -> kit.Steps[_User]:
    """Ask for the user behind a profile's address; the user as before where that fails."""
    answer = yield from kit.ask_json(
        f"{API}/resolve?url={quote(url, safe='')}&client_id={user.client}"
    )
    if isinstance(answer, kit.Failure) or answer.text("kind") != "user":
        return user
    return _User(kit.object_of(answer.payload), kit.Proof(answer.page, _RULE), user.client)


def _tracks_by_interface(
    ask: kit.Ask, client: str, number: int
) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the tracks until the window is covered."""
    url = f"{API}/users/{number}/tracks?client_id={client}&limit=100&linked_partitioning=1"
    listing = kit.Listing(
        first=url,
        items=_posts,
        after=lambda answer, _: kit.at_cursor(url, "offset", _offset(answer)),
        within=("collection",),
        what="tracks",
    )
    return kit.read_posts(ask, listing)


def _offset(answer: kit.JsonAnswer) -> str:
    """Return the offset at which the next page begins; empty after the last page."""
    # `next_href` is a whole address; it is not followed, so that an answer cannot send the reader
    # to another host.
    query = parse_qs(answer.text("next_href").partition("?")[2])
    return next(iter(query.get("offset", ())), "")


def _posts(answer: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    """Read one page of tracks."""
    proof = kit.Proof(answer.page, _RULE)
    for track in answer.items("collection"):
        title = kit.text_of(track.get("title"))
        url = kit.own_site_of(track.get("permalink_url"), "soundcloud.com")
        published = kit.dated_at(track.get("display_date")) or kit.dated_at(track.get("created_at"))
        if track.get("kind") != "track" or not title or not url:
            continue
        yield kit.ProfilePost(
            url=url,
            title=title,
            text=kit.text_of(track.get("description")),
            published=published,
            evidence=proof.of(f"{kit.text_of(track.get('display_date'))} {title}"),
            format="audio",
            interactions=kit.interactions_of(track, _REACTIONS),
        )


PLATFORM = kit.Platform(
    name="soundcloud",
    read=read,
    public="followers, number of tracks, and the tracks that the owner puts into the feed",
    undocumented="all tracks with plays, likes, reposts and comments (the page's own interface)",
    confidence=kit.Confidence.TOOLS,
)
