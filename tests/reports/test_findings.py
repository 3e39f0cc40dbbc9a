"""The words before the best and the last figure of all."""

from dataclasses import replace

import pytest

from audit.model.metric import Metric, Phrase, Unit
from reports.findings import _superlative

METRIC = Metric(
    id="presence.features",
    title="Site features",
    theme="Presence",
    unit=Unit.COUNT,
    higher_is_better=True,
    definition="d",
    phrase=Phrase(unit="site features"),
)


@pytest.mark.parametrize(
    ("name", "unit", "higher", "best", "last"),
    [
        ("presence.features", Unit.COUNT, True, "Most", "Fewest"),
        ("presence.broken", Unit.COUNT, False, "Fewest", "Most"),
        ("blog.recency_days", Unit.DAYS, False, "Shortest", "Longest"),
        ("figure.warranty", Unit.DAYS, True, "Longest", "Shortest"),
        ("figure.errors", Unit.SHARE, False, "Lowest", "Highest"),
        ("figure.uptime", Unit.SHARE, True, "Highest", "Lowest"),
        ("figure.price", Unit.RATE, False, "Lowest", "Highest"),
        ("blog.posts_per_week", Unit.RATE, True, "Most", "Fewest"),
    ],
)
def test_of_what_is_better_low_the_best_is_the_lowest(
    name: str, unit: Unit, higher: bool, best: str, last: str
) -> None:
    metric = replace(METRIC, id=name, unit=unit, higher_is_better=higher)
    assert (_superlative(metric, last=False), _superlative(metric, last=True)) == (best, last)
