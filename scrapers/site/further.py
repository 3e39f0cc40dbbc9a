"""Where older entries of a list are: the next page of a feed, the archive pages of an index."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlunsplit

from audit.model.facts import FeedPage, PageFacts, Period
from scrapers.parse.urls import page_key, split

EVER = datetime(1, 1, 1, tzinfo=UTC)
"""Before everything that is published."""

MOST_PERIODS = 24
"""Archive pages of months or years that are asked for of one index."""

_FEWEST_PERIODS = 2
"""One link with a year in it may be anything; an archive has several."""


def further_page(feed: FeedPage) -> str:
    """Return the address of a feed's next page with older entries; empty where there is none.

    A feed names it, or its software is known to take a number: WordPress `?paged=2`
    (developer.wordpress.org/reference/classes/wp_query, pagination parameters), Shopify
    `/blogs/news.atom?page=2`.
    """
    if feed.next_url or feed.source:
        return feed.next_url
    name = parameter_of(feed)
    return _numbered(feed.url, name) if name and feed.items else ""


def parameter_of(feed: FeedPage) -> str:
    """Return the parameter in which the software of a feed takes the number of a page, or empty."""
    if "wordpress" in feed.generator.lower():
        return "paged"
    path = split(feed.url).path
    return "page" if path.startswith("/blogs/") and path.endswith(".atom") else ""


def _numbered(url: str, name: str) -> str:
    """Return the address of the page behind this one; the first page has no number."""
    parts = split(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    number = next((int(value) for key, value in pairs if key == name and value.isdecimal()), 1)
    query = urlencode([*(pair for pair in pairs if pair[0] != name), (name, str(number + 1))])
    return urlunsplit(parts._replace(query=query))


def chains_of(feeds: Sequence[FeedPage]) -> list[list[FeedPage]]:
    """Return the feeds, each with the further pages that it led to."""
    chains: list[list[FeedPage]] = []
    led: dict[str, list[FeedPage]] = {}
    for feed in feeds:
        chain = led.get(page_key(feed.url))
        if chain is None:
            chain = []
            chains.append(chain)
        chain.append(feed)
        if url := further_page(feed):
            led.setdefault(page_key(url), chain)
    return chains


def archive_pages(page: PageFacts, since: datetime = EVER) -> Sequence[tuple[Period, str]]:
    """Return the archive pages by month or year that an index links, the newest first.

    None for an index that has a next page. Those that end before `since` are left out but for one,
    which shows that the others reach back to it. Where months are linked, their years are left out.
    """
    if page.next_url:
        return ()
    by_period = {
        period: url
        for period, url in page.archives
        if _is_of(period, page) and page_key(url) != page_key(page.url)
    }
    with_months = {period.year for period in by_period if period.month}
    kept = [each for each in by_period if each.month or each.year not in with_months]
    if len(kept) < _FEWEST_PERIODS:
        return ()
    listed = [(each, by_period[each]) for each in sorted(kept, reverse=True)]
    within = [pair for pair in listed if pair[0].end > since]
    return (*within, *listed[len(within) : len(within) + 1])[:MOST_PERIODS]


def _is_of(period: Period, page: PageFacts) -> bool:
    """Tell whether an archive is that of an index: below it, around it, or at the root."""
    path = split(page.url).path.rstrip("/")
    return period.head.startswith(path) or path.startswith(period.head)
