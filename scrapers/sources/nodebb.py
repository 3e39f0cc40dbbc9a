"""NodeBB: counts and the last active topics by its read API (docs.nodebb.org/api/read)."""

import re
from collections.abc import Mapping, Sequence

from audit.model.activity import ActivityKind
from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from scrapers.sources.source import Reading, Source, count_of, json_of, listed, text_of, time_of
from scrapers.sources.threads import Thread, below, forum, id_of, thread, threads_of

_INSIDE = re.compile(r"(?<=/)(?:topic|category)/\d+(?=/|$)")
_COUNTS = {
    "totalTopicCount": ActivityKind.THREADS,
    "totalPostCount": ActivityKind.POSTS,
}


def addresses(facts: PageFacts) -> Sequence[str]:
    """The topics in the order of their last post, and the categories."""
    return below(facts, _INSIDE, "api/recent", "api/categories")


def read(page: Page) -> SourceFacts | None:
    """Read a list of topics, or the counts of the categories."""
    said = json_of(page)
    reading = Reading(page, "source.nodebb")
    root = re.split(r"api/(?:recent|categories)", page.url)[0]
    topics, categories = listed(said.get("topics")), listed(said.get("categories"))
    threads = threads_of(topics, lambda topic: _thread(root, topic))
    if threads:
        total = said.get("topicCount")
        reading.add(ActivityKind.THREADS, total)
        whole = isinstance(total, int) and total <= len(topics)
        return forum(reading, "NodeBB", root, threads, whole=whole, by_last=True)
    for name, kind in _COUNTS.items():
        counts = [count_of(each.get(name)) for each in categories]
        numbers = [count for count in counts if count is not None]
        if numbers and len(numbers) == len(counts):
            reading.add(kind, sum(numbers))
    if not reading.figures:
        return None
    reading.add(ActivityKind.CATEGORIES, len(categories))
    return forum(reading, "NodeBB", root, ())


def _thread(root: str, topic: Mapping[str, object]) -> Sequence[Thread]:
    """A topic, unless it was taken away; its slug begins with its number."""
    slug = text_of(topic.get("slug")) or id_of(topic.get("tid"))
    if topic.get("deleted") or not id_of(topic.get("tid")):
        return []
    began, last = time_of(topic.get("timestampISO")), time_of(topic.get("lastposttimeISO"))
    title = topic.get("titleRaw") or topic.get("title")
    return [*thread(root, f"topic/{slug}", title, began, last, pinned=topic.get("pinned"))]


SOURCE = Source("forum", "NodeBB", addresses, read)
