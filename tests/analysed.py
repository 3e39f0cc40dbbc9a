"""A page of the invented Acme Pumps, read with the rules of the package or with others."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache

from audit.model.company import Company
from audit.model.exchange import Page, Request
from audit.model.facts import PageFacts, Signal
from config.catalogue import load_catalogue
from scrapers.page.analyse import analyse
from scrapers.page.index import SignalIndex
from scrapers.page.rules import Rules
from scrapers.page.signals import signals
from scrapers.parse.html import read_html

HOME = "https://www.acmepumps.example/"
ACME = Company(name="Acme Pumps", website=HOME)
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@cache
def rules() -> Rules:
    """Return the catalogue of the package, compiled once in a process."""
    return Rules(load_catalogue())


def page(html: str, url: str = HOME, why: str = "start", depth: int = 0) -> PageFacts:
    """Return what is read of a page that was fetched for a reason, so many links from the start."""
    return analyse(answer(html, url), Request(url=url, why=why, depth=depth), rules())


def signals_of(
    html: str,
    index: SignalIndex | None = None,
    *headers: tuple[str, str],
    url: str = "https://www.acme.example/",
) -> tuple[Signal, ...]:
    """Return the signals alone of a page, with the package's rules or with those of `index`."""
    return signals(read_html(answer(html, url, headers=headers)), index or rules().signals)


def answer(
    body: str, url: str = HOME, kind: str = "text/html", headers: Iterable[tuple[str, str]] = ()
) -> Page:
    """Return an answer with this body, of this media type."""
    return Page(
        url=url,
        requested_url=url,
        status=200,
        headers=(("content-type", f"{kind}; charset=utf-8"), *headers),
        body=body.encode(),
        fetched_at=NOW,
        record="f#1",
    )
