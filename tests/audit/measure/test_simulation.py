"""What the statistics of cadence promise, held against posting whose true rate is known.

Each case is drawn 2,000 times with a fixed seed; a draw is a list of posts, as a site would show
it. How often the 95 % interval holds the true rate, and how far the mean of the estimates lies from
it, are the figures that docs/measures.md gives.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from random import Random
from statistics import fmean

import pytest

from audit.measure.cadence import cadence
from audit.measure.intervals import rates_interval, ratio_interval
from audit.model.result import Cadence
from audit.model.value import Known
from tests.brief_example import WINDOW, figure, section

DRAWS = 2_000
WINDOW_DAYS = 364.0

Process = Callable[[Random, float], Iterator[float]]
"""Days before the end of the window at which posts appeared, the newest first, without an end."""


def one_by_one(random: Random, rate: float) -> Iterator[float]:
    """A Poisson process: `rate` posts a week, each for itself."""
    at = 0.0
    while True:
        at += random.expovariate(rate / 7)
        yield at


def in_bursts(random: Random, rate: float) -> Iterator[float]:
    """Bursts of one to five posts, a few hours apart, that come at random."""
    at = 0.0
    while True:
        at += random.expovariate(rate / 7 / 3)
        for hours in range(random.randint(1, 5)):
            yield at + hours / 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Share of the intervals that hold the true rate, and mean of the estimates ÷ true rate."""

    covered: float
    mean: float


def simulated(process: Process, rate: float, limit: int) -> Outcome:
    """Measure 2,000 lists that end at `limit` posts; 0: complete lists."""
    random = Random(20261128)  # noqa: S311 - a seed makes the test the same each time
    rows = [_row(process(random, rate), limit) for _ in range(DRAWS)]
    intervals = [row.interval for row in rows if row.interval is not None]
    return Outcome(
        covered=sum(low <= rate <= high for low, high in intervals) / DRAWS,
        mean=fmean(figure(row.posts_per_week) for row in rows) / rate,
    )


def _row(times: Iterator[float], limit: int) -> Cadence:
    if limit:
        return cadence(section(*(next(times) for _ in range(limit)), truncated=True), WINDOW)
    return cadence(section(*takewhile(lambda days: days <= WINDOW_DAYS, times)), WINDOW)


CASES = {
    "complete, one post a week": (1.0, 0),
    "complete, one post in three weeks": (1 / 3, 0),
    "cut off at 50 posts within the window": (3.0, 50),
    "cut off at 40 posts, now within the window and now beyond it": (40 / 52, 40),
}


@pytest.mark.parametrize(("rate", "limit"), CASES.values(), ids=CASES.keys())
def test_of_single_posts_the_interval_holds_the_true_rate_in_95_of_100_and_the_rate_is_unbiased(
    rate: float, limit: int
) -> None:
    outcome = simulated(one_by_one, rate, limit)
    assert 0.93 <= outcome.covered <= 0.97
    assert outcome.mean == pytest.approx(1, abs=0.01)


def test_of_a_sum_of_rates_the_interval_holds_the_true_one_in_95_of_100_at_least() -> None:
    random = Random(20261128)  # noqa: S311 - as above
    covered = 0
    for _ in range(DRAWS):
        blog = sum(1 for _ in takewhile(lambda days: days <= WINDOW_DAYS, one_by_one(random, 0.5)))
        *_, oldest = islice(one_by_one(random, 3.0), 20)
        low, high = rates_interval([(blog, WINDOW_DAYS / 7), (19, oldest / 7)])
        covered += low <= 3.5 <= high
    assert 0.95 <= covered / DRAWS <= 0.985


def test_of_bursts_a_complete_list_is_unbiased_and_its_interval_too_narrow() -> None:
    """The interval is that of single posts; docs/measures.md says so."""
    bursts = simulated(in_bursts, 1.0, 0)
    assert bursts.mean == pytest.approx(1, abs=0.01)
    assert 0.6 <= bursts.covered <= 0.8


def test_bursts_are_told_by_the_variation_of_their_gaps() -> None:
    random = Random(20261128)  # noqa: S311 - as above
    values = [
        row.gap_variation.value
        for _ in range(100)
        if isinstance((row := _row(in_bursts(random, 1.0), 0)).gap_variation, Known)
    ]
    assert fmean(values) > 1.5


def test_a_steady_company_is_seldom_called_rising_or_falling() -> None:
    random = Random(20261128)  # noqa: S311 - as above
    moved = 0
    for _ in range(DRAWS):
        days = [*takewhile(lambda days: days <= 180, one_by_one(random, 1.0))]
        later = sum(day < 90 for day in days)
        low, high = ratio_interval(later, len(days) - later)
        moved += low > 1 or (high is not None and high < 1)
    assert moved / DRAWS <= 0.05
