"""Pages for the readers to read, as they would come from one invented site."""

from datetime import UTC, datetime
from functools import cache

from audit.model.exchange import Page
from config.catalogue import load_catalogue
from scrapers.parse.date_words import DateStyle, DateWords, date_words
from scrapers.parse.document import Document
from scrapers.parse.html import read_html

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SITE = "https://www.acme.example/news/"


@cache
def words() -> DateWords:
    """Return the words of dates that the package knows."""
    return date_words(load_catalogue().vocabulary)


def style(language: str = "", *, month_first: bool = False) -> DateStyle:
    """Return how a page in a language writes dates, with the words that the package knows."""
    return DateStyle(language, month_first, words())


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
