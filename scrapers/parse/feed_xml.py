"""Bring a feed down to what is read of it, before feedparser reads it.

feedparser takes time that grows with the square of some texts (its issue 562) and seconds for a
megabyte of anything. Here libxml2 reads the feed, whatever is wrong with it, and the entries are
written anew with the elements that count, each of a size that one has.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html.entities import html5
from itertools import islice
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from audit.model.dated import DateSource
from scrapers.parse.charset import decoded_as
from scrapers.parse.dates import parse_date
from scrapers.parse.encoding_labels import codec_of
from scrapers.parse.text import legal
from scrapers.parse.xmltree import MAX_TAGS, safe_parser, with_legal_references

MAX_ENTRIES = 1_000
_BEFORE = 100
"""Elements among which the root of a feed is, where it is not the first."""

_HEAD, _CHILDREN, _DEPTH, _IN_ENTRY = 200, 100_000, 5, 200
_LONG, _SHORT = 4_500, 2_000
"""Characters of a text that is read by its words, and of a date, a name or an address."""

_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "itunes": "http://www.itunes.com/DTDs/PodCast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "old": "http://purl.org/atom/ns#",
    "rss": "http://purl.org/rss/1.0/",
}
_PREFIXES = {uri.lower(): prefix for prefix, uri in _NAMESPACES.items()}
_PREFIXES |= {"http://search.yahoo.com/mrss": "media"}
_PREFIXES |= {"http://example.com/dtds/podcast-1.0.dtd": "itunes"}
_MEDIA = frozenset({"media:group", "media:content"})
_PLAIN = frozenset({"atom", "old", "rss", ""})
_ROOTS = frozenset({"rss", "feed", "rdf:rdf", "channel"})
_ENTRIES = frozenset({"item", "entry"})
_DAYS = frozenset({"published", "pubdate", "issued", "dc:date", "updated", "modified", "created"})
_TAIL = 20_000
"""Characters at the end of a feed in which its root is ended."""

_TEXTS = frozenset(
    {
        *("title", "dc:title", "media:title", "description", "dc:description", "media:description"),
        *(
            "summary",
            "itunes:summary",
            "abstract",
            "content",
            "content:encoded",
            "body",
            "fullitem",
        ),
        "xhtml:body",
    }
)
_VALUES = frozenset(
    {
        *("link", "guid", "id", "language", "dc:language", "enclosure", "published", "issued"),
        *("pubdate", "updated", "modified", "lastbuilddate", "created", "dc:date"),
        *("dcterms:created", "dcterms:issued", "dcterms:modified"),
    }
)
_KNOWN = _TEXTS | _VALUES
_ATTRIBUTES = {
    **{name: name for name in ("rel", "href", "type", "url", "length", "mode", "version", "src")},
    **{"isPermaLink": "ispermalink", "ispermalink": "ispermalink", "base": "base"},
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about": "rdf:about",
    "{http://www.w3.org/XML/1998/namespace}base": "xml:base",
    "{http://www.w3.org/XML/1998/namespace}lang": "xml:lang",
}
_APART = frozenset({"image", "textinput", "source", "author", "contributor", "itunes:owner"})
"""What has titles and links of its own."""

_SUBSET = re.compile(r"<!ENTITY|<!DOCTYPE[^<>\[]*+\[", re.I)
_DECLARED = re.compile(r"""<\?xml[^<>]{0,200}?encoding\s{0,20}=\s{0,20}["']([\w.:-]{1,40})""")
_NAMED = re.compile(r"&([a-zA-Z][a-zA-Z0-9]{1,30};)")
_BARE = re.compile(r"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
_REFERENCES = 200_000
_CDATA = "<![CDATA["
_KEPT = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})


@dataclass(frozen=True, slots=True)
class Bounded:
    """A feed with what is read of it; `cut` where it broke off or holds more than is read."""

    body: bytes
    cut: bool


