"""Sections that a site offers in so many words but that could not be read."""

import re
from collections.abc import Iterator, Sequence

from audit.model.exchange import Failure
from audit.model.facts import Area, Link, PageFacts
from audit.model.site import Section
from audit.model.value import Evidence, Reason, Unknown
from scrapers.page.names import fit
from scrapers.parse.text import clean
from scrapers.parse.urls import host_of, page_key, registrable, segments
from scrapers.site.look import (
    MENUS,
    NO_SECTION,
    Site,
    channel_of,
    is_post,
    named_section,
    of_changes,
)

_SORTED = re.compile(r"[?&](?:order|order_?by|sort|sort_?by|dir|filter)=", re.I)


def unread_sections(site: Site, failures: Sequence[Failure]) -> list[Section]:
    """Sections that the site offers in so many words but that could not be read."""
    failed = {page_key(failure.url): failure for failure in failures}
    found: dict[str, Section] = {}
    for page in site.pages:
        for channel, link in _offers(page, site):
            failure = failed.get(page_key(link.url))
            unread = page_key(link.url) not in site.read or failure is not None
            if channel not in found and unread:
                found[channel] = _unread_section(channel, link, page, failure)
    return list(found.values())


def _offers(page: PageFacts, site: Site) -> Iterator[tuple[str, Link]]:
    """Where a page says that there is a blog or news: its links, its own path, its feeds."""
    for link in page.links:
        if link.area in (Area.COMMENT, Area.ARTICLE) or page_key(link.url) == page_key(page.url):
            continue
        if _of_goods(link.url):
            continue
        said = named_section(site.words.exact(link.text))
        if (said and (site.own(link.url) or _namesake(link.url, site))) or (
            (said := _by_address(link, site)) and site.own(link.url)
        ):
            yield said, link
    yield from _around(page, site)


def _of_goods(url: str) -> bool:
    """Shops call new goods "news" in many languages: a deep or sorted address is a shelf."""
    return len(segments(url)) > 5 or _SORTED.search(url) is not None


def _by_address(link: Link, site: Site) -> str:
    """A link to blog.acme.example or /blogs/news is one to a blog, whatever its words."""
    if len(segments(link.url)) > 2 or link.area not in MENUS:
        return ""
    return named_section(site.words.of_url(link.url))


def _namesake(url: str, site: Site) -> bool:
    """Another domain whose name is the company's."""
    names = (site.company.name, registrable(host_of(site.home)).partition(".")[0])
    return any(fit(label, names) >= 0.7 for label in host_of(url).split(".")[:-1] if len(label) > 3)


def _around(page: PageFacts, site: Site) -> Iterator[tuple[str, Link]]:
    """An article tells of the section that it lies in: by its path, or by the feed it names."""
    parts = segments(page.url)
    origin = page.url.split("/", 3)[:3]
    for depth, part in enumerate(parts[:-1], start=1):
        said = named_section(site.words.of_url(f"https://x.example/{part}"))
        if said:
            url = "/".join([*origin, *page.url.split("/")[3 : 3 + depth], ""])
            yield said, Link(url=url, text=part, rel=(), area=Area.NAV)
    if is_post(page, site):
        for feed in page.feeds:
            sections = site.words.of_url(feed.url) | site.words.of_text(feed.title)
            if not sections & NO_SECTION and not of_changes(feed.url):
                yield (
                    channel_of(sections) or "blog",
                    Link(url=feed.url, text=feed.title, rel=("alternate",), area=Area.HEADER),
                )


def _unread_section(channel: str, link: Link, page: PageFacts, failure: Failure | None) -> Section:
    reason = failure.reason if failure is not None else Reason.NOT_CHECKED
    detail = failure.detail if failure is not None else "linked, but not visited"
    proof = Evidence(
        url=page.url,
        fetched_at=page.fetched_at,
        rule=f"section.{channel}.{'feed' if 'alternate' in link.rel else 'link'}",
        excerpt=clean(f'<a href="{link.url}">{link.text}</a>', 200),
        record=page.record,
    )
    return Section(
        channel=channel,
        url=link.url,
        feeds=(),
        posts=(),
        truncated=False,
        unreadable=Unknown(reason=reason, detail=detail),
        evidence=(proof,),
    )
