"""Exact intervals: they agree with published tables, and hold at their ends."""

import math

import pytest

from audit.measure.intervals import (
    binomial_cdf,
    gamma_cdf,
    poisson_interval,
    rates_interval,
    ratio_interval,
    share_interval,
    waiting_interval,
)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.68888), (1, 0.02532, 5.57164), (10, 4.79539, 18.39036), (100, 81.36398, 121.62747)],
)
def test_poisson_intervals_agree_with_the_published_table(
    count: int, low: float, high: float
) -> None:
    lower, upper = poisson_interval(count)
    assert lower == pytest.approx(low, abs=1e-4)
    assert upper == pytest.approx(high, abs=1e-3)


@pytest.mark.parametrize(("count", "low", "high"), [(1, 0.02532, 3.68888), (10, 4.79539, 17.08480)])
def test_an_interval_of_a_time_waited_is_half_the_chi_square_of_twice_the_count(
    count: int, low: float, high: float
) -> None:
    lower, upper = waiting_interval(count)
    assert lower == pytest.approx(low, abs=1e-4)
    assert upper == pytest.approx(high, abs=1e-3)


def test_the_interval_of_a_sum_of_rates_is_that_of_the_rate_where_there_is_one() -> None:
    alone = [bound / 52 for bound in poisson_interval(26)]
    assert rates_interval([(26, 52.0)]) == pytest.approx(alone)
    assert rates_interval([(26, 52.0), (9, 9.0)]) == pytest.approx((0.898, 2.401), abs=1e-3)
    assert rates_interval([(0, 52.0), (0, 10.0)]) == pytest.approx((0, 0.369), abs=1e-3)


def test_share_intervals_agree_with_the_published_table() -> None:
    lower, upper = share_interval(3, 10)
    assert lower == pytest.approx(0.0667, abs=1e-4)
    assert upper == pytest.approx(0.6525, abs=1e-4)
    assert share_interval(0, 5)[0] == 0.0
    assert share_interval(5, 5)[1] == 1.0


def test_a_ratio_without_anything_before_has_no_upper_bound() -> None:
    low, high = ratio_interval(6, 0)
    assert low > 1
    assert high is None


def test_a_ratio_of_equal_counts_includes_one() -> None:
    low, high = ratio_interval(10, 10)
    assert high is not None
    assert low < 1 < high
    assert low == pytest.approx(1 / high)


@pytest.mark.parametrize(("share", "probability"), [(0.0, 1.0), (1.0, 0.0), (0.5, 0.171875)])
def test_the_binomial_distribution_holds_at_its_ends(share: float, probability: float) -> None:
    assert binomial_cdf(3, 10, share) == pytest.approx(probability)


@pytest.mark.parametrize(("hits", "share"), [(60, 0.1), (40, 0.1), (250, 0.5), (499, 0.999)])
def test_the_binomial_distribution_of_many_trials_is_the_sum_of_its_terms(
    hits: int, share: float
) -> None:
    terms = (math.comb(500, k) * share**k * (1 - share) ** (500 - k) for k in range(hits + 1))
    assert binomial_cdf(hits, 500, share) == pytest.approx(math.fsum(terms), abs=1e-12)


def test_the_gamma_distribution_of_shape_one_is_the_exponential() -> None:
    assert gamma_cdf(1, 0) == 0.0
    assert gamma_cdf(1, 1) == pytest.approx(0.6321206)
