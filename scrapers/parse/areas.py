"""Tell in which part of a page an element stands: header, menu, footer, article, comment."""

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

from audit.model.facts import Area

_TAGS = {
    "header": Area.HEADER,
    "nav": Area.NAV,
    "footer": Area.FOOTER,
    "aside": Area.ASIDE,
    "article": Area.ARTICLE,
}
_ROLES = {
    "banner": Area.HEADER,
    "navigation": Area.NAV,
    "menubar": Area.NAV,
    "contentinfo": Area.FOOTER,
    "complementary": Area.ASIDE,
    "article": Area.ARTICLE,
}
_WORD = re.compile(
    r"(?:^|[\s_-])(?:"
    r"(?P<comment>comments?(?:list|s-area|-body|-list)?|respond|disqus_thread)"
    r"|(?P<article>hentry|entry-content|post-content|article-body|article-content|blog-post|"
    r"post-body|entry-body|single-post)"
    r"|(?P<footer>footer|foot|colophon|bottombar|bottom-bar|site-info|fuss|pied|rodape|pie)"
    r"|(?P<header>header|masthead|topbar|top-bar|topnav|kopf|site-top)"
    r"|(?P<nav>nav|navbar|navigation|menu|mainmenu|main-menu|submenu|mega-menu)"
    r"|(?P<aside>sidebar|widget-area|side-bar|secondary)"
    r")(?:$|[\s_-]|\d|er$)",
    re.I,
)
_NAMED = {
    "comment": Area.COMMENT,
    "article": Area.ARTICLE,
    "footer": Area.FOOTER,
    "header": Area.HEADER,
    "nav": Area.NAV,
    "aside": Area.ASIDE,
}
_LONG = 500
_OUTERMOST = frozenset({"body", "html", "-undef"})
_PLAIN = frozenset({"a", "span", "i", "img", "svg"})
_INNER = {Area.ARTICLE, Area.COMMENT}
"""An article may have a header, a menu and a footer of its own; they stay part of it."""


class Areas:
    """The areas of one page; what was found for an ancestor is remembered for its children."""

    def __init__(self) -> None:
        self._known: dict[int, Area] = {}

    def of(self, node: LexborNode | None) -> Area:
        """The area of an element: that of its nearest ancestor that says one."""
        known_areas = self._known
        chain: list[tuple[int, str, LexborNode]] = []
        area = Area.MAIN
        while node is not None:
            place = node.mem_id
            known = known_areas.get(place)
            if known is not None:
                area = known
                break
            tag = node.tag or ""
            if tag in _OUTERMOST:
                break
            chain.append((place, tag, node))
            node = node.parent
        for place, tag, each in reversed(chain):
            said = _said(tag, each)
            if said is not None and not (area in _INNER and said is not Area.COMMENT):
                area = said
            known_areas[place] = area
        return area


def _said(tag: str, node: LexborNode) -> Area | None:
    if tag in _TAGS:
        return _TAGS[tag]
    attributes = node.attributes
    if not attributes:
        return None
    role = attributes.get("role")
    if role in _ROLES:
        return _ROLES[role]
    if tag in _PLAIN:
        return None
    words = f"{(attributes.get('class') or '')[:_LONG]} {(attributes.get('id') or '')[:_LONG]}"
    return _named(words) if len(words) > 1 else None


@lru_cache(maxsize=16_384)
def _named(words: str) -> Area | None:
    """The area that class and id name; templates repeat them on every page."""
    found = _WORD.search(words)
    return _NAMED[found.lastgroup] if found is not None and found.lastgroup else None
