"""Drive the visit of one company's website: fetch, read, decide where to go next, then conclude."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from audit.model.company import BrowserMode
from audit.model.plan import CompanyPlan
from audit.model.presence import Note, Visit
from audit.model.result import Window
from audit.model.value import Reason, Unknown
from audit.model.web import (
    Failure,
    FeedPage,
    Kind,
    Page,
    PageFacts,
    Request,
    SitemapPage,
    SourceFacts,
)
from scrapers.audiences import with_audiences
from scrapers.detect.activity import activities
from scrapers.detect.channels import decide_channels
from scrapers.detect.features import decide_features
from scrapers.detect.found import Found
from scrapers.detect.gatherings import find_gatherings, without_threads
from scrapers.detect.page import analyse
from scrapers.detect.rules import Rules
from scrapers.detect.section_site import Site
from scrapers.detect.sections import find_sections
from scrapers.detect.words import Topics
from scrapers.drawn import joined, worth_drawing
from scrapers.fetch.session import Session
from scrapers.frontier import Frontier
from scrapers.overlap import Vault
from scrapers.parse.feeds import read_feed
from scrapers.parse.sitemaps import read_sitemap
from scrapers.presences import Beyond, with_profiles
from scrapers.sources.source import sources
from scrapers.visit_notes import browser_notes, bug_notes, cut_notes, cut_off, start_notes, start_of

log = logging.getLogger(__name__)

Progress = Callable[[int, int, str], None]
"""Called after each fetch with pages read, page budget and the address."""


Read = PageFacts | FeedPage | SitemapPage | SourceFacts | Failure
"""What an answer turned out to be."""


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
    rules: Rules,
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
        notes += await _walk(plan, session, rules, window, progress, found)
        seen = _conclude(plan, session, rules, window, found, notes)
    except Exception as error:
        log.exception("the visit of %s failed", plan.company.name)
        return _broken(plan, session, error)
    return await _beyond(seen, Beyond(plan, session, rules, window, found.pages, progress), vault)


async def _beyond(seen: Visit, beyond: Beyond, vault: Vault | None) -> Visit:
    """Read the profiles too; a bug of ours there costs them, and not what the site said."""
    plan, session = beyond.plan, beyond.session
    try:
        seen = await with_profiles(seen, beyond)
        return await with_audiences(seen, plan, session, beyond.rules, beyond.window, vault)
    except Exception as error:
        log.exception("the profiles of %s failed", plan.company.name)
        note = Note(
            what="channels",
            reason=Reason.INTERNAL_ERROR,
            detail=f"{type(error).__name__} while reading the profiles",
            help="please report it; the log in the data folder has the details",
            incomplete=True,
        )
        return replace(seen, notes=(*seen.notes, note))


async def _walk(
    plan: CompanyPlan,
    session: Session,
    rules: Rules,
    window: Window,
    progress: Progress,
    found: _Findings,
) -> list[Note]:
    """Fetch and read one address after the other while the budget lasts."""
    topics = Topics(rules.catalogue.vocabulary)
    frontier = Frontier(plan, topics, rules.catalogue.hosted, window.start)
    while (request := frontier.next()) is not None:
        answer = await session.fetch(request)
        if isinstance(answer, Failure) and answer.reason is Reason.BUDGET:
            note = Note(what="time", reason=answer.reason, detail=answer.detail)
            return [note, *frontier.notes()]
        read = _taken(answer, request, rules)
        if isinstance(read, PageFacts) and isinstance(answer, Page):
            read = await _drawn(
                read, answer, _Drawing(plan.browser, session, rules, request), found
            )
        _keep(read, frontier, found)
        if request.why == "start" and found.pages:
            frontier.add_robots(await session.robots(found.pages[0].url))
        progress(len(found.pages), plan.pages, request.url)
    return frontier.notes()


def _taken(answer: Page | Failure, request: Request, rules: Rules) -> Read:
    """Read an answer; a bug in a reader costs this page only."""
    if isinstance(answer, Failure):
        return answer
    try:
        return _read(answer, request, rules)
    except Exception as error:
        log.exception("reading %s failed", request.url)
        detail = f"{type(error).__name__} while reading the page"
        return _failure(answer, Reason.INTERNAL_ERROR, detail)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What is needed to have a page drawn and read."""

    mode: BrowserMode
    session: Session
    rules: Rules
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
    shown = _taken(answer, drawing.request, drawing.rules)
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


def _read(page: Page, request: Request, rules: Rules) -> Read:
    """Read a page as what it was asked for, or as what it turns out to be."""
    if request.kind is Kind.SITEMAP:
        return read_sitemap(page) or _failure(page, Reason.BAD_CONTENT, "not a sitemap")
    if request.kind is Kind.DATA:
        found = sources()[request.source].read(page)
        return found or _failure(page, Reason.BAD_CONTENT, "not what this interface answers")
    if request.kind is Kind.FEED:
        return read_feed(page) or _failure(page, Reason.BAD_CONTENT, "not a feed")
    if "xml" in page.header("content-type") and (feed := read_feed(page)) is not None:
        return feed
    return analyse(page, request, rules)


def _failure(page: Page, reason: Reason, detail: str) -> Failure:
    return Failure(
        url=page.requested_url,
        reason=reason,
        detail=detail,
        failed_at=page.fetched_at,
        record=page.record,
    )


def _conclude(
    plan: CompanyPlan,
    session: Session,
    rules: Rules,
    window: Window,
    found: _Findings,
    notes: list[Note],
) -> Visit:
    company, pages, feeds = plan.company, tuple(found.pages), tuple(found.feeds)
    failures = tuple(found.failures)
    gatherings = find_gatherings(Site(company, pages, rules.catalogue), found.sources, window)
    own = find_sections(company, pages, feeds, failures, rules.catalogue, window)
    sections = (*without_threads(own, gatherings), *gatherings)
    read = Found(
        company=company,
        pages=pages,
        feeds=feeds,
        failures=failures,
        sources=tuple(found.sources),
        cut=cut_off(pages),
    )
    activity = activities(read, sections, window)
    return Visit(
        start=start_of(plan, pages, failures),
        languages=languages_of(pages),
        channels=decide_channels(company, pages, rules),
        features=decide_features(read, sections, rules, activity),
        sections=sections,
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


def languages_of(pages: Sequence[PageFacts]) -> tuple[str, ...]:
    """The languages of the pages read, and those that they name as their other versions."""
    own = (page.language for page in pages)
    others = (tag.partition("-")[0] for page in pages for tag, _ in page.languages)
    return tuple(each for each in dict.fromkeys((*own, *others)) if each and each != "x")


def _broken(plan: CompanyPlan, session: Session, error: Exception) -> Visit:
    """What is left of a visit that a bug of ours ended."""
    detail = f"{type(error).__name__} while visiting {plan.start.url}"
    note = Note(
        what="website",
        reason=Reason.INTERNAL_ERROR,
        detail=detail,
        help="please report this address; the log in the data folder has the details",
        incomplete=True,
    )
    return Visit(
        start=Unknown(reason=Reason.INTERNAL_ERROR, detail=detail),
        languages=(),
        channels=(),
        features=(),
        sections=(),
        robots=session.verdicts(),
        fetched=session.fetched(),
        notes=(note,),
    )
