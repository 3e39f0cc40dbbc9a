"""NodeBB: counts and the last active topics by its read API (docs.nodebb.org/api/read)."""

import re
from collections.abc import Sequence

from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from audit.model.kinds import ActivityKind
from scrapers.parse.values import Json, count_of, digits_of, field, items, json_of, text_of, time_of
from scrapers.sources.source import Reading, Source
from scrapers.sources.threads import Thread, below, forum, thread, threads_of

_INSIDE = re.compile(r"(?<=/)(?:topic|category)/\d+(?=/|$)")
_COUNTS = {
    "totalTopicCount": ActivityKind.THREADS,
    "totalPostCount": ActivityKind.POSTS,
}


def addresses(facts: PageFacts) -> Sequence[str]:
    """Return the topics in the order of their last post, and the categories."""
    return below(facts, _INSIDE, "api/recent", "api/categories")


def read(page: Page) -> SourceFacts | None:
    """Read a list of topics, or the counts of the categories."""
    payload = json_of(page.body)
    reading = Reading(page, "source.nodebb")
    root = re.split(r"api/(?:recent|categories)", page.url)[0]
    topics = items(field(payload, "topics"))
    threads = threads_of(topics, lambda topic: _thread(root, topic))
    if threads:
        total = field(payload, "topicCount")
        reading.add(ActivityKind.THREADS, total)
        whole = isinstance(total, int) and total <= len(topics)
        return forum(reading, "NodeBB", root, threads, whole=whole, by_last=True)
    categories = items(field(payload, "categories"))
    _add_counts(reading, categories)
    if not reading.figures:
        return None
    reading.add(ActivityKind.CATEGORIES, len(categories))
    return forum(reading, "NodeBB", root, ())


def _add_counts(reading: Reading, categories: Sequence[Json]) -> None:
    """Add up the counts of the categories; a sum that lacks one of them is none."""
    for name, kind in _COUNTS.items():
        counts = [count_of(category.get(name)) for category in categories]
        numbers = [count for count in counts if count is not None]
        if numbers and len(numbers) == len(counts):
            reading.add(kind, sum(numbers))


def _thread(root: str, topic: Json) -> Sequence[Thread]:
    """Read a topic, unless it was taken away; its slug begins with its number."""
    number = digits_of(topic.get("tid"))
    if topic.get("deleted") or not number:
        return []
    slug = text_of(topic.get("slug")) or number
    began, last = time_of(topic.get("timestampISO")), time_of(topic.get("lastposttimeISO"))
    # `title` is written as HTML; `titleRaw` is what its author wrote.
    title = topic.get("titleRaw") or topic.get("title")
    return [*thread(root, f"topic/{slug}", title, began, last, pinned=topic.get("pinned"))]


SOURCE = Source("forum", "NodeBB", addresses, read)
