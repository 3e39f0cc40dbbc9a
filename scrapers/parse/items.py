"""Read the entries of an index page: each a link with a title and, where it has one, a date."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from audit.model.facts import Area, Item, Link
from audit.model.value import Dated, DateSource
from scrapers.parse.date_words import DateStyle
from scrapers.parse.dated import ancestors, dated_elements
from scrapers.parse.dates import date_in_url, parse_date
from scrapers.parse.document import Document
from scrapers.parse.element_text import Words
from scrapers.parse.jsonld import Thing, texts, types
from scrapers.parse.published import ARTICLES
from scrapers.parse.readable import each_readable
from scrapers.parse.text import clean
from scrapers.parse.undated import Beside
from scrapers.parse.urls import join, normalise, page_key, segments

MAX_ITEMS = 1_000
"""Entries of one page that are kept."""

_ANY_HEADING = "h1,h2,h3,h4,h5,h6"
_HEADINGS = frozenset(_ANY_HEADING.split(","))

_NO_ENTRY = frozenset(
    [
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
    ]
)
"""Parts of a path that lead to a list, a person or a form and not to an entry."""

_THREADS = frozenset({"topic", "topics"})
"""Of these, the ones under which forums put threads: `/topic/17/…`."""

_SHORT_TEXT = 14
"""Characters; a link such as "Read more" is shorter than most titles."""
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MORE = re.compile(
    r"(?:(?:read|see|view|learn|find out) (?:the )?(?:more|full|article|post|story|on)\b"
    r"|continue reading|weiterlesen|mehr (?:lesen|erfahren)|zum (?:artikel|beitrag)"
    r"|lire (?:la suite|plus|l.article)|en savoir plus|leer más|seguir leyendo"
    r"|leggi (?:tutto|di più|l.articolo)|continua a leggere|(?:saiba|ler|leia) mais"
    r"|lees (?:meer|verder)|läs mer|læs mere|les mer|lue lisää|czytaj (?:więcej|dalej)"
    r"|číst (?:dál|více)|čítať ďalej|tovább|devamını oku|читать (?:далее|дальше|полностью)"
    r"|подробнее|читати далі|続きを読む|阅读更多|閱讀更多|자세히)",
    re.I,
)
"""How a link to an entry begins whose title stands beside it: "Continue reading about pumps"."""

_TITLE = re.compile(
    r"(?:^|[\s_-])(?:title|headline|heading|titel|titre|titulo|titolo)(?:$|[\s_-])", re.I
)
"""The class or property of an element that holds a title."""

_PARTS_OF_A_CARD = 20
"""Elements of a link that are looked at for its title."""

_MAX_CLASS = 200
"""Characters of a class that are looked at."""

_OUTSIDE = {Area.NAV, Area.HEADER, Area.FOOTER, Area.COMMENT, Area.ASIDE}
"""Areas in which no entries of an index stand."""


class _Title(NamedTuple):
    """A link that may be the title of an entry, with its element."""

    link: Link
    node: LexborNode


@dataclass(slots=True)
class _Marks:
    """Where the titles and dates of a page stand.

    `titles_in` and `dates_in` hold, for each block around them, the indexes of its titles and the
    number of its dates. `places` numbers them and the blocks in the order of the page, and
    `single_dates` lists the places at which blocks with one date begin. Elements are named by
    `mem_id`.
    """

    titles_in: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    dates_in: Counter[int] = field(default_factory=Counter)
    places: dict[int, int] = field(default_factory=dict)
    single_dates: list[int] = field(default_factory=list)

    def number(self, body: LexborNode | None) -> None:
        """Number the elements in the order of the page; once, as it walks the whole page."""
        if self.places or body is None:
            return
        marked = self.titles_in.keys() | self.dates_in.keys()
        for place, element in enumerate(body.traverse()):
            if (key := element.mem_id) in marked:
                self.places[key] = place
                self.single_dates += [place] if self.dates_in.get(key) == 1 else []


def read_items(document: Document, now: datetime, style: DateStyle) -> tuple[Item, ...]:
    """Read the entries of an index page, in the order of the page; each address once.

    Entries of JSON-LD come first; of two of one address the first with a date is taken. One more
    than `MAX_ITEMS` tells that there are more. `style` is how the page writes dates.
    """
    items: dict[str, Item] = {}
    for item in (*_from_json_ld(document, now, style), *_from_blocks(document, now, style)):
        known = items.get(normalise(item.url))
        if known is None or (known.published is None and item.published is not None):
            items[normalise(item.url)] = item
    return tuple(items.values())[: MAX_ITEMS + 1]


def _from_json_ld(document: Document, now: datetime, style: DateStyle) -> Iterator[Item]:
    """Yield the entries that JSON-LD spells out, where a page lists more than one."""
    articles = [thing for thing in document.jsonld if ARTICLES.intersection(types(thing))]
    # A single article is the page itself, not an entry of it.
    if len(articles) < 2:
        return
    yield from each_readable(
        articles, lambda thing: _item_of_thing(thing, document.base, now, style)
    )


def _item_of_thing(thing: Thing, base: str, now: datetime, style: DateStyle) -> Item | None:
    """Return the entry that a JSON-LD object describes; None without address or title."""
    address = texts(thing.get("url")) or texts(thing.get("mainEntityOfPage"))
    url = join(base, address[0]) if address else None
    title = texts(thing.get("headline")) or texts(thing.get("name"))
    if url is None or not title:
        return None
    dates = texts(thing.get("datePublished"))
    published = parse_date(dates[0], DateSource.JSON_LD, now, style) if dates else None
    return Item(url=url, title=clean(title[0], 300), published=published)


def _from_blocks(document: Document, now: datetime, style: DateStyle) -> Iterator[Item]:
    """Yield the entries as people see them: those with a date, then those without one.

    A title link and a date stand in one block, or one after the other.
    """
    titles = list(_title_links(document))
    if not titles:
        return
    dates = list(dated_elements(document, now, style))
    marks = _marks_of(titles, dates) if dates else _Marks()
    used: set[int] = set()
    blocks, beside = _BlockTexts(document.words, marks.dates_in), Beside(marks.dates_in)
    for node, dated in dates:
        index = _title_for(node, marks, titles, document.tree.body)
        if index is not None:
            used.add(index)
            beside.add(titles[index].node, titles[index].link.url)
            yield _item(titles[index], dated, blocks)
    teasers = _has_teasers(document)
    for index, title in enumerate(titles):
        if index in used:
            continue
        by_address = date_in_url(title.link.url, now)
        # An address may be all that tells the day, as in a list of `/releases/2026/10/23/3-14/`.
        told = by_address is not None and _is_below(title.link.url, document.url)
        is_teaser = told or (teasers and blocks.is_teaser(title, document.url))
        if is_teaser or (len(used) > 1 and beside.takes(title.node, title.link.url)):
            yield _item(title, by_address, blocks)


def _marks_of(titles: list[_Title], dates: list[tuple[LexborNode, Dated]]) -> _Marks:
    """Count titles and dates for each block around them."""
    marks = _Marks()
    for index, (_, node) in enumerate(titles):
        for ancestor in ancestors(node):
            marks.titles_in[ancestor.mem_id].append(index)
    for node, _ in dates:
        for ancestor in ancestors(node):
            marks.dates_in[ancestor.mem_id] += 1
    return marks


def _item(title: _Title, dated: Dated | None, blocks: "_BlockTexts") -> Item:
    """Return the entry of a title link.

    A link around a whole card, with teaser, category and author, has the title that stands within
    it. One without much to say, such as "Read more" or a picture, takes the heading of its block.
    """
    link = title.link
    words = blocks.title_within(title.node) or link.text
    if _width(words) < _SHORT_TEXT or link.icon or _MORE.match(words):
        words = blocks.heading_near(title.node) or words
    return Item(url=link.url, title=clean(words, 300), published=dated)


def _width(words: str) -> int:
    """Return how long a text is in Latin letters: a sign of Chinese or Japanese tells as two do."""
    return len(words) + len(_WIDE.findall(words))


def _title_links(document: Document) -> Iterator[_Title]:
    """Yield the links that may be the title of an entry: to a page of this site, outside menus."""
    own_url = document.url.partition("#")[0]
    links = zip(document.links, document.nodes, document.inner, strict=True)
    for link, node, is_inner in links:
        if not is_inner or link.area in _OUTSIDE:
            continue
        path = segments(link.url)
        if not path and "?" not in link.url:
            continue
        if link.url == own_url or _is_listing(path):
            continue
        if link.text or node.css_first("img") is not None:
            yield _Title(link, node)


def _is_below(url: str, page_url: str) -> bool:
    """Tell whether an address continues that of a page, which is not the start page."""
    return bool(segments(page_url)) and page_key(url).startswith(f"{page_key(page_url)}/")


def _is_listing(path: tuple[str, ...]) -> bool:
    """Tell whether a path leads to a list or a person; `/topic/17/…` is a thread."""
    lowered = [part.lower() for part in path]
    if _NO_ENTRY.isdisjoint(lowered):
        return False
    pairs = zip(lowered, (*lowered, "")[1:], strict=True)
    return any(
        part in _NO_ENTRY and not (part in _THREADS and after[:1].isdigit())
        for part, after in pairs
    )


def _title_for(
    node: LexborNode,
    marks: _Marks,
    titles: list[_Title],
    body: LexborNode | None,
) -> int | None:
    """Return the index of the title that a date belongs to; None where there is none.

    It stands in the largest block around the date that holds no other date; in a flat list, where
    that block holds no title, beside the date.
    """
    block: LexborNode | None = None
    for ancestor in ancestors(node):
        if marks.dates_in[ancestor.mem_id] > 1:
            inside = marks.titles_in.get(block.mem_id, []) if block is not None else []
            if inside:
                return _best(inside, titles)
            marks.number(body)
            return _beside(node, ancestor, marks, titles)
        block = ancestor
    inside = marks.titles_in.get(block.mem_id, []) if block is not None else []
    # A lone date with more titles around it belongs to none of them.
    return _best(inside, titles) if inside and len(inside) <= 12 else None


def _best(indexes: list[int], titles: list[_Title]) -> int:
    """Return the index of a block's title: a link in a heading, else the one with most words."""
    for index in indexes:
        if any(ancestor.tag in _HEADINGS for ancestor in ancestors(titles[index].node)):
            return index
        if titles[index].node.css_first(_ANY_HEADING) is not None:
            return index
    return max(indexes, key=lambda index: (len(titles[index].link.text), -index))


