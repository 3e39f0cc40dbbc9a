"""The posts of one language as numbers: which words each holds, and how much each word says."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from audit.measure.themes.learning import load_scikit_learn
from audit.measure.themes.lexicon import Lexicon, lexicon
from audit.measure.themes.tags import tags_of
from audit.measure.themes.texts import BREAK, Text, words_of

IN_HEADING, IN_TAG, IN_SUMMARY = 2.0, 3.0, 1.0
"""How much a word counts by where it stands: a tag is what the author says that a post is about."""

VOCABULARY = 1_500
"""Words and phrases that are counted, those first that say most: more cost time and add noise."""

_IN_A_COMPANY = 0.6
"""Share of one company's posts over which a word says who writes, where nobody else uses it."""

_EVERYWHERE = 0.5
"""Share of all posts over which a word parts nothing from anything."""

_LOUD = 2.0
"""A word a hundred times (10²) as common here as in its language counts in full."""

_LOUD_NAME = 0.5
"""How much a single word must say to put a post on the theme of its name."""

Matrix = Any
"""A sparse matrix of scipy, which brings no types: rows are posts, columns are words."""


def keys_of(words: Sequence[str], of: Lexicon, longest: int) -> Iterator[str]:
    """Yield the stems of a text, and of neighbours joined by a space, up to `longest` of them.

    Words that name no subject are left out, and part their neighbours as a full stop does.
    """
    run: list[str] = []
    for word in words:
        if word == BREAK or of.is_plain(word):
            run = []
            continue
        run.append(of.key(word))
        for length in range(1, min(longest, len(run)) + 1):
            yield " ".join(run[-length:])


