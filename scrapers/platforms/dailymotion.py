"""Dailymotion: followers, views and videos by the platform's open API.

Facts: https://developers.dailymotion.com/v0/reference/user-fields (public data without a key, lists
of 1,000 at most).
"""

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from audit.model.exchange import Failure
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
from scrapers.parse.values import instant, language_of, name_of, site_of, text_of, time_of
from scrapers.platforms.kit.base import Answer, Ask, Confidence, Platform, Steps, answer
from scrapers.platforms.kit.paging import Listing, paged
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, refused

API = "https://api.dailymotion.com/user"
PROFILE = (
    "id,username,screenname,description,created_time,followers_total,following_total,"
    "videos_total,views_total,verified,website_url"
)
VIDEO = "id,title,description,created_time,language,likes_total,views_total"
REACHABLE = 10
"""Pages of a list; no list is given beyond 1,000."""

_RULE = "platform.dailymotion"
_FIGURES = (
    (Count.FOLLOWING, "following_total"),
    (Count.VIDEOS, "videos_total"),
    (Count.VIEWS, "views_total"),
)
_REACTIONS = ((Reaction.LIKES, "likes_total"), (Reaction.VIEWS, "views_total"))


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the profile, then its videos back to the start of the window."""
    found = yield from answer(f"{API}/{quote(ask.handle)}?fields={quote(PROFILE)}")
    if isinstance(found, Failure):
        return refused(found, _RULE)
    account, handle = found.text("id"), name_of(found.at("username"))
    if not account:
        return unread(Outcome.PARSE_FAILED, "no account where it used to be")
    if ask.handle.casefold() == account.casefold():
        handle = ""
    proof = Proof(found.page, _RULE)
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{handle or account}: {found.text('screenname')}"),),
        url=f"https://www.dailymotion.com/{handle}" if handle else "",
        handle=handle,
        account=account,
        name=found.text("screenname"),
        about=found.text("description"),
        audience=proof.count(found.at("followers_total"), "followers"),
        figures=tuple(proof.figure(count, found.at(key)) for count, key in _FIGURES),
        timeline=(yield from _posts(ask, account)),
        links=(*links_in(found.text("description")), *site_of(found.at("website_url"))),
        created_at=time_of(found.at("created_time")),
        verified=found.at("verified") is True,
    )


def _posts(ask: Ask, account: str) -> Steps[Timeline | Unknown]:
    """Page back through the videos until the window is covered."""
    url = f"{API}/{quote(account)}/videos?fields={quote(VIDEO)}&sort=recent&limit=100&page="
    listing = Listing(first=f"{url}1", items=_listed, after=partial(_after, url), within=("list",))
    return paged(ask, listing)


def _after(url: str, found: Answer, number: int) -> str | None:
    if found.at("has_more") is not True:
        return ""
    return f"{url}{number + 1}" if number < REACHABLE else None


def _listed(found: Answer) -> Iterator[ProfilePost]:
    proof = Proof(found.page, _RULE)
    for each in found.listed("list"):
        key, title = name_of(each.get("id")), text_of(each.get("title"))
        made = instant(each.get("created_time"))
        if not key or not title:
            continue
        yield ProfilePost(
            url=f"https://www.dailymotion.com/video/{key}",
            title=title,
            text=text_of(each.get("description")),
            published=made,
            evidence=proof.dated(made, title),
            format="video",
            language=language_of(each.get("language")),
            interactions=interactions(each, _REACTIONS),
        )


PLATFORM = Platform(
    name="dailymotion",
    read=read,
    public="followers, number of videos, views, videos back to the start of the window, likes",
    confidence=Confidence.DOCUMENTED,
)
