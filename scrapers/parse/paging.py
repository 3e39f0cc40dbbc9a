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
_OLDER = re.compile(
    r"^(?:older|older posts|older entries|older articles|next|next page|next »|next ›|more posts|"
    r"« older.*|← older.*|weiter|nächste|nächste seite|ältere.*|suivant|page suivante|"
    r"articles? (?:plus anciens|précédents)|siguiente|entradas antiguas|anteriores|successiv[oa]|"
    r"articoli (?:precedenti|meno recenti)|seguinte|próxim[oa]|volgende|oudere.*|nästa|äldre.*|"
    r"neste|eldre.*|næste|ældre.*|seuraava|vanhemmat.*|następn[ya]|starsze.*|další|starší.*|"
    r"следующая|старые записи|далее|次へ|次のページ|下一页|下一頁|다음|»|›|→|>|>>|»»)$",
    re.I,
)


_ARROWS = re.compile(r"^[\s«»‹›→←<>]+|[\s«»‹›→←<>]+$")


def next_page(document: Document) -> str:
    """The address of the next (older) page of an index, or nothing.

    `rel=next` alone is not believed: old themes put it on links to quite other pages.
    """
    wanted, head = _number(document.url) + 1, head_of(document.url)
    here, shown = normalise(document.url), str(wanted)
    near = [
        link
        for link in document.links
        if (shown in link.url or "next" in link.rel)
        and link.area is not Area.COMMENT
        and host_of(link.url) == host_of(document.url)
        and normalise(link.url) != here
    ]
    onward = [link for link in near if _number(link.url) == wanted]
    numbered = {link.url for link in onward if head_of(link.url) == head}
    if numbered:
        return min(numbered)
    for url in (*_head_next(document), *(link.url for link in near if "next" in link.rel)):
        if _number(url) == wanted or head_of(url) == head:
            return url
    for link in onward:
        if _OLDER.match(_ARROWS.sub("", link.text) or link.text):
            return link.url
    return ""


def _head_next(document: Document) -> tuple[str, ...]:
    """What the head names as the next page, on the same host."""
    url = document.next_url
    return (url,) if url and host_of(url) == host_of(document.url) else ()


def is_numbered(url: str) -> bool:
    """Tell whether an address is a further page of an index."""
    return _number(url) > 1


def _number(url: str) -> int:
    found = _NUMBERED.match(url)
    return int(found["number"]) if found is not None else 1


def head_of(url: str) -> str:
    """The first page of an index, in the form under which pages are visited once."""
    found = _NUMBERED.match(url)
    head = found["head"] if found is not None else url
    return page_key(head.partition("?")[0])
