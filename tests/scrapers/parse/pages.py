"""Pages for the readers to read, as they would come from one invented site."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

from audit.model.exchange import Page
from config.catalogue import load_catalogue
from scrapers.parse.html import Document, read_html

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SITE = "https://www.acme.example/news/"


@cache
def months() -> Mapping[str, int]:
    """Return the names of months that the package knows, with their numbers."""
    return load_catalogue().vocabulary.months


def page(body: str | bytes, kind: str = "text/html; charset=utf-8", url: str = SITE) -> Page:
    """Return a page that was fetched at `NOW` with this body and Content-Type."""
    return Page(
        url=url,
        requested_url=url,
        status=200,
        headers=(("content-type", kind),),
        body=body.encode() if isinstance(body, str) else body,
        fetched_at=NOW,
        record="",
    )


def document(body: str, url: str = SITE) -> Document:
    """Return a page as it is read once."""
    return read_html(page(body, url=url))
