"""Programs that a site offers to take away, and interfaces that it only explains."""

import re
from collections.abc import Iterator

from audit.model.company import Company
from audit.model.facts import Link, PageFacts
from scrapers.page.names import fit
from scrapers.page.rules import Rules
from scrapers.parse.urls import host_of, registrable, same_site, segments
from scrapers.site.worth import MENUS

_CODE = "code"
"""The kind of platforms on which a project keeps what its program is made of."""

_GET = re.compile(r"^(?:get|download|install)\s+(?P<name>.+)$", re.I)
"""The door of a program by its name: "Get Acme", "Download Acme Desktop"."""

_ITS_NAME = 0.8
"""How well what follows must fit the company's name, or that of its domain."""

_TAKEN = re.compile(r"[/_-](?:downloads?|install(?:ation|ing)?|get-[\w-]+)/?(?:$|[?#])", re.I)
"""How an address ends at which a program is to be had; a site may keep its code to itself."""

_RUNS = re.compile(r"https?://app\.", re.I)
"""A host on which a program runs: "App" is then the door for those who use it."""

_DEPTH = 3
"""Deeper addresses are pages about a download, hardly its door."""

_OF_BROWSERS = re.compile(r"\bweb apis\b|\b(?:browser|dom) apis?\b", re.I)
"""Interfaces that browsers have and manuals explain; nobody's own is called so in the plural."""


def programs(page: PageFacts, company: Company, rules: Rules) -> Iterator[Link]:
    """Give the doors in a menu to an app of the company's, or to a program to download.

    A "Download" may be a brochure, but of a site that shows its code, or where what is to be got
    there bears the name of the house.
    """
    kinds = rules.platforms.kinds
    domain = registrable(host_of(company.website), rules.catalogue.hosted)
    names = (company.name, domain.partition(".")[0])
    shows_code = any(kinds.get(link.platform) == _CODE for link in page.channels)
    meant = {"app", "download"} if shows_code else {"app"}
    spoken = rules.words.spoken(page.language, (link.text for link in page.links))
    for link in page.links:
        if link.area not in MENUS or len(segments(link.url)) > _DEPTH or _RUNS.match(link.url):
            continue
        named = _GET.match(link.text.strip()) if shows_code or _TAKEN.search(link.url) else None
        by_name = named is not None and fit(named["name"], names) >= _ITS_NAME
        told = not rules.words.foreign(link.text, spoken) and meant & rules.words.exact(link.text)
        if (by_name or told) and same_site(link.url, company.website, rules.catalogue.hosted):
            yield link


def explained_below(page: PageFacts) -> tuple[str, ...]:
    """Return the folders, each with a slash behind, in which a site explains what browsers offer.

    A link to the start page names no folder.
    """
    told = (link.url for link in page.links if _OF_BROWSERS.search(link.text))
    return tuple(f"{url.rstrip('/')}/" for url in told if segments(url))
