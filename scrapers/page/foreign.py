"""Name the services that a page loads from domains for which there is no rule."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from selectolax.lexbor import LexborNode

from audit.model.catalogue import Catalogue
from audit.model.facts import Embedded
from audit.model.site import Certainty
from scrapers.page.index import SignalIndex
from scrapers.page.names import fit, folded
from scrapers.page.rules import Rules
from scrapers.parse.html import Document
from scrapers.parse.jsonld import Thing, texts
from scrapers.parse.text import clean
from scrapers.parse.urls import authority_of, host_of, is_internal, join, registrable, segments

MAX_DOMAINS = 100
"""Services of one page that are kept: more are those of advertisers who bid for its places."""

_SHARE = 0.3
"""Share of a page's pictures, or styles, that come from where the site keeps its own files."""

_SEVERAL = 3
"""Files from which on a share of them says something."""

_PICTURE = re.compile(r"\.(?:gif|ico|jpe?g|png|svg|webp)(?:$|\?)", re.I)

_MAX_PICTURES = 200

_FILES = re.compile(
    r"^(?:asset|cdn|content|file|image|img|media|pic|static|web)s?\d*(?:[-.]|$)"
    r"|(?:assets?|cdn\d*|images?|imgs?|-?objects?|statics?|(?:-media|-files?|-content))$"
)
"""Names of domains that only carry files: `acmecdn`, `static-acme`."""

ITS_NAME = 0.5
"""A domain that fits a name of the company's so well is another host of theirs."""

_NAME = 4
"""Letters of a label from which on others may be compared with it."""

_FOOT = "footer,[class*=footer],[id*=footer],[class*=copyright]"
_MAX_FEET = 20
_FOOT_TEXT = 4_000
_OWNER = re.compile(r"(?:©|\(c\)|copyright)\s{0,3}([^©|.]{2,100})", re.I)
"""Who has the right to a page: `© 2024 Acme Group`."""

_WORDS = re.compile(r"[a-z0-9]+")
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_QUOTED_POST = "wp-embedded-content"
"""The class of a frame in which WordPress quotes an article of another site's."""

_TOLD = 3
"""Parts of the end of a path that may say what a script or frame is."""

_SPOKEN = 600
"""Characters of what a script or frame says."""


def foreign(document: Document, rules: Rules) -> tuple[Embedded, ...]:
    """Return the services that a page loads, of each domain the first one that tells most.

    Scripts, frames and inline loaders count, also those that wait for consent. Left out are the
    domain of the page, those that only carry files, and what a rule knows.
    """
    found: dict[str, Embedded] = {}
    for place, url, words, certainty in _addresses(document):
        domain = _foreign_domain(url, document, rules.catalogue)
        told = domain in found and found[domain].feature
        if not domain or told or _is_known(url, place, rules.signals):
            continue
        feature = _kind(url, words, place, rules.catalogue)
        if domain not in found or (feature and not found[domain].feature):
            found[domain] = Embedded(
                domain=domain,
                feature=feature,
                url=url,
                place=place,
                certainty=certainty,
                evidence=document.page.proof(f"embedded.{place}", clean(url, 200)),
            )
    return tuple(_of_others(found, document))[:MAX_DOMAINS]


def _of_others(services: Mapping[str, Embedded], document: Document) -> Iterator[Embedded]:
    """Yield the services whose domain is not where the page's own files or its owner are."""
    if not services:
        return
    nodes = document.tree.css(f"img[src],{_FOOT}")
    own_files = _own_files(document, [node for node in nodes if node.tag == "img"])
    owners = (*_labels(own_files), *_owners(document, [n for n in nodes if n.tag != "img"]))
    for domain, service in services.items():
        if domain not in own_files and fit(domain.partition(".")[0], owners) < ITS_NAME:
            yield service


def _addresses(document: Document) -> Iterator[tuple[str, str, str, Certainty]]:
    """Yield what a page loads: (place, address, what its element says of it, how it was met)."""
    said = document.frame_words
    for request in document.page.requests:
        if request.kind in ("script", "document") and request.outcome == "ok":
            place = "frame" if request.kind == "document" else "script"
            yield place, request.url, said.get(request.url, ""), Certainty.LOADED
    for url in document.frames:
        certainty = Certainty.VISIBLE if url in document.shown else Certainty.TAG
        if _QUOTED_POST not in said.get(url, ""):
            yield "frame", url, said.get(url, ""), certainty
    for place, urls, certainty in (
        ("script", document.scripts, Certainty.TAG),
        ("inline", document.written.scripts, Certainty.TAG),
        ("frame", document.written.frames, Certainty.TAG),
        ("script", document.gated, Certainty.POSSIBLE),
    ):
        for url in urls:
            yield place, url, "", certainty


def _foreign_domain(url: str, document: Document, catalogue: Catalogue) -> str:
    """Return the domain of an address that may be a service's; empty for one that is none."""
    host = authority_of(url).partition(":")[0]
    if is_internal(url):
        return ""
    domain = registrable(host)
    if (
        domain in catalogue.infrastructure
        or domain in catalogue.hosted
        or host in catalogue.neutral
    ):
        return ""
    if domain == registrable(host_of(document.url)) or _FILES.search(domain.partition(".")[0]):
        return ""
    return domain


def _is_known(url: str, place: str, index: SignalIndex) -> bool:
    """Tell whether a rule knows an address well enough to name its vendor."""
    hosts = index.frames if place == "frame" else index.scripts
    return any(True for mark in index.loaded(url, hosts) if mark.rule.strength == "strong")


def _own_files(document: Document, images: Sequence[LexborNode]) -> frozenset[str]:
    """Return the domains on which the site keeps its own files.

    Much of the page's pictures or styles come from there, or its icon, its picture or its logo.
    """
    sources = (node.attributes.get("src") or "" for node in images[:_MAX_PICTURES])
    pictures = [join(document.base, source) for source in sources]
    often = {*_often(url for url in pictures if url), *_often(document.styles)}
    signs = [url for url in document.hints if _PICTURE.search(url)]
    signs.append(document.meta("og:image"))
    signs += (url for thing in document.jsonld for url in _logo(thing))
    return frozenset({*often, *(registrable(host_of(url)) for url in signs)})


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
        yield from islice(_OWNER.findall(document.words.of(node, _FOOT_TEXT)), _MAX_FEET)


def _kind(url: str, words: str, place: str, catalogue: Catalogue) -> str:
    """Return the feature that a service says it is; empty where it says none, or several.

    What it says are the host before the domain, the end of the path, and the words of its frame.
    """
    host = authority_of(url).partition(":")[0]
    before = host.removesuffix(registrable(host))
    spoken = f"{before} {' '.join(segments(url)[-_TOLD:])} {words}"[:_SPOKEN]
    text = _plain(_CAPITAL.sub(" ", spoken))
    kinds = _said_in(text, catalogue.embedded_words)
    if place == "frame":
        kinds |= _said_in(text, catalogue.frame_words)
    return next(iter(kinds)) if len(kinds) == 1 else ""


def _said_in(text: str, words: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return the features one of whose phrases stands in a text, as whole words."""
    return {
        feature
        for feature, phrases in words.items()
        if any(f" {_plain(phrase)} " in f" {text} " for phrase in phrases)
    }


@lru_cache(maxsize=4_096)
def _plain(text: str) -> str:
    """Return the words of a text, without capitals, accents and signs."""
    return " ".join(_WORDS.findall(folded(text)))
