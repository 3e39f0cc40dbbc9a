"""Find the feeds that a page links to in its text: by their type, or by words that say RSS."""

import re

from selectolax.lexbor import LexborNode

from audit.model.facts import Area, FeedLink, Link
from scrapers.parse.document import Document
from scrapers.parse.element_names import holding
from scrapers.parse.text import clean

FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/rss",
        "application/atom",
        "application/xml",
        "text/xml",
    }
)
"""Media types under which a page names a feed."""

MAX_LINKED = 5
"""Feeds of one page that only its links name; a shop may have one for each of its shelves."""

_MAX_WORDS = 6
"""Words of a link that names a feed; more are a sentence about one."""

_SAYS_FEED = re.compile(r"\brss\b|\batom[ -]feed\b", re.I)
"""How a feed is called in every language: Flux RSS, RSS-Feed, RSS abonnieren."""

_MAY_BE = ("rss", "feed", "atom", "rdf", "xml", "syndic")
"""What the address or the words of a link to a feed hold."""

_FEED_WORDS = frozenset({"feed", "feeds", "newsfeed"})
"""Words that name a feed beside its symbol, and alone may name food for animals."""

_SYMBOL = re.compile(r"(?:^|[\s_-])rss(?:$|[\s_\d-])", re.I)
"""A class that gives a link the symbol of feeds: `icon-rss`, `fa-rss`."""

_AROUND_TEXT = frozenset({Area.HEADER, Area.NAV, Area.FOOTER, Area.ASIDE})


_RDF = "application/rdf+xml"
_NEWS = re.compile(r"rss|feed|atom|news|syndic|backend|\.(?:rdf|xml)$", re.I)
_PAGE_DATA = re.compile(r"exportrdf|foaf|doap|dcat|sioc|skos", re.I)
"""What tells RSS 1.0 from other RDF, such as the facts that a wiki exports of one page."""


def feed_type(value: str | None) -> bool:
    """Tell whether a media type, with or without parameters, is one of feeds."""
    return _type_of(value) in FEED_TYPES


def names_feed(value: str | None, url: str, title: str) -> bool:
    """Tell whether a head names a feed by a media type; RDF is one where more says so."""
    if _type_of(value) != _RDF:
        return feed_type(value)
    about = f"{title} {url}"
    return _NEWS.search(about) is not None and _PAGE_DATA.search(about) is None


def _type_of(value: str | None) -> str:
    """Return a media type without its parameters."""
    return (value or "").lower().partition(";")[0].strip()


def linked_feeds(document: Document) -> list[FeedLink]:
    """Return the feeds that the links of a page lead to, `MAX_LINKED` at most.

    A link says so by its type, or by RSS in its words, its title or the class of its symbol. Feeds
    of others are passed over: those on other sites that stand in the middle of the page.
    """
    feeds: dict[str, FeedLink] = {}
    # Most links are looked at no closer: to ask an element for its attributes takes time.
    places = {place for place, link in enumerate(document.links) if link.icon}
    symbols = any(_SYMBOL.search(name) for name in holding(document.names, ("rss",)))
    for place in sorted(places.union(document.links_with(_MAY_BE))):
        link = document.links[place]
        near = link.area in _AROUND_TEXT or document.inner[place]
        title = _named(link, document.nodes[place], symbols=symbols) if near else None
        if title is not None and link.area is not Area.COMMENT:
            feeds.setdefault(link.url, FeedLink(url=link.url, title=title, linked=True))
        if len(feeds) >= MAX_LINKED:
            break
    return list(feeds.values())


def _named(link: Link, node: LexborNode, *, symbols: bool) -> str | None:
    """Return the words of a link to a feed; None for a link that does not say that it is one.

    `symbols`: something on the page bears the symbol of feeds.
    """
    attributes = node.attributes
    title = clean(attributes.get("title") or "", 200)
    if feed_type(attributes.get("type")):
        return title or link.text
    for words in (link.text, title):
        if len(words.split()) <= _MAX_WORDS and _SAYS_FEED.search(words):
            return words
    # Beside a symbol the words of a link may be any: "R" for RSS, but also "G" for something else.
    if not symbols or (not link.icon and link.text.lower() not in _FEED_WORDS):
        return None
    classes = [attributes, *(inner.attributes for inner in node.css("[class]")[:_MAX_WORDS])]
    return (
        link.text or "RSS"
        if any(_SYMBOL.search(each.get("class") or "") for each in classes)
        else None
    )
