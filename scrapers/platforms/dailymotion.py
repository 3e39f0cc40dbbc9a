"""Dailymotion: followers, views and videos by the platform's open API.

Facts: https://developers.dailymotion.com/v0/reference/user-fields (public data without a key, lists
of 1,000 at most).
"""

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from scrapers.parse.urls import links_in
from scrapers.platforms import kit

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
    (kit.Count.FOLLOWING, "following_total"),
    (kit.Count.VIDEOS, "videos_total"),
    (kit.Count.VIEWS, "views_total"),
)
_REACTIONS = ((kit.Reaction.LIKES, "likes_total"), (kit.Reaction.VIEWS, "views_total"))


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the profile, then its videos back to the start of the window."""
    found = yield from kit.ask_json(f"{API}/{quote(ask.handle)}?fields={quote(PROFILE)}")
    if isinstance(found, kit.Failure):
        return kit.refused_by(found, _RULE)
    account, handle = found.text("id"), kit.name_of(found.field("username"))
    if not account:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    if ask.handle.casefold() == account.casefold():
        handle = ""
    proof = kit.Proof(found.page, _RULE)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{handle or account}: {found.text('screenname')}"),),
        url=f"https://www.dailymotion.com/{handle}" if handle else "",
        handle=handle,
        account=account,
        name=found.text("screenname"),
        about=found.text("description"),
        audience=proof.count(found.field("followers_total"), "followers"),
        figures=tuple(proof.figure(count, found.field(key)) for count, key in _FIGURES),
        timeline=(yield from _posts(ask, account)),
        links=(*links_in(found.text("description")), *kit.site_in(found.field("website_url"))),
        created_at=kit.time_of(found.field("created_time")),
        verified=found.field("verified") is True,
    )


def _posts(ask: kit.Ask, account: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the videos until the window is covered."""
    url = f"{API}/{quote(account)}/videos?fields={quote(VIDEO)}&sort=recent&limit=100&page="
    listing = kit.Listing(
        first=f"{url}1", items=_listed, after=partial(_after, url), within=("list",)
    )
    return kit.read_posts(ask, listing)


def _after(url: str, found: kit.JsonAnswer, number: int) -> str | None:
    if found.field("has_more") is not True:
        return ""
    return f"{url}{number + 1}" if number < REACHABLE else None


def _listed(found: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, _RULE)
    for each in found.items("list"):
        key, title = kit.name_of(each.get("id")), kit.text_of(each.get("title"))
        made = kit.dated_at(each.get("created_time"))
        if not key or not title:
            continue
        yield kit.ProfilePost(
            url=f"https://www.dailymotion.com/video/{key}",
            title=title,
            text=kit.text_of(each.get("description")),
            published=made,
            evidence=proof.dated(made, title),
            format="video",
            language=kit.language_of(each.get("language")),
            interactions=kit.interactions_of(each, _REACTIONS),
        )


PLATFORM = kit.Platform(
    name="dailymotion",
    read=read,
    public="followers, number of videos, views, videos back to the start of the window, likes",
    confidence=kit.Confidence.DOCUMENTED,
)
