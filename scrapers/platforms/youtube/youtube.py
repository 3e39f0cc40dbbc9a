"""YouTube: channel page and Atom feed (recorded), or the official Data API with a key.

The feed has the 15 newest videos with exact times, the page the rounded subscribers. A missing feed
proves nothing; only the page tells that a channel is gone.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote, unquote

from scrapers.parse.embedded import assigned
from scrapers.parse.html import read_html
from scrapers.parse.urls import split
from scrapers.platforms import kit
from scrapers.platforms.youtube.api import KEY, official
from scrapers.platforms.youtube.feed import ACCOUNT, RULE, by_feed
from scrapers.platforms.youtube.page import channel_of, listed_videos

_INNER = "https://www.youtube.com/youtubei/v1"
"""The interface of YouTube's own pages, which no document describes."""

_CLIENT = {"clientName": "WEB", "clientVersion": "2.20260519.10.00", "hl": "en", "gl": "US"}
_VIDEOS = "EgZ2aWRlb3PyBgQKAjoA"
"""The parameter that opens the tab "Videos"."""

_NOT_FOUND = re.compile(rb"<title>\s*404 Not Found", re.I)


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read by the key where there is one and it helps, else what everybody can see."""
    query = _query(ask)
    if ask.has(KEY) and query:
        channel = yield from official(ask, query)
        if isinstance(channel, kit.Profile):
            return channel
    public = yield from _public(ask)
    # An old custom name: the page gives the id, by which the official interface knows the channel.
    if ask.has(KEY) and not query and isinstance(public, kit.Profile) and public.account:
        channel = yield from official(ask, f"id={public.account}")
        return channel if isinstance(channel, kit.Profile) else public
    return public


def _parts(ask: kit.Ask) -> tuple[str, str]:
    """Return the kind of the address (`@`, `channel`, `user`, `c` or none) and the name in it."""
    path = unquote(split(ask.url).path).strip("/")
    if path.startswith("@"):
        return "@", path[1:]
    kind, _, name = path.rpartition("/")
    return kind, name


def _query(ask: kit.Ask) -> str:
    """Return how the official interface is asked for this channel.

    It is empty for old custom names (`/c/NAME`, `/NAME`), which the interface does not know.
    """
    kind, name = _parts(ask)
    return {
        "@": f"forHandle=%40{quote(name)}",
        "channel": f"id={quote(name)}",
        "user": f"forUsername={quote(name)}",
    }.get(kind, "")


# ---- what everybody can see: page and feed ----


def _public(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the feed where the address names it, then the page, then what is still missing."""
    kind, name = _parts(ask)
    # Feeds are named by the id of a channel or by an old user name, never by a handle.
    parameter = {"channel": "channel_id", "user": "user"}.get(kind, "")
    feed = (yield from by_feed(ask, f"{parameter}={quote(name)}")) if parameter else None
    channel = yield from _by_page(ask)
    if ask.undocumented and isinstance(channel, kit.Unknown):
        account = name if kind == "channel" else (yield from _resolved(ask))
        channel = (yield from _browsed(account)) if account else channel
    account = channel.account if isinstance(channel, kit.Profile) else ""
    if account and not isinstance(feed, kit.Profile):
        # The feed of a user name that failed is tried again by the id, which the page tells.
        if feed is None or parameter == "user":
            feed = yield from by_feed(ask, f"channel_id={account}")
        if ask.undocumented and isinstance(channel, kit.Profile) and isinstance(feed, kit.Unknown):
            channel = yield from _with_videos(channel)
    return _joined(channel, feed)


def _joined(
    channel: kit.Profile | kit.Unknown, feed: kit.Profile | kit.Unknown | None
) -> kit.Profile | kit.Unknown:
    """Return the channel with its posts: what page and feed say, each where the other is silent."""
    if isinstance(channel, kit.Unknown):
        return replace(feed, audience=channel) if isinstance(feed, kit.Profile) else channel
    if isinstance(feed, kit.Profile):
        if channel.account:
            created_at = feed.created_at or channel.created_at
            return replace(channel, timeline=feed.timeline, created_at=created_at)
        # A page that says the channel is missing, while its feed is there, is not believed.
        missing = channel.standing is kit.Standing.MISSING
        return replace(feed, audience=channel.audience) if missing else channel
    if feed is None or not channel.account or isinstance(channel.timeline, kit.Timeline):
        return channel
    return replace(channel, timeline=feed)


