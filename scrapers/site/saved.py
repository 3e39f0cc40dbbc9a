"""Read a page of the company's site that a person saved: as any page, and kept more sparingly.

Nothing of the page is archived, so what was read of it is remembered for a replay. Who saved it may
have been logged in: words of links that name no part of a site, addresses that hold an e-mail
address and e-mail addresses in words are left out before anything goes on.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from audit.model.exchange import Failure, Page, Request
from audit.model.facts import PageFacts
from audit.model.value import Reason
from scrapers.errand import Errand
from scrapers.kept.codec import UnfitError, packed, unpacked
from scrapers.kept.readings import KeptReading
from scrapers.page.rules import Rules
from scrapers.page.words import LinkWords
from scrapers.saved.page import without_counter
from scrapers.site.reading import Reading, read_answer, unread
from scrapers.workers.readers import OverrunError

_MAIL = re.compile(r"[\w.+-]{1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_NOT_KEPT = "what was read of the saved page was not kept, and the page is not in the archive"


async def read_saved(page: Page, request: Request, errand: Errand) -> Reading:
    """Return what a saved page of the site says, or what was remembered of it in a replay.

    Raises:
        OverrunError: it takes more time or memory than a page may.
        FaultError: a bug in a reader.
    """
    name = f"reading {request.kind} {request.url}"
    kept = errand.session.remembered(name, _nothing)
    if kept is not None:
        return _restored(kept, page)
    try:
        reading, text = await errand.readers.run(read_discreetly, page, request)
    except OverrunError as error:
        reading, text = unread(page, error.reason, error.detail), ""
    errand.session.remembered(name, lambda: _remembered(reading, text))
    return reading


def read_discreetly(rules: Rules, page: Page, request: Request) -> tuple[Reading, str]:
    """Return what a page says without what is its reader's own, and the same as text; in a worker.

    The text is empty where it cannot be written.
    """
    reading = read_answer(rules, page, request)
    if isinstance(reading, Failure):
        return reading, ""
    if isinstance(reading, PageFacts):
        reading = _discreet(reading, rules.words)
    try:
        text = _MAIL.sub("…", packed(reading, page).decode())
        read_back = unpacked(text.encode(), page)
    except (UnfitError, ValueError):
        return unread(page, Reason.BAD_CONTENT, "holds what cannot be kept"), ""
    return (read_back, text) if isinstance(read_back, KeptReading) else (reading, text)


def _discreet(facts: PageFacts, words: LinkWords) -> PageFacts:
    """Leave out the words of links that name no part of a site: they may name a person."""
    links = (
        link if words.of_text(link.text) else replace(link, text="")
        for link in facts.links
        if "@" not in link.url and "%40" not in link.url
    )
    return replace(facts, title=without_counter(facts.title), links=tuple(links))


def _nothing() -> None:
    """Remember nothing yet."""


def _remembered(reading: Reading, text: str) -> object:
    """Return what a replay finds of a reading."""
    if isinstance(reading, Failure):
        return {"reason": reading.reason.value, "detail": reading.detail}
    return text or None


def _restored(kept: object, page: Page) -> Reading:
    """Return a reading as it was remembered; a failure where that is damaged."""
    if isinstance(kept, Mapping):
        return unread(page, Reason(str(kept["reason"])), str(kept["detail"]))
    try:
        reading = unpacked(str(kept).encode(), page)
    except ValueError:
        reading = None
    if isinstance(reading, KeptReading):
        return reading
    return unread(page, Reason.NOT_CHECKED, _NOT_KEPT)
