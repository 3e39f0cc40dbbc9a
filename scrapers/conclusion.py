"""Conclude what a site has from everything that was read of it; runs in a worker, as reading does.

What is concluded from may be as large as a site makes it (twenty thousand links on each page).
"""

from dataclasses import dataclass

from audit.model.presence import Channel, Feature, Section
from audit.model.result import Window
from scrapers.detect.activity import activities
from scrapers.detect.channels import decide_channels
from scrapers.detect.features import decide_features
from scrapers.detect.found import Found
from scrapers.detect.gatherings import find_gatherings, without_threads
from scrapers.detect.rules import Rules
from scrapers.detect.section_site import Site
from scrapers.detect.sections import find_sections


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What a site has: channels that it links, features, sections with their posts."""

    channels: tuple[Channel, ...]
    features: tuple[Feature, ...]
    sections: tuple[Section, ...]


def conclude(rules: Rules, read: Found, window: Window) -> Conclusion:
    """Conclude what a site has within the window."""
    company, pages, catalogue = read.company, read.pages, rules.catalogue
    gatherings = find_gatherings(Site(company, pages, catalogue), read.sources, window)
    own = find_sections(company, pages, read.feeds, read.failures, catalogue, window)
    sections = (*without_threads(own, gatherings), *gatherings)
    activity = activities(read, sections, window)
    return Conclusion(
        channels=decide_channels(company, pages, rules),
        features=decide_features(read, sections, rules, activity),
        sections=sections,
    )
