"""Conclude what a site has from everything that was read of it; runs in a worker, as reading does.

What is concluded from may be as large as a site makes it (twenty thousand links on each page).
"""

from dataclasses import dataclass

from audit.model.result import Window
from audit.model.site import Feature, Section
from scrapers.page.rules import Rules
from scrapers.site.activity import activities
from scrapers.site.features import decide_features
from scrapers.site.gatherings import find_gatherings, without_threads
from scrapers.site.look import Look, Site
from scrapers.site.sections import find_sections


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What a site has: features, and sections with their posts."""

    features: tuple[Feature, ...]
    sections: tuple[Section, ...]


def conclude(rules: Rules, read: Look, window: Window) -> Conclusion:
    """Conclude what a site has within the window."""
    company, pages, catalogue = read.company, read.pages, rules.catalogue
    gatherings = find_gatherings(Site(company, pages, catalogue), read.sources, window)
    own = find_sections(company, pages, read.feeds, read.failures, catalogue, window)
    sections = (*without_threads(own, gatherings), *gatherings)
    activity = activities(read, sections, window)
    return Conclusion(
        features=decide_features(read, sections, rules, activity),
        sections=sections,
    )
