"""XenForo: the last post by the feed of its threads (xenforo.com, manual: RSS feeds)."""

import re
from collections.abc import Sequence

from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from scrapers.parse.feeds import read_feed
from scrapers.sources.source import Reading, Source
from scrapers.sources.threads import below, forum, of_feed

_INSIDE = re.compile(r"(?<=[/?])(?:threads|forums)/(?:[^/?#]+\.)?\d+(?=[/?#]|$)")
_FEED = "forums/-/index.rss"


def addresses(facts: PageFacts) -> Sequence[str]:
    """Return the address of the feed of all threads."""
    return below(facts, _INSIDE, _FEED)


def read(page: Page) -> SourceFacts | None:
    """Read when the last post was made; the feed dates a thread by that, not by its beginning."""
    feed = read_feed(page)
    threads = of_feed(feed, _INSIDE, by_last=True) if feed is not None else []
    if not threads:
        return None
    root = page.url.partition(_FEED)[0]
    return forum(Reading(page, "source.xenforo"), "XenForo", root, threads, by_last=True)


SOURCE = Source("forum", "XenForo", addresses, read)
