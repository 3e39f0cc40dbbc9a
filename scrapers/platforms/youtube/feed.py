"""The Atom feed of a YouTube channel: the 15 newest videos with views and ratings (recorded)."""

import re
from collections.abc import Iterator

from lxml import etree

from audit.model.dated import DateSource
from audit.model.exchange import Failure, Page
from audit.model.profile import (
    Interaction,
    Outcome,
    Profile,
    ProfilePost,
    Reaction,
    Standing,
    unread,
)
from audit.model.value import Reason, Unknown
from scrapers.parse.text import clean
from scrapers.parse.values import instant, name_of, time_of, whole
from scrapers.parse.xmltree import ATOM, MEDIA, root_of, text_at, value_at
from scrapers.platforms.kit.base import Ask, Steps, feed
from scrapers.platforms.kit.proof import Proof, timeline, why

RULE = "platform.youtube"
ACCOUNT = re.compile(r"UC[A-Za-z0-9_-]{22}")
_YT = "{http://www.youtube.com/xml/schemas/2015}"
_COMMUNITY = f"{MEDIA}group/{MEDIA}community/{MEDIA}"
_FULL = 15
"""Entries of a feed that may go on."""

_END = b"</feed>"
"""What ends a feed that arrived whole."""


def fed(ask: Ask, query: str) -> Steps[Profile | Unknown]:
    """Read the feed: name, account, beginning and posts, but no audience."""
    found = yield from feed(f"https://www.youtube.com/feeds/videos.xml?{query}")
    if isinstance(found, Failure):
        return _unfed(found)
    root = root_of(found.body)
    if root is None or root.tag != f"{ATOM}feed" or not text_at(root, f"{ATOM}title"):
        return unread(Outcome.PARSE_FAILED, "no feed of a channel where it used to be")
    return _profile(found, root, ask)


def _unfed(failure: Failure) -> Unknown:
    """A missing feed proves nothing: YouTube answers 404 in times of trouble, too."""
    more = "YOUTUBE_API_KEY reads all uploads"
    if failure.reason is Reason.HTTP_404:
        more = f"which YouTube also says in times of trouble; {more}"
    return Unknown(reason=failure.reason, detail=f"feed: {why(failure).detail}; {more}")


def _profile(page: Page, root: etree._Element, ask: Ask) -> Profile:
    name = clean(text_at(root, f"{ATOM}title"), 200)
    account = _account(root)
    entries = root.findall(f"{ATOM}entry")
    more = len(entries) >= _FULL or not page.body.rstrip().endswith(_END)
    return Profile(
        standing=Standing.LIVE,
        evidence=(Proof(page, RULE).of(f"{name}: {len(entries)} entries"),),
        url=f"https://www.youtube.com/channel/{account}" if account else "",
        account=account,
        name=name,
        timeline=timeline(_posts(page, entries), ask, truncated=more),
        created_at=time_of(text_at(root, f"{ATOM}published"), DateSource.FEED),
    )


def _account(root: etree._Element) -> str:
    """The id of the channel; the feed's own `yt:channelId` lacks the UC that its entries have."""
    places = (
        value_at(root, f"{ATOM}link[@rel='alternate']", "href"),
        text_at(root, f"{ATOM}author/{ATOM}uri"),
        text_at(root, f"{ATOM}entry/{_YT}channelId"),
    )
    return next((found[0] for place in places if (found := ACCOUNT.search(place))), "")


def _posts(page: Page, entries: list[etree._Element]) -> Iterator[ProfilePost]:
    proof = Proof(page, RULE)
    for entry in entries:
        video = name_of(text_at(entry, f"{_YT}videoId"))
        made = instant(text_at(entry, f"{ATOM}published"), DateSource.FEED)
        if not video or made is None:
            continue
        title = clean(text_at(entry, f"{ATOM}title"), 300)
        link = value_at(entry, f"{ATOM}link[@rel='alternate']", "href")
        yield ProfilePost(
            url=address(video, short="/shorts/" in link),
            title=title,
            text=clean(text_at(entry, f"{MEDIA}group/{MEDIA}description")),
            published=made,
            evidence=proof.dated(made, title),
            format="video",
            interactions=tuple(_interactions(entry)),
        )


def address(video: str, *, short: bool = False) -> str:
    """The address of a video; Shorts are known by theirs."""
    path = "shorts/" if short else "watch?v="
    return f"https://www.youtube.com/{path}{video}"


def _interactions(entry: etree._Element) -> Iterator[Interaction]:
    """Ratings are likes; comments are not in the feed."""
    for reaction, element, name in (
        (Reaction.LIKES, "starRating", "count"),
        (Reaction.VIEWS, "statistics", "views"),
    ):
        count = whole(value_at(entry, f"{_COMMUNITY}{element}", name))
        if count is not None:
            yield Interaction(reaction=reaction, count=count)
