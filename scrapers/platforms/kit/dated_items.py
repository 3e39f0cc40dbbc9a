"""The dated items of a page whose layout nobody knows: when, and how many reacted, no more."""

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urldefrag

from selectolax.lexbor import LexborNode

from audit.model.profile import Interaction, ProfilePost, Reaction
from scrapers.parse.count_words import Noun, has_word
from scrapers.parse.date_words import DateWords
from scrapers.parse.dated import dated_elements
from scrapers.parse.day_order import style_of
from scrapers.parse.document import Document
from scrapers.platforms.kit.proof import Proof
from scrapers.platforms.kit.standing import SHORT, is_seen, labels_of, links_in, told_at, up

_POST = "post"
"""All that is said of a post: its words may name anybody."""

_MOST_POSTS = 200

_REACTIONS = {
    Noun.LIKES: Reaction.LIKES,
    Noun.COMMENTS: Reaction.COMMENTS,
    Noun.SHARES: Reaction.SHARES,
    Noun.VIEWS: Reaction.VIEWS,
}


def posts_on(
    document: Document,
    words: DateWords,
    proof: Proof,
    is_anothers: Callable[[LexborNode], bool] = lambda _: False,
) -> Iterator[ProfilePost]:
    """Yield the dated items of the page, each with its reactions: when, and how many, no more.

    One that `is_anothers` tells of is left out.
    """
    now = document.page.fetched_at
    style = style_of(document, words)
    dated = [
        (node, at)
        for node, at in dated_elements(document, now, style)
        if is_seen(node) and at.at <= now
    ]
    holders = {node.mem_id for node, _ in dated}
    blocks: set[int] = set()
    for node, at in dated[:_MOST_POSTS]:
        block = _block(node, holders)
        if block.mem_id in blocks or _is_answer(block, blocks):
            continue
        blocks.add(block.mem_id)
        if is_anothers(block):
            continue
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
    parts = list(up(node))
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
    return any(each.mem_id in blocks for each in list(up(block))[1:])


def _reactions(block: LexborNode) -> tuple[Interaction, ...]:
    """Return how often a post met each reaction; of two counts of one the first."""
    found: dict[Reaction, Interaction] = {}
    for node in block.traverse():
        text = node.text(deep=False)
        labels = labels_of(node)
        if not any(map(has_word, (text[:SHORT], *labels))):
            continue
        for told in told_at(node)[0]:
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
    for url in links_in(block, document):
        plain = url.partition("?")[0].rstrip("/")
        if plain.startswith(here + "/") and any(sign.isdigit() for sign in plain[len(here) :]):
            return plain
    return f"{here}#post-{number}"
