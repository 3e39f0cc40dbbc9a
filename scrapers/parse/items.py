"""Read the entries of an index page: each a link with a title and, where it has one, a date."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from audit.model.facts import Area, Item
from audit.model.value import DateSource
from scrapers.parse.date_words import DateStyle, Told
from scrapers.parse.dated import dated_elements
from scrapers.parse.dates import date_in_url, parse_date
from scrapers.parse.document import Document
from scrapers.parse.element_names import holding
from scrapers.parse.entry_titles import BlockTexts, Title, is_below
from scrapers.parse.item_dates import DateOf, Marks, dates_of, marks_of
from scrapers.parse.jsonld import Thing, texts, types
from scrapers.parse.published import ARTICLES
from scrapers.parse.readable import each_readable
from scrapers.parse.text import clean
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

_FEW = 5
"""Entries with a printed day that are no more than a box of a page."""

_OUTSIDE = {Area.NAV, Area.HEADER, Area.FOOTER, Area.COMMENT, Area.ASIDE}
"""Areas in which no entries of an index stand."""


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
    marks = marks_of(titles, dates) if dates else Marks()
    used = dates_of(titles, dates, marks, document, style)
    blocks, beside = BlockTexts(document.words, marks.dates_in), Beside(marks.dates_in)
    for index, dates_of_it in used.items():
        if _is_of_the_page(titles[index], document):
            continue
        beside.add(titles[index].node, titles[index].link.url)
        yield _item(titles[index], dates_of_it, blocks)
    teasers = _has_teasers(document)
    rest = [title for index, title in enumerate(titles) if index not in used]
    days = {title.link.url: date_in_url(title.link.url, now) for title in rest}
    # The front of a paper prints a day beside few of its articles; all bear one in the address.
    front = sum(day is not None for day in days.values()) >= 2 * max(_FEW, len(used))
    for title in rest:
        if _is_of_the_page(title, document):
            continue
        by_address = days[title.link.url]
        # An address may be all that tells the day, as in a list of `/releases/2026/10/23/3-14/`.
        told = by_address is not None and (front or is_below(title.link.url, document.url))
        is_teaser = told or (teasers and blocks.is_teaser(title, document.url))
        if is_teaser or (len(used) > 1 and beside.takes(title.node, title.link.url)):
            yield _item(title, [DateOf(by_address, None)] if by_address else [], blocks)


def _item(title: Title, dates: Sequence[DateOf], blocks: BlockTexts) -> Item:
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


def _has_teasers(document: Document) -> bool:
    """Tell whether any block of the page calls itself an article or a post."""
    if "article" in document.tags:
        return True
    named = holding(document.names, ("hentry", "post"))
    return any("hentry" in name or name.lower() == "post" for name in named)
