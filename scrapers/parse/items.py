"""Read the entries of an index page: each a link with a title and, where it has one, a date."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from audit.model.facts import Area, Item
from audit.model.value import Dated, DateSource
from scrapers.parse.date_words import DateStyle, Told
from scrapers.parse.dated import ancestors, dated_elements
from scrapers.parse.dates import date_in_url, parse_date
from scrapers.parse.document import Document
from scrapers.parse.element_names import holding
from scrapers.parse.entry_titles import ANY_HEADING, HEADINGS, BlockTexts, Title, is_below
from scrapers.parse.jsonld import Thing, texts, types
from scrapers.parse.published import ARTICLES
from scrapers.parse.readable import each_readable
from scrapers.parse.text import clean
from scrapers.parse.thread_dates import told_of
from scrapers.parse.undated import Beside
from scrapers.parse.urls import join, normalise, segments

MAX_ITEMS = 1_000
"""Entries of one page that are kept."""

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

_LIST_OF_THREADS = 2
"""Entries dated by their last reply from which on a list is one of threads.

A single "Latest post" stands beside the newest entry of a blog as well.
"""

_OUTSIDE = {Area.NAV, Area.HEADER, Area.FOOTER, Area.COMMENT, Area.ASIDE}
"""Areas in which no entries of an index stand."""


class _Date(NamedTuple):
    """A date of an entry, with what the page calls it; None where it calls it nothing."""

    dated: Dated
    told: Told | None


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
        items[normalise(item.url)] = item if known is None else _of_both(known, item)
    return tuple(items.values())[: MAX_ITEMS + 1]


def _of_both(known: Item, item: Item) -> Item:
    """Return what two entries of one address tell; of two dates of publication, the first."""
    taken = item if known.published is None and item.published is not None else known
    return replace(taken, active=known.active or item.active)


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
    return Item(url=url, title=clean(title[0], 300), published=published, begun=True)


def _from_blocks(document: Document, now: datetime, style: DateStyle) -> Iterator[Item]:
    """Yield the entries as people see them: those with a date, then those without one.

    A title link and a date stand in one block, or one after the other.
    """
    titles = list(_title_links(document))
    if not titles:
        return
    dates = list(dated_elements(document, now, style))
    marks = _marks_of(titles, dates) if dates else _Marks()
    used = _dates_of(titles, dates, marks, document, style)
    blocks, beside = BlockTexts(document.words, marks.dates_in), Beside(marks.dates_in)
    for index, dates_of_it in used.items():
        if _is_of_the_page(titles[index], document):
            continue
        beside.add(titles[index].node, titles[index].link.url)
        yield _item(titles[index], dates_of_it, blocks)
    teasers = _has_teasers(document)
    for index, title in enumerate(titles):
        if index in used or _is_of_the_page(title, document):
            continue
        by_address = date_in_url(title.link.url, now)
        # An address may be all that tells the day, as in a list of `/releases/2026/10/23/3-14/`.
        told = by_address is not None and is_below(title.link.url, document.url)
        is_teaser = told or (teasers and blocks.is_teaser(title, document.url))
        if is_teaser or (len(used) > 1 and beside.takes(title.node, title.link.url)):
            yield _item(title, [_Date(by_address, None)] if by_address else [], blocks)


def _dates_of(
    titles: list[Title],
    dates: list[tuple[LexborNode, Dated]],
    marks: _Marks,
    document: Document,
    style: DateStyle,
) -> Mapping[int, Sequence[_Date]]:
    """Return the dates of each title that has any, by its index.

    Dates of last replies are told apart only where several entries have one.
    """
    placed: list[tuple[LexborNode, int, _Date]] = []
    for node, dated in dates:
        index = _title_for(node, marks, titles, document.tree.body)
        if index is not None:
            title = titles[index].link.text
            told = told_of(node, title, marks.dates_in, document.words, style.words)
            placed.append((node, index, _Date(dated, told)))
    replies = [node for node, _, date in placed if date.told is Told.ACTIVE]
    replies_in = Counter(block.mem_id for node in replies for block in ancestors(node))
    found: dict[int, list[_Date]] = defaultdict(list)
    for node, index, date in placed:
        if date.told is not Told.ACTIVE:
            found[index].append(date)
        elif len(replies) >= _LIST_OF_THREADS:
            found[_title_of_row(node, index, marks, titles, replies_in)].append(date)
        else:
            found[index].append(date._replace(told=None))
    return found


def _title_of_row(
    node: LexborNode,
    index: int,
    marks: _Marks,
    titles: list[Title],
    replies_in: Mapping[int, int],
) -> int:
    """Return the thread that a last reply belongs to: the title of the row, not of its cell.

    Beside the date of a last reply stand links to that reply and to who wrote it. A row holds one
    last reply, and another date.
    """
    row = next((block for block in ancestors(node) if marks.dates_in[block.mem_id] > 1), None)
    if row is None or replies_in[row.mem_id] > 1:
        return index
    return _best(marks.titles_in.get(row.mem_id, [index]), titles)


def _marks_of(titles: list[Title], dates: list[tuple[LexborNode, Dated]]) -> _Marks:
    """Count titles and dates for each block around them."""
    marks = _Marks()
    for index, (_, node) in enumerate(titles):
        for ancestor in ancestors(node):
            marks.titles_in[ancestor.mem_id].append(index)
    for node, _ in dates:
        for ancestor in ancestors(node):
            marks.dates_in[ancestor.mem_id] += 1
    return marks


def _item(title: Title, dates: Sequence[_Date], blocks: BlockTexts) -> Item:
    """Return the entry of a title link with its dates.

    A link around a whole card, with teaser, category and author, has the title that stands within
    it. One without much to say, such as "Read more" or a picture, takes the heading of its block.
    """
    link = title.link
    words = blocks.title_within(title.node) or link.text
    if _width(words) < _SHORT_TEXT or link.icon or _MORE.match(words):
        words = blocks.heading_near(title.node) or words
    active = max(
        (date.dated for date in dates if date.told is Told.ACTIVE),
        key=lambda dated: dated.at,
        default=None,
    )
    others = [date for date in dates if date.told is not Told.ACTIVE]
    # What is called the beginning comes first; else the first date that is called nothing.
    first = min(others, key=lambda date: date.told is None, default=None)
    later = active is not None and first is not None and first.dated.at <= active.at
    return Item(
        url=link.url,
        title=clean(words, 300),
        published=first.dated if first is not None else None,
        active=active,
        begun=first is not None and (first.told is Told.PUBLISHED or later),
    )


def _width(words: str) -> int:
    """Return how long a text is in Latin letters: a sign of Chinese or Japanese tells as two do."""
    return len(words) + len(_WIDE.findall(words))


def _is_of_the_page(title: Title, document: Document) -> bool:
    """Tell whether a title is that of the page itself, or its picture: no entry, yet it has a date.

    The box of "related posts" under an article often lists that article, too; were it left out
    before dates are given to titles, its date would be its neighbour's.
    """
    own_url = document.url.partition("#")[0]
    return title.link.url == own_url or _PICTURE.search(title.link.url) is not None


_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)(?:[?#]|$)", re.I)
"""The ending of a picture, which a page shows larger; a recording may be an entry of a podcast."""


def _title_links(document: Document) -> Iterator[Title]:
    """Yield the links that may be the title of an entry: to a page of this site, outside menus.

    A long link to the page itself is the title of its own post (`_is_of_the_page`).
    """
    own_url = document.url.partition("#")[0]
    links = zip(document.links, document.nodes, document.inner, strict=True)
    for link, node, is_inner in links:
        if not is_inner or link.area in _OUTSIDE:
            continue
        path = segments(link.url)
        if not path and "?" not in link.url:
            continue
        if (link.url == own_url and _width(link.text) < _SHORT_TEXT) or _is_listing(path):
            continue
        if link.text or node.css_first("img") is not None:
            yield Title(link, node)


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
    titles: list[Title],
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


def _best(indexes: list[int], titles: list[Title]) -> int:
    """Return the index of a block's title: a link in a heading, else the one with most words."""
    for index in indexes:
        if any(ancestor.tag in HEADINGS for ancestor in ancestors(titles[index].node)):
            return index
        if titles[index].node.css_first(ANY_HEADING) is not None:
            return index
    return max(indexes, key=lambda index: (len(titles[index].link.text), -index))


def _beside(
    node: LexborNode,
    container: LexborNode,
    marks: _Marks,
    titles: list[Title],
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
    if "article" in document.tags:
        return True
    named = holding(document.names, ("hentry", "post"))
    return any("hentry" in name or name.lower() == "post" for name in named)
