"""Read a profile's page whose layout nobody knows: counts beside their words, and dated items.

For pages that a person saved: what a network shows to its members is built otherwise than what it
shows to guests, and otherwise again next month. So nothing rests on names of elements. Only what a
reader sees counts, and of it only numbers and days: no names, no texts, no lists of people.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urldefrag

from selectolax.lexbor import LexborNode

from audit.model.exchange import Page
from audit.model.profile import (
    Count,
    Interaction,
    Outcome,
    Profile,
    ProfileFigure,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Evidence, Known, Unknown
from scrapers.parse.count_words import Noun, Told, counts_in, has_word
from scrapers.parse.date_words import DateWords
from scrapers.parse.dated import dated_elements
from scrapers.parse.day_order import style_of
from scrapers.parse.document import Document
from scrapers.parse.html import read_html
from scrapers.parse.urls import host_of, join, unwrap
from scrapers.platforms.kit.base import Ask
from scrapers.platforms.kit.proof import Proof, timeline_of

RULE = "platform.saved-page"
_POST = "post"
"""All that is said of a post: its words may name anybody."""

_SHORT = 90
"""Characters of a text that is a count and its word, or a row of them."""

_LEVELS = 5
"""Elements around a word in which its number is looked for."""

_AROUND_HEAD = 12
"""Elements around the head in which the profile's own counts are looked for."""

_MOST_WORDS = 4_000
_MOST_POSTS = 200
_LABELS = ("aria-label", "title")

_ASIDE = frozenset({"aside", "nav", "footer", "dialog"})
_ASIDE_ROLES = frozenset(
    {"complementary", "navigation", "contentinfo", "dialog", "banner", "alertdialog", "menu"}
)
_UNSEEN = frozenset({"script", "style", "template", "noscript", "audit-template", "head", "svg"})
_ITEM_ROLES = frozenset({"article", "feed"})

_AUDIENCE = (Noun.FOLLOWERS, Noun.SUBSCRIBERS, Noun.MEMBERS)
"""What may be the audience of a profile, the first that is there."""

_FIGURES = {
    Noun.FOLLOWERS: Count.FOLLOWERS,
    Noun.SUBSCRIBERS: Count.SUBSCRIBERS,
    Noun.MEMBERS: Count.MEMBERS,
    Noun.POSTS: Count.POSTS,
    Noun.LIKES: Count.LIKES,
}
_REACTIONS = {
    Noun.LIKES: Reaction.LIKES,
    Noun.COMMENTS: Reaction.COMMENTS,
    Noun.SHARES: Reaction.SHARES,
    Noun.VIEWS: Reaction.VIEWS,
}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A count that stands on the page, with the element that holds it."""

    told: Told
    node: LexborNode


def read_general(
    page: Page, ask: Ask, words: DateWords, is_anothers: Callable[[str], bool]
) -> Profile | Unknown:
    """Return what a page counts of its profile, and the days of what it shows.

    `words` are those beside dates, `is_anothers` tells whether an address is of another profile:
    what stands beside one is not counted. Unknown where the page counts nothing of the kind: days
    alone may be those of anything.
    """
    document = read_html(page)
    proof = Proof(page, RULE)
    candidates = list(_candidates(document, is_anothers))
    head = _head(document)
    figures = {noun: _own(noun, candidates, head, proof) for noun in _FIGURES}
    posts = list(_posts(document, words, proof))
    known = {noun: value for noun, value in figures.items() if isinstance(value, Known)}
    if not known:
        return _lack(figures)
    audience = next((noun for noun in _AUDIENCE if noun in known), None)
    return Profile(
        standing=Standing.LIVE,
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


def _lack(figures: dict[Noun, Known[int] | Unknown | None]) -> Unknown:
    """Return why the audience is not known: the page shows several, or none."""
    contended = (figures[noun] for noun in _AUDIENCE)
    found = next((value for value in contended if isinstance(value, Unknown)), None)
    return found or unread(Outcome.PARSE_FAILED, "no count of followers on the saved page")


def _timeline(posts: Sequence[ProfilePost], ask: Ask) -> Timeline | Unknown:
    """Return the posts; a page shows as many as its reader scrolled to, so older ones may lack."""
    if not posts:
        return unread(Outcome.PARSE_FAILED, "no dated posts on the saved page")
    return timeline_of(posts, ask, truncated=True)


# ---- counts ----


def _candidates(document: Document, is_anothers: Callable[[str], bool]) -> Iterator[_Candidate]:
    """Yield the counts of the page that may be the profile's own, in the order of the page."""
    for number, node in enumerate(_worded(document)):
        if number == _MOST_WORDS:
            return
        if not _is_seen(node) or _is_in_item(node):
            continue
        told, holder = _told_at(node)
        if told and not _is_beside_another(holder, document, is_anothers):
            yield from (_Candidate(each, holder) for each in told)


