"""Zendesk Guide: articles of a help centre by its public API (developer.zendesk.com)."""

from collections.abc import Sequence

from audit.model.activity import ActivityKind
from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from scrapers.parse.urls import split
from scrapers.sources.source import Reading, Source, count_of, json_of, listed, time_of

_QUERY = "api/v2/help_center/articles.json?per_page=1&sort_by=updated_at&sort_order=desc"


def addresses(facts: PageFacts) -> Sequence[str]:
    """The articles of the help centre on the page's host."""
    parts = split(facts.url)
    return [f"{parts.scheme}://{parts.netloc}/{_QUERY}"] if "/hc" in parts.path else []


def read(page: Page) -> SourceFacts | None:
    """Read how many articles everybody can see, and when one was last changed."""
    said = json_of(page)
    count = count_of(said.get("count"))
    if count is None or "articles" not in said:
        return None
    reading = Reading(page, "source.zendesk_guide")
    reading.add(ActivityKind.ARTICLES, count)
    for article in listed(said["articles"])[:1]:
        reading.add(ActivityKind.LAST_CHANGE, time_of(article.get("updated_at")))
    return SourceFacts(
        url=page.url.partition("/api/")[0] + "/hc",
        feature="knowledge-base",
        vendor="Zendesk Guide",
        figures=tuple(reading.figures),
        items=(),
        evidence=reading.proof(f"{count} articles"),
    )


SOURCE = Source("knowledge-base", "Zendesk Guide", addresses, read)
