"""On which weekdays and at which hours posts appear, where there are enough of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from audit.measure.cadence import cadence
from audit.measure.company import measure
from audit.measure.timing import pattern_of, pattern_of_company
from audit.model.result import Pattern, Slot, Window
from audit.model.site import Post
from audit.model.value import Dated, DateSource, Known, Qualifier, Reason, Unknown
from tests.audit.measure.test_outlets import ROBOTS, posts_of, profile
from tests.brief_example import (
    AS_OF,
    COMPANY,
    PROOF,
    WINDOW,
    brief_of,
    post,
    reason,
    section,
    visit,
)
from tests.fake_session import context

TUESDAY = datetime(2026, 10, 27, 9, 30, tzinfo=UTC)
NEW_YORK = replace(WINDOW, timezone="America/New_York")


def weekly(count: int, newest: datetime = TUESDAY) -> list[Post]:
    """So many posts, one a week, all at the same hour."""
    return [post(newest - timedelta(weeks=week)) for week in range(count)]


def of_a_day(date: Dated, count: int = 30, weeks: int = 5) -> list[Post]:
    """So many posts at one time of the week, in some weeks, each under an address of its own."""
    return [
        replace(
            post(AS_OF),
            published=replace(date, at=date.at - timedelta(weeks=number % weeks)),
            url=f"u{number}",
        )
        for number in range(count)
    ]


def shown(posts: Sequence[Post], window: Window = WINDOW) -> Pattern:
    """The pattern of some posts, which are enough for one."""
    pattern = pattern_of(posts, window, (PROOF,))
    assert isinstance(pattern, Known)
    return pattern.value


def dated(at: datetime, *, day_only: bool = True, ambiguous: bool = False) -> Dated:
    return Dated(at=at, source=DateSource.FEED, day_only=day_only, ambiguous=ambiguous)


def test_posts_are_counted_by_weekday_and_hour() -> None:
    pattern = shown([*weekly(28), *weekly(3, TUESDAY + timedelta(days=1, hours=5))])
    assert (pattern.posts, pattern.timed) == (31, 31)
    assert pattern.weekdays == (0, 28, 3, 0, 0, 0, 0)
    assert (pattern.hours[1][9], pattern.hours[2][14]) == (28, 3)
    assert sum(map(sum, pattern.hours)) == 31
    assert pattern.busiest == Slot(weekday=1, hour=9, posts=28)


def test_under_thirty_posts_there_is_no_pattern() -> None:
    assert reason(pattern_of(weekly(29), WINDOW, (PROOF,))) == Reason.TOO_LITTLE_DATA
    assert isinstance(pattern_of(weekly(30), WINDOW, (PROOF,)), Known)


def test_weekday_and_hour_are_those_of_the_zone_of_the_settings() -> None:
    late = weekly(40, datetime(2026, 10, 27, 2, tzinfo=UTC))
    pattern = shown(late, NEW_YORK)
    assert pattern.weekdays == (40, 0, 0, 0, 0, 0, 0)
    # New York is four hours behind in summer and five in winter.
    assert {hour for hour, count in enumerate(pattern.hours[0]) if count} == {21, 22}


def test_of_a_day_without_an_hour_only_the_weekday_counts_and_no_zone_moves_it() -> None:
    days = of_a_day(dated(datetime(2026, 10, 27, tzinfo=UTC)))
    for window in (WINDOW, NEW_YORK):
        pattern = shown(days, window)
        assert pattern.weekdays == (0, 30, 0, 0, 0, 0, 0)
        assert (pattern.timed, pattern.hours, pattern.busiest) == (0, (), None)


@pytest.mark.parametrize("hour", [0, 4])
def test_midnight_to_the_second_is_a_day_and_no_hour(hour: int) -> None:
    at = datetime(2026, 10, 27, hour, tzinfo=UTC)
    pattern = shown(of_a_day(dated(at, day_only=False)), NEW_YORK)
    assert (pattern.weekdays[1], pattern.timed) == (30, 0)


@pytest.mark.parametrize(
    "date",
    [
        dated(datetime(2026, 10, 6, 14, 7, tzinfo=UTC)),
        dated(datetime(2026, 4, 3, tzinfo=UTC), ambiguous=True),
    ],
)
def test_what_was_counted_back_or_could_be_another_day_tells_no_weekday(date: Dated) -> None:
    assert reason(pattern_of(of_a_day(date), WINDOW, ())) == Reason.TOO_LITTLE_DATA


def test_at_a_tie_no_hour_is_the_busiest() -> None:
    assert shown([*weekly(15), *weekly(15, TUESDAY + timedelta(hours=1))]).busiest is None


def test_only_posts_of_the_window_that_count_are_counted_and_each_address_once() -> None:
    other = [post(TUESDAY - timedelta(weeks=60)), post(TUESDAY, "repost"), post(None, "undated")]
    assert shown([*weekly(30), *weekly(30), *other]).posts == 30


def test_a_section_has_a_pattern_of_its_own_marked_where_its_list_is_cut_off() -> None:
    row = cadence(section(*range(30), truncated=True), WINDOW)
    assert isinstance(row.pattern, Known)
    assert row.pattern.qualifiers == (Qualifier.TRUNCATED,)
    assert cadence(section(unreadable=ROBOTS), WINDOW).pattern == ROBOTS


def test_a_company_has_one_over_its_site_and_its_channels() -> None:
    youtube = profile()
    given = brief_of(section(*range(20)), posts_of(youtube, *range(0, 22, 2)), channels=(youtube,))
    posts = [replace(each, url=f"{each.url}?v") for each in given.visit.sections[1].posts]
    apart = replace(given.visit.sections[1], posts=tuple(posts))
    whole = brief_of(given.visit.sections[0], apart, channels=(youtube,))
    pattern = pattern_of_company(whole)
    assert isinstance(pattern, Known)
    assert (pattern.value.posts, pattern.qualifiers) == (31, ())
    unread = brief_of(*whole.visit.sections, section(channel="news", unreadable=ROBOTS),
                      channels=(youtube,))  # fmt: skip
    part = pattern_of_company(unread)
    assert isinstance(part, Known)
    assert part.qualifiers == (Qualifier.TRUNCATED,)


def test_a_site_that_could_not_be_reached_has_no_pattern_for_that_reason() -> None:
    unreached = Unknown(reason=Reason.DNS, detail="d")
    result = measure(COMPANY, replace(visit(), start=unreached), context(WINDOW))
    assert result.pattern == unreached


@pytest.mark.parametrize(("weeks", "told"), [(1, False), (3, False), (4, True), (10, True)])
def test_posts_of_one_day_stand_for_no_weekday(weeks: int, told: bool) -> None:
    """The front of a paper shows today; what was moved bears the day of the move."""
    pattern = pattern_of(of_a_day(dated(TUESDAY, day_only=False), 40, weeks), WINDOW, (PROOF,))
    assert isinstance(pattern, Known) is told
    if isinstance(pattern, Unknown):
        assert pattern.reason is Reason.TOO_LITTLE_DATA
        assert "a single day has" in pattern.detail
