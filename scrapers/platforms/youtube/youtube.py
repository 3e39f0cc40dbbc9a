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
from scrapers.platforms.youtube.feed import ACCOUNT, RULE, fed
from scrapers.platforms.youtube.page import channel_of, listed_videos

_INNER = "https://www.youtube.com/youtubei/v1"
_CLIENT = {"clientName": "WEB", "clientVersion": "2.20260519.10.00", "hl": "en", "gl": "US"}
_VIDEOS = "EgZ2aWRlb3PyBgQKAjoA"
"""The parameter that opens the tab "Videos"."""

_NOT_FOUND = re.compile(rb"<title>\s*404 Not Found", re.I)


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read by the key where there is one and it helps, else what everybody can see."""
    query = _official(ask)
    if ask.has(KEY) and query:
        known = yield from official(ask, query)
        if isinstance(known, kit.Profile):
            return known
    seen = yield from _public(ask)
    if ask.has(KEY) and not query and isinstance(seen, kit.Profile) and seen.account:
        known = yield from official(ask, f"id={seen.account}")
        return known if isinstance(known, kit.Profile) else seen
    return seen


def _parts(ask: kit.Ask) -> tuple[str, str]:
    """The kind of the address (`@`, `channel`, `user`, `c` or none) and the name in it."""
    path = unquote(split(ask.url).path).strip("/")
    if path.startswith("@"):
        return "@", path[1:]
    kind, _, name = path.rpartition("/")
    return kind, name


def _official(ask: kit.Ask) -> str:
    """How the official interface is asked for this channel; it knows no old custom names."""
    kind, name = _parts(ask)
    return {
        "@": f"forHandle=%40{quote(name)}",
        "channel": f"id={quote(name)}",
        "user": f"forUsername={quote(name)}",
    }.get(kind, "")


def _public(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the feed where the address names it, then the page, then what is still missing."""
    kind, name = _parts(ask)
    named = {"channel": "channel_id", "user": "user"}.get(kind, "")
    posted = (yield from fed(ask, f"{named}={quote(name)}")) if named else None
    seen = yield from _channel(ask)
    if ask.undocumented and isinstance(seen, kit.Unknown):
        account = name if kind == "channel" else (yield from _resolved(ask))
        seen = (yield from _browsed(account)) if account else seen
    account = seen.account if isinstance(seen, kit.Profile) else ""
    if account and not isinstance(posted, kit.Profile):
        if posted is None or named == "user":
            posted = yield from fed(ask, f"channel_id={account}")
        if ask.undocumented and isinstance(seen, kit.Profile) and isinstance(posted, kit.Unknown):
            seen = yield from _with_videos(seen)
    return _joined(seen, posted)


def _joined(
    seen: kit.Profile | kit.Unknown, posted: kit.Profile | kit.Unknown | None
) -> kit.Profile | kit.Unknown:
    """The channel with its posts: what page and feed say, each where the other is silent."""
    if isinstance(seen, kit.Unknown):
        return replace(posted, audience=seen) if isinstance(posted, kit.Profile) else seen
    if isinstance(posted, kit.Profile):
        if seen.account:
            began = posted.created_at or seen.created_at
            return replace(seen, timeline=posted.timeline, created_at=began)
        missing = seen.standing is kit.Standing.MISSING
        return replace(posted, audience=seen.audience) if missing else seen
    if posted is None or not seen.account or isinstance(seen.timeline, kit.Timeline):
        return seen
    return replace(seen, timeline=posted)


def _channel(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the channel page, with the panel "About"."""
    found = yield from kit.ask_page(f"{ask.url}/about")
    if _lost(found):
        found = yield from kit.ask_page(ask.url)
    if isinstance(found, kit.Failure):
        return kit.not_found(found, RULE) if _lost(found) else kit.reason_of(found)
    if (walled := _wall(found)) is not None:
        return walled
    document = read_html(found)
    seen = channel_of(found, assigned(document, "ytInitialData"))
    if isinstance(seen, kit.Unknown) and "consent.youtube.com" in document.source:
        return kit.unread(kit.Outcome.LOGIN_WALL, "YouTube asks for consent before it shows a page")
    return seen


def _lost(found: kit.Page | kit.Failure) -> bool:
    """YouTube's own page for what does not exist; a bare 404 is not believed."""
    if isinstance(found, kit.Page):
        return False
    return found.reason is kit.Reason.HTTP_404 and _NOT_FOUND.search(found.body) is not None


def _wall(found: kit.Page) -> kit.Unknown | None:
    """A page of Google's in place of the channel."""
    parts = split(found.url)
    if parts.netloc in ("consent.youtube.com", "consent.google.com", "accounts.google.com"):
        return kit.unread(kit.Outcome.LOGIN_WALL, "YouTube asks for consent before it shows a page")
    if parts.path.startswith("/sorry/"):
        return kit.unread(kit.Outcome.BLOCKED, "YouTube takes the reader for a robot")
    return None


def _context(more: Mapping[str, object]) -> Mapping[str, object]:
    return {"context": {"client": _CLIENT}, **more}


def _resolved(ask: kit.Ask) -> kit.Steps[str]:
    """The id of a channel by its name; undocumented."""
    body = _context({"url": ask.url})
    found = yield from kit.ask_json(f"{_INNER}/navigation/resolve_url?prettyPrint=false", body=body)
    if isinstance(found, kit.Failure):
        return ""
    account = found.text("endpoint", "browseEndpoint", "browseId")
    return account if ACCOUNT.fullmatch(account) else ""


def _browsed(account: str) -> kit.Steps[kit.Profile | kit.Unknown]:
    """The channel and its newest videos as YouTube's own pages ask for them; undocumented."""
    body = _context({"browseId": account, "params": _VIDEOS})
    found = yield from kit.ask_json(f"{_INNER}/browse?prettyPrint=false", body=body)
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    seen = channel_of(found.page, found.payload)
    if isinstance(seen, kit.Unknown) or not seen.account:
        return seen
    return replace(seen, timeline=listed_videos(found.page, found.payload))


def _with_videos(seen: kit.Profile) -> kit.Steps[kit.Profile]:
    """A channel whose feed is missing, with the videos that the tab "Videos" lists."""
    if not isinstance(seen.timeline, kit.Unknown):
        return seen
    more = yield from _browsed(seen.account)
    return replace(seen, timeline=more.timeline) if isinstance(more, kit.Profile) else seen


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
