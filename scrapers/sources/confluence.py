"""Confluence: pages and the last change by its REST search (developer.atlassian.com)."""

from collections.abc import Sequence

from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from audit.model.kinds import ActivityKind
from scrapers.parse.urls import split
from scrapers.parse.values import count_of, field, items, json_of, time_of
from scrapers.sources.source import Reading, Source

_QUERY = "rest/api/search?cql=type%3Dpage%20order%20by%20lastmodified%20desc&limit=1"
_INSIDE = ("display", "spaces", "pages", "x")
"""First segments of the paths within a wiki; what stands before them is where it is installed."""


def addresses(facts: PageFacts) -> Sequence[str]:
    """Return the search of the wiki that the page belongs to, below the path it is installed at."""
    parts = split(facts.url)
    base: list[str] = []
    for part in parts.path.split("/")[1:]:
        if part in _INSIDE or "." in part or not part:
            break
        base.append(part)
    path = "/".join(["", *base[:1]])
    return [f"{parts.scheme}://{parts.netloc}{path}/{_QUERY}"]


def read(page: Page) -> SourceFacts | None:
    """Read how many pages a reader without an account can see, and when one last changed."""
    payload = json_of(page.body)
    total = count_of(field(payload, "totalSize"))
    if total is None:
        return None
    reading = Reading(page, "source.confluence")
    reading.add(ActivityKind.PAGES, total)
    for newest in items(field(payload, "results"))[:1]:
        reading.add(ActivityKind.LAST_CHANGE, time_of(newest.get("lastModified")))
    return SourceFacts(
        url=page.url.partition("/rest/api/")[0] + "/",
        feature="wiki",
        vendor="Confluence",
        figures=tuple(reading.figures),
        items=(),
        evidence=reading.proof(f"{total} pages"),
    )


SOURCE = Source("wiki", "Confluence", addresses, read)
