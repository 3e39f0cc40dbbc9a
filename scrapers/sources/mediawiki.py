"""MediaWiki: pages, edits and recent changes by its Action API (mediawiki.org, API:Main page)."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from audit.model.activity import ActivityKind
from audit.model.dated import Dated, DateSource
from audit.model.exchange import Page
from audit.model.facts import Item, PageFacts, SourceFacts
from scrapers.parse.readable import each_readable
from scrapers.parse.text import clean
from scrapers.parse.urls import join
from scrapers.sources.source import (
    Reading,
    Source,
    at,
    count_of,
    json_of,
    listed,
    text_of,
    time_of,
)

_INSTALLER = "MediaWiki default"
"""Who writes the first page of a new wiki (MediaWiki's installer)."""

_COUNTS = {"articles": ActivityKind.PAGES, "edits": ActivityKind.EDITS}
_QUERY = (
    "action=query&format=json&meta=siteinfo&siprop=general%7Cstatistics"
    "&list=recentchanges&rcprop=title%7Ctimestamp%7Cuser&rctype=edit%7Cnew"
    "&rcnamespace=0&rclimit=500"
)


def addresses(facts: PageFacts) -> Sequence[str]:
    """The interface that the page's head names (Really Simple Discovery)."""
    found = (url.partition("?")[0] for url in facts.interfaces if "/api.php" in url)
    return [f"{base}?{_QUERY}" for base in dict.fromkeys(found)][:1]


def read(page: Page) -> SourceFacts | None:
    """Read counts and recent changes; the installer's own page is nobody's work."""
    said = at(json_of(page), "query")
    if not isinstance(at(said, "statistics"), dict):
        return None
    changes = listed(at(said, "recentchanges"))
    made = [each for each in changes if each.get("user") != _INSTALLER]
    reading = Reading(page, "source.mediawiki")
    for name, kind in _COUNTS.items():
        count = count_of(at(said, "statistics", name))
        if count is not None:
            reading.add(kind, count - (len(changes) - len(made)))
    times = [time for each in made if (time := time_of(each.get("timestamp"))) is not None]
    if times:
        reading.add(ActivityKind.LAST_CHANGE, max(times))
        reading.add(ActivityKind.EDITORS, len({text_of(each.get("user")) for each in made}))
    return SourceFacts(
        url=join(page.url, text_of(at(said, "general", "base"))) or page.url,
        feature="wiki",
        vendor="MediaWiki",
        figures=tuple(reading.figures),
        items=_pages(made, said),
        evidence=reading.proof(f"{at(said, 'general', 'sitename')}: {len(made)} recent changes"),
    )


def _pages(made: Sequence[Mapping[str, object]], said: object) -> tuple[Item, ...]:
    """The pages that are new."""
    server = text_of(at(said, "general", "server"))
    path = text_of(at(said, "general", "articlepath")) or "/$1"
    root = f"https:{server}" if server.startswith("//") else server
    return tuple(each_readable(made, lambda each: _page(root + path, each)))


def _page(place: str, said: Mapping[str, object]) -> Item | None:
    title, when = text_of(said.get("title")), time_of(said.get("timestamp"))
    name = quote(title.replace(" ", "_"), safe="/:(),")
    url = join(place.replace("$1", name), "")
    if said.get("type") != "new" or not title or when is None or url is None:
        return None
    published = Dated(at=when, source=DateSource.FEED)
    return Item(url=url, title=clean(title, 300), published=published)


SOURCE = Source("wiki", "MediaWiki", addresses, read)
