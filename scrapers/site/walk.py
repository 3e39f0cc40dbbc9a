"""Walk a company's site: fetch, read, decide where to go next, until the budget is used."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from audit.model.exchange import Failure, Kind, Page, Request
from audit.model.facts import DataPage, FeedPage, FigureReading, PageFacts, SitemapPage, SourceFacts
from audit.model.read_list import ReadList
from audit.model.value import Reason
from audit.model.visit import Note
from scrapers.errand import Errand
from scrapers.page.pointed import unread_in_feed
from scrapers.site.archives import Archives
from scrapers.site.drawn import joined, worth_drawing
from scrapers.site.forwarding import MAX_FORWARDS, failed, gated, sent_on
from scrapers.site.frontier import Frontier
from scrapers.site.mapped import MappedPage
from scrapers.site.reading import Reading, read_and_pack, read_answer, unread
from scrapers.site.recall import Recall
from scrapers.site.saved import read_saved
from scrapers.workers.readers import OverrunError, kind_of

log = logging.getLogger(__name__)

_GONE = frozenset({Reason.HTTP_404, Reason.HTTP_410, Reason.UNSUPPORTED_SCHEME})
"""Why a page is not there for anybody; every other failure says nothing of what it holds."""


@dataclass(slots=True)
class Walk:
    """What a walk has read so far, in the order in which it was read.

    `lost` are those of the failures that were asked for as pages and may be there all the same,
    `gone` those to which a link led and which are not there for anybody.
    `readings` are the figures that a person points at, one for each page that was asked for one,
    `sitemaps` hold what may be posts in them.
    `drawn` counts the pages that a browser was asked to draw, `undrawn` holds why it could not.
    `lists` are those that were read without a gap.
    """

    pages: list[PageFacts] = field(default_factory=list)
    feeds: list[FeedPage] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    lost: list[Failure] = field(default_factory=list)
    gone: list[Failure] = field(default_factory=list)
    sources: list[SourceFacts] = field(default_factory=list)
    readings: list[FigureReading] = field(default_factory=list)
    sitemaps: list[MappedPage] = field(default_factory=list)
    drawn: int = 0
    undrawn: list[Failure] = field(default_factory=list)
    lists: tuple[ReadList, ...] = ()


async def walk(errand: Errand, trip: Walk) -> list[Note]:
    """Fetch and read one address after the other while the budget lasts; fill `trip`.

    Returns what was left unread for want of budget or time. What was read before a bug ends the
    walk stays in `trip`.
    """
    frontier = frontier_of(errand)
    for request in requests_of(frontier, errand):
        # One request after the other: a site is asked for no two pages at once.
        answer, reading = await arrived(request, errand, frontier, trip)
        # The company's time is over: every further request would get the same answer.
        if isinstance(answer, Failure) and answer.reason is Reason.BUDGET:
            note = Note(what="time", reason=answer.reason, detail=answer.detail)
            return [note, *frontier.notes()]
        keep(reading, request, frontier, trip)
        # The start page may have led to another host, whose robots.txt names the sitemaps.
        if request.why == "start" and trip.pages:
            frontier.add_robots(await errand.session.robots(trip.pages[0].url))
        if request.why == "also" and isinstance(reading, PageFacts):
            frontier.add_robots_of(reading.url, await errand.session.robots(reading.url))
        errand.progress(len(trip.pages), errand.plan.pages, request.url)
    trip.lists = frontier.archives.read_lists()
    return frontier.notes()


def requests_of(frontier: Frontier, errand: Errand) -> Iterator[Request]:
    """Yield what to ask for next; at last pages that had posts in the run before, or were saved.

    Those that links or feeds have led to are not asked for twice.
    """
    yield from iter(frontier.next, None)
    former = errand.session.remembered("former pages", lambda: list(errand.former) or None)
    if isinstance(former, list):
        frontier.ask_again([url for url in former if isinstance(url, str)])
    frontier.ask_again(errand.session.saved_of(errand.company.addresses).pages)
    yield from iter(frontier.next, None)


def frontier_of(errand: Errand) -> Frontier:
    """Return the frontier of a company's site, with nothing but what is planned on it."""
    rules = errand.rules
    since = errand.window.start
    archives = Archives(since, Recall(since, errand.lists, errand.session.remembered))
    return Frontier(errand.plan, rules.words, rules.catalogue.hosted, archives)


