"""Read RSS, Atom, RDF and JSON feeds; nothing in a feed is expanded or fetched."""

import calendar
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from audit.model.exchange import Page
from audit.model.facts import FeedPage, Item
from audit.model.value import Dated, DateSource, Evidence
from scrapers.parse.dates import parse_date
from scrapers.parse.feed_xml import MAX_ENTRIES, ROOT, bounded
from scrapers.parse.mended_xml import xml_text
from scrapers.parse.readable import BAD_DATA, each_readable, read_json
from scrapers.parse.text import clean, unescaped
from scrapers.parse.urls import MAX_LENGTH, join, split

_BEGINNING = 4_000
"""Characters at the beginning of a file in which the root of a feed stands."""

_COMMENTS = re.compile(
    r"^(?:comments? (?:on|for|to|by)\b|kommentare (?:zu|für)|commentaires (?:sur|pour)|comentarios)"
    r"|/comments?/(?:feed|default)",
    re.I,
)
"""Titles and addresses of feeds of comments, in several languages and systems."""

_TAGS = re.compile(r"<[^<>]{0,2000}>")
_SOUND = frozenset({"mp3", "m4a", "m4b", "aac", "ogg", "oga", "opus", "wav", "flac", "wma"})
_PICTURES = frozenset({"jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "pdf"})
"""Endings of files that are sound, and of files that are surely none, whatever their type says."""

_MAX_FILES = 20
"""Files attached to one entry that are looked at."""

_MAX_WRAPS = 3
"""Values within values that are opened to find a text."""

_MARKUP = 4_000
"""Characters of a text in which tags are looked for."""

_MAX_FOREIGN = 20
"""Dates in words that are tried, each in several languages; a feed writes them all alike."""

Entry = Mapping[str, object]
"""An entry, or the head, of a feed as feedparser or JSON gives it."""


def read_feed(page: Page) -> FeedPage | None:
    """Read an RSS, Atom, RDF or JSON feed, entries in the order of the file; None for no feed.

    A feed that declares entities is refused. Of more than 1,000 entries the newest are read.
    """
    body = page.body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if body[:1] in (b"{", b"["):
        return _json_feed(page, body)
    text = xml_text(page.body, page.header("content-type"))
    if ROOT.search(text, 0, _BEGINNING) is None:
        return None
    import feedparser  # noqa: PLC0415, RUF100 - slow to import

    # feedparser takes time that grows with the square of some texts: it gets what is read and no
    # more.
    shorter = bounded(text, page.fetched_at)
    if shorter is None:
        return None
    try:
        parsed = feedparser.parse(
            shorter.body,
            response_headers={"content-type": "application/xml; charset=utf-8"},
            # Only words are kept of a text, and addresses are joined by `join`, as a browser does.
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
    """Return the page of a feed from its head and its entries."""
    base = page.url
    site = _address(base, head.get("link")) or ""
    dates = _FeedDates(page.fetched_at)
    items = tuple(each_readable(entries, lambda entry: _item(entry, site or base, dates)))
    title = clean(_text(head.get("title")), 300)
    published = [entry for entry in entries if entry.get("published")]
    return FeedPage(
        url=page.url,
        title=title,
        site=site,
        language=_text(head.get("language")).lower().partition("-")[0][:3],
        items=items,
        comments=_is_comments(page.url, title, items),
        audio=_is_audio(entries),
        updates=bool(entries)
        and not published
        # feedparser 6 answers `get("updated")` with the publication where a feed has no such
        # element; only `in` tells what the feed itself says.
        and any("updated" in entry and entry.get("updated") for entry in entries),
        next_url=_link(head, "next", base),
        evidence=_evidence(page, title, len(items)),
    )


def _item(entry: Entry, base: str, dates: "_FeedDates") -> Item | None:
    """Return one entry; None for one without an address, or without title and summary.

    The address is that of the link, else of the sound (podcasts often link nothing else), else an
    id that is an address; empty where all of them are too long to be asked for. An entry without a
    title gets the beginning of its summary.
    """
    links = (_text(entry.get("link")), *_links(entry, "enclosure"))
    url = _address_of(base, links, _text(entry.get("id")))
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


class _FeedDates:
    """Date the entries of one feed.

    Dates in words of other languages are slow to read: after `_MAX_FOREIGN` in a row that could not
    be read, no more are tried.
    """

    def __init__(self, now: datetime) -> None:
        self._now, self._tried = now, 0

    def of(self, entry: Entry) -> Dated | None:
        """Return the time of publication, else of the last change; None for none.

        RDF feeds have only a time of change.
        """
        for name in ("published", "updated", "created"):
            # As in `_feed`: `get("updated")` would answer with the publication.
            if name not in entry:
                continue
            parsed = entry.get(f"{name}_parsed") if f"{name}_parsed" in entry else None
            text = _text(entry.get(name))
            if isinstance(parsed, time.struct_time):
                try:
                    at = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
                except (ValueError, TypeError, OverflowError, OSError):
                    continue
                # feedparser makes midnight of a day without an hour.
                day_only = bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()))
                return Dated(at=at, source=DateSource.FEED, day_only=day_only)
            if text:
                dated = parse_date(text, DateSource.FEED, self._now) or self._foreign(text)
                if dated is not None:
                    return dated
        return None

    def _foreign(self, text: str) -> Dated | None:
        """Read a date in words of another language, unless too many could not be read so far."""
        if self._tried >= _MAX_FOREIGN:
            return None
        dated = _in_other_language(text, self._now)
        self._tried = 0 if dated is not None else self._tried + 1
        return dated


@lru_cache(maxsize=2_048)
def _in_other_language(text: str, now: datetime) -> Dated | None:
    """Read a feed date in words of another language ("Mi, 05 Mär 2025 …"); None for no date."""
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
    """Return the words of a text that may be marked up, or marked up and escaped."""
    # Cut first: looking for tags in a whole article costs more than its first words are worth.
    return clean(unescaped(_TAGS.sub(" ", _text(value)[:_MARKUP])), limit)


def _address(base: str, value: object) -> str | None:
    """Return the address that a value holds, resolved; None for none."""
    text = _text(value).strip()
    return join(base, text) if text else None


def _links(entry: Entry, rel: str) -> list[str]:
    """Return the targets of all links of one kind, such as `enclosure` or `next`."""
    links = entry.get("links")
    if not isinstance(links, list):
        return []
    matching = [link for link in links if isinstance(link, Mapping) and link.get("rel") == rel]
    return [_text(link.get("href")) for link in matching]


def _link(entry: Entry, rel: str, base: str) -> str:
    """Return the first usable link of this kind; empty for none."""
    return next((url for href in _links(entry, rel) if (url := join(base, href))), "")


def _address_of(base: str, links: Sequence[str], guid: str) -> str | None:
    """Return the first usable address of an entry, else its id where that is an address.

    Empty where they are too long to be asked for; None where there is none.
    """
    written = [*links, *([guid] if guid.startswith("http") else [])]
    url = next((url for text in written if text and (url := join(base, text))), None)
    return "" if url is None and any(len(text) > MAX_LENGTH for text in written) else url


def _is_audio(entries: Sequence[Entry]) -> bool:
    """Tell whether most entries carry sound, as those of a podcast do."""
    return sum(any(map(_is_sound, _attached(entry))) for entry in entries) * 2 > len(entries) > 0


def _attached(entry: Entry) -> list[Entry]:
    """Return the files attached to an entry: enclosures, Media RSS, attachments of JSON."""
    lists = (entry.get(name) for name in ("enclosures", "media_content", "attachments"))
    files = [file for each in lists if isinstance(each, list) for file in each[:_MAX_FILES]]
    return [file for file in files if isinstance(file, Mapping)]


def _is_sound(file: Entry) -> bool:
    """Tell whether an attached file is sound: by the ending of its address, else by its type.

    Types are often missing or wrong: programs write one into all entries, or call files streams.
    """
    ending = split(_text(file.get("href") or file.get("url"))).path.rpartition(".")[2].lower()
    if ending in _SOUND or ending in _PICTURES:
        return ending in _SOUND
    return _text(file.get("type") or file.get("mime_type")).lower().startswith("audio/")


def _is_comments(url: str, title: str, items: Sequence[Item]) -> bool:
    """Tell whether a feed holds comments.

    Its title or its address says so, or all of its entries lead to comments.
    """
    if _COMMENTS.search(title) or _COMMENTS.search(url):
        return True
    # `all` of nothing is true, and an empty feed is a feed of posts.
    return False if not items else all("#comment" in item.url for item in items)


def _text(value: object) -> str:
    """Return the text of a value; empty for none.

    feedparser gives texts as they are or as objects with a `value`, authors with a `name`, links
    with a `href`.
    """
    for _ in range(_MAX_WRAPS):
        if not isinstance(value, Mapping):
            break
        value = value.get("value") or value.get("name") or value.get("href") or ""
    return value if isinstance(value, str) else ""


def _evidence(page: Page, title: str, count: int) -> Evidence:
    """Return the evidence of a feed: its title and how many entries were read."""
    return Evidence(
        url=page.url,
        fetched_at=page.fetched_at,
        rule="feed.read",
        excerpt=clean(f"{title or 'feed'}: {count} entries", 200),
        record=page.record,
    )


def _json_feed(page: Page, body: bytes) -> FeedPage | None:
    """Read a JSON Feed (jsonfeed.org, versions 1 and 1.1); None for any other JSON."""
    payload = read_json(body)
    if not isinstance(payload, dict) or "jsonfeed.org" not in _text(payload.get("version")):
        return None
    listed = payload.get("items")
    entries = (
        [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    )
    items = tuple(each_readable(_newest_of(entries, page), lambda each: _json_item(each, page)))
    title = clean(_text(payload.get("title")), 300)
    return FeedPage(
        url=page.url,
        title=title,
        site=_address(page.url, payload.get("home_page_url")) or "",
        language=_text(payload.get("language")).lower()[:2],
        items=items,
        comments=_is_comments(page.url, title, items),
        audio=_is_audio(entries),
        updates=False,
        next_url=_address(page.url, payload.get("next_url")) or "",
        evidence=_evidence(page, title, len(items)),
        truncated=len(entries) > MAX_ENTRIES or page.truncated,
    )


def _newest_of(entries: Sequence[Entry], page: Page) -> Sequence[Entry]:
    """Return the entries that are read: where a long feed begins with the oldest, its last ones."""
    if len(entries) <= MAX_ENTRIES:
        return entries
    stamps = (_text(entries[place].get("date_published")) for place in (0, -1))
    first, last = (parse_date(stamp, DateSource.FEED, page.fetched_at) for stamp in stamps)
    begins_old = first is not None and last is not None and first.at < last.at
    return entries[-MAX_ENTRIES:] if begins_old else entries[:MAX_ENTRIES]


def _json_item(entry: Entry, page: Page) -> Item | None:
    """Return one entry of a JSON Feed; None for one without address, or without any words."""
    url = _address_of(page.url, (_text(entry.get("url")),), _text(entry.get("id")))
    summary = _text(entry.get("summary")) or _text(entry.get("content_text"))
    summary = summary or _TAGS.sub(" ", _text(entry.get("content_html"))[:_MARKUP])
    title = clean(_text(entry.get("title")) or summary, 300)
    if url is None or not title:
        return None
    stamp = _text(entry.get("date_published")) or _text(entry.get("date_modified"))
    at = parse_date(stamp, DateSource.FEED, page.fetched_at)
    return Item(url=url, title=title, published=at, summary=clean(summary, 500))
