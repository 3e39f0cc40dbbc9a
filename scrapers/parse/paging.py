"""Find the next page of an index: by its mark, else by the number in its address."""

import re

from audit.model.facts import Area
from scrapers.parse.html import Document
from scrapers.parse.urls import host_of, normalise, page_key

_NUMBERED = re.compile(
    r"(?P<head>.*?)(?P<mark>/(?:page|seite|pagina|pagine|sida|side|sivu|strona|p)[/-]|"
    r"[?&](?:page|paged|p|pg|seite|pagina|start-page|page_num)=)(?P<number>\d{1,4})(?P<tail>.*)$",
    re.I,
)
"""An address of a numbered page: what comes before the mark, mark, number, and what follows."""

_OLDER = re.compile(
    r"^(?:older|older posts|older entries|older articles|next|next page|next »|next ›|more posts|"
    r"« older.*|← older.*|weiter|nächste|nächste seite|ältere.*|suivant|page suivante|"
    r"articles? (?:plus anciens|précédents)|siguiente|entradas antiguas|anteriores|successiv[oa]|"
    r"articoli (?:precedenti|meno recenti)|seguinte|próxim[oa]|volgende|oudere.*|nästa|äldre.*|"
    r"neste|eldre.*|næste|ældre.*|seuraava|vanhemmat.*|następn[ya]|starsze.*|další|starší.*|"
    r"следующая|старые записи|далее|次へ|次のページ|下一页|下一頁|다음|»|›|→|>|>>|»»)$",
    re.I,
)
"""The words, in many languages, of a link that leads to older entries and nowhere else."""


_ARROWS = re.compile(r"^[\s«»‹›→←<>]+|[\s«»‹›→←<>]+$")
"""Arrows and quotation marks with which themes decorate such words."""


def next_page(document: Document) -> str:
    """Return the address of the next (older) page of an index; empty for none.

    A page with the next number at the same index comes first, then the marks `rel=next`, then a
    link with words such as "Older posts" to the next number. `rel=next` alone is not believed: old
    themes put it on links to quite other pages.
    """
    next_number, head = _number(document.url) + 1, head_of(document.url)
    own, digits = normalise(document.url), str(next_number)
    # A quick look at the address first: parsing all links of each page costs more than the rest.
    near = [
        link
        for link in document.links
        if (digits in link.url or "next" in link.rel)
        and link.area is not Area.COMMENT
        and host_of(link.url) == host_of(document.url)
        and normalise(link.url) != own
    ]
    onward = [link for link in near if _number(link.url) == next_number]
    numbered = {link.url for link in onward if head_of(link.url) == head}
    if numbered:
        # Several spellings of one page: always the same is taken.
        return min(numbered)
    for url in (*_next_in_head(document), *(link.url for link in near if "next" in link.rel)):
        if _number(url) == next_number or head_of(url) == head:
            return url
    for link in onward:
        if _OLDER.match(_ARROWS.sub("", link.text) or link.text):
            return link.url
    return ""


def _next_in_head(document: Document) -> tuple[str, ...]:
    """Return what the head names as the next page, on the same host: one address or none."""
    url = document.next_url
    return (url,) if url and host_of(url) == host_of(document.url) else ()


def is_numbered(url: str) -> bool:
    """Tell whether an address is a further page of an index: /blog/page/2/, ?page=3."""
    return _number(url) > 1


def _number(url: str) -> int:
    """Return the number of a page of an index; 1 for an address without one."""
    match = _NUMBERED.match(url)
    return int(match["number"]) if match is not None else 1


def head_of(url: str) -> str:
    """Return the first page of an index, in the form under which pages are visited once."""
    match = _NUMBERED.match(url)
    head = match["head"] if match is not None else url
    return page_key(head.partition("?")[0])
