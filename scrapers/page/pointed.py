"""Read what a person points at on a page: the entries of a section, and figures.

A selector that matches nothing is told as it is; whether something was there last time, and so is
lost, is judged in `audit/measure/pointed.py`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from selectolax.lexbor import LexborNode

from audit.model.company import PointedFigure, PointedSection
from audit.model.exchange import Page
from audit.model.facts import DataPage, FigureReading, Item
from audit.model.value import Dated, DateSource, Known, Reason, Unknown
from config.pointers import json_steps
from scrapers.page.beside_figure import AROUND, PROOF, without_tags, words_around
from scrapers.page.counters import counter_at_zero
from scrapers.page.reach import address_in, behind
from scrapers.parse.around import around as blocks_around
from scrapers.parse.date_words import DateStyle
from scrapers.parse.dated import dated_elements
from scrapers.parse.dates import date_in_url, find_date, parse_date
from scrapers.parse.document import Document
from scrapers.parse.inline import place_on_page
from scrapers.parse.items import MAX_ITEMS
from scrapers.parse.numbers import Numeral, number_of_json, parse_number
from scrapers.parse.readable import read_json
from scrapers.parse.text import clean
from scrapers.parse.values import field, headline, language_of

RULE = "config.figure"
"""The rule by which evidence names a figure that a person points at."""

EXPRESSION_SECONDS = 1.0
"""Time for one regular expression on one page; a good one takes a thousandth of it."""

_MOST_MATCHES = 100
"""Places that are counted; of more it only matters that they are many."""

_LONGEST = 80
"""Characters of a class or id that a person would write."""

_NAMES = re.compile(rf"[.#][\w-]{{1,{_LONGEST}}}")
"""A class or an id in a selector."""

_MOST_NAMES = 2_000
"""Classes and ids of a page that are compared with one that is not there."""

_HEIGHT = 40
"""Elements between an entry and a date within it."""

_HEADINGS = "h1,h2,h3,h4,h5,h6"
_STAMPS = ("datetime", "content", "title")
"""Attributes in which an element may hold its date in full."""

_SCRIPTED = "scripts are still to draw the page; set `browser: auto` and see audit doctor"


@dataclass(frozen=True, slots=True)
class SectionReading:
    """What the selectors of a section give on a page.

    `items` is None where the rules are to read the entries, `next_url` where they are to find the
    next page. `missed` names the selectors that match nothing (`item`, `title`, `date`, `next`),
    each with a name like it that the page has, such as `.entry` for `.entries`, or nothing. The
    last page of a section has no `next`.
    """

    items: tuple[Item, ...] | None = None
    next_url: str | None = None
    missed: tuple[tuple[str, str], ...] = ()


# ---- sections ----


def read_section(
    document: Document, section: PointedSection | None, now: datetime, style: DateStyle
) -> SectionReading:
    """Read a page of a section by its selectors; those that are not given are left to the rules."""
    if section is None:
        return SectionReading()
    next_url = _next_url(document, section.next) if section.next else None
    names = ["next"] if next_url == "" else []
    items = None
    if section.item:
        entries = _Entries(document, section, now, style)
        items = tuple(entries.read())
        names = [*entries.missed(), *names]
    missed = ((name, like(getattr(section, name), document)) for name in names)
    return SectionReading(items, next_url, tuple(missed))


def like(selector: str, document: Document) -> str:
    """Return the class or id of a page that is nearest to one of a selector which it has not.

    `.customer` on a page with a class `customers` gives `.customers`; empty where none is near.
    """
    for name in _NAMES.findall(selector):
        if name[1:] not in document.names:
            # Sorted, as a set of texts has another order in each process.
            known = sorted(each for each in document.names if len(each) <= _LONGEST)[:_MOST_NAMES]
            close = get_close_matches(name[1:], known, n=1, cutoff=0.75)
            return f"{name[0]}{close[0]}" if close else ""
    return ""


def _next_url(document: Document, selector: str) -> str:
    """Return where the first link that a selector matches leads; empty for none."""
    for node in document.tree.css(selector)[:_MOST_MATCHES]:
        if url := address_in(node, document):
            return url
    return ""


class _Entries:
    """The entries of one page, and which selectors matched in any of them."""

    def __init__(
        self,
        document: Document,
        section: PointedSection,
        now: datetime,
        style: DateStyle,
    ) -> None:
        self._document, self._section = document, section
        self._now, self._style = now, style
        # One more than are kept, which tells that there are more.
        self._nodes = document.tree.css(section.item)[: MAX_ITEMS + 1]
        self._matched: set[str] = {"item"} if self._nodes else set()
        self._matching = {
            selector: frozenset(one.mem_id for one in document.tree.css(selector))
            for selector in (section.title, section.date)
            if selector
        }
        self._entries = frozenset(node.mem_id for node in self._nodes)
        self._dates = {} if section.date else self._dates_by_entry()

    def read(self) -> Iterator[Item]:
        """Yield the entries that have a title, in the order of the page."""
        for node in self._nodes:
            title_node = self._within(node, "title", self._section.title)
            title = self._title(node, title_node)
            if title:
                url = self._address(node, title_node, title)
                date = self._date(node, url)
                yield Item(url=url, title=title, published=date, begun=bool(self._section.date))

    def missed(self) -> Iterator[str]:
        """Yield the names of the selectors that matched nothing, or no date that can be read."""
        if not self._nodes:
            yield "item"
            return
        for name in ("title", "date"):
            if getattr(self._section, name) and name not in self._matched:
                yield name

    def _within(self, node: LexborNode, name: str, selector: str) -> LexborNode | None:
        """Return the first element of an entry that a selector matches, and note that it did.

        That is the entry itself, one within it, or one behind it and before the next entry, as in a
        list whose entries are a heading and what follows, or a term and its description.
        """
        if not selector:
            return None
        matching = self._matching[selector]
        reach = (node, *behind(node, self._entries))
        found = (one if one.mem_id in matching else one.css_first(selector) for one in reach)
        inner = next((one for one in found if one is not None), None)
        if inner is not None:
            self._matched.add(name)
        return inner

    def _title(self, node: LexborNode, title_node: LexborNode | None) -> str:
        """Return the title: what is pointed at, else the heading, the link, the first words."""
        words = self._document.words
        if title_node is not None and (title := words.of(title_node, 300)):
            return title
        described = next(behind(node, self._entries), node) if node.tag == "dt" else node
        for selector in (_HEADINGS, "a[href]"):
            inner = described.css_first(selector)
            if inner is not None and (title := words.of(inner, 300)):
                return title
        return headline(words.of(described, 300))

    def _address(self, node: LexborNode, title_node: LexborNode | None, title: str) -> str:
        """Return where the entry leads; one without a link has a place on this page."""
        described = behind(node, self._entries) if node.tag == "dt" else ()
        for inner in (title_node, node, *described):
            if inner is not None and (url := address_in(inner, self._document)):
                return url
        return place_on_page(self._document, node, title)

    def _date(self, node: LexborNode, url: str) -> Dated | None:
        """Return the date: what is pointed at, else what the rules find in the entry."""
        if not self._section.date:
            return self._dates.get(node.mem_id) or date_in_url(url, self._now)
        inner = self._within(node, "", self._section.date)
        dated = self._date_of(inner) if inner is not None else None
        if dated is not None:
            self._matched.add("date")
        return dated

    def _date_of(self, node: LexborNode) -> Dated | None:
        """Return the date that an element holds, in an attribute or in its words."""
        stamps = [(node.attributes.get(name) or "", DateSource.TIME) for name in _STAMPS]
        words = (self._document.words.of(node, 120), DateSource.TEXT)
        for text, source in (*stamps, words):
            dated = parse_date(text, source, self._now, self._style)
            if dated is not None:
                return dated
        # A heading such as "[1.4.0] - 2026-10-29" holds more than its date.
        return find_date(words[0], words[1], self._now, self._style)

    def _dates_by_entry(self) -> Mapping[int, Dated]:
        """Return the first date that the rules find in each entry, by the entry's `mem_id`."""
        entries = self._entries
        dates: dict[int, Dated] = {}
        for element, dated in dated_elements(self._document, self._now, self._style):
            node: LexborNode | None = element
            for _ in range(_HEIGHT):
                if node is None or node.mem_id in entries:
                    break
                node = node.parent
            if node is not None and node.mem_id in entries:
                dates.setdefault(node.mem_id, dated)
        return dates


