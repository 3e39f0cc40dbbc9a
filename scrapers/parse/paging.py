"""Find the next page of an index: by its mark, by the number in its address, or by its words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl

from audit.model.facts import Area, Link
from scrapers.parse.document import Document
from scrapers.parse.more import says_more
from scrapers.parse.pagers import numbered_next
from scrapers.parse.remembered import remembered
from scrapers.parse.urls import host_of, normalise, page_key, split

_PATH = re.compile(
    r"(?P<head>.*?)/(?:page|seite|pagina|pagine|pag|sida|side|sivu|strona|stranka|p)[/_-]?"
    r"(?P<number>\d{1,4})(?:[/.].*)?$",
    re.I,
)
"""The path of a numbered page: what comes before its mark, and the number."""

_BARE = re.compile(r"(?P<head>.*?)[/_-](?P<number>\d{1,3})(?:/|\.[a-z]{2,5})?$", re.I)
"""A path that ends with a number, which may be that of a page: `/news/2/`, `/news-2.html`."""

_PAGES = frozenset(
    {
        *("p", "pg", "pn", "pag", "page", "paged", "pagen", "pageno", "pagenr", "pagenum"),
        *("pagenumber", "startpage", "seite", "pagina", "side", "sida", "sivu", "strona"),
        *("stranka", "strana", "oldal", "sayfa", "halaman"),
    }
)
"""Names of parameters, without their signs, that hold the number of a page."""

_NO_PAGES = ("perpage", "homepage", "landingpage", "cpage", "commentpage", "replypage", "frontpage")
"""Endings of names that only sound so: of sizes, of kinds of pages, of pages of comments."""

_OFFSETS = frozenset({"offset", "start", "skip", "from", "limitstart", "startat", "bstartint"})
"""Names of parameters that hold how many entries are passed over; the last is Plone's."""

_CHECKSUMS = frozenset({"chash"})
"""Parameters that differ on each page and say nothing; this one is TYPO3's."""

_MAX_DIGITS = 5
_MAX_TEXT = 40
"""Characters of a link to a page of an index; titles of posts are mostly longer."""

_ENDING = re.compile(r"/?(?:(?<=/)(?:index|default))?(?:\.[a-z]{2,5})?$", re.I)
"""What the path of a first page has at its end and those of further ones have not."""

