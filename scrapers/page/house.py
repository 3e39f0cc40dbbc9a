"""Tell which foreign domains a page shows to be those of the same house."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborNode

from scrapers.page.names import fit
from scrapers.parse.document import Document
from scrapers.parse.element_names import holding
from scrapers.parse.jsonld import Thing, texts
from scrapers.parse.text import clean, holds
from scrapers.parse.urls import host_of, join, registrable, segments

ITS_NAME = 0.5
"""A domain that fits a name of the house so well is another host of theirs."""

_SHARE = 0.3
"""Share of a page's pictures, or styles, that come from where the site keeps its own files."""

_SEVERAL = 3
"""Files from which on a share of them says something."""

_PICTURE = re.compile(r"\.(?:gif|ico|jpe?g|png|svg|webp)(?:$|\?)", re.I)
_MAX_PICTURES = 200
_SCHEME = 10
"""Characters within which `//` stands in an address with a host: `https://`, `//`."""


_NAME = 4
"""Letters of a label from which on others may be compared with it."""

_FEET = {
    "footer": ("[class*=footer]", "[id*=footer]"),
    "copyright": ("[class*=copyright]",),
}
"""Where a page says whose it is, by a part of the names that it then has."""

_MAX_FEET = 20
_FOOT_TEXT = 4_000
_RIGHTS = ("©", "(c)", "opyr")
_OWNER = re.compile(r"(?:©|\(c\)|copyright)\s{0,3}([^©|.]{2,100})", re.I)
"""Who has the right to a page: `© 2024 Acme Group`."""

_ACCOUNT = 5
"""Letters that an account's name and a domain have in common at their beginning."""

_FOLDERS_READ = 3
_FIRST_WORD = re.compile(r"[a-z]{5,40}")
_FOLDERS = frozenset(
    {
        *("analytics", "assets", "banner", "banners", "client", "common", "content", "creative"),
        *("embed", "files", "image", "images", "loader", "media", "modules", "photo", "photos"),
        *("player", "players", "plugin", "plugins", "prebid", "product", "products", "public"),
        *("script", "scripts", "static", "stats", "track", "tracker", "tracking", "video"),
        *("videos", "widget", "widgets"),
    }
)
"""Folders that are nobody's name."""


@dataclass(frozen=True, slots=True)
class House:
    """What a page shows of whose it is: domains with its files, names, accounts with others.

    Accounts are how their names begin, each with the domain that has it.
    """

    files: frozenset[str]
    names: tuple[str, ...]
    accounts: frozenset[tuple[str, str]]

    def owns(self, domain: str) -> bool:
        """Tell whether a foreign domain is another one of the house."""
        label = domain.partition(".")[0]
        if domain in self.files or fit(label, self.names) >= ITS_NAME:
            return True
        return any(name == label[:_ACCOUNT] for name, host in self.accounts if host != domain)


def house_of(document: Document, shared: Collection[str]) -> House:
    """Return what a page shows of its house; on `shared` domains a folder is no account."""
    shown = (node.attributes for node in document.elements("img"))
    sources = (attributes["src"] or "" for attributes in shown if "src" in attributes)
    pictures = [_absolute(source, document) for source in islice(sources, _MAX_PICTURES)]
    files = frozenset(_files(document, pictures))
    names = (*_labels(files), *_owners(document, _feet(document)))
    urls = (*pictures, *document.scripts, *document.waiting, document.meta("og:image"))
    ours = registrable(host_of(document.url))
    return House(files, names, frozenset(_accounts(urls, {ours, *shared})))


def _feet(document: Document) -> list[LexborNode]:
    """Return the elements of a page that may say whose it is."""
    named = holding(document.names, _FEET)
    held = [part for part in _FEET if any(part in name for name in named)]
    selector = ",".join(("footer", *(each for part in held for each in _FEET[part])))
    return [node for node in document.tree.css(selector) if node.tag != "img"]


def _absolute(source: str, document: Document) -> str:
    """Return the address of a picture; of one on the site itself, that of the page."""
    source = source.strip()
    return join(document.base, source) or "" if "//" in source[:_SCHEME] else document.base


def _files(document: Document, pictures: Sequence[str]) -> Iterator[str]:
    """Yield the domains on which the site keeps its own files.

    Much of the page's pictures or styles come from there, or its icon, its picture or its logo.
    """
    yield from _often(url for url in pictures if url)
    yield from _often(document.styles)
    signs = [url for url in document.hints if _PICTURE.search(url)]
    signs.append(document.meta("og:image"))
    signs += (url for thing in document.jsonld for url in _logo(thing))
    yield from (registrable(host_of(url)) for url in signs)


def _often(urls: Iterable[str]) -> Iterator[str]:
    """Yield the domains that bear a good share of some addresses."""
    count = Counter(registrable(host_of(url)) for url in urls)
    least = max(_SEVERAL, _SHARE * count.total())
    yield from (domain for domain, number in count.items() if number >= least)


def _logo(thing: Thing) -> tuple[str, ...]:
    """Return the address of a logo in structured data: a text, or an object with a `url`."""
    logo = thing.get("logo")
    return texts(logo.get("url") if isinstance(logo, dict) else logo)


def _labels(domains: Iterable[str]) -> Iterator[str]:
    """Yield the first labels of domains, where they are long enough to be a name."""
    labels = (domain.partition(".")[0] for domain in domains)
    yield from (label for label in labels if len(label) >= _NAME)


def _owners(document: Document, feet: Sequence[LexborNode]) -> Iterator[str]:
    """Yield who a page says owns it: in its head, and behind the sign for it at its foot."""
    yield document.meta("copyright", "dcterms.rightsholder", "publisher", "author")
    for node in feet[:_MAX_FEET]:
        # A footer may hold a hundred links; few hold the sign.
        text = node.text(deep=True, separator=" ")[: 4 * _FOOT_TEXT]
        if holds(text.lower(), _RIGHTS):
            yield from islice(_OWNER.findall(clean(text, _FOOT_TEXT)), _MAX_FEET)


def _accounts(urls: Iterable[str], others: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield how folders on services' hosts begin: there stands whose files they are.

    As in `cdn.pumpads.example/v1/valvehouse-news/loader.js`, the account of Valve House.
    """
    for url in dict.fromkeys(urls):
        domain = registrable(host_of(url))
        for folder in segments(url)[:-1][:_FOLDERS_READ] if domain not in others else ():
            word = _FIRST_WORD.match(folder.lower())
            if word is not None and word[0] not in _FOLDERS:
                yield word[0][:_ACCOUNT], domain
