"""Recognise ratings by customers: read the values of one, and find those that a page shows."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborNode

from scrapers.page.addresses import PlatformIndex
from scrapers.page.counted import counted, nouns_of
from scrapers.page.words import LinkWords
from scrapers.parse.around import around
from scrapers.parse.counts import parse_count
from scrapers.parse.document import Document
from scrapers.parse.element_names import holding
from scrapers.parse.jsonld import Thing
from scrapers.parse.text import clean

USUAL_BEST = 5.0
"""The best rating where none is given (schema.org: bestRating)."""

_BESTS = frozenset({5.0, 6.0, 10.0, 20.0, 100.0})
"""What scales end with; "4 of 12" is no rating."""

_SHORT = 60
"""Characters of a text that may be a rating; a longer one is a sentence."""

_DECIMAL = re.compile(r"\d{1,3}(?:[.,٫]\d{1,6})?")
_ONE = re.compile(rf"{_DECIMAL.pattern}")
_TWO = re.compile(rf"({_DECIMAL.pattern})([^\d.,]{{1,20}})({_DECIMAL.pattern})")
"""Two numbers with a word or a slash between them: "4.1 out of 5", "5 üzerinden 4,1"."""

_DIGIT = re.compile(r"\d")
_LABELS = ("aria-label", "title", "alt")
_LABELLED = ",".join(f"[{name}]" for name in _LABELS)
_STAR = re.compile(r"(?:^|[\s_/#-])stars?(?:$|[\s_.-]|\d|half|full|empty|fill)", re.I)
"""A class, a file or a symbol called star; "start" is none."""

_ICONS = "[class*=star],img[src*=star],use"
_STARS = 5
_ROWS = 2
"""Goods with rows of stars from which on a page rates several; one may be one customer's word."""

_SIGNS = re.compile(r"★[★☆]{4}\s{0,20}(?:<[^<>]{0,200}>\s{0,20}){0,3}\(?\d")
"""Five stars as signs, with a number of votes behind them."""

_PRAISE = re.compile(r"testimonial|quote|kundenstimm|t[ée]moignage|testimoni", re.I)
"""Class names of what one customer said, as the company chose to show it."""

_HEIGHT = 5
"""Elements around a rating that may tell whose word it is."""

_NEAR = 3
"""Elements around a rating in which a link tells what is rated."""

NOT_OF_CUSTOMERS = frozenset({"app", "directory"})
"""Kinds of platforms whose ratings are not by the company's customers: of apps, of employers."""

_MAX_COUNTS = 10
"""Counts of reviews on a page whose place is looked at; each looks through the whole page."""

_MAX_NODES = 3_000


@dataclass(frozen=True, slots=True)
class Rating:
    """An average of several ratings; `votes` is 0 where their number is not given."""

    value: float
    best: float
    votes: float


def rating_of(thing: Thing) -> Rating | None:
    """Read a rating as schema.org has it; None without a value, or for one beyond its best.

    Sites write it in many ways: 4.667, "4,6", "4.1 out of 5", and its votes as "1,204".
    """
    value, stated_best = _scale(thing.get("ratingValue"))
    best = _scale(thing.get("bestRating"))[0] or stated_best or USUAL_BEST
    votes = _votes(thing)
    # Shops write 0 where nobody has rated yet: there is no average of nothing.
    if value is None or not 0 <= value <= best or (value == 0 and votes == 0):
        return None
    return Rating(value, best, votes)


def _votes(thing: Thing) -> float:
    """Return how many have rated; 0 where that is not given."""
    return _count(thing.get("ratingCount")) or _count(thing.get("reviewCount")) or 0.0


def shown_ratings(
    document: Document, link_words: LinkWords, platforms: PlatformIndex
) -> Iterator[str]:
    """Yield words and marks of the page that show ratings by several customers.

    These are counts ("12 customer reviews"), labels ("Rated 4 out of 5"), and rows of five stars.
    What stands within one customer's testimonial, or beside a link to an app or to what employees
    say, is no such rating.
    """
    for text in islice(counted(document, link_words, "count_reviews"), _MAX_COUNTS):
        if not any(_of_others(node, platforms) for node in _holding(document, text)):
            yield text
    yield from _labels(document, link_words, platforms)
    yield from _rows(document, platforms)


def _holding(document: Document, text: str) -> list[LexborNode]:
    """Return the elements whose own words a text is; none where it cannot be asked for."""
    if '"' in text or "\\" in text:
        return []
    return document.tree.css(f':lexbor-contains("{text}")')[:_STARS]


def _labels(document: Document, link_words: LinkWords, platforms: PlatformIndex) -> Iterator[str]:
    """Yield the labels of elements that say a value, its best, and that it is a rating."""
    stars = nouns_of(link_words.phrases("stars"))
    for node, label in _numbered_labels(document):
        if _is_average(label) and stars.within(label) and not _of_others(node, platforms):
            yield clean(label, _SHORT)


def _numbered_labels(document: Document) -> Iterator[tuple[LexborNode, str]]:
    """Yield the labels of elements that may give a rating: short ones that hold a number."""
    for node in document.tree.css(_LABELLED)[:_MAX_NODES]:
        attributes = node.attributes
        for name in _LABELS:
            label = attributes.get(name)
            if label and len(label) <= _SHORT and _DIGIT.search(label) is not None:
                yield node, label


