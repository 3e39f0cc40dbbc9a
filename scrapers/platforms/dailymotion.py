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
    answer = yield from kit.ask_json(f"{API}/{quote(ask.handle)}?fields={quote(PROFILE)}")
    if isinstance(answer, kit.Failure):
        return kit.refused_by(answer, _RULE)
    account, handle = answer.text("id"), kit.name_of(answer.field("username"))
    if not account:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    # An address may hold the account's id in place of its name: then it stays as it was given.
    if ask.handle.casefold() == account.casefold():
        handle = ""
    proof = kit.Proof(answer.page, _RULE)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{handle or account}: {answer.text('screenname')}"),),
        url=f"https://www.dailymotion.com/{handle}" if handle else "",
        handle=handle,
        account=account,
        name=answer.text("screenname"),
        about=answer.text("description"),
        audience=proof.count(answer.field("followers_total"), "followers"),
        figures=tuple(proof.figure(count, answer.field(key)) for count, key in _FIGURES),
        timeline=(yield from _posts(ask, account)),
        links=(*links_in(answer.text("description")), *kit.site_in(answer.field("website_url"))),
        created_at=kit.time_of(answer.field("created_time")),
        verified=answer.field("verified") is True,
        shows=(kit.ProfilePart.BIOGRAPHY, kit.ProfilePart.LINK, kit.ProfilePart.VERIFIED),
    )


def _posts(ask: kit.Ask, account: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the videos until the window is covered."""
    url = f"{API}/{quote(account)}/videos?fields={quote(VIDEO)}&sort=recent&limit=100&page="
    listing = kit.Listing(
        first=f"{url}1", items=_videos, after=partial(_after, url), within=("list",)
    )
    return kit.read_posts(ask, listing)


def _after(url: str, answer: kit.JsonAnswer, number: int) -> str | None:
    """Return the address of the next page: "" after the last, None where no more are given."""
    if answer.field("has_more") is not True:
        return ""
    return f"{url}{number + 1}" if number < REACHABLE else None


def _videos(answer: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    """Give the videos of a page; those without an id or a title are left out."""
    proof = kit.Proof(answer.page, _RULE)
    for video in answer.items("list"):
        key, title = kit.name_of(video.get("id")), kit.text_of(video.get("title"))
        published = kit.dated_at(video.get("created_time"))
        if not key or not title:
            continue
        yield kit.ProfilePost(
            url=f"https://www.dailymotion.com/video/{key}",
            title=title,
            text=kit.text_of(video.get("description")),
            published=published,
            evidence=proof.dated(published, title),
            format="video",
            language=kit.language_of(video.get("language")),
            interactions=kit.interactions_of(video, _REACTIONS),
        )


PLATFORM = kit.Platform(
    name="dailymotion",
    read=read,
    public="followers, number of videos, views, videos back to the start of the window, likes",
    confidence=kit.Confidence.DOCUMENTED,
)
