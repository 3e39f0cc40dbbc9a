"""Read RSS, Atom, RDF and JSON feeds; nothing in a feed is expanded or fetched."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from audit.model.exchange import Page
from audit.model.facts import FeedPage, Item
from audit.model.value import Dated, DateSource, Evidence
from scrapers.parse.date_words import DateStyle
from scrapers.parse.dates import MAX_TEXT, parse_date
from scrapers.parse.day_order import order_in, order_of
from scrapers.parse.feed_xml import MAX_ENTRIES, ROOT, bounded
from scrapers.parse.file_formats import format_of_file
from scrapers.parse.mended_xml import xml_text
from scrapers.parse.readable import BAD_DATA, each_readable, read_json
from scrapers.parse.text import clean, unescaped
from scrapers.parse.urls import MAX_LENGTH, join
from scrapers.parse.values import count_of

_BEGINNING = 4_000
"""Characters at the beginning of a file in which the root of a feed stands."""

_NAMES_COMMENTS = re.compile(
    r"\b(?:comments|comment feed|kommentare?|kommentar-feed|commentaires|comentarios|coment[aá]rios"
    r"|commenti|reacties|kommentarer|komment(?:it|ek)|komentar\w*|komentář\w*|hozzászólások"
    r"|yorumlar|комментари\w+)\b|コメント|评论|評論|댓글",
    re.I,
)
"""Words of a feed of comments, in the title or the path of a link; a host may be called so."""

_COMMENTS = re.compile(
    r"^(?:comments? (?:on|for|to|by)\b|kommentare (?:zu|für)|commentaires (?:sur|pour)|comentarios)"
    r"|/comments?/(?:feed|default)",
    re.I,
)
"""Titles and addresses of feeds of comments, in several languages and systems."""

_TAGS = re.compile(r"<[^<>]{0,2000}>")
_FORMATS = ("audio", "video", "document")
"""What a file makes of the post that it is attached to; a picture beside it is an illustration."""

_MAX_FILES = 20
"""Files attached to one entry that are looked at."""

_MAX_TAGS, _TAG_LENGTH = 20, 60
"""Tags of one entry that are kept, and characters of one: a longer one is no tag but a text."""

_MAX_WRAPS = 3
"""Values within values that are opened to find a text."""

_MAX_NAME = 100
"""Characters of the name of the software that made a feed."""

_MARKUP = 4_000
"""Characters of a text in which tags are looked for."""

_DATES = ("published", "created", "updated")
"""What feedparser calls the dates of an entry, that of publication first."""

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
    style = _style(page.url, _text(head.get("language")), _stamps(entries))
    now = page.fetched_at
    items = tuple(each_readable(entries, lambda entry: _item(entry, site or base, now, style)))
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
        # RFC 5005: a paged feed names its next page, an archived one the archive before it.
        next_url=_link(head, "next", base) or _link(head, "prev-archive", base),
        evidence=_evidence(page, title, len(items)),
        stated=count_of(_text(head.get("opensearch_totalresults"))),
        generator=_text(head.get("generator"))[:_MAX_NAME],
    )


def _item(entry: Entry, base: str, now: datetime, style: DateStyle) -> Item | None:
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
        published=_published(entry, now, style),
        summary=summary,
        tags=_tags(entry.get("tags")),
        format=_format(entry),
    )


def _tags(listed: object) -> tuple[str, ...]:
    """Return the categories and tags of an entry in its order, each once.

    feedparser gives them as objects with a `label` for readers or a `term`, JSON Feed as texts. A
    category of YouTube or Blogger is an address ("http://gdata.youtube.com/#kind"), and no word.
    """
    if not isinstance(listed, list):
        return ()
    named = (
        _text(each.get("label")) or _text(each.get("term")) if isinstance(each, Mapping) else each
        for each in listed[:_MAX_TAGS]
    )
    words = (_words(name, _TAG_LENGTH + 1) for name in named if isinstance(name, str))
    kept = (tag for tag in words if 0 < len(tag) <= _TAG_LENGTH and "://" not in tag)
    return tuple(dict.fromkeys(kept))


def _style(url: str, language: str, stamps: Sequence[str]) -> DateStyle:
    """Return how a feed writes its dates: by those that can be read one way only, else its tag."""
    by_dates = order_in(stamps)
    month_first = order_of(language, url) if by_dates is None else by_dates
    return DateStyle(language.lower().partition("-")[0][:3], month_first)


def _stamps(entries: Sequence[Entry]) -> list[str]:
    """Return the dates of all entries as the feed writes them."""
    return [stamp for entry in entries for stamp in _stamps_of(entry)]


def _stamps_of(entry: Entry) -> Iterator[str]:
    """Yield the dates of an entry as the feed writes them, that of publication first.

    RDF feeds have only a time of change. Some systems write `<time>29 Oct 2026</time>` as a text.
    """
    for name in _DATES:
        # As in `_feed`: `get("updated")` would answer with the publication.
        if name in entry and (stamp := _text(entry.get(name))):
            yield _words(stamp, MAX_TEXT) if "<" in stamp else stamp


def _published(entry: Entry, now: datetime, style: DateStyle) -> Dated | None:
    """Return the time of publication, else of the last change; None for none.

    feedparser's own reading is left aside: it guesses at what it does not know ("2026/10/29
    15:07:41" is the 1st of November, "30 Nov -0001" the 30th of November 2000).
    """
    stamps = (parse_date(stamp, DateSource.FEED, now, style) for stamp in _stamps_of(entry))
    return next((dated for dated in stamps if dated is not None), None)


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
    """Tell whether an attached file is sound."""
    return _format_of(file) == "audio"


def _format_of(file: Entry) -> str:
    """Return the format of an attached file; empty where neither ending nor type tells."""
    address = _text(file.get("href") or file.get("url"))
    return format_of_file(address, _text(file.get("type") or file.get("mime_type")))


def _format(entry: Entry) -> str:
    """Return the format of an entry by the files that are attached to it; empty for none.

    The media of Media RSS are left aside, as news illustrate their articles with films.
    """
    lists = (entry.get(name) for name in ("enclosures", "attachments"))
    files = [file for each in lists if isinstance(each, list) for file in each[:_MAX_FILES]]
    formats = {_format_of(file) for file in files if isinstance(file, Mapping)}
    return next((form for form in _FORMATS if form in formats), "")


def names_comments(url: str, title: str) -> bool:
    """Tell whether a link to a feed says by its address or its title that it is one of comments."""
    path = url.split("/", 3)[3:]
    return _NAMES_COMMENTS.search(" ".join((*path, title))) is not None


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
    language = _text(payload.get("language"))
    style = _style(page.url, language, [_json_stamp(entry) for entry in entries[:MAX_ENTRIES]])
    newest = _newest_of(entries, page)
    items = tuple(each_readable(newest, lambda entry: _json_item(entry, page, style)))
    title = clean(_text(payload.get("title")), 300)
    return FeedPage(
        url=page.url,
        title=title,
        site=_address(page.url, payload.get("home_page_url")) or "",
        language=language.lower()[:2],
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


def _json_stamp(entry: Entry) -> str:
    """Return when an entry of a JSON Feed was published, else changed, as the feed writes it."""
    return _text(entry.get("date_published")) or _text(entry.get("date_modified"))


def _json_item(entry: Entry, page: Page, style: DateStyle) -> Item | None:
    """Return one entry of a JSON Feed; None for one without address, or without any words."""
    url = _address_of(page.url, (_text(entry.get("url")),), _text(entry.get("id")))
    summary = _text(entry.get("summary")) or _text(entry.get("content_text"))
    summary = summary or _TAGS.sub(" ", _text(entry.get("content_html"))[:_MARKUP])
    title = clean(_text(entry.get("title")) or summary, 300)
    if url is None or not title:
        return None
    at = parse_date(_json_stamp(entry), DateSource.FEED, page.fetched_at, style)
    return Item(
        url=url,
        title=title,
        published=at,
        summary=clean(summary, 500),
        tags=_tags(entry.get("tags")),
        format=_format(entry),
    )
