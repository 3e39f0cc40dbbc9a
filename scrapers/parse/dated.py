"""Find the elements of a page that hold a date and little else."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from audit.model.value import Dated, DateSource
from scrapers.parse.date_labels import is_of_change
from scrapers.parse.date_words import ENGLISH, DateStyle, ago_of, folded, names_of
from scrapers.parse.dates import MAX_TEXT, date_of_stamp, find_date, month_day_of, parse_date
from scrapers.parse.days import MonthDay
from scrapers.parse.document import Document
from scrapers.parse.element_names import holding
from scrapers.parse.text import Lines, clean, holds
from scrapers.parse.yearless import Found, with_years

_MAX_STEPS = 9
"""Elements that `ancestors` yields at most."""

_CENTURIES = ("20", "٢٠", "۲۰", "२०", "২০", "２０")
"""How years of this century begin in the digits of several scripts."""

_YEAR = re.compile(rf"(?:{'|'.join(_CENTURIES)})\d{{2}}(?!\d)")
_LIKELY_DATE = re.compile(
    rf"\d.*(?:19|{'|'.join(_CENTURIES)})\d{{2}}|(?:19|{'|'.join(_CENTURIES)})\d{{2}}.*\d"
)
_DATE_NAMES = ("date", "time", "publish", "posted")
"""Words in the class or id of an element that holds a date."""

_USUAL = {"time": "time", "abbr": "abbr[title]"}
"""What may hold a date on any page, by its tag.

