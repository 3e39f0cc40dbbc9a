"""Decide which services a site embeds that no rule knows, and which of them are its own hosts."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from audit.model.catalogue import Catalogue
from audit.model.company import Company
from audit.model.facts import Embedded, PageFacts
from audit.model.site import EMBEDDED_SERVICE, Certainty, Feature
from scrapers.page.house import ITS_NAME
from scrapers.page.names import fit, folded
from scrapers.page.rules import Rules
from scrapers.page.words import LinkWords
from scrapers.parse.urls import host_of, registrable
from scrapers.site.clues import STRONG, Clue
from scrapers.site.forms import is_signup
from scrapers.site.worth import MENUS

_POSSIBLE = 0.7
"""The strength of what waits for consent, so that it may never be loaded."""

_KIND = 0.8
"""The strength of what a service says that it is."""

_CREDITS = frozenset({"nofollow", "sponsored"})
"""Relations of links at a site's foot that lead to whose tool it uses, not to its own house."""

_GENERIC = 3
"""Letters of an ending from which on it may be a brand's own (`.fox`) and no country's."""

_ENDINGS = frozenset(
    {
        *("agency", "app", "biz", "blog", "chat", "click", "cloud", "com", "company", "dev"),
        *("digital", "edu", "fun", "gov", "group", "help", "info", "link", "live", "marketing"),
        *("media", "mil", "mobi", "net", "network", "news", "one", "online", "org", "page", "pro"),
        *("shop", "site", "social", "space", "store", "team", "tech", "today", "tools", "video"),
        "world",
    }
)
"""Endings that anybody may have."""

_NUMBER = re.compile(r"\d+(?=[a-z-])")
"""A number at the beginning of a name."""

_LETTERS = re.compile(r"[\W_]")
_LEAST = 4
"""Letters of a vendor's name by which a domain is told to be its."""


def embedded_clues(
    pages: Sequence[PageFacts], company: Company, rules: Rules, known: Collection[Feature]
) -> Iterator[Clue]:
    """Yield a clue for each page and foreign domain that it loads a service from.

    Left out are the company's own other domains, and those of vendors that are `known` by a rule.
    """
    by_domain: dict[str, list[Embedded]] = defaultdict(list)
    for page in pages:
        for service in page.embedded:
            by_domain[service.domain].append(_told(service, page, rules.words))
    own = _own_domains(pages, company, rules.catalogue)
    names = (*_names(pages, company), *(domain.partition(".")[0] for domain in sorted(own)))
    for domain, services in by_domain.items():
        if not (domain in own or _is_house(domain, names) or _is_named(domain, pages, known)):
            yield from _clues(services)


def _told(service: Embedded, page: PageFacts, link_words: LinkWords) -> Embedded:
    """Return a service as what its form is for, where that asks for the address of a reader."""
    sent = service.place == "form" and not service.feature
    forms = [form for form in page.forms if form.action == service.url] if sent else []
    if any(is_signup(form, link_words) for form in forms):
        return replace(service, feature="newsletter")
    return service


def _clues(services: Sequence[Embedded]) -> Iterator[Clue]:
    """Yield the clues to one domain's service, all under the kind that one of them tells."""
    kind = next((service.feature for service in services if service.feature), "")
    for service in services:
        strength = _KIND if kind else STRONG
        yield Clue(
            feature=kind or EMBEDDED_SERVICE,
            vendor=service.domain,
            url=service.url if service.place in ("frame", "form") else service.evidence.url,
            strength=_POSSIBLE if service.certainty is Certainty.POSSIBLE else strength,
            evidence=service.evidence,
            place=service.place,
            certainty=service.certainty,
        )


def _own_domains(
    pages: Sequence[PageFacts], company: Company, catalogue: Catalogue
) -> frozenset[str]:
    """Return the domains that the site takes for its own: of its pages, languages and menus.

    Menus and feet lead to the other sites of a house.
    """
    urls = {company.website}
    for page in pages:
        urls |= {page.url, page.requested_url, page.canonical, *(url for _, url in page.languages)}
        urls |= {
            link.url
            for link in page.links
            if link.area in MENUS and not _CREDITS.intersection(link.rel)
        }
    domains = {registrable(host_of(url), catalogue.hosted) for url in urls if url}
    return frozenset(domains - catalogue.infrastructure)


def _names(pages: Sequence[PageFacts], company: Company) -> tuple[str, ...]:
    """Return the names of the company: its own, and those that its pages give."""
    on_pages = (name for page in pages for name in page.names)
    return tuple(dict.fromkeys((company.name, *company.aliases, *on_pages)))


def _is_house(domain: str, names: Collection[str]) -> bool:
    """Tell whether a domain bears the name of the house, before its ending or as its ending."""
    label, _, ending = domain.partition(".")
    if fit(label, names) >= ITS_NAME:
        return True
    # A name that begins with a number is known by it: 9news and 9shop.
    number = _NUMBER.match(label)
    if number is not None and any(name.startswith(number[0]) for name in names):
        return True
    brand = ending if len(ending) >= _GENERIC and ending not in _ENDINGS else ""
    return bool(brand) and any(folded(name).startswith(brand) for name in names)


def _is_named(domain: str, pages: Sequence[PageFacts], known: Collection[Feature]) -> bool:
    """Tell whether a rule has named the vendor of a domain: by an address there, or by its name."""
    found = {(feature.feature, feature.vendor) for feature in known if feature.vendor}
    label = domain.partition(".")[0].replace("-", "")
    vendors = (_LETTERS.sub("", folded(vendor)) for _, vendor in found)
    if any(len(vendor) >= _LEAST and label.startswith(vendor) for vendor in vendors):
        return True
    return any(
        registrable(host_of(signal.url)) == domain
        for page in pages
        for signal in page.signals
        if signal.url and (signal.feature, signal.vendor) in found
    )
