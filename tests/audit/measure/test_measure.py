"""Cadence, intervals and comparison: the formulas, from values to values."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from audit.compare import compare
from audit.measure import metrics
from audit.measure.cadence import cadence
from audit.measure.company import measure
from audit.measure.intervals import poisson_interval, ratio_interval, share_interval
from audit.model.company import Company
from audit.model.dated import Dated, DateSource
from audit.model.result import CompanyResult, Measure, Status, TrendDirection, Window
from audit.model.site import Post, Section
from audit.model.value import Absent, Evidence, Known, Number, Qualifier, Reason, Unknown
from audit.model.visit import Note, Visit
from tests.fake_session import context

AS_OF = datetime(2026, 11, 1, 23, 59, 59, tzinfo=UTC)
WINDOW = Window(as_of=AS_OF, lookback_days=364, timezone="UTC")
PROOF = Evidence(url="https://a.example/", fetched_at=AS_OF, rule="r", excerpt="x", record="f#1")


def post(at: datetime | None, flag: str = "") -> Post:
    dated = Dated(at=at, source=DateSource.FEED) if at is not None else None
    return Post(
        channel="blog",
        channel_url="https://a.example/blog/",
        url=f"https://a.example/blog/{at}",
        title="t",
        published=dated,
        format="article",
        language="en",
        flag=flag,
        evidence=PROOF,
    )


def section(*days_ago: float, truncated: bool = False, extra: tuple[Post, ...] = ()) -> Section:
    made = tuple(post(AS_OF - timedelta(days=days)) for days in days_ago)
    return Section(
        channel="blog",
        url="https://a.example/blog/",
        feeds=(),
        posts=(*made, *extra),
        truncated=truncated,
        unreadable=None,
        evidence=(PROOF,),
    )


def figure(value: Number) -> float:
    assert isinstance(value, Known)
    return float(value.value)


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
    assert row.posts_per_week.qualifiers == (Qualifier.TRUNCATED,)


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


def test_flagged_and_undated_posts_are_counted_apart() -> None:
    extra = (post(None, "undated"), post(AS_OF + timedelta(days=9), "future"))
    row = cadence(section(3, extra=extra), WINDOW)
    assert (figure(row.posts), row.undated, row.flagged) == (1, 1, 1)


def test_posts_without_any_usable_date_give_no_figure() -> None:
    row = cadence(section(extra=(post(None, "undated"),)), WINDOW)
    assert isinstance(row.posts, Unknown)
    assert isinstance(row.status, Unknown)


def test_an_unreadable_section_keeps_its_reason_everywhere() -> None:
    why = Unknown(reason=Reason.ROBOTS, detail="asked to stay away")
    unread = Section(
        channel="blog",
        url="https://a.example/blog/",
        feeds=(),
        posts=(),
        truncated=False,
        unreadable=why,
        evidence=(PROOF,),
    )
    row = cadence(unread, WINDOW)
    assert row.posts == row.posts_per_week == row.newest == why


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


def test_a_day_is_a_day_in_the_settings_zone() -> None:
    late = post(datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    window = Window(as_of=AS_OF, lookback_days=364, timezone="Asia/Tokyo")
    assert dict(cadence(section(extra=(late,)), window).months)["2026-11"] == 1


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.68888), (1, 0.02532, 5.57164), (10, 4.79539, 18.39036), (100, 81.36398, 121.62747)],
)
def test_poisson_intervals_agree_with_the_published_table(
    count: int, low: float, high: float
) -> None:
    lower, upper = poisson_interval(count)
    assert lower == pytest.approx(low, abs=1e-4)
    assert upper == pytest.approx(high, abs=1e-3)


def test_share_intervals_agree_with_the_published_table() -> None:
    lower, upper = share_interval(3, 10)
    assert lower == pytest.approx(0.0667, abs=1e-4)
    assert upper == pytest.approx(0.6525, abs=1e-4)
    assert share_interval(0, 5)[0] == 0.0
    assert share_interval(5, 5)[1] == 1.0


def test_a_ratio_without_anything_before_has_no_upper_bound() -> None:
    low, high = ratio_interval(6, 0)
    assert low > 1
    assert high is None


def result(name: str, value: Number, *, own: bool = False) -> CompanyResult:
    company = Company(name=name, website=f"https://{name.lower()}.example", own=own)
    measures = tuple(Measure(metric=each.id, value=value) for each in metrics())
    return CompanyResult(company=company, measures=measures)


def known(number: int) -> Known[int]:
    return Known(value=number, evidence=(PROOF,))


def rate(
    results: list[CompanyResult], metric: str = "blog.posts_per_week"
) -> "tuple[Number, str, str, object]":
    found = next(each for each in compare(results) if each.metric == metric)
    return found.median, found.best, found.last, found.rank


def test_the_median_leaves_the_own_company_and_unknowns_out() -> None:
    unknown = Unknown(reason=Reason.ROBOTS)
    rows = [
        result("Us", known(50), own=True),
        result("A", known(1)),
        result("B", known(2)),
        result("C", known(9)),
        result("D", unknown),
    ]
    median, best, last, rank = rate(rows)
    assert figure(median) == 2
    assert (best, last) == ("Us", "A")
    assert rank is not None


def test_a_median_needs_three_known_values() -> None:
    median, *_ = rate([result("A", known(1)), result("B", known(2)), result("C", Absent())])
    assert isinstance(median, Unknown)


def test_there_is_no_best_at_a_tie_and_no_rank_where_half_is_unknown() -> None:
    unknown = Unknown(reason=Reason.ROBOTS)
    rows = [
        result("Us", known(5), own=True),
        result("A", known(5)),
        result("B", unknown),
        result("C", unknown),
    ]
    _, best, last, rank = rate(rows)
    assert (best, last, rank) == ("", "", None)


def test_fewer_days_of_silence_is_better() -> None:
    rows = [result("Us", known(5), own=True), result("A", known(50)), result("B", known(20))]
    _, best, last, rank = rate(rows, "blog.recency_days")
    assert (best, last) == ("Us", "A")
    assert rank is not None


def visit(*notes: Note) -> Visit:
    start = Known(value="https://a.example/", evidence=(PROOF,))
    return Visit(
        start=start,
        languages=("es",),
        channels=(),
        features=(),
        sections=(),
        robots=(),
        fetched=(),
        notes=notes,
    )


def test_what_scripts_would_draw_is_unknown_not_zero() -> None:
    company = Company(name="A", website="https://a.example/")
    drawn = Note(what="website", reason=Reason.BROWSER, detail="drawn by JavaScript")
    values = {
        each.metric: each.value for each in measure(company, visit(drawn), context(WINDOW)).measures
    }
    plain = {
        each.metric: each.value for each in measure(company, visit(), context(WINDOW)).measures
    }
    assert values["presence.channels"] == Unknown(
        reason=Reason.BROWSER, detail="drawn by JavaScript"
    )
    assert isinstance(values["blog.posts"], Unknown)
    assert figure(plain["presence.channels"]) == 0
    assert isinstance(plain["blog.posts"], Absent)


def test_a_site_that_could_not_be_reached_has_no_figures_at_all() -> None:
    why = Unknown(reason=Reason.DNS, detail="d")
    unreached = replace(visit(), start=why)
    result = measure(Company(name="A", website="https://a.example/"), unreached, context(WINDOW))
    values = {each.metric: each.value for each in result.measures}
    assert values.pop("completeness") == Known(value=0.0, evidence=())
    assert set(values.values()) == {why}
