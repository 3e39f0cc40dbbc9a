"""Blogger: all posts by its feed (developers.google.com/blogger/docs/2.0)."""

from collections.abc import Sequence

from audit.model.exchange import Page
from audit.model.facts import FeedPage, PageFacts
from scrapers.parse.feeds import read_feed
from scrapers.sources.posts.source import PostSource

_FEED = "/feeds/posts/"
_SIZE = 150
"""Posts of one answer: more are asked for in vain."""


def addresses(facts: PageFacts) -> Sequence[str]:
    """Return the address of the feed with as many posts as it gives, where the page names it."""
    named = [feed.url for feed in facts.feeds if _FEED in feed.url and "alt=rss" not in feed.url]
    roots = [url.partition(_FEED)[0] for url in named[:1]]
    # Without `redirect` it may lead to a copy on FeedBurner, which holds the newest alone.
    return [f"{root}{_FEED}default?max-results={_SIZE}&redirect=false" for root in roots]


def read(page: Page) -> FeedPage | None:
    """Read one page of posts, which names the next one and how many there are in all."""
    feed = read_feed(page)
    return feed if feed is not None and feed.stated is not None else None


SOURCE = PostSource("blog-engine", "Blogger", addresses, read)
