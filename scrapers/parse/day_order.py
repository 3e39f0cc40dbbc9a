"""Tell whether a page writes the month before the day, by what it shows of its country."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from scrapers.parse.date_words import DateStyle, DateWords
from scrapers.parse.document import Document
from scrapers.parse.urls import host_of

# A pattern that begins with the slash is found ten times as fast as one that begins with a digit.
_FROM_SLASH = re.compile(r"/(?<=[0-9]/)(\d{1,2})/(?:(?:19|20)\d{2}|\d{2})(?![\d/-]|\.\d)", re.ASCII)
_FIRST = re.compile(r"(?<![\w/.=-])\d{1,2}$", re.ASCII)
"""The first number of a date, at the end of what stands before its first slash."""

_MOST_DATES = 1_000
"""Dates with slashes of one text that are looked at."""

_LOOKED_AT = 2_000_000
"""Characters of a page in which dates with slashes are looked for."""

_MONTH_FIRST = frozenset({"US", "PR", "GU", "AS", "VI", "MP", "UM", "FM", "MH", "PW", "PH"})
"""Countries that write the month first, in English."""

_UNDECIDED = frozenset({"CA", "ZA", "KE", "GH"})
"""Countries that write English dates both ways."""

_REGION = re.compile(r"[-_]([a-z]{2})(?![a-z])", re.I)
_ANYBODYS = (
    "ac ag ai am bz cc cd co cx dj eu fm gg gl gs im io is la lc li ly me ms mu nu pw re sc sh si "
    "so st su sx tk tl to tv vc vg vu ws"
)
"""Endings of hosts that tell nothing of a country, as companies of all countries have them."""


def style_of(document: Document, words: DateWords) -> DateStyle:
    """Return how a page writes its dates."""
    return DateStyle(document.language, is_month_first(document), words)


def is_month_first(document: Document) -> bool:
    """Tell whether 03/04/2024 on a page is the 4th of March.

    What the page itself shows decides: dates that can be read one way only, else the region of its
    language (`lang`, `og:locale`), the country of its host, the region that it has among its own
    translations. Where nothing tells, English dates are read the American way, others the usual.
    """
    by_dates = order_in((document.source[:_LOOKED_AT],))
    if by_dates is not None:
        return by_dates
    regions = (_decided(region) for region in _regions(document))
    if (decided := next((each for each in regions if each is not None), None)) is not None:
        return decided and document.language in ("", "en")
    return document.language == "en"


def order_in(texts: Iterable[str]) -> bool | None:
    """Tell by dates that can be read one way only whether the month comes first (13/05 or 05/13).

    None where there is no such date, or where there are some of both kinds.
    """
    orders = {
        second > 12
        for text in texts
        for first, second in _pairs(text)
        if (first > 12) != (second > 12) and max(first, second) <= 31
    }
    return orders.pop() if len(orders) == 1 else None


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the first two numbers of each date with slashes and the year last."""
    for match in islice(_FROM_SLASH.finditer(text), _MOST_DATES):
        first = _FIRST.search(text[max(0, match.start() - 3) : match.start()])
        if first is not None:
            yield int(first.group()), int(match[1])


def order_of(language: str, url: str) -> bool:
    """Tell whether the month comes first by a tag such as "en-GB" and by the host of an address."""
    regions = (_decided(region) for region in (_region(language), _country(url)))
    decided = next((each for each in regions if each is not None), None)
    is_english = language.lower().startswith("en")
    return is_english if decided is None else decided and (is_english or not language)


def _regions(document: Document) -> Iterator[str]:
    """Yield the countries that a page names, the surest sign first; "" for none."""
    attributes = next((node.attributes for node in document.elements("html")), {})
    yield _region(attributes.get("lang") or attributes.get("xml:lang") or "")
    for name in ("content-language", "og:locale", "language"):
        yield _region(document.meta(name))
    yield _country(document.url)
    own = {document.url.rstrip("/"), document.canonical.rstrip("/")}
    for language, url in document.alternates:
        if url.rstrip("/") in own:
            yield _region(language)


def _region(tag: str) -> str:
    """Return the country in a tag such as `en-GB` or `en_GB`; "" for none."""
    match = _REGION.search(tag[:40])
    return match[1].upper() if match is not None else ""


def _country(url: str) -> str:
    """Return the country of an address by the ending of its host; "" for none."""
    ending = host_of(url).partition(":")[0].rpartition(".")[2]
    if len(ending) != 2 or not ending.isalpha() or ending in _ANYBODYS.split():
        return ""
    return {"uk": "GB"}.get(ending, ending.upper())


def _decided(region: str) -> bool | None:
    """Tell whether a country writes the month first; None for no country and for one of both."""
    return region in _MONTH_FIRST if region and region not in _UNDECIDED else None