def _worded(document: Document) -> Iterator[LexborNode]:
    """Yield the elements that themselves hold a word for something counted, or are labelled so."""
    body = document.tree.body
    if body is None:
        return
    for node in body.traverse():
        text = node.text(deep=False)
        if (text and len(text) <= 4 * _SHORT and has_word(text)) or any(
            has_word(label) for label in _labels_of(node)
        ):
            yield node


def _labels_of(node: LexborNode) -> list[str]:
    """Return the words that an element has for people who do not see it."""
    labels = (node.attributes.get(name) or "" for name in _LABELS)
    return [label for label in labels if label and len(label) <= _SHORT]


def _told_at(node: LexborNode) -> tuple[list[Told], LexborNode]:
    """Return the counts at a word, from the smallest element around it that holds one."""
    for label in _labels_of(node):
        if told := list(counts_in(label)):
            return told, node
    element: LexborNode | None = node
    for _ in range(_LEVELS):
        if element is None or element.tag in ("body", "html"):
            break
        text = " ".join(element.text(deep=True, separator=" ").split())
        if len(text) > _SHORT:
            break
        if told := list(counts_in(text)):
            return told, element
        element = element.parent
    return [], node


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
    around = {each.node.mem_id: list(_up(each.node)) for each in candidates}
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


def _head(document: Document) -> LexborNode | None:
    """Return the heading of the profile: the first one of the first rank that is seen."""
    return next((node for node in document.elements("h1") if _is_seen(node)), None)


# ---- where a thing stands ----


def _up(node: LexborNode) -> Iterator[LexborNode]:
    """Yield an element and those around it."""
    element: LexborNode | None = node
    for _ in range(100):
        if element is None:
            return
        yield element
        element = element.parent


def _is_seen(node: LexborNode) -> bool:
    """Tell whether people see an element, in the part of the page that is the profile's."""
    for element in _up(node):
        attributes = element.attributes
        role = (attributes.get("role") or "").casefold()
        if element.tag in _UNSEEN or element.tag in _ASIDE or role in _ASIDE_ROLES:
            return False
        style = (attributes.get("style") or "").replace(" ", "").casefold()
        if "hidden" in attributes or "display:none" in style:
            return False
    return True


def _is_in_item(node: LexborNode) -> bool:
    """Tell whether an element stands in a post or in a list of them."""
    return any(
        each.tag == "article" or (each.attributes.get("role") or "").casefold() in _ITEM_ROLES
        for each in _up(node)
    )


def _is_beside_another(
    node: LexborNode, document: Document, is_anothers: Callable[[str], bool]
) -> bool:
    """Tell whether the part around a count leads to another profile, and not to a head.

    "People also viewed" is a list of such parts: a name, a link, and how many follow.
    """
    head = _head(document)
    around_head = {each.mem_id for each in _up(head)} if head is not None else set()
    for element in list(_up(node))[:8]:
        if element.mem_id in around_head or element.tag in ("body", "html", "main"):
            return False
        if any(is_anothers(url) for url in _links_in(element, document)):
            return True
    return False


