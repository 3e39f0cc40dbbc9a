"""Twitch: the public page gives a name at most; followers and videos need the Helix API.

Source: dev.twitch.tv/docs/api/reference. Without a key a page that shows no name proves nothing:
Twitch draws the same page for channels that are not there.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from scrapers.parse.html import read_html
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

KEY = kit.Key(
    variables=("TWITCH_CLIENT_ID", "TWITCH_CLIENT_SECRET"),
    host="api.twitch.tv",
    headers=("Client-Id: {TWITCH_CLIENT_ID}", "Authorization: Bearer {token}"),
    grant="https://id.twitch.tv/oauth2/token",
    adds="followers, description, and the videos that Twitch still keeps, with views",
)
_API = "https://api.twitch.tv/helix"
_RULE = "platform.twitch"


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read by the key where there is one, else the name of the channel."""
    if ask.has(KEY):
        return (yield from _official(ask))
    found = yield from kit.ask_page(ask.url)
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    document = read_html(found)
    name = document.meta("og:title").removesuffix(" - Twitch").strip()
    if name.casefold() in ("", "twitch"):
        return kit.needs_key(KEY, "the page shows no channel to readers without a login")
    about = document.meta("og:description")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(kit.Proof(found, _RULE).of(f"{name}: {about}"),),
        name=name,
        about=about,
        audience=kit.needs_key(KEY, "followers"),
        timeline=kit.needs_key(KEY, "videos"),
        links=links_in(about),
    )


def _official(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    found = yield from kit.ask_json(f"{_API}/users?login={quote(ask.handle.casefold())}", key=KEY)
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    account, login = found.text("data", 0, "id"), kit.name_of(found.field("data", 0, "login"))
    if found.field("data") == []:
        return kit.not_found(found.page, _RULE, "Twitch knows no such user, or has suspended it")
    if not account or not login:
        return kit.reason_of(kit.bad_content(found.page, "no user where it used to be"))
    name, about = found.text("data", 0, "display_name"), found.text("data", 0, "description")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(kit.Proof(found.page, _RULE).of(f"{name}: {about}"),),
        url=f"https://www.twitch.tv/{login}",
        handle=login,
        account=account,
        name=name,
        about=about,
        audience=(yield from _followers(account)),
        timeline=(yield from _videos(ask, account)),
        links=links_in(about),
        created_at=kit.time_of(found.field("data", 0, "created_at")),
        verified=found.text("data", 0, "broadcaster_type") == "partner",
    )


def _followers(account: str) -> kit.Steps[kit.Known[int] | kit.Unknown]:
    """The total alone: the list is for moderators and is not asked for."""
    found = yield from kit.ask_json(
        f"{_API}/channels/followers?broadcaster_id={quote(account)}&first=1", key=KEY
    )
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    return kit.Proof(found.page, _RULE).count(found.field("total"), "followers")


def _videos(ask: kit.Ask, account: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the videos; past broadcasts vanish after weeks, so it is never all."""
    url = f"{_API}/videos?user_id={quote(account)}&sort=time&first=100"
    listing = kit.Listing(
        first=url,
        items=_posts,
        after=lambda found, _: kit.at_cursor(url, "after", found.text("pagination", "cursor")),
        within=("data",),
        what="videos",
        ask=partial(kit.ask_json, key=KEY),
    )
    found = yield from kit.read_posts(ask, listing)
    return replace(found, truncated=True) if isinstance(found, kit.Timeline) else found


def _posts(found: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, _RULE)
    for video in found.items("data"):
        made = kit.dated_at(video.get("published_at")) or kit.dated_at(video.get("created_at"))
        key, title = kit.name_of(video.get("id")), kit.text_of(video.get("title"))
        if made is None or not key:
            continue
        yield kit.ProfilePost(
            url=f"https://www.twitch.tv/videos/{key}",
            title=title,
            text=kit.text_of(video.get("description")),
            published=made,
            evidence=proof.dated(made, title),
            format="video",
            language=kit.language_of(video.get("language")),
            interactions=kit.interactions_of(video, ((kit.Reaction.VIEWS, "view_count"),)),
        )


PLATFORM = kit.Platform(
    name="twitch",
    read=read,
    public="name and description",
    confidence=kit.Confidence.UNVERIFIED,
    keys=(KEY,),
)
