"""Which posts are on which themes: none to two of them, by tags, by their names, by words."""

from collections.abc import Sequence

from audit.measure.themes.corpus import Corpus, Matrix
from audit.measure.themes.discovery import Vector, vector_of
from audit.measure.themes.theme import Theme

BY_TAG, BY_NAME = 2.0, 1.0
"""What a theme's tag, and its name in the heading, are worth: more than any likeness of words."""

THRESHOLD = 0.2
"""Cosine between a post and a theme from which on the post is on it."""

_SECOND = 0.3
_BESIDE = 0.7
"""A second theme is a post's from this cosine on, and where it is as near as this to the first."""

Places = list[tuple[int, ...]]
"""The themes of each post, by their place in a list of themes; the nearest first."""


def assigned(corpus: Corpus, themes: Sequence[Theme], *, by_words: bool) -> Places:
    """Return the themes of each post of a language; none where it is near to none of them.

    Without `by_words`, where there are too few posts to weigh words, tags and names decide alone.
    """
    if not themes:
        return [() for _ in corpus.texts]
    scores = _by_sign(corpus, themes)
    if by_words:
        scores += likenesses(corpus, [theme.vectors.get(corpus.language, {}) for theme in themes])
    return _chosen(scores)


def likenesses(corpus: Corpus, vectors: Sequence[Vector]) -> Matrix:
    """Return the cosine of each post (a row) with each theme (a column).

    A theme of the run before whose words are gone is near to nothing: it is not made longer.
    """
    import numpy as np

    table = np.zeros((len(corpus.words), len(vectors)))
    for place, vector in enumerate(vectors):
        for key, weight in vector.items():
            if key in corpus.column:
                table[corpus.column[key], place] = weight
    return corpus.matrix @ table


def _by_sign(corpus: Corpus, themes: Sequence[Theme]) -> Matrix:
    """Return what the tags and the heading of each post (a row) say of each theme (a column)."""
    import numpy as np

    scores = np.zeros((len(corpus.texts), len(themes)))
    for place, theme in enumerate(themes):
        scores[corpus.headed.get(corpus.key_of_name(theme.name), []), place] = BY_NAME
        for tag in theme.tags:
            scores[corpus.tagged.get(tag, []), place] = BY_TAG
    return scores


def _chosen(scores: Matrix) -> Places:
    """Return the best one or two themes of each post that is near to any."""
    import numpy as np

    # Of those that are equally near the first in the order of the themes is taken first.
    rows = np.arange(len(scores))
    first = scores.argmax(axis=1)
    best = scores[rows, first]
    others = scores.copy()
    others[rows, first] = -np.inf
    next_to_it = others.argmax(axis=1)
    second = others[rows, next_to_it]
    least = np.maximum(_SECOND, _BESIDE * np.minimum(1.0, best))
    count = np.where(best >= THRESHOLD, 1 + (second >= np.minimum(least, best)), 0)
    return [
        places[:number]
        for places, number in zip(
            zip(first.tolist(), next_to_it.tolist(), strict=True), count.tolist(), strict=True
        )
    ]


def centre(corpus: Corpus, rows: Sequence[int]) -> Vector:
    """Return the middle of some posts as a theme: the words that they share."""
    if not rows:
        return {}
    return vector_of(corpus, corpus.matrix[list(rows)].sum(axis=0).tolist()[0])
