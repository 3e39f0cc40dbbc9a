"""The words of elements, in time that does not grow with how often elements stand in each other."""

from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborNode

from scrapers.parse.text import FIELD_LIMIT, clean

_WHOLE = 20_000_000
"""Characters that are taken whole; a page that holds no more is read faster so."""

_MAX_STEPS = 2_000
"""Nodes within one element that are looked at once the characters are used up."""


_ATTRIBUTES = 20
"""Attributes of an element that are kept as evidence, each up to `_VALUE` characters."""

_VALUE = 200


@dataclass(slots=True)
class Words:
    """Read the words of a page's elements.

    `remaining` are the characters that may still be read whole. A hostile page puts many elements
    into each other, each with all the text: once much was read, only the beginning of each is
    looked for.
    """

    remaining: int = _WHOLE

    def of(self, node: LexborNode, limit: int = FIELD_LIMIT) -> str:
        """Return the words of an element and all within it, cleaned, `limit` characters at most."""
        # Indentation in the source may take most of the raw text.
        return clean(self.raw(node, 4 * limit), limit)

    def raw(self, node: LexborNode, limit: int) -> str:
        """Return the first characters of an element's text with its white space."""
        if self.remaining > 0:
            text: str = node.text(deep=True)
            self.remaining -= len(text)
            return text[:limit]
        return _beginning(node, limit)


def _beginning(node: LexborNode, limit: int) -> str:
    """Return the first characters of an element's text, from its first nodes only."""
    pieces: list[str] = []
    for step, inner in enumerate(node.traverse(include_text=True)):
        if inner.is_text_node:
            pieces.append((inner.text_content or "")[:limit])
            limit -= len(pieces[-1])
        if limit <= 0 or step >= _MAX_STEPS:
            break
    return "".join(pieces)


def letters_of(node: LexborNode) -> int:
    """Return how many letters a browser would show of an element, were all of it visible."""
    hidden = {"script", "style", "noscript"}
    return sum(
        len(clean(inner.text_content or ""))
        for inner in node.traverse(include_text=True)
        if inner.is_text_node and inner.parent is not None and inner.parent.tag not in hidden
    )


def opening_tag(node: LexborNode) -> str:
    """Return the opening tag of an element, without what makes it endless."""
    attributes = " ".join(
        f'{name}="{value[:_VALUE]}"' if value else name
        for name, value in islice(node.attributes.items(), _ATTRIBUTES)
    )
    return f"<{node.tag} {attributes}>" if attributes else f"<{node.tag}>"
