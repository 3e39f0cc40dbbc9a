"""Drive the visit of one company's website: fetch, read, decide where to go next, then conclude."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from audit.model.channel import Channel
from audit.model.company import BrowserMode
from audit.model.exchange import Failure, Page, Request
from audit.model.facts import FeedPage, PageFacts, SitemapPage, SourceFacts
from audit.model.plan import CompanyPlan
from audit.model.result import Window
from audit.model.value import Reason, Unknown
from audit.model.visit import Note, Visit
from scrapers.channels.audiences import with_audiences
from scrapers.channels.course import Beyond, with_profiles
from scrapers.channels.named import decide_channels
from scrapers.channels.overlap import Vault
from scrapers.page.rules import Rules
from scrapers.session import Session
from scrapers.site.conclusion import Conclusion, conclude
from scrapers.site.drawn import joined, worth_drawing
from scrapers.site.frontier import Frontier
from scrapers.site.look import Look
from scrapers.site.notes import browser_notes, bug_notes, cut_notes, cut_off, start_notes, start_of
from scrapers.site.reading import Read, read_answer, unread
from scrapers.workers.pool import OverrunError, Readers, kind_of

log = logging.getLogger(__name__)

_REPORT = "please report this address; the log in the data folder has the details"

Progress = Callable[[int, int, str], None]
"""Called after each fetch with pages read, page budget and the address."""


@dataclass(slots=True)
class _Findings:
    """What has been read so far, in the order in which it was read."""

    pages: list[PageFacts] = field(default_factory=list)
    feeds: list[FeedPage] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    sources: list[SourceFacts] = field(default_factory=list)
    drawn: int = 0
    undrawn: list[Failure] = field(default_factory=list)


async def visit(
    plan: CompanyPlan,
    session: Session,
    readers: Readers[Rules],
    window: Window,
    progress: Progress,
    vault: Vault | None = None,
) -> Visit:
    """Visit one company's website and conclude what it has; what the world does is a value.

    A bug of ours costs a page, or at worst this company, and never the run. `vault` takes hashes
    of sampled followers, where the run compares companies by them.
    """
    found, notes = _Findings(), list[Note]()
    try:
        notes += await _walk(plan, session, readers, window, progress, found)
        seen = await _concluded(plan, session, readers, window, found, notes)
    except OverrunError as error:
        why = Unknown(
            reason=error.reason, detail=f"concluding from {len(found.pages)} pages: {error}"
        )
        return _broken(session, why, "lower settings.max_pages_per_site")
    except Exception as error:
        log.exception("the visit of %s failed", plan.company.name)
        detail = f"{kind_of(error)} while visiting {plan.start.url}"
        return _broken(session, Unknown(reason=Reason.INTERNAL_ERROR, detail=detail))
    beyond = Beyond(plan, session, readers, window, found.pages, progress)
    return await _beyond(seen, beyond, vault)


async def _beyond(seen: Visit, beyond: Beyond, vault: Vault | None) -> Visit:
    """Read the profiles too; a bug of ours there costs them, and not what the site said."""
    plan = beyond.plan
    try:
        seen = await with_profiles(seen, beyond)
        return await with_audiences(seen, beyond, vault)
    except Exception as error:
        log.exception("the profiles of %s failed", plan.company.name)
        note = Note(
            what="channels",
            reason=Reason.INTERNAL_ERROR,
            detail=f"{kind_of(error)} while reading the profiles",
            help="please report it; the log in the data folder has the details",
            incomplete=True,
        )
        return replace(seen, notes=(*seen.notes, note))


async def _walk(
    plan: CompanyPlan,
    session: Session,
    readers: Readers[Rules],
    window: Window,
    progress: Progress,
    found: _Findings,
) -> list[Note]:
    """Fetch and read one address after the other while the budget lasts."""
    rules = readers.loaded
    frontier = Frontier(plan, rules.words, rules.catalogue.hosted, window.start)
    while (request := frontier.next()) is not None:
        answer = await session.fetch(request)
        if isinstance(answer, Failure) and answer.reason is Reason.BUDGET:
            note = Note(what="time", reason=answer.reason, detail=answer.detail)
            return [note, *frontier.notes()]
        read = await _taken(answer, request, readers)
        if isinstance(read, PageFacts) and isinstance(answer, Page):
            read = await _drawn(
                read, answer, _Drawing(plan.browser, session, readers, request), found
            )
        _keep(read, frontier, found)
        if request.why == "start" and found.pages:
            frontier.add_robots(await session.robots(found.pages[0].url))
        progress(len(found.pages), plan.pages, request.url)
    return frontier.notes()


async def _taken(answer: Page | Failure, request: Request, readers: Readers[Rules]) -> Read:
    """Read an answer; one that takes too long, or a bug in a reader, costs this page only."""
    if isinstance(answer, Failure):
        return answer
    try:
        return await readers.run(read_answer, answer, request)
    except OverrunError as error:
        return unread(answer, error.reason, error.detail)
    except Exception as error:
        log.exception("reading %s failed", request.url)
        detail = f"{kind_of(error)} while reading the page"
        return unread(answer, Reason.INTERNAL_ERROR, detail)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What is needed to have a page drawn and read."""

    mode: BrowserMode
    session: Session
    readers: Readers[Rules]
    request: Request


