"""Read XML that came from outside: no entities, no network, bounded, and broken parts left out."""

import re

from lxml import etree

_DECLARES = re.compile(rb"<!(?:ENTITY|DOCTYPE)", re.I)

MAX_TAGS = 1_000_000
"""A sitemap of as many addresses as one may hold has half of them; what follows is left out."""

MAX_REFERENCES = 100_000
"""References to signs in one document; with more it is none that anybody wrote."""

_NUMBERED = re.compile(r"&#(?:([0-9]++)|[xX]([0-9a-fA-F]++));?")
_DIGITS = 9
_WHITE = frozenset({9, 10, 13})

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"


def root_of(body: bytes) -> etree._Element | None:
    """The root of a document; None where it is no XML or declares a type or entities."""
    plain = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not plain.startswith(b"<") or _DECLARES.search(plain) is not None:
        return None
    if plain.count(b"<") > MAX_TAGS:
        plain = b"<".join(plain.split(b"<", MAX_TAGS)[:-1])
    if plain.count(b"&") > MAX_REFERENCES:
        plain = plain.replace(b"&", b" ")
    plain = with_legal_references(plain.decode("latin-1")).encode("latin-1")
    try:
        root = etree.fromstring(plain, safe_parser(recover=True))
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None
    return root if root is not None and isinstance(root.tag, str) else None


def safe_parser(*, recover: bool) -> etree.XMLParser:
    """A parser that expands and fetches nothing; with `recover` it leaves out broken parts."""
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def with_legal_references(text: str) -> str:
    """A document without references to what is no sign (`&#xD800;`), which libxml2 lets through."""
    return _NUMBERED.sub(_legal, text) if "&#" in text else text


def _legal(match: re.Match[str]) -> str:
    digits = (match[1] or match[2]).lstrip("0")[:_DIGITS]
    number = int(digits or "0", 16 if match[2] else 10)
    named = number in _WHITE or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE
    return match[0] if named or 0x10000 <= number < 0x110000 else "?"


def name_of(node: etree._Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    tag: object = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_at(node: etree._Element, path: str) -> str:
    """The text under a path; empty where there is none."""
    return (node.findtext(path) or "").strip()


def value_at(node: etree._Element, path: str, name: str) -> str:
    """An attribute of the element under a path; empty where there is none."""
    found = node.find(path)
    return (found.get(name) or "").strip() if found is not None else ""