def _beside(
    node: LexborNode,
    container: LexborNode,
    marks: _Marks,
    titles: list[_Title],
) -> int | None:
    """Return the index of the title next to a date in a flat list; None where there is none.

    It is the title before the date, or the one after it in a list whose first date comes first; the
    one after it where the date is a term (`dt`), which is followed by what it is the term of.
    """
    inside = marks.titles_in.get(container.mem_id, [])
    here, around = marks.places.get(node.mem_id), marks.places.get(container.mem_id)
    if not inside or len(inside) > MAX_ITEMS or here is None or around is None:
        return None
    places = [marks.places.get(titles[index].node.mem_id, -1) for index in inside]
    # Where the list begins: the first block with one date behind the beginning of the container.
    # There is none where each block holds several, as a line of text with two dates does.
    behind = bisect_right(marks.single_dates, around)
    first_date = marks.single_dates[behind] if behind < len(marks.single_dates) else here
    after = bisect_left(places, here)
    is_term = any(ancestor.tag == "dt" for ancestor in islice(ancestors(node), 3))
    if places[0] <= first_date and not is_term:
        return inside[after - 1] if after else None
    return inside[after] if after < len(inside) else inside[-1]


def _has_teasers(document: Document) -> bool:
    """Tell whether any block of the page calls itself an article or a post."""
    posts = any("hentry" in name or name.lower() == "post" for name in document.names)
    return posts or "<article" in document.source


