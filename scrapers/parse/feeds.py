"""Read RSS, Atom, RDF and JSON feeds; nothing in a feed is expanded or fetched."""

import calendar
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from audit.model.dated import Dated, DateSource
from audit.model.exchange import Page
from audit.model.facts import FeedPage, Item
from audit.model.value import Evidence
from scrapers.parse.dates import parse_date
from scrapers.parse.feed_xml import MAX_ENTRIES, bounded
from scrapers.parse.readable import BAD_DATA, each_readable, read_json
from scrapers.parse.text import clean, unescaped
from scrapers.parse.urls import join

_DECLARES = re.compile(rb"<!(?:ENTITY|DOCTYPE[^<>\[]*+\[)", re.I)
_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF|[a-z]+:RDF|channel|atom:feed)[\s>]", re.I)
_COMMENTS = re.compile(
    r"^(?:comments? (?:on|for|to|by)\b|kommentare (?:zu|für)|commentaires (?:sur|pour)|comentarios)"
    r"|/comments?/(?:feed|default)",
    re.I,
)
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_WITHIN = 3
_MARKUP = 4_000
"""Characters of a text in which tags are looked for."""

_LOOSE = 20
"""Dates in words that are tried, each in several languages; a feed writes them all alike."""

Entry = Mapping[str, object]


def read_feed(page: Page) -> FeedPage | None:
    """Read a feed, entries in the order of the file; None where the page is none."""
    body = page.body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if body[:1] in (b"{", b"["):
        return _json_feed(page, body)
    if _ROOT.search(body[:4_000]) is None or _DECLARES.search(body[:100_000]) is not None:
        return None
    import feedparser  # noqa: PLC0415, RUF100 - slow to import

    shorter = bounded(body, page.header("content-type"), page.fetched_at)
    if shorter is None:
        return None
    try:
        parsed = feedparser.parse(
            shorter.body,
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (*BAD_DATA, AssertionError):
        return None
    if not parsed.get("version") and not parsed.get("entries"):
        return None
    entries = list(parsed.get("entries") or ())[:MAX_ENTRIES]
    feed = _feed(page, parsed.get("feed") or {}, entries)
    return replace(feed, truncated=shorter.cut or page.truncated)


def _feed(page: Page, head: Entry, entries: Sequence[Entry]) -> FeedPage:
    base = page.url
    site = _address(base, head.get("link")) or ""
    dates = _Dates(page.fetched_at)
    items = tuple(each_readable(entries, lambda entry: _item(entry, site or base, dates)))
    title = clean(_text(head.get("title")), 300)
    dated = [entry for entry in entries if entry.get("published")]
    return FeedPage(
        url=page.url,
        title=title,
        site=site,
        language=_text(head.get("language")).lower().partition("-")[0][:3],
        items=items,
        comments=_is_comments(page.url, title, items),
        audio=_is_audio(entries),
        updates=bool(entries)
        and not dated
        and any("updated" in each and each.get("updated") for each in entries),
        next_url=_link(head, "next", base),
        evidence=_evidence(page, title, len(items)),
    )


def _item(entry: Entry, base: str, dates: "_Dates") -> Item | None:
    url = _address(base, entry.get("link")) or _enclosure(entry, base)
    guid = _text(entry.get("id"))
    if url is None and guid.startswith("http"):
        url = join(base, guid)
    title, summary = _words(entry.get("title"), 300), _words(entry.get("summary"), 500)
    if url is None or not (title or summary):
        return None
    return Item(
        url=url,
        title=title or clean(summary, 80),
        published=dates.of(entry),
        author="",
        summary=summary,
    )


class _Dates:
    """Dates the entries of one feed."""

    def __init__(self, now: datetime) -> None:
        self._now, self._tried = now, 0

    def of(self, entry: Entry) -> Dated | None:
        """The time of publication, else of the last change (RDF has only that)."""
        for name in ("published", "updated", "created"):
            if name not in entry:
                continue
            parsed = entry.get(f"{name}_parsed") if f"{name}_parsed" in entry else None
            text = _text(entry.get(name))
            if isinstance(parsed, time.struct_time):
                try:
                    at = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
                except (ValueError, TypeError, OverflowError, OSError):
                    continue
                day_only = bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()))
                return Dated(at=at, source=DateSource.FEED, day_only=day_only)
            if text:
                found = parse_date(text, DateSource.FEED, self._now) or self._loose(text)
                if found is not None:
                    return found
        return None

    def _loose(self, text: str) -> Dated | None:
        """Read a feed date in words of another language, unless none could be read so far."""
        if self._tried >= _LOOSE:
            return None
        found = _loose(text, self._now)
        self._tried = 0 if found is not None else self._tried + 1
        return found


