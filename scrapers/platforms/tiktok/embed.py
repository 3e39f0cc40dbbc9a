"""TikTok's creator embed: an account with rounded counts and its newest videos."""

import re
from collections.abc import Iterator

from audit.model.exchange import Failure, Page
from audit.model.profile import (
    Count,
    Interaction,
    Outcome,
    Profile,
    ProfileFigure,
    ProfilePost,
    Reaction,
    Standing,
    unread,
)
from audit.model.value import Known, Unknown
from scrapers.parse.counts import Counted, parse_count
from scrapers.parse.embedded import script_json
from scrapers.parse.html import Document, read_html
from scrapers.parse.ids import time_of_id
from scrapers.parse.urls import links_in
from scrapers.parse.values import Json, at, by_id, headline, listed, name_of, text_of, whole
from scrapers.platforms.kit.proof import Proof

SITE = "https://www.tiktok.com"
RULE = "platform.tiktok"
_VIDEO = re.compile(r"/(?:video|photo)/(\d{10,20})")
_ROUNDED_FROM = 10_000


def entry_of(found: Page | Failure, handle: str) -> Json:
    """The data of a creator's embed; empty for none."""
    if isinstance(found, Failure):
        return {}
    state = script_json(read_html(found), "#__FRONTITY_CONNECT_STATE__")
    pages = at(state, "source", "data")
    wanted = f"/embed/@{handle}".casefold()
    named = pages.items() if isinstance(pages, dict) else ()
    return next(
        (
            each
            for path, each in named
            if str(path).casefold().rstrip("/") == wanted and isinstance(each, dict)
        ),
        {},
    )


def from_embed(framed: Page | Failure, entry: Json) -> Profile | None:
    """An account as its embed shows it, with rounded counts; None for none."""
    user = entry.get("userInfo")
    handle = name_of(at(user, "uniqueId"))
    if not handle or isinstance(framed, Failure):
        return None
    proof, about = Proof(framed, RULE), text_of(at(user, "signature"))
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {about}"),),
        url=f"{SITE}/@{handle}",
        handle=handle,
        account=text_of(at(user, "id")),
        name=text_of(at(user, "nickname")),
        about=about,
        audience=loose(proof, at(user, "followerCount"), "followers"),
        figures=figures(
            loose(proof, at(user, "followingCount"), "following"),
            loose(proof, at(user, "heartCount"), "likes"),
        ),
        timeline=no_videos(user, private=False),
        links=links_in(about),
        verified=at(user, "verified") is True,
    )


def videos_in(framed: Page, entry: Json, handle: str) -> Iterator[ProfilePost]:
    """The videos of the embed's data, else of the list that it draws."""
    proof = Proof(framed, RULE)
    for number, text, views in list(_told(entry)) or _drawn(read_html(framed)):
        made = by_id(time_of_id("tiktok", number))
        if made is None:
            continue
        yield ProfilePost(
            url=f"{SITE}/@{handle}/video/{number}",
            title=headline(text),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format="video",
            interactions=(
                (Interaction(reaction=Reaction.VIEWS, count=views.value, exact=views.exact),)
                if views is not None
                else ()
            ),
        )


def _told(entry: Json) -> Iterator[tuple[str, str, Counted | None]]:
    """Number, words and views of the videos in the embed's data."""
    for each in listed(entry.get("videoList")):
        views = whole(each.get("playCount"))
        yield (
            text_of(each.get("id")),
            text_of(each.get("desc")),
            Counted(views, exact=not _rounded(views)) if views is not None else None,
        )


def _drawn(document: Document) -> Iterator[tuple[str, str, Counted | None]]:
    """Number and views of the videos that the embed draws."""
    for box in document.tree.css('div[data-e2e="common-videoList-VideoContainer"]'):
        link, views = box.css_first("a[href]"), box.css_first('[data-e2e="common-Video-Count"]')
        number = _VIDEO.search(link.attributes.get("href") or "") if link is not None else None
        if number is not None:
            yield number[1], "", parse_count(views.text(deep=True)) if views is not None else None


def loose(proof: Proof, said: object, word: str) -> Known[int] | Unknown:
    """A count of an interface that rounds from 10,000 on (38900000)."""
    number = whole(said)
    return proof.count(said, word, exact=number is None or not _rounded(number))


def _rounded(number: int) -> bool:
    return number >= _ROUNDED_FROM and number % 100 == 0


def figures(
    following: Known[int] | Unknown, likes: Known[int] | Unknown
) -> tuple[ProfileFigure, ...]:
    """What an account counts beside its followers and videos."""
    return (
        ProfileFigure(count=Count.FOLLOWING, value=following),
        ProfileFigure(count=Count.LIKES, value=likes),
    )


def no_videos(user: object, *, private: bool) -> Unknown:
    """Why there are no videos, where the embed shows none."""
    if private:
        return unread(Outcome.PRIVATE, "the account is private")
    if at(user, "isEmbedBanned") is True:
        return unread(Outcome.HIDDEN, "the owner does not let the videos be embedded")
    return unread(Outcome.PARSE_FAILED, "no videos in the embed where they used to be")