def _by_page(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the channel page, with the panel "About" where there is one."""
    page = yield from kit.ask_page(f"{ask.url}/about")
    if _is_missing(page):
        page = yield from kit.ask_page(ask.url)
    if isinstance(page, kit.Failure):
        return kit.not_found(page, RULE) if _is_missing(page) else kit.reason_of(page)
    if (wall := _wall(page)) is not None:
        return wall
    document = read_html(page)
    channel = channel_of(page, assigned(document, "ytInitialData"))
    # The form for consent may also be drawn at the channel's own address.
    if isinstance(channel, kit.Unknown) and "consent.youtube.com" in document.source:
        return _consent()
    return channel


def _is_missing(page: kit.Page | kit.Failure) -> bool:
    """Tell whether an answer is YouTube's own page for what does not exist.

    A bare 404 is not believed: in times of trouble YouTube answers it, too.
    """
    if isinstance(page, kit.Page):
        return False
    return page.reason is kit.Reason.HTTP_404 and _NOT_FOUND.search(page.body) is not None


def _wall(page: kit.Page) -> kit.Unknown | None:
    """Return why a page of Google's stands in place of the channel; None where none does."""
    parts = split(page.url)
    if parts.netloc in ("consent.youtube.com", "consent.google.com", "accounts.google.com"):
        return _consent()
    if parts.path.startswith("/sorry/"):
        return kit.unread(kit.Outcome.BLOCKED, "YouTube takes the reader for a robot")
    return None


def _consent() -> kit.Unknown:
    """Say that YouTube wants its terms to be agreed to before it shows the channel."""
    return kit.unread(kit.Outcome.LOGIN_WALL, "YouTube asks for consent before it shows a page")


# ---- the interface of YouTube's own pages, where the user allows it ----


def _context(fields: Mapping[str, object]) -> Mapping[str, object]:
    """Return the body of a question, with what each must say of the client that asks."""
    return {"context": {"client": _CLIENT}, **fields}


def _resolved(ask: kit.Ask) -> kit.Steps[str]:
    """Ask for the id of the channel at an address; empty where that fails."""
    body = _context({"url": ask.url})
    answer = yield from kit.ask_json(
        f"{_INNER}/navigation/resolve_url?prettyPrint=false", body=body
    )
    if isinstance(answer, kit.Failure):
        return ""
    account = answer.text("endpoint", "browseEndpoint", "browseId")
    return account if ACCOUNT.fullmatch(account) else ""


def _browsed(account: str) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Ask for the channel and its newest videos as YouTube's own pages do."""
    body = _context({"browseId": account, "params": _VIDEOS})
    answer = yield from kit.ask_json(f"{_INNER}/browse?prettyPrint=false", body=body)
    if isinstance(answer, kit.Failure):
        return kit.reason_of(answer)
    channel = channel_of(answer.page, answer.payload)
    if isinstance(channel, kit.Unknown) or not channel.account:
        return channel
    return replace(channel, timeline=listed_videos(answer.page, answer.payload))


def _with_videos(channel: kit.Profile) -> kit.Steps[kit.Profile]:
    """Return a channel whose feed is missing with the videos that the tab "Videos" lists."""
    if not isinstance(channel.timeline, kit.Unknown):
        return channel
    browsed = yield from _browsed(channel.account)
    if isinstance(browsed, kit.Unknown):
        return channel
    return replace(channel, timeline=browsed.timeline)


PLATFORM = kit.Platform(
    name="youtube",
    read=read,
    public="rounded subscribers, videos, the 15 newest videos with likes and views",
    confidence=kit.Confidence.RECORDED,
    audience="subscribers",
    keys=(KEY,),
    undocumented="channel and newest videos by the interface of YouTube's own pages",
    pace=5.0,
)
