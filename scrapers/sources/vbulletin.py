"""vBulletin: the newest threads by its external feed (www.vbulletin.com, manual: external.php)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from scrapers.parse.feeds import read_feed
from scrapers.sources.source import Reading, Source
from scrapers.sources.threads import below, forum, of_feed

_INSIDE = re.compile(r"(?<=/)(?:(?:showthread|forumdisplay)\.php|threads/\d+-)")
_THREAD = re.compile(r"/(?:showthread\.php\?(?:t=)?\d+[^&#]*|threads/\d+-[^?#]*)")
_FEED = "external.php?type=RSS2"


def addresses(facts: PageFacts) -> Sequence[str]:
    """Return the feed of versions 3 and 4, where the page shows that it is one of them."""
    return below(facts, _INSIDE, _FEED, guess=False)


def read(page: Page) -> SourceFacts | None:
    """Read the threads, dated by their beginning.

    Its addresses end in `&goto=newpost`; without that they lead to the first post.
    """
    feed = read_feed(page)
    threads = of_feed(feed, _THREAD) if feed is not None else []
    if not threads:
        return None
    plain = [
        replace(thread, url=thread.url[: match.end()])
        for thread in threads
        if (match := _THREAD.search(thread.url)) is not None
    ]
    root = page.url.partition("external.php")[0]
    return forum(Reading(page, "source.vbulletin"), "vBulletin", root, plain)


SOURCE = Source("forum", "vBulletin", addresses, read)
