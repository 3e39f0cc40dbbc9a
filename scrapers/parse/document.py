"""A page as one value while it is analysed: its tree, and what was read of it once."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from audit.model.exchange import Page
from audit.model.facts import FeedLink, Form, Link
from audit.model.value import Unknown
from scrapers.parse.described import Description
from scrapers.parse.element_index import ElementIndex
from scrapers.parse.element_text import Words
from scrapers.parse.jsonld import Thing
from scrapers.parse.text import Lines
from scrapers.parse.written import Written

_NUMBERED = re.compile(r"\0([^\0\d]{0,80}+\d[^\0]{0,80}+)(?=\0)")
"""A short text with a number, between two signs that no page can hold."""

_PRESSED = 'button,[role=button],[role=textbox],a[href="#"],a[href^="javascript:"],a:not([href])'
TEMPLATE = "audit-template"
"""The element that stands for `template` in a tree."""

HIDDEN = "data-audit-hidden"
"""The attribute that marks what a browser did not show, in pages that one has drawn."""


@dataclass(slots=True)
class Document:
    """A parsed page; lives while the page is analysed and never leaves `scrapers`.

    `nodes[i]` is the element of `links[i]`, and `inner[i]` tells whether it leads to the same site,
    subdomains included; `by_host` are the places of the links on each host (in small letters, with
    its port); `apps` are links that lead into an app, `targets` what all links have as
    their address, as it is written, each with its element. `metas` maps a
    name, property or itemprop in small letters to its contents; `equivalents` are the elements that
    stand for a header. `jsonld` holds every typed object,
    and `described` those that are not of another site. Addresses are absolute.

    `index` holds all its elements by their tag. `names` are the class, id and `data-` names of its
    elements, with those of custom elements and hidden fields, `items` its microdata properties and
    types: what needs one of them need not search the tree where it is absent. `gated` are scripts
    and frames that wait for consent, `waiting` addresses that data attributes hold for a script to
    load, `written` those that scripts and data name, `frame_words` what the elements of frames call
    them, `pixels` pictures that only count visitors, `shown` the frames that a browser has drawn,
    `hints` the hosts and files that the head names beside scripts. `text_length` is how much a
    reader sees (links alone where there are many), `shell` a page that scripts are still to draw.
    `unread` says why the page may hold more than was read; None where it was read whole.
    """

    page: Page
    url: str
    base: str
    source: str
    tree: LexborHTMLParser
    index: ElementIndex
    words: Words = field(default_factory=Words)
    title: str = ""
    site_name: str = ""
    language: str = ""
    canonical: str = ""
    generator: str = ""
    alternates: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    nodes: tuple[LexborNode, ...] = ()
    inner: tuple[bool, ...] = ()
    by_host: Mapping[str, list[int]] = field(default_factory=dict)
    apps: tuple[tuple[Link, LexborNode], ...] = ()
    targets: tuple[tuple[str, LexborNode], ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    interfaces: tuple[str, ...] = ()
    metas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    equivalents: tuple[LexborNode, ...] = ()
    scripts: tuple[str, ...] = ()
    gated: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    written: Written = field(default_factory=Written)
    pixels: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    frame_words: dict[str, str] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    inline: tuple[str, ...] = ()
    jsonld: tuple[Thing, ...] = ()
    described: tuple[Description, ...] = ()
    forms: tuple[Form, ...] = ()
    names: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    next_url: str = ""
    rel_me: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    text_length: int = 0
    shell: bool = False
    unread: Unknown | None = None
    _numbered: tuple[str, ...] | None = None
    _lines: Lines | None = None
    _pressed: list[LexborNode] | None = None

    def visible(self, node: LexborNode) -> bool:
        """Tell whether a browser drew this element; False where none has drawn the page."""
        element: LexborNode | None = node
        while self.page.drawn and element is not None and not _undrawn(element):
            element = element.parent
        return self.page.drawn and element is None

    def numbered_texts(self) -> tuple[str, ...]:
        """Return the short texts of the page that hold a number, each as one element has it.

        Read once: numbers with several nouns, and years, are looked for in them.
        """
        if self._numbered is None:
            body = self.tree.body
            # Two thirds of the texts are the white space between two elements.
            text = body.text(deep=True, separator="\0", skip_empty=True) if body is not None else ""
            self._numbered = tuple(_NUMBERED.findall(f"\0{text}\0"))
        return self._numbered

    @property
    def tags(self) -> Collection[str]:
        """Return the tags of the page's elements, with those that the parser has added."""
        return self.index.by_tag.keys()

    def elements(self, *tags: str) -> list[LexborNode]:
        """Return the elements with one of some tags, in the order of the page."""
        return self.index.tagged(*tags)

    def pressed(self) -> list[LexborNode]:
        """Return what a script answers to: buttons, boxes to write in, links that lead nowhere.

        Looked for once, as every look through the tree takes as long.
        """
        if self._pressed is None:
            self._pressed = self.tree.css(_PRESSED)
        return self._pressed

    def links_on(self, is_wanted: Callable[[str], bool]) -> list[int]:
        """Return the places of the links whose host is wanted, in the order of the page.

        A page has hundreds of links and few hosts, each of which is asked for once.
        """
        groups = (places for host, places in self.by_host.items() if is_wanted(host))
        return sorted(place for places in groups for place in places)

    def links_with(self, parts: Iterable[str]) -> list[int]:
        """Return the places of the links whose address or words hold one of some parts, any case.

        The parts are in small letters; escaped letters of addresses stay so.
        """
        if self._lines is None:
            self._lines = Lines([f"{link.url} {link.text}" for link in self.links])
        return self._lines.holding(parts)

    def meta(self, *names: str) -> str:
        """Return the first content of the first of these names that has one; empty for none."""
        for name in names:
            for content in self.metas.get(name, ()):
                if content:
                    return content
        return ""


def _undrawn(element: LexborNode) -> bool:
    """Tell whether a browser shows nothing of an element."""
    return HIDDEN in element.attributes or element.tag == TEMPLATE
