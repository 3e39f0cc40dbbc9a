"""One theme in several languages: joined where tags, names, numbers or alike words show it."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from audit.measure.themes.corpus import Corpus
from audit.measure.themes.tags import tags_of
from audit.measure.themes.theme import Theme
from audit.model.topics import TopicKind

_WORDS = 12
"""The heaviest words of a theme, which are held against those of another."""

_SHARED = 2
"""Words of two themes that are the same in both languages, from which on they are one."""

_LETTERS = 4
_TAGGED = 0.2
"""Share of the posts of both themes that bear a tag, from which on it shows that they are one."""

Rows = Mapping[str, Sequence[int]]
"""The posts of a theme in the corpus of each language."""


def joined(
    found: Sequence[tuple[Theme, Rows]], corpora: Mapping[str, Corpus]
) -> list[tuple[Theme, Rows]]:
    """Return themes with those of other languages joined to them that are about the same.

    The theme with more posts gives its name. What shares nothing that can be seen stays apart:
    nothing is translated.
    """
    themes: list[tuple[Theme, Rows]] = []
    for theme, rows in sorted(found, key=lambda each: (-_size(each[1]), each[0].name)):
        twin = next(
            (
                place
                for place, other in enumerate(themes)
                if _are_one((theme, rows), other, corpora)
            ),
            None,
        )
        if twin is None:
            themes.append((theme, rows))
        else:
            first, others = themes[twin]
            vectors = {**theme.vectors, **first.vectors}
            themes[twin] = (replace(first, vectors=vectors), {**rows, **others})
    return themes


def _size(rows: Rows) -> int:
    """Return how many posts a theme has."""
    return sum(map(len, rows.values()))


def _are_one(
    one: tuple[Theme, Rows], other: tuple[Theme, Rows], corpora: Mapping[str, Corpus]
) -> bool:
    """Tell whether two discovered themes of different languages are about the same."""
    discovered = {one[0].kind, other[0].kind} == {TopicKind.DISCOVERED}
    if not discovered or one[0].vectors.keys() & other[0].vectors.keys():
        return False
    shared = _signs(one[0], corpora) & _signs(other[0], corpora)
    return len(shared) >= _SHARED or bool(_tags(one[1], corpora) & _tags(other[1], corpora))


def _signs(theme: Theme, corpora: Mapping[str, Corpus]) -> set[str]:
    """Return the heaviest words of a theme without accents: names, numbers, international words."""
    return {
        word
        for language, vector in theme.vectors.items()
        for key in list(vector)[:_WORDS]
        if " " not in key
        and (word := _bare(corpora[language].shown.get(key, key)))
        and (len(word) >= _LETTERS or any(map(str.isdigit, word)))
    }


def _tags(rows: Rows, corpora: Mapping[str, Corpus]) -> set[str]:
    """Return the tags that a fifth of the posts of a theme bear."""
    texts = [corpora[language].texts[row] for language, places in rows.items() for row in places]
    counts = Counter(tag for text in texts for tag in tags_of(text))
    return {tag for tag, count in counts.items() if count >= max(2, _TAGGED * len(texts))}


def _bare(word: str) -> str:
    """Return a word in small letters without accents."""
    parts = unicodedata.normalize("NFKD", word.lower())
    return "".join(part for part in parts if not unicodedata.combining(part))
