"""Read an answer as what it was asked for, or as what it turns out to be; runs in a worker."""

import re
from dataclasses import replace

from audit.model.exchange import Failure, Kind, Page, Request
from audit.model.facts import FeedPage, SitemapPage, SourceFacts
from audit.model.value import Reason
from scrapers.kept.readings import KeptReading, entry_of
from scrapers.page.analyse import analyse
from scrapers.page.pointed import read_data
from scrapers.page.rules import Rules
from scrapers.parse.feeds import read_feed
from scrapers.parse.moment import watched
from scrapers.parse.sitemaps import read_sitemap
from scrapers.site.mapped import with_posts
from scrapers.sources.posts.source import post_sources
from scrapers.sources.source import sources

_FEED = re.compile(rb"<(?:[a-z][\w.-]{0,40}:)?(?:rss|feed|RDF)[\s>]", re.I)
_HTML = re.compile(rb"<(?:!doctype\s{1,20}html|html|head|body)[\s>]", re.I)
"""The tag of a feed's root, and those with which a page of HTML begins."""

_BEGINNING = 2_000
"""Bytes in which a feed's root stands; some have comments or warnings of PHP before it."""

Reading = KeptReading | Failure
"""What an answer turned out to be."""


def read_answer(rules: Rules, page: Page, request: Request) -> Reading:
    """Return what a page says, read as what it was asked for or as what it turns out to be.

    A failure (bad-content) says that it is not what was asked for. Only what was asked for as a
    page may turn out to be something else: a link in a menu may lead to the feed itself.
    """
    if request.kind is Kind.SITEMAP:
        return _read_map(page) or unread(page, Reason.BAD_CONTENT, "not a sitemap")
    if request.kind is Kind.DATA and request.figures:
        return read_data(page, request.figures)
    if request.kind is Kind.DATA:
        facts = _read_interface(page, request.source)
        return facts or unread(page, Reason.BAD_CONTENT, "not what this interface answers")
    if request.kind is Kind.FEED:
        return read_feed(page) or unread(page, Reason.BAD_CONTENT, "not a feed")
    if _may_be_feed(page) and (feed := read_feed(page)) is not None:
        # A person may point at the feed of a section in place of its page.
        return replace(feed, section=request.section)
    return analyse(page, request, rules)


def read_and_pack(rules: Rules, page: Page, request: Request) -> tuple[Reading, bytes]:
    """Return what a page says, and the same for the next visit to find.

    The latter is empty for a failure, and where it rests on when the page was read: the same bytes
    then say something else the next time.
    """
    with watched() as noticed:
        reading = read_answer(rules, page, request)
    if noticed.by_now or isinstance(reading, Failure):
        return reading, b""
    return reading, entry_of(reading, page)


def _read_map(page: Page) -> SitemapPage | FeedPage | None:
    """Read a sitemap; a feed may serve as one (sitemaps.org/protocol.html#otherformats)."""
    sitemap = read_sitemap(page)
    return with_posts(sitemap) if sitemap is not None else read_feed(page)


def _read_interface(page: Page, source: str) -> SourceFacts | FeedPage | None:
    """Read the answer of an interface; a list of posts keeps its reader, for its further pages."""
    lists = post_sources()
    if source not in lists:
        return sources()[source].read(page)
    feed = lists[source].read(page)
    return replace(feed, source=source) if feed is not None else None


def _may_be_feed(page: Page) -> bool:
    """Tell whether a page is served, or begins, as a feed does."""
    root = _FEED.search(page.body, 0, _BEGINNING)
    begins_so = root is not None and _HTML.search(page.body, 0, root.start()) is None
    return begins_so or "xml" in page.header("content-type")


def unread(page: Page, reason: Reason, detail: str) -> Failure:
    """Return the failure of an answer that came and could not be read, with the reason."""
    return Failure(
        url=page.requested_url,
        reason=reason,
        detail=detail,
        failed_at=page.fetched_at,
        record=page.record,
    )
