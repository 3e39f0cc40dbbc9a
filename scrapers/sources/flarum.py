"""Flarum: the newest discussions by its JSON:API (docs.flarum.org)."""

import re
from collections.abc import Sequence

from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from scrapers.parse.values import Json, digits_of, field, items, json_of, text_of, time_of
from scrapers.sources.source import Reading, Source
from scrapers.sources.threads import Thread, below, forum, thread, threads_of

_INSIDE = re.compile(r"(?<=/)d/\d+(?=-|/|$)")
_QUERY = "api/discussions?sort=-createdAt&page%5Blimit%5D=50"


def addresses(facts: PageFacts) -> Sequence[str]:
    """Return the address of the newest discussions, as many as one answer may hold (50)."""
    return below(facts, _INSIDE, _QUERY)


def read(page: Page) -> SourceFacts | None:
    """Read the discussions; without a further page these are all that a guest can see."""
    payload = json_of(page.body)
    root = page.url.partition("api/discussions")[0]
    entries = items(field(payload, "data"))
    discussions = [entry for entry in entries if entry.get("type") == "discussions"]
    threads = threads_of(discussions, lambda discussion: _thread(root, discussion))
    if not threads:
        return None
    links = field(payload, "links")
    whole = isinstance(links, dict) and not links.get("next") and not links.get("prev")
    return forum(Reading(page, "source.flarum"), "Flarum", root, threads, whole=whole)


def _thread(root: str, discussion: Json) -> Sequence[Thread]:
    """Read a discussion, which stands at `d/41-noise-at-start`.

    Newer versions give its slug with the number (`41-noise-at-start`), older ones without it.
    """
    number, slug = digits_of(discussion.get("id")), text_of(field(discussion, "attributes", "slug"))
    name = slug if slug == number or slug.startswith(f"{number}-") else f"{number}-{slug}"
    return [
        *thread(
            root,
            f"d/{name.rstrip('-')}" if number else "",
            field(discussion, "attributes", "title"),
            time_of(field(discussion, "attributes", "createdAt")),
            time_of(field(discussion, "attributes", "lastPostedAt")),
            pinned=field(discussion, "attributes", "isSticky"),
        )
    ]


SOURCE = Source("forum", "Flarum", addresses, read)
