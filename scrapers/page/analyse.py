"""Analyse one page: everything that it says, read in one pass, as a frozen value."""

from collections.abc import Iterator
from datetime import datetime

from audit.model.exchange import Page, Request
from audit.model.facts import Area, Item, PageFacts, Whose
from audit.model.kinds import SECTION_KINDS
from scrapers.page.figures import figures, is_of_one_thread
from scrapers.page.foreign import foreign
from scrapers.page.links import channel_links
from scrapers.page.pointed import read_figures, read_section
from scrapers.page.rules import Rules
from scrapers.page.shapes import shapes
from scrapers.page.signals import signals
from scrapers.page.told import told_by_person
from scrapers.parse.date_words import DateStyle
from scrapers.parse.day_order import style_of
from scrapers.parse.document import Document
from scrapers.parse.forwards import read_forwards, sent_on_unread
from scrapers.parse.html import read_html
from scrapers.parse.inline import inline_items
from scrapers.parse.items import MAX_ITEMS, read_items
from scrapers.parse.jsonld import types
from scrapers.parse.more import goes_on_by_script
from scrapers.parse.paging import next_page
from scrapers.parse.periods import archives_of
from scrapers.parse.published import page_types, published
from scrapers.parse.text import clean
from scrapers.parse.urls import segments

_ORGANISATIONS = ("Organization", "Corporation", "LocalBusiness", "WebSite", "Brand")
_LOGO_LINKS = 30
"""Links from the top of a page among which its logo is looked for."""

_AT_THE_TOP = frozenset({Area.HEADER, Area.NAV})
_MAX_NAMES = 8
_SECTIONS = frozenset(word for kind in SECTION_KINDS for word in kind.words.keys() - kind.vague)
"""Sections of the vocabulary in which a company publishes."""


def analyse(page: Page, request: Request, rules: Rules) -> PageFacts:
    """Read a page and match it against the rules; bytes and tree are gone afterwards."""
    document = read_html(page)
    now, style = page.fetched_at, style_of(document, rules.dates)
    told = told_by_person(document, request.section)
    marks = (*told, *signals(document, rules.signals), *shapes(document, rules))
    pointed = read_section(document, request.section, now, style)
    items = pointed.items
    if items is None:
        posts_alone = is_of_one_thread(document, marks, rules.words)
        items = () if posts_alone else _items(document, now, style, rules)
    return PageFacts(
        url=page.url,
        requested_url=page.requested_url,
        depth=request.depth,
        why=request.why,
        fetched_at=page.fetched_at,
        record=page.record,
        title=document.title,
        site_name=document.site_name,
        language=document.language,
        languages=document.alternates,
        canonical=document.canonical,
        generator=document.generator,
        links=document.links,
        feeds=document.feeds,
        channels=channel_links(document, rules.platforms, rules.whose),
        signals=marks,
        forms=document.forms,
        items=items[:MAX_ITEMS],
        next_url=next_page(document) if pointed.next_url is None else pointed.next_url,
        types=page_types(document),
        published=published(document, now, style),
        names=_names(document),
        text_length=document.text_length,
        shell=document.shell,
        drawn=page.drawn,
        figures=figures(document, marks, items, rules.words),
        interfaces=document.interfaces,
        hints=tuple(_hints(document, rules)),
        size=len(page.body),
        truncated=page.truncated,
        unread=document.unread or sent_on_unread(document),
        more_items=len(items) > MAX_ITEMS,
        archives=archives_of(document.url, document.links),
        goes_on=bool(items) and goes_on_by_script(document),
        embedded=foreign(document, rules),
        forwards=read_forwards(document),
        section=request.section,
        missed=pointed.missed,
        readings=read_figures(document, request.figures),
    )


def _items(document: Document, now: datetime, style: DateStyle, rules: Rules) -> tuple[Item, ...]:
    """Read the entries of an index page; where none has a date, those that stand there in full.

    The latter only of a page whose address or heading calls it a section, as many pages have dates
    beside headings.
    """
    items = read_items(document, now, style)
    if any(item.published is not None for item in items) or not _is_section(document, rules):
        return items
    return inline_items(document, now, style) or items


def _is_section(document: Document, rules: Rules) -> bool:
    """Tell whether the last part of a page's address, or its heading, names a dated section."""
    words = next((document.words.of(node, 100) for node in document.elements("h1")), "")
    last = next(reversed(segments(document.url)), "").replace("-", " ").replace("_", " ")
    named = rules.words.exact(words) | rules.words.exact(last) | rules.words.exact(document.title)
    return not _SECTIONS.isdisjoint(named)


def _hints(document: Document, rules: Rules) -> Iterator[tuple[str, str, str]]:
    """Yield what the widgets of a page say to readers of platforms: (platform, name, value)."""
    for platform, name, mark, attribute in rules.hints:
        if mark in document.names:
            for node in document.tree.css(f".{mark}[{attribute}]")[:1]:
                value = clean(node.attributes.get(attribute) or "", 200)
                yield platform, name, value


def _names(document: Document) -> tuple[str, ...]:
    """Return what the site calls itself: its name, its organisation's, the words of its logo."""
    names = [document.site_name]
    own = [each for each in document.described if each.whose is Whose.OPEN]
    names += [
        clean(each.name, 120)
        for each in own
        if any(kind.endswith(_ORGANISATIONS) for kind in types(each.thing))
    ]
    top = zip(document.links[:_LOGO_LINKS], document.nodes[:_LOGO_LINKS], strict=True)
    for link, node in top:
        # Most links hold a text alone, which is quicker seen than an image is looked for.
        if link.area in _AT_THE_TOP and link.text and next(node.iter(), None) is not None:
            names += [link.text] if node.css_first("img") is not None else []
    return tuple(dict.fromkeys(name for name in names if name))[:_MAX_NAMES]
