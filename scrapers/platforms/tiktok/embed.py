"""TikTok's creator embed: an account with rounded counts and its newest videos."""

import re
from collections.abc import Iterator

from scrapers.parse.counts import Counted, parse_count
from scrapers.parse.embedded import script_json
from scrapers.parse.html import Document, read_html
from scrapers.parse.ids import time_of_id
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

SITE = "https://www.tiktok.com"
RULE = "platform.tiktok"
_VIDEO = re.compile(r"/(?:video|photo)/(\d{10,20})")
_ROUNDED_FROM = 10_000


def entry_of(found: kit.Page | kit.Failure, handle: str) -> kit.Json:
    """The data of a creator's embed; empty for none."""
    if isinstance(found, kit.Failure):
        return {}
    state = script_json(read_html(found), "#__FRONTITY_CONNECT_STATE__")
    pages = kit.field(state, "source", "data")
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


def from_embed(framed: kit.Page | kit.Failure, entry: kit.Json) -> kit.Profile | None:
    """An account as its embed shows it, with rounded counts; None for none."""
    user = entry.get("userInfo")
    handle = kit.name_of(kit.field(user, "uniqueId"))
    if not handle or isinstance(framed, kit.Failure):
        return None
    proof, about = kit.Proof(framed, RULE), kit.text_of(kit.field(user, "signature"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {about}"),),
        url=f"{SITE}/@{handle}",
        handle=handle,
        account=kit.text_of(kit.field(user, "id")),
        name=kit.text_of(kit.field(user, "nickname")),
        about=about,
        audience=loose(proof, kit.field(user, "followerCount"), "followers"),
        figures=figures(
            loose(proof, kit.field(user, "followingCount"), "following"),
            loose(proof, kit.field(user, "heartCount"), "likes"),
        ),
        timeline=no_videos(user, private=False),
        links=links_in(about),
        verified=kit.field(user, "verified") is True,
    )


def videos_in(framed: kit.Page, entry: kit.Json, handle: str) -> Iterator[kit.ProfilePost]:
    """The videos of the embed's data, else of the list that it draws."""
    proof = kit.Proof(framed, RULE)
    for number, text, views in list(_told(entry)) or _drawn(read_html(framed)):
        made = kit.dated_by_id(time_of_id("tiktok", number))
        if made is None:
            continue
        yield kit.ProfilePost(
            url=f"{SITE}/@{handle}/video/{number}",
            title=kit.headline(text),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format="video",
            interactions=(
                (
                    kit.Interaction(
                        reaction=kit.Reaction.VIEWS, count=views.value, exact=views.exact
                    ),
                )
                if views is not None
                else ()
            ),
        )


def _told(entry: kit.Json) -> Iterator[tuple[str, str, Counted | None]]:
    """Number, words and views of the videos in the embed's data."""
    for each in kit.items(entry.get("videoList")):
        views = kit.count_of(each.get("playCount"))
        yield (
            kit.text_of(each.get("id")),
            kit.text_of(each.get("desc")),
            Counted(views, exact=not _rounded(views)) if views is not None else None,
        )


def _drawn(document: Document) -> Iterator[tuple[str, str, Counted | None]]:
    """Number and views of the videos that the embed draws."""
    for box in document.tree.css('div[data-e2e="common-videoList-VideoContainer"]'):
        link, views = box.css_first("a[href]"), box.css_first('[data-e2e="common-Video-Count"]')
        number = _VIDEO.search(link.attributes.get("href") or "") if link is not None else None
        if number is not None:
            yield number[1], "", parse_count(views.text(deep=True)) if views is not None else None


def loose(proof: kit.Proof, said: object, word: str) -> kit.Known[int] | kit.Unknown:
    """A count of an interface that rounds from 10,000 on (38900000)."""
    number = kit.count_of(said)
    return proof.count(said, word, exact=number is None or not _rounded(number))


def _rounded(number: int) -> bool:
    return number >= _ROUNDED_FROM and number % 100 == 0


def figures(
    following: kit.Known[int] | kit.Unknown, likes: kit.Known[int] | kit.Unknown
) -> tuple[kit.ProfileFigure, ...]:
    """What an account counts beside its followers and videos."""
    return (
        kit.ProfileFigure(count=kit.Count.FOLLOWING, value=following),
        kit.ProfileFigure(count=kit.Count.LIKES, value=likes),
    )


def no_videos(user: object, *, private: bool) -> kit.Unknown:
    """Why there are no videos, where the embed shows none."""
    if private:
        return kit.unread(kit.Outcome.PRIVATE, "the account is private")
    if kit.field(user, "isEmbedBanned") is True:
        return kit.unread(kit.Outcome.HIDDEN, "the owner does not let the videos be embedded")
    return kit.unread(kit.Outcome.PARSE_FAILED, "no videos in the embed where they used to be")
