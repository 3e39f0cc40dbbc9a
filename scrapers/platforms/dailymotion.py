"""Dailymotion: followers, views and videos by the platform's open API.

Facts: https://developers.dailymotion.com/v0/reference/user-fields (public data without a key, lists
of 1,000 at most).
"""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from audit.model.profile import (
    Count,
    Interaction,
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
from audit.model.web import Dated, Failure
from scrapers.parse.urls import join, links_in
from scrapers.platforms._base import GONE, Answer, Ask, Confidence, Platform, Steps, answer
from scrapers.platforms._proof import Proof, gone, timeline, why
from scrapers.platforms._values import instant, text_of, whole

API = "https://api.dailymotion.com/user"
PROFILE = (
    "id,username,screenname,description,created_time,followers_total,following_total,"
    "videos_total,views_total,verified,website_url"
)
VIDEO = "id,title,description,created_time,language,likes_total,views_total"
PAGES = 10
_RULE = "platform.dailymotion"
_FIGURES = (
    (Count.FOLLOWING, "following_total"),
    (Count.VIDEOS, "videos_total"),
    (Count.VIEWS, "views_total"),
)


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the profile, then its videos back to the start of the window."""
    found = yield from answer(f"{API}/{quote(ask.handle)}?fields={quote(PROFILE)}")
    if isinstance(found, Failure):
        return gone(found, _RULE) if found.reason in GONE else why(found)
    account, handle = found.text("id"), found.text("username")
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
        figures=tuple(
            ProfileFigure(count=count, value=proof.count(found.at(key), str(count)))
            for count, key in _FIGURES
        ),
        timeline=(yield from _posts(ask, account)),
        links=(*links_in(found.text("description")), *_site(found)),
        created_at=_at(instant(found.at("created_time"))),
        verified=found.at("verified") is True,
    )


def _site(found: Answer) -> tuple[str, ...]:
    url = join(found.text("website_url"), "")
    return (url,) if url is not None else ()


def _at(dated: Dated | None) -> datetime | None:
    return dated.at if dated is not None else None


def _posts(ask: Ask, account: str) -> Steps[Timeline | Unknown]:
    """Page back through the videos until the window is covered."""
    posts: list[ProfilePost] = []
    for number in range(1, PAGES + 1):
        found = yield from answer(
            f"{API}/{quote(account)}/videos?fields={quote(VIDEO)}"
            f"&sort=recent&limit=100&page={number}"
        )
        if isinstance(found, Failure):
            return timeline(posts, ask, truncated=True) if posts else why(found)
        if not isinstance(found.at("list"), list):
            return unread(Outcome.PARSE_FAILED, "no list of videos where it used to be")
        posts += _listed(found)
        oldest = posts[-1].published if posts else None
        more = found.at("has_more") is True
        if not more or (oldest is not None and oldest.at < ask.since):
            return timeline(posts, ask, truncated=more)
    return timeline(posts, ask, truncated=True)


def _listed(found: Answer) -> Iterator[ProfilePost]:
    proof = Proof(found.page, _RULE)
    for each in found.listed("list"):
        key, title = text_of(each.get("id")), text_of(each.get("title"))
        made = instant(each.get("created_time"))
        if not key or not title:
            continue
        yield ProfilePost(
            url=f"https://www.dailymotion.com/video/{key}",
            title=title,
            text=text_of(each.get("description")),
            published=made,
            evidence=proof.of(f"{made.at:%Y-%m-%d} {title}" if made is not None else title),
            format="video",
            language=text_of(each.get("language"))[:2],
            interactions=tuple(
                Interaction(reaction=reaction, count=count)
                for reaction, name in (
                    (Reaction.LIKES, "likes_total"),
                    (Reaction.VIEWS, "views_total"),
                )
                if (count := whole(each.get(name))) is not None
            ),
        )


PLATFORM = Platform(
    name="dailymotion",
    read=read,
    public="followers, number of videos, views, videos back to the start of the window, likes",
    confidence=Confidence.DOCUMENTED,
)
