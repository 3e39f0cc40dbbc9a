"""Back to when a list of posts holds all of them."""

from datetime import datetime, timedelta

import pytest

from scrapers.site.reach import is_jumbled, reach_of
from tests.fake_session import NOW


def days(*ago: float) -> list[datetime]:
    return [NOW - timedelta(days=each) for each in ago]


@pytest.mark.parametrize(
    ("ago", "reach"),
    [
        ((3, 10, 20, 400), 400),
        ((400,), 400),
        # Posts of one or two days may stand in any order.
        ((3, 10, 9, 20), 20),
        ((900, 3, 10, 20), 20),
        ((900, 800, 3, 10, 20, 30, 40), 40),
    ],
)
def test_a_list_with_the_newest_first_reaches_back_to_its_last(
    ago: tuple[float, ...], reach: float
) -> None:
    assert reach_of(days(*ago)) == NOW - timedelta(days=reach)


@pytest.mark.parametrize(
    "ago",
    [
        (),
        (400, 3),
        (400, 300, 200, 100),
        tuple(range(400, 0, -7)),
        (30, 400, 20, 300, 10, 200, 5, 100),
    ],
)
def test_a_list_in_another_order_does_not_tell(ago: tuple[float, ...]) -> None:
    assert reach_of(days(*ago)) is None


def test_newer_posts_behind_an_old_one_make_it_the_pinned_one() -> None:
    assert reach_of(days(3, 10, 500, 20, 30)) == NOW - timedelta(days=30)


@pytest.mark.parametrize(
    ("ago", "jumbled"),
    [
        ((30, 400, 20, 300, 10, 200, 5, 100), True),
        ((90, 10, 80, 20, 70, 30), True),
        ((3, 10, 20, 400, 500, 600), False),
        ((600, 500, 400, 20, 10, 3), False),
        ((700, 3, 10, 20, 400, 500, 600), False),
        ((30, 400, 20, 300), False),
        ((38, 35, 32, 41, 40, 48, 44, 44, 67), True),
        ((3, 20, 10, 30, 25, 60, 90, 120, 150, 180), False),
        ((3, 2, 3, 2, 3, 2), False),
    ],
)
def test_picks_stand_in_no_order_and_a_list_in_one(ago: tuple[float, ...], jumbled: bool) -> None:
    assert is_jumbled(days(*ago)) is jumbled