_LETTERS = re.compile("[a-z]+")

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


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an address stands in the pages of an index.

    `index` is host and path without the mark of the page, `others` are its other parameters.
    `number` is that of the page, or of the entries that are passed over (`offset`); None without.
    """

    index: str
    others: frozenset[tuple[str, str]]
    number: int | None = None
    offset: bool = False


def next_page(document: Document) -> str:
    """Return the address of the next (older) page of an index; empty for none.

    The mark `rel=next` comes first, then the next number at the same index, then a link with words
    such as "Older posts" to that number, or to the same path. `rel=next` alone is not believed: old
    themes put it on links to quite other pages.
    """
    here, path = _place(document.url), _common_path(document.url)
    near = _near(document, path)
    marked = [*_next_in_head(document), *(link.url for link in near if "next" in link.rel)]
    for url in marked:
        if _is_further(_place(url), here):
            return url
    wanted = _next_number(document.url, here, near)
    if numbered := [link.url for link in near if _shows(link, here, path, wanted)]:
        # Several spellings of one page: always the same is taken.
        return min(numbered)
    for url in marked:
        if _place(url).number == wanted:
            return url
    older = next((link.url for link in near if _is_older(link, here, path, wanted)), "")
    return older or numbered_next(document.url, _shown_near(document), _NO_PAGES)


def _shown_near(document: Document) -> list[Link]:
    """Return the links of a page that a pager may hold, whatever their addresses are."""
    return [
        link
        for link in document.links
        if len(link.text) <= _MAX_DIGITS and link.area is not Area.COMMENT
    ]


def _near(document: Document, path: str) -> list[Link]:
    """Return the links of a page that may lead to its next page, on the same host."""
    own, host = normalise(document.url), host_of(document.url)
    inside = document.links_on(lambda each: each.removeprefix("www.") == host)
    # A quick look at the link first: parsing all addresses of a page costs more than the rest.
    return [
        link
        for link in map(document.links.__getitem__, inside)
        if (len(link.text) <= _MAX_TEXT or "next" in link.rel)
        and link.area is not Area.COMMENT
        and (path in link.url or "next" in link.rel or _says_older(link))
        and normalise(link.url) != own
    ]


def _common_path(url: str) -> str:
    """Return the path of an index as the addresses of its further pages hold it."""
    path = split(normalise(url)).path
    match = _PATH.match(path) or _BARE.match(path)
    return _ENDING.sub("", match["head"] if match is not None else path) or "/"


def _is_further(place: _Place, here: _Place) -> bool:
    """Tell whether a place is the next one behind another in the same index, by its address.

    The first page often has no number, so that it is followed by the number 1 or 2. Where pages
    have no numbers at all (`?before=2026-10-01`) they differ in what their parameters hold.
    """
    if place.index != here.index:
        return False
    if place.number is None:
        names = {name for name, _ in place.others}
        return place.others != here.others and names >= {name for name, _ in here.others}
    ahead = place.number - (here.number or 0)
    most = ahead if place.offset else 1 + (here.number is None)
    return here.others <= place.others and 0 < ahead <= most


def _next_number(url: str, here: _Place, near: list[Link]) -> int:
    """Return the number of the page behind this one, where its pager counts so.

    Pagers count from 1, some from 0: then the page with the number 1 is shown as "2". Those that
    pass entries over lead on by as many as a page shows.
    """
    places = [(_place(link.url), link.text.strip()) for link in near]
    inside = [(place, text) for place, text in places if place.index == here.index]
    offsets = [place.number or 0 for place, _ in inside if place.offset]
    if here.offset or (here.number is None and offsets):
        return min((number for number in offsets if number > (here.number or 0)), default=-1)
    if here.number is not None or _bare_number(url):
        return _shown_number(url) + 1
    from_zero = any(
        place.number is not None and (place.number == 0 or text == str(place.number + 1))
        for place, text in inside
    )
    return 1 if from_zero else 2


def _shows(link: Link, here: _Place, path: str, wanted: int) -> bool:
    """Tell whether a link leads to the wanted page of the index with this place and path.

    A bare number at the end of a path is one of a page only where the link shows it.
    """
    place = _place(link.url)
    if place.number is None:
        return link.text.strip() == str(wanted) and _is_bare_page(link.url, path, wanted)
    return place.number == wanted and _is_further(place, here)


def _is_older(link: Link, here: _Place, path: str, wanted: int) -> bool:
    """Tell whether a link says that it leads to older entries, and its address does not deny it."""
    if not _says_older(link):
        return False
    place = _place(link.url)
    if place.number is not None:
        return place.number == wanted
    return _is_further(place, here) or _is_bare_page(link.url, path, wanted)


def _is_bare_page(url: str, path: str, wanted: int) -> bool:
    """Tell whether an address is the path of an index with the wanted number behind it."""
    match = _BARE.match(split(normalise(url)).path)
    return match is not None and match["head"] == path and int(match["number"]) == wanted


def _bare_number(url: str) -> int:
    """Return the number at the end of a path; 0 for none."""
    match = _BARE.match(split(url).path)
    return int(match["number"]) if match is not None else 0


def _says_older(link: Link) -> bool:
    """Tell whether the words of a link are those of one to older entries."""
    return _older(link.text)


# The links of a menu stand on each page of a site.
@remembered(16_384)
def _older(text: str) -> bool:
    """Tell whether some words are those of a link to older entries."""
    return _OLDER.match(_ARROWS.sub("", text) or text) is not None or says_more(text)


def _next_in_head(document: Document) -> Iterator[str]:
    """Yield what the head names as the next page, on the same host: one address or none."""
    url = document.next_url
    if url and host_of(url) == host_of(document.url) and normalise(url) != normalise(document.url):
        yield url


def is_numbered(url: str) -> bool:
    """Tell whether an address is a further page of an index: /blog/page/2/, ?page=3, ?start=10."""
    place = _place(url)
    return place.number is not None and place.number > (0 if place.offset else 1)


def page_number(url: str) -> int:
    """Return by what the pages of one index are sorted: their number; 0 for one without."""
    return _place(url).number or 0


def behind(url: str, before: str) -> str:
    """Return the address of the page behind one that failed; empty where none can be told.

    `before` is the page that led there, for how far one page is from the next.
    """
    place, number = _place(url), _shown_number(url)
    step = number - _shown_number(before) if place.offset else 1
    if number <= 0 or step <= 0:
        return ""
    # The last number that is the page's, and not one of another parameter (`?page=3&rows=3`).
    for match in reversed(list(re.finditer(rf"(?<!\d){number}(?!\d)", url))):
        further = f"{url[: match.start()]}{number + step}{url[match.end() :]}"
        if _shown_number(further) == number + step and _place(further).others == place.others:
            return further
    return ""


def _shown_number(url: str) -> int:
    """Return the number that an address has as a page: by its mark, else at the end of its path."""
    number = _place(url).number
    return _bare_number(url) if number is None else number


def head_of(url: str) -> str:
    """Return the first page of an index, in the form under which pages are visited once."""
    return _place(url).index


@remembered(16_384)
def _place(url: str) -> _Place:
    """Return where an address stands in the pages of its index."""
    parts = split(url)
    pairs = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if pair[0].lower() not in _CHECKSUMS
    ]
    for name, value in pairs:
        kind = _counts(name) if value.isdecimal() and len(value) <= _MAX_DIGITS else ""
        if kind:
            others = frozenset(pair for pair in pairs if pair[0] != name)
            return _Place(_index(url, parts.path), others, int(value), offset=kind == "offset")
    match = _PATH.match(parts.path)
    if match is not None:
        return _Place(_index(url, match["head"]), frozenset(pairs), int(match["number"]))
    return _Place(_index(url, parts.path), frozenset(pairs))


def _counts(name: str) -> str:
    """Return what a parameter counts: "page" or "offset"; empty for neither."""
    letters = "".join(_LETTERS.findall(name.lower()))
    if letters in _OFFSETS:
        return "offset"
    is_page = letters in _PAGES or (
        letters.endswith(("page", "paged", "pagenumber")) and not letters.endswith(_NO_PAGES)
    )
    # Elementor and others put a name of the list behind: `e-page-1a2b=2`.
    return "page" if is_page or name.lower().startswith("e-page-") else ""


def _index(url: str, path: str) -> str:
    """Return the form under which the page with this path is visited once."""
    return page_key(f"{url.partition('://')[0]}://{split(url).netloc}{path}")
