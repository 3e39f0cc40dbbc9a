"""Read XML that came from outside: no entities, no network, bounded, and broken parts left out."""

import re

from lxml import etree

_DECLARES_TYPE = re.compile(rb"<!(?:ENTITY|DOCTYPE)", re.I)

MAX_TAGS = 1_000_000
"""A sitemap of as many addresses as one may hold has half of them; what follows is left out."""

MAX_REFERENCES = 100_000
"""References to signs in one document; with more it is none that anybody wrote."""

_NUMERIC_REFERENCE = re.compile(r"&#(?:([0-9]++)|[xX]([0-9a-fA-F]++));?")
_MAX_DIGITS = 9
"""Digits of a reference that are looked at; no character has a longer number."""

_WHITE_SPACE = frozenset({9, 10, 13})

ATOM = "{http://www.w3.org/2005/Atom}"
"""The namespace of Atom, as lxml writes it before a name."""

MEDIA = "{http://search.yahoo.com/mrss/}"
"""The namespace of Media RSS, likewise."""


def root_of(body: bytes) -> etree._Element | None:
    """Return the root of a document; None where it is no XML or declares a type or entities.

    Broken parts are left out, as is what follows the millionth tag.
    """
    plain = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not plain.startswith(b"<") or _DECLARES_TYPE.search(plain) is not None:
        return None
    if plain.count(b"<") > MAX_TAGS:
        plain = b"<".join(plain.split(b"<", MAX_TAGS)[:-1])
    if plain.count(b"&") > MAX_REFERENCES:
        plain = plain.replace(b"&", b" ")
    # Latin-1 takes each byte for a character and back, so libxml2 still finds the encoding itself.
    plain = with_legal_references(plain.decode("latin-1")).encode("latin-1")
    try:
        root = etree.fromstring(plain, safe_parser(recover=True))
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None
    return root if root is not None and isinstance(root.tag, str) else None


def safe_parser(*, recover: bool) -> etree.XMLParser:
    """Return a parser that expands and fetches nothing; `recover` leaves out broken parts."""
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        # libxml2's own limits on depth and on the length of a text stay.
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def with_legal_references(text: str) -> str:
    """Return a document with `?` for references to what is no character (`&#xD800;`).

    libxml2, where it mends, lets them through, and lxml then fails to read the text.
    """
    return _NUMERIC_REFERENCE.sub(_checked_reference, text) if "&#" in text else text


def _checked_reference(match: re.Match[str]) -> str:
    """Return a reference as it is, or `?` where XML 1.0 knows no such character."""
    digits = (match[1] or match[2]).lstrip("0")[:_MAX_DIGITS]
    number = int(digits or "0", 16 if match[2] else 10)
    legal = number in _WHITE_SPACE or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE
    return match[0] if legal or 0x10000 <= number < 0x110000 else "?"


def name_of(node: etree._Element) -> str:
    """Return the name of an element without its namespace; empty for what is no element."""
    tag: object = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_at(node: etree._Element, path: str) -> str:
    """Return the text under a path without white space around it; empty where there is none."""
    return (node.findtext(path) or "").strip()


def value_at(node: etree._Element, path: str, name: str) -> str:
    """Return an attribute of the element under a path; empty where there is none."""
    element = node.find(path)
    return (element.get(name) or "").strip() if element is not None else ""
