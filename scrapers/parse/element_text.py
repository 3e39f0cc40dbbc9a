"""The words of elements, in time that does not grow with how often elements stand in each other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborNode

from scrapers.parse.text import FIELD_LIMIT, clean

_WHOLE = 20_000_000
"""Characters that are taken whole; a page that holds no more is read faster so."""

_APART = 50_000
"""Pieces of text that are asked whether a blank belongs between them; a page has a few thousand."""

_MAX_STEPS = 2_000
"""Nodes within one element that are looked at where its text is read piece by piece."""

_MAX_NESTING = 40
"""Elements around a piece of text that are looked at; a link or a heading holds hardly four."""

_SEPARATOR = "\0"
"""Between the pieces of a text; a page cannot hold it, as the parser replaces it."""

_CLOSING = ".,;:!?)]%…"
"""Signs that belong to what stands before them."""

_TOUCHING = re.compile(rf"\0(?<=\S\0)[^\s{re.escape(_CLOSING)}]")
"""Where two pieces of a text stand without a blank between them."""

_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th"),
        *("tr", "ul"),
    }
)
"""Elements that begin a line of their own, whatever their style."""


_ATTRIBUTES = 20
"""Attributes of an element that are kept as evidence, each up to `_VALUE` characters."""

_VALUE = 200


@dataclass(slots=True)
class Words:
    """Read the words of a page's elements.

    `remaining` are the characters that may still be read whole, `apart` the pieces of text between
    which blanks may still be looked for. A hostile page puts many elements into each other, each
    with all the text: once much was read, only the beginning of each is looked for.
    """

    remaining: int = _WHOLE
    apart: int = _APART

    def of(self, node: LexborNode, limit: int = FIELD_LIMIT) -> str:
        """Return the words of an element and all within it, cleaned, `limit` characters at most."""
        if self.remaining > 0:
            child = node.first_child
            # Most elements hold a text alone, which is soonest had.
            if child is not None and child.is_text_node and child.next is None:
                alone: str = child.text_content or ""
                self.remaining -= len(alone)
                return clean(alone, limit)
            text: str = node.text(deep=True, separator=_SEPARATOR)
            self.remaining -= len(text)
            if _SEPARATOR not in text:
                return clean(text, limit) if text else ""
            # Indentation in the source may take most of the raw text.
            return clean(self._joined(node, text, 4 * limit), limit)
        return clean(self._beginning(node, 4 * limit), limit)

    def raw(self, node: LexborNode, limit: int) -> str:
        """Return the first characters of an element's text with its white space.

        A blank stands between what readers see apart, though the source has none there: lines of
        their own, and words in elements side by side, as in `<b>Forum</b><i>Share ideas</i>`.
        """
        if self.remaining > 0:
            text: str = node.text(deep=True, separator=_SEPARATOR)
            self.remaining -= len(text)
            return text[:limit] if _SEPARATOR not in text else self._joined(node, text, limit)
        return self._beginning(node, limit)

    def _joined(self, node: LexborNode, text: str, limit: int) -> str:
        """Return the first characters of an element's text, of which `text` has the pieces."""
        # As many separators as characters at most: no piece is empty.
        text = text[: 2 * limit]
        if self.apart <= 0 or _TOUCHING.search(text) is None:
            return text.replace(_SEPARATOR, "")[:limit]
        return self._beginning(node, limit)

    def _beginning(self, node: LexborNode, limit: int) -> str:
        """Return the first characters of an element's text, from its first nodes only."""
        pieces: list[str] = []
        for piece in _pieces(node, limit, spaced=self.apart > 0):
            pieces.append(piece)
            limit -= len(piece)
            if limit <= 0:
                break
        self.apart -= len(pieces)
        return "".join(pieces)


def letters_of(node: LexborNode) -> int:
    """Return how many letters a browser would show of an element, were all of it visible."""
    return sum(len(clean(text)) for text in _shown(node))


def faults_of(node: LexborNode) -> int:
    """Return how many signs of what a browser would show could not be decoded (U+FFFD)."""
    return sum(text.count("\ufffd") for text in _shown(node))


def _shown(node: LexborNode) -> Iterator[str]:
    """Yield the texts of an element that are no script or style."""
    hidden = {"script", "style", "noscript"}
    for inner in node.traverse(include_text=True):
        if inner.is_text_node and inner.parent is not None and inner.parent.tag not in hidden:
            yield inner.text_content or ""


def opening_tag(node: LexborNode) -> str:
    """Return the opening tag of an element, without what makes it endless."""
    attributes = " ".join(
        f'{name}="{value[:_VALUE]}"' if value else name
        for name, value in islice(node.attributes.items(), _ATTRIBUTES)
    )
    return f"<{node.tag} {attributes}>" if attributes else f"<{node.tag}>"


def _touch(left: str, right: str) -> bool:
    """Tell whether two pieces of text stand without a blank between them."""
    last, first = left[-1:], right[:1]
    return not (last.isspace() or first.isspace() or first in _CLOSING)


def _pieces(root: LexborNode, limit: int, *, spaced: bool) -> Iterator[str]:
    """Yield the texts within an element, `spaced` with a blank between those seen apart."""
    last, last_node, broken = " ", root, False
    for inner in islice(root.traverse(include_text=True), _MAX_STEPS):
        if not inner.is_text_node:
            broken = broken or inner.tag == "br"
        elif text := (inner.text_content or "")[:limit]:
            touching = spaced and _touch(last, text)
            if touching and (broken or _apart(last, last_node, text, inner, root)):
                yield " "
            yield text
            last, last_node, broken = text, inner, False


def _around(node: LexborNode, root: LexborNode) -> set[tuple[int, str]]:
    """Return the elements between a text and the root, `_MAX_NESTING` at most: their id and tag."""
    around: set[tuple[int, str]] = set()
    element, end = node.parent, root.mem_id
    while element is not None and (key := element.mem_id) != end and len(around) < _MAX_NESTING:
        around.add((key, element.tag or ""))
        element = element.parent
    return around


def _apart(
    left: str, left_node: LexborNode, right: str, right_node: LexborNode, root: LexborNode
) -> bool:
    """Tell whether readers see two texts that follow each other apart.

    They do where a line ends between them, or where each stands in an element that the other is not
    in. A word with a part in bold is one word, and so is one whose letters are drawn one by one, or
    whose first letter is drawn large.
    """
    before, behind = _around(left_node, root), _around(right_node, root)
    left_only, right_only = before - behind, behind - before
    if any(tag in _BLOCKS for _, tag in left_only | right_only):
        return True
    if not (left_only and right_only and left[-1].isalnum() and right[0].isalnum()):
        return False
    lettered = len(left) == 1 and (len(right) == 1 or right[0].islower())
    return not lettered
