"""What stands around a link, and what it calls itself."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from scrapers.parse.text import clean

_LEVELS = 5
_BLOCK_TAGS = frozenset({"article", "blockquote", "figcaption", "figure", "td", "p"})
_LIST_TAGS = ("body", "html", "main")


def around(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around a link, from the inside out, as far as they still mean a block."""
    current = node.parent
    for _ in range(_LEVELS):
        if current is None or current.tag in _LIST_TAGS:
            return
        yield current
        current = current.parent


class Contexts:
    """What the elements around links call themselves; those of several links are read once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[str, ...]] = {}

    def of(self, node: LexborNode) -> str:
        """The class and id words of the link and of the elements around it."""
        words = [*_called(node)]
        for each in around(node):
            known = self._known.get(each.mem_id)
            if known is None:
                known = self._known[each.mem_id] = _called(each)
            words += known
        return clean(" ".join(words), 500).lower()


def _called(node: LexborNode) -> tuple[str, ...]:
    attributes = node.attributes
    kind = (f"<{node.tag}>",) if node.tag in _BLOCK_TAGS else ()
    named = (said[:120] for name in ("class", "id") if (said := attributes.get(name)))
    return (*kind, *named)
