"""Read the entries that stand on a page in full, with no page of their own, as in a changelog."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from urllib.parse import quote

from selectolax.lexbor import LexborNode

from audit.model.facts import Area, Item
from audit.model.value import Dated, DateSource
from scrapers.parse.areas import Areas
from scrapers.parse.date_words import DateStyle
from scrapers.parse.dated import ancestors, dated_elements
from scrapers.parse.dates import MAX_TEXT, find_date, parse_date
from scrapers.parse.document import Document
from scrapers.parse.urls import join

_HEADINGS = "h2,h3,h4,h5,h6"
_TAGS = frozenset(("h1", *_HEADINGS.split(",")))
_MOST = 1_000
"""Headings, and dates, of one page that are looked at."""

_FEWEST = 2
"""Entries that make a list; a single date is that of the page."""

_BESIDE = 3
"""Elements before or behind a date among which its heading stands in a flat list."""

_AROUND = 4
"""Elements around a heading among which a link around its box is looked for."""

_BEHIND = 12
"""Elements behind a heading that is a date among which the heading of its entry stands."""

_OUTSIDE = frozenset({Area.NAV, Area.HEADER, Area.FOOTER, Area.COMMENT, Area.ASIDE})


def inline_items(document: Document, now: datetime, style: DateStyle) -> tuple[Item, ...]:
    """Read the entries of a page that have a heading and a date and stand there in full.

    A heading holds the date ("[1.4.0] - 2026-10-29"), is one, or stands in a box or a line with it.
    The address of an entry is its place on the page. Fewer than two entries are none. `style` is
    how the page writes dates.
    """
    areas = Areas(document.index)
    items: dict[str, Item] = {}
    for heading, title, dated in _entries(document, now, style):
        if areas.of(heading) in _OUTSIDE or _leads_on(document, heading):
            continue
        words = document.words.of(heading, MAX_TEXT)
        # Of two entries of one title the browser would find the first alone.
        for text in (words, title, f"{title} {dated.at:%Y-%m-%d}"):
            url = place_on_page(document, heading, text)
            if url not in items:
                items[url] = Item(url=url, title=title, published=dated)
                break
    return tuple(items.values()) if len(items) >= _FEWEST else ()


def place_on_page(document: Document, node: LexborNode, words: str) -> str:
    """Return the address of a place on a page: by the id of an element, else by words of it."""
    page = document.url.partition("#")[0]
    if name := (node.attributes.get("id") or ""):
        return f"{page}#{quote(name)}"
    # A browser that is given a text fragment scrolls to these words.
    return f"{page}#:~:text={quote(words[:80], safe='')}"


def _leads_on(document: Document, heading: LexborNode) -> bool:
    """Tell whether a heading is a link to another page, as one to what a newspaper writes."""
    around = (one for one in islice(ancestors(heading), _AROUND) if one.tag == "a")
    page = document.url.partition("#")[0]
    for link in (*heading.css("a[href]"), *around):
        address = link.attributes.get("href") or ""
        if (join(document.base, address) or page).partition("#")[0] != page:
            return True
    return False


def _entries(
    document: Document, now: datetime, style: DateStyle
) -> Iterator[tuple[LexborNode, str, Dated]]:
    """Yield the heading, the title and the date of each entry, in the order of the page.

    Headings with dates come before dates beside headings: a page has the one or the other.
    """
    headings = list(_dated_headings(document, now, style))
    if len(headings) >= _FEWEST:
        yield from headings
        return
    dates = list(islice(dated_elements(document, now, style), _MOST))
    dates_in = Counter(block.mem_id for node, _ in dates for block in ancestors(node))
    for node, dated in dates:
        heading = _heading_of(node, dates_in)
        if heading is not None and (title := document.words.of(heading, 300)):
            yield heading, title, dated


def _dated_headings(
    document: Document, now: datetime, style: DateStyle
) -> Iterator[tuple[LexborNode, str, Dated]]:
    """Yield the headings that hold a date with its year, each with its title and that date."""
    for heading in document.tree.css(_HEADINGS)[:_MOST]:
        words = document.words.of(heading, MAX_TEXT + 1)
        if len(words) > MAX_TEXT or not any(map(str.isdigit, words)):
            continue
        whole = parse_date(words, DateSource.TEXT, now, style)
        dated = whole or find_date(words, DateSource.TEXT, now, style)
        if dated is not None and dated.source is DateSource.TEXT:
            yield heading, (_title_below(document, heading) if whole else "") or words, dated


def _title_below(document: Document, heading: LexborNode) -> str:
    """Return the first smaller heading behind one; empty where the next entry comes first."""
    node: LexborNode | None = heading
    for _ in range(2 * _BEHIND):
        node = node.next if node is not None else None
        if node is None or (node.tag in _TAGS and (node.tag or "") <= (heading.tag or "")):
            return ""
        if node.tag in _TAGS:
            return document.words.of(node, 300)
    return ""


def _heading_of(node: LexborNode, dates_in: Counter[int]) -> LexborNode | None:
    """Return the heading in the largest block that holds a date alone, or that beside the block."""
    block = node
    for ancestor in ancestors(node):
        if dates_in[ancestor.mem_id] > 1:
            break
        block = ancestor
    inside = block.css_first(_HEADINGS)
    return inside if inside is not None else _heading_beside(block)


def _heading_beside(block: LexborNode) -> LexborNode | None:
    """Return the heading that stands nearest to a block in a flat list; of two the one before."""
    before: LexborNode | None = block
    behind: LexborNode | None = block
    for _ in range(2 * _BESIDE):
        before = before.prev if before is not None else None
        behind = behind.next if behind is not None else None
        for beside in (before, behind):
            if beside is not None and beside.tag in _TAGS and beside.tag != "h1":
                return beside
    return None
