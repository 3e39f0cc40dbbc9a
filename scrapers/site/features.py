"""Decide which features a site has: known with proof, none after a look, unknown and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from audit.model.catalogue import Usage
from audit.model.exchange import Failure
from audit.model.facts import FeedPage, PageFacts
from audit.model.kinds import ActivityKind
from audit.model.site import (
    EMBEDDED_SERVICE,
    OPEN_TO_EDITS,
    Activity,
    Certainty,
    Feature,
    Section,
    State,
)
from audit.model.value import Reason, Unknown
from scrapers.page.rules import Rules
from scrapers.parse.urls import page_key
from scrapers.site.clues import STRONG, Clue, clues_of_page
from scrapers.site.embedded import embedded_clues
from scrapers.site.gone import TAKEN_DOWN, as_gone, gone_pages
from scrapers.site.look import Look, of_edits
from scrapers.site.lost import mostly_lost, posts_lost

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

_BEHIND_BROWSER = (
    "a browser makes the start page, of frames or by a script; the page that they name was read"
)
"""Why what was not seen may be there: a script may lead elsewhere, and a set holds more frames."""

WEAK = 0.6
"""Weaker than this is too little to say that a feature is there."""


def decide_features(
    look: Look,
    sections: Sequence[Section],
    rules: Rules,
    activity: Mapping[str, tuple[Activity, ...]] = MappingProxyType({}),
) -> tuple[Feature, ...]:
    """Decide each feature: known with vendor and proof, none after a look, or unknown and why.

    One that rests on links alone is not there where the pages that they lead to are gone.
    What the user ignores (`ignore: [feature.chat]`) is left out altogether.
    """
    company, pages = look.company, look.pages
    clues = [
        *_of_sections(sections),
        *(clue for page in pages for clue in clues_of_page(page, company, rules)),
        *_of_feeds(look.feeds),
    ]
    gone = gone_pages(clues, look)
    clues = [clue for clue in clues if (clue.feature, clue.supplies) not in gone]
    clues = _without_dead_links(clues, look.failures)
    # What no rule knows is told last: a vendor that a rule has named is no unknown service.
    clues += embedded_clues(pages, company, rules, _joined(clues))
    ignored = {entry.finding.removeprefix("feature.") for entry in company.ignore}
    own = _own_ratings(clues, pages)
    joined = [*_joined(clue for clue in clues if clue not in own), *_joined(own)]
    joined.sort(key=lambda feature: feature.feature)
    found = [feature for feature in joined if feature.feature not in ignored]
    known = [feature for feature in found if not _is_loader(feature, found)]
    settled = ignored | {feature.feature for feature in known}
    not_there = {
        clue.feature: as_gone(clue, failure)
        for clue, failure in gone.values()
        if clue.feature not in settled and _doubt(clue.feature, look) is None
    }
    return (
        *_surer(known, pages, activity),
        *(
            not_there[name] if name in not_there else _missing(name, look, sections)
            for name in dict.fromkeys((*ALWAYS_LOOKED_FOR, *not_there))
            if name not in settled
        ),
    )


def _without_dead_links(clues: Sequence[Clue], failures: Sequence[Failure]) -> list[Clue]:
    """Return the clues without links to pages that are gone, where others speak for the feature.

    So the feature leads to a page that is there.
    """
    dead = {page_key(failure.url) for failure in failures if failure.reason in TAKEN_DOWN}
    alive = [clue for clue in clues if page_key(clue.url) not in dead]
    others = {(clue.feature, clue.supplies) for clue in alive}
    return [
        clue
        for clue in clues
        if page_key(clue.url) not in dead
        or not clue.evidence.rule.startswith("link.")
        or (clue.feature, clue.supplies) not in others
    ]


def _is_loader(feature: Feature, known: Sequence[Feature]) -> bool:
    """Tell whether a service only brings in what is named beside it: a product of its vendor's."""
    return feature.feature == EMBEDDED_SERVICE and any(
        other.feature != EMBEDDED_SERVICE
        and other.vendor.casefold().startswith(feature.vendor.casefold())
        for other in known
    )


