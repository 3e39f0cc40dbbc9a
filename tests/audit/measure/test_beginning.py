"""What is younger than the window: its rate since the first post, and no trend from before it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audit.measure.beginning import with_beginning
from audit.measure.cadence import cadence
from audit.model.result import Cadence
from audit.model.site import Extent, ListKind, PostList
from audit.model.value import Known, Reason, Unknown
from tests.brief_example import AS_OF, PROOF, WINDOW, figure, post, reason, section


def of(
    *days_ago: float, extent: Extent | None = Extent.WHOLE, made: float | None = None
) -> Cadence:
    """The row of a list that was read so far, of something made so many days ago."""
    given = section(*days_ago, truncated=extent is Extent.CUT)
    lists = (
        ()
        if extent is None
        else (
            PostList(
                kind=ListKind.FEED, url="u", posts=len(days_ago), extent=extent, evidence=PROOF
            ),
        )
    )
    given = replace(given, lists=lists)
    created = AS_OF - timedelta(days=made) if made is not None else None
    return with_beginning(cadence(given, WINDOW), given, WINDOW, created)


def test_a_list_whose_first_post_lies_within_the_window_has_a_rate_since_then() -> None:
    row = of(*range(7, 71, 7))  # ten posts, one a week, the first 70 days ago
    assert figure(row.posts_per_week) == pytest.approx(10 / 52)  # the definition stays
    assert row.began is not None
    assert row.began.at == AS_OF - timedelta(days=70)
    assert isinstance(row.began.posts_per_week, Known)
    assert row.began.posts_per_week.value == pytest.approx(9 / 10)


@pytest.mark.parametrize(
    "row",
    [
        of(7, 70, 400),  # its first post is older than the window
        of(7, 70, extent=Extent.CUT),
        of(7, 70, extent=Extent.WINDOW),
        of(7, 70, extent=None),  # a profile of which nobody knows when it was made
        of(7, 70, extent=None, made=2_000),
        of(),
    ],
)
def test_what_may_be_older_has_no_beginning(row: Cadence) -> None:
    assert row.began is None


def test_a_profile_made_within_the_window_began_with_its_first_post() -> None:
    row = of(7, 70, extent=None, made=90)
    assert row.began is not None
    assert row.began.at == AS_OF - timedelta(days=70)


def test_a_post_without_a_date_may_be_older() -> None:
    given = section(7, 70, extra=(replace(post(None, "undated"), url="x"),))
    given = replace(
        given,
        lists=(
            PostList(kind=ListKind.FEED, url="u", posts=3, extent=Extent.WHOLE, evidence=PROOF),
        ),
    )
    assert with_beginning(cadence(given, WINDOW), given, WINDOW).began is None


def test_two_posts_in_three_days_are_no_rate() -> None:
    began = of(1, 3).began
    assert began is not None
    assert isinstance(began.posts_per_week, Unknown)


def test_a_trend_does_not_begin_before_the_first_post() -> None:
    young, older = of(*range(2, 122, 5)), of(*range(2, 242, 5))
    assert reason(young.trend) == Reason.TOO_LITTLE_DATA
    assert isinstance(older.trend, Known)
