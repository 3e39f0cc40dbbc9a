"""Conclude what a site has from everything that was read of it.

What is concluded from may be as large as a site makes it (twenty thousand links on each page), so
that runs in a worker, as reading does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from audit.model.facts import FigureReading, PageFacts
from audit.model.result import Window
from audit.model.site import Feature, Section
from audit.model.value import Known, Unknown
from audit.model.visit import Note
from scrapers.errand import Errand
from scrapers.page.rules import Rules
from scrapers.site.activity import activities
from scrapers.site.features import decide_features
from scrapers.site.gatherings import find_gatherings, without_threads
from scrapers.site.gone import without_gone
from scrapers.site.look import Look, Site
from scrapers.site.notes import (
    browser_notes,
    bug_notes,
    cut_notes,
    cut_off,
    further_notes,
    lost_notes,
    start_notes,
    start_of,
)
from scrapers.site.parts import find_parts
from scrapers.site.pointed import figures_of
from scrapers.site.sections import find_sections
from scrapers.site.walk import Walk


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitedSite:
    """What a site turned out to be and to have; `pages` are what was read of it, in order."""

    start: Known[str] | Unknown
    pages: tuple[PageFacts, ...]
    languages: tuple[str, ...]
    features: tuple[Feature, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    figures: tuple[FigureReading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What a site has: features, and sections with their posts."""

    features: tuple[Feature, ...]
    sections: tuple[Section, ...]


async def conclude_site(errand: Errand, trip: Walk, notes: Sequence[Note]) -> VisitedSite:
    """Conclude what a site has, and say what of it could not be read.

    Raises:
        OverrunError: concluding took more time or memory than a site may.
    """
    plan, pages, failures = errand.plan, tuple(trip.pages), tuple(trip.failures)
    look = Look(
        company=errand.company,
        pages=pages,
        feeds=tuple(trip.feeds),
        failures=failures,
        lost=tuple(trip.lost),
        gone=tuple(trip.gone),
        sources=tuple(trip.sources),
        sitemaps=tuple(trip.sitemaps),
        cut=cut_off(pages),
    )
    # Reading may have used up the company's share of CPU time; concluding gets a span of its own.
    errand.readers.renew()
    conclusion = await errand.readers.run(conclude, look, errand.window)
    start = start_of(plan, pages, failures)
    return VisitedSite(
        start=start,
        pages=pages,
        languages=languages_of(pages),
        features=conclusion.features,
        sections=conclusion.sections,
        notes=(
            *start_notes(plan, pages, failures),
            *lost_notes(pages, trip.lost, trip.gone),
            *further_notes(plan, failures),
            *cut_notes(pages),
            *browser_notes(plan, pages, trip.undrawn),
            *notes,
            *bug_notes(failures),
        ),
        figures=figures_of(errand.company, trip.readings, failures, start),
    )


def conclude(rules: Rules, look: Look, window: Window) -> Conclusion:
    """Conclude, in a worker, what a site has within the window.

    Threads of forums and pages of wikis are gathered first: others write there, so that they are
    no posts of the company's sections.
    """
    company, pages, catalogue = look.company, look.pages, rules.catalogue
    site = Site(company, pages, catalogue)
    parts = find_parts(site, look.feeds, look.failures, window)
    told = {part.channel for part in parts}
    found = find_gatherings(site, look.sources, window)
    # What a person points at stands in place of what the rules take for it.
    gatherings = (*parts, *(each for each in found if each.channel not in told))
    own = find_sections(look, catalogue, window)
    # Others write in forums and wikis: their threads have a cadence of their own, and are no posts
    # of the company's (docs/architecture.md).
    sections = (*without_threads(own, gatherings), *gatherings)
    activity = activities(look, sections, window)
    features = decide_features(look, sections, rules, activity)
    return Conclusion(features=features, sections=without_gone(sections, features))


def languages_of(pages: Sequence[PageFacts]) -> tuple[str, ...]:
    """Return the languages of the pages read, and those that they name as their other versions.

    Tags are cut to the language (`de-CH` → `de`); `x-default` names none, and is cut to `x`. Of a
    page that scripts are still to draw, the head is that of a template.
    """
    read = [page for page in pages if not page.shell]
    own = (page.language for page in read)
    others = (tag.partition("-")[0] for page in read for tag, _ in page.languages)
    languages = dict.fromkeys((*own, *others))
    return tuple(language for language in languages if language and language != "x")
