"""What stands around a link, and what it calls itself."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from scrapers.parse.text import clean

_LEVELS = 5
"""Elements around a link that are looked at; those further out hold half the page."""

_BLOCK_TAGS = frozenset({"article", "blockquote", "figcaption", "figure", "td", "p"})
_PAGE_TAGS = ("body", "html", "main")


def around(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements around a link, from the inside out, as far as they still mean a block."""
    current = node.parent
    for _ in range(_LEVELS):
        if current is None or current.tag in _PAGE_TAGS:
            return
        yield current
        current = current.parent


class Contexts:
    """What the elements around links call themselves; those of several links are read once."""

    def __init__(self) -> None:
        """Begin with no element known."""
        self._known: dict[int, tuple[str, ...]] = {}

    def of(self, node: LexborNode) -> str:
        """Return the class and id words of a link and the elements around it, in lower case.

        Elements whose tag tells something stand there by it: `author-bio <p> team`.
        """
        words = [*_called(node)]
        for element in around(node):
            # selectolax makes a new object for a node each time; `mem_id` is the node's own.
            known = self._known.get(element.mem_id)
            if known is None:
                known = self._known[element.mem_id] = _called(element)
            words += known
        return clean(" ".join(words), 500).lower()


def _called(node: LexborNode) -> tuple[str, ...]:
    """Return the tag of an element where it tells something, then its class and id."""
    attributes = node.attributes
    tag = (f"<{node.tag}>",) if node.tag in _BLOCK_TAGS else ()
    names = (value[:120] for name in ("class", "id") if (value := attributes.get(name)))
    return (*tag, *names)