@dataclass(frozen=True)
class Corpus:
    """The posts of one language: `texts`, the words that are counted, and the matrix of both.

    Rows of `matrix` have length 1 (or 0 for a post that says nothing), so that the product with a
    theme of length 1 is the cosine of the angle between both.
    """

    language: str
    texts: tuple[Text, ...]

    @cached_property
    def lexicon(self) -> Lexicon:
        """Return what is known of the words of this language."""
        return lexicon(self.language)

    @cached_property
    def counts(self) -> list[Counter[str]]:
        """Return how much each word weighs in each post."""
        return [self._counted(text) for text in self.texts]

    def _counted(self, text: Text) -> Counter[str]:
        """Return the words of one post, each by where it stands."""
        counted: Counter[str] = Counter()
        parts = [(text.heading, IN_HEADING, 3), (text.summary, IN_SUMMARY, 2)]
        parts += [(words_of(tag), IN_TAG, 3) for tag in text.tags]
        for words, weight, longest in parts:
            for key in keys_of(words, self.lexicon, longest):
                counted[key] += weight  # type: ignore[assignment]  # a Counter may hold fractions
        return counted

    @cached_property
    def holding(self) -> Counter[str]:
        """Return in how many posts each word stands."""
        return Counter(key for counted in self.counts for key in counted)

    @cached_property
    def headed(self) -> dict[str, list[int]]:
        """Return the posts whose heading or tags hold a word or phrase, by its stems."""
        posts: dict[str, list[int]] = {}
        for row, counted in enumerate(self.counts):
            for key, weight in counted.items():
                if weight >= IN_HEADING:
                    posts.setdefault(key, []).append(row)
        return posts

    def key_of_name(self, name: str) -> str:
        """Return the stems of a theme's name as they would stand in a post; "" where it cannot.

        A common word alone is no sign: "Home" is in many headings.
        """
        if name not in self._keys_of_names:
            words = words_of(name)
            key = " ".join(self.lexicon.key(word) for word in words)
            loud = len(words) > 1 or self.weights.get(key, 0.0) >= _LOUD_NAME
            stands = loud and key in keys_of(words, self.lexicon, 3)
            self._keys_of_names[name] = key if stands else ""
        return self._keys_of_names[name]

    @cached_property
    def _keys_of_names(self) -> dict[str, str]:
        """Return what `key_of_name` has found out, as it is asked of the same names again."""
        return {}

    @cached_property
    def tagged(self) -> dict[str, list[int]]:
        """Return the posts that bear a tag, by its key."""
        posts: dict[str, list[int]] = {}
        for row, text in enumerate(self.texts):
            for tag in tags_of(text):
                posts.setdefault(tag, []).append(row)
        return posts

    @cached_property
    def weights(self) -> dict[str, float]:
        """Return how much each word says, 0 to 1, of those that are counted.

        A word weighs log10(frequency here ÷ frequency in the language) ÷ 2, 1 at most; nothing
        where it is no commoner here. A phrase weighs as much as its heaviest word.
        """
        least = 2 if len(self.texts) < 200 else 3
        most = _EVERYWHERE * len(self.texts)
        brands = self._brands()
        total = sum(map(len, self.counts)) or 1
        weighed: dict[str, float] = {}
        for key, posts in sorted(self.holding.items()):
            if least <= posts <= max(most, least) and not brands & set(key.split()):
                weight = max(self._weight(part, total) for part in key.split())
                if weight > 0:
                    weighed[key] = weight
        loudest = sorted(weighed, key=lambda key: (-self.holding[key] * weighed[key], key))
        return {key: weighed[key] for key in sorted(loudest[:VOCABULARY])}

    def _weight(self, stem: str, total: int) -> float:
        """Return how much one word says, by how common it is here and in its language."""
        here = math.log10(self.holding.get(stem, 1) / total) + 9
        return min(1.0, max(0.0, (here - self.lexicon.zipf(self.shown.get(stem, stem))) / _LOUD))

    @cached_property
    def shown(self) -> dict[str, str]:
        """Return the commonest written form of each stem, in small letters."""
        written = Counter(word for text in self.texts for word in (*text.heading, *text.summary))
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        for word, count in written.items():
            if word and not self.lexicon.is_plain(word):
                forms[self.lexicon.key(word)][word.lower()] += count
        return {
            key: min(found, key=lambda form: (-found[form], form)) for key, found in forms.items()
        }

    def _brands(self) -> set[str]:
        """Return the words that stand in most posts of one company and in none of the others'."""
        sizes = Counter(text.company for text in self.texts)
        users: dict[str, Counter[str]] = defaultdict(Counter)
        for text, counted in zip(self.texts, self.counts, strict=True):
            for key in counted:
                if " " not in key:
                    users[key][text.company] += 1
        return {
            key
            for key, by in users.items()
            if len(by) == 1
            and all(count > _IN_A_COMPANY * sizes[name] and count > 3 for name, count in by.items())
        }

    @cached_property
    def words(self) -> list[str]:
        """Return the words that are counted, in the order of the matrix."""
        return list(self.weights)

    @cached_property
    def column(self) -> dict[str, int]:
        """Return the column of each word."""
        return {key: place for place, key in enumerate(self.words)}

    @cached_property
    def matrix(self) -> Matrix:
        """Return the posts as rows: TF-IDF times how much each word says, of length 1.

        Salton, G. and Buckley, C. (1988), Information Processing and Management 24, 513-523.
        """
        from scipy.sparse import csr_matrix

        load_scikit_learn()
        from sklearn.feature_extraction.text import TfidfTransformer
        from sklearn.preprocessing import normalize

        rows, columns, values = self._entries()
        shape = (len(self.texts), max(1, len(self.words)))
        counted = csr_matrix((values, (rows, columns)), shape=shape)
        weighed = TfidfTransformer(norm=None, sublinear_tf=True).fit_transform(counted)
        scale = csr_matrix([list(self.weights.values()) or [0.0]])
        return normalize(weighed.multiply(scale).tocsr())

    def _entries(self) -> tuple[list[int], list[int], list[float]]:
        """Return the entries of the matrix: post, word, count."""
        columns_of = self.column
        entries = [
            (row, columns_of[key], float(value))
            for row, counted in enumerate(self.counts)
            for key, value in counted.items()
            if key in columns_of
        ]
        rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
        return list(rows), list(columns), list(values)


def by_language(texts: Sequence[Text]) -> dict[str, Corpus]:
    """Return the corpus of each language, the largest first."""
    sizes = Counter(text.language for text in texts)
    ordered = sorted(sizes, key=lambda language: (-sizes[language], language))
    return {
        language: Corpus(language, tuple(text for text in texts if text.language == language))
        for language in ordered
    }
