"""Read XML that came from outside: no entities, no network, bounded, and broken parts left out."""

import re

from lxml import etree

_DECLARES = re.compile(rb"<!(?:ENTITY|DOCTYPE)", re.I)

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"


def root_of(body: bytes) -> etree._Element | None:
    """The root of a document; None where it is no XML or declares a type or entities."""
    plain = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not plain.startswith(b"<") or _DECLARES.search(plain) is not None:
        return None
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(plain, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if root is not None and isinstance(root.tag, str) else None


def text_at(node: etree._Element, path: str) -> str:
    """The text under a path; empty where there is none."""
    return (node.findtext(path) or "").strip()


def value_at(node: etree._Element, path: str, name: str) -> str:
    """An attribute of the element under a path; empty where there is none."""
    found = node.find(path)
    return (found.get(name) or "").strip() if found is not None else ""
