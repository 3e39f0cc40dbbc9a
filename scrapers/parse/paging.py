"""Find the next page of an index: by its mark, else by the number in its address."""

import re

from audit.model.web import Area
from scrapers.parse.html import Document
from scrapers.parse.urls import host_of, join, normalise

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


def next_page(document: Document) -> str:
    """The address of the next (older) page of an index, or nothing."""
    for node in document.tree.css("link[rel=next][href]"):
        url = join(document.base, node.attributes.get("href") or "")
        if url is not None and host_of(url) == host_of(document.url):
            return url
    near = [
        link
        for link in document.links
        if host_of(link.url) == host_of(document.url)
        and link.area is not Area.COMMENT
        and normalise(link.url) != normalise(document.url)
    ]
    marked = [link.url for link in near if "next" in link.rel and "prev" not in link.rel]
    if marked:
        return marked[0]
    wanted = _number(document.url) + 1
    head = head_of(document.url)
    by_number = {
        link.url for link in near if _number(link.url) == wanted and head_of(link.url) == head
    }
    if by_number:
        return min(by_number)
    for link in near:
        if _OLDER.match(link.text) and _NUMBERED.match(link.url) and _number(link.url) == wanted:
            return link.url
    return ""


def is_numbered(url: str) -> bool:
    """Tell whether an address is a further page of an index."""
    return _number(url) > 1


def _number(url: str) -> int:
    found = _NUMBERED.match(url)
    return int(found["number"]) if found is not None else 1


def head_of(url: str) -> str:
    """The address of the first page of an index, without query and last slash."""
    found = _NUMBERED.match(url)
    head = found["head"] if found is not None else url
    return head.partition("?")[0].rstrip("/")