# ---- figures ----


def read_figures(document: Document, figures: Sequence[PointedFigure]) -> tuple[FigureReading, ...]:
    """Read the figures that a person points at on a page, in their order."""
    return tuple(_in_page(document, figure) for figure in figures)


def unread_in_feed(figures: Sequence[PointedFigure]) -> tuple[FigureReading, ...]:
    """Say of figures that their address gives a feed, of which only the entries are read."""
    detail = "the address gives a feed, of which only the entries are read; name a page"
    return tuple(_unread(figure, detail) for figure in figures)


def read_data(page: Page, figures: Sequence[PointedFigure]) -> DataPage:
    """Read the figures that a person points at in an answer for programs."""
    payload = read_json(page.body)
    return DataPage(
        url=page.requested_url,
        readings=tuple(_in_json(page, payload, figure) for figure in figures),
    )


def _in_page(document: Document, figure: PointedFigure) -> FigureReading:
    """Read one figure: the first element of its selector, or the source for an expression alone."""
    if not figure.css:
        return _by_expression(document, document.source, figure, 1)
    nodes = document.tree.css(figure.css)[:_MOST_MATCHES]
    if not nodes:
        near = like(figure.css, document)
        hint = f"; the page has `{near}`" if near else ""
        return _missing(document, figure, f"no element matches `{figure.css}`{hint}")
    if figure.json:
        payload = read_json(document.words.raw(nodes[0], len(document.source)))
        return _in_json(document.page, payload, figure)
    words = _words_of(nodes[0], document)
    if figure.regex:
        return _by_expression(document, words, figure, len(nodes))
    numeral: Numeral | str = parse_number(words, figure.unit, _language_of(nodes[0], document))
    if isinstance(numeral, Numeral) and not numeral.value:
        numeral = counter_at_zero(nodes[0], clean(words, _LONGEST), document.source) or numeral
    return _reading(
        document.page, figure, numeral, words_around(nodes[0], words, document), len(nodes)
    )


