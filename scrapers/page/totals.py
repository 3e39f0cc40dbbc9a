"""Read what a forum says of itself at its foot: how many topics, posts and members it has."""

import re
from collections.abc import Iterator, Mapping, Set

from audit.model.kinds import ActivityKind
from scrapers.page.words import COMPACT, LinkWords

NUMBER = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+|\d+")
_STATED = re.compile(
    rf"\b([^\W\d_]{{3,20}})\s*:\s*({NUMBER.pattern})"
    rf"|(?<!\d )\b([^\W\d_]{{3,20}})\s*•\s*({NUMBER.pattern})"
)
"""A word and its number: "Topics: 1,204", "Topics • 1,204"; not "12 topics • 40 posts"."""

_CHAIN = re.compile(rf"({NUMBER.pattern})\s([^\W\d_]{{2,20}})(?=\s?(?:[•|·]|$|[A-Z\d]))")
"""A number and its word with nothing behind it but a sign: "48 213 messages •"."""

_BEFORE = 60
"""Characters before a number that may say what it is the total of."""

_CUT = re.compile(r"[•|·;\d]")
"""What ends the words of one number: a sign between two totals, or the number before."""

_WORD = re.compile(r"[^\W\d_]+")
_NEAR = 4
"""Words before a number among which it is called a total: "Totaal aantal berichten 48.213"."""

_KINDS = {
    "count_threads": ActivityKind.THREADS,
    "count_posts": ActivityKind.POSTS,
    "count_members": ActivityKind.MEMBERS,
}
_TOTAL = "count_total"

Total = tuple[ActivityKind, str, str]
"""What was counted, the digits of its number, and the words of the page that say so."""


def totals(text: str, link_words: LinkWords) -> Iterator[Total]:
    """Yield what a forum's own words count, each kind once, the surest form of words first.

    A word with a colon; a word that is called a total, as packs of phrases for forums put it in
    every language ("Beiträge insgesamt 48.213"); and numbers before their words, where members are
    among them ("48 213 messages • 5 120 sujets • 3 902 membres"), as rows of a list have none.
    """
    kinds = {
        word.casefold(): kind for name, kind in _KINDS.items() for word in link_words.phrases(name)
    }
    called = frozenset(map(str.casefold, link_words.phrases(_TOTAL)))
    known: set[ActivityKind] = set()
    forms = (_stated(text, kinds), _called_total(text, kinds, called), _chain(text, kinds))
    for kind, number, words in (total for form in forms for total in form):
        if kind not in known:
            known.add(kind)
            yield kind, number, words


def _stated(text: str, kinds: Mapping[str, ActivityKind]) -> Iterator[Total]:
    """Yield numbers behind a word and a colon, where the page states one number of a kind.

    Several are those of the parts of a forum, or of who wrote: each has "Posts: 12" beside a name.
    """
    stated: dict[ActivityKind, dict[str, str]] = {}
    for match in _STATED.finditer(text):
        word, number = match[1] or match[3], match[2] or match[4]
        kind = kinds.get(word.casefold())
        if kind is not None:
            stated.setdefault(kind, {}).setdefault(number, match.group())
    for kind, numbers in stated.items():
        if len(numbers) == 1:
            yield kind, *next(iter(numbers.items()))


def _called_total(
    text: str, kinds: Mapping[str, ActivityKind], called: frozenset[str]
) -> Iterator[Total]:
    """Yield numbers whose words name one thing that is counted, and call the number its total.

    "In total there are 12 users online" counts nothing: no such thing stands before the number.
    """
    for match in NUMBER.finditer(text):
        before = _CUT.split(text[max(0, match.start() - _BEFORE) : match.start()])[-1].casefold()
        words = _WORD.findall(before)[-_NEAR:]
        if not _said(called, words):
            continue
        counted = {kinds[word] for word in _said(kinds.keys(), words)}
        if len(counted) == 1:
            yield counted.pop(), match.group(), f"{' '.join(words)} {match.group()}"


def _said(phrases: Set[str], words: list[str]) -> set[str]:
    """Return the phrases among some words, or within one where no spaces stand between words."""
    said = phrases & set(words)
    for joined in filter(COMPACT.search, words):
        said |= {phrase for phrase in phrases if phrase in joined}
    return set(said)


def _chain(text: str, kinds: Mapping[str, ActivityKind]) -> Iterator[Total]:
    """Yield numbers that stand before their words, one behind the other, members among them."""
    counted = [
        (kind, match[1], match.group())
        for match in _CHAIN.finditer(text)
        if (kind := kinds.get(match[2].casefold())) is not None
    ]
    for three in zip(counted, counted[1:], counted[2:], strict=False):
        if {kind for kind, _, _ in three} == set(_KINDS.values()):
            yield from three
            return
