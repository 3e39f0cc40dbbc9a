"""Bring a feed down to what is read of it, before feedparser reads it.

feedparser takes time that grows with the square of some texts (its issue 562) and seconds for a
megabyte of anything. Here libxml2 reads the feed, whatever is wrong with it, and the entries are
written anew with the elements that count, each of a size that one has.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from audit.model.value import DateSource
from scrapers.parse.dates import parse_date
from scrapers.parse.mended_xml import xml_tree
from scrapers.parse.urls import MAX_LENGTH

ROOT = re.compile(r"<(?:[a-z][\w.-]{0,40}:)?(?:rss|feed|RDF|channel)[\s>]", re.I)
"""The tag of the root of a feed; looked for in the beginning of the file."""

MAX_ENTRIES = 1_000
_MAX_BEFORE_ROOT = 100
"""Elements among which the root of a feed is, where it is not the first."""

_MAX_HEAD = 200
"""Elements of the head of a feed that are kept, in all its channels."""

_MAX_CHILDREN = 100_000
"""Children of one element that are looked at."""

_MAX_DEPTH = 5
"""Elements within each other, such as channels or groups of media, that are gone into."""

_MAX_PARTS = 200
"""Parts of one entry that are kept."""

_MAX_TEXT, _MAX_VALUE = 4_500, MAX_LENGTH + 1
"""Characters of a text that is read by its words, and of a date, a name or an address.

One more than an address may have tells that it is too long: cut it would be another one.
"""

_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "itunes": "http://www.itunes.com/DTDs/PodCast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "opensearch": "http://a9.com/-/spec/opensearch/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "old": "http://purl.org/atom/ns#",
    "rss": "http://purl.org/rss/1.0/",
}
"""The namespaces that are read; `old` is Atom 0.3, `rss` is RSS 1.0."""

_PREFIXES = {
    **{uri.lower(): prefix for prefix, uri in _NAMESPACES.items()},
    # Feeds also name Media RSS without the last slash, and iTunes by an example's address.
    "http://search.yahoo.com/mrss": "media",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    # Blogger's, for how many entries a feed has on all its pages.
    "http://a9.com/-/spec/opensearchrss/1.0/": "opensearch",
}
"""The usual prefix of a namespace by its address in small letters: feeds write it in any case."""

_MEDIA = frozenset({"media:group", "media:content"})
"""Elements of an entry whose parts are parts of the entry."""

_PLAIN = frozenset({"atom", "old", "rss", ""})
"""Prefixes of what feeds themselves are made of; an element's name is used without them."""

_ROOTS = frozenset({"rss", "feed", "rdf:rdf", "channel"})
"""The root of a feed; a bare `channel` is one whose root was forgotten."""

_ENTRIES = frozenset({"item", "entry"})
_DAYS = frozenset({"published", "pubdate", "issued", "dc:date", "updated", "modified", "created"})
"""Elements that say when an entry was published or changed."""

_ENDING = 20_000
"""Characters at the end of a feed in which its root is ended."""

_TEXTS = frozenset(
    [
        "title",
        "dc:title",
        "media:title",
        "description",
        "dc:description",
        "media:description",
        "summary",
        "itunes:summary",
        "abstract",
        "content",
        "content:encoded",
        "body",
        "fullitem",
        "xhtml:body",
    ]
)
"""Elements that are read by their words."""

_VALUES = frozenset(
    [
        "link",
        "category",
        "dc:subject",
        "guid",
        "id",
        "language",
        "dc:language",
        "generator",
        "opensearch:totalresults",
        "enclosure",
        "published",
        "issued",
        "pubdate",
        "updated",
        "modified",
        "lastbuilddate",
        "created",
        "dc:date",
        "dcterms:created",
        "dcterms:issued",
        "dcterms:modified",
    ]
)
"""Elements that hold a date, an address, a language, a tag, or what a feed says of itself."""

