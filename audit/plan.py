"""Decide, before anything is fetched, which requests a run starts with and within which budget."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlsplit

from audit.model.company import Company, Competitors, Settings
from audit.model.exchange import Kind, Request
from audit.model.plan import CompanyPlan, Plan
from audit.model.result import RunInfo, Window

SITEMAP_PATHS = ("/sitemap.xml",)
"""Tried where robots.txt names no sitemap."""

FEED_PATHS = ("/feed/", "/rss.xml", "/feed.xml", "/index.xml", "/atom.xml")
"""Where common software has the feed of a whole site, linked or not."""

T = TypeVar("T")


def plan(competitors: Competitors) -> Plan:
    """Plan the visits of all companies, own company first."""
    return Plan(
        companies=tuple(_company(company, competitors.settings) for company in competitors.in_order)
    )


def _company(company: Company, settings: Settings) -> CompanyPlan:
    """Plan one company's visit: its start page, and the common addresses of sitemap and feeds.

    Those are at the root of the host, also where the start page is not: `https://acme.example/en/`
    begins with `https://acme.example/sitemap.xml`.
    """
    parts = urlsplit(company.website)
    root = f"{parts.scheme}://{parts.netloc}"
    settings = settings_of(company, settings)
    return CompanyPlan(
        company=company,
        start=Request(url=company.website, why="start"),
        sitemaps=tuple(_request(root + path, Kind.SITEMAP) for path in SITEMAP_PATHS),
        feeds=tuple(_request(root + path, Kind.FEED) for path in FEED_PATHS),
        pages=settings.max_pages_per_site,
        pointed=tuple(_pointed(company)),
        settings=settings,
    )


def settings_of(company: Company, settings: Settings) -> Settings:
    """Return the settings for one company: what it has for itself, else what all have."""
    own = company.overrides
    return replace(
        settings,
        lookback_days=_first(own.lookback_days, settings.lookback_days),
        max_pages_per_site=_first(own.max_pages_per_site, settings.max_pages_per_site),
        delay_seconds=_first(own.delay_seconds, settings.delay_seconds),
        browser=_first(own.browser, settings.browser),
    )


def _first(own: T | None, usual: T) -> T:
    """Return a company's own value, which may be 0, or the usual one where it has none."""
    return usual if own is None else own


def _pointed(company: Company) -> Iterator[Request]:
    """Yield the pages that a person named, each once; what is read of one is told by its address.

    Such a page may be another site's start page, a section and hold figures, all at once.
    """
    pages = [
        *(("also", url) for url in company.also),
        *(("section", section.url) for section in company.sections),
        *(("figure", figure.url) for figure in company.figures if not figure.is_data),
    ]
    named = {company.website}
    for why, url in pages:
        if url not in named:
            named.add(url)
            yield Request(url=url, why=why, depth=1)
    data = dict.fromkeys(figure.url for figure in company.figures if figure.is_data)
    yield from (Request(url=url, kind=Kind.DATA, why="figure", depth=1) for url in data)


def _request(url: str, kind: Kind) -> Request:
    """Return the request of a common address, which stands one step from the start page."""
    return Request(url=url, kind=kind, why="common path", depth=1)


def window_of(run: RunInfo, settings: Settings) -> Window:
    """Return the span that a run measures, by its own end and the settings of list or company."""
    return Window(
        as_of=run.as_of,
        lookback_days=settings.lookback_days,
        timezone=settings.timezone,
    )
