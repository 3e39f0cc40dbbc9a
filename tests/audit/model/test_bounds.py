"""What a figure says of the whole, and what a sum of such figures says."""

import pytest

from audit.measure import metric_of
from audit.model.bounds import bound_of, bound_of_sum, composed, is_whole, marks_of
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
