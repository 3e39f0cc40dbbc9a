"""Read XML that came from outside: no entities, no network, bounded, and broken parts left out."""

import re

from lxml import etree

_DECLARES = re.compile(rb"<!(?:ENTITY|DOCTYPE)", re.I)

MAX_REFERENCES = 100_000
"""References to signs in one document; each that is unknown becomes a node of its own."""

_REFERENCE = re.compile(rb"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"


def root_of(body: bytes) -> etree._Element | None:
    """The root of a document; None where it is no XML or declares a type or entities."""
    plain = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not plain.startswith(b"<") or _DECLARES.search(plain) is not None:
        return None
    if plain.count(b"&") > MAX_REFERENCES:
        plain = _REFERENCE.sub(b" ", plain)
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(plain, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None
    return root if root is not None and isinstance(root.tag, str) else None


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