Boards of questions write "2 hours ago" into an `abbr`, whose title is the full time.
"""

_CLASS_NAME = re.compile(r"[A-Za-z_][\w-]*")
_STAMP_NAME = re.compile(
    # Not those of a change, of an event or of an offer.
    r"data-(?!(?:updated?|modified|edited|last|start|end|due|event|expir[a-z]*|sale|countdown)-)"
    r"(?:[a-z]+-)?(?:u?time|timestamp|unix|epoch|date|datetime|published|posted|created)"
    r"(?:-(?:at|on|utc|unix|published|posted))?"
)
"""Attributes in which a script finds the time that it shows: `data-time="1795521600"`."""

_STAMPS = ("data-",)
"""How such an attribute begins."""

_MAX_CLASSES = 40
"""Class names, and names of attributes, that are looked for on one page."""

_DATED_TEXTS = 3
"""Short texts with a year from which on the texts of a page are tried as dates."""

_MAX_TEXTS = 5_000
"""Short texts of one page that are tried as dates."""

_SHORT_YEAR = re.compile(
    r"(?<![\d./-])\d{2}([./-])\s?\d{2}\1\s?\d{2}(?![\d./-]\d)|['’]\d{2}\b|[RH]\d{1,2}[./年]"
)
"""A date whose year has two digits or is one of an era; 4.15.2 is a version."""

_SIGNS = ("月", "월", "令和", "平成", "民國", "民国")
"""Signs of months, and of eras, in dates of Japanese, Chinese and Korean."""

_OF_EVENT = re.compile(r"event", re.I)
_SHORT = 60
"""Characters of a text that is a date without a year of four digits, and little else."""

_BEFORE_SIGN = re.compile(r"(.{6,40}?) ?(?:[|·•]| [–—-] )")
"""The head of a longer text, up to a sign that parts it: "9 March 2013 | Museum of …"."""

_MOST_OTHERS = 500
"""Such texts of one page that are read."""

_YESTERDAY = 24
"""Characters of a text that is "yesterday" in any language, with its white space."""

_MAX_RAW = 400
"""Characters; longer texts hold more than a date, whatever white space is in them."""


def dated_elements(
    document: Document, now: datetime, style: DateStyle
) -> Iterator[tuple[LexborNode, Dated]]:
    """Yield the elements that hold a date of publication and little else, each with its date.

    Marked-up ones (`time`, microdata, classes such as `post-date`, `data-time`) come first; only
    where fewer than two of these hold a date, any short text is tried. An element within one that
    was yielded is left out. `style` is how the page writes dates; a day without a year is a date
    where its list tells the year (`with_years`).
    """
    marked = list(with_years(_marked_up(document, now, style), now))
    yield from marked
    if len(marked) < 2:
        texts = _likely_texts(document, now, style)
        if texts.years + len(texts.others) >= _DATED_TEXTS:
            yield from with_years(_text_dates(document, now, style, texts.others), now)


def _marked_up(document: Document, now: datetime, style: DateStyle) -> Iterator[Found]:
    """Yield the marked-up elements that hold a date."""
    known: set[int] = set()
    timed = [node for node in document.elements("time") if "datetime" in node.attributes][:2_000]
    times = {ancestor.mem_id for node in timed for ancestor in list(ancestors(node))[1:]}
    selector = _selector(document)
    for node in document.tree.css(selector)[:2_000] if selector else ():
        # What holds a `time` shows the same date again, often without its year or its hour.
        if node.mem_id in times:
            continue
        dated = date_of_element(document, node, now, style)
        date = dated or _without_year(document, node, style)
        if date is not None and not known.intersection(
            ancestor.mem_id for ancestor in ancestors(node)
        ):
            known.add(node.mem_id)
            yield node, date


def _without_year(document: Document, node: LexborNode, style: DateStyle) -> MonthDay | None:
    """Read the day without a year that an element holds; None for that of a change or an event."""
    date = _month_day(node, _words_of(document, node, MAX_TEXT), style)
    return None if date is None or is_of_change(node, style.words, document.words) else date


def _month_day(node: LexborNode, text: str, style: DateStyle) -> MonthDay | None:
    """Read the words of an element as a day without a year; None where its class names an event."""
    is_of_event = _OF_EVENT.search(node.attributes.get("class") or "") is not None
    return None if is_of_event else month_day_of(text, style)


def date_of_element(
    document: Document,
    node: LexborNode,
    now: datetime,
    style: DateStyle,
    *,
    longest: int = MAX_TEXT,
) -> Dated | None:
    """Read the date of publication that an element holds, in an attribute or in its words.

    None where it holds none, the date of a change, or more than `longest` characters of text.
    """
    dated = _in_attributes(node, now, style)
    if dated is None and len(text := _words_of(document, node, longest)) <= longest:
        source = DateSource.TIME if node.tag == "time" else DateSource.TEXT
        dated = find_date(text, source, now, style)
    return None if dated is None or is_of_change(node, style.words, document.words) else dated


def _in_attributes(node: LexborNode, now: datetime, style: DateStyle) -> Dated | None:
    """Read the date in `datetime`, `content` or an attribute such as `data-time`."""
    for name, value in node.attributes.items():
        if not value or len(value) > _MAX_RAW:
            continue
        if name in ("datetime", "content"):
            dated = parse_date(value, DateSource.TIME, now, style)
        elif _STAMP_NAME.fullmatch(name):
            stamp = date_of_stamp(value.strip(), DateSource.TIME, now)
            dated = stamp or parse_date(value, DateSource.TIME, now, style)
        else:
            continue
        if dated is not None:
            return dated
    return None


def _words_of(document: Document, node: LexborNode, longest: int) -> str:
    """Return the title of an element where that holds a date, else its words."""
    # Some forums show "2 hours ago" and keep the full date in the title.
    titled = (node.attributes.get("title") or "")[:_MAX_RAW]
    # One character more than is read tells that there are more: a class such as `update` also
    # names whole blocks of text.
    return titled if _LIKELY_DATE.search(titled) else document.words.of(node, longest + 1)


def _selector(document: Document) -> str:
    """Return the CSS selector of what may hold a date: `time`, microdata, named classes."""
    called = holding(document.names, _DATE_NAMES)
    stamped = holding(document.names, _STAMPS)
    classes = [f".{name}" for name in called if _CLASS_NAME.fullmatch(name)]
    stamps = [f"[{name}]" for name in stamped if _STAMP_NAME.fullmatch(name)]
    selectors = (*classes[:_MAX_CLASSES], *stamps[:_MAX_CLASSES])
    usual = [selector for tag, selector in _USUAL.items() if tag in document.tags]
    usual += ["[itemprop=datePublished]"] if "datePublished" in document.items else []
    return ",".join((*usual, *selectors))


class _Likely(NamedTuple):
    """Texts of a page that are likely dates: how many have a year, and the others themselves."""

    years: int
    others: frozenset[str]


def _likely_texts(document: Document, now: datetime, style: DateStyle) -> _Likely:
    """Find the short texts that may be dates; only where there are several are texts worth reading.

    To walk the tree of every page for texts costs far more.
    """
    texts = [text for text in document.numbered_texts() if len(text) <= _MAX_RAW]
    dated = {text for text in texts if holds(text, _CENTURIES) and _YEAR.search(text) is not None}
    short = [text for text in texts if text not in dated and len(text.strip()) <= _SHORT]
    short = short[:_MAX_TEXTS]
    named = Lines([folded(text.strip()) for text in short])
    years = (place for place, text in enumerate(short) if _SHORT_YEAR.search(text) is not None)
    places = sorted({*named.holding(_stems(style)), *years})[:_MOST_OTHERS]
    likely = frozenset(
        text for text in (short[place] for place in places) if _is_date(text, now, style)
    )
    return _Likely(sum(text in dated for text in texts), likely)


def _is_date(text: str, now: datetime, style: DateStyle) -> bool:
    """Tell whether a text is a date, with or without a year."""
    dated = find_date(text, DateSource.TEXT, now, style)
    return dated is not None or month_day_of(text, style) is not None


@lru_cache(maxsize=256)
def _stems(style: DateStyle) -> tuple[str, ...]:
    """Return words of which a date without a year in four digits holds one: months, "ago"."""
    ago = ago_of(style.language)
    months = names_of(style.language).months if style.language else ENGLISH
    return tuple(sorted({*months, *ago.begins, *ago.ends, *ago.units, *_SIGNS}))


def _text_dates(
    document: Document, now: datetime, style: DateStyle, others: frozenset[str]
) -> Iterator[Found]:
    """Yield the elements whose own short text is a date, with that date.

    `others` are the texts without a year of four digits that may be dates.
    """
    body = document.tree.body
    if body is None:
        return
    days_ago = style.words.days_ago.get(style.language, {})
    for parent, text in islice(_short_texts(body, others, days_ago), _MAX_TEXTS):
        dated = find_date(text, DateSource.TEXT, now, style)
        date = dated or _month_day(parent, text, style)
        if date is not None and not is_of_change(parent, style.words, document.words):
            yield parent, date


def _short_texts(
    body: LexborNode, others: frozenset[str], days_ago: Mapping[str, int]
) -> Iterator[tuple[LexborNode, str]]:
    """Yield the short texts of a page that may be dates, each with the element around it."""
    for node in body.traverse(include_text=True, skip_empty=True):
        if not node.is_text_node or node.parent is None:
            continue
        raw = node.text_content or ""
        # This is quicker than any pattern.
        if len(raw) > _MAX_RAW:
            continue
        is_other = raw in others or (len(raw) < _YESTERDAY and folded(raw.strip()) in days_ago)
        if not is_other and "20" not in raw and (raw.isascii() or not holds(raw, _CENTURIES)):
            continue
        if node.parent.tag in ("script", "style", "noscript", "option", "a"):
            continue
        text = clean(raw, 120)
        if len(text) > _SHORT and (head := _BEFORE_SIGN.match(text)) is not None:
            text = head[1]
        # The year of "© 2023 Acme" is that of the footer.
        likely = is_other or _LIKELY_DATE.search(text) is not None
        if len(text) <= _SHORT and likely and "©" not in text:
            yield node.parent, text


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """Yield an element and then those around it, below the body, `_MAX_STEPS` in all at most.

    The element itself comes first.
    """
    current: LexborNode | None = node
    for _ in range(_MAX_STEPS):
        if current is None or current.tag in ("body", "html"):
            return
        yield current
        current = current.parent
