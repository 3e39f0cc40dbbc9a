"""What stands around a link, and what it calls itself."""

from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from scrapers.parse.text import clean

_LEVELS = 5
"""Elements around a link that are looked at; those further out hold half the page."""

_SMALL = 200
"""Characters of a block whose words are about its links."""

_SMALL_NODES = 400
"""Elements and texts of a block that are looked at for its words."""

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
        self._words: dict[int, str] = {}

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

    def words(self, node: LexborNode) -> str:
        """Return the words of the largest block around a link that still is a small one.

        For example `Listen to us on Spotify`, where the link's own are no more than `Spotify`.
        """
        words = ""
        for element in around(node):
            known = self._words.get(element.mem_id)
            if known is None:
                known = _beginning(element)
                self._words[element.mem_id] = known
            if len(known) > _SMALL:
                break
            words = known
        return words


def _beginning(element: LexborNode) -> str:
    """Return the words of an element as far as a small one goes: one character more for others."""
    pieces: list[str] = []
    length = 0
    # Most of a page may lie in an element: no more of it is looked at than tells that it does.
    for node in islice(element.traverse(include_text=True), _SMALL_NODES):
        text = (node.text_content or "") if node.is_text_node else ""
        # Half of the texts are the white space between two elements.
        if text and not text.isspace() and (words := clean(text, _SMALL + 1)):
            pieces.append(words)
            length += len(words) + 1
        if length > _SMALL + 1:
            break
    return " ".join(pieces)


def _called(node: LexborNode) -> tuple[str, ...]:
    """Return the tag of an element where it tells something, then its class and id."""
    attributes = node.attributes
    tag = (f"<{node.tag}>",) if node.tag in _BLOCK_TAGS else ()
    names = (value[:120] for name in ("class", "id") if (value := attributes.get(name)))
    return (*tag, *names)
