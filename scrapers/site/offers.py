"""Sections that a site offers in so many words but that could not be read."""

import re
from collections.abc import Iterator, Sequence

from audit.model.exchange import Failure
from audit.model.facts import Area, Link, PageFacts
from audit.model.kinds import BLOG, SectionKind
from audit.model.site import Section
from audit.model.value import Reason, Unknown
from scrapers.page.names import fit
from scrapers.parse.text import clean
from scrapers.parse.urls import host_of, page_key, registrable, segments
from scrapers.site.kinds import kind_of, promised_by
from scrapers.site.look import NO_SECTION, Site, is_post, of_changes
from scrapers.site.place import bears_name
from scrapers.site.worth import MENUS

_SORTED = re.compile(r"[?&](?:order|order_?by|sort|sort_?by|dir|filter)=", re.I)

_TAGS = frozenset({"tag", "tags"})

Offer = tuple[SectionKind, Link]
"""A kind of section, and the link that promises it."""


def unread_sections(site: Site, failures: Sequence[Failure]) -> list[Section]:
    """Return the sections that the site promises and that were not read: the first of each kind."""
    failed = {page_key(failure.url): failure for failure in failures}
    by_kind: dict[str, Section] = {}
    for page in site.pages:
        for kind, link in _offers(page, site):
            failure = failed.get(page_key(link.url))
            unread = page_key(link.url) not in site.visited or failure is not None
            if kind.name not in by_kind and unread:
                by_kind[kind.name] = _unread_section(kind, link, page, failure)
    return list(by_kind.values())


def _offers(page: PageFacts, site: Site) -> Iterator[Offer]:
    """Yield where a page says that there is a blog or news: its links, its own path, its feeds."""
    spoken = site.words.spoken(page.language, (link.text for link in page.links))
    for link in page.links:
        if link.area in (Area.COMMENT, Area.ARTICLE) or page_key(link.url) == page_key(page.url):
            continue
        if _of_goods(link.url) or _is_filed(link):
            continue
        by_words = promised_by(site.named(link, spoken))
        if by_words is not None and _is_theirs(link, site):
            yield by_words, link
            continue
        by_address = _by_address(link, site)
        if by_address is not None and site.own(link.url):
            yield by_address, link
    yield from _around(page, site)


def _of_goods(url: str) -> bool:
    """Tell whether an address is a shelf of a shop, which may well be called "news".

    Shops call new goods so in many languages; their addresses are deep, or carry an order.
    """
    return len(segments(url)) > 5 or _SORTED.search(url) is not None


def _is_filed(link: Link) -> bool:
    """Tell whether a link outside menus lists what bears a keyword: `/tags/podcast`, no podcast."""
    return link.area not in MENUS and not _TAGS.isdisjoint(map(str.lower, segments(link.url)[:-1]))


def _is_theirs(link: Link, site: Site) -> bool:
    """Tell whether a link leads to the company's own site, a domain of its name, or its account.

    Accounts count in menus alone, and where people write: "News" that leads to a profile of a
    social network is none.
    """
    if site.own(link.url) or _namesake(link.url, site):
        return True
    if link.area not in MENUS or site.is_network(link.url):
        return False
    return bears_name(link.url, (site.company.name,), site.words)


def _by_address(link: Link, site: Site) -> SectionKind | None:
    """Return the kind that a menu's address names: blog.acme.example or /blogs/news."""
    if len(segments(link.url)) > 2 or link.area not in MENUS:
        return None
    return promised_by(site.words.of_url(link.url))


def _namesake(url: str, site: Site) -> bool:
    """Tell whether an address lies on another domain whose name is the company's."""
    names = (site.company.name, registrable(host_of(site.home)).partition(".")[0])
    return any(fit(label, names) >= 0.7 for label in host_of(url).split(".")[:-1] if len(label) > 3)


def _around(page: PageFacts, site: Site) -> Iterator[Offer]:
    """Yield the sections that a page lies in by its path, or that an article's feed belongs to.

    The page `/blog/2026/pumps` tells of `/blog/`, though it may link there nowhere.
    """
    parts = segments(page.url)
    origin = page.url.split("/", 3)[:3]
    for depth, part in enumerate(parts[:-1], start=1):
        # One segment alone is asked for its words, behind a host that says nothing.
        kind = promised_by(site.words.of_url(f"https://x.example/{part}"))
        if kind is not None:
            # Cut from the address as it is written: `segments` gives its parts decoded.
            url = "/".join([*origin, *page.url.split("/")[3 : 3 + depth], ""])
            yield kind, Link(url=url, text=part, rel=(), area=Area.NAV)
    if not is_post(page, site):
        return
    for feed in page.feeds:
        sections = site.words.of_url(feed.url) | site.words.of_text(feed.title)
        if not sections & NO_SECTION and not of_changes(feed.url):
            link = Link(url=feed.url, text=feed.title, rel=("alternate",), area=Area.HEADER)
            yield kind_of(sections) or BLOG, link


def _unread_section(
    kind: SectionKind, link: Link, page: PageFacts, failure: Failure | None
) -> Section:
    """Return a section without posts that says why, with the link that promises it as evidence."""
    reason = failure.reason if failure is not None else Reason.NOT_CHECKED
    detail = failure.detail if failure is not None else "linked, but not visited"
    source = "feed" if "alternate" in link.rel else "link"
    proof = page.proof(
        f"section.{kind.name}.{source}", clean(f'<a href="{link.url}">{link.text}</a>', 200)
    )
    return Section(
        channel=kind.name,
        url=link.url,
        feeds=(),
        posts=(),
        truncated=False,
        unreadable=Unknown(reason=reason, detail=detail),
        evidence=(proof,),
    )