def _own_ratings(clues: Sequence[Clue], pages: Sequence[PageFacts]) -> list[Clue]:
    """Return the clues to ratings that pages state themselves, where a vendor is on others alone.

    A widget that stands on the page of reviews has not said what the page of a product does.
    """
    reviews = [clue for clue in clues if clue.feature == "reviews" and not clue.supplies]
    with_vendor = {clue.evidence.url for clue in reviews if clue.vendor}
    figures = (figure.activity for page in pages for figure in page.figures)
    rated = {each.evidence.url for each in figures if each.kind is ActivityKind.RATING}
    if not with_vendor:
        return []
    # A link in a menu speaks of the page that it leads to, and not of the one that it stands on.
    return [
        clue
        for clue in reviews
        if clue.evidence.url in rated - with_vendor and clue.url == clue.evidence.url
    ]


def _surer(
    known: Sequence[Feature],
    pages: Sequence[PageFacts],
    activity: Mapping[str, tuple[Activity, ...]],
) -> Iterator[Feature]:
    """Yield the features with their activity, and as sure as the visit has made them.

    A feature in which something was counted (threads, articles) is VISIBLE; one without a vendor
    whose address was fetched in this visit is LOADED. The figures of a feature that several vendors
    serve stand with one of its findings (`_counted_in`).
    """
    visited = {page_key(url) for page in pages for url in (page.url, page.requested_url)}
    for place, feature in enumerate(known):
        figures = activity.get(feature.feature, ()) if feature.direction is Usage.USES else ()
        fetched = not feature.vendor and page_key(feature.url) in visited
        if figures and place == _counted_in(known, feature.feature, figures):
            yield replace(feature, activity=figures, certainty=Certainty.VISIBLE)
        elif feature.certainty is Certainty.TAG and fetched:
            yield replace(feature, certainty=Certainty.LOADED)
        else:
            yield feature


def _counted_in(known: Sequence[Feature], name: str, figures: Sequence[Activity]) -> int:
    """Return the place of the finding of a feature that figures belong to.

    That is the one that was met on the page that holds them; the first where none of them was.
    """
    pages = {figure.evidence.url for figure in figures}
    uses = [
        place
        for place, each in enumerate(known)
        if each.feature == name and each.direction is Usage.USES
    ]
    met = (place for place in uses if pages & {proof.url for proof in known[place].evidence})
    return next(met, uses[0])


def _joined(clues: Iterable[Clue]) -> list[Feature]:
    """Join the clues to one finding a feature and vendor; a weak clue alone is too little."""
    grouped: dict[tuple[str, str, bool], list[Clue]] = defaultdict(list)
    for clue in clues:
        grouped[clue.feature, clue.vendor, clue.supplies].append(clue)
    features = [_feature(group) for group in grouped.values()]
    sure = _by_vendor([feature for feature in features if feature.confidence >= WEAK])
    return sorted(sure, key=lambda feature: (feature.feature, -feature.confidence, feature.vendor))


def _by_vendor(features: list[Feature]) -> list[Feature]:
    """Join a feature without a vendor with the same one that has a vendor."""
    grouped: dict[tuple[str, Usage], list[Feature]] = defaultdict(list)
    for feature in features:
        grouped[feature.feature, feature.direction].append(feature)
    return [feature for group in grouped.values() for feature in _one_of(group)]


def _one_of(group: list[Feature]) -> list[Feature]:
    """Join the finding without a vendor with the only one that has one, or that of its place.

    The joined one keeps the vendor's address unless that is only the page it was seen on.
    """
    with_vendor = [feature for feature in group if feature.vendor]
    bare = [feature for feature in group if not feature.vendor]
    # With two vendors nobody can tell to which of them the finding without one belongs.
    if len(with_vendor) == 1 and bare:
        first, own = with_vendor[0], bare[0]
        placed = all(first.url != evidence.url for evidence in first.evidence)
        return [
            replace(
                first,
                url=first.url if placed else own.url,
                confidence=max(first.confidence, own.confidence),
                certainty=max(first.certainty, own.certainty, key=lambda each: each.rank),
                seen_on=max(first.seen_on, own.seen_on),
                detail=first.detail or own.detail,
                evidence=tuple(dict.fromkeys((*first.evidence, *own.evidence)))[:3],
            )
        ]
    places = {feature.url for feature in with_vendor}
    return [*with_vendor, *(feature for feature in bare if feature.url not in places)]


