"""Names of themes that a reader understands: phrases as the authors write them, never stems."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from audit.measure.themes.corpus import Corpus
from audit.measure.themes.lexicon import COMMON_WORD, Lexicon
from audit.measure.themes.texts import BREAK, words_of

LONGEST = 4
"""Words of a label at most."""

_FILLED = 0.7
"""What is left of a phrase's worth with each word in it that says nothing: "sold to everybody"."""

_LEAST_POSTS = 3
_LEAST_SHARE = 0.12
"""Posts of a theme that a label must stand in: so many, and this share of them."""

_LEAST_FIT = 0.4
"""Share of the posts with the label that must be the theme's: else it is as much another's."""

_HELD, _HELD_BY_PART = 0.5, 0.8
"""Share of its posts that hold the whole name of a theme, under which a part names it that so many
of them hold."""

_TORN = 0.6
"""Share of its posts in which a phrase goes on alike, from which on it is a torn one."""

_LONGER = 0.35
"""How much more a phrase is worth with each word that it has: it says more than one word."""


@dataclass(slots=True)
class Phrases:
    """All phrases of the headings and tags of a corpus: their posts and written forms, by stems."""

    corpus: Corpus
    posts: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    forms: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    small: set[str] = field(default_factory=set)
    """Words that running text mostly has in small letters: capitals in headings mean nothing."""

    continued: dict[str, int] = field(default_factory=dict)
    """In how many posts each phrase goes on in one and the same way."""

    @classmethod
    def of(cls, corpus: Corpus) -> "Phrases":
        """Collect the phrases of a corpus."""
        phrases = cls(corpus, small=_small(corpus))
        for place, text in enumerate(corpus.texts):
            for words in text.phrases:
                for key, form in _phrases(words, corpus.lexicon):
                    phrases.posts[key].add(place)
                    phrases.forms[key][form] += 1
        phrases._find_continued()
        return phrases

    def _find_continued(self) -> None:
        """Find how often each phrase is a part of one that is longer by a word."""
        for key, posts in self.posts.items():
            for part in (key.partition(" ")[2], key.rpartition(" ")[0]):
                self.continued[part] = max(self.continued.get(part, 0), len(posts))

    def posts_with(self, name: str) -> set[int]:
        """Return the posts whose heading or tags hold a phrase in any inflection."""
        return self.posts[" ".join(self.corpus.lexicon.key(word) for word in words_of(name))]

    def is_torn(self, key: str) -> bool:
        """Tell whether a phrase nearly always goes on: "museum of earth", with "sciences"."""
        return self.continued.get(key, 0) > _TORN * len(self.posts[key])

    def written(self, key: str) -> str:
        """Return a phrase as it is mostly written, its first letter large, as a name has it."""
        forms: Counter[str] = Counter()
        for form, count in self.forms[key].items():
            forms[self._quiet(form)] += count
        chosen = min(forms, key=lambda form: (-forms[form], form))
        return chosen[:1].upper() + chosen[1:]

    def _quiet(self, form: str) -> str:
        """Return a phrase without the capitals that it has only in headings."""
        words = form.split(" ")
        return " ".join(word.lower() if word.lower() in self.small else word for word in words)


def label(phrases: Phrases, rows: Sequence[int], taken: set[str]) -> str:
    """Return the name of a theme by its posts; empty where no phrase names it.

    It is the phrase of one to four words that stands in most of its headings and tags and in few
    others. `taken` are names in use, in small letters, to which a new one is added.
    """
    own = set(rows)
    scored = sorted(
        (-score, key)
        for key, posts in phrases.posts.items()
        if (score := _score(phrases.corpus, key, posts, own)) > 0
        and key.count(" ") < LONGEST
        and not phrases.is_torn(key)
    )
    for _, key in scored:
        name = phrases.written(key)
        if not _is_taken(key, name, taken):
            taken |= {name.lower(), key}
            return name
    return ""


