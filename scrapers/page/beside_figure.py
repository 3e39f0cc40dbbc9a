"""The words that stand around a figure on a page, by which a reader knows what it counts."""

from selectolax.lexbor import LexborNode

from scrapers.parse.document import Document
from scrapers.parse.values import plain_text

AROUND = 40
"""Characters before and behind a figure."""

PROOF = 150
"""Characters of the words that prove a figure."""


def words_around(node: LexborNode, words: str, document: Document) -> str:
    """Return a bare number with the words beside it in the element around: "12,400 customers".

    One with words of its own says by itself what it counts.
    """
    parent = node.parent
    if parent is None or any(map(str.isalpha, words)):
        return words
    around = document.words.of(parent, PROOF + 1)
    # Of a number that stands there twice nobody could tell which one was read.
    if len(around) > PROOF or around.count(words) != 1:
        return words
    start = around.index(words)
    return around[max(0, start - AROUND) : start + len(words) + AROUND]


def without_tags(source: str, start: int, end: int) -> str:
    """Return the words around a place in the source; its tags too where it lies within one."""
    before, match = source[max(0, start - AROUND) : start], source[start:end]
    after = source[end : end + AROUND]
    # At both ends a tag may be cut off.
    whole = before[before.find(">") + 1 :] + match + after[: after.rfind("<")]
    words, seen = plain_text(whole), plain_text(match)
    return words if seen and seen in words else f"{before}{match}{after}"