def bounded(body: bytes, content_type: str, now: datetime) -> Bounded | None:
    """The feed with what is read of it; None where it is none or declares entities."""
    decoded = _decoded(body, content_type)
    text = _from_root(decoded)
    tree = _root(text) if text is not None else None
    elements = islice(tree.iter(), _BEFORE) if tree is not None else ()
    root = next((each for each in elements if _name(each) in _ROOTS), None)
    if root is None:
        return None
    entries = [each for each in root.iter(etree.Element) if _name(each) in _ENTRIES]
    writer = _Writer(_older(entries, now))
    writer.inside(root, 0)
    tag = writer.tag(root)
    spaces = "".join(f' xmlns:{each}="{_NAMESPACES[each]}"' for each in sorted(writer.used))
    lines = [f"<{tag}{spaces}{_attributes(root)}>", *writer.lines, f"</{tag}>"]
    cut = len(entries) > MAX_ENTRIES or not _ends(root, decoded)
    return Bounded("".join(lines).encode(), cut)


def _ends(root: etree._Element, text: str) -> bool:
    """Whether the root of a feed is ended; scripts and comments may follow it."""
    name = re.escape(_split(root)[1])
    return re.search(rf"</\s*(?:[\w.-]+:)?{name}\s*>", text[-_TAIL:], re.I) is not None


def _older(entries: Sequence[etree._Element], now: datetime) -> int:
    """How many entries to pass over first: where a long feed begins with the oldest, those."""
    more = len(entries) - MAX_ENTRIES
    if more <= 0:
        return 0
    first, last = _published(entries[0], now), _published(entries[-1], now)
    return more if first is not None and last is not None and first < last else 0


def _published(entry: etree._Element, now: datetime) -> datetime | None:
    """When an entry of a feed was published, as it says."""
    for child in islice(entry, _CHILDREN):
        if _name(child) in _DAYS:
            found = parse_date(_text(child, _SHORT), DateSource.FEED, now)
            if found is not None:
                return found.at
    return None


def _decoded(body: bytes, content_type: str) -> str:
    """The text of a feed in the encoding that its header names, else the one it declares."""
    declared = _DECLARED.search(body[:300].decode("latin-1"))
    codec = codec_of(declared[1]) if declared is not None else ""
    text = decoded_as(body, content_type, codec or "utf-8").lstrip("\ufeff \t\r\n")
    return text if text.count("<") <= MAX_TAGS else "<".join(text.split("<", MAX_TAGS)[:-1])


def _from_root(text: str) -> str | None:
    """The text from its first element on; None where entities are declared before it."""
    at = 0
    while text.startswith(("<?", "<!"), at):
        end = "-->" if text.startswith("<!--", at) else ">"
        if end == ">" and _SUBSET.match(text, at) is not None:
            return None
        found = text.find(end, at)
        if found < 0:
            return None
        at = found + len(end)
        while text[at : at + 1].isspace():
            at += 1
    return text[at:]


