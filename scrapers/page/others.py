"""Tell which links stand among other people's: under "Our clients", or on a page of works."""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from selectolax.lexbor import LexborNode

from scrapers.page.whose_words import WhoseWords
from scrapers.parse.document import Document
from scrapers.parse.text import clean

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HEADING = 200
"""Characters of a heading that are read."""

_WRAPPERS = 4
"""Elements around a heading that may hold it alone, or with a few words."""

_MAX_HEADINGS = 1_000
_MAX_OVER = 50
"""Headings of a page that are read, and those over others that count."""

_TITLE = 1
"""The level of the heading that is over the whole page."""

_NAMED = re.compile(
    r"(?<![\w-])(?:our-)?(?:clients?|customers?|portfolio|case-stud(?:y|ies)|kunden|referenzen"
    r"|clientes|clienti|klanten|kunder|klienci|klienti)"
    r"(?:[-_]{1,2}(?:list|logos?|grid|items?|section|cards?|slider|carousel|wall|block|wrap\w{0,6}))?"
    r"(?![\w-])"
)
"""Class names of a block of customers or works, in small letters."""


def is_named_others(context: str) -> bool:
    """Tell whether the elements around a link call themselves customers or works."""
    return _NAMED.search(context) is not None


def under_others(
    document: Document, nodes: Sequence[LexborNode], words: WhoseWords
) -> Collection[int]:
    """Return which links stand among other people's, by the `mem_id` of their elements.

    That is under a heading over others, or anywhere on a page whose address or title names them.
    A heading is over what follows, up to the next one of its level, within the same section.
    """
    wanted = {node.mem_id for node in nodes}
    if not wanted or words.is_of_others(document.url):
        return wanted
    headings = islice(document.elements(*_HEADINGS), _MAX_HEADINGS)
    over = {
        node.mem_id: None if _level(node) == _TITLE else _section(node)
        for node in islice((node for node in headings if _is_others(node, words)), _MAX_OVER)
    }
    return _under(document, wanted, over) if over else ()


def _under(document: Document, wanted: Collection[int], over: Mapping[int, int | None]) -> set[int]:
    """Return which of some links stand under headings over others, in the order of the page.

    `over` are these headings, each with the section that it is over; None for the whole page.
    """
    under: set[int] = set()
    outline: list[LexborNode] = []
    for node in document.elements(*_HEADINGS, "a"):
        if node.tag != "a":
            while outline and _level(outline[-1]) >= _level(node):
                outline.pop()
            outline.append(node)
        elif node.mem_id in wanted and outline:
            sections = [over[heading.mem_id] for heading in outline if heading.mem_id in over]
            if sections and (None in sections or not _around(node).isdisjoint(sections)):
                under.add(node.mem_id)
    return under


def _level(heading: LexborNode) -> int:
    """Return the level of a heading: 1 of `h1`."""
    return int((heading.tag or "h6")[1])


def _is_others(heading: LexborNode, words: WhoseWords) -> bool:
    """Tell whether a heading is over others; the title of a page must name them and no more."""
    text = clean(heading.text(deep=True, separator=" ")[: 2 * _HEADING], _HEADING)
    return words.names_others(text) if _level(heading) == _TITLE else words.heads_others(text)


def _section(heading: LexborNode) -> int:
    """Return the `mem_id` of the smallest element around a heading with links beside its own."""
    own = len(heading.css("a"))
    section = heading
    for _ in range(_WRAPPERS):
        if section.parent is None:
            break
        section = section.parent
        if section.css_first("a") is not None and (not own or len(section.css("a")) > own):
            break
    return section.mem_id


def _around(link: LexborNode) -> set[int]:
    """Return the `mem_id` of all elements around a link."""
    holders: set[int] = set()
    element = link.parent
    while element is not None:
        holders.add(element.mem_id)
        element = element.parent
    return holders
