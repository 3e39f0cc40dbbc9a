"""The elements around one, from the inside out."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

_WHOLE_PAGE = frozenset({"body", "html", "-undef"})


def around(node: LexborNode, limit: int) -> Iterator[LexborNode]:
    """Yield an element and those around it, `limit` at most, without the whole page."""
    current: LexborNode | None = node
    for _ in range(limit):
        if current is None or current.tag in _WHOLE_PAGE:
            return
        yield current
        current = current.parent
