"""Tell the features that rest on links alone, to pages that the visit asked for and that are gone.

A menu may name a blog or a forum for years after its pages have been taken down.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from audit.model.catalogue import Usage
from audit.model.exchange import Failure
from audit.model.facts import Area, PageFacts
from audit.model.site import Feature, Section, State
from audit.model.value import Reason
from scrapers.parse.urls import page_key
from scrapers.site.clues import Clue
from scrapers.site.look import Look

TAKEN_DOWN = frozenset({Reason.HTTP_410})
"""What a page answers that was taken down on purpose. A 404 may as well be a slip in one link, or
a page that moved: what a site's own menu offers stays found then, and the list of its posts is
told as gone by its own measure.
"""

_LINK = "link"
"""How the rule, or the place, of a clue begins that is a link and nothing else."""

_OFFER = ".link"
"""How the rule of a section ends that a link promises and that was not read."""

GonePages = Mapping[tuple[str, bool], tuple[Clue, Failure]]
"""By feature, and whether it is supplied to others: a link to it, and what its page answered."""


def gone_pages(clues: Iterable[Clue], look: Look) -> GonePages:
    """Return the features for which nothing speaks but links, all to pages that are gone.

    Gone is what answered 410. A page that could not be read for another reason, or was not
    asked for, may be there; so may a feature below whose address something was read, or is linked.
    """
    dead = {page_key(each.url): each for each in look.failures if each.reason in TAKEN_DOWN}
    by_feature: dict[tuple[str, bool], list[Clue]] = defaultdict(list)
    for clue in clues if dead else ():
        by_feature[clue.feature, clue.supplies].append(clue)
    found = {
        name: [(clue, dead[page_key(clue.url)]) for clue in group]
        for name, group in by_feature.items()
        if all(_is_link(clue) and page_key(clue.url) in dead for clue in group)
    }
    places = {page_key(clue.url) for pairs in found.values() for clue, _ in pairs}
    alive = _alive(places, dead, look.pages)
    return {
        name: pairs[0]
        for name, pairs in found.items()
        if alive.isdisjoint(page_key(clue.url) for clue, _ in pairs)
    }


def as_gone(clue: Clue, failure: Failure) -> Feature:
    """Return a feature as not there, with the answer of its page as the proof."""
    status = failure.reason.removeprefix("http-")
    return Feature(
        feature=clue.feature,
        state=State.NONE,
        direction=Usage.SUPPLIES if clue.supplies else Usage.USES,
        vendor="",
        url="",
        confidence=0.0,
        seen_on=0,
        reason=None,
        detail=f"linked, and its page is gone: {failure.url} answers {status}",
        evidence=(failure.proof(clue.evidence.rule),),
    )


def without_gone(sections: Sequence[Section], features: Sequence[Feature]) -> tuple[Section, ...]:
    """Return the sections but those whose page is gone and of which nothing else is known.

    Where it is open whether the feature is there, so it is with its posts: the section stays.
    """
    there = {feature.feature for feature in features if feature.state is not State.NONE}
    return tuple(
        section
        for section in sections
        if section.channel in there
        or section.unreadable is None
        or section.unreadable.reason not in TAKEN_DOWN
        or not section.evidence[0].rule.endswith(_OFFER)
    )


def _is_link(clue: Clue) -> bool:
    """Tell whether a clue is a link: by its words, its address, or as the offer of a section."""
    rule = clue.evidence.rule
    return (
        rule.startswith(f"{_LINK}.")
        or clue.place.partition(" ")[0] == _LINK
        or (rule.startswith("section.") and rule.endswith(_OFFER))
    )


def _alive(places: set[str], dead: Mapping[str, Failure], pages: Sequence[PageFacts]) -> set[str]:
    """Return the places that were read all the same, or below which something may be there."""
    if not places:
        return set()
    alive = set()
    read = (url for page in pages for url in (page.url, page.requested_url))
    linked = (link.url for page in pages for link in page.links if link.area is not Area.COMMENT)
    for key in {page_key(url) for url in read} | ({page_key(url) for url in linked} - dead.keys()):
        alive |= {place for place in _above(key) if place in places}
    return alive


def _above(key: str) -> Iterable[str]:
    """Yield an address and those above it: `a.example/b?c`, `a.example/b`, `a.example`."""
    yield key
    path = key.partition("?")[0].partition("#")[0]
    while path:
        yield path
        path = path.rpartition("/")[0]