@lru_cache(maxsize=2_048)
def _loose(text: str, now: datetime) -> Dated | None:
    """Read a feed date in words of another language ("Mi, 05 Mär 2025 …")."""
    import dateparser  # noqa: PLC0415, RUF100 - slow to import

    if len(text) > 60:
        return None
    try:
        at = dateparser.parse(text, languages=["de", "fr", "es", "it", "pt", "nl", "pl", "ru"])
        if at is None:
            return None
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except BAD_DATA:
        return None
    usable = 1990 <= at.year <= now.year + 2
    return Dated(at=at, source=DateSource.FEED, ambiguous=True) if usable else None


def _words(value: object, limit: int) -> str:
    """The words of a text that may be marked up."""
    return clean(unescaped(_TAGS.sub(" ", _text(value)[:_MARKUP])), limit)


def _address(base: str, value: object) -> str | None:
    text = _text(value).strip()
    return join(base, text) if text else None


def _links(entry: Entry, rel: str) -> list[str]:
    links = entry.get("links")
    if not isinstance(links, list):
        return []
    found = [each for each in links if isinstance(each, Mapping) and each.get("rel") == rel]
    return [_text(each.get("href")) for each in found]


def _link(entry: Entry, rel: str, base: str) -> str:
    return next((url for href in _links(entry, rel) if (url := join(base, href))), "")


def _enclosure(entry: Entry, base: str) -> str | None:
    return next((url for href in _links(entry, "enclosure") if (url := join(base, href))), None)


def _is_audio(entries: Sequence[Entry]) -> bool:
    """Most entries carry sound: a podcast."""
    heard = 0
    for entry in entries:
        enclosures = entry.get("enclosures")
        kinds = [
            _text(each.get("type"))
            for each in (enclosures if isinstance(enclosures, list) else ())
            if isinstance(each, Mapping)
        ]
        heard += any(kind.startswith("audio/") for kind in kinds)
    return heard * 2 > len(entries) > 0


def _is_comments(url: str, title: str, items: Sequence[Item]) -> bool:
    if _COMMENTS.search(title) or _COMMENTS.search(url):
        return True
    return False if not items else all("#comment" in item.url for item in items)


def _text(value: object) -> str:
    for _ in range(_WITHIN):
        if not isinstance(value, Mapping):
            break
        value = value.get("value") or value.get("name") or value.get("href") or ""
    return value if isinstance(value, str) else ""


def _evidence(page: Page, title: str, count: int) -> Evidence:
    return Evidence(
        url=page.url,
        fetched_at=page.fetched_at,
        rule="feed.read",
        excerpt=clean(f"{title or 'feed'}: {count} entries", 200),
        record=page.record,
    )


def _json_feed(page: Page, body: bytes) -> FeedPage | None:
    """Read a JSON Feed (jsonfeed.org, versions 1 and 1.1)."""
    data = read_json(body)
    if not isinstance(data, dict) or "jsonfeed.org" not in _text(data.get("version")):
        return None
    entries = data.get("items")
    listed = (
        [each for each in entries if isinstance(each, dict)] if isinstance(entries, list) else []
    )
    items = tuple(each_readable(_newer(listed, page), lambda each: _json_item(each, page)))
    title = clean(_text(data.get("title")), 300)
    return FeedPage(
        url=page.url,
        title=title,
        site=_address(page.url, data.get("home_page_url")) or "",
        language=_text(data.get("language")).lower()[:2],
        items=items,
        comments=_is_comments(page.url, title, items),
        audio=False,
        updates=False,
        next_url=_address(page.url, data.get("next_url")) or "",
        evidence=_evidence(page, title, len(items)),
        truncated=len(listed) > MAX_ENTRIES or page.truncated,
    )


def _newer(listed: Sequence[Entry], page: Page) -> Sequence[Entry]:
    """So many entries as are read: where a long feed begins with the oldest, its last ones."""
    if len(listed) <= MAX_ENTRIES:
        return listed
    days = (_text(listed[place].get("date_published")) for place in (0, -1))
    first, last = (parse_date(day, DateSource.FEED, page.fetched_at) for day in days)
    begins_old = first is not None and last is not None and first.at < last.at
    return listed[-MAX_ENTRIES:] if begins_old else listed[:MAX_ENTRIES]


def _json_item(entry: Entry, page: Page) -> Item | None:
    url = _address(page.url, entry.get("url")) or _address(page.url, entry.get("id"))
    summary = _text(entry.get("summary")) or _text(entry.get("content_text"))
    summary = summary or _TAGS.sub(" ", _text(entry.get("content_html"))[:_MARKUP])
    title = clean(_text(entry.get("title")) or summary, 300)
    if url is None or not title:
        return None
    stamp = _text(entry.get("date_published")) or _text(entry.get("date_modified"))
    at = parse_date(stamp, DateSource.FEED, page.fetched_at)
    return Item(url=url, title=title, published=at, summary=clean(summary, 500))