class _BlockTexts:
    """Say what the blocks around the links of one page are; each block is read once."""

    def __init__(self, words: Words, dates_in: Mapping[int, int]) -> None:
        self._words, self._dates_in = words, dates_in
        self._teasers: dict[int, bool] = {}
        self._headings: dict[int, str | None] = {}

    def is_teaser(self, title: _Title, page_url: str) -> bool:
        """Tell whether a link is the heading of an article block, though no date stands by it.

        Or a card around a heading, where it leads below the page: cards elsewhere are goods and
        related pages as often as posts.
        """
        node = title.node
        if not any(ancestor.tag in _HEADINGS for ancestor in ancestors(node)):
            below = _is_below(title.link.url, page_url)
            if not below or node.css_first(_ANY_HEADING) is None:
                return False
        return any(self._is_article(ancestor) for ancestor in ancestors(node))

    def _is_article(self, node: LexborNode) -> bool:
        """Tell whether an element is an article, by its tag or by the classes of WordPress."""
        known = self._teasers.get(node.mem_id)
        if known is None:
            classes = (node.attributes.get("class") or "").lower()
            known = node.tag == "article" or "hentry" in classes or "post" in classes.split()
            self._teasers[node.mem_id] = known
        return known

    def title_within(self, node: LexborNode) -> str:
        """Return the title that a link holds beside other words; empty for none.

        It is the highest heading, else the first element that calls itself a title, else what is
        bold above a paragraph. A smaller heading above it may be a category.
        """
        headings = node.css(_ANY_HEADING)[:_PARTS_OF_A_CARD]
        if headings:
            return self._words.of(min(headings, key=lambda heading: heading.tag or ""), 300)
        for part in node.css("[class],[itemprop]")[:_PARTS_OF_A_CARD]:
            called = part.attributes.get("class") or part.attributes.get("itemprop") or ""
            if _TITLE.search(called[:_MAX_CLASS]) and (words := self._words.of(part, 300)):
                return words
        bold = node.css_first("strong,b") if node.css_first("p") is not None else None
        return self._words.of(bold, 300) if bold is not None else ""

    def heading_near(self, node: LexborNode) -> str:
        """Return the heading of the nearest block that a link stands in; empty for none."""
        for ancestor in list(ancestors(node))[1:5]:
            # Around several dates the heading is that of the list, and so it is further out.
            if self._dates_in.get(ancestor.mem_id, 0) > 1:
                return ""
            heading = self._heading_in(ancestor)
            if heading is not None:
                return heading
        return ""

    def _heading_in(self, node: LexborNode) -> str | None:
        """Return the only heading of a block; empty for several, None for none."""
        if node.mem_id not in self._headings:
            headings = node.css(_ANY_HEADING)
            only = self._words.of(headings[0], 300) if len(headings) == 1 else ""
            self._headings[node.mem_id] = only if headings else None
        return self._headings[node.mem_id]
