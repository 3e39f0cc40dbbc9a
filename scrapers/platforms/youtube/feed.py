"""The Atom feed of a YouTube channel: the 15 newest videos with views and ratings (recorded)."""

import re
from collections.abc import Iterator

from lxml import etree

from scrapers.parse.text import clean
from scrapers.parse.xmltree import ATOM, MEDIA, root_of, text_at, value_at
from scrapers.platforms import kit

RULE = "platform.youtube"
ACCOUNT = re.compile(r"UC[A-Za-z0-9_-]{22}")
"""The id of a channel."""

_YT = "{http://www.youtube.com/xml/schemas/2015}"
_COMMUNITY = f"{MEDIA}group/{MEDIA}community/{MEDIA}"
_SIZE = 15
"""Entries of a feed that may go on."""

_END = b"</feed>"
"""What ends a feed that arrived whole."""


def by_feed(ask: kit.Ask, query: str) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the feed: name, account, beginning and posts, but no audience.

    `query` names the channel: `channel_id=UC…` or `user=NAME`.
    """
    page = yield from kit.ask_feed(f"https://www.youtube.com/feeds/videos.xml?{query}")
    if isinstance(page, kit.Failure):
        return _refusal(page)
    root = root_of(page.body)
    if root is None or root.tag != f"{ATOM}feed" or not text_at(root, f"{ATOM}title"):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no feed of a channel where it used to be")
    return _profile(page, root, ask)


def _refusal(failure: kit.Failure) -> kit.Unknown:
    """Return why the feed was not read, and what helps."""
    hint = "YOUTUBE_API_KEY reads all uploads"
    # A missing feed proves nothing: in waves YouTube has answered 404 for channels that are there.
    if failure.reason is kit.Reason.HTTP_404:
        hint = f"which YouTube also says in times of trouble; {hint}"
    return kit.Unknown(
        reason=failure.reason, detail=f"feed: {kit.reason_of(failure).detail}; {hint}"
    )


def _profile(page: kit.Page, root: etree._Element, ask: kit.Ask) -> kit.Profile:
    """Put together the channel that a feed is about, with its posts."""
    name = clean(text_at(root, f"{ATOM}title"), 200)
    account = _account(root)
    entries = root.findall(f"{ATOM}entry")
    # A feed that broke off is mended by the parser: only its last bytes tell that it is not whole.
    more = len(entries) >= _SIZE or not page.body.rstrip().endswith(_END)
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
    """Return the id of the channel; empty where the feed names none."""
    # The feed's own `yt:channelId` lacks the UC that those of its entries have; in a feed of 2015
    # the link names no id, but the author's address does.
    places = (
        value_at(root, f"{ATOM}link[@rel='alternate']", "href"),
        text_at(root, f"{ATOM}author/{ATOM}uri"),
        text_at(root, f"{ATOM}entry/{_YT}channelId"),
    )
    return next((match[0] for place in places if (match := ACCOUNT.search(place))), "")


def _posts(page: kit.Page, entries: list[etree._Element]) -> Iterator[kit.ProfilePost]:
    """Read the entries of a feed."""
    proof = kit.Proof(page, RULE)
    for entry in entries:
        number = kit.name_of(text_at(entry, f"{_YT}videoId"))
        published = kit.dated_at(text_at(entry, f"{ATOM}published"), kit.DateSource.FEED)
        if not number or published is None:
            continue
        title = clean(text_at(entry, f"{ATOM}title"), 300)
        link = value_at(entry, f"{ATOM}link[@rel='alternate']", "href")
        yield kit.ProfilePost(
            url=address(number, short="/shorts/" in link),
            title=title,
            text=clean(text_at(entry, f"{MEDIA}group/{MEDIA}description")),
            published=published,
            evidence=proof.dated(published, title),
            format="video",
            interactions=tuple(_interactions(entry)),
        )


def address(number: str, *, short: bool = False) -> str:
    """Return the address of a video; Shorts have a path of their own, by which they are known."""
    path = "shorts/" if short else "watch?v="
    return f"https://www.youtube.com/{path}{number}"


def _interactions(entry: etree._Element) -> Iterator[kit.Interaction]:
    """Give likes and views of a video; comments are not in the feed."""
    # The feed states the likes as the count of a star rating.
    for reaction, element, name in (
        (kit.Reaction.LIKES, "starRating", "count"),
        (kit.Reaction.VIEWS, "statistics", "views"),
    ):
        count = kit.count_of(value_at(entry, f"{_COMMUNITY}{element}", name))
        if count is not None:
            yield kit.Interaction(reaction=reaction, count=count)
