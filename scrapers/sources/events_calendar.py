"""The Events Calendar (WordPress): coming events by its REST API (docs.theeventscalendar.com)."""

from collections.abc import Sequence

from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from audit.model.kinds import ActivityKind
from scrapers.parse.urls import split
from scrapers.parse.values import count_of, items, json_of, object_of, text_of, time_of
from scrapers.sources.source import Reading, Source


def addresses(facts: PageFacts) -> Sequence[str]:
    """Return the address of the site's coming events."""
    parts = split(facts.url)
    return [f"{parts.scheme}://{parts.netloc}/wp-json/tribe/events/v1/events?per_page=1"]


def read(page: Page) -> SourceFacts | None:
    """Read how many events are to come, and when the next one begins."""
    payload = object_of(json_of(page.body))
    total = count_of(payload.get("total"))
    if total is None or "events" not in payload:
        return None
    reading = Reading(page, "source.events_calendar")
    reading.add(ActivityKind.EVENTS, total)
    for event in items(payload["events"])[:1]:
        # The interface writes "2026-12-04 08:00:00", in UTC and without saying so.
        begins = text_of(event.get("utc_start_date")).replace(" ", "T")
        reading.add(ActivityKind.NEXT_EVENT, time_of(begins))
    return SourceFacts(
        url=page.url.partition("/wp-json/")[0] + "/",
        feature="events",
        vendor="The Events Calendar",
        figures=tuple(reading.figures),
        items=(),
        evidence=reading.proof(f"{total} events to come"),
    )


SOURCE = Source("events", "The Events Calendar", addresses, read)
