"""The words of elements, in time that does not grow with how often elements stand in each other."""

from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from scrapers.parse.text import FIELD_LIMIT, clean

_AT_ONCE = 20_000_000
"""Characters that are taken whole; a page that holds no more is read faster so."""

_STEPS = 2_000


@dataclass(slots=True)
class Words:
    """Reads the words of a page's elements; once much was read, only the beginning of each."""

    left: int = _AT_ONCE

    def of(self, node: LexborNode, limit: int = FIELD_LIMIT) -> str:
        """The words of an element and all in it, cleaned."""
        return clean(self.raw(node, 4 * limit), limit)

    def raw(self, node: LexborNode, limit: int) -> str:
        """The first characters of an element's text, as they are."""
        if self.left > 0:
            text: str = node.text(deep=True)
            self.left -= len(text)
            return text[:limit]
        return _beginning(node, limit)


def _beginning(node: LexborNode, limit: int) -> str:
    """The first characters of an element's text, looked for in its first parts only."""
    pieces: list[str] = []
    for step, each in enumerate(node.traverse(include_text=True)):
        if each.is_text_node:
            pieces.append((each.text_content or "")[:limit])
            limit -= len(pieces[-1])
        if limit <= 0 or step >= _STEPS:
            break
    return "".join(pieces)
