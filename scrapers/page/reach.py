"""How far an entry reaches that a person points at, and where it leads."""

from collections.abc import Iterator, Set

from selectolax.lexbor import LexborNode

from scrapers.parse.document import Document
from scrapers.parse.urls import join

_BEGINNINGS = frozenset({"dt", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Elements that begin an entry and do not hold it."""

_NODES = 40
"""Nodes behind the beginning of an entry that are part of it."""


def behind(node: LexborNode, entries: Set[int]) -> Iterator[LexborNode]:
    """Yield the elements that belong to an entry of which an element is only the beginning.

    A heading, or a term of a list, is followed by what it is of, up to the next one. `entries` are
    the `mem_id` of all elements that begin an entry.
    """
    beside = node.next if node.tag in _BEGINNINGS else None
    for _ in range(_NODES):
        if beside is None or beside.mem_id in entries or beside.tag == node.tag:
            return
        if beside.is_element_node:
            yield beside
        beside = beside.next


def address_in(node: LexborNode, document: Document) -> str:
    """Return where an element leads: by itself, a link in it, or the link around it."""
    inner = node.css_first("a[href]")
    around = node.parent
    for link in (node, inner, around):
        if link is not None and link.tag == "a" and (href := link.attributes.get("href")):
            return join(document.base, href) or ""
    return ""
