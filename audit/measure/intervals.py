"""Exact intervals for counts and shares, from series and bisection; no library is needed."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

CONFIDENCE = 0.95
_Z = 1.959963984540054
"""The deviations between which a normal variable lies with 95 %."""

_STEPS = 200
"""Halvings at most; 0..1 is narrower than a float can tell after 53 of them."""

_PRECISION = 1e-16
"""That of a float: terms of a sum that are smaller than this part of it change nothing."""

_TERMS = 10_000
"""Terms of the series at most, so that it ends whatever it is given."""


@lru_cache(maxsize=4_096)
def poisson_interval(count: int) -> tuple[float, float]:
    """Return the exact (Garwood) 95 % interval for the mean of a Poisson count.

    The bounds are quantiles of the gamma distribution: of shape `count` for the lower, of shape
    `count + 1` for the upper. Garwood, F. (1936), Biometrika 28, 437-442. For a count of 10:
    (4.80, 18.39); for none: (0, 3.69).
    """
    tail = (1 - CONFIDENCE) / 2
    low = 0.0 if count == 0 else gamma_quantile(tail, count)
    return low, gamma_quantile(1 - tail, count + 1)


@lru_cache(maxsize=4_096)
def waiting_interval(count: int) -> tuple[float, float]:
    """Return the exact 95 % interval for the mean number of events until the `count`-th of them.

    Divided by the time that was waited it is the interval of the rate, where the count was settled
    beforehand and the time was not: of a list that ends at its n-th post. Rate × time is then a
    gamma variable of shape `count`. Epstein, B. and Sobel, M. (1953), Journal of the American
    Statistical Association 48, 486-502. For the tenth: (4.80, 17.08).
    """
    tail = (1 - CONFIDENCE) / 2
    return gamma_quantile(tail, count), gamma_quantile(1 - tail, count)


def rates_interval(parts: Sequence[tuple[int, float]]) -> tuple[float, float]:
    """Return the 95 % interval for the sum of rates, each a count in a time of its own.

    By the gamma distribution, at least 95 %: Fay, M. and Feuer, E. (1997), Statistics in Medicine
    16, 791-801. Of a single part it is that of `poisson_interval`.
    """
    tail = (1 - CONFIDENCE) / 2
    rate = sum(count / time for count, time in parts)
    spread = sum(count / time**2 for count, time in parts)
    widest = max(1 / time for _, time in parts)
    low = gamma_quantile(tail, rate**2 / spread) * spread / rate if rate else 0.0
    above, wider = rate + widest, spread + widest**2
    return low, gamma_quantile(1 - tail, above**2 / wider) * wider / above


def share_interval(hits: int, total: int) -> tuple[float, float]:
    """Return the exact (Clopper-Pearson) 95 % interval for a share of `hits` in `total`.

    Clopper, C. and Pearson, E. S. (1934), Biometrika 26, 404-413. For 3 of 10: (0.07, 0.65).
    """
    tail = (1 - CONFIDENCE) / 2
    low = 0.0 if hits == 0 else _solve(lambda p: 1 - binomial_cdf(hits - 1, total, p), tail)
    high = 1.0 if hits == total else _solve(lambda p: 1 - binomial_cdf(hits, total, p), 1 - tail)
    return low, high


def ratio_interval(later: int, earlier: int) -> tuple[float, float | None]:
    """Return the 95 % interval for the ratio of two Poisson rates over equal times.

    Given their sum, the later count is binomial with share r ÷ (1 + r); None stands for no upper
    bound. Przyborowski, J. and Wilenski, H. (1940), Biometrika 31, 313-323.
    """
    low, high = share_interval(later, later + earlier)
    upper = None if high >= 1 else high / (1 - high)
    return low / (1 - low), upper


def wilson_interval(hits: int, total: int) -> tuple[float, float]:
    """Return the 95 % score interval for a share of `hits` in `total`; (0, 1) of nothing.

    Wilson, E. B. (1927), Journal of the American Statistical Association 22, 209-212. For 3 of 10:
    (0.11, 0.60). Its bounds are those from which `difference_interval` is made.
    """
    if not total:
        return 0.0, 1.0
    share, spread = hits / total, _Z * _Z / total
    middle = (share + spread / 2) / (1 + spread)
    half = math.sqrt(share * (1 - share) * spread + spread * spread / 4) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def difference_interval(
    hits: int, total: int, other_hits: int, other_total: int
) -> tuple[float, float]:
    """Return the 95 % interval for one share less another, of two sets that share nothing.

    Newcombe, R. G. (1998), Statistics in Medicine 17, 873-890, method 10. For 56 of 70 less 48 of
    80: (0.05, 0.33).
    """
    share, other = hits / max(1, total), other_hits / max(1, other_total)
    low, high = wilson_interval(hits, total)
    other_low, other_high = wilson_interval(other_hits, other_total)
    below = math.hypot(share - low, other_high - other)
    above = math.hypot(high - share, other - other_low)
    return share - other - below, share - other + above


def gamma_quantile(probability: float, shape: float) -> float:
    """Return the value below which a gamma variable (scale 1) lies with a probability."""
    # Far beyond the quantile sought: mean and deviation of a gamma variable are shape and its root.
    top = shape + 10 * math.sqrt(shape) + 20
    return _solve(lambda x: gamma_cdf(shape, x * top), probability) * top


def gamma_cdf(shape: float, x: float) -> float:
    """Return the regularised lower incomplete gamma function P(shape, x).

    By its power series: x^a e^-x ÷ Γ(a + 1) · Σ x^k ÷ ((a + 1) … (a + k)); Abramowitz and
    Stegun, 6.5.29.
    """
    if x <= 0:
        return 0.0
    term = total = 1.0
    for step in range(1, _TERMS):
        term *= x / (shape + step)
        total += term
        if term < total * _PRECISION:
            break
    return min(1.0, total * math.exp(shape * math.log(x) - x - math.lgamma(shape + 1)))


def binomial_cdf(hits: int, total: int, share: float) -> float:
    """Return the probability of at most `hits` in `total` trials of chance `share`."""
    if share <= 0 or hits >= total:
        return 1.0
    if share >= 1:
        return 0.0
    if hits <= total * share:
        return _tail(hits, total, share)
    return 1 - _tail(total - hits - 1, total, 1 - share)


def _tail(hits: int, total: int, share: float) -> float:
    """Add up the binomial probabilities from `hits` down, which must lie below the mean.

    From there on they fall, so that of some thousand posts a few dozen terms are enough.
    """
    # By logarithms, as the factorials of some hundred posts are beyond a float.
    term = math.exp(
        math.lgamma(total + 1)
        - math.lgamma(hits + 1)
        - math.lgamma(total - hits + 1)
        + hits * math.log(share)
        + (total - hits) * math.log1p(-share)
    )
    added = 0.0
    while hits >= 0 and term > added * _PRECISION:
        added += term
        term *= hits / (total - hits + 1) * (1 - share) / share
        hits -= 1
    return min(1.0, added)


def _solve(rising: Callable[[float], float], wanted: float) -> float:
    """Return the place in 0..1 where a rising function reaches a value, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if rising(middle) < wanted:
            low = middle
        else:
            high = middle
        if high - low < 1e-13:
            break
    return (low + high) / 2