def _links_in(element: LexborNode, document: Document) -> list[str]:
    """Return the addresses that an element leads to, itself included."""
    nodes = [element] if element.tag == "a" else element.css("a[href]")[:20]
    found = (join(document.base, node.attributes.get("href") or "") for node in nodes)
    return [unwrap(url) for url in found if url is not None]


def _home(document: Document, ask: Ask) -> tuple[str, ...]:
    """Return the company's own website where the page leads there, outside posts and asides."""
    home = host_of(ask.website)
    for node in document.elements("a"):
        url = join(document.base, node.attributes.get("href") or "")
        leads_home = url is not None and home and host_of(unwrap(url)) == home
        if url is not None and leads_home and _is_seen(node) and not _is_in_item(node):
            return (unwrap(url),)
    return ()


# ---- posts ----


def _posts(document: Document, words: DateWords, proof: Proof) -> Iterator[ProfilePost]:
    """Yield the dated items of the page, each with its reactions: when, and how many, no more."""
    now = document.page.fetched_at
    style = style_of(document, words)
    dated = [
        (node, at)
        for node, at in dated_elements(document, now, style)
        if _is_seen(node) and at.at <= now
    ]
    holders = {node.mem_id for node, _ in dated}
    blocks: set[int] = set()
    for node, at in dated[:_MOST_POSTS]:
        block = _block(node, holders)
        if block.mem_id in blocks or _is_answer(block, blocks):
            continue
        blocks.add(block.mem_id)
        reactions = _reactions(block)
        url = _address(block, document, len(blocks))
        yield ProfilePost(
            url=url,
            title=_POST,
            published=at,
            evidence=proof.dated(at, _words(reactions)),
            interactions=reactions,
        )


def _block(node: LexborNode, holders: set[int]) -> LexborNode:
    """Return the item of a date: the article around it, else all with no other date."""
    parts = list(_up(node))
    for part in parts:
        if part.tag == "article" or (part.attributes.get("role") or "") == "article":
            return part
    block = node
    for part in parts[1:10]:
        inside = sum(each.mem_id in holders for each in part.traverse())
        if inside > 1 or part.tag in ("body", "html", "main"):
            break
        block = part
    return block


def _is_answer(block: LexborNode, blocks: set[int]) -> bool:
    """Tell whether an item stands within another: a comment, which is somebody else's."""
    return any(each.mem_id in blocks for each in list(_up(block))[1:])


def _reactions(block: LexborNode) -> tuple[Interaction, ...]:
    """Return how often a post met each reaction; of two counts of one the first."""
    found: dict[Reaction, Interaction] = {}
    for node in block.traverse():
        text = node.text(deep=False)
        labels = _labels_of(node)
        if not any(map(has_word, (text[:_SHORT], *labels))):
            continue
        for told in _told_at(node)[0]:
            reaction = _REACTIONS.get(told.noun)
            if reaction is not None and reaction not in found:
                count = told.count
                found[reaction] = Interaction(
                    reaction=reaction, count=count.value, exact=count.exact
                )
    return tuple(found.values())


def _words(reactions: Sequence[Interaction]) -> str:
    """Return the reactions in words, as the proof of a post."""
    counts = (f"{each.count:,} {each.reaction}" for each in reactions)
    return ", ".join(counts) or _POST


def _address(block: LexborNode, document: Document, number: int) -> str:
    """Return the address of a post, where its block leads to one below the profile; else a place.

    Addresses of people who answered stand in a block, too: only what lies deeper on the profile's
    own path, or is a post by its form, is taken.
    """
    here = urldefrag(document.url)[0].partition("?")[0].rstrip("/")
    for url in _links_in(block, document):
        plain = url.partition("?")[0].rstrip("/")
        if plain.startswith(here + "/") and any(sign.isdigit() for sign in plain[len(here) :]):
            return plain
    return f"{here}#post-{number}"
