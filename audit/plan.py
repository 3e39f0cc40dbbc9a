"""Decide, before anything is fetched, which requests a run starts with and within which budget."""

from urllib.parse import urlsplit

from audit.model.company import Company, Competitors, Settings
from audit.model.exchange import Kind, Request
from audit.model.plan import CompanyPlan, Plan
from audit.model.result import RunInfo, Window

SITEMAP_PATHS = ("/sitemap.xml",)
"""Tried where robots.txt names no sitemap."""

FEED_PATHS = ("/feed/", "/rss.xml", "/feed.xml", "/index.xml", "/atom.xml")
"""Where common software has the feed of a whole site, linked or not."""


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
    return CompanyPlan(
        company=company,
        start=Request(url=company.website, why="start"),
        sitemaps=tuple(_request(root + path, Kind.SITEMAP) for path in SITEMAP_PATHS),
        feeds=tuple(_request(root + path, Kind.FEED) for path in FEED_PATHS),
        pages=settings.max_pages_per_site,
        settings=settings,
    )


def _request(url: str, kind: Kind) -> Request:
    """Return the request of a common address, which stands one step from the start page."""
    return Request(url=url, kind=kind, why="common path", depth=1)


def window_of(run: RunInfo, settings: Settings) -> Window:
    """Return the span that a run measures, by its own end and the settings of the list."""
    return Window(
        as_of=run.as_of,
        lookback_days=settings.lookback_days,
        timezone=settings.timezone,
    )
