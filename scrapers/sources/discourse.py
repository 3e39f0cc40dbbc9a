"""Discourse: counts and the newest topics by its pages as JSON (docs.discourse.org)."""

import re
from collections.abc import Mapping, Sequence

from audit.model.activity import ActivityKind
from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from scrapers.sources.source import Reading, Source, at, json_of, listed, text_of, time_of
from scrapers.sources.threads import Thread, below, forum, id_of, thread, threads_of

_COUNTS = (
    ("topics_count", "topic_count", ActivityKind.THREADS),
    ("posts_count", "post_count", ActivityKind.POSTS),
    ("users_count", "user_count", ActivityKind.MEMBERS),
)
_INSIDE = re.compile(r"(?<=/)(?:t/[^/?#]+/\d|c/[^/?#]+/\d)")
_NEWEST = "latest.json?order=created"
_PAGES = 3
"""How many pages of topics are read, 30 on each."""


def addresses(facts: PageFacts) -> Sequence[str]:
    """The about page and the newest topics, where the forum is installed."""
    pages = [_NEWEST, *(f"{_NEWEST}&page={number}" for number in range(1, _PAGES))]
    return below(facts, _INSIDE, "about.json", *pages)


def read(page: Page) -> SourceFacts | None:
    """Read the counts, or a page of topics."""
    said = json_of(page)
    reading = Reading(page, "source.discourse")
    stats, found = at(said, "about", "stats"), at(said, "topic_list", "topics")
    if isinstance(stats, dict):
        return _counts(reading, stats)
    if isinstance(found, list):
        root = page.url.partition("latest.json")[0]
        threads = threads_of(listed(found), lambda topic: _thread(root, topic))
        whole = "page=" not in page.url and not at(said, "topic_list", "more_topics_url")
        return forum(reading, "Discourse", root, threads, whole=whole)
    return None


def _counts(reading: Reading, stats: Mapping[str, object]) -> SourceFacts:
    """The counts of the about page; older versions name them in the singular."""
    for name, older, kind in _COUNTS:
        reading.add(kind, stats.get(name, stats.get(older)))
    return forum(reading, "Discourse", reading.page.url.removesuffix("about.json"), ())


def _thread(root: str, topic: Mapping[str, object]) -> Sequence[Thread]:
    number = id_of(topic.get("id"))
    path = f"t/{text_of(topic.get('slug')) or '-'}/{number}" if number else ""
    began, last = time_of(topic.get("created_at")), time_of(topic.get("last_posted_at"))
    return [*thread(root, path, topic.get("title"), began, last, pinned=topic.get("pinned"))]


SOURCE = Source("forum", "Discourse", addresses, read)