def apter(phrases: Phrases, name: str, rows: Sequence[int], taken: set[str]) -> str:
    """Return the part of a name that its posts hold, where few hold the whole; else the name.

    A theme that began with "Trying oat milk" and has come to hold all posts on oat milk is named
    by that: who reads the name looks for it in the posts. `taken` gets the new name.
    """
    keys = [phrases.corpus.lexicon.key(word) for word in words_of(name)]
    whole = _holding(phrases.corpus, " ".join(keys), rows)
    if whole >= _HELD * len(rows):
        return name
    parts = {" ".join(keys[i:j]) for i in range(len(keys)) for j in range(i + 1, len(keys) + 1)}
    for held, key in sorted(
        ((_holding(phrases.corpus, key, rows), key) for key in parts), reverse=True
    ):
        if held < _HELD_BY_PART * len(rows) or not _names_alone(phrases, key, held):
            continue
        part = phrases.written(key)
        if not _is_taken(key, part, taken):
            taken |= {part.lower(), key}
            return part
    return name


def _holding(corpus: Corpus, key: str, rows: Sequence[int]) -> int:
    """Return how many of some posts hold a phrase."""
    return sum(key in corpus.counts[row] for row in rows)


def _names_alone(phrases: Phrases, key: str, held: int) -> bool:
    """Tell whether a part of a name says what its posts are about, and not mostly other posts."""
    corpus = phrases.corpus
    said = key in phrases.posts and corpus.weights.get(key, 0.0) > 0 and not phrases.is_torn(key)
    rare = corpus.lexicon.zipf(corpus.shown.get(key, key)) < COMMON_WORD
    return said and rare and held >= _LEAST_FIT * corpus.holding[key]


def _is_taken(key: str, name: str, taken: set[str]) -> bool:
    """Tell whether a name, or another inflection of it, is in use."""
    return name.lower() in taken or key in taken


def _score(corpus: Corpus, key: str, posts: set[int], own: set[int]) -> float:
    """Return how well a phrase names some posts: its share of them × its fit × its weight."""
    if len(posts) < _LEAST_POSTS or not any(map(str.isalpha, key)):
        return 0.0
    hits = len(posts & own)
    share, fit = hits / len(own), hits / len(posts)
    if hits < _LEAST_POSTS or share < _LEAST_SHARE or fit < _LEAST_FIT:
        return 0.0
    parts = key.split(" ")
    loud = max(corpus.weights.get(part, 0.0) for part in parts)
    if len(parts) == 1 and corpus.lexicon.zipf(corpus.shown.get(key, key)) >= COMMON_WORD:
        return 0.0
    telling = sum(part in corpus.weights for part in parts)
    return share * fit * loud * (1 + _LONGER * (telling - 1)) * _FILLED ** (len(parts) - telling)


def _small(corpus: Corpus) -> set[str]:
    """Return the words that running text mostly has in small letters.

    Words behind a full stop do not count, nor do headings, which English has in capitals.
    """
    written = Counter(
        word
        for text in corpus.texts
        for before, word in pairwise((BREAK, *text.summary))
        if before and word
    )
    balance: Counter[str] = Counter()
    for word, count in written.items():
        balance[word.lower()] += count if word.islower() else -count
    return {word for word, more in balance.items() if more > 0}


def _phrases(words: Sequence[str], of: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield the phrases of a heading, as stems and as written: up to five words between breaks.

    Neither the first nor the last word of a phrase is a plain one ("cost of living" may be, "of
    living" not), and no digits stand alone.
    """
    plain = [word == BREAK or of.is_plain(word) for word in words]
    for begin in range(len(words)):
        if plain[begin]:
            continue
        for end in range(begin + 1, min(begin + LONGEST + 1, len(words)) + 1):
            if words[end - 1] == BREAK:
                break
            if not plain[end - 1]:
                phrase = words[begin:end]
                yield " ".join(of.key(word) for word in phrase), " ".join(phrase)
