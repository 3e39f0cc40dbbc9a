"""phpBB: the newest topics by its Atom feed (www.phpbb.com, features: feeds)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from scrapers.parse.feeds import read_feed
from scrapers.sources.source import Reading, Source
from scrapers.sources.threads import Thread, below, forum, of_feed

_INSIDE = re.compile(r"(?<=/)(?:viewtopic|viewforum)\.php")
_TOPIC = re.compile(r"/viewtopic\.php\?(?:[^#]*&)?t=\d+")
_FEED = "feed.php?mode=topics"
_SIGN = " • "
"""What stands between the name of the board and the title of the topic."""


def addresses(facts: PageFacts) -> Sequence[str]:
    """Return the address of the feed of new topics; a board may have switched it off."""
    return below(facts, _INSIDE, _FEED, guess=False)


def read(page: Page) -> SourceFacts | None:
    """Read the topics, dated by their first post."""
    feed = read_feed(page)
    threads = of_feed(feed, _TOPIC) if feed is not None else []
    if feed is None or not threads:
        return None
    topics = [_plain(thread) for thread in threads]
    root = page.url.partition("feed.php")[0]
    return forum(Reading(page, "source.phpbb"), "phpBB", feed.site or root, topics)


def _plain(thread: Thread) -> Thread:
    """Take the board's name off a topic's title, and what leads to one post off its address."""
    match = _TOPIC.search(thread.url)
    return replace(
        thread,
        title=thread.title.partition(_SIGN)[2] or thread.title,
        url=thread.url[: match.end()] if match is not None else thread.url,
    )


SOURCE = Source("forum", "phpBB", addresses, read)
