"""MediaWiki: pages, edits and recent changes by its Action API (mediawiki.org, API:Main page)."""

from collections.abc import Sequence
from urllib.parse import quote

from audit.model.exchange import Page
from audit.model.facts import Item, PageFacts, SourceFacts
from audit.model.kinds import ActivityKind
from audit.model.value import Dated, DateSource
from scrapers.parse.readable import each_readable
from scrapers.parse.text import clean
from scrapers.parse.urls import join
from scrapers.parse.values import Json, count_of, field, items, json_of, text_of, time_of
from scrapers.sources.source import Reading, Source

_INSTALLER = "MediaWiki default"
"""Who writes the first page of a new wiki (MediaWiki's installer)."""

_COUNTS = {"articles": ActivityKind.PAGES, "edits": ActivityKind.EDITS}
_QUERY = (
    "action=query&format=json&meta=siteinfo&siprop=general%7Cstatistics"
    "&list=recentchanges&rcprop=title%7Ctimestamp%7Cuser&rctype=edit%7Cnew"
    "&rcnamespace=0&rclimit=500"
)


def addresses(facts: PageFacts) -> Sequence[str]:
    """Return the interface that the page's head names (Really Simple Discovery)."""
    scripts = (url.partition("?")[0] for url in facts.interfaces if "/api.php" in url)
    return [f"{script}?{_QUERY}" for script in dict.fromkeys(scripts)][:1]


def read(page: Page) -> SourceFacts | None:
    """Read counts and recent changes; the installer's own page is nobody's work.

    MediaWiki counts that page and its edit among the others, so both are taken off.
    """
    query = field(json_of(page.body), "query")
    if not isinstance(field(query, "statistics"), dict):
        return None
    listed = items(field(query, "recentchanges"))
    changes = [change for change in listed if change.get("user") != _INSTALLER]
    reading = Reading(page, "source.mediawiki")
    for name, kind in _COUNTS.items():
        count = count_of(field(query, "statistics", name))
        if count is not None:
            reading.add(kind, count - (len(listed) - len(changes)))
    times = [at for change in changes if (at := time_of(change.get("timestamp"))) is not None]
    if times:
        reading.add(ActivityKind.LAST_CHANGE, max(times))
        reading.add(ActivityKind.EDITORS, len({text_of(change.get("user")) for change in changes}))
    return SourceFacts(
        url=join(page.url, text_of(field(query, "general", "base"))) or page.url,
        feature="wiki",
        vendor="MediaWiki",
        figures=tuple(reading.figures),
        items=_new_pages(changes, query),
        evidence=reading.proof(
            f"{field(query, 'general', 'sitename')}: {len(changes)} recent changes"
        ),
    )


def _new_pages(changes: Sequence[Json], query: object) -> tuple[Item, ...]:
    """Return the pages that are new among the changes.

    The wiki says how its addresses are made: a server, which may lack `https:`, and a path such as
    `/wiki/$1`.
    """
    server = text_of(field(query, "general", "server"))
    path = text_of(field(query, "general", "articlepath")) or "/$1"
    root = f"https:{server}" if server.startswith("//") else server
    return tuple(each_readable(changes, lambda change: _new_page(root + path, change)))


def _new_page(pattern: str, change: Json) -> Item | None:
    """Return the page that a change has made; None where it changed one that was there."""
    title, at = text_of(change.get("title")), time_of(change.get("timestamp"))
    name = quote(title.replace(" ", "_"), safe="/:(),")
    url = join(pattern.replace("$1", name), "")
    if change.get("type") != "new" or not title or at is None or url is None:
        return None
    published = Dated(at=at, source=DateSource.FEED)
    return Item(url=url, title=clean(title, 300), published=published)


SOURCE = Source("wiki", "MediaWiki", addresses, read)
