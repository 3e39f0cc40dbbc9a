"""Factor the same posts into several numbers of themes: what they have in common is done once."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from audit.measure.themes.corpus import Matrix
from audit.measure.themes.learning import load_scikit_learn

_TINY = 1e-6
"""Below it a share is nothing: as in scikit-learn's own beginning."""


@dataclass(frozen=True, slots=True)
class Factoring:
    """Posts (rows) with words (columns), and their singular vectors, the strongest first.

    Lee, D. and Seung, S. (1999), Nature 401, 788-791, by scikit-learn, from a fixed beginning
    (Boutsidis, C. and Gallopoulos, E. (2008), Pattern Recognition 41, 1350-1362), so that the same
    posts give the same themes. The beginning of any number of themes rests on that many of the same
    singular vectors.
    """

    matrix: Matrix
    left: Matrix
    strength: Matrix
    right: Matrix

    @classmethod
    def of(cls, matrix: Matrix, most: int) -> "Factoring":
        """Prepare to look for up to `most` themes, no more than there are posts and words."""
        load_scikit_learn()
        from sklearn.utils.extmath import randomized_svd

        left, strength, right = randomized_svd(matrix, most, random_state=0)
        return cls(matrix, left, strength, right)

    def themes(self, number: int, rounds: int = 100) -> Matrix:
        """Return so many themes as rows of length 1, over the words."""
        from sklearn.decomposition import NMF
        from sklearn.preprocessing import normalize

        posts, words = self._beginning(number)
        model = NMF(number, init="custom", random_state=0, max_iter=rounds, tol=1e-3)
        model.fit(self.matrix, W=posts, H=words)
        return normalize(model.components_)

    def _beginning(self, number: int) -> tuple[Matrix, Matrix]:
        """Return shares of themes in posts, and of words in themes, to begin with: none negative.

        Of each pair of singular vectors the half counts, positive or negative, that weighs more;
        what would be zero begins with the mean, as it could never become more.
        """
        import numpy as np

        posts, words = self.left[:, :number].T, self.right[:number]
        halves = [(np.maximum(sign * posts, 0), np.maximum(sign * words, 0)) for sign in (1, -1)]
        lengths = [[np.linalg.norm(half, axis=1) for half in pair] for pair in halves]
        weights = [of_posts * of_words for of_posts, of_words in lengths]
        first = (weights[0] > weights[1])[:, None]
        begun = []
        for side in (0, 1):
            units = [
                half[side] / np.maximum(length[side], _TINY)[:, None]
                for half, length in zip(halves, lengths, strict=True)
            ]
            strength = np.sqrt(self.strength[:number] * np.maximum(*weights))
            side_begun = strength[:, None] * np.where(first, *units)
            side_begun[0] = np.sqrt(self.strength[0]) * np.abs((posts, words)[side][0])
            side_begun[side_begun < _TINY] = 0
            begun.append(side_begun)
        mean = self.matrix.mean()
        of_posts, of_words = (np.where(each == 0, mean, each) for each in begun)
        return np.ascontiguousarray(of_posts.T), of_words


@contextmanager
def quietly() -> Iterator[None]:
    """Work in one thread, so that sums come out alike everywhere; an early end is no fault.

    What goes in is our own matrix: scikit-learn need not look at every value of it each time.
    """
    from sklearn import config_context
    from sklearn.exceptions import ConvergenceWarning
    from threadpoolctl import threadpool_limits

    with (
        threadpool_limits(1),
        config_context(assume_finite=True, skip_parameter_validation=True),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield
