"""The words that tell whose the profiles beside them are: headings over others, and credits."""

import re
from collections import defaultdict

from audit.model.catalogue import Vocabulary
from scrapers.page.names import folded
from scrapers.page.words import BESIDE, COMPACT, WHOSE, plain_phrase
from scrapers.parse.remembered import remembered
from scrapers.parse.urls import segments

_MAX_WORDS = 7
"""Longer headings are sentences, or titles of articles."""

_LONG_PHRASE = 4
"""Signs from which on a phrase of a script without spaces may be a part of a heading."""

_LONGEST = 600
"""Characters at the end of a text in which a credit is looked for."""

_FOLDERS = 3
"""Parts of an address that may name whom a page is about."""

_WORD = re.compile(r"[^\W_]+")
_SIGN = re.compile(r"\s{0,3}[:：–—-]")
"""A colon or dash, as behind the name of a trade: "Design: Well Works"."""


class WhoseWords:
    """The phrases of the vocabulary that stand by other people's profiles, of all languages."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Index the phrases."""
        sections = vocabulary.sections
        others = sections.get(f"{WHOSE}others", ())
        works = (*sections.get(f"{WHOSE}works", ()), *sections.get("case_studies", ()))
        self._names = frozenset(plain_phrase(phrase) for phrase in (*others, *works))
        self._within = tuple(f" {plain_phrase(phrase)} " for phrase in others if " " in phrase)
        self._compact = tuple(
            plain_phrase(phrase)
            for phrase in others
            if COMPACT.search(phrase) and len(phrase) >= _LONG_PHRASE
        )
        self._credits: dict[str, list[tuple[tuple[str, ...], bool]]] = defaultdict(list)
        self._compact_credits: list[tuple[str, bool]] = []
        for phrase in sections.get(f"{WHOSE}maker", ()):
            self._add_credit(folded(phrase.rstrip(":")), signed=phrase.endswith(":"))
        # A cache of this object: on the method itself it would keep every vocabulary alive.
        self.heads_others = remembered(20_000)(self._heads_others)

    def _add_credit(self, phrase: str, *, signed: bool) -> None:
        """File the phrase of a credit under its first word; `signed`: only before a colon."""
        if COMPACT.search(phrase):
            self._compact_credits.append((phrase, signed))
            return
        words = tuple(_WORD.findall(phrase))
        # A catalogue of the user's may hold a phrase of signs alone.
        if words:
            self._credits[words[0]].append((words[1:], signed))

    def _heads_others(self, heading: str) -> bool:
        """Tell whether a heading is one over other people: "Our clients", "Diesen Firmen …".

        "Ein Auszug unserer Kunden" is one, as it holds a phrase of several words; of a single word
        the heading must be the name: "Software for clients" is none.
        """
        words = plain_phrase(heading).split()
        if not words or len(words) > _MAX_WORDS:
            return False
        whole = " ".join(words)
        if whole in self._names or " ".join(_told(words)) in self._names:
            return True
        return any(phrase in f" {whole} " for phrase in self._within) or any(
            phrase in whole for phrase in self._compact
        )

    def names_others(self, text: str) -> bool:
        """Tell whether a text is the name of such a part of a site and nothing else."""
        return " ".join(_told(plain_phrase(text).split())) in self._names

    def is_of_others(self, url: str) -> bool:
        """Tell whether an address is one of a page about others: `/clients/acme`, `/referenzen`."""
        return any(self.names_others(part) for part in segments(url)[:_FOLDERS])

    def behind_credit(self, text: str) -> str | None:
        """Return what follows the last credit in a text, in small letters; None where none is.

        "© 2026 Acme. Website by Well Works" gives " well works".
        """
        text = folded(text[-_LONGEST:])
        end = max(self._ends(text), default=0)
        return text[end:] if end else None

    def _ends(self, text: str) -> list[int]:
        """Return where credits end in a folded text."""
        ends: list[int] = []
        words = list(_WORD.finditer(text))
        for place, word in enumerate(words):
            for rest, signed in self._credits.get(word[0], ()):
                last = words[min(place + len(rest), len(words) - 1)]
                following = words[place + 1 : place + 1 + len(rest)]
                if tuple(match[0] for match in following) == rest:
                    ends += _end(text, last.end(), signed=signed)
        for phrase, signed in self._compact_credits:
            if (start := text.rfind(phrase)) >= 0:
                ends += _end(text, start + len(phrase), signed=signed)
        return ends


def _end(text: str, end: int, *, signed: bool) -> list[int]:
    """Return where a credit ends: behind its colon or dash; nowhere where it lacks one it needs."""
    sign = _SIGN.match(text, end)
    if sign is not None:
        return [sign.end()]
    return [] if signed else [end]


def _told(words: list[str]) -> list[str]:
    """Return the words of a heading that name something: "Our clients" are "clients"."""
    return [word for word in words if word not in BESIDE]
