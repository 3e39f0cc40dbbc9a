"""TikTok's creator embed: an account with rounded counts and its newest videos."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from scrapers.parse.counts import Counted, parse_count
from scrapers.parse.document import Document
from scrapers.parse.embedded import script_json
from scrapers.parse.html import read_html
from scrapers.parse.ids import time_of_id
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

SITE = "https://www.tiktok.com"
RULE = "platform.tiktok"
PARTS = {"signature": kit.ProfilePart.BIOGRAPHY, "verified": kit.ProfilePart.VERIFIED}
_VIDEO = re.compile(r"/(?:video|photo)/(\d{10,20})")
_ROUNDED_FROM = 10_000


class _Video(NamedTuple):
    """A video of an embed; `views` is None where the embed states none."""

    number: str
    text: str
    views: Counted | None


def entry_of(embed: kit.Page | kit.Failure, handle: str) -> kit.Json:
    """Return the data of a creator's embed; empty for none."""
    if isinstance(embed, kit.Failure):
        return {}
    state = script_json(read_html(embed), "#__FRONTITY_CONNECT_STATE__")
    # The data lie under the embed's address, which may differ in case and in a final slash.
    pages = kit.field(state, "source", "data")
    wanted = f"/embed/@{handle}".casefold()
    for path, entry in pages.items() if isinstance(pages, dict) else ():
        if str(path).casefold().rstrip("/") == wanted and isinstance(entry, dict):
            return entry
    return {}


def from_embed(embed: kit.Page | kit.Failure, entry: kit.Json) -> kit.Profile | None:
    """Put together an account as its embed shows it, with rounded counts; None for none."""
    user = entry.get("userInfo")
    handle = kit.name_of(kit.field(user, "uniqueId"))
    if not handle or isinstance(embed, kit.Failure):
        return None
    proof, about = kit.Proof(embed, RULE), kit.text_of(kit.field(user, "signature"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {about}"),),
        url=f"{SITE}/@{handle}",
        handle=handle,
        account=kit.text_of(kit.field(user, "id")),
        name=kit.text_of(kit.field(user, "nickname")),
        about=about,
        audience=rounded_count(proof, kit.field(user, "followerCount"), "followers"),
        figures=figures(
            rounded_count(proof, kit.field(user, "followingCount"), "following"),
            rounded_count(proof, kit.field(user, "heartCount"), "likes"),
        ),
        timeline=no_videos(user, private=False),
        links=links_in(about),
        verified=kit.field(user, "verified") is True,
        shows=kit.parts_in(user, PARTS),
    )


def videos_in(embed: kit.Page, entry: kit.Json, handle: str) -> Iterator[kit.ProfilePost]:
    """Give the videos of the embed's data, else of the list that it draws."""
    proof = kit.Proof(embed, RULE)
    for video in list(_videos_of_data(entry)) or _videos_drawn(read_html(embed)):
        # The embed states no times: a video's number holds it.
        published = kit.dated_by_id(time_of_id("tiktok", video.number))
        if published is None:
            continue
        yield kit.ProfilePost(
            url=f"{SITE}/@{handle}/video/{video.number}",
            title=kit.headline(video.text),
            text=video.text,
            published=published,
            evidence=proof.dated(published, video.text),
            format="video",
            interactions=tuple(_views(video.views)),
        )


def _videos_of_data(entry: kit.Json) -> Iterator[_Video]:
    """Read the videos in the embed's data."""
    for video in kit.items(entry.get("videoList")):
        views = kit.count_of(video.get("playCount"))
        yield _Video(
            kit.text_of(video.get("id")),
            kit.text_of(video.get("desc")),
            Counted(views, exact=not _rounded(views)) if views is not None else None,
        )


def _videos_drawn(document: Document) -> Iterator[_Video]:
    """Read number and views of the videos that the embed draws; it draws no words with them."""
    for box in document.tree.css('div[data-e2e="common-videoList-VideoContainer"]'):
        link, views = box.css_first("a[href]"), box.css_first('[data-e2e="common-Video-Count"]')
        match = _VIDEO.search(link.attributes.get("href") or "") if link is not None else None
        if match is not None:
            count = parse_count(views.text(deep=True)) if views is not None else None
            yield _Video(match[1], "", count)


def _views(views: Counted | None) -> Iterator[kit.Interaction]:
    """Give the views of a video as its only interaction; nothing where none are stated."""
    if views is not None:
        yield kit.Interaction(reaction=kit.Reaction.VIEWS, count=views.value, exact=views.exact)


def rounded_count(proof: kit.Proof, stated: object, word: str) -> kit.Known[int] | kit.Unknown:
    """Return a count of an interface that rounds from 10,000 on (38900000)."""
    number = kit.count_of(stated)
    return proof.count(stated, word, exact=number is None or not _rounded(number))


def _rounded(number: int) -> bool:
    """Tell whether a number has the look of a rounded one.

    From 10,000 on TikTok keeps one decimal of a thousand or a million: 38900000 for 38.9 million.
    """
    return number >= _ROUNDED_FROM and number % 100 == 0


def figures(
    following: kit.Known[int] | kit.Unknown, likes: kit.Known[int] | kit.Unknown
) -> tuple[kit.ProfileFigure, ...]:
    """Return what an account counts beside its followers and videos."""
    return (
        kit.ProfileFigure(count=kit.Count.FOLLOWING, value=following),
        kit.ProfileFigure(count=kit.Count.LIKES, value=likes),
    )


def no_videos(user: object, *, private: bool) -> kit.Unknown:
    """Say why there are no videos, where the embed shows none."""
    if private:
        return kit.unread(kit.Outcome.PRIVATE, "the account is private")
    if kit.field(user, "isEmbedBanned") is True:
        return kit.unread(kit.Outcome.HIDDEN, "the owner does not let the videos be embedded")
    return kit.unread(kit.Outcome.PARSE_FAILED, "no videos in the embed where they used to be")
