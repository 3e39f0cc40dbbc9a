"""How many follow a company, over all channels and on each, and how that grows a week."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from audit.compare import compare
from audit.measure.company import measure
from audit.measure.followers import (
    FIRST_COUNT,
    GROWTH,
    KEPT_COUNTS,
    NOBODY,
    TOTAL,
    margin,
)
from audit.model.channel import Channel, Promise
from audit.model.company import ManualFigure
from audit.model.followers import AudienceSize, Growth
from audit.model.profile import Profile, Standing
from audit.model.result import CompanyResult, Window
from audit.model.value import Absent, Known, Number, Qualifier, Reason, Unknown
from tests.brief_example import AS_OF, COMPANY, PROOF, WINDOW, figure, reason, visit
from tests.channel_example import channel, live
from tests.fake_session import context

WALL = Unknown(reason=Reason.LOGIN_WALL)


def rounded(number: int) -> Known[int]:
    return Known(value=number, evidence=(PROOF,), exact=False)


def profile(platform: str, followers: int | Known[int] | Unknown, **changes: object) -> Channel:
    """An own profile with so many followers, or why they are not known."""
    url = f"https://{platform}.example/a"
    if isinstance(followers, int):
        followers = Known(value=followers, evidence=(PROOF,))
    one = channel(platform, url, "a", proof=(PROOF,), profile=live(audience=followers))
    return replace(one, **changes)  # type: ignore[arg-type]


def run(
    *channels: Channel, earlier: CompanyResult | None = None, weeks: float = 0, by_hand: int = 0
) -> CompanyResult:
    """A run so many weeks after the first, in which these are the channels."""
    window = Window(
        as_of=AS_OF + timedelta(weeks=weeks), lookback_days=364, timezone=WINDOW.timezone
    )
    day = window.as_of.date()
    manual = ManualFigure(
        measure="channel.linkedin.followers", value=by_hand, on=day, by="Eva", place="c.yaml:4"
    )
    company = replace(COMPANY, manual=(manual,) if by_hand else ())
    return measure(company, visit(channels=channels), context(window), earlier)


def growth(size: AudienceSize) -> Growth:
    assert isinstance(size.growth, Known)
    return size.growth.value


def value(result: CompanyResult, metric: str) -> Number | None:
    return next((each.value for each in result.measures if each.metric == metric), None)


@pytest.mark.parametrize(
    ("number", "off"),
    [
        (12_300, 50), (12_000, 500), (1_230_000, 5_000), (1_000_000, 50_000), (20_000, 500),
        (101_000, 500), (7, 0.5), (0, 0),
    ],
)  # fmt: skip
def test_a_rounded_count_may_be_half_a_unit_of_its_last_digit_off(number: int, off: float) -> None:
    assert margin(rounded(number)) == off
    assert margin(Known(value=number, evidence=(PROOF,))) == 0


def test_the_total_adds_up_channels_with_their_rounding() -> None:
    total, first, second = run(profile("x", 400), profile("youtube", rounded(12_300))).sizes
    assert (figure(total.value), total.margin, total.channel) == (12_700, 50, "all")
    assert isinstance(total.value, Known)
    assert not total.value.exact
    assert not total.value.qualifiers
    assert (figure(first.value), first.margin, second.margin) == (400, 0, 50)


def test_the_total_is_at_least_that_where_a_channel_could_not_be_read() -> None:
    result = run(profile("x", 400), profile("youtube", WALL))
    assert isinstance(result.sizes[0].value, Known)
    assert result.sizes[0].value.qualifiers == (Qualifier.TRUNCATED,)
    assert value(result, TOTAL.id) == result.sizes[0].value


def test_without_any_count_the_total_is_unknown_and_no_measure() -> None:
    result = run(profile("x", WALL))
    assert (reason(result.sizes[0].value), reason(result.sizes[0].growth)) == (WALL.reason,) * 2
    assert value(result, TOTAL.id) is None


def test_a_real_zero_counts_and_a_figure_of_a_person_takes_part() -> None:
    linkedin = replace(profile("linkedin", 1), profile=WALL)
    total = run(profile("x", 0), linkedin, by_hand=1_200).sizes[0].value
    assert isinstance(total, Known)
    assert (total.value, total.qualifiers) == (1_200, (Qualifier.MANUAL,))


@pytest.mark.parametrize(
    "changes",
    [
        {"promises": (Promise.DEAD,)},
        {"audience": ""},
        {"profile": Profile(standing=Standing.MISSING, evidence=(), audience=WALL)},
    ],
    ids=["a dead profile", "a platform without followers", "one that is missing"],
)
def test_what_nobody_follows_is_no_channel_here(changes: dict[str, object]) -> None:
    assert run(profile("x", WALL, **changes)).sizes == ()


def test_candidates_and_listings_do_not_count() -> None:
    one = profile("x", 5)
    candidate = replace(one, ownership=replace(one.ownership, candidate=True))
    listing = replace(one, found=replace(one.found, listing=True))
    assert run(candidate).sizes == run(listing).sizes == ()


def test_a_first_run_knows_of_no_growth() -> None:
    result = run(profile("x", 400))
    assert [size.growth for size in result.sizes] == [FIRST_COUNT] * 2
    assert value(result, GROWTH.id) is None


def test_growth_is_that_of_a_week_compounded() -> None:
    before = run(profile("x", 1_000))
    after = run(profile("x", 1_100), earlier=before, weeks=13)
    grown = growth(after.sizes[0])
    assert grown.per_week == grown.low == grown.high == pytest.approx(1.1 ** (1 / 13) - 1)
    assert (grown.since, grown.weeks) == (AS_OF.date(), 13)
    compared = value(after, GROWTH.id)
    assert compared is not None
    assert figure(compared) == pytest.approx(7.36, abs=0.01)


def test_growth_carries_the_rounding_of_both_counts() -> None:
    before = run(profile("x", rounded(12_000)))
    after = run(profile("x", rounded(12_300)), earlier=before, weeks=1)
    grown = growth(after.sizes[1])
    assert grown.low == pytest.approx(12_250 / 12_500 - 1)
    assert grown.high == pytest.approx(12_350 / 11_500 - 1)
    assert grown.within_rounding
    assert value(after, GROWTH.id) is None


def test_a_change_beyond_rounding_is_told_and_an_exact_standstill_is_none_of_rounding() -> None:
    before = run(profile("x", rounded(12_000)), profile("vk", 50))
    after = run(profile("x", rounded(15_000)), profile("vk", 50), earlier=before, weeks=1)
    assert not growth(after.sizes[0]).within_rounding
    still = growth(after.sizes[2])
    assert (still.per_week, still.within_rounding) == (0, False)


def test_a_loss_is_negative_and_all_may_leave() -> None:
    before = run(profile("x", 1_000))
    assert growth(run(profile("x", 900), earlier=before, weeks=1).sizes[1]).per_week < 0
    assert growth(run(profile("x", 0), earlier=before, weeks=1).sizes[1]).per_week == -1


def test_from_nobody_there_is_no_growth() -> None:
    none = run(profile("x", 0))
    assert run(profile("x", 5), earlier=none, weeks=2).sizes[1].growth == NOBODY


def test_days_after_a_run_growth_is_told_from_an_older_one() -> None:
    first = run(profile("x", 1_000))
    second = run(profile("x", 1_050), earlier=first, weeks=4)
    assert growth(second.sizes[0]).weeks == 4
    third = run(profile("x", 1_051), earlier=second, weeks=4.5)
    assert growth(third.sizes[0]).since == AS_OF.date()
    assert growth(third.sizes[0]).per_week == pytest.approx(1.051 ** (7 / 32) - 1)


def test_a_channel_that_was_not_read_in_between_keeps_its_earlier_counts() -> None:
    first = run(profile("x", 1_000))
    second = run(profile("x", WALL), earlier=first, weeks=4)
    third = run(profile("x", 1_200), earlier=second, weeks=8)
    assert growth(third.sizes[0]).per_week == pytest.approx(1.2 ** (1 / 8) - 1)


def test_all_together_grow_over_the_channels_that_were_counted_in_both_runs() -> None:
    first = run(profile("x", 1_000), profile("youtube", WALL))
    after = run(profile("x", 1_100), profile("youtube", 9_000), earlier=first, weeks=1)
    assert growth(after.sizes[0]).per_week == pytest.approx(0.1)
    assert after.sizes[2].growth == FIRST_COUNT


def test_two_runs_of_one_day_are_one_count_and_no_more_than_sixty_are_kept() -> None:
    result = run(profile("x", 1))
    again = run(profile("x", 2), earlier=result)
    assert [count.value.value for count in again.channels[0].counts] == [2]
    for week in range(1, KEPT_COUNTS + 5):
        again = run(profile("x", week), earlier=again, weeks=week)
    counts = again.channels[0].counts
    assert len(counts) == KEPT_COUNTS
    assert counts[0].on - counts[-1].on == timedelta(weeks=KEPT_COUNTS - 1)


def test_a_person_s_figure_is_of_the_day_it_was_read() -> None:
    wall = replace(profile("linkedin", 1), profile=WALL)
    (_, linkedin) = run(wall, by_hand=1_200).sizes
    assert figure(linkedin.value) == 1_200
    assert run(wall, by_hand=1_200).channels[0].counts[0].on == AS_OF.date()


def test_a_person_s_figure_from_before_the_window_is_none_of_this_run() -> None:
    old = ManualFigure(
        measure="channel.linkedin.followers", value=9, on=date(2025, 6, 1), by="Eva", place="c:4"
    )
    wall = replace(profile("linkedin", 1), profile=WALL)
    company = replace(COMPANY, manual=(old,))
    result = measure(company, visit(channels=(wall,)), context(WINDOW))
    assert reason(result.sizes[0].value) == WALL.reason
    (note,) = [each for each in result.notes if each.what == old.measure]
    assert note.detail == "c:4: read on 2025-06-01, before the period begins, so it is not shown"


def test_another_account_under_the_same_handle_has_no_earlier_counts() -> None:
    before = run(profile("x", 5, profile=live(account="1", audience=rounded(5_000))))
    after = run(
        profile("x", 5, profile=live(account="2", audience=rounded(20), links=())),
        earlier=before,
        weeks=4,
    )
    assert len(after.channels[0].counts) == 1


def test_a_company_without_a_channel_has_none_and_is_absent_in_the_comparison() -> None:
    alone, followed = run(), replace(run(profile("x", 5)), company=replace(COMPANY, name="B"))
    assert alone.sizes == ()
    (row,) = [each for each in compare([alone, followed]) if each.metric == TOTAL.id]
    assert isinstance(dict(row.values)["A"], Absent)
    assert (row.best, row.last, row.rank) == ("", "", None)
