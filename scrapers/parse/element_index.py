"""The elements of a page by their tag, walked once.

A look through the tree takes as long whatever it looks for; here it is a look into a list.
"""

from collections import defaultdict
from itertools import chain
from operator import attrgetter

from selectolax.lexbor import LexborHTMLParser, LexborNode

_KIND = attrgetter("tag_id")
_APART = 50
"""Elements from one to the next whose depth is looked at; so many levels may be missed."""


class ElementIndex:
    """All elements of a tree: `nodes` in the order of the page, `by_tag` their places there."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        """Walk the tree."""
        self.nodes: list[LexborNode] = tree.css("*")
        alike: dict[int, list[int]] = defaultdict(list)
        # Each tag is asked for its name once, as a page has hundreds of elements and twenty tags.
        for place, kind in enumerate(map(_KIND, self.nodes)):
            alike[kind].append(place)
        self.by_tag = {self.nodes[places[0]].tag or "": places for places in alike.values()}

    def is_deeper_than(self, limit: int) -> bool:
        """Tell whether elements stand within more than so many others; few of them may be missed.

        All elements between one at the limit and one far below it are deep: some are looked at.
        """
        return any(_has_more_around(node, limit) for node in self.nodes[::_APART])

    def tagged(self, *tags: str) -> list[LexborNode]:
        """Return the elements with one of some tags, in the order of the page."""
        nodes, found = self.nodes, [self.by_tag[tag] for tag in tags if tag in self.by_tag]
        # An element has one tag, so that no place comes twice.
        places = found[0] if len(found) == 1 else sorted(chain.from_iterable(found))
        return [nodes[place] for place in places]

    def count(self, *tags: str) -> int:
        """Return how many elements have one of some tags."""
        return sum(len(self.by_tag.get(tag, ())) for tag in tags)


def _has_more_around(node: LexborNode, limit: int) -> bool:
    """Tell whether more than so many elements stand around one."""
    around = node.parent
    for _ in range(limit):
        if around is None:
            return False
        around = around.parent
    return around is not None
