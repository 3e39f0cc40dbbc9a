"""What a figure says of the whole, and what a sum of such figures says."""

import pytest

from audit.measure import metric_of
from audit.model.bounds import (
    bound_of,
    bound_of_median,
    bound_of_sum,
    composed,
    is_whole,
    marks_of,
)
from audit.model.metric import Bound
from audit.model.value import Absent, Known, Number, Qualifier, Reason, Unknown

WHOLE: Known[int] = Known(value=2, evidence=())
LEAST: Known[int] = Known(value=2, evidence=(), qualifiers=marks_of(Bound.LEAST))
ABOUT: Known[int] = Known(value=2, evidence=(), qualifiers=marks_of(Bound.ESTIMATE))
UNREAD = Unknown(reason=Reason.ROBOTS)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ((), None),
        ((WHOLE, WHOLE), None),
        ((WHOLE, Absent()), None),
        ((WHOLE, LEAST), Bound.LEAST),
        ((WHOLE, UNREAD), Bound.LEAST),
        ((WHOLE, ABOUT), Bound.ESTIMATE),
        ((LEAST, ABOUT), Bound.ESTIMATE),
        ((ABOUT, UNREAD), Bound.ESTIMATE),
    ],
)
def test_a_sum_is_what_its_parts_are(parts: tuple[Number, ...], told: Bound | None) -> None:
    assert bound_of_sum(parts) is told


def test_at_least_and_at_most_together_are_about() -> None:
    assert composed((Bound.LEAST, None, Bound.MOST)) is Bound.ESTIMATE
    assert composed((Bound.MOST, Bound.MOST)) is Bound.MOST


def test_the_metric_tells_what_a_part_is_unless_it_was_estimated() -> None:
    recency, rate = metric_of("all.recency_days"), metric_of("blog.posts_per_week")
    assert recency is not None
    assert rate is not None
    assert [bound_of(each, recency) for each in (WHOLE, LEAST, UNREAD)] == [None, Bound.MOST, None]
    assert [bound_of(each, rate) for each in (LEAST, ABOUT)] == [Bound.LEAST, Bound.ESTIMATE]


def test_what_a_person_read_is_the_whole() -> None:
    by_hand = Known(value=2, evidence=(), qualifiers=(Qualifier.MANUAL,))
    assert [is_whole(each) for each in (WHOLE, by_hand, LEAST, ABOUT)] == [True, True, False, False]


@pytest.mark.parametrize(
    ("values", "parts", "told"),
    [
        ((1, 2, 9), {}, None),
        ((1, 2, 9), {9: Bound.LEAST}, None),  # however many more they are, the middle one is 2
        ((1, 2, 9), {1: Bound.LEAST}, Bound.LEAST),
        ((1, 2, 9), {2: Bound.LEAST}, Bound.LEAST),
        ((1, 2, 9), {1: Bound.MOST}, None),
        ((1, 2, 9), {9: Bound.MOST}, Bound.MOST),
        ((1, 2, 9), {1: Bound.ESTIMATE}, Bound.LEAST),
        ((1, 2, 9), {2: Bound.ESTIMATE}, Bound.ESTIMATE),
        ((1, 2, 2, 9), {1: Bound.LEAST}, Bound.LEAST),
        ((1, 2, 4, 9), {9: Bound.LEAST}, None),
        ((1, 2, 4, 9), {4: Bound.LEAST}, Bound.LEAST),  # halfway between 2 and 4 or more
        ((2, 2, 2), {2: Bound.MOST}, Bound.MOST),
    ],
)
def test_a_part_moves_a_median_only_where_it_may_cross_the_middle(
    values: tuple[int, ...], parts: dict[int, Bound], told: Bound | None
) -> None:
    for metric in (metric_of("presence.broken"), metric_of("all.recency_days")):
        assert metric is not None
        bounds = {
            at: bound for at, bound in parts.items() if bound in (metric.bound, Bound.ESTIMATE)
        }
        if bounds != parts:
            continue  # a part of that metric is never of this kind
        known = [
            Known(value=each, evidence=(), qualifiers=marks_of(parts.get(each))) for each in values
        ]
        assert bound_of_median(known, metric) is told
        return
    pytest.fail("no metric has parts of this kind")
