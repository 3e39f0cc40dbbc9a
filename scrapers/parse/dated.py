"""Find the elements of a page that hold a date and little else."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from selectolax.lexbor import LexborNode

from audit.model.value import Dated, DateSource
from scrapers.parse.date_labels import is_of_change
from scrapers.parse.date_words import DateStyle
from scrapers.parse.dates import MAX_TEXT, date_of_stamp, find_date, parse_date
from scrapers.parse.document import Document
from scrapers.parse.element_names import holding
from scrapers.parse.text import clean, holds

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

_MAX_RAW = 400
"""Characters; longer texts hold more than a date, whatever white space is in them."""


def dated_elements(
    document: Document, now: datetime, style: DateStyle
) -> Iterator[tuple[LexborNode, Dated]]:
    """Yield the elements that hold a date of publication and little else, each with its date.

    Marked-up ones (`time`, microdata, classes such as `post-date`, `data-time`) come first; only
    where fewer than two of these hold a date, any short text is tried. An element within one that
    was yielded is left out. `style` is how the page writes dates.
    """
    known: set[int] = set()
    times = {
        ancestor.mem_id
        for node in document.tree.css("time[datetime]")[:2_000]
        for ancestor in list(ancestors(node))[1:]
    }
    for node in document.tree.css(_selector(document))[:2_000]:
        # What holds a `time` shows the same date again, often without its year or its hour.
        dated = date_of_element(document, node, now, style) if node.mem_id not in times else None
        if dated is not None and not known.intersection(
            ancestor.mem_id for ancestor in ancestors(node)
        ):
            known.add(node.mem_id)
            yield node, dated
    if len(known) < 2 and _has_dated_texts(document):
        yield from _text_dates(document, now, style)


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
    """Return the CSS selector of what may hold a date: `time`, microdata, named classes.

    Boards of questions write "2 hours ago" into an `abbr`, whose title is the full time.
    """
    called = holding(document.names, _DATE_NAMES)
    stamped = holding(document.names, _STAMPS)
    classes = [f".{name}" for name in called if _CLASS_NAME.fullmatch(name)]
    stamps = [f"[{name}]" for name in stamped if _STAMP_NAME.fullmatch(name)]
    selectors = (*classes[:_MAX_CLASSES], *stamps[:_MAX_CLASSES])
    return ",".join(("time", "abbr[title]", "[itemprop=datePublished]", *selectors))


def _has_dated_texts(document: Document) -> bool:
    """Tell whether several short texts hold a year; only then are texts worth reading."""
    # To walk the tree of every page for texts costs far more.
    texts = (text for text in document.numbered_texts() if holds(text, _CENTURIES))
    dated = (True for text in texts if _YEAR.search(text) is not None)
    return sum(islice(dated, _DATED_TEXTS)) == _DATED_TEXTS


def _text_dates(
    document: Document, now: datetime, style: DateStyle
) -> Iterator[tuple[LexborNode, Dated]]:
    """Yield the elements whose own short text is a date, with that date."""
    body = document.tree.body
    if body is None:
        return
    for parent, text in islice(_short_texts(body), _MAX_TEXTS):
        dated = find_date(text, DateSource.TEXT, now, style)
        if dated is not None and not is_of_change(parent, style.words, document.words):
            yield parent, dated


def _short_texts(body: LexborNode) -> Iterator[tuple[LexborNode, str]]:
    """Yield the short texts of a page that may be dates, each with the element around it."""
    for node in body.traverse(include_text=True):
        if not node.is_text_node or node.parent is None:
            continue
        raw = node.text_content or ""
        # A date worth reading has a year of this century; this is quicker than any pattern.
        if len(raw) > _MAX_RAW or not holds(raw, _CENTURIES):
            continue
        if node.parent.tag in ("script", "style", "noscript", "option", "a"):
            continue
        text = clean(raw, 120)
        # The year of "© 2023 Acme" is that of the footer.
        if len(text) <= 60 and _LIKELY_DATE.search(text) and "©" not in text:
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
