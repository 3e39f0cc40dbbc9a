"""Khoros (Lithium): the newest conversations by its query language LiQL (developer.khoros.com)."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from scrapers.parse.text import unescaped
from scrapers.parse.values import Json, digits_of, field, items, json_of, text_of, time_of
from scrapers.sources.source import Reading, Source
from scrapers.sources.threads import Thread, below, forum, thread, threads_of

_INSIDE = re.compile(r"(?<=/)t5/")
_QUERY = (
    "SELECT id, subject, view_href, post_time, conversation FROM messages"
    " WHERE depth = 0 ORDER BY post_time DESC LIMIT 100"
)
_THREADS = frozenset({"forum", "qanda", "idea", "group"})
"""Kinds of conversation that readers begin; blogs and articles are the company's own."""


def addresses(facts: PageFacts) -> Sequence[str]:
    """Return the address of the newest messages that begin a conversation, without texts, authors.

    A message of depth 0 is the first of its conversation; the others are replies.
    """
    return below(facts, _INSIDE, f"api/2.0/search?q={quote(_QUERY)}")


def read(page: Page) -> SourceFacts | None:
    """Read the conversations; the answer does not say how many there are in all."""
    payload = json_of(page.body)
    if field(payload, "status") != "success":
        return None
    root = page.url.partition("api/2.0/")[0]
    messages = items(field(payload, "data", "items"))
    threads = threads_of(messages, lambda message: _thread(root, message))
    if not threads:
        return None
    return forum(Reading(page, "source.khoros"), "Khoros", root, threads)


def _thread(root: str, message: Json) -> Sequence[Thread]:
    """Read a message that begins a conversation of readers; its subject is written as HTML."""
    if not digits_of(message.get("id")):
        return []
    if text_of(field(message, "conversation", "style")) not in _THREADS:
        return []
    title = unescaped(text_of(message.get("subject")))
    return [*thread(root, message.get("view_href"), title, time_of(message.get("post_time")))]


SOURCE = Source("forum", "Khoros", addresses, read, also=("Lithium Community",))
