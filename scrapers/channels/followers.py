"""Who follows a profile, as counts: what followers say of themselves; of nobody anything stays."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from audit.model.catalogue import AudienceWords
from scrapers.page.names import folded
from scrapers.platforms.kit.base import Follower

FEWEST = 5
"""Groups of fewer followers are not shown: they might tell who is in them."""

OTHER = "other"
SURE = 0.6
"""A language is believed from this probability on."""

LETTERS = 25
"""Shorter texts do not tell their language."""

MAX_WORDS = 4
MAX_TEXT = 600
_WORD = re.compile(r"[^\W_]+")
_NAMED = re.compile(
    r"https?://\S+|(?<![\w.+-])[\w.+-]+@[\w.-]+|@[\w.@-]+"
    r"|\b[\w-]{2,}(?:\.[\w-]+)*\.[a-z]{2,}\b(?:/\S*)?"
)
_LETTER = re.compile(r"[^\W\d_]")
_NO_SPACES = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_CODE = re.compile(r"[a-z]{2,3}")

Shares = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """The composition of a sample, as `audit.model.audience.Audience` tells it."""

    sampled: int
    described: int
    subjects: Shares
    languages: Shares
    kinds: Shares


class Phrases:
    """Phrases turned round: phrase → names. The longest phrase at a place is the one meant."""

    def __init__(self, named: Mapping[str, Iterable[str]]) -> None:
        """Index the phrases of each name."""
        self._whole: dict[str, set[str]] = {}
        self._begun: dict[str, set[str]] = {}
        self._inside: list[tuple[str, str]] = []
        for name, phrases in named.items():
            for phrase in phrases:
                self._take(phrase, name)

    def _take(self, phrase: str, name: str) -> None:
        if _NO_SPACES.search(phrase):
            self._inside.append((folded(phrase), name))
            return
        index = self._begun if phrase.endswith("*") else self._whole
        index.setdefault(" ".join(_WORD.findall(folded(phrase))), set()).add(name)

    def named(self, text: str) -> set[str]:
        """The names of all phrases in a folded text."""
        words, at = _WORD.findall(text), 0
        found = {name for phrase, name in self._inside if phrase in text}
        while at < len(words):
            names, size = self._at(words, at)
            found |= names
            at += size
        return found

    def _at(self, words: Sequence[str], at: int) -> tuple[set[str], int]:
        """The names of the longest phrase that begins here, and how many words it has."""
        for size in range(min(MAX_WORDS, len(words) - at), 0, -1):
            names = self._whole.get(" ".join(words[at : at + size]))
            if names is not None:
                return names, size
        word = words[at]
        for length in range(len(word), 2, -1):
            names = self._begun.get(word[:length])
            if names is not None:
                return names, 1
        return set(), 1


class Bios:
    """What followers say of themselves, told by the words of the catalogue."""

    def __init__(self, words: AudienceWords) -> None:
        """Index the words."""
        self._subjects, self._kinds = Phrases(words.subjects), Phrases(words.kinds)
        self._persons, self._stated = Phrases({"person": words.persons}), words.stated

    def subjects(self, text: str) -> set[str]:
        """What somebody is about; a text may name several subjects or none."""
        return self._subjects.named(text)

    def kinds(self, text: str, stated: str) -> set[str]:
        """What an account is: in the platform's word, and in its own unless it is a person's."""
        said = self._stated.get(stated.casefold())
        known = {said} if said else set()
        return known if self._persons.named(text) else known | self._kinds.named(text)


def composed(followers: Iterable[Follower], bios: Bios) -> Composition:
    """Count what the followers of a sample say of themselves.

    Subjects and languages are shares of those who say something, kinds of all. A group under
    `FEWEST` is not shown; such groups are `other` together, where that is no small one either.
    """
    subjects, languages, kinds = _Groups(), _Groups(), _Groups()
    sampled = described = 0
    for each in _once(followers):
        sampled += 1
        said = _said(each.about)
        text = folded(said)
        kinds.count(bios.kinds(text, each.kind))
        if not _LETTER.search(said):
            continue
        described += 1
        subjects.count(bios.subjects(text))
        languages.count(_language(each.language, said))
    return Composition(
        sampled=sampled,
        described=described,
        subjects=subjects.shares(described),
        languages=languages.shares(described),
        kinds=kinds.shares(sampled),
    )


def _once(followers: Iterable[Follower]) -> Iterator[Follower]:
    """Each account once: a list that grows while it is read names some twice."""
    seen: set[str] = set()
    for each in followers:
        if each.account and each.account in seen:
            continue
        seen.add(each.account)
        yield each


def _said(about: str) -> str:
    """The words of a text, without addresses and names of accounts."""
    return " ".join(_NAMED.sub(" ", about[:MAX_TEXT]).split())


class _Groups:
    """Followers counted by the set of groups that each is in."""

    def __init__(self) -> None:
        self._sets: Counter[frozenset[str]] = Counter()

    def count(self, names: Iterable[str]) -> None:
        """Count a follower who is in these groups."""
        self._sets[frozenset(names)] += 1

    def shares(self, whole: int) -> Shares:
        """The share of each group that may be shown, the largest first, `other` at the end."""
        sizes: Counter[str] = Counter()
        for names, count in self._sets.items():
            sizes.update(dict.fromkeys(names, count))
        shown = {name: count for name, count in sizes.items() if count >= FEWEST}
        rest = sum(
            count for names, count in self._sets.items() if names and not names & shown.keys()
        )
        ordered = sorted(shown.items(), key=lambda pair: (-pair[1], pair[0]))
        tail = [(OTHER, rest)] if rest >= FEWEST else []
        return tuple((name, count / whole) for name, count in [*ordered, *tail])


def _language(stated: str, said: str) -> tuple[str, ...]:
    """The language of a follower: the one stated, else that of the text where it is sure."""
    code = re.split(r"[-_]", stated.strip().lower())[0]
    if _CODE.fullmatch(code):
        return (code,)
    letters = len(_LETTER.findall(said)) + 3 * len(_NO_SPACES.findall(said))
    if letters < LETTERS:
        return ()
    told, probability = _identifier().classify(said)
    return (str(told),) if probability >= SURE else ()


class _Identifier(Protocol):
    def classify(self, text: str, /) -> tuple[str, float]: ...


@cache
def _identifier() -> _Identifier:
    """The identifier of languages, with probabilities: loaded where one is needed, once."""
    from py3langid import langid

    model = Path(langid.__file__).parent / langid.MODEL_FILE
    made: _Identifier = langid.LanguageIdentifier.from_modelpath(str(model), norm_probs=True)
    return made
