"""Where a thing stands on a page whose layout nobody knows, and what is counted there."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from scrapers.parse.count_words import Told, counts_in
from scrapers.parse.document import Document
from scrapers.parse.urls import join, unwrap

SHORT = 90
"""Characters of a text that is a count and its word, or a row of them."""

_LEVELS = 5
"""Elements around a word in which its number is looked for."""

_LABELS = ("aria-label", "title")

_ASIDE = frozenset({"aside", "nav", "footer", "dialog"})

_ASIDE_ROLES = frozenset(
    {"complementary", "navigation", "contentinfo", "dialog", "banner", "alertdialog", "menu"}
)

_UNSEEN = frozenset({"script", "style", "template", "noscript", "audit-template", "head", "svg"})

_ITEM_ROLES = frozenset({"article", "feed"})


def labels_of(node: LexborNode) -> list[str]:
    """Return the words that an element has for people who do not see it."""
    labels = (node.attributes.get(name) or "" for name in _LABELS)
    return [label for label in labels if label and len(label) <= SHORT]


def told_at(node: LexborNode) -> tuple[list[Told], LexborNode]:
    """Return the counts at a word, from the smallest element around it that holds one."""
    for label in labels_of(node):
        if told := list(counts_in(label)):
            return told, node
    own = " ".join(node.text(deep=False).split())
    if len(own) <= SHORT and (told := list(counts_in(own))):
        return told, node
    element: LexborNode | None = node
    for _ in range(_LEVELS):
        if element is None or element.tag in ("body", "html"):
            break
        text = " ".join(element.text(deep=True, separator=" ").split())
        if len(text) > SHORT:
            break
        if told := list(counts_in(text)):
            return told, element
        element = element.parent
    return [], node


def up(node: LexborNode) -> Iterator[LexborNode]:
    """Yield an element and those around it."""
    element: LexborNode | None = node
    for _ in range(100):
        if element is None:
            return
        yield element
        element = element.parent


def is_seen(node: LexborNode) -> bool:
    """Tell whether people see an element, in the part of the page that is the profile's."""
    for element in up(node):
        attributes = element.attributes
        role = (attributes.get("role") or "").casefold()
        if element.tag in _UNSEEN or element.tag in _ASIDE or role in _ASIDE_ROLES:
            return False
        style = (attributes.get("style") or "").replace(" ", "").casefold()
        if "hidden" in attributes or "display:none" in style:
            return False
    return True


def is_in_item(node: LexborNode) -> bool:
    """Tell whether an element stands in a post or in a list of them."""
    return any(
        each.tag == "article" or (each.attributes.get("role") or "").casefold() in _ITEM_ROLES
        for each in up(node)
    )


def links_in(element: LexborNode, document: Document) -> list[str]:
    """Return the addresses that an element leads to, itself included."""
    nodes = [element] if element.tag == "a" else element.css("a[href]")[:20]
    found = (join(document.base, node.attributes.get("href") or "") for node in nodes)
    return [unwrap(url) for url in found if url is not None]
