"""Which hour and which weekdays are a habit: never what chance makes of few posts."""

import random
from collections import Counter

import pytest

from audit.measure.habits import has_quiet_weekend, usual_hour, usual_weekdays
from audit.model.result import Pattern, Slot

MONDAY_9, FRIDAY_15 = (0, 9), (4, 15)


def pattern(slots: Counter[tuple[int, int]]) -> Pattern:
    """The pattern of counts by weekday and hour, with its busiest slot, none at a tie."""
    hours = tuple(tuple(slots[day, hour] for hour in range(24)) for day in range(7))
    (place, most), *others = slots.most_common(2)
    tie = bool(others) and others[0][1] == most
    return Pattern(
        posts=slots.total(),
        timed=slots.total(),
        weekdays=tuple(sum(day) for day in hours),
        hours=hours,
        busiest=None if tie else Slot(weekday=place[0], hour=place[1], posts=most),
    )


def spread(count: int, **at: int) -> Counter[tuple[int, int]]:
    """So many posts, one an hour from Tuesday on; and some on Monday at 9, or Friday at 15."""
    slots = Counter((1 + each // 24 % 4, each % 24) for each in range(count))
    slots[MONDAY_9] += at.get("monday", 0)
    slots[FRIDAY_15] += at.get("friday", 0)
    return slots


@pytest.mark.parametrize("most", [2, 3, 4])
def test_a_few_posts_in_one_hour_are_no_habit(most: int) -> None:
    assert usual_hour(pattern(spread(30, monday=most))) is None


def test_an_hour_with_more_posts_than_chance_would_give_is_a_habit() -> None:
    assert usual_hour(pattern(spread(30, monday=6))) == Slot(weekday=0, hour=9, posts=6)
    assert usual_hour(pattern(Counter({MONDAY_9: 30}))) == Slot(weekday=0, hour=9, posts=30)


def test_what_is_a_habit_of_thirty_posts_is_none_of_three_hundred() -> None:
    slots = Counter({(day, hour): 3 for day in range(5) for hour in range(4, 24)})
    slots[MONDAY_9] += 3
    assert usual_hour(pattern(slots)) is None


def test_of_two_hours_alike_or_hardly_apart_neither_is_named() -> None:
    assert usual_hour(pattern(spread(20, monday=8, friday=8))) is None
    assert usual_hour(pattern(spread(20, monday=9, friday=8))) is None


def test_posts_without_an_hour_have_none() -> None:
    days = Pattern(posts=40, timed=0, weekdays=(40, *(0,) * 6), hours=(), busiest=None)
    assert usual_hour(days) is None
    assert usual_weekdays(days) == (0,)


def test_posts_at_random_in_office_hours_seldom_make_a_habit() -> None:
    chance = random.Random(7)  # noqa: S311 - the same posts each time
    named = [
        usual_hour(
            pattern(Counter((chance.randrange(5), chance.randrange(9, 17)) for _ in range(40)))
        )
        for _ in range(1_000)
    ]
    assert sum(slot is not None for slot in named) <= 60


@pytest.mark.parametrize(
    ("week", "days"),
    [
        ((3, 12, 2, 5, 11, 2, 1), (1, 4)),
        ((0, 40, 0, 5, 30, 0, 0), (1,)),
        ((15, 0, 0, 15, 2, 2, 2), (0, 3)),
        ((7, 7, 7, 1, 1, 1, 1), ()),
        ((6, 6, 5, 5, 4, 5, 5), ()),
        ((4, 4, 2, 2, 2, 2, 2), ()),
    ],
)
def test_one_weekday_is_a_habit_or_two_that_stand_out_together(
    week: tuple[int, ...], days: tuple[int, ...]
) -> None:
    told = Pattern(posts=sum(week), timed=0, weekdays=week, hours=(), busiest=None)
    assert usual_weekdays(told) == days


def test_weekdays_at_random_seldom_make_a_habit() -> None:
    chance = random.Random(8)  # noqa: S311 - the same posts each time
    named = 0
    for _ in range(1_000):
        days = Counter(chance.randrange(7) for _ in range(60))
        week = tuple(days[day] for day in range(7))
        named += bool(
            usual_weekdays(Pattern(posts=60, timed=0, weekdays=week, hours=(), busiest=None))
        )
    assert named <= 60


@pytest.mark.parametrize(
    ("week", "quiet"),
    [
        ((21, 14, 19, 9, 24, 7, 9), True),
        ((6, 6, 6, 6, 6, 0, 0), True),
        ((7, 7, 7, 7, 6, 7, 9), False),
        ((6, 5, 6, 5, 6, 4, 4), False),
        ((2, 2, 2, 2, 2, 0, 0), False),
    ],
)
def test_a_weekend_is_quiet_where_chance_hardly_makes_it_so(
    week: tuple[int, ...], quiet: bool
) -> None:
    told = Pattern(posts=sum(week), timed=0, weekdays=week, hours=(), busiest=None)
    assert has_quiet_weekend(told) is quiet
