"""The titles of the entries of an index page, and what the blocks around them are."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from audit.model.facts import Link
from scrapers.parse.dated import ancestors
from scrapers.parse.element_text import Words
from scrapers.parse.urls import page_key, segments

ANY_HEADING = "h1,h2,h3,h4,h5,h6"
HEADINGS = frozenset(ANY_HEADING.split(","))

_TITLE = re.compile(
    r"(?:^|[\s_-])(?:title|headline|heading|titel|titre|titulo|titolo)(?:$|[\s_-])", re.I
)
"""The class or property of an element that holds a title."""

_PARTS_OF_A_CARD = 20
"""Elements of a link that are looked at for its title."""

_MAX_CLASS = 200
"""Characters of a class that are looked at."""


class Title(NamedTuple):
    """A link that may be the title of an entry, with its element."""

    link: Link
    node: LexborNode


def is_below(url: str, page_url: str) -> bool:
    """Tell whether an address continues that of a page, which is not the start page."""
    return bool(segments(page_url)) and page_key(url).startswith(f"{page_key(page_url)}/")


class BlockTexts:
    """Say what the blocks around the links of one page are; each block is read once."""

    def __init__(self, words: Words, dates_in: Mapping[int, int]) -> None:
        self._words, self._dates_in = words, dates_in
        self._teasers: dict[int, bool] = {}
        self._headings: dict[int, str | None] = {}

    def is_teaser(self, title: Title, page_url: str) -> bool:
        """Tell whether a link is the heading of an article block, though no date stands by it.

        Or a card around a heading, where it leads below the page: cards elsewhere are goods and
        related pages as often as posts.
        """
        node = title.node
        if not any(ancestor.tag in HEADINGS for ancestor in ancestors(node)):
            below = is_below(title.link.url, page_url)
            if not below or node.css_first(ANY_HEADING) is None:
                return False
        return any(self._is_article(ancestor) for ancestor in ancestors(node))

    def _is_article(self, node: LexborNode) -> bool:
        """Tell whether an element is an article, by its tag or by the classes of WordPress."""
        known = self._teasers.get(node.mem_id)
        if known is None:
            classes = (node.attributes.get("class") or "").lower()
            known = node.tag == "article" or "hentry" in classes or "post" in classes.split()
            self._teasers[node.mem_id] = known
        return known

    def title_within(self, node: LexborNode) -> str:
        """Return the title that a link holds beside other words; empty for none.

        It is the highest heading, else the first element that calls itself a title, else what is
        bold above a paragraph. A smaller heading above it may be a category.
        """
        headings = node.css(ANY_HEADING)[:_PARTS_OF_A_CARD]
        if headings:
            return self._words.of(min(headings, key=lambda heading: heading.tag or ""), 300)
        for part in node.css("[class],[itemprop]")[:_PARTS_OF_A_CARD]:
            called = part.attributes.get("class") or part.attributes.get("itemprop") or ""
            if _TITLE.search(called[:_MAX_CLASS]) and (words := self._words.of(part, 300)):
                return words
        bold = node.css_first("strong,b") if node.css_first("p") is not None else None
        return self._words.of(bold, 300) if bold is not None else ""

    def heading_near(self, node: LexborNode) -> str:
        """Return the heading of the nearest block that a link stands in; empty for none."""
        for ancestor in list(ancestors(node))[1:5]:
            # Around several dates the heading is that of the list, and so it is further out.
            if self._dates_in.get(ancestor.mem_id, 0) > 1:
                return ""
            heading = self._heading_in(ancestor)
            if heading is not None:
                return heading
        return ""

    def _heading_in(self, node: LexborNode) -> str | None:
        """Return the only heading of a block; empty for several, None for none."""
        if node.mem_id not in self._headings:
            headings = node.css(ANY_HEADING)
            only = self._words.of(headings[0], 300) if len(headings) == 1 else ""
            self._headings[node.mem_id] = only if headings else None
        return self._headings[node.mem_id]