def _language_of(node: LexborNode, document: Document) -> str:
    """Return the language of an element: its own, of what is around it, else of the page."""
    for element in blocks_around(node, _HEIGHT):
        if tag := element.attributes.get("lang"):
            return language_of(tag)
    return document.language


def _words_of(node: LexborNode, document: Document) -> str:
    """Return the words of an element; of one without any, what its attributes say."""
    attributes = node.attributes
    return (
        document.words.of(node, 2_000)
        or clean(attributes.get("content") or "", 200)
        or clean(attributes.get("value") or "", 200)
    )


def _by_expression(
    document: Document, text: str, figure: PointedFigure, elements: int
) -> FigureReading:
    """Read the first match of a regular expression: its first group, or all of it.

    The module `regex` stops an expression that goes astray, where the one of Python would take
    the whole worker with it, and so all else that the page says.
    """
    import regex

    try:
        matches = []
        for match in regex.finditer(figure.regex, text, timeout=EXPRESSION_SECONDS):
            matches.append(match)
            if len(matches) == _MOST_MATCHES:
                break
    except TimeoutError:
        detail = f"the regular expression took over {EXPRESSION_SECONDS:g} s; make it simpler"
        return FigureReading(figure=figure, value=Unknown(reason=Reason.TIMEOUT, detail=detail))
    if not matches:
        where = f"the words of `{figure.css}`" if figure.css else "the source of the page"
        return _missing(document, figure, f"`{figure.regex}` matches nothing in {where}")
    first = matches[0]
    words = (first[1] or "") if first.re.groups else first[0]
    numeral = parse_number(words, figure.unit, document.language)
    around = text[max(0, first.start() - AROUND) : first.end() + AROUND]
    if not figure.css:
        around = without_tags(text, first.start(), first.end())
    return _reading(document.page, figure, numeral, around, max(len(matches), elements))


def _in_json(page: Page, payload: object, figure: PointedFigure) -> FigureReading:
    """Read the figure that a path leads to in a JSON value."""
    if payload is None:
        where = f"the first element of `{figure.css}`" if figure.css else "the answer"
        return _unread(figure, f"{where} holds no JSON")
    value = field(payload, *(json_steps(figure.json) or ()))
    if value is None:
        return _unread(figure, f"`{figure.json}` leads to nothing in the JSON")
    return _reading(
        page, figure, number_of_json(value, figure.unit), f"{figure.json}: {value}"[:200], 1
    )


def _reading(
    page: Page, figure: PointedFigure, numeral: Numeral | str, words: str, matches: int
) -> FigureReading:
    """Return a number with its proof, or in words why what was met is none."""
    if isinstance(numeral, str):
        return FigureReading(
            figure=figure,
            value=Unknown(reason=Reason.BAD_CONTENT, detail=numeral),
        )
    many = "100 or more" if matches >= _MOST_MATCHES else f"{matches}"
    first = f" (the first of {many} matches)" if matches > 1 else ""
    proof = page.proof(RULE, f"{clean(words, PROOF)}{first}")
    known = Known(value=numeral.value, evidence=(proof,), exact=numeral.exact)
    return FigureReading(figure=figure, value=known)


def _missing(document: Document, figure: PointedFigure, detail: str) -> FigureReading:
    """Say why nothing matches: it is not there, not drawn yet, or in a part that was not read."""
    if document.shell:
        unknown = Unknown(reason=Reason.BROWSER, detail=f"{detail}: {_SCRIPTED}")
    elif document.unread is not None:
        unknown = Unknown(reason=document.unread.reason, detail=document.unread.detail)
    elif document.page.truncated:
        unknown = Unknown(reason=Reason.TOO_LARGE, detail=f"{detail} in the part that was read")
    else:
        unknown = Unknown(reason=Reason.BAD_CONTENT, detail=detail)
    return FigureReading(figure=figure, value=unknown)


def _unread(figure: PointedFigure, detail: str) -> FigureReading:
    """Say that a figure could not be read where it was pointed at."""
    return FigureReading(figure=figure, value=Unknown(reason=Reason.BAD_CONTENT, detail=detail))