def _is_average(text: str) -> bool:
    """Tell whether a label gives a value with its best, or one between two stars: "4.7 stars"."""
    value, best = _scale(text)
    return best is not None or (value is not None and value <= USUAL_BEST and value % 1 > 0)


def _rows(document: Document, platforms: PlatformIndex) -> Iterator[str]:
    """Yield stars with their votes, and rows of five stars on several goods.

    A good is linked within the block of its stars; beside what customers said stands no link.
    """
    source = document.source
    # To look for one sign takes a tenth of the time.
    if "★" in source and (match := _SIGNS.search(source)) is not None:
        yield f"{match.group()[:_STARS]} with votes"
    rows = [row for row in _rows_of_icons(document) if not _of_others(row, platforms)]
    goods = {link for link in _links_beside(rows) if link}
    if len(goods) >= _ROWS:
        yield f"{len(rows)} rows of five stars, such as on {min(goods)}"


def _rows_of_icons(document: Document) -> list[LexborNode]:
    """Return the elements that hold exactly five stars."""
    parents: dict[int, LexborNode] = {}
    counts: Counter[int] = Counter()
    if "use" not in document.tags and not _has_stars(document):
        return []
    for node in document.tree.css(_ICONS)[:_MAX_NODES]:
        icon = node.parent if node.tag == "use" else node
        parent = icon.parent if icon is not None else None
        if parent is not None and _STAR.search(_drawn_as(node)):
            parents[parent.mem_id] = parent
            counts[parent.mem_id] += 1
    return [parents[key] for key, count in counts.items() if count == _STARS]


def _links_beside(rows: Sequence[LexborNode]) -> Iterator[str]:
    """Yield for each row the first address in the largest block that holds no other row."""
    chains = [list(around(row, _HEIGHT)) for row in rows]
    held = Counter(block.mem_id for blocks in chains for block in blocks)
    for blocks in chains:
        alone = [block for block in blocks if held[block.mem_id] == 1]
        link = alone[-1].css_first("a[href]") if alone else None
        yield (link.attributes.get("href") or "") if link is not None else ""


def _has_stars(document: Document) -> bool:
    """Tell whether a class or a picture of the page may be called star."""
    if any(map(_STAR.search, holding(document.names, ("star",)))):
        return True
    pictures = (node.attributes.get("src") or "" for node in document.elements("img"))
    return any("star" in source for source in pictures)


def _drawn_as(node: LexborNode) -> str:
    """Return what an icon is called: its class, its file or its symbol."""
    values = node.attributes
    if node.tag == "use":
        return values.get("href") or values.get("xlink:href") or ""
    return (values.get("class") or "") if node.tag != "img" else (values.get("src") or "")[-80:]


def _of_others(node: LexborNode, platforms: PlatformIndex) -> bool:
    """Tell whether a rating is one customer's, or that of an app or an employer."""
    for height, block in enumerate(around(node, _HEIGHT)):
        if block.tag == "blockquote" or _PRAISE.search(block.attributes.get("class") or ""):
            return True
        links = [block] if block.tag == "a" else block.css("a[href]")[:_STARS]
        if height < _NEAR and any(_leads_away(link, platforms) for link in links):
            return True
    return False


def _leads_away(link: LexborNode, platforms: PlatformIndex) -> bool:
    """Tell whether a link leads to a platform that rates apps or employers."""
    href = link.attributes.get("href") or ""
    return "//" in href and platforms.kind_at(href) in NOT_OF_CUSTOMERS


def _scale(value: object) -> tuple[float | None, float | None]:
    """Return a rating as JSON-LD or a page writes it, and the best that it names; None for none.

    One mark within digits divides decimals, however many follow: "4.667" is no thousands.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (float(value) if abs(value) < 1e12 else None), None
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > _SHORT or "%" in text or text.startswith(("-", "−")):
        return None, None
    if (pair := _TWO.search(text)) is not None:
        return _in_order(_decimal(pair[1]), _decimal(pair[3]))
    numbers = _ONE.findall(text)
    return (_decimal(numbers[0]), None) if len(numbers) == 1 else (None, None)


def _in_order(first: float, second: float) -> tuple[float | None, float | None]:
    """Return value and best of two numbers: languages differ in which of them they say first."""
    if second in _BESTS and first <= second:
        return first, second
    return (second, first) if first in _BESTS and second <= first else (None, None)


def _decimal(text: str) -> float:
    """Return the number of digits with one mark at most."""
    return float(text.replace(",", ".").replace("٫", "."))


def _count(value: object) -> float | None:
    """Return a number of votes as JSON-LD or a page writes it: 17, "1,204", "312 reviews"."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if abs(value) < 1e12 else None
    text = value.strip() if isinstance(value, str) else ""
    if (count := parse_count(text[:_SHORT])) is not None:
        return float(count.value)
    # Templates print a whole number of votes as "3.0".
    return float(text[:-2]) if re.fullmatch(r"\d{1,9}\.0", text) else None
