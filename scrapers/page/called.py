"""Tell what a page calls itself: by its heading, its title, or the end of its address."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from scrapers.page.counted import nouns_of
from scrapers.page.names import folded
from scrapers.page.words import COMPACT, LinkWords
from scrapers.parse.document import Document
from scrapers.parse.urls import segments

_PARTS = re.compile(r"\s[|–—·:»-]\s|[|·»]")
"""Signs between the name of a page and that of its site: "Support | Acme"."""

_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp|cfm)$")
_HEADINGS = 3
_LONGEST = 60
_WORDS = 3
"""Words of a name of a part of a site; a longer heading is a title."""


def is_called(document: Document, link_words: LinkWords, sections: Iterable[str]) -> bool:
    """Tell whether a page calls itself by a phrase of some sections of the vocabulary.

    "Community", "Acme Support" and `/assistenza/` do; "How to get support for a cause" does not.
    """
    names = [name for name in _names(document) if len(name.split()) <= _WORDS or _compact(name)]
    return any(
        nouns_of(link_words.phrases(section)).within(name) for section in sections for name in names
    )


def headings(document: Document) -> Iterator[str]:
    """Yield the first headings of a page, of any height, that are short enough to be names."""
    for node in document.elements("h1", "h2", "h3", "h4")[:40]:
        text = document.words.of(node, _LONGEST + 1)
        if text and len(text) <= _LONGEST:
            yield text


def is_headed(document: Document, link_words: LinkWords, section: str) -> bool:
    """Tell whether a heading of a page is a phrase of a section of the vocabulary, and no more."""
    phrases = _folded(link_words.phrases(section))
    return any(folded(text).strip(" :?!.") in phrases for text in headings(document))


@cache
def _folded(phrases: tuple[str, ...]) -> frozenset[str]:
    """Return the phrases of a section as headings are compared with them."""
    return frozenset(map(folded, phrases))


def _names(document: Document) -> Iterator[str]:
    """Yield what may name a page: its highest headings, parts of its title, its last segment."""
    for node in document.elements("h1")[:_HEADINGS]:
        yield document.words.of(node, _LONGEST)
    yield from (part.strip() for part in _PARTS.split(document.title[:200]))
    for part in segments(document.url)[-1:]:
        yield re.sub(r"[-_+]", " ", _ENDING.sub("", part))[:_LONGEST]


def _compact(name: str) -> bool:
    """Tell whether a name is in a script that writes words without spaces."""
    return COMPACT.search(name) is not None
