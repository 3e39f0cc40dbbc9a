"""WordPress: readers' comments by its REST API (developer.wordpress.org/rest-api/reference)."""

from collections.abc import Sequence

from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from audit.model.kinds import ActivityKind
from scrapers.parse.readable import read_json
from scrapers.parse.values import count_of, items, time_of
from scrapers.sources.source import Reading, Source


def addresses(facts: PageFacts) -> Sequence[str]:
    """Return the address of the newest comment, below the root that the page's head names.

    Without pretty addresses the root is a parameter: `/index.php?rest_route=/`.
    """
    roots = [url for url in facts.interfaces if "wp-json" in url or "rest_route" in url]
    mark = "&" if roots and "?" in roots[0] else "?"
    return [f"{root.rstrip('/')}/wp/v2/comments{mark}per_page=1" for root in roots[:1]]


def read(page: Page) -> SourceFacts | None:
    """Read how many comments are public, from the header that counts them, and the last one."""
    total = count_of(page.header("x-wp-total"))
    payload = read_json(page.body)
    if total is None or payload is None:
        return None
    reading = Reading(page, "source.wordpress")
    if total:
        reading.add(ActivityKind.COMMENTS, total)
        for comment in items(payload)[:1]:
            reading.add(ActivityKind.LAST_POST, time_of(comment.get("date_gmt")))
    return SourceFacts(
        url=page.url.partition("/wp/v2/")[0] + "/",
        feature="comments",
        vendor="WordPress comments",
        figures=tuple(reading.figures),
        items=(),
        evidence=reading.proof(f"{total} comments"),
    )


SOURCE = Source("blog-engine", "WordPress", addresses, read)
