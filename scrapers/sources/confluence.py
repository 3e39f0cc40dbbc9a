"""Confluence: pages and the last change by its REST search (developer.atlassian.com)."""

from collections.abc import Sequence

from audit.model.activity import ActivityKind
from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from scrapers.parse.urls import split
from scrapers.sources.source import Reading, Source, count_of, json_of, listed, time_of

_QUERY = "rest/api/search?cql=type%3Dpage%20order%20by%20lastmodified%20desc&limit=1"
_INSIDE = ("display", "spaces", "pages", "x")


def addresses(facts: PageFacts) -> Sequence[str]:
    """The search of the wiki that the page belongs to, below the path that it is installed at."""
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
    said = json_of(page)
    found = listed(said.get("results"))
    total = count_of(said.get("totalSize"))
    if total is None:
        return None
    reading = Reading(page, "source.confluence")
    reading.add(ActivityKind.PAGES, total)
    if found:
        reading.add(ActivityKind.LAST_CHANGE, time_of(found[0].get("lastModified")))
    return SourceFacts(
        url=page.url.partition("/rest/api/")[0] + "/",
        feature="wiki",
        vendor="Confluence",
        figures=tuple(reading.figures),
        items=(),
        evidence=reading.proof(f"{total} pages"),
    )


SOURCE = Source("wiki", "Confluence", addresses, read)
