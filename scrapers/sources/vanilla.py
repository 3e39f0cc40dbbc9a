"""Vanilla: the newest discussions by its API v2 (success.vanillaforums.com, API v2 overview)."""

import re
from collections.abc import Sequence

from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from scrapers.parse.text import unescaped
from scrapers.parse.values import Json, digits_of, items, json_of, text_of, time_of
from scrapers.sources.source import Reading, Source
from scrapers.sources.threads import Thread, below, forum, thread, threads_of

_INSIDE = re.compile(r"(?<=/)discussion/\d+(?=/|$)")
_FIELDS = "discussionID,name,url,dateInserted,dateLastComment,pinned"
_QUERY = f"api/v2/discussions?limit=100&sort=-dateInserted&fields={_FIELDS}"


def addresses(facts: PageFacts) -> Sequence[str]:
    """Return the address of the newest discussions, without their texts and authors."""
    return below(facts, _INSIDE, _QUERY)


def read(page: Page) -> SourceFacts | None:
    """Read the discussions; pinned ones come first, whatever the order asked for.

    The list is whole where its `Link` header is there and names no next page.
    """
    discussions = items(json_of(page.body))
    root = page.url.partition("api/v2/")[0]
    threads = threads_of(discussions, lambda discussion: _thread(root, discussion))
    if not threads:
        return None
    links = page.header("link")
    whole = bool(links) and 'rel="next"' not in links
    return forum(Reading(page, "source.vanilla"), "Vanilla", root, threads, whole=whole)


def _thread(root: str, discussion: Json) -> Sequence[Thread]:
    """Read a discussion; its name is written as HTML. One without a reply has no last comment."""
    number = digits_of(discussion.get("discussionID"))
    title = unescaped(text_of(discussion.get("name")))
    began = time_of(discussion.get("dateInserted"))
    last = time_of(discussion.get("dateLastComment")) or began
    path = (discussion.get("url") or f"discussion/{number}") if number else ""
    return [*thread(root, path, title, began, last, pinned=discussion.get("pinned"))]


SOURCE = Source("forum", "Vanilla", addresses, read, also=("Vanilla Forums",))
