"""Tell in which part of a page an element stands: header, menu, footer, article, comment."""

import re

from selectolax.lexbor import LexborNode

from audit.model.facts import Area
from scrapers.parse.element_index import ElementIndex
from scrapers.parse.remembered import remembered
from scrapers.parse.repeated import in_entry

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
# Words of class and id in which themes name the parts of a page, in several languages: `fuss` and
# `kopf` (German), `pied` (French), `rodape` (Portuguese), `pie` (Spanish). A number or `er` may
# follow, as in `footer2`.
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:"
    r"(?P<comment>comments?(?:list|s-area|-body|-list)?|respond|disqus_thread)"
    r"|(?P<article>hentry|entry-content|post-content|article-body|article-content|blog-post|"
    r"post-body|entry-body|single-post)"
    r"|(?P<footer>footer|foot|colophon|bottombar|bottom-bar|site-info|fuss|pied|rodape|pie)"
    r"|(?P<header>header|masthead|topbar|top-bar|topnav|kopf|site-top)"
    r"|(?P<nav>nav|navbar|navigation|menu|mainmenu|main-menu|submenu|mega-menu)"
    r"|(?P<aside>sidebar|widget-area|side-bar|secondary)"
    r")(?:$|[\s_-]|\d|er$)"
)
"""In small letters: a search that ignores case takes twice the time."""

_GROUPS = {
    "comment": Area.COMMENT,
    "article": Area.ARTICLE,
    "footer": Area.FOOTER,
    "header": Area.HEADER,
    "nav": Area.NAV,
    "aside": Area.ASIDE,
}
_LONG = 500
"""Characters of a class or id that are looked at."""

_MAIN = Area.MAIN
_OUTERMOST = frozenset({"body", "html", "-undef"})
_PLAIN = frozenset({"a", "span", "i", "img", "svg"})
"""Elements whose class and id name no area."""

_INNER = {Area.ARTICLE, Area.COMMENT}
"""An article may have a header, a menu and a footer of its own; they stay part of it."""


_AROUND = {Area.HEADER, Area.NAV, Area.FOOTER, Area.ASIDE}
"""What stands around the content of a page, so that it never holds most of it."""

_CONTENT = ("p", "h1", "h2", "h3", "h4", "article", "time")
"""Elements by whose number the content of a page is measured, as menus hold few of them."""

_ARTICLES = "main,article,h1,time"
"""Elements that no menu holds, however large it is."""

_LITTLE_CONTENT = 4
"""Fewer such elements are no content: a header may hold the only heading of a start page."""

_MAX_WRAPPERS = 60
"""Elements of one page that are asked whether they hold most of it; each is searched for that."""

_MAX_NO_BOXES = 200
"""Elements of one page that are asked in vain whether they are boxes of an entry."""


class Areas:
    """Tell the areas of one page; the area of an ancestor is remembered for all that it holds."""

    def __init__(self, index: ElementIndex) -> None:
        """Begin with a page of which nothing is known but its elements."""
        self._known: dict[int, Area] = {}
        self._in_body = False
        self._content = index.count(*_CONTENT)
        self._asked = 0
        self._no_boxes = 0

    def of(self, node: LexborNode | None) -> Area:
        """Return the area of an element: that of its nearest ancestor (or itself) that says one.

        MAIN where none does. Within an article only the comments count as an area of their own: the
        header of an article is part of the article. A footer's article is part of the footer. What
        holds most of the page is no menu, header, footer or sidebar, whatever its class, nor is the
        box of an entry in a list.
        """
        known_areas = self._known
        chain: list[tuple[int, str, LexborNode]] = []
        area = _MAIN
        while node is not None:
            # selectolax makes a new object for a node each time that it is asked for; `mem_id` is
            # that of the node itself.
            key = node.mem_id
            known = known_areas.get(key)
            if known is not None:
                area = known
                break
            tag = node.tag or ""
            # A class of `body`, such as `has-sidebar`, would make an aside of the whole page.
            if tag in _OUTERMOST:
                self._in_body = True
                break
            chain.append((key, tag, node))
            node = node.parent
        while chain:
            key, tag, element = chain.pop()
            own = _TAGS[tag] if tag in _TAGS else _own_area(tag, element)
            if own is not None and self._counts(own, area, tag, element):
                area = own
            known_areas[key] = area
        return area

    def _counts(self, own: Area, around: Area, tag: str, element: LexborNode) -> bool:
        """Tell whether what an element says of itself holds, in the area around it."""
        if around in _INNER:
            return own is Area.COMMENT
        if own is Area.ARTICLE:
            return around is not Area.FOOTER
        # Inside a menu everything is small.
        if own not in _AROUND or around is not Area.MAIN:
            return True
        if tag != "nav" and self._is_of_entry(element):
            return False
        # A tag means what it says, however much it holds.
        return tag in _TAGS or not self._holds_most(element)

    def _is_of_entry(self, element: LexborNode) -> bool:
        """Tell whether an element is a box within an entry: TYPO3 calls those `header`, too."""
        if self._no_boxes >= _MAX_NO_BOXES:
            return False
        is_box = in_entry(element)
        # A box finds its like at once; one that is none is searched for in vain.
        self._no_boxes += not is_box
        return is_box

    def _holds_most(self, element: LexborNode) -> bool:
        """Tell whether an element holds more than half of the page's content.

        Themes put `header-fixed` or `navbar-inner` on the element around the whole page.
        """
        self._asked += 1
        if not self._in_body or self._asked > _MAX_WRAPPERS:
            return False
        # Half of little is less, and of that an element need not be asked.
        if self._content < _LITTLE_CONTENT:
            return False
        count = len(element.css(",".join(_CONTENT)))
        if count < _LITTLE_CONTENT or count * 2 <= self._content:
            return False
        return element.css_first(_ARTICLES) is not None or not _mostly_links(element)


def _mostly_links(element: LexborNode) -> bool:
    """Tell whether most words of an element are links, as in a menu that opens over the page."""
    within = sum(map(_letters, element.css("a")))
    scripts = sum(map(_letters, element.css("script,style")))
    return within * 2 >= _letters(element) - scripts


def _letters(element: LexborNode) -> int:
    """Return how many characters an element holds, without the white space of the source."""
    return sum(map(len, element.text(deep=True).split()))


def _own_area(tag: str, node: LexborNode) -> Area | None:
    """Return the area that role, class or id of an element say; None for none."""
    attributes = node.attributes
    if not attributes:
        return None
    role = attributes.get("role")
    if role in _ROLES:
        return _ROLES[role]
    # Links and icons wear classes such as `nav` and `menu` wherever they stand.
    if tag in _PLAIN:
        return None
    called, identity = attributes.get("class"), attributes.get("id")
    if not called and not identity:
        return None
    return _named_area(f"{(called or '')[:_LONG]} {(identity or '')[:_LONG]}")


# Templates repeat the same classes on every page of a site.
@remembered(16_384)
def _named_area(words: str) -> Area | None:
    """Return the area that class and id name (FOOTER for `site-footer wide`); None for none."""
    match = _NAMES.search(words.lower())
    return _GROUPS[match.lastgroup] if match is not None and match.lastgroup else None
