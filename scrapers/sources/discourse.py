"""Discourse: counts and the newest topics by its pages as JSON (docs.discourse.org)."""

import re
from collections.abc import Sequence

from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from audit.model.kinds import ActivityKind
from scrapers.parse.values import Json, digits_of, field, items, json_of, text_of, time_of
from scrapers.sources.source import Reading, Source
from scrapers.sources.threads import Thread, below, forum, thread, threads_of

_COUNTS = (
    ("topics_count", "topic_count", ActivityKind.THREADS),
    ("posts_count", "post_count", ActivityKind.POSTS),
    ("users_count", "user_count", ActivityKind.MEMBERS),
)
"""Counts of the about page by their names, now and in older versions."""

_INSIDE = re.compile(r"(?<=/)(?:t/[^/?#]+/\d|c/[^/?#]+/\d)")
_NEWEST = "latest.json?order=created"
_PAGES = 3
"""How many pages of topics are read, 30 on each."""


def addresses(facts: PageFacts) -> Sequence[str]:
    """Return the about page and the newest topics, where the forum is installed."""
    pages = [_NEWEST, *(f"{_NEWEST}&page={number}" for number in range(1, _PAGES))]
    return below(facts, _INSIDE, "about.json", *pages)


def read(page: Page) -> SourceFacts | None:
    """Read the counts of the about page, or a page of topics."""
    payload = json_of(page.body)
    reading = Reading(page, "source.discourse")
    stats, topics = field(payload, "about", "stats"), field(payload, "topic_list", "topics")
    if isinstance(stats, dict):
        return _counts(reading, stats)
    if isinstance(topics, list):
        root = page.url.partition("latest.json")[0]
        threads = threads_of(items(topics), lambda topic: _thread(root, topic))
        # Only the first page can be whole: the last of several also names no further one.
        whole = "page=" not in page.url and not field(payload, "topic_list", "more_topics_url")
        return forum(reading, "Discourse", root, threads, whole=whole)
    return None


def _counts(reading: Reading, stats: Json) -> SourceFacts:
    """Read the counts of the about page; older versions name them in the singular."""
    for name, older, kind in _COUNTS:
        reading.add(kind, stats.get(name, stats.get(older)))
    return forum(reading, "Discourse", reading.page.url.removesuffix("about.json"), ())


def _thread(root: str, topic: Json) -> Sequence[Thread]:
    """Read a topic; one whose title leaves no slug, as in Japanese, stands at `t/-/93`."""
    number = digits_of(topic.get("id"))
    path = f"t/{text_of(topic.get('slug')) or '-'}/{number}" if number else ""
    began, last = time_of(topic.get("created_at")), time_of(topic.get("last_posted_at"))
    return [*thread(root, path, topic.get("title"), began, last, pinned=topic.get("pinned"))]


SOURCE = Source("forum", "Discourse", addresses, read)
