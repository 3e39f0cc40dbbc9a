"""Grow the tree of a page from its source, in time and memory that no page can blow up."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from scrapers.parse.charset import Decoded
from scrapers.parse.document import TEMPLATE
from scrapers.parse.element_index import ElementIndex
from scrapers.parse.tame import Tamed, is_bearable, swept, tamed

_TEMPLATE = re.compile(r"<(/?)(?:template|TEMPLATE)(?=[\s/>])")
_DEEP = 300
"""Elements around one from which on a page is none that people read.

The parser may add some to those that a sweep leaves.
"""

_MANY = 2_000
"""Elements from which on it matters how deep they are; fewer are soon read however they nest."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A tree with its elements, the source that it was grown from, and what was left out of it."""

    source: str
    tree: LexborHTMLParser
    index: ElementIndex
    left_out: str


def grow(decoded: Decoded) -> Grown:
    """Return the tree of a page, with what its templates hold as part of it.

    Whether it has any, and is too deep for its readers, is seen in the tree, as few pages do or
    are: these are parsed twice.

    Raises:
        MemoryError: the parser gave up, as it does where memory ends.
    """
    source = decoded.text
    if not is_bearable(source):
        return _parsed(swept(_unwrapped(source)))
    page = _parsed(Tamed(source), decoded.utf_8)
    if "template" in page.index.by_tag:
        source = _unwrapped(source)
        page = _parsed(tamed(source))
    elements = page.index
    too_deep = len(elements.nodes) >= _MANY and elements.is_deeper_than(_DEEP)
    return _parsed(swept(source)) if too_deep else page


def _unwrapped(source: str) -> str:
    """Return the source of a page with what its templates hold as part of the page.

    A parser keeps the content of `template` in a document apart, which no selector reaches.
    """
    return _TEMPLATE.sub(rf"<\1{TEMPLATE}", source)


def _parsed(text: Tamed, utf_8: bytes | None = None) -> Grown:
    """Return the tree of a source that a parser can bear, from its bytes where there are some."""
    try:
        tree = LexborHTMLParser(text.source if utf_8 is None else utf_8)
    # selectolax has one error for all that Lexbor refuses, and Lexbor takes any text as a page;
    # what is left is memory.
    except SelectolaxError as error:
        raise MemoryError("the parser gave up") from error
    return Grown(text.source, tree, ElementIndex(tree), text.left_out)
