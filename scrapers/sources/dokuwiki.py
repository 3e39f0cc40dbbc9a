"""DokuWiki: new pages by the feed of its recent changes (dokuwiki.org/syndication)."""

from collections.abc import Sequence
from dataclasses import replace

from audit.model.exchange import Page
from audit.model.facts import Item, PageFacts, SourceFacts
from scrapers.parse.feeds import read_feed
from scrapers.parse.urls import same_site
from scrapers.sources.source import Reading, Source

_FEED = "/feed.php"
_NEW_PAGES = "?onlynewpages=1&linkto=current&type=rss2&view=pages&num=500"
_MAKER = b"FeedCreator"
"""The library that writes DokuWiki's feeds, as they say of themselves."""

_BEGINNING = 2_000
_SUMMARY = " - "
"""Between a page's name and what its writer says of the change."""


def addresses(facts: PageFacts) -> Sequence[str]:
    """Return the feed that the page's head names, asked for new pages alone."""
    scripts = (feed.url.partition("?")[0] for feed in facts.feeds)
    own = (url for url in scripts if url.endswith(_FEED) and same_site(url, facts.url, frozenset()))
    return [url + _NEW_PAGES for url in dict.fromkeys(own)][:1]


def read(page: Page) -> SourceFacts | None:
    """Read the pages that are new, as far back as the wiki keeps its log of changes."""
    feed = read_feed(page) if _MAKER in page.body[:_BEGINNING] else None
    if feed is None or not feed.items:
        return None
    reading = Reading(page, "source.dokuwiki")
    return SourceFacts(
        url=feed.site or page.url.partition(_FEED)[0] + "/",
        feature="wiki",
        vendor="DokuWiki",
        figures=(),
        items=tuple(_named(item) for item in feed.items),
        evidence=reading.proof(f"{feed.title}: {len(feed.items)} new pages"),
    )


def _named(item: Item) -> Item:
    """Return a page by its name alone, without the summary of the change."""
    return replace(item, title=item.title.partition(_SUMMARY)[0], summary="")


SOURCE = Source("wiki", "DokuWiki", addresses, read)