async def _drawn(facts: PageFacts, page: Page, drawing: _Drawing, found: _Findings) -> PageFacts:
    """Have a page drawn where that is worth it; what the HTML said is kept either way."""
    if not worth_drawing(facts, drawing.mode, found.drawn):
        return facts
    found.drawn += 1
    answer = await drawing.session.draw(page)
    if isinstance(answer, Failure):
        found.undrawn.append(answer)
        return facts
    shown = await _taken(answer, drawing.request, drawing.readers)
    return joined(facts, shown) if isinstance(shown, PageFacts) else facts


def _keep(read: Read, frontier: Frontier, found: _Findings) -> None:
    """Remember what was read, and hand it on to the frontier."""
    match read:
        case PageFacts():
            found.pages.append(read)
            frontier.add_page(read)
        case FeedPage():
            found.feeds.append(read)
            frontier.add_feed(read)
        case SitemapPage():
            frontier.add_sitemap(read)
        case SourceFacts():
            found.sources.append(read)
        case Failure():
            found.failures.append(read)


async def _concluded(
    plan: CompanyPlan,
    session: Session,
    readers: Readers[Rules],
    window: Window,
    found: _Findings,
    notes: list[Note],
) -> Visit:
    pages, failures = tuple(found.pages), tuple(found.failures)
    read = Look(
        company=plan.company,
        pages=pages,
        feeds=tuple(found.feeds),
        failures=failures,
        sources=tuple(found.sources),
        cut=cut_off(pages),
    )
    readers.renew()
    concluded, channels = await readers.run(_conclude, read, window)
    return Visit(
        start=start_of(plan, pages, failures),
        languages=languages_of(pages),
        channels=channels,
        features=concluded.features,
        sections=concluded.sections,
        robots=session.verdicts(),
        fetched=session.fetched(),
        notes=(
            *start_notes(plan, pages, failures),
            *cut_notes(pages),
            *browser_notes(plan, pages, found.undrawn),
            *notes,
            *bug_notes(failures),
        ),
    )


def _conclude(rules: Rules, read: Look, window: Window) -> tuple[Conclusion, tuple[Channel, ...]]:
    """Conclude, in a worker, what a site has and which profiles are the company's."""
    channels = decide_channels(read.company, read.pages, rules)
    return conclude(rules, read, window), channels


def languages_of(pages: Sequence[PageFacts]) -> tuple[str, ...]:
    """The languages of the pages read, and those that they name as their other versions."""
    own = (page.language for page in pages)
    others = (tag.partition("-")[0] for page in pages for tag, _ in page.languages)
    return tuple(each for each in dict.fromkeys((*own, *others)) if each and each != "x")


def _broken(session: Session, why: Unknown, help_: str = _REPORT) -> Visit:
    """What is left of a visit that ended before anything was concluded."""
    note = Note(what="website", reason=why.reason, detail=why.detail, help=help_, incomplete=True)
    return Visit(
        start=why,
        languages=(),
        channels=(),
        features=(),
        sections=(),
        robots=session.verdicts(),
        fetched=session.fetched(),
        notes=(note,),
    )