def _feature(clues: Sequence[Clue]) -> Feature:
    """Return the finding that some clues to one feature and vendor make.

    The strongest clue counts, and each clue of another rule or place adds 0.15, up to 0.99.
    """
    best = max(clues, key=lambda clue: clue.strength)
    pages = {clue.evidence.url for clue in clues}
    strength = max(clue.strength for clue in clues)
    # The same rule at the same place of many pages is one reason, not many.
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
        detail=best.detail or (OPEN_TO_EDITS if any(map(_is_open, clues)) else ""),
        certainty=max((clue.certainty for clue in clues), key=lambda certainty: certainty.rank),
        evidence=tuple(dict.fromkeys(clue.evidence for clue in clues))[:3],
    )


def _is_open(clue: Clue) -> bool:
    """Tell whether a clue says of a wiki that its readers may edit it."""
    return clue.detail == OPEN_TO_EDITS


def _missing(name: str, look: Look, sections: Sequence[Section]) -> Feature:
    """Return a feature that no clue speaks for: not there after a look, or unknown and why."""
    doubt = _doubt(name, look) or posts_lost(name, sections, look.pages, look.lost)
    return Feature(
        feature=name,
        state=State.NONE if doubt is None else State.UNKNOWN,
        direction=Usage.USES,
        vendor="",
        url="",
        confidence=0.0,
        seen_on=0,
        reason=doubt.reason if doubt is not None else None,
        detail=doubt.detail if doubt is not None else f"not seen on {len(look.pages)} pages",
        evidence=(),
    )


def _doubt(name: str, look: Look) -> Unknown | None:
    """Return why a feature that was not seen may be there all the same; None where it may not.

    There was nothing to look at, or only a part, or most of it was lost, or no browser was there to
    see what scripts, frames and tag managers bring in.
    """
    pages, failures = look.pages, look.failures
    if not pages:
        known = [Unknown(reason=failure.reason, detail=failure.detail) for failure in failures]
        return (*known, Unknown(reason=Reason.NOT_CHECKED, detail="no page was read"))[0]
    if look.cut is not None:
        return look.cut
    return mostly_lost(pages, look.lost, look.gone) or _behind_scripts(name, pages)


def _behind_scripts(name: str, pages: Sequence[PageFacts]) -> Unknown | None:
    """Return why scripts, frames or tag managers may bring in a feature; None where none does."""
    if all(page.shell for page in pages):
        return Unknown(reason=Reason.BROWSER, detail="the page is drawn by JavaScript")
    if any(page.why == "start" and page.behind_browser for page in pages):
        return Unknown(reason=Reason.BROWSER, detail=_BEHIND_BROWSER)
    if name in _INJECTED and _may_be_injected(pages):
        detail = "a tag manager may add it, and no browser drew the page"
        return Unknown(reason=Reason.BROWSER, detail=detail)
    return None


def _may_be_injected(pages: Sequence[PageFacts]) -> bool:
    """Tell whether a tag manager is at work, and no browser saw what it brings in."""
    tagged = any(signal.feature == "tag-manager" for page in pages for signal in page.signals)
    return tagged and not any(page.drawn for page in pages)


def _of_sections(sections: Sequence[Section]) -> Iterator[Clue]:
    """Yield a clue for each section; one that could not be read is a weaker one, and says why."""
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
    """Yield a clue to a podcast for each feed with sound files, to a wiki for each of edits."""
    for feed in feeds:
        for feature, shown in (("podcast", feed.audio), ("wiki", of_edits(feed))):
            if shown:
                yield Clue(
                    feature=feature,
                    vendor="",
                    url=feed.url,
                    strength=STRONG,
                    evidence=feed.evidence,
                )
