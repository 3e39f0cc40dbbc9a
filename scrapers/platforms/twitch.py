"""Twitch: the public page gives a name at most; followers and videos need the Helix API.

Source: dev.twitch.tv/docs/api/reference. Without a key a page that shows no name proves nothing:
Twitch draws the same page for channels that are not there.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from audit.model.exchange import Failure, Key
from audit.model.profile import (
    Profile,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
)
from audit.model.value import Known, Unknown
from scrapers.parse.html import read_html
from scrapers.parse.urls import links_in
from scrapers.parse.values import instant, language_of, name_of, text_of, time_of
from scrapers.platforms.kit.base import (
    Answer,
    Ask,
    Confidence,
    Platform,
    Steps,
    answer,
    failed,
    page,
)
from scrapers.platforms.kit.paging import Listing, onward, paged
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, gone, needs, why

KEY = Key(
    variables=("TWITCH_CLIENT_ID", "TWITCH_CLIENT_SECRET"),
    host="api.twitch.tv",
    headers=("Client-Id: {TWITCH_CLIENT_ID}", "Authorization: Bearer {token}"),
    grant="https://id.twitch.tv/oauth2/token",
    adds="followers, description, and the videos that Twitch still keeps, with views",
)
_API = "https://api.twitch.tv/helix"
_RULE = "platform.twitch"


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read by the key where there is one, else the name of the channel."""
    if ask.has(KEY):
        return (yield from _official(ask))
    found = yield from page(ask.url)
    if isinstance(found, Failure):
        return why(found)
    document = read_html(found)
    name = document.meta("og:title").removesuffix(" - Twitch").strip()
    if name.casefold() in ("", "twitch"):
        return needs(KEY, "the page shows no channel to readers without a login")
    about = document.meta("og:description")
    return Profile(
        standing=Standing.LIVE,
        evidence=(Proof(found, _RULE).of(f"{name}: {about}"),),
        name=name,
        about=about,
        audience=needs(KEY, "followers"),
        timeline=needs(KEY, "videos"),
        links=links_in(about),
    )


def _official(ask: Ask) -> Steps[Profile | Unknown]:
    found = yield from answer(f"{_API}/users?login={quote(ask.handle.casefold())}", key=KEY)
    if isinstance(found, Failure):
        return why(found)
    account, login = found.text("data", 0, "id"), name_of(found.at("data", 0, "login"))
    if found.at("data") == []:
        return gone(found.page, _RULE, "Twitch knows no such user, or has suspended it")
    if not account or not login:
        return why(failed(found.page, "no user where it used to be"))
    name, about = found.text("data", 0, "display_name"), found.text("data", 0, "description")
    return Profile(
        standing=Standing.LIVE,
        evidence=(Proof(found.page, _RULE).of(f"{name}: {about}"),),
        url=f"https://www.twitch.tv/{login}",
        handle=login,
        account=account,
        name=name,
        about=about,
        audience=(yield from _followers(account)),
        timeline=(yield from _videos(ask, account)),
        links=links_in(about),
        created_at=time_of(found.at("data", 0, "created_at")),
        verified=found.text("data", 0, "broadcaster_type") == "partner",
    )


def _followers(account: str) -> Steps[Known[int] | Unknown]:
    """The total alone: the list is for moderators and is not asked for."""
    found = yield from answer(
        f"{_API}/channels/followers?broadcaster_id={quote(account)}&first=1", key=KEY
    )
    if isinstance(found, Failure):
        return why(found)
    return Proof(found.page, _RULE).count(found.at("total"), "followers")


def _videos(ask: Ask, account: str) -> Steps[Timeline | Unknown]:
    """Page back through the videos; past broadcasts vanish after weeks, so it is never all."""
    url = f"{_API}/videos?user_id={quote(account)}&sort=time&first=100"
    listing = Listing(
        first=url,
        items=_posts,
        after=lambda found, _: onward(url, "after", found.text("pagination", "cursor")),
        within=("data",),
        what="videos",
        ask=partial(answer, key=KEY),
    )
    found = yield from paged(ask, listing)
    return replace(found, truncated=True) if isinstance(found, Timeline) else found


def _posts(found: Answer) -> Iterator[ProfilePost]:
    proof = Proof(found.page, _RULE)
    for video in found.listed("data"):
        made = instant(video.get("published_at")) or instant(video.get("created_at"))
        key, title = name_of(video.get("id")), text_of(video.get("title"))
        if made is None or not key:
            continue
        yield ProfilePost(
            url=f"https://www.twitch.tv/videos/{key}",
            title=title,
            text=text_of(video.get("description")),
            published=made,
            evidence=proof.dated(made, title),
            format="video",
            language=language_of(video.get("language")),
            interactions=interactions(video, ((Reaction.VIEWS, "view_count"),)),
        )


PLATFORM = Platform(
    name="twitch",
    read=read,
    public="name and description",
    confidence=Confidence.UNVERIFIED,
    keys=(KEY,),
)
