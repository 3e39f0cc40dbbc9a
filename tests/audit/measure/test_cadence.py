"""How often, how lately, how steadily: the formulas of docs/glossary.md, from posts to figures."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.measure.cadence import cadence
from audit.model.result import Status, TrendDirection, Window
from audit.model.value import Absent, Dated, DateSource, Known, Qualifier, Reason, Unknown
from tests.brief_example import AS_OF, WINDOW, figure, post, reason, section


def test_of_picks_there_are_at_least_so_many_and_nothing_is_estimated() -> None:
    picks = replace(section(1, 20, 40, 80, truncated=True), picked=True)
    rate = cadence(picks, WINDOW).posts_per_week
    estimated = cadence(replace(picks, picked=False), WINDOW).posts_per_week
    assert isinstance(rate, Known)
    assert isinstance(estimated, Known)
    assert rate.qualifiers == (Qualifier.TRUNCATED,)
    assert Qualifier.ESTIMATE in estimated.qualifiers


def test_the_rate_of_a_complete_list_is_posts_by_weeks_of_the_window() -> None:
    row = cadence(section(*range(3, 364, 14)), WINDOW)
    assert figure(row.posts) == 26
    assert figure(row.posts_per_week) == pytest.approx(26 / 52)
    assert row.coverage == 1.0
    assert not row.truncated


def test_the_rate_of_a_cut_off_list_leaves_its_oldest_post_out() -> None:
    row = cadence(section(0, 7, 14, 21, 28, truncated=True), WINDOW)
    assert figure(row.posts_per_week) == pytest.approx(1.0)
    assert row.truncated
    assert row.coverage == pytest.approx(28 / 364, abs=1e-4)
    assert isinstance(row.posts_per_week, Known)
    assert row.posts_per_week.qualifiers == (Qualifier.TRUNCATED, Qualifier.ESTIMATE)


def test_a_cut_off_list_that_reaches_beyond_the_window_is_complete_within_it() -> None:
    row = cadence(section(1, 100, 400, truncated=True), WINDOW)
    assert not row.truncated
    assert row.coverage == 1.0
    assert figure(row.posts) == 2


def test_one_post_of_a_cut_off_list_is_too_little_for_a_rate() -> None:
    row = cadence(section(10, truncated=True), WINDOW)
    assert isinstance(row.posts_per_week, Unknown)
    assert row.posts_per_week.reason is Reason.TOO_LITTLE_DATA


@pytest.mark.parametrize(
    ("days", "status"),
    [
        (30, Status.ACTIVE),
        (31, Status.SLOWING),
        (90, Status.SLOWING),
        (91, Status.DORMANT),
        (365, Status.DORMANT),
        (366, Status.ABANDONED),
    ],
)
def test_status_follows_the_days_since_the_newest_post(days: int, status: Status) -> None:
    row = cadence(section(days), WINDOW)
    assert isinstance(row.status, Known)
    assert row.status.value is status
    assert figure(row.recency_days) == days


def test_never_posted_is_said_only_of_a_complete_empty_list() -> None:
    complete, cut = cadence(section(), WINDOW), cadence(section(truncated=True), WINDOW)
    assert isinstance(complete.status, Known)
    assert complete.status.value is Status.NEVER
    assert isinstance(cut.status, Unknown)


def test_the_longest_gap_lies_between_two_posts() -> None:
    assert figure(cadence(section(3, 10, 67, 80), WINDOW).longest_gap_days) == 57


@pytest.mark.parametrize(
    ("days_ago", "silence"), [((20, 25), 20), ((40,), 40), ((500, 600), 500), ((0,), 0)]
)
def test_a_silence_that_still_goes_on_is_a_gap_up_to_the_end_of_the_window(
    days_ago: tuple[int, ...], silence: int
) -> None:
    assert figure(cadence(section(*days_ago), WINDOW).longest_gap_days) == silence


@given(st.lists(st.integers(min_value=0, max_value=800), min_size=1, max_size=9))
def test_no_gap_is_longer_than_the_longest_and_the_recency_is_one_of_them(days: list[int]) -> None:
    row = cadence(section(*days), WINDOW)
    assert figure(row.longest_gap_days) >= figure(row.recency_days)


@pytest.mark.parametrize("flag", ["undated", "default-date"])
def test_a_month_may_hold_a_post_without_a_usable_date_and_is_unknown_not_zero(flag: str) -> None:
    undated = post(None if flag == "undated" else AS_OF - timedelta(days=60), flag)
    months = dict(cadence(section(3, 100, extra=(undated,)), WINDOW).months)
    assert (months["2026-10"], months["2026-07"]) == (1, 1)
    assert {count for month, count in months.items() if month not in ("2026-10", "2026-07")} == {
        None
    }


def test_a_month_without_a_post_is_zero_where_all_posts_have_dates() -> None:
    future = post(AS_OF + timedelta(days=9), "future")
    months = dict(cadence(section(3, 100, extra=(future,)), WINDOW).months)
    assert months["2026-09"] == 0


def test_posts_without_dates_cover_nothing_of_the_window() -> None:
    row = cadence(section(extra=(post(None, "undated"), post(None, "undated"))), WINDOW)
    assert row.coverage == 0.0
    assert {count for _, count in row.months} == {None}


def test_flagged_and_undated_posts_are_counted_apart() -> None:
    extra = (post(None, "undated"), post(AS_OF + timedelta(days=9), "future"))
    row = cadence(section(3, extra=extra), WINDOW)
    assert (figure(row.posts), row.undated, row.flagged) == (1, 1, 1)


def test_posts_without_any_usable_date_give_no_figure() -> None:
    row = cadence(section(extra=(post(None, "undated"),)), WINDOW)
    assert isinstance(row.posts, Unknown)
    assert isinstance(row.status, Unknown)


def test_an_unreadable_section_keeps_its_reason_everywhere() -> None:
    unread = Unknown(reason=Reason.ROBOTS, detail="asked to stay away")
    row = cadence(section(unreadable=unread), WINDOW)
    values = (row.posts, row.posts_per_week, row.newest, row.recency_days, row.longest_gap_days)
    assert set(values) == {unread}
    assert (row.weeks_with_post, row.gap_variation, row.status, row.trend) == (unread,) * 4
    assert (row.interval, row.months) == (None, ())


def test_a_trend_is_proved_or_steady_or_unknown() -> None:
    rising = cadence(section(*range(1, 90, 3), 100, 140, 300), WINDOW)
    steady = cadence(section(10, 20, 100, 120), WINDOW)
    few = cadence(section(10), WINDOW)
    assert isinstance(rising.trend, Known)
    assert rising.trend.value.direction is TrendDirection.RISING
    assert isinstance(steady.trend, Known)
    assert steady.trend.value.direction is TrendDirection.STEADY
    assert isinstance(few.trend, Unknown)


def test_months_before_the_observed_span_are_unknown_not_zero() -> None:
    row = cadence(section(1, 20, 40, truncated=True), WINDOW)
    months = dict(row.months)
    assert months["2026-10"] == 2
    assert months["2026-03"] is None
    # The oldest of a list that was cut off lies within this month: what came before is not seen.
    assert min(month for month, count in months.items() if count is not None) == "2026-10"


def test_a_day_is_a_day_in_the_settings_zone() -> None:
    late = post(datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    window = Window(as_of=AS_OF, lookback_days=364, timezone="Asia/Tokyo")
    assert dict(cadence(section(extra=(late,)), window).months)["2026-11"] == 1


def test_a_post_of_which_only_the_day_is_known_is_of_that_day_in_every_zone() -> None:
    day = Dated(at=datetime(2026, 11, 1, tzinfo=UTC), source=DateSource.TIME, day_only=True)
    given = section(extra=(replace(post(AS_OF), published=day),))
    for zone, recency in (("America/Los_Angeles", 0), ("UTC", 0), ("Asia/Tokyo", 1)):
        row = cadence(given, Window(as_of=AS_OF, lookback_days=364, timezone=zone))
        assert dict(row.months)["2026-11"] == 1
        assert figure(row.recency_days) == recency


def test_an_empty_list_that_is_complete_is_a_rate_of_zero_and_no_newest_post() -> None:
    row = cadence(section(), WINDOW)
    assert (figure(row.posts), figure(row.posts_per_week), row.coverage) == (0, 0, 1.0)
    assert isinstance(row.newest, Absent)
    assert isinstance(row.recency_days, Absent)
    assert reason(row.longest_gap_days) == Reason.TOO_LITTLE_DATA


def test_the_interval_of_a_rate_is_that_of_its_count_by_the_weeks_seen() -> None:
    row = cadence(section(*range(3, 364, 36)), WINDOW)
    assert figure(row.posts) == 11
    assert row.interval is not None
    assert [bound * 52 for bound in row.interval] == pytest.approx([5.491, 19.682], abs=1e-3)


def test_the_newest_post_may_lie_before_the_window() -> None:
    row = cadence(section(500), WINDOW)
    assert (figure(row.posts), figure(row.recency_days)) == (0, 500)


def test_a_post_dated_somewhat_ahead_is_of_today_and_one_far_ahead_is_none() -> None:
    near, far = (post(AS_OF + timedelta(hours=hours)) for hours in (47, 49))
    assert figure(cadence(section(extra=(near,)), WINDOW).recency_days) == 0
    assert reason(cadence(section(extra=(far,)), WINDOW).posts) == Reason.TOO_LITTLE_DATA


def test_a_gap_needs_a_post_and_a_variation_four() -> None:
    none, two, three, four = (
        cadence(section(*range(0, 7 * count, 7)), WINDOW) for count in (0, 2, 3, 4)
    )
    assert reason(none.longest_gap_days) == Reason.TOO_LITTLE_DATA
    assert figure(two.longest_gap_days) == 7
    assert reason(three.gap_variation) == Reason.TOO_LITTLE_DATA
    assert figure(four.gap_variation) == 0


def test_gaps_of_two_lengths_vary_by_their_deviation_divided_by_their_mean() -> None:
    assert figure(cadence(section(0, 1, 4, 5, 8), WINDOW).gap_variation) == pytest.approx(0.5)


def test_posts_that_all_bear_one_time_have_no_variation() -> None:
    row = cadence(section(5, 5, 5, 5), WINDOW)
    assert reason(row.gap_variation) == Reason.TOO_LITTLE_DATA


def test_weeks_with_a_post_are_a_share_of_the_weeks_that_were_seen() -> None:
    complete = cadence(section(1, 2, 8), WINDOW)
    cut = cadence(section(1, 2, 8, 28, truncated=True), WINDOW)
    assert figure(complete.weeks_with_post) == pytest.approx(2 / 52)
    assert figure(cut.weeks_with_post) == pytest.approx(2 / 4)
    assert isinstance(cut.weeks_with_post, Known)
    assert cut.weeks_with_post.qualifiers == (Qualifier.TRUNCATED, Qualifier.ESTIMATE)


def test_a_falling_trend_is_proved_too_and_one_from_nothing_has_no_ratio() -> None:
    falling = cadence(section(10, *range(91, 180, 3), 300), WINDOW)
    new = cadence(section(*range(1, 60, 5)), WINDOW)
    assert isinstance(falling.trend, Known)
    assert falling.trend.value.direction is TrendDirection.FALLING
    assert isinstance(new.trend, Known)
    assert (new.trend.value.ratio, new.trend.value.high) == (None, None)


def test_a_trend_is_unknown_where_the_180_days_are_not_wholly_seen() -> None:
    row = cadence(section(*range(0, 170, 5), truncated=True), WINDOW)
    assert reason(row.trend) == Reason.TOO_LITTLE_DATA


def test_months_of_a_long_window_are_limited() -> None:
    century = Window(as_of=AS_OF, lookback_days=36500, timezone="UTC")
    assert len(cadence(section(1), century).months) == 600


@pytest.mark.parametrize("flag", ["undated", "default-date"])
def test_beside_posts_without_a_usable_date_figures_are_bounds_or_unknown(flag: str) -> None:
    extra = (post(None if flag == "undated" else AS_OF, flag),)
    row = cadence(section(40, 100, extra=extra), WINDOW)
    bounds = (row.posts, row.posts_per_week, row.recency_days)
    assert all(isinstance(value, Known) for value in bounds)
    assert {value.qualifiers for value in bounds if isinstance(value, Known)} == {
        (Qualifier.TRUNCATED,)
    }
    assert (figure(row.posts), figure(row.recency_days), row.interval) == (2, 40, None)
    unknown = (row.status, row.longest_gap_days, row.trend, row.gap_variation)
    assert all(isinstance(value, Unknown) for value in unknown)


def test_an_undated_post_leaves_an_active_section_active() -> None:
    status = cadence(section(3, 100, extra=(post(None, "undated"),)), WINDOW).status
    assert isinstance(status, Known)
    assert status.value is Status.ACTIVE


@pytest.mark.parametrize("flag", ["future", "repost"])
def test_posts_that_do_not_count_leave_figures_exact(flag: str) -> None:
    row = cadence(section(40, 100, extra=(post(AS_OF + timedelta(days=9), flag),)), WINDOW)
    assert isinstance(row.posts, Known)
    assert row.posts.qualifiers == ()
    assert isinstance(row.status, Known)
