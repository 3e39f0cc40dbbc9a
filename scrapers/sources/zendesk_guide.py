"""Zendesk Guide: articles of a help centre by its public API (developer.zendesk.com)."""

from collections.abc import Sequence

from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from audit.model.kinds import ActivityKind
from scrapers.parse.urls import split
from scrapers.parse.values import count_of, items, json_of, object_of, time_of
from scrapers.sources.source import Reading, Source

_QUERY = "api/v2/help_center/articles.json?per_page=1&sort_by=updated_at&sort_order=desc"


def addresses(facts: PageFacts) -> Sequence[str]:
    """Return the address of the articles on the page's host, where it is a help centre (`/hc`)."""
    parts = split(facts.url)
    return [f"{parts.scheme}://{parts.netloc}/{_QUERY}"] if "/hc" in parts.path else []


def read(page: Page) -> SourceFacts | None:
    """Read how many articles everybody can see, and when one was last changed."""
    payload = object_of(json_of(page.body))
    count = count_of(payload.get("count"))
    if count is None or "articles" not in payload:
        return None
    reading = Reading(page, "source.zendesk_guide")
    reading.add(ActivityKind.ARTICLES, count)
    for article in items(payload["articles"])[:1]:
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
