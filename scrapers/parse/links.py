"""Read the links of a page as a browser resolves them, with their words and their place."""

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from audit.model.facts import Link
from scrapers.parse.areas import Areas
from scrapers.parse.element_text import Words
from scrapers.parse.text import clean
from scrapers.parse.urls import bare, join

_SKIPPED = ("#", "javascript:", "mailto:", "tel:", "data:", "sms:", "about:")
_ROUTES = ("#/", "#!/")
_TEXT = 200


@dataclass(frozen=True, slots=True)
class Anchors:
    """The links of a page and, at the same places, their elements."""

    links: tuple[Link, ...]
    nodes: tuple[LexborNode, ...]
    more: bool = False
    """There are more, which were not read."""


def read_links(tree: LexborHTMLParser, base: str, limit: int) -> Anchors:
    """Read the links that lead to web addresses, in the order of the page.

    Of more than `limit` the first half and the last are read: profiles are linked in the foot.
    """
    areas, words = Areas(), Words()
    found = tree.css("a[href],area[href]")
    more = len(found) > limit
    links: list[Link] = []
    nodes: list[LexborNode] = []
    for node in [*found[: limit // 2], *found[-(limit // 2) :]] if more else found:
        attributes = node.attributes
        href = (attributes.get("href") or "").strip()
        if not href or (href.startswith(_SKIPPED) and not href.startswith(_ROUTES)):
            continue
        url = join(base, href)
        if url is None:
            continue
        own = words.of(node, _TEXT)
        rel = (attributes.get("rel") or "").lower()
        links.append(
            Link(
                url=bare(url),
                text=own or _substitute(node, words),
                rel=tuple(rel.split()) if rel else (),
                area=areas.of(node.parent),
                icon=not own,
            )
        )
        nodes.append(node)
    return Anchors(links=tuple(links), nodes=tuple(nodes), more=more)


def _substitute(node: LexborNode, words: Words) -> str:
    """The words of a link without text: its title or label, or those of its image."""
    attributes = node.attributes
    for name in ("aria-label", "title", "alt"):
        if said := attributes.get(name):
            return clean(said, _TEXT)
    image = node.css_first("img[alt],img[title],svg title,[aria-label],[title]")
    if image is None:
        return ""
    if image.tag == "title":
        return words.of(image, _TEXT)
    values = image.attributes
    said = values.get("alt") or values.get("aria-label") or values.get("title")
    return clean(said or "", _TEXT)
