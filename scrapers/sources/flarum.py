"""Flarum: the newest discussions by its JSON:API (docs.flarum.org)."""

import re
from collections.abc import Mapping, Sequence

from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from scrapers.sources.source import Reading, Source, at, json_of, listed, text_of, time_of
from scrapers.sources.threads import Thread, below, forum, id_of, thread, threads_of

_INSIDE = re.compile(r"(?<=/)d/\d+(?=-|/|$)")
_QUERY = "api/discussions?sort=-createdAt&page%5Blimit%5D=50"


def addresses(facts: PageFacts) -> Sequence[str]:
    """The newest discussions, as many as one answer may hold."""
    return below(facts, _INSIDE, _QUERY)


def read(page: Page) -> SourceFacts | None:
    """Read the discussions; without a further page these are all that a guest can see."""
    said = json_of(page)
    root = page.url.partition("api/discussions")[0]
    found = [each for each in listed(said.get("data")) if each.get("type") == "discussions"]
    threads = threads_of(found, lambda each: _thread(root, each))
    if not threads:
        return None
    links = said.get("links")
    whole = isinstance(links, dict) and not links.get("next") and not links.get("prev")
    return forum(Reading(page, "source.flarum"), "Flarum", root, threads, whole=whole)


def _thread(root: str, said: Mapping[str, object]) -> Sequence[Thread]:
    """A discussion; older versions give its name without the number that its address begins by."""
    number, slug = id_of(said.get("id")), text_of(at(said, "attributes", "slug"))
    name = slug if slug == number or slug.startswith(f"{number}-") else f"{number}-{slug}"
    return [
        *thread(
            root,
            f"d/{name.rstrip('-')}" if number else "",
            at(said, "attributes", "title"),
            time_of(at(said, "attributes", "createdAt")),
            time_of(at(said, "attributes", "lastPostedAt")),
            pinned=at(said, "attributes", "isSticky"),
        )
    ]


SOURCE = Source("forum", "Flarum", addresses, read)
