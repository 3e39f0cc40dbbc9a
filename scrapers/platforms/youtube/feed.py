"""The Atom feed of a YouTube channel: the 15 newest videos with views and ratings (recorded)."""

import re
from collections.abc import Iterator

from lxml import etree

from scrapers.parse.text import clean
from scrapers.parse.xmltree import ATOM, MEDIA, root_of, text_at, value_at
from scrapers.platforms import kit

RULE = "platform.youtube"
ACCOUNT = re.compile(r"UC[A-Za-z0-9_-]{22}")
_YT = "{http://www.youtube.com/xml/schemas/2015}"
_COMMUNITY = f"{MEDIA}group/{MEDIA}community/{MEDIA}"
_FULL = 15
"""Entries of a feed that may go on."""

_END = b"</feed>"
"""What ends a feed that arrived whole."""


def fed(ask: kit.Ask, query: str) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the feed: name, account, beginning and posts, but no audience."""
    found = yield from kit.ask_feed(f"https://www.youtube.com/feeds/videos.xml?{query}")
    if isinstance(found, kit.Failure):
        return _unfed(found)
    root = root_of(found.body)
    if root is None or root.tag != f"{ATOM}feed" or not text_at(root, f"{ATOM}title"):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no feed of a channel where it used to be")
    return _profile(found, root, ask)


def _unfed(failure: kit.Failure) -> kit.Unknown:
    """A missing feed proves nothing: YouTube answers 404 in times of trouble, too."""
    more = "YOUTUBE_API_KEY reads all uploads"
    if failure.reason is kit.Reason.HTTP_404:
        more = f"which YouTube also says in times of trouble; {more}"
    return kit.Unknown(
        reason=failure.reason, detail=f"feed: {kit.reason_of(failure).detail}; {more}"
    )


def _profile(page: kit.Page, root: etree._Element, ask: kit.Ask) -> kit.Profile:
    name = clean(text_at(root, f"{ATOM}title"), 200)
    account = _account(root)
    entries = root.findall(f"{ATOM}entry")
    more = len(entries) >= _FULL or not page.body.rstrip().endswith(_END)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(kit.Proof(page, RULE).of(f"{name}: {len(entries)} entries"),),
        url=f"https://www.youtube.com/channel/{account}" if account else "",
        account=account,
        name=name,
        timeline=kit.timeline_of(_posts(page, entries), ask, truncated=more),
        created_at=kit.time_of(text_at(root, f"{ATOM}published"), kit.DateSource.FEED),
    )


def _account(root: etree._Element) -> str:
    """The id of the channel; the feed's own `yt:channelId` lacks the UC that its entries have."""
    places = (
        value_at(root, f"{ATOM}link[@rel='alternate']", "href"),
        text_at(root, f"{ATOM}author/{ATOM}uri"),
        text_at(root, f"{ATOM}entry/{_YT}channelId"),
    )
    return next((found[0] for place in places if (found := ACCOUNT.search(place))), "")


def _posts(page: kit.Page, entries: list[etree._Element]) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(page, RULE)
    for entry in entries:
        video = kit.name_of(text_at(entry, f"{_YT}videoId"))
        made = kit.dated_at(text_at(entry, f"{ATOM}published"), kit.DateSource.FEED)
        if not video or made is None:
            continue
        title = clean(text_at(entry, f"{ATOM}title"), 300)
        link = value_at(entry, f"{ATOM}link[@rel='alternate']", "href")
        yield kit.ProfilePost(
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


def _interactions(entry: etree._Element) -> Iterator[kit.Interaction]:
    """Ratings are likes; comments are not in the feed."""
    for reaction, element, name in (
        (kit.Reaction.LIKES, "starRating", "count"),
        (kit.Reaction.VIEWS, "statistics", "views"),
    ):
        count = kit.count_of(value_at(entry, f"{_COMMUNITY}{element}", name))
        if count is not None:
            yield kit.Interaction(reaction=reaction, count=count)
