"""Find the elements of a page that hold a date and little else."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice

from selectolax.lexbor import LexborNode

from audit.model.dated import Dated, DateSource
from scrapers.parse.dates import parse_date
from scrapers.parse.html import Document
from scrapers.parse.text import clean

_HEIGHT = 9
_YEARS = re.compile(r"20\d{2}(?=\D)")
_LIKELY = re.compile(r"\d.*(?:19|20)\d{2}|(?:19|20)\d{2}.*\d")
_DATING = re.compile(r"date|time|publish|posted", re.I)
"""What the name of an element speaks of that holds a date."""
_CLASS = re.compile(r"[A-Za-z_][\w-]*")
_PLACE_NAMES = 40
_TEXTS = 5_000
_RAW = 400
"""Longer texts hold more than a date, whatever white space is in them."""


def dated_elements(
    document: Document, now: datetime, months: Mapping[str, int]
) -> Iterator[tuple[LexborNode, Dated]]:
    """Elements that hold a date and little else, first marked-up ones, else any short text."""
    seen: set[int] = set()
    count = 0
    for node in document.tree.css(_places(document))[:2_000]:
        attributes = node.attributes
        stamp = attributes.get("datetime") or attributes.get("content")
        titled = (attributes.get("title") or "")[:_RAW]
        text = stamp or (titled if _LIKELY.search(titled) else document.words.of(node, 120))
        if len(text) > 80:
            continue
        source = DateSource.TIME if node.tag == "time" or stamp else DateSource.TEXT
        at = parse_date(text, source, now, months, document.language)
        if at is not None and not seen.intersection(each.mem_id for each in ancestors(node)):
            seen.add(node.mem_id)
            count += 1
            yield node, at
    if count < 2 and _has_dated_texts(document.source):
        yield from _text_dates(document, now, months)


def _places(document: Document) -> str:
    """Where dates may stand: in `time`, in microdata, in elements that are named for it."""
    named = [name for name in document.names if _DATING.search(name) and _CLASS.fullmatch(name)]
    classes = (f".{name}" for name in sorted(named)[:_PLACE_NAMES])
    return ",".join(("time", "[itemprop=datePublished]", *classes))


def _has_dated_texts(source: str) -> bool:
    """Tell whether at least three short texts hold a year; only then are texts worth reading."""
    found = 0
    for year in _YEARS.finditer(source):
        start = source.rfind(">", year.start() - 60, year.start())
        if start >= 0 and source.find("<", year.end(), year.end() + 40) >= 0:
            found += "<" not in source[start : year.start()]
            if found > 2:
                return True
    return False


def _text_dates(
    document: Document, now: datetime, months: Mapping[str, int]
) -> Iterator[tuple[LexborNode, Dated]]:
    body = document.tree.body
    if body is None:
        return
    for parent, text in islice(_likely(body), _TEXTS):
        at = parse_date(text, DateSource.TEXT, now, months, document.language)
        if at is not None:
            yield parent, at


def _likely(body: LexborNode) -> Iterator[tuple[LexborNode, str]]:
    """The short texts of a page that may be dates, with what they stand in."""
    for node in body.traverse(include_text=True):
        if not node.is_text_node or node.parent is None:
            continue
        raw = node.text_content or ""
        if len(raw) > _RAW or "20" not in raw:
            continue
        if node.parent.tag in ("script", "style", "noscript", "option", "a"):
            continue
        text = clean(raw, 120)
        if len(text) <= 60 and _LIKELY.search(text) and "©" not in text:
            yield node.parent, text


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The element and what it stands in, up to the body, at most so many steps."""
    current: LexborNode | None = node
    for _ in range(_HEIGHT):
        if current is None or current.tag in ("body", "html"):
            return
        yield current
        current = current.parent
