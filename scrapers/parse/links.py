"""Read the links of a page as a browser resolves them, with their words and their place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from audit.model.facts import Link
from scrapers.parse.areas import Areas
from scrapers.parse.element_index import ElementIndex
from scrapers.parse.element_text import Words
from scrapers.parse.text import clean, holds
from scrapers.parse.urls import MAX_LENGTH, bare, join

_NO_WEB_ADDRESS = ("#", "javascript:", "mailto:", "tel:", "data:", "sms:", "about:")
"""How a target begins that leads to no other page."""

_APP = re.compile(r"[a-z][a-z0-9.+-]{1,30}:(?!/*$)", re.I)
"""How a target begins that an app of another scheme opens: `instagram://user?username=acme`."""

_MAX_APPS = 200
"""Links to apps of one page that are read."""

_ROUTES = ("#/", "#!/")
"""How a target begins that leads to another page of a site drawn by scripts."""

_PLACEHOLDERS = ("{{", "${", "<%")
"""What stands in an address until a script has filled it in."""
_PART_ICON = re.compile(
    r"(?:^|[\s_-])(podcast|blog|forum|wiki|newsletter|rss|faq)s?(?:$|[\s_-])", re.I
)
"""The class of an icon that is called after a part of a site."""

_ICONS = 4
"""Elements of a link without text that may be its icon."""

_MAX_TEXT = 200
"""Characters of a link's words."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """The links of a page and, at the same places, their elements.

    `apps` are links that lead into an app and to no page, each with its element, `targets` what all
    have as their address, as it is written. `more`: there are more links, which were not read.
    """

    links: tuple[Link, ...]
    nodes: tuple[LexborNode, ...]
    apps: tuple[tuple[Link, LexborNode], ...] = ()
    targets: tuple[tuple[str, LexborNode], ...] = ()
    more: bool = False


def read_links(index: ElementIndex, base: str, limit: int) -> Anchors:
    """Read the links that lead to web addresses, in the order of the page.

    Addresses are resolved against `base` and without their fragment. Of more than `limit` links the
    first half and the last are read: profiles are linked in the foot.
    """
    areas, words = Areas(index), Words()
    anchors = index.tagged("a", "area")
    if len(anchors) > limit:
        anchors = [node for node in anchors if "href" in node.attributes]
    more = len(anchors) > limit
    links: list[Link] = []
    nodes: list[LexborNode] = []
    apps: list[tuple[Link, LexborNode]] = []
    targets: list[tuple[str, LexborNode]] = []
    for node in [*anchors[: limit // 2], *anchors[-(limit // 2) :]] if more else anchors:
        attributes = node.attributes
        if "href" not in attributes:
            continue
        href = (attributes["href"] or "").strip()
        targets.append((href, node))
        if not href or _leads_nowhere(href):
            continue
        url = join(base, href)
        if url is not None:
            links.append(_link(node, attributes, bare(url) if "#" in url else url, areas, words))
            nodes.append(node)
        elif len(apps) < _MAX_APPS and len(href) <= MAX_LENGTH and _APP.match(href):
            apps.append((_link(node, attributes, href, areas, words), node))
    return Anchors(tuple(links), tuple(nodes), tuple(apps), tuple(targets), more=more)


def _leads_nowhere(href: str) -> bool:
    """Tell whether a target leads to no other page, or is one that a script has not filled in."""
    if href.startswith(_NO_WEB_ADDRESS) and not href.startswith(_ROUTES):
        return True
    return ("{" in href or "<" in href) and holds(href, _PLACEHOLDERS)


def _link(
    node: LexborNode,
    attributes: Mapping[str, str | None],
    url: str,
    areas: Areas,
    words: Words,
) -> Link:
    """Return the link of an element, with its words and its place."""
    own = words.of(node, _MAX_TEXT)
    rel = attributes.get("rel")
    return Link(
        url=url,
        text=own or _substitute(node, attributes, words),
        rel=tuple(rel.lower().split()) if rel else (),
        area=areas.of(node.parent),
        icon=not own,
    )


def _substitute(node: LexborNode, attributes: Mapping[str, str | None], words: Words) -> str:
    """Return the words of a link without text: its title or label, or those of its image.

    Of a bare icon that is called after a part of a site, the name. Empty where nothing says what
    the link is.
    """
    for name in ("aria-label", "title", "alt"):
        if label := attributes.get(name):
            return clean(label, _MAX_TEXT)
    image = node.css_first("img[alt],img[title],svg title,[aria-label],[title]")
    if image is None:
        return _icon_name(node)
    # The title of an SVG is an element, not an attribute.
    if image.tag == "title":
        return words.of(image, _MAX_TEXT)
    values = image.attributes
    label = values.get("alt") or values.get("aria-label") or values.get("title")
    return clean(label or "", _MAX_TEXT)


def _icon_name(node: LexborNode) -> str:
    """Return what a bare icon is called after: `podcast` for `<i class="icon-podcast">`.

    Only of parts of a site: what the icons of networks are called says nothing that their addresses
    do not.
    """
    for icon in node.css("i[class],span[class],svg[class]")[:_ICONS]:
        match = _PART_ICON.search((icon.attributes.get("class") or "")[:_MAX_TEXT])
        if match is not None:
            return match.group(1).lower()
    return ""
