"""YouTube: channel page and Atom feed (recorded), or the official Data API with a key.

The feed has the 15 newest videos with exact times, the page the rounded subscribers. A missing feed
proves nothing; only the page tells that a channel is gone.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote, unquote

from audit.model.exchange import Failure, Page
from audit.model.profile import Outcome, Profile, Standing, Timeline, unread
from audit.model.value import Reason, Unknown
from scrapers.parse.embedded import assigned
from scrapers.parse.html import read_html
from scrapers.parse.urls import split
from scrapers.platforms.kit.base import Ask, Confidence, Platform, Steps, answer, page
from scrapers.platforms.kit.proof import gone, why
from scrapers.platforms.youtube.api import KEY, official
from scrapers.platforms.youtube.feed import ACCOUNT, RULE, fed
from scrapers.platforms.youtube.page import channel_of, listed_videos

_INNER = "https://www.youtube.com/youtubei/v1"
_CLIENT = {"clientName": "WEB", "clientVersion": "2.20260519.10.00", "hl": "en", "gl": "US"}
_VIDEOS = "EgZ2aWRlb3PyBgQKAjoA"
"""The parameter that opens the tab "Videos"."""

_NOT_FOUND = re.compile(rb"<title>\s*404 Not Found", re.I)


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read by the key where there is one and it helps, else what everybody can see."""
    query = _official(ask)
    if ask.has(KEY) and query:
        known = yield from official(ask, query)
        if isinstance(known, Profile):
            return known
    seen = yield from _public(ask)
    if ask.has(KEY) and not query and isinstance(seen, Profile) and seen.account:
        known = yield from official(ask, f"id={seen.account}")
        return known if isinstance(known, Profile) else seen
    return seen


def _parts(ask: Ask) -> tuple[str, str]:
    """The kind of the address (`@`, `channel`, `user`, `c` or none) and the name in it."""
    path = unquote(split(ask.url).path).strip("/")
    if path.startswith("@"):
        return "@", path[1:]
    kind, _, name = path.rpartition("/")
    return kind, name


def _official(ask: Ask) -> str:
    """How the official interface is asked for this channel; it knows no old custom names."""
    kind, name = _parts(ask)
    return {
        "@": f"forHandle=%40{quote(name)}",
        "channel": f"id={quote(name)}",
        "user": f"forUsername={quote(name)}",
    }.get(kind, "")


def _public(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the feed where the address names it, then the page, then what is still missing."""
    kind, name = _parts(ask)
    named = {"channel": "channel_id", "user": "user"}.get(kind, "")
    posted = (yield from fed(ask, f"{named}={quote(name)}")) if named else None
    seen = yield from _channel(ask)
    if ask.undocumented and isinstance(seen, Unknown):
        account = name if kind == "channel" else (yield from _resolved(ask))
        seen = (yield from _browsed(account)) if account else seen
    account = seen.account if isinstance(seen, Profile) else ""
    if account and not isinstance(posted, Profile):
        if posted is None or named == "user":
            posted = yield from fed(ask, f"channel_id={account}")
        if ask.undocumented and isinstance(seen, Profile) and isinstance(posted, Unknown):
            seen = yield from _with_videos(seen)
    return _joined(seen, posted)


def _joined(seen: Profile | Unknown, posted: Profile | Unknown | None) -> Profile | Unknown:
    """The channel with its posts: what page and feed say, each where the other is silent."""
    if isinstance(seen, Unknown):
        return replace(posted, audience=seen) if isinstance(posted, Profile) else seen
    if isinstance(posted, Profile):
        if seen.account:
            began = posted.created_at or seen.created_at
            return replace(seen, timeline=posted.timeline, created_at=began)
        missing = seen.standing is Standing.MISSING
        return replace(posted, audience=seen.audience) if missing else seen
    if posted is None or not seen.account or isinstance(seen.timeline, Timeline):
        return seen
    return replace(seen, timeline=posted)


def _channel(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the channel page, with the panel "About"."""
    found = yield from page(f"{ask.url}/about")
    if _lost(found):
        found = yield from page(ask.url)
    if isinstance(found, Failure):
        return gone(found, RULE) if _lost(found) else why(found)
    if (walled := _wall(found)) is not None:
        return walled
    document = read_html(found)
    seen = channel_of(found, assigned(document, "ytInitialData"))
    if isinstance(seen, Unknown) and "consent.youtube.com" in document.source:
        return unread(Outcome.LOGIN_WALL, "YouTube asks for consent before it shows a page")
    return seen


def _lost(found: Page | Failure) -> bool:
    """YouTube's own page for what does not exist; a bare 404 is not believed."""
    if isinstance(found, Page):
        return False
    return found.reason is Reason.HTTP_404 and _NOT_FOUND.search(found.body) is not None


def _wall(found: Page) -> Unknown | None:
    """A page of Google's in place of the channel."""
    parts = split(found.url)
    if parts.netloc in ("consent.youtube.com", "consent.google.com", "accounts.google.com"):
        return unread(Outcome.LOGIN_WALL, "YouTube asks for consent before it shows a page")
    if parts.path.startswith("/sorry/"):
        return unread(Outcome.BLOCKED, "YouTube takes the reader for a robot")
    return None


def _context(more: Mapping[str, object]) -> Mapping[str, object]:
    return {"context": {"client": _CLIENT}, **more}


def _resolved(ask: Ask) -> Steps[str]:
    """The id of a channel by its name; undocumented."""
    body = _context({"url": ask.url})
    found = yield from answer(f"{_INNER}/navigation/resolve_url?prettyPrint=false", body=body)
    if isinstance(found, Failure):
        return ""
    account = found.text("endpoint", "browseEndpoint", "browseId")
    return account if ACCOUNT.fullmatch(account) else ""


def _browsed(account: str) -> Steps[Profile | Unknown]:
    """The channel and its newest videos as YouTube's own pages ask for them; undocumented."""
    body = _context({"browseId": account, "params": _VIDEOS})
    found = yield from answer(f"{_INNER}/browse?prettyPrint=false", body=body)
    if isinstance(found, Failure):
        return why(found)
    seen = channel_of(found.page, found.said)
    if isinstance(seen, Unknown) or not seen.account:
        return seen
    return replace(seen, timeline=listed_videos(found.page, found.said))


def _with_videos(seen: Profile) -> Steps[Profile]:
    """A channel whose feed is missing, with the videos that the tab "Videos" lists."""
    if not isinstance(seen.timeline, Unknown):
        return seen
    more = yield from _browsed(seen.account)
    return replace(seen, timeline=more.timeline) if isinstance(more, Profile) else seen


PLATFORM = Platform(
    name="youtube",
    read=read,
    public="rounded subscribers, videos, the 15 newest videos with likes and views",
    confidence=Confidence.RECORDED,
    audience="subscribers",
    keys=(KEY,),
    undocumented="channel and newest videos by the interface of YouTube's own pages",
    pace=5.0,
)
