"""Vanilla: the newest discussions by its API v2 (success.vanillaforums.com, API v2 overview)."""

import re
from collections.abc import Mapping, Sequence

from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from scrapers.parse.readable import read_json
from scrapers.parse.text import unescaped
from scrapers.sources.source import Reading, Source, listed, text_of, time_of
from scrapers.sources.threads import Thread, below, forum, id_of, thread, threads_of

_INSIDE = re.compile(r"(?<=/)discussion/\d+(?=/|$)")
_FIELDS = "discussionID,name,url,dateInserted,dateLastComment,pinned"
_QUERY = f"api/v2/discussions?limit=100&sort=-dateInserted&fields={_FIELDS}"


def addresses(facts: PageFacts) -> Sequence[str]:
    """The newest discussions, without their texts and authors."""
    return below(facts, _INSIDE, _QUERY)


def read(page: Page) -> SourceFacts | None:
    """Read the discussions; pinned ones come first, whatever the order asked for."""
    found = listed(read_json(page.body))
    root = page.url.partition("api/v2/")[0]
    threads = threads_of(found, lambda each: _thread(root, each))
    if not threads:
        return None
    links = page.header("link")
    whole = bool(links) and 'rel="next"' not in links
    return forum(Reading(page, "source.vanilla"), "Vanilla", root, threads, whole=whole)


def _thread(root: str, said: Mapping[str, object]) -> Sequence[Thread]:
    """A discussion; its name is written as HTML."""
    number, title = id_of(said.get("discussionID")), unescaped(text_of(said.get("name")))
    began, last = time_of(said.get("dateInserted")), time_of(said.get("dateLastComment"))
    path = (said.get("url") or f"discussion/{number}") if number else ""
    return [*thread(root, path, title, began, last or began, pinned=said.get("pinned"))]


SOURCE = Source("forum", "Vanilla", addresses, read, also=("Vanilla Forums",))
