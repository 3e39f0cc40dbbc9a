"""Read the entries of an index page: each a link with a title and, where it has one, a date."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from selectolax.lexbor import LexborNode

from audit.model.dated import Dated, DateSource
from audit.model.facts import Area, Item, Link
from scrapers.parse.dated import ancestors, dated_elements
from scrapers.parse.dates import date_in_url, parse_date
from scrapers.parse.element_text import Words
from scrapers.parse.html import Document
from scrapers.parse.jsonld import Thing, texts, types
from scrapers.parse.published import ARTICLES
from scrapers.parse.readable import each_readable
from scrapers.parse.text import clean
from scrapers.parse.urls import host_of, join, normalise, registrable, segments

MAX_ITEMS = 1_000
_ANY_HEADING = "h1,h2,h3,h4,h5,h6"
_HEADINGS = frozenset(_ANY_HEADING.split(","))

_NO_POST = frozenset(
    {
        "author",
        "authors",
        "autor",
        "auteur",
        "category",
        "categories",
        "categorie",
        "kategorie",
        "tag",
        "tags",
        "topic",
        "topics",
        "page",
        "user",
        "users",
        "profile",
        "login",
        "search",
        "feed",
        "rss",
        "archive",
        "archives",
    }
)
_THREADS = frozenset({"topic", "topics"})
_MORE = 14
"""Words of a link such as "Read more" are shorter than most titles."""
_ASIDE = {Area.NAV, Area.HEADER, Area.FOOTER, Area.COMMENT, Area.ASIDE}


@dataclass(slots=True)
class _Found:
    """Titles and dates of a page in document order, counted for each of their ancestors."""

    titles_in: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    dates_in: Counter[int] = field(default_factory=Counter)
    places: dict[int, int] = field(default_factory=dict)
    """Where the titles and dates stand in the page, and where the blocks around them begin."""

    single: list[int] = field(default_factory=list)
    """Where the blocks with one date begin."""

    def number(self, body: LexborNode | None) -> None:
        """Number the elements in the order of the page, once."""
        if self.places or body is None:
            return
        marked = self.titles_in.keys() | self.dates_in.keys()
        for place, each in enumerate(body.traverse()):
            if (key := each.mem_id) in marked:
                self.places[key] = place
                self.single += [place] if self.dates_in.get(key) == 1 else []


def read_items(document: Document, now: datetime, months: Mapping[str, int]) -> tuple[Item, ...]:
    """Read the entries of an index page, in the order of the page; each address once.

    One more than `MAX_ITEMS` tells that there are more.
    """
    items: dict[str, Item] = {}
    for item in (*_structured(document, now), *_listed(document, now, months)):
        known = items.get(normalise(item.url))
        if known is None or (known.published is None and item.published is not None):
            items[normalise(item.url)] = item
    return tuple(items.values())[: MAX_ITEMS + 1]


def _structured(document: Document, now: datetime) -> Iterator[Item]:
    """Entries that JSON-LD spells out, where a page lists more than one."""
    things = [thing for thing in document.jsonld if ARTICLES.intersection(types(thing))]
    if len(things) < 2:
        return
    yield from each_readable(things, lambda thing: _spelled_out(thing, document.base, now))


def _spelled_out(thing: Thing, base: str, now: datetime) -> Item | None:
    address = texts(thing.get("url")) or texts(thing.get("mainEntityOfPage"))
    url = join(base, address[0]) if address else None
    title = texts(thing.get("headline")) or texts(thing.get("name"))
    if url is None or not title:
        return None
    dates = texts(thing.get("datePublished"))
    at = parse_date(dates[0], DateSource.JSON_LD, now) if dates else None
    return Item(url=url, title=clean(title[0], 300), published=at)


def _listed(document: Document, now: datetime, months: Mapping[str, int]) -> Iterator[Item]:
    """Entries as people see them: a title link and a date in one block, or one after the other."""
    titles = list(_titles(document))
    if not titles:
        return
    dates = list(dated_elements(document, now, months))
    found = _counted(titles, dates) if dates else _Found()
    used: set[int] = set()
    blocks = _Blocks(document.words)
    for node, at in dates:
        index = _title_for(node, found, titles, document.tree.body)
        if index is not None:
            used.add(index)
            yield _item(titles[index], at, blocks)
    for index, title in enumerate(titles) if _has_teasers(document) else ():
        if index not in used and blocks.is_teaser(title[1]):
            yield _item(title, date_in_url(title[0].url, now), blocks)


def _counted(
    titles: list[tuple[Link, LexborNode]], dates: list[tuple[LexborNode, Dated]]
) -> _Found:
    found = _Found()
    for index, (_, node) in enumerate(titles):
        for ancestor in ancestors(node):
            found.titles_in[ancestor.mem_id].append(index)
    for node, _ in dates:
        for ancestor in ancestors(node):
            found.dates_in[ancestor.mem_id] += 1
    return found


def _item(title: tuple[Link, LexborNode], at: Dated | None, blocks: "_Blocks") -> Item:
    link, node = title
    words = link.text
    if len(words) < _MORE or link.icon:
        words = blocks.heading_near(node) or words
    return Item(url=link.url, title=clean(words, 300), published=at)


def _titles(document: Document) -> Iterator[tuple[Link, LexborNode]]:
    """Links that may be the title of an entry."""
    site = registrable(host_of(document.url))
    here = document.url.partition("#")[0]
    for link, node in zip(document.links, document.nodes, strict=True):
        if link.area in _ASIDE or registrable(host_of(link.url)) != site:
            continue
        parts = segments(link.url)
        if not parts and "?" not in link.url:
            continue
        if link.url == here or _is_listing(parts):
            continue
        if link.text or node.css_first("img") is not None:
            yield link, node


def _is_listing(parts: tuple[str, ...]) -> bool:
    """Tell whether a path leads to a list or a person; `/topic/17/…` is a thread."""
    lowered = [part.lower() for part in parts]
    if _NO_POST.isdisjoint(lowered):
        return False
    pairs = zip(lowered, (*lowered, "")[1:], strict=True)
    return any(
        part in _NO_POST and not (part in _THREADS and after[:1].isdigit()) for part, after in pairs
    )


def _title_for(
    node: LexborNode,
    found: _Found,
    titles: list[tuple[Link, LexborNode]],
    body: LexborNode | None,
) -> int | None:
    """The title that a date belongs to: in the largest block of its own, else the one before."""
    block: LexborNode | None = None
    for ancestor in ancestors(node):
        if found.dates_in[ancestor.mem_id] > 1:
            inside = found.titles_in.get(block.mem_id, []) if block is not None else []
            if inside:
                return _best(inside, titles)
            found.number(body)
            return _beside(node, ancestor, found, titles)
        block = ancestor
    inside = found.titles_in.get(block.mem_id, []) if block is not None else []
    return _best(inside, titles) if inside and len(inside) <= 12 else None


def _best(indexes: list[int], titles: list[tuple[Link, LexborNode]]) -> int:
    """The title of a block: a link in a heading, else the one with most words."""
    for index in indexes:
        if any(each.tag in _HEADINGS for each in ancestors(titles[index][1])):
            return index
        if titles[index][1].css_first(_ANY_HEADING) is not None:
            return index
    return max(indexes, key=lambda index: (len(titles[index][0].text), -index))


def _beside(
    node: LexborNode,
    container: LexborNode,
    found: _Found,
    titles: list[tuple[Link, LexborNode]],
) -> int | None:
    """In a flat list, the title next to a date: before it, or after where dates come first."""
    inside = found.titles_in.get(container.mem_id, [])
    here, around = found.places.get(node.mem_id), found.places.get(container.mem_id)
    if not inside or len(inside) > MAX_ITEMS or here is None or around is None:
        return None
    places = [found.places.get(titles[index][1].mem_id, -1) for index in inside]
    first_date = found.single[bisect_right(found.single, around)]
    after = bisect_left(places, here)
    if places[0] <= first_date:
        return inside[after - 1] if after else None
    return inside[after] if after < len(inside) else inside[-1]


def _has_teasers(document: Document) -> bool:
    """Tell whether any block of the page calls itself an article or a post."""
    named = any("hentry" in name or name.lower() == "post" for name in document.names)
    return named or "<article" in document.source


class _Blocks:
    """The blocks around the links of one page; what one of them says is read once."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._teasers: dict[int, bool] = {}
        self._headings: dict[int, str | None] = {}

    def is_teaser(self, node: LexborNode) -> bool:
        """Tell whether a link is the heading of an article block, though no date stands by it."""
        if not any(each.tag in _HEADINGS for each in ancestors(node)):
            return False
        return any(self._calls_itself_one(each) for each in ancestors(node))

    def _calls_itself_one(self, node: LexborNode) -> bool:
        known = self._teasers.get(node.mem_id)
        if known is None:
            named = (node.attributes.get("class") or "").lower()
            known = node.tag == "article" or "hentry" in named or "post" in named.split()
            self._teasers[node.mem_id] = known
        return known

    def heading_near(self, node: LexborNode) -> str:
        """The heading of the block that a link without words of its own stands in."""
        inner = node.css_first(_ANY_HEADING)
        if inner is not None:
            return self._words.of(inner, 300)
        for each in list(ancestors(node))[1:5]:
            heading = self._heading_in(each)
            if heading is not None:
                return heading
        return ""

    def _heading_in(self, node: LexborNode) -> str | None:
        """The only heading of a block; "" where there are several, None where there is none."""
        if node.mem_id not in self._headings:
            headings = node.css(_ANY_HEADING)
            only = self._words.of(headings[0], 300) if len(headings) == 1 else ""
            self._headings[node.mem_id] = only if headings else None
        return self._headings[node.mem_id]