async def arrived(
    request: Request, errand: Errand, frontier: Frontier, trip: Walk
) -> tuple[Page | Failure, Reading]:
    """Fetch and read what a request asks for, drawn first where only a browser shows what is there.

    What is read stands behind every page that only sends its reader on.
    """
    answer, reading = await _sent(request, errand, frontier)
    if isinstance(reading, PageFacts) and isinstance(answer, Page):
        reading = await _drawn(reading, answer, request, errand, trip)
    return answer, reading


async def _sent(
    request: Request, errand: Errand, frontier: Frontier
) -> tuple[Page | Failure, Reading]:
    """Fetch and read what a request asks for, behind every page that only sends its reader on.

    Each step is fetched as if it had been asked for itself: robots.txt, addresses and limits hold.
    """
    visited: set[str] = set()
    target, guessed = request.url, False
    while True:
        visited.add(target)
        answer = await errand.session.fetch(replace(request, url=target))
        if isinstance(answer, Failure):
            return answer, answer if target == request.url else sent_on(request, answer, target)
        reading = gated(request, answer) or await _read(answer, request, errand)
        if not isinstance(reading, PageFacts) or not reading.forwards.urls:
            break
        if not frontier.follows(request, reading.forwards.urls[0]):
            break
        guessed = guessed or reading.forwards.drawn_by_browser
        target, *others = reading.forwards.urls
        frontier.add_frames(others)
        if target in visited or len(visited) > MAX_FORWARDS:
            words = f"sends its reader on without an end, to {target}"
            return answer, failed(request, answer, Reason.REDIRECT_LOOP, words)
    if isinstance(reading, PageFacts) and target != request.url:
        reading = replace(reading, requested_url=request.url, behind_browser=guessed)
    return answer, reading


async def _read(answer: Page, request: Request, errand: Errand) -> Reading:
    """Read an answer; one that takes too long, or a bug in a reader, costs this page only."""
    # Of what a person saved nothing is kept on the disk.
    key = "" if answer.saved else errand.kept.key(answer, request, errand.rules.headers)
    kept = errand.kept.find(key, answer)
    if kept is not None:
        return kept
    try:
        if answer.saved:
            return await read_saved(answer, request, errand)
        if not key:
            return await errand.readers.run(read_answer, answer, request)
        reading, entry = await errand.readers.run(read_and_pack, answer, request)
    except OverrunError as error:
        return unread(answer, error.reason, error.detail)
    except Exception as error:
        log.exception("reading %s failed", request.url)
        detail = f"{kind_of(error)} while reading the page"
        return unread(answer, Reason.INTERNAL_ERROR, detail)
    errand.kept.keep(key, entry)
    return reading


async def _drawn(
    facts: PageFacts, page: Page, request: Request, errand: Errand, trip: Walk
) -> PageFacts:
    """Have a page drawn where that is worth it, and return its facts; the HTML's are kept.

    Where no browser could draw it, `trip` remembers why.
    """
    # A page that a person saved was drawn in that person's browser.
    if request.known or page.saved or not worth_drawing(facts, errand.plan.browser, trip.drawn):
        return facts
    trip.drawn += 1
    answer = await errand.session.draw(page)
    if isinstance(answer, Failure):
        trip.undrawn.append(answer)
        return facts
    drawn = await _read(answer, request, errand)
    return joined(facts, drawn) if isinstance(drawn, PageFacts) else facts


def keep(reading: Reading, request: Request, frontier: Frontier, trip: Walk) -> None:
    """Remember what was read, and hand it on to the frontier."""
    match reading:
        case PageFacts():
            trip.pages.append(reading)
            trip.readings += reading.readings
            frontier.add_page(reading)
        case FeedPage():
            trip.feeds.append(reading)
            trip.readings += unread_in_feed(request.figures)
            frontier.add_feed(reading)
        case SitemapPage():
            frontier.add_sitemap(reading)
            trip.sitemaps = frontier.archives.sitemaps
        case SourceFacts():
            trip.sources.append(reading)
        case DataPage():
            trip.readings += reading.readings
        case Failure():
            trip.failures.append(reading)
            if request.kind is Kind.PAGE:
                (trip.gone if reading.reason in _GONE else trip.lost).append(reading)
            frontier.add_failure(request, reading)
