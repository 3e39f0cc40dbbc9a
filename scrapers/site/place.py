"""Whose an address is where its domain alone does not tell: an account's, or a parent's."""

from collections.abc import Iterable

from audit.model.company import Company
from scrapers.page.names import fit
from scrapers.page.words import LinkWords
from scrapers.parse.urls import host_of, registrable, segments

_FITS = 0.7
"""How well a part of an address fits a name that it stands for (`scrapers.page.names.fit`)."""

_SHORTEST = 3
"""Letters of a part of an address that may be somebody's name."""


def bears_name(url: str, names: Iterable[str], link_words: LinkWords) -> bool:
    """Tell whether an address on somebody else's domain is that of the company's account there.

    Its name is then a label before the domain, or one of the first two parts of the path; what says
    what the place is for, such as `wiki`, is no name, though the company's holds the word.
    """
    known = tuple(names)
    labels = host_of(url).partition(":")[0].split(".")[:-2]
    parts = (*labels, *(part.lstrip("@~") for part in segments(url)[:2]))
    return any(
        len(part) >= _SHORTEST and fit(part, known) >= _FITS and not link_words.exact(part)
        for part in parts
    )


def hosts_of_others(company: Company, hosted: frozenset[str]) -> frozenset[str]:
    """Return the domains under which everybody may have a site, without the company's own.

    Whoever lets others build sites below its domain (`acme-sites.example`) has its help and its
    forum there too: its name is that of the domain.
    """
    domain = registrable(host_of(company.website).partition(":")[0])
    names = (company.name, *company.aliases)
    own = domain in hosted and fit(domain.partition(".")[0], names) >= _FITS
    return hosted - {domain} if own else hosted


def is_parents(url: str, company: Company, hosted: frozenset[str], link_words: LinkWords) -> bool:
    """Tell whether an address lies on the company's domain and yet is its parent's.

    A project at `pumps.foundation.example` shares its domain with the foundation and with other
    projects, whose pages are not its own; those that bear its name are. A part of the company's own
    site, such as `shop.acme.example` or `forum.acme.example`, has no parent.
    """
    host, own = host_of(url).partition(":")[0], host_of(company.website).partition(":")[0]
    domain, names = registrable(own, hosted), (company.name,)
    if own == domain or registrable(host, hosted) != domain or f".{host}".endswith(f".{own}"):
        return False
    label = own.removesuffix(domain).rstrip(".").rpartition(".")[2]
    as_project, as_domain = fit(label, names), fit(domain.partition(".")[0], names)
    if as_project < _FITS or as_project <= as_domain or link_words.exact(label):
        return False
    return not bears_name(url, names, link_words)
