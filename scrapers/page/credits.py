"""Tell which links credit whoever made the site or a picture: "Website by Well Works"."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from selectolax.lexbor import LexborNode

from scrapers.page.link_context import around
from scrapers.page.names import fit
from scrapers.page.whose_words import WhoseWords
from scrapers.parse.text import clean
from scrapers.parse.urls import host_of, registrable

_LINE = 600
"""Characters of a block in which a credit is looked for; a larger one is no line of a foot."""

_LEVELS = 4
"""Elements around a link that may be that block."""

_NODES = 400
"""Elements and texts of a block that are gone through."""

_BLOCKS = 50
"""Blocks of a page that are looked at."""

_NAME_WORDS = 4
"""Words between a credit and its link: "Webdesign by Well Works, Oslo"."""

_SAME = 0.6
"""From this likeness on a further link bears the name of who is credited."""

_STOP = re.compile(r"[.!?](?:\s|$)|[|•·]")
"""Where a credit ends without a link."""

_LETTER = re.compile(r"[^\W_]+")
_NEW_LINE = frozenset({"div", "li", "p", "ul", "ol", "td", "tr", "section", "nav", "br"})


@dataclass(slots=True)
class _Credits:
    """The credits of a block as they are read: who the last one names, and the links that it gives.

    `open` as long as the next link may be theirs, `first` until one was met; `lines` are those
    begun since the credit. `told` are the links of all credits, `near` those of the last one that
    only stand beside it.
    """

    names: list[str] = field(default_factory=list)
    open: bool = False
    first: bool = False
    lines: int = 0
    told: set[int] = field(default_factory=set)
    near: list[int] = field(default_factory=list)

    def begin(self, rest: str) -> None:
        """Begin a credit with what follows its words."""
        self.end()
        self.names, self.open, self.first, self.lines = [], True, True, 0
        self.follow(rest)

    def end(self) -> None:
        """End a credit: of several links beside it, none is theirs, as they may be the site's."""
        if len(self.near) == 1:
            self.told.update(self.near)
        self.near = []

    def follow(self, text: str) -> None:
        """Go on over a text outside of links: the name, signs, or words on something else."""
        words = _LETTER.findall(text)
        if self.first and _STOP.search(text) is None and len(words) <= _NAME_WORDS:
            if words:
                self.names.append(text)
        elif words or _STOP.search(text):
            self.open = False

    def new_line(self, tag: str) -> None:
        """Go on over the beginning of a block: a name may stand on the next line, no further."""
        self.lines += 1
        if self.names or not self.first or tag == "li" or self.lines > 1:
            self.open = False

    def link(self, place: int, text: str, handle: str, *, itself: bool) -> None:
        """Go on over a link, whose words may hold the credit `itself`.

        `handle` is "" for a link to no profile.
        """
        named = itself or (self.open and not self.names) or fit(handle, self.names) >= _SAME
        if handle and named:
            self.told.add(place)
        elif handle and self.open:
            self.near.append(place)
        if self.open and self.first:
            self.names += [text, handle] if named or not handle else []
            self.first = False
        elif not handle:
            self.open = False


def credited(
    profiles: Sequence[tuple[LexborNode, str]], words: WhoseWords, site: str
) -> Collection[int]:
    """Return which links to profiles credit somebody, by the `mem_id` of their elements.

    `profiles` are the links with the handles that they lead to, `site` is the domain of the page.
    Those credited are a link right behind the words of a credit, what bears the same name, and a
    single link beside it.
    """
    handles = {node.mem_id: handle for node, handle in profiles}
    return {
        place
        for block in islice(_lines([node for node, _ in profiles], words), _BLOCKS)
        for place in _credited_in(block, handles, words, site)
    }


def _lines(nodes: Sequence[LexborNode], words: WhoseWords) -> Iterator[LexborNode]:
    """Yield the largest small blocks around links that hold a credit, each once."""
    texts: dict[int, str | None] = {}
    known: set[int] = set()
    for node in nodes:
        line, words_of_line = None, ""
        for element in islice(around(node), _LEVELS):
            place = element.mem_id
            if place not in texts:
                whole = element.text(deep=True, separator=" ")
                texts[place] = whole if len(whole) <= _LINE else None
            if (text := texts[place]) is None:
                break
            line, words_of_line = element, text
        if line is not None and line.mem_id not in known:
            known.add(line.mem_id)
            if words.behind_credit(words_of_line) is not None:
                yield line


def _credited_in(
    block: LexborNode, handles: dict[int, str], words: WhoseWords, site: str
) -> Collection[int]:
    """Return the `mem_id` of the links in a block that are credited, reading it word for word."""
    met = _Credits()
    for node in islice(block.traverse(include_text=True), _NODES):
        if node.is_text_node:
            if _link_around(node, block) is None:
                _read(met, clean(node.text_content or "", _LINE), words)
        elif node.tag == "a":
            text = clean(node.text(deep=True, separator=" "), _LINE)
            rest = words.behind_credit(text) if _leads_away(node, site) else None
            if rest is not None:
                met.begin(rest)
            handle = handles.get(node.mem_id, "")
            met.link(node.mem_id, text, handle, itself=rest is not None)
        elif node.tag in _NEW_LINE:
            met.new_line(node.tag)
    met.end()
    return met.told


def _leads_away(link: LexborNode, site: str) -> bool:
    """Tell whether a link leads to another site: "Web design" in the menu of an agency does not."""
    address = (link.attributes.get("href") or "").strip()
    address = f"https:{address}" if address.startswith("//") else address
    return address.startswith("http") and registrable(host_of(address)) != site


def _read(met: _Credits, text: str, words: WhoseWords) -> None:
    """Go on over a text outside of links."""
    rest = words.behind_credit(text)
    if rest is not None:
        met.begin(rest)
    else:
        met.follow(text)


def _link_around(node: LexborNode, block: LexborNode) -> LexborNode | None:
    """Return the link that a text is a part of; None for a text of the block itself."""
    element = node.parent
    while element is not None and element.mem_id != block.mem_id:
        if element.tag == "a":
            return element
        element = element.parent
    return None