_KNOWN = _TEXTS | _VALUES
_ATTRIBUTES = {
    **{name: name for name in ("rel", "href", "type", "url", "length", "mode", "version", "src")},
    **{name: name for name in ("term", "label")},  # a category of Atom
    **{"isPermaLink": "ispermalink", "ispermalink": "ispermalink", "base": "base"},
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about": "rdf:about",
    "{http://www.w3.org/XML/1998/namespace}base": "xml:base",
    "{http://www.w3.org/XML/1998/namespace}lang": "xml:lang",
}
"""The attributes that are kept, each with the name under which feedparser knows it."""

_APART = frozenset({"image", "textinput", "source", "author", "contributor", "itunes:owner"})
"""What has titles and links of its own."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """A feed with what is read of it; `cut` where it broke off or holds more than is read."""

    body: bytes
    cut: bool


def bounded(text: str, now: datetime) -> Bounded | None:
    """Return a feed with what is read of it, in UTF-8; None where it is none or declares entities.

    `now` is the time of the fetch, by which its dates are judged.
    """
    tree = xml_tree(text, ROOT)
    elements = islice(tree.iter(), _MAX_BEFORE_ROOT) if tree is not None else ()
    root = next((node for node in elements if _name(node) in _ROOTS), None)
    if root is None:
        return None
    entries = [node for node in root.iter(etree.Element) if _name(node) in _ENTRIES]
    writer = _Writer(_count_of_older(entries, now))
    writer.inside(root, 0)
    tag = writer.tag(root)
    spaces = "".join(f' xmlns:{name}="{_NAMESPACES[name]}"' for name in sorted(writer.used))
    lines = [f"<{tag}{spaces}{_attributes(root)}>", *writer.lines, f"</{tag}>"]
    cut = len(entries) > MAX_ENTRIES or not _is_ended(root, text)
    return Bounded("".join(lines).encode(), cut)


def _is_ended(root: etree._Element, text: str) -> bool:
    """Tell whether the root of a feed is ended; scripts and comments may follow it."""
    # libxml2 ends what was left open without a word: only the source tells that a feed broke off.
    name = re.escape(_qualified(root)[1])
    return re.search(rf"</\s*(?:[\w.-]+:)?{name}\s*>", text[-_ENDING:], re.I) is not None


def _count_of_older(entries: Sequence[etree._Element], now: datetime) -> int:
    """Return how many of the first entries to pass over so that the newest are read.

    Nothing where there are not too many, or where the first is not older than the last.
    """
    more = len(entries) - MAX_ENTRIES
    if more <= 0:
        return 0
    first, last = _published_at(entries[0], now), _published_at(entries[-1], now)
    return more if first is not None and last is not None and first < last else 0


def _published_at(entry: etree._Element, now: datetime) -> datetime | None:
    """Return when an entry of a feed was published, as it says; None where no date is read."""
    for child in islice(entry, _MAX_CHILDREN):
        if _name(child) in _DAYS:
            dated = parse_date(_text_of(child, _MAX_VALUE), DateSource.FEED, now)
            if dated is not None:
                return dated.at
    return None


class _Writer:
    """Write a feed anew: what is in its head, then at most `MAX_ENTRIES` entries.

    `older` is the number of entries that are still to be passed over. `used` are the prefixes that
    were written, whose namespaces the root has to declare.
    """

    def __init__(self, older: int) -> None:
        self.older = older
        self.lines: list[str] = []
        self.used: set[str] = set()
        self.head_count = self.entry_count = 0

    def inside(self, node: etree._Element, depth: int) -> None:
        """Write what stands in a feed, a channel or another element around entries."""
        for child in islice(node, _MAX_CHILDREN):
            name = _name(child)
            if name in _ENTRIES:
                self.entry(child)
            elif name in _KNOWN:
                self.head_count += 1
                if self.head_count <= _MAX_HEAD:
                    self.element(child, name)
            elif name == "channel" and depth < _MAX_DEPTH:
                self.lines.append(f"<channel{_attributes(child)}>")
                self.inside(child, depth + 1)
                self.lines.append("</channel>")
            elif name not in _APART and depth < _MAX_DEPTH and len(child):
                self.inside(child, depth + 1)

    def entry(self, node: etree._Element) -> None:
        """Write an entry, and after it those that stand in it.

        Entries stand within each other where their ends are missing.
        """
        # A list of what is left, not recursion: a thousand ends may be missing.
        pending = [node]
        while pending and self.entry_count < MAX_ENTRIES:
            node = pending.pop()
            if self.older > 0:
                self.older -= 1
                pending += [each for each in islice(node, _MAX_CHILDREN) if _name(each) in _ENTRIES]
                continue
            tag = self.tag(node)
            self.entry_count += 1
            self.lines.append(f"<{tag}{_attributes(node)}>")
            self.parts(node, pending)
            self.lines.append(f"</{tag}>")

    def parts(self, node: etree._Element, pending: list[etree._Element], depth: int = 0) -> None:
        """Write the parts of an entry, those of a group of media among them.

        Entries that stand in it are added to `pending`.
        """
        kept = 0
        for child in islice(node, _MAX_CHILDREN):
            name = _name(child)
            if name in _KNOWN and kept < _MAX_PARTS:
                kept += 1
                self.element(child, name)
            elif name in _ENTRIES:
                pending.append(child)
            elif name in _MEDIA and len(child) and depth < _MAX_DEPTH:
                tag = self.tag(child)
                self.lines.append(f"<{tag}>")
                self.parts(child, pending, depth + 1)
                self.lines.append(f"</{tag}>")
            elif name in _MEDIA and kept < _MAX_PARTS:
                kept += 1
                self.element(child, name)

    def element(self, node: etree._Element, name: str) -> None:
        """Write one element with its attributes and its text."""
        tag, limit = self.tag(node), _MAX_TEXT if name in _TEXTS else _MAX_VALUE
        self.lines.append(f"<{tag}{_attributes(node)}>{escape(_text_of(node, limit))}</{tag}>")

    def tag(self, node: etree._Element) -> str:
        """Return the tag under which an element is written, and remember its prefix."""
        prefix, local = _qualified(node)
        if prefix in _NAMESPACES:
            self.used.add(prefix)
            return f"{prefix}:{local}"
        return local


def _qualified(node: etree._Element) -> tuple[str, str]:
    """Return the usual prefix of an element's namespace, and its name, both in small letters.

    Where a feed does not declare a prefix, the prefix itself is taken: `dc:date` is ("dc", "date").
    """
    tag: object = node.tag
    if not isinstance(tag, str):
        return "", ""
    uri, _, local = tag.rpartition("}")
    # libxml2 keeps an undeclared prefix as part of the name.
    prefix, _, local = (node.prefix or "", "", local) if uri else local.rpartition(":")
    return _PREFIXES.get(uri[1:].lower(), prefix.lower()), local.lower()


def _name(node: etree._Element) -> str:
    """Return the name of an element with its usual prefix, such as `dc:date`.

    What feeds themselves are made of has none: `title` in RSS and in Atom.
    """
    prefix, local = _qualified(node)
    return local if prefix in _PLAIN or prefix not in _NAMESPACES else f"{prefix}:{local}"


def _attributes(node: etree._Element) -> str:
    """Return the attributes of an element that are kept, as they are written into a tag."""
    try:
        values = [(name, node.get(place)) for place, name in _ATTRIBUTES.items()]
    except UnicodeDecodeError:  # as in `_text_of`
        return ""
    return "".join(f" {name}={quoteattr(value[:_MAX_VALUE])}" for name, value in values if value)


def _text_of(node: etree._Element, limit: int) -> str:
    """Return the words of an element, up to a length; empty for one whose text is no text."""
    try:
        return _words(node, limit)
    # Where libxml2 mends, it lets references to halves of characters (`&#xD800;`) through as bytes
    # that are no UTF-8, and lxml raises when they are read.
    except UnicodeDecodeError:
        return ""


def _words(node: etree._Element, limit: int) -> str:
    """Return the words of an element; those of the elements in it are set apart by spaces."""
    if not len(node):
        return (node.text or "")[:limit]
    pieces: list[str] = []
    for piece in islice(node.itertext(), limit):
        pieces.append(str(piece)[:limit])
        limit -= len(piece)
        if limit <= 0:
            break
    return " ".join(pieces)
