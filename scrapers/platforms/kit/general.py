"""Read a profile's page whose layout nobody knows: counts beside their words, and dated items.

For pages that a person saved: what a network shows to its members is built otherwise than what it
shows to guests, and otherwise again next month. So nothing rests on names of elements. Only what a
reader sees counts, and of it only numbers and days: no names, no texts, no lists of people.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from audit.model.exchange import Page
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfileFigure,
    ProfilePost,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Evidence, Known, Unknown
from scrapers.parse.count_words import Noun, Told, has_word
from scrapers.parse.date_words import DateWords
from scrapers.parse.document import Document
from scrapers.parse.html import read_html
from scrapers.parse.urls import host_of, join, unwrap
from scrapers.platforms.kit.base import Ask
from scrapers.platforms.kit.belonging import Account, Belonging, belonging_of
from scrapers.platforms.kit.dated_items import posts_on
from scrapers.platforms.kit.proof import Proof, timeline_of
from scrapers.platforms.kit.standing import (
    SHORT,
    is_in_item,
    is_seen,
    labels_of,
    told_at,
    up,
)

RULE = "platform.saved-page"

_AROUND_HEAD = 12
"""Elements around the head in which the profile's own counts are looked for."""

_MOST_WORDS = 4_000

_AUDIENCE = (Noun.FOLLOWERS, Noun.SUBSCRIBERS, Noun.MEMBERS)
"""What may be the audience of a profile, the first that is there."""

_FIGURES = {
    Noun.FOLLOWERS: Count.FOLLOWERS,
    Noun.SUBSCRIBERS: Count.SUBSCRIBERS,
    Noun.MEMBERS: Count.MEMBERS,
    Noun.POSTS: Count.POSTS,
    Noun.LIKES: Count.LIKES,
}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A count that stands on the page, with the element that holds it."""

    told: Told
    node: LexborNode


def read_general(page: Page, ask: Ask, words: DateWords, account: Account) -> Profile | Unknown:
    """Return what a page counts of its profile, and the days of what it shows.

    `words` are those beside dates, `account` tells this profile from others: what belongs to
    another is not counted. Unknown where the page counts nothing of the kind: days
    alone may be those of anything.
    """
    document = read_html(page)
    proof = Proof(page, RULE)
    belonging = belonging_of(document, ask, account)
    candidates = list(_candidates(document, belonging))
    figures = {noun: _own(noun, candidates, belonging.head, proof) for noun in _FIGURES}
    posts = list(posts_on(document, words, proof, belonging.is_anothers))
    known = {noun: value for noun, value in figures.items() if isinstance(value, Known)}
    if not known:
        return _lack(figures, is_wall=belonging.is_wall)
    audience = next((noun for noun in _AUDIENCE if noun in known), None)
    return Profile(
        standing=Standing.LIVE,
        name=belonging.name,
        evidence=_evidence(known.values(), posts),
        audience=known[audience] if audience is not None else _lack(figures),
        figures=tuple(
            ProfileFigure(count=_FIGURES[noun], value=value)
            for noun, value in known.items()
            if noun is not audience
        ),
        timeline=_timeline(posts, ask),
        links=_home(document, ask),
    )


def _evidence(values: Iterable[Known[int]], posts: Sequence[ProfilePost]) -> tuple[Evidence, ...]:
    """Return the proof of what was read: that of the first figure, else of the first post."""
    proofs = [proof for value in values for proof in value.evidence]
    return tuple([*proofs, *(post.evidence for post in posts)][:1])


def _lack(figures: dict[Noun, Known[int] | Unknown | None], *, is_wall: bool = False) -> Unknown:
    """Return why the audience is not known: the page asks to log in, or shows several, or none."""
    contended = (figures[noun] for noun in _AUDIENCE)
    found = next((value for value in contended if isinstance(value, Unknown)), None)
    if found is None and is_wall:
        detail = "the saved page asks to log in, or shows something else in place of this profile"
        return unread(Outcome.LOGIN_WALL, detail)
    detail = "no count of followers by the profile's name on the saved page"
    return found or unread(Outcome.PARSE_FAILED, detail)


def _timeline(posts: Sequence[ProfilePost], ask: Ask) -> Timeline | Unknown:
    """Return the posts; a page shows as many as its reader scrolled to, so older ones may lack."""
    if not posts:
        return unread(Outcome.PARSE_FAILED, "no dated posts on the saved page")
    return timeline_of(posts, ask, truncated=True)


# ---- counts ----


def _candidates(document: Document, belonging: Belonging) -> Iterator[_Candidate]:
    """Yield the counts of the page that may be the profile's own, in the order of the page."""
    for number, node in enumerate(_worded(document)):
        if number == _MOST_WORDS:
            return
        if not is_seen(node) or is_in_item(node):
            continue
        told, holder = told_at(node)
        if told and belonging.holds(holder):
            yield from (_Candidate(each, holder) for each in told)


def _worded(document: Document) -> Iterator[LexborNode]:
    """Yield the elements that themselves hold a word for something counted, or are labelled so."""
    body = document.tree.body
    if body is None:
        return
    for node in body.traverse():
        text = node.text(deep=False)
        if (text and len(text) <= 4 * SHORT and has_word(text)) or any(
            has_word(label) for label in labels_of(node)
        ):
            yield node


def _own(
    noun: Noun, candidates: Sequence[_Candidate], head: LexborNode | None, proof: Proof
) -> Known[int] | Unknown | None:
    """Return the profile's own count of something; None where the page shows none.

    Where several contend, that of the smallest part around the profile's head holds; where two
    contend there as well, it is unknown.
    """
    found = [each for each in candidates if each.told.noun is noun]
    if not found:
        return None
    told = _agreed(found) or _nearest(found, head)
    if told is None:
        detail = f"the saved page shows several counts of {noun}, and not which is the profile's"
        return unread(Outcome.PARSE_FAILED, detail)
    proven = (proof.of(told.words),)
    return Known(value=told.count.value, evidence=proven, exact=told.count.exact)


def _agreed(candidates: Sequence[_Candidate]) -> Told | None:
    """Return the count that all give, the exact one of "12K" and "12,431"; None where they differ.

    A rounded one may lie a twentieth beside the exact one.
    """
    exact = {each.told.count.value: each.told for each in candidates if each.told.count.exact}
    rounded = {each.told.count.value: each.told for each in candidates if not each.told.count.exact}
    if len(exact) > 1 or (not exact and len(rounded) > 1):
        return None
    best = next(iter((*exact.values(), *rounded.values())))
    value = best.count.value
    return best if all(abs(each - value) <= value / 20 for each in rounded) else None


def _nearest(candidates: Sequence[_Candidate], head: LexborNode | None) -> Told | None:
    """Return the count in the smallest part of the page that holds the head and any of them."""
    around = {each.node.mem_id: list(up(each.node)) for each in candidates}
    part = head
    for _ in range(_AROUND_HEAD):
        if part is None or part.tag in ("body", "html"):
            return None
        held = [
            each
            for each in candidates
            if any(above.mem_id == part.mem_id for above in around[each.node.mem_id])
        ]
        if held:
            return _agreed(held)
        part = part.parent
    return None


def _home(document: Document, ask: Ask) -> tuple[str, ...]:
    """Return the company's own website where the page leads there, outside posts and asides."""
    home = host_of(ask.website)
    for node in document.elements("a"):
        url = join(document.base, node.attributes.get("href") or "")
        leads_home = url is not None and home and host_of(unwrap(url)) == home
        if url is not None and leads_home and is_seen(node) and not is_in_item(node):
            return (unwrap(url),)
    return ()
