"""Decide which features a site has: known with proof, none after a look, unknown and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from audit.model.activity import Activity, Certainty
from audit.model.catalogue import Usage
from audit.model.facts import FeedPage, PageFacts
from audit.model.site import Feature, Section, State
from audit.model.value import Reason
from scrapers.page.rules import Rules
from scrapers.parse.urls import page_key
from scrapers.site.clues import STRONG, Clue, clues_of_page
from scrapers.site.look import Look

ALWAYS_LOOKED_FOR = (
    "blog",
    "news",
    "forum",
    "wiki",
    "knowledge-base",
    "reviews",
    "comments",
    "newsletter",
    "podcast",
    "chat",
    "share-buttons",
    "events",
)
"""Features that the workbook names even where a look at the site found none."""

_INJECTED = frozenset({"chat"})
"""What tag managers bring in more often than the page's own HTML."""

WEAK = 0.6
"""Weaker than this is too little to say that a feature is there."""


def decide_features(
    found: Look,
    sections: Sequence[Section],
    rules: Rules,
    activity: Mapping[str, tuple[Activity, ...]] = MappingProxyType({}),
) -> tuple[Feature, ...]:
    """Decide each feature: known with vendor and proof, none after a look, or unknown and why."""
    company, pages = found.company, found.pages
    clues = [
        *_of_sections(sections),
        *(clue for page in pages for clue in clues_of_page(page, company, rules.words, rules)),
        *_of_feeds(found.feeds),
    ]
    ignored = {each.finding.removeprefix("feature.") for each in company.ignore}
    known = [each for each in _joined(clues) if each.feature not in ignored]
    said = {each.feature for each in known}
    missing = [name for name in ALWAYS_LOOKED_FOR if name not in said and name not in ignored]
    return (
        *_surer(known, pages, activity),
        *(_missing(name, found) for name in missing),
    )


def _surer(
    known: Sequence[Feature],
    pages: Sequence[PageFacts],
    activity: Mapping[str, tuple[Activity, ...]],
) -> Iterator[Feature]:
    """What is reached by an address that was read was loaded; what was counted there, seen.

    The figures of a feature stand with its first finding.
    """
    read = {page_key(url) for page in pages for url in (page.url, page.requested_url)}
    told: set[str] = set()
    for found in known:
        said = activity.get(found.feature, ()) if found.direction is Usage.USES else ()
        if said and found.feature not in told:
            told.add(found.feature)
            yield replace(found, activity=said, certainty=Certainty.VISIBLE)
        elif found.certainty is Certainty.TAG and not found.vendor and page_key(found.url) in read:
            yield replace(found, certainty=Certainty.LOADED)
        else:
            yield found


def _joined(clues: Iterable[Clue]) -> list[Feature]:
    """One finding a feature and vendor; a weak clue alone is too little."""
    grouped: dict[tuple[str, str, bool], list[Clue]] = defaultdict(list)
    for clue in clues:
        grouped[clue.feature, clue.vendor, clue.supplies].append(clue)
    found = [_feature(group) for group in grouped.values()]
    sure = _by_vendor([each for each in found if each.confidence >= WEAK])
    return sorted(sure, key=lambda each: (each.feature, -each.confidence, each.vendor))


def _by_vendor(found: list[Feature]) -> list[Feature]:
    """Where one vendor is known, the same thing without its vendor is no second finding."""
    grouped: dict[tuple[str, Usage], list[Feature]] = defaultdict(list)
    for each in found:
        grouped[each.feature, each.direction].append(each)
    return [each for group in grouped.values() for each in _one_of(group)]


def _one_of(group: list[Feature]) -> list[Feature]:
    """Join the finding without a vendor with the only one that has one, or that of its place."""
    named = [each for each in group if each.vendor]
    bare = [each for each in group if not each.vendor]
    if len(named) == 1 and bare:
        first, own = named[0], bare[0]
        evidence = tuple(dict.fromkeys((*first.evidence, *own.evidence)))[:3]
        placed = all(first.url != each.url for each in first.evidence)
        return [
            replace(
                first,
                url=first.url if placed else own.url,
                confidence=max(first.confidence, own.confidence),
                certainty=max(first.certainty, own.certainty, key=lambda each: each.rank),
                seen_on=max(first.seen_on, own.seen_on),
                detail=first.detail or own.detail,
                evidence=evidence,
            )
        ]
    places = {each.url for each in named}
    return [*named, *(each for each in bare if each.url not in places)]


def _feature(clues: Sequence[Clue]) -> Feature:
    best = max(clues, key=lambda clue: clue.strength)
    pages = {clue.evidence.url for clue in clues}
    strength = max(clue.strength for clue in clues)
    different = len({(clue.evidence.rule, clue.place) for clue in clues})
    return Feature(
        feature=best.feature,
        state=State.KNOWN,
        direction=Usage.SUPPLIES if best.supplies else Usage.USES,
        vendor=best.vendor,
        url=best.url,
        confidence=round(min(0.99, strength + 0.15 * (different - 1)), 2),
        seen_on=len(pages),
        reason=None,
        detail=best.detail,
        certainty=max((clue.certainty for clue in clues), key=lambda each: each.rank),
        evidence=tuple(dict.fromkeys(clue.evidence for clue in clues))[:3],
    )


def _missing(name: str, found: Look) -> Feature:
    """Not there after a look; unknown where there was nothing to look at, or only a part."""
    pages, failures = found.pages, found.failures
    reason: Reason | None = None
    detail = f"not seen on {len(pages)} pages"
    if not pages:
        reason = failures[0].reason if failures else Reason.NOT_CHECKED
        detail = failures[0].detail if failures else "no page was read"
    elif found.cut is not None:
        reason, detail = found.cut.reason, found.cut.detail
    elif all(page.shell for page in pages):
        reason, detail = Reason.BROWSER, "the page is drawn by JavaScript"
    elif name in _INJECTED and _unseen(pages):
        reason, detail = Reason.BROWSER, "a tag manager may add it, and no browser drew the page"
    return Feature(
        feature=name,
        state=State.NONE if reason is None else State.UNKNOWN,
        direction=Usage.USES,
        vendor="",
        url="",
        confidence=0.0,
        seen_on=0,
        reason=reason,
        detail=detail,
        evidence=(),
    )


def _unseen(pages: Sequence[PageFacts]) -> bool:
    """A tag manager is at work, and what it brings in was not looked at."""
    tagged = any(signal.feature == "tag-manager" for page in pages for signal in page.signals)
    return tagged and not any(page.drawn for page in pages)


def _of_sections(sections: Sequence[Section]) -> Iterator[Clue]:
    for section in sections:
        unread = section.unreadable
        yield Clue(
            feature=section.channel,
            vendor="",
            url=section.url,
            strength=STRONG if unread is None else 0.75,
            evidence=section.evidence[0],
            detail=f"{unread.reason}: {unread.detail}" if unread is not None else "",
        )


def _of_feeds(feeds: Sequence[FeedPage]) -> Iterator[Clue]:
    for feed in feeds:
        if feed.audio:
            yield Clue(
                feature="podcast", vendor="", url=feed.url, strength=STRONG, evidence=feed.evidence
            )
