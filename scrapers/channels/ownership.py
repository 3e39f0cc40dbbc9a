"""Add up what speaks for and against a profile being the company's own, part by part."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit.model.channel import CONFIGURED, OwnershipPart
from audit.model.facts import Area, ChannelLink, ChannelSource
from scrapers.page.names import fit
from scrapers.page.rules import Rules

THRESHOLD = 0.5
"""Profiles below this ownership are candidates, listed apart and counted nowhere."""

RIVAL_LEAD = 0.15
"""How far behind the best profile of a platform another may lie and still be theirs."""

LISTINGS = frozenset({"app", "reviews", "encyclopedia", "directory"})
"""Kinds that are pages about a company rather than its channels; always candidates."""

MANY = 3
"""So many profiles of one platform on a page, and most of them are other people's."""

_FUNDING = frozenset({"opencollective", "patreon", "ko-fi", "buymeacoffee"})
"""Here "sponsor" is what the link is for, not whom it names."""
_PLACE = {
    Area.HEADER: 0.40,
    Area.NAV: 0.40,
    Area.FOOTER: 0.45,
    Area.ASIDE: 0.30,
    Area.MAIN: 0.20,
    Area.ARTICLE: -0.05,
    Area.COMMENT: -0.60,
}
_SOURCE = {
    ChannelSource.LINK: 0.0,
    ChannelSource.REL_ME: 0.20,
    ChannelSource.SAME_AS: 0.35,
    ChannelSource.META: 0.15,
    ChannelSource.PLUGIN: 0.20,
    ChannelSource.INLINE: -0.10,
    ChannelSource.FEED: 0.10,
    ChannelSource.CONFIG: 1.0,
    ChannelSource.WIKIDATA: 0.10,
    ChannelSource.WEBFINGER: 0.60,
    ChannelSource.PROFILE: 0.10,
}
OUTSIDE = frozenset({ChannelSource.WIKIDATA, ChannelSource.PROFILE})
"""Who names a profile from outside the site proves nothing alone: it stays a candidate."""

OUTSIDE_MOST = 0.45
BEATEN, LISTED = "another profile fits better", "a listing, not a channel"

_FOREIGN = re.compile(
    r"author|byline|\bbio\b|contributor|testimonial|speaker|guest|sponsor|partner|credit|"
    r"comment|quote|tweet|reviewer|interview|maintainer|designer|designed-by|developed|"
    r"powered|copyright|team-?member|\bteam\b|staff|<blockquote>|<figcaption>|member-|profile-card"
)
_FOLLOWING = re.compile(
    r"social|follow|connect|find-?us|folgen|suivez|siguenos|seguici|share-menu|icons?\b|sns"
)
_CREDIT = re.compile(
    r"(?:design(?:ed)?|theme|template|website|site|built|made|created|powered|developed|webdesign"
    r"|realizz\w+|umsetzung|réalisation|desarroll\w+)\s+(?:by|von|par|da|por|:)",
    re.I,
)

Scored = tuple[float, tuple[OwnershipPart, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sightings:
    """Every profile that a site names, with all places where it does.

    `names` are those that the company goes by, `pages` is how many pages were read, `first_page`
    the address of the first ("" for none). `places` holds the links of one profile each, in the
    order in which the profiles were met.
    """

    names: tuple[str, ...]
    pages: int
    first_page: str
    places: tuple[tuple[ChannelLink, ...], ...]


def scored(links: Sequence[ChannelLink], sightings: Sightings, rules: Rules) -> Scored:
    """Add up what speaks for and against; the score is cut to 0..1."""
    parts = list(_parts(links, sightings, rules))
    total = sum(part.weight for part in parts)
    most = OUTSIDE_MOST if all(link.source in OUTSIDE for link in links) else 1.0
    return round(min(most, max(0.0, total)), 2), tuple(parts)


def _parts(
    links: Sequence[ChannelLink], sightings: Sightings, rules: Rules
) -> Iterable[OwnershipPart]:
    best = max(links, key=worth)
    if any(link.source is ChannelSource.CONFIG for link in links):
        yield OwnershipPart(name=CONFIGURED, weight=1.0)
        return
    yield OwnershipPart(name=f"{best.source.value} in {best.area.value}", weight=worth(best))
    yield from _places(links, sightings)
    yield from _whose(best, links, sightings.names)
    handle = best.handle.casefold().lstrip("@")
    if handle in rules.catalogue.vendor_handles and fit(handle, sightings.names) < 0.9:
        yield OwnershipPart(name="a vendor's own account", weight=-1.0)
    if rules.platforms.kinds.get(best.platform, "") in LISTINGS:
        yield OwnershipPart(name=LISTED, weight=-1.0)


def _places(links: Sequence[ChannelLink], sightings: Sightings) -> Iterable[OwnershipPart]:
    """In how many ways, beside what, and on how many pages the profile is named."""
    sources = {link.source for link in links if not link.person}
    if len(sources) > 1:
        yield OwnershipPart(name="named in several ways", weight=0.10 * (len(sources) - 1))
    icons = max(link.icons for link in links)
    if icons > 1:
        yield OwnershipPart(name="beside other networks", weight=0.30 if icons > 2 else 0.20)
    on = {link.evidence.url for link in links}
    if sightings.pages > 1 and len(on) * 2 >= sightings.pages:
        yield OwnershipPart(name="on most pages", weight=0.25)
    elif len(on) == 1 and sightings.pages > 4 and sightings.first_page not in on:
        yield OwnershipPart(name="on one page only", weight=-0.10)


def _whose(
    best: ChannelLink, links: Sequence[ChannelLink], names: Sequence[str]
) -> Iterable[OwnershipPart]:
    """Whether the handle speaks for the company, for a person, or for one of many."""
    matched = fit(best.handle, names)
    if matched > 0:
        yield OwnershipPart(name="handle fits the name", weight=round(0.40 * matched, 2))
    if all(link.person for link in links):
        yield OwnershipPart(name="a person's", weight=-0.60 if matched < 0.9 else -0.20)
    elif matched < 0.3 and all(_mentions(link) for link in links):
        yield OwnershipPart(name="a mention", weight=-0.30)
    elif matched < 0.5 and min(link.same for link in links) >= MANY:
        yield OwnershipPart(name="one of many of its kind", weight=-0.30)


def _mentions(link: ChannelLink) -> bool:
    """A link in the text whose words are the handle speaks of somebody else."""
    return link.area in (Area.MAIN, Area.ARTICLE) and link.text.startswith("@")


def worth(link: ChannelLink) -> float:
    """What one place of a profile's link says by itself."""
    worth = _PLACE[link.area] + _SOURCE[link.source]
    if link.source is ChannelSource.LINK or link.source is ChannelSource.REL_ME:
        if _FOLLOWING.search(link.context):
            worth += 0.15
        context = link.context
        if link.platform in _FUNDING:
            context = context.replace("sponsor", "")
        if _FOREIGN.search(context):
            worth -= 0.45
        if _CREDIT.search(link.text):
            worth -= 0.50
    if link.source is ChannelSource.INLINE:
        worth = 0.10
    return round(worth, 2)
