"""Find the elements of a page that hold a date and little else."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice

from selectolax.lexbor import LexborNode

from audit.model.value import Dated, DateSource
from scrapers.parse.dates import parse_date
from scrapers.parse.html import Document
from scrapers.parse.text import clean

_MAX_STEPS = 9
"""Elements that `ancestors` yields at most."""

_YEAR = re.compile(r"20\d{2}(?=\D)")
_LIKELY_DATE = re.compile(r"\d.*(?:19|20)\d{2}|(?:19|20)\d{2}.*\d")
_DATE_NAME = re.compile(r"date|time|publish|posted", re.I)
"""Words in the class or id of an element that holds a date."""
_CLASS_NAME = re.compile(r"[A-Za-z_][\w-]*")
_MAX_CLASSES = 40
"""Class names that are looked for on one page."""

_MAX_TEXTS = 5_000
"""Short texts of one page that are tried as dates."""

_MAX_RAW = 400
"""Characters; longer texts hold more than a date, whatever white space is in them."""


def dated_elements(
    document: Document, now: datetime, months: Mapping[str, int]
) -> Iterator[tuple[LexborNode, Dated]]:
    """Yield the elements that hold a date and little else, each with its date.

    Marked-up ones (`time`, microdata, classes such as `post-date`) come first; only where fewer
    than two of these hold a date, any short text is tried. An element within one that was yielded
    is left out. `months` maps the names of months to their numbers.
    """
    known: set[int] = set()
    count = 0
    for node in document.tree.css(_selector(document))[:2_000]:
        attributes = node.attributes
        stamp = attributes.get("datetime") or attributes.get("content")
        # Some forums show "2 hours ago" and keep the full date in the title.
        titled = (attributes.get("title") or "")[:_MAX_RAW]
        text = stamp or (titled if _LIKELY_DATE.search(titled) else document.words.of(node, 120))
        # A class such as `update` also names whole blocks of text.
        if len(text) > 80:
            continue
        source = DateSource.TIME if node.tag == "time" or stamp else DateSource.TEXT
        dated = parse_date(text, source, now, months, document.language)
        if dated is not None and not known.intersection(
            ancestor.mem_id for ancestor in ancestors(node)
        ):
            known.add(node.mem_id)
            count += 1
            yield node, dated
    if count < 2 and _has_dated_texts(document.source):
        yield from _text_dates(document, now, months)


def _selector(document: Document) -> str:
    """Return the CSS selector of what may hold a date: `time`, microdata, named classes.

    Boards of questions write "2 hours ago" into an `abbr`, whose title is the full time.
    """
    date_names = [
        name for name in document.names if _DATE_NAME.search(name) and _CLASS_NAME.fullmatch(name)
    ]
    classes = (f".{name}" for name in sorted(date_names)[:_MAX_CLASSES])
    return ",".join(("time", "abbr[title]", "[itemprop=datePublished]", *classes))


def _has_dated_texts(source: str) -> bool:
    """Tell whether at least three short texts hold a year; only then are texts worth reading."""
    count = 0
    # Counted in the source, since walking the tree of every page for texts costs far more.
    for year in _YEAR.finditer(source):
        start = source.rfind(">", year.start() - 60, year.start())
        if start >= 0 and source.find("<", year.end(), year.end() + 40) >= 0:
            count += "<" not in source[start : year.start()]
            if count > 2:
                return True
    return False


def _text_dates(
    document: Document, now: datetime, months: Mapping[str, int]
) -> Iterator[tuple[LexborNode, Dated]]:
    """Yield the elements whose own short text is a date, with that date."""
    body = document.tree.body
    if body is None:
        return
    for parent, text in islice(_short_texts(body), _MAX_TEXTS):
        dated = parse_date(text, DateSource.TEXT, now, months, document.language)
        if dated is not None:
            yield parent, dated


def _short_texts(body: LexborNode) -> Iterator[tuple[LexborNode, str]]:
    """Yield the short texts of a page that may be dates, each with the element around it."""
    for node in body.traverse(include_text=True):
        if not node.is_text_node or node.parent is None:
            continue
        raw = node.text_content or ""
        # A date worth reading has a year of this century; this is quicker than any pattern.
        if len(raw) > _MAX_RAW or "20" not in raw:
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
