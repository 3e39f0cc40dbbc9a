"""Askbot: counts and the newest questions by its read-only API (askbot.com, api/v1)."""

import re
from collections.abc import Sequence

from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from audit.model.kinds import ActivityKind
from scrapers.parse.values import Json, count_of, field, items, json_of, object_of, time_of
from scrapers.sources.source import Reading, Source
from scrapers.sources.threads import Thread, below, forum, thread, threads_of

_INSIDE = re.compile(r"(?<=/)(?:question/\d+/|questions/(?:$|scope:|ask/))")
_NEWEST = "api/v1/questions/?sort=age-desc"
_PAGES = 3
"""How many pages of questions are read; a page is as long as the board's own lists."""


def addresses(facts: PageFacts) -> Sequence[str]:
    """Return the newest questions and the counts, where the board is installed."""
    pages = [_NEWEST, *(f"{_NEWEST}&page={number}" for number in range(2, _PAGES + 1))]
    return below(facts, _INSIDE, *pages, "api/v1/info/")


def read(page: Page) -> SourceFacts | None:
    """Read the counts of the whole board, or a page of questions."""
    payload = object_of(json_of(page.body))
    reading = Reading(page, "source.askbot")
    root = page.url.partition("api/v1/")[0]
    questions = items(payload.get("questions"))
    if questions:
        reading.add(ActivityKind.THREADS, count_of(payload.get("count")))
        threads = threads_of(questions, lambda question: _thread(root, question))
        whole = payload.get("pages") == 1
        return forum(reading, "Askbot", root, threads, whole=whole) if threads else None
    if (count := count_of(payload.get("questions"))) is None:
        return None
    reading.add(ActivityKind.THREADS, count)
    reading.add(ActivityKind.REPLIES, count_of(payload.get("answers")))
    reading.add(ActivityKind.MEMBERS, count_of(payload.get("users")))
    return forum(reading, "Askbot", root, ())


def _thread(root: str, question: Json) -> Sequence[Thread]:
    """Read a question; times are seconds of the epoch, as texts."""
    began, last = time_of(question.get("added_at")), time_of(question.get("last_activity_at"))
    return [*thread(root, field(question, "url"), question.get("title"), began, last)]


SOURCE = Source("forum", "Askbot", addresses, read)
