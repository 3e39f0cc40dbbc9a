"""Themes from the words of posts: non-negative matrix factorisation, as many as are stable."""

import math
from collections.abc import Sequence

from audit.measure.themes.corpus import Corpus, Matrix
from audit.measure.themes.factors import Factoring, quietly

LEAST_POSTS = 60
"""Posts of one language under which no themes are looked for in words."""

NUMBERS = (4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 20, 25)
"""How many themes there may be."""

_FEW = (1, 2, 3)
"""How many there may be in the few posts that known themes leave: there one is most stable."""

LEAST_THEMES = NUMBERS[0]

_NEAR = 0.05
"""Stability that a number may lack to the best one: more themes tell more, as long as they hold."""

_RESAMPLES = 8
_SAMPLE, _SAMPLE_WORDS = 240, 240
"""Posts and words in one resample at most: more make the number no surer, and take time."""

_POSTS_A_THEME = 8
_TERMS = 30
"""Words by which a theme is known."""

Vector = dict[str, float]
"""A theme as words with their weights, of length 1."""


def discovered(corpus: Corpus, rows: Sequence[int], most: int) -> list[Vector]:
    """Return the themes of some posts of one language, `most` at most; none under eight posts.

    The language has 60 posts or more, by which words are weighed; some may be on themes already.
    """
    if len(rows) < _POSTS_A_THEME:
        return []
    matrix = _unlike(corpus.matrix[list(rows)])
    posts, words = matrix.shape
    # A resample of four fifths must have as many posts as there are themes; words, too.
    largest = min(most, len(rows) // _POSTS_A_THEME, posts * 4 // 5, words)
    wanted = NUMBERS if len(rows) >= LEAST_POSTS else (*_FEW, *NUMBERS)
    numbers = [number for number in wanted if number <= largest]
    if not numbers:
        return []
    with quietly():
        number = _stable_number(matrix, numbers)
        themes = Factoring.of(matrix, number).themes(number)
    return [vector_of(corpus, theme) for theme in themes.tolist()]


def vector_of(corpus: Corpus, values: Sequence[float]) -> Vector:
    """Return the heaviest words of a theme, which is given by a value for each column."""
    held = sorted((-value, place) for place, value in enumerate(values) if value > 0)
    length = math.sqrt(math.fsum(value * value for value, _ in held[:_TERMS]))
    return {corpus.words[place]: -value / length for value, place in held[:_TERMS]}


def _unlike(matrix: Matrix) -> Matrix:
    """Return the posts that differ, each once, without those that say nothing.

    A hundred posts under one heading are one thing that was said.
    """
    first: dict[tuple[bytes, bytes], int] = {}
    for row in range(matrix.shape[0]):
        begin, end = matrix.indptr[row], matrix.indptr[row + 1]
        if begin < end:
            words = matrix.indices[begin:end].tobytes(), matrix.data[begin:end].round(6).tobytes()
            first.setdefault(words, row)
    return matrix[sorted(first.values())]


def _stable_number(matrix: Matrix, numbers: Sequence[int]) -> int:
    """Return the largest number of themes that resamples confirm about as well as the best one.

    After Greene, D., O'Callaghan, D. and Cunningham, P. (2014), How many topics?, ECML PKDD: at the
    right number the themes of resamples are the same, at others they fall apart one way or another.
    """
    samples = _resamples(matrix, max(numbers))
    stable = {number: _stability(samples, number) for number in numbers}
    best = max(stable.values())
    return max(number for number, value in stable.items() if value >= best - _NEAR)


def _resamples(matrix: Matrix, most: int) -> list[Factoring]:
    """Return resamples, each of four fifths of the posts, 240 of many, and of the loudest words."""
    import numpy as np

    posts = matrix.shape[0]
    size = min(_SAMPLE, posts * 4 // 5)
    loudest = np.argsort(-np.asarray(matrix.sum(axis=0)).ravel(), kind="stable")
    matrix = matrix[:, np.sort(loudest[:_SAMPLE_WORDS])]
    chance = np.random.default_rng(0)
    samples = [np.sort(chance.choice(posts, size, replace=False)) for _ in range(_RESAMPLES)]
    return [Factoring.of(matrix[sample], most) for sample in samples]


def _stability(samples: Sequence[Factoring], number: int) -> float:
    """Return the mean cosine between the themes of a resample and their likest of the others."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    first, *others = (sample.themes(number, rounds=25) for sample in samples)
    matches = []
    for other in others:
        cosines = first @ other.T
        matches.append(cosines[linear_sum_assignment(-cosines)].mean())
    return float(np.mean(matches))
