"""Discourse: topics, posts and members by its about page as JSON (docs.discourse.org)."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from audit.model.activity import ActivityKind
from audit.model.web import Page, PageFacts, SourceFacts
from scrapers.sources.source import Reading, Source, at, json_of

_COUNTS = (
    ("topics_count", "topic_count", ActivityKind.THREADS),
    ("posts_count", "post_count", ActivityKind.POSTS),
    ("users_count", "user_count", ActivityKind.MEMBERS),
)


def addresses(facts: PageFacts) -> Sequence[str]:
    """The about page at the root of the forum's host."""
    parts = urlsplit(facts.url)
    return [f"{parts.scheme}://{parts.netloc}/about.json"]


def read(page: Page) -> SourceFacts | None:
    """Read the counts; older versions name them in the singular."""
    stats = at(json_of(page), "about", "stats")
    if not isinstance(stats, dict):
        return None
    reading = Reading(page, "source.discourse")
    for name, older, kind in _COUNTS:
        reading.add(kind, stats.get(name, stats.get(older)))
    return SourceFacts(
        url=page.url.removesuffix("about.json"),
        feature="forum",
        vendor="Discourse",
        figures=tuple(reading.figures),
        items=(),
        evidence=reading.proof(f"about: {len(reading.figures)} counts"),
    )


SOURCE = Source("forum", "Discourse", addresses, read)