def _root(text: str) -> etree._Element | None:
    """The root of a feed; of an ill-formed one with its references mended."""
    for recover, source in ((False, text), (True, "")):
        parser = safe_parser(recover=recover)
        try:
            return etree.fromstring((source or _mended(text)).encode("utf-8", "replace"), parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
    return None


def _mended(text: str) -> str:
    """A feed whose texts hold `&` and HTML's names of signs, in a form that XML knows."""
    first, *others = legal(text).split(_CDATA)
    pieces = [_with_references(first)]
    for each in others:
        inside, end, after = each.partition("]]>")
        pieces += [_CDATA, inside, end, _with_references(after)]
    return "".join(pieces)


def _with_references(text: str) -> str:
    if text.count("&") > _REFERENCES:
        return text.replace("&", "&amp;")
    return _BARE.sub("&amp;", _NAMED.sub(_sign, with_legal_references(text)))


def _sign(match: re.Match[str]) -> str:
    name = match[1]
    return match[0] if name in _KEPT else escape(html5.get(name, match[0]))


class _Writer:
    """Writes a feed anew: what is in its head, then so many entries."""

    def __init__(self, passed: int) -> None:
        self.passed = passed
        self.lines: list[str] = []
        self.used: set[str] = set()
        self.head = self.entries = 0

    def inside(self, node: etree._Element, depth: int) -> None:
        """Write what stands in a feed or channel."""
        for child in islice(node, _CHILDREN):
            name = _name(child)
            if name in _ENTRIES:
                self.entry(child)
            elif name in _KNOWN:
                self.head += 1
                if self.head <= _HEAD:
                    self.element(child, name)
            elif name == "channel" and depth < _DEPTH:
                self.lines.append(f"<channel{_attributes(child)}>")
                self.inside(child, depth + 1)
                self.lines.append("</channel>")
            elif name not in _APART and depth < _DEPTH and len(child):
                self.inside(child, depth + 1)

    def entry(self, node: etree._Element) -> None:
        """Write an entry; those that stand in it, since its end is missing, follow it."""
        pending = [node]
        while pending and self.entries < MAX_ENTRIES:
            node = pending.pop()
            if self.passed > 0:
                self.passed -= 1
                pending += [each for each in islice(node, _CHILDREN) if _name(each) in _ENTRIES]
                continue
            tag = self.tag(node)
            self.entries += 1
            self.lines.append(f"<{tag}{_attributes(node)}>")
            self.parts(node, pending)
            self.lines.append(f"</{tag}>")

    def parts(self, node: etree._Element, pending: list[etree._Element], depth: int = 0) -> None:
        """Write the parts of an entry, those of a group of media among them."""
        kept = 0
        for child in islice(node, _CHILDREN):
            name = _name(child)
            if name in _KNOWN and kept < _IN_ENTRY:
                kept += 1
                self.element(child, name)
            elif name in _ENTRIES:
                pending.append(child)
            elif name in _MEDIA and len(child) and depth < _DEPTH:
                tag = self.tag(child)
                self.lines.append(f"<{tag}>")
                self.parts(child, pending, depth + 1)
                self.lines.append(f"</{tag}>")

    def element(self, node: etree._Element, name: str) -> None:
        """Write one element with its text."""
        tag, limit = self.tag(node), _LONG if name in _TEXTS else _SHORT
        self.lines.append(f"<{tag}{_attributes(node)}>{escape(_text(node, limit))}</{tag}>")

    def tag(self, node: etree._Element) -> str:
        """The tag under which an element is written."""
        prefix, local = _split(node)
        if prefix in _NAMESPACES:
            self.used.add(prefix)
            return f"{prefix}:{local}"
        return local


def _split(node: etree._Element) -> tuple[str, str]:
    """The prefix that is usual for an element's namespace, and its name in small letters."""
    tag: object = node.tag
    if not isinstance(tag, str):
        return "", ""
    uri, _, local = tag.rpartition("}")
    given, _, local = (node.prefix or "", "", local) if uri else local.rpartition(":")
    return _PREFIXES.get(uri[1:].lower(), given.lower()), local.lower()


def _name(node: etree._Element) -> str:
    """The name of an element with its usual prefix, none for what feeds are made of."""
    prefix, local = _split(node)
    return local if prefix in _PLAIN or prefix not in _NAMESPACES else f"{prefix}:{local}"


def _attributes(node: etree._Element) -> str:
    """The attributes of an element that say where something is, or what it is."""
    try:
        values = [(name, node.get(place)) for place, name in _ATTRIBUTES.items()]
    except UnicodeDecodeError:  # as in `_text`
        return ""
    return "".join(f" {name}={quoteattr(said[:_SHORT])}" for name, said in values if said)


def _text(node: etree._Element, limit: int) -> str:
    """The words of an element, up to a length; none of one whose text is no text.

    libxml2, where it mends, lets references to halves of characters (`&#xD800;`) through.
    """
    try:
        return _words(node, limit)
    except UnicodeDecodeError:
        return ""


def _words(node: etree._Element, limit: int) -> str:
    """The words of an element; the parts of one with elements in it apart."""
    if not len(node):
        return (node.text or "")[:limit]
    pieces: list[str] = []
    for piece in islice(node.itertext(), limit):
        pieces.append(str(piece)[:limit])
        limit -= len(piece)
        if limit <= 0:
            break
    return " ".join(pieces)
