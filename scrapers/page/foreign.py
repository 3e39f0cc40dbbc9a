"""Name the services that a page loads from domains for which there is no rule."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from audit.model.catalogue import Catalogue, Strength
from audit.model.facts import Embedded
from audit.model.site import Certainty
from scrapers.page.house import house_of
from scrapers.page.index import SignalIndex
from scrapers.page.installed import installed
from scrapers.page.names import plain_words
from scrapers.page.rules import Rules
from scrapers.parse.document import Document
from scrapers.parse.text import clean, holds
from scrapers.parse.urls import authority_of, host_of, is_internal, registrable, segments

MAX_DOMAINS = 100
"""Services of one page that are kept: more are those of advertisers who bid for its places."""

_FILES = re.compile(
    r"^(?:asset|cdn|content|file|image|img|media|pic|static|web)s?\d*(?:[-.]|$)"
    r"|(?:assets?|cdn\d*|images?|imgs?|-?objects?|statics?|(?:-media|-files?|-content))$"
)
"""Names of domains that only carry files: `acmecdn`, `static-acme`."""

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_QUOTED_POST = "wp-embedded-content"
"""The class of a frame in which WordPress quotes an article of another site's."""

_TOLD = 3
"""Parts of the end of a path that may say what a script or frame is."""

_SPOKEN = 600
"""Characters of what a script or frame says."""


def foreign(document: Document, rules: Rules) -> tuple[Embedded, ...]:
    """Return the services that a page loads, of each domain the first one that tells most.

    Scripts, frames, inline loaders and forms count, also those that wait for consent, and plugins
    and apps by their names. Left out are the domain of the page, those that only carry files, and
    what a rule knows.
    """
    found: dict[str, Embedded] = {}
    for place, url, words, certainty in _addresses(document):
        domain = _foreign_domain(url, document, rules.catalogue)
        told = domain in found and found[domain].feature
        if not domain or told or _is_known(url, place, rules.signals):
            continue
        feature = _kind(url, words, place, rules)
        if domain not in found or (feature and not found[domain].feature):
            found[domain] = Embedded(
                domain=domain,
                feature=feature,
                url=url,
                place=place,
                certainty=certainty,
                evidence=document.page.proof(f"embedded.{place}", clean(url, 200)),
            )
    for name, feature, url in installed(document, rules):
        found[name] = Embedded(
            domain=name,
            feature=feature,
            url=url,
            place="script",
            certainty=Certainty.TAG,
            evidence=document.page.proof("embedded.installed", clean(url, 200)),
        )
    if not found:
        return ()
    house = house_of(document, rules.catalogue.infrastructure)
    others = (service for domain, service in found.items() if not house.owns(domain))
    return tuple(islice(others, MAX_DOMAINS))


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
        ("form", tuple(form.action for form in document.forms), Certainty.TAG),
        ("script", document.gated, Certainty.POSSIBLE),
    ):
        for url in urls:
            yield place, url, "", certainty


def _foreign_domain(url: str, document: Document, catalogue: Catalogue) -> str:
    """Return the domain of an address that may be a service's; empty for one that is none."""
    if is_internal(url):
        return ""
    domain = registrable(authority_of(url).partition(":")[0])
    if domain in catalogue.infrastructure or domain in catalogue.hosted:
        return ""
    if domain == registrable(host_of(document.url)) or _FILES.search(domain.partition(".")[0]):
        return ""
    return domain


def _is_known(url: str, place: str, index: SignalIndex) -> bool:
    """Tell whether a rule knows an address well enough to name its vendor."""
    hosts = {"frame": index.frames, "form": index.forms}.get(place, index.scripts)
    return any(True for mark in index.loaded(url, hosts) if mark.rule.strength is Strength.STRONG)


def _kind(url: str, words: str, place: str, rules: Rules) -> str:
    """Return the feature that a service says it is; empty where it says none, or several.

    What it says are the host before the domain, the end of the path, and the words of its frame.
    """
    host = authority_of(url).partition(":")[0]
    before = host.removesuffix(registrable(host))
    spoken = f"{before} {' '.join(segments(url)[-_TOLD:])} {words}"[:_SPOKEN]
    text = f" {plain_words(_CAPITAL.sub(' ', spoken))} "
    kinds = _said_in(text, rules.embedded_words)
    if place == "frame":
        kinds |= _said_in(text, rules.frame_words)
    return next(iter(kinds)) if len(kinds) == 1 else ""


def _said_in(text: str, words: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return the features one of whose phrases stands in a text; both have blanks around them."""
    return {feature for feature, phrases in words.items() if holds(text, phrases)}
