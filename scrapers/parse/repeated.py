"""Tell the boxes within the entries of a list from the parts of a page that are named like them."""

from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

_HEIGHT = 5
"""Elements around a box among which the entry is looked for that holds it."""

_NEIGHBOURS = 6
"""Nodes before and behind an entry that are looked at: white space and a rule may lie between."""

_MOST_LINKS = 6
"""A box of an entry holds its title, a category, an author and little more; a menu holds many."""

_HEADINGS = "h1,h2,h3,h4"
_LONGEST = 200
"""Characters of a class that are looked for again."""

_OUTERMOST = frozenset({"body", "html", "main", "-undef"})
_WORDLESS = frozenset({"script", "style", "template", "noscript", "svg"})


def in_entry(box: LexborNode) -> bool:
    """Tell whether a box belongs to one of several entries, as `<div class="card-header">` does.

    The element around it then stands beside another one of its tag and class which holds such a
    box too, and has words beside its box, or a time in it: columns of links in a footer have
    neither. A page's own header, menu and footer stand there once. A box that is itself repeated is
    an entry only with a time in it, and a list of links in it is a menu.
    """
    selector = _selector(box)
    timed = box.css_first("time") is not None
    is_list = not timed and box.css_first("li") is not None and box.css_first(_HEADINGS) is None
    if not selector or is_list or _has_many_links(box):
        return False
    if timed and any(alike(box, other) for other in _neighbours(box)):
        return True
    holder, beside = box, timed
    for _ in range(_HEIGHT):
        beside = beside or any(map(_has_content, _nodes_beside(holder)))
        parent = holder.parent
        if parent is None or parent.tag in _OUTERMOST:
            return False
        holder = parent
        if beside and any(
            alike(holder, other) and other.css_first(selector) is not None
            for other in _neighbours(holder)
        ):
            return True
    return False


def _has_many_links(box: LexborNode) -> bool:
    """Tell whether a box holds more than `_MOST_LINKS`; a menu shows that in its first entries."""
    links = (node for node in box.traverse() if node.tag == "a")
    return next(islice(links, _MOST_LINKS, None), None) is not None


def alike(one: LexborNode, other: LexborNode) -> bool:
    """Tell whether two elements have the same tag and share a class, or have none both."""
    if one.tag != other.tag:
        return False
    left, right = (set((node.attributes.get("class") or "").split()) for node in (one, other))
    return not left.isdisjoint(right) or left == right


def _selector(box: LexborNode) -> str:
    """Return a selector for boxes of the same tag and class; empty where a class says too much."""
    called = box.attributes.get("class") or ""
    if not called:
        return box.tag or ""
    plain = len(called) <= _LONGEST and not any(sign in called for sign in '"\\\n\r\f')
    return f'{box.tag}[class="{called}"]' if plain else ""


def _neighbours(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements beside one, the nearest ones only."""
    return (beside for beside in _nodes_beside(node) if beside.is_element_node)


def _nodes_beside(node: LexborNode) -> Iterator[LexborNode]:
    """Yield what stands beside an element, up to `_NEIGHBOURS` before it and behind it."""
    for forwards in (True, False):
        beside: LexborNode | None = node
        for _ in range(_NEIGHBOURS):
            beside = None if beside is None else beside.next if forwards else beside.prev
            if beside is None:
                break
            yield beside


def _has_content(node: LexborNode) -> bool:
    """Tell whether a node is an element that holds something, or words."""
    if node.is_text_node:
        return bool((node.text_content or "").strip())
    return node.tag not in _WORDLESS and node.first_child is not None
