"""Invision Community: the last post by the feed of its activity (invisioncommunity.com)."""

import re
from collections.abc import Sequence

from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from scrapers.parse.feeds import read_feed
from scrapers.sources.source import Reading, Source
from scrapers.sources.threads import below, forum, of_feed

_INSIDE = re.compile(r"(?<=[/?])(?:topic|forum)/\d+-")
_TOPIC = re.compile(r"[/?]topic/\d+-")
_FEED = "discover/all.xml/"


def addresses(facts: PageFacts) -> Sequence[str]:
    """Return the address of the feed of all activity."""
    return below(facts, _INSIDE, _FEED)


def read(page: Page) -> SourceFacts | None:
    """Read when the last post in a topic was made; the feed holds replies beside new topics."""
    feed = read_feed(page)
    threads = of_feed(feed, _TOPIC, by_last=True) if feed is not None else []
    if not threads:
        return None
    root = page.url.partition("discover/")[0]
    reading = Reading(page, "source.invision")
    return forum(reading, "Invision Community", root, threads, by_last=True)


SOURCE = Source("forum", "Invision Community", addresses, read)
