"""Who follows a profile, as counts: what followers say of themselves; of nobody anything stays."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from audit.languages import language_and_chance
from audit.model.catalogue import AudienceWords
from scrapers.channels.composition import Composition, Shares
from scrapers.page.names import folded
from scrapers.platforms.kit.base import Follower

FEWEST = 5
"""Groups of fewer followers are not shown: they might tell who is in them."""

OTHER = "other"
"""What groups too small to be shown are together."""

SURE = 0.6
"""A language is believed from this probability on."""

LETTERS = 25
"""Shorter texts do not tell their language."""

MAX_WORDS = 4
"""Words of the longest phrase that is looked for."""

MAX_TEXT = 600
"""Characters of a description that are read."""

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(
    r"https?://\S+|(?<![\w.+-])[\w.+-]+@[\w.-]+|@[\w.@-]+"
    r"|\b[\w-]{2,}(?:\.[\w-]+)*\.[a-z]{2,}\b(?:/\S*)?"
)
"""Addresses of pages and mail, and names of accounts: their words are not what somebody says."""

_LETTER = re.compile(r"[^\W\d_]")
_NO_SPACES = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
"""Signs of scripts that put no spaces between words: Thai, Japanese, Chinese."""

_CODE = re.compile(r"[a-z]{2,3}")
"""A code of a language (`sv`); platforms let people write anything there."""


class Phrases:
    """Phrases turned round: phrase → names. The longest phrase at a place is the one meant.

    So "software engineer" is software and not engineering.
    """

    def __init__(self, phrases_by_name: Mapping[str, Iterable[str]]) -> None:
        """Index the phrases of each name: whole words, beginnings (`ingenieur*`), inner texts."""
        self._whole: dict[str, set[str]] = {}
        self._begun: dict[str, set[str]] = {}
        self._inside: list[tuple[str, str]] = []
        for name, phrases in phrases_by_name.items():
            for phrase in phrases:
                self._add(phrase, name)

    def _add(self, phrase: str, name: str) -> None:
        """Index one phrase; one in a script without spaces is looked for anywhere in a text."""
        if _NO_SPACES.search(phrase):
            self._inside.append((folded(phrase), name))
            return
        index = self._begun if phrase.endswith("*") else self._whole
        index.setdefault(" ".join(_WORD.findall(folded(phrase))), set()).add(name)

    def names_in(self, text: str) -> set[str]:
        """Return the names of all phrases in a folded text (`scrapers.page.names.folded`)."""
        words, at = _WORD.findall(text), 0
        names = {name for phrase, name in self._inside if phrase in text}
        while at < len(words):
            longest, size = self._at(words, at)
            names |= longest
            at += size
        return names

    def _at(self, words: Sequence[str], at: int) -> tuple[set[str], int]:
        """Return the names of the longest phrase that begins here, and how many words it has.

        Where none begins, no names and one word, so that the next is looked at.
        """
        for size in range(min(MAX_WORDS, len(words) - at), 0, -1):
            names = self._whole.get(" ".join(words[at : at + size]))
            if names is not None:
                return names, size
        word = words[at]
        # A beginning has three letters at least, so that `a*` cannot stand for every word.
        for length in range(len(word), 2, -1):
            names = self._begun.get(word[:length])
            if names is not None:
                return names, 1
        return set(), 1


class Bios:
    """Tells what followers say of themselves, by the words of the catalogue."""

    def __init__(self, words: AudienceWords) -> None:
        """Index the words."""
        self._subjects, self._kinds = Phrases(words.subjects), Phrases(words.kinds)
        self._persons, self._stated = Phrases({"person": words.persons}), words.stated

    def subjects(self, text: str) -> set[str]:
        """Return what somebody is about; a folded text may name several subjects or none."""
        return self._subjects.names_in(text)

    def kinds(self, text: str, stated: str) -> set[str]:
        """Return what an account is: by the platform's word, and by its own unless a person's.

        `text` is what it says, folded; `stated` is the platform's word (Organization, bot, User).
        "Professor at the University of Examples" speaks of a person, and is no university.
        """
        kind = self._stated.get(stated.casefold())
        kinds = {kind} if kind else set()
        return kinds if self._persons.names_in(text) else kinds | self._kinds.names_in(text)


def composed(followers: Iterable[Follower], bios: Bios) -> Composition:
    """Count what the followers of a sample say of themselves.

    Subjects and languages are shares of those who say something, kinds of all. A group under
    `FEWEST` is not shown; such groups are `other` together, where that is no small one either.
    """
    subjects, languages, kinds = _Groups(), _Groups(), _Groups()
    sampled = described = 0
    for follower in _each_account_once(followers):
        sampled += 1
        words = _own_words(follower.about)
        text = folded(words)
        kinds.count(bios.kinds(text, follower.kind))
        # Signs and numbers alone (a flag, a year) say nothing of anybody.
        if not _LETTER.search(words):
            continue
        described += 1
        subjects.count(bios.subjects(text))
        languages.count(_language(follower.language, words))
    return Composition(
        sampled=sampled,
        described=described,
        subjects=subjects.shares(described),
        languages=languages.shares(described),
        kinds=kinds.shares(sampled),
    )


def _each_account_once(followers: Iterable[Follower]) -> Iterator[Follower]:
    """Give each account once: a list that grows while it is read names some twice.

    Those without a name for their account are all given.
    """
    known: set[str] = set()
    for follower in followers:
        if follower.account and follower.account in known:
            continue
        known.add(follower.account)
        yield follower


def _own_words(about: str) -> str:
    """Return the words of a description, without addresses and names of accounts."""
    return " ".join(_ADDRESS.sub(" ", about[:MAX_TEXT]).split())


class _Groups:
    """Followers counted by the set of groups that each is in."""

    def __init__(self) -> None:
        self._sets: Counter[frozenset[str]] = Counter()

    def count(self, names: Iterable[str]) -> None:
        """Count a follower who is in these groups."""
        self._sets[frozenset(names)] += 1

    def shares(self, whole: int) -> Shares:
        """Return the share of each group that may be shown, the largest first, `other` at the end.

        `whole` is of how many followers they are shares. Whoever is in a group that is shown is not
        counted in `other` again.
        """
        sizes: Counter[str] = Counter()
        for names, count in self._sets.items():
            sizes.update(dict.fromkeys(names, count))
        large = {name: count for name, count in sizes.items() if count >= FEWEST}
        rest = sum(
            count for names, count in self._sets.items() if names and not names & large.keys()
        )
        ordered = sorted(large.items(), key=lambda pair: (-pair[1], pair[0]))
        tail = [(OTHER, rest)] if rest >= FEWEST else []
        return tuple((name, count / whole) for name, count in [*ordered, *tail])


def _language(stated: str, words: str) -> tuple[str, ...]:
    """Return the language of a follower: the one stated, else that of the words where it is sure.

    A region is cut off (`sv-SE` → `sv`); what is no code ("Jane Doe") is not believed. Empty where
    the words are too short or the language is not sure.
    """
    # Both `pt-BR` and `pt_BR` are written.
    code = re.split(r"[-_]", stated.strip().lower())[0]
    if _CODE.fullmatch(code):
        return (code,)
    # A sign of a script without spaces says more than a letter: it counts as four of them.
    letters = len(_LETTER.findall(words)) + 3 * len(_NO_SPACES.findall(words))
    if letters < LETTERS:
        return ()
    language, probability = language_and_chance(words)
    return (language,) if probability >= SURE else ()
