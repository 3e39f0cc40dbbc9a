"""Khoros (Lithium): the newest conversations by its query language LiQL (developer.khoros.com)."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from scrapers.parse.text import unescaped
from scrapers.sources.source import Reading, Source, at, json_of, listed, text_of, time_of
from scrapers.sources.threads import Thread, below, forum, id_of, thread, threads_of

_INSIDE = re.compile(r"(?<=/)t5/")
_QUERY = (
    "SELECT id, subject, view_href, post_time, conversation FROM messages"
    " WHERE depth = 0 ORDER BY post_time DESC LIMIT 100"
)
_THREADS = frozenset({"forum", "qanda", "idea", "group"})
"""Kinds of conversation that readers begin; blogs and articles are the company's own."""


def addresses(facts: PageFacts) -> Sequence[str]:
    """The newest messages that begin a conversation, without texts and authors."""
    return below(facts, _INSIDE, f"api/2.0/search?q={quote(_QUERY)}")


def read(page: Page) -> SourceFacts | None:
    """Read the conversations; how many there are in all is not said."""
    said = json_of(page)
    if said.get("status") != "success":
        return None
    root = page.url.partition("api/2.0/")[0]
    threads = threads_of(listed(at(said, "data", "items")), lambda each: _thread(root, each))
    if not threads:
        return None
    return forum(Reading(page, "source.khoros"), "Khoros", root, threads)


def _thread(root: str, said: Mapping[str, object]) -> Sequence[Thread]:
    if not id_of(said.get("id")) or text_of(at(said, "conversation", "style")) not in _THREADS:
        return []
    title = unescaped(text_of(said.get("subject")))
    return [*thread(root, said.get("view_href"), title, time_of(said.get("post_time")))]


SOURCE = Source("forum", "Khoros", addresses, read, also=("Lithium Community",))
