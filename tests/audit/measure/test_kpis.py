"""KPIs: what is reached, on track, off track or missed, and what cannot be told."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from audit.measure import metric_of
from audit.measure.kpis import KpiTarget, standing_of, with_kpis
from audit.measure.subject import Together
from audit.model.company import Company, Kpi
from audit.model.kpi import NOT_BEFORE, KpiProgress, KpiStanding
from audit.model.result import CompanyResult, Measure, Window
from audit.model.value import Absent, Known, Number, Qualifier, Reason, Unknown
from tests.brief_example import PROOF

RATE, SITE, LAST = "blog.posts_per_week", "site.posts_per_week", "all.recency_days"
TODAY = date(2026, 11, 1)
WINDOW = Window(
    as_of=datetime(2026, 11, 1, 23, 0, tzinfo=UTC), lookback_days=365, timezone="Asia/Tokyo"
)
ROBOTS = Unknown(reason=Reason.ROBOTS)
NONE = Absent(evidence=(PROOF,))
PART = (Qualifier.TRUNCATED,)


def known(value: float) -> Known[float]:
    """A figure with its proof."""
    return Known(value=value, evidence=(PROOF,))


def part(value: float) -> Known[float]:
    return replace(known(value), qualifiers=PART)


def about(value: float) -> Known[float]:
    return replace(known(value), qualifiers=(Qualifier.TRUNCATED, Qualifier.ESTIMATE))


def standing(
    now: Number | float,
    target: str = ">= 1",
    *,
    measure: str = RATE,
    baseline: Number | float = 0.2,
    since: date | None = date(2026, 1, 1),
    due: date | None = date(2027, 1, 1),
) -> tuple[str, float | None]:
    """Where a KPI stands today, and by how much it falls short."""
    progress = KpiProgress(
        kpi=Kpi(name="K", goal="", measure=measure, target=target, due=due),
        now=known(now) if isinstance(now, int | float) else now,
        last=NOT_BEFORE,
        baseline=known(baseline) if isinstance(baseline, int | float) else baseline,
        since=since,
        target=KpiTarget.read(target).value,
        standing=KpiStanding.OPEN,
    )
    told, short = standing_of(progress, metric_of(measure), TODAY)
    return told.value, round(short, 3) if short is not None else None


@pytest.mark.parametrize(
    ("words", "sign", "value"),
    [(">= 1", ">=", 1.0), ("<5 %", "<", 0.05), ("=12.5%", "=", 0.125), ("> -1", ">", -1.0)],
)
def test_a_target_is_read_with_its_sign_and_a_percentage_as_a_share(
    words: str, sign: str, value: float
) -> None:
    assert KpiTarget.read(words) == KpiTarget(sign=sign, value=value)


def test_half_way_between_baseline_and_due_day_half_of_the_way_is_on_track() -> None:
    # 304 of 365 days are gone: 0.2 + 0.8 × 304 ÷ 365 = 0.866 is asked for.
    assert standing(0.9) == ("on track", None)
    assert standing(0.5) == ("off track", 0.366)


def test_figures_are_held_against_the_line_as_they_are_shown() -> None:
    assert standing(0.851) == ("on track", None)  # shown as 0.9, like 0.866
    assert standing(0.849)[0] == "off track"
    assert standing(0.96) == ("reached", None)  # shown as 1.0


def test_what_is_met_is_reached_whatever_the_day() -> None:
    assert standing(1.0) == ("reached", None)
    assert standing(1.4, due=date(2026, 1, 1)) == ("reached", None)
    assert standing(1.0, "> 1") == ("on track", None)
    assert standing(4, "<= 30", measure=LAST) == ("reached", None)
    assert standing(0.5, "= 0.5") == ("reached", None)


def test_what_is_not_met_when_it_was_due_is_missed() -> None:
    assert standing(0.4, due=date(2026, 10, 31)) == ("missed", 0.6)
    assert standing(0.4, due=TODAY)[0] == "off track"


def test_without_a_due_day_or_on_the_first_day_it_is_open() -> None:
    assert standing(0.4, due=None) == ("open", 0.6)
    assert standing(0.4, baseline=0.4, since=TODAY) == ("open", 0.6)
    assert standing(0.4, baseline=ROBOTS, since=None) == ("open", 0.6)


def test_who_did_nothing_is_not_on_track_while_the_line_asks_for_nothing_yet() -> None:
    week = date(2026, 10, 25)
    # Seven of 433 days are gone: 0.2 + 0.8 × 7 ÷ 433 = 0.21 is asked for, shown as 0.2.
    assert standing(0.2, since=week, due=date(2028, 1, 1)) == ("open", 0.8)
    assert standing(0.3, since=week, due=date(2028, 1, 1)) == ("on track", None)
    assert standing(0.1, since=week, due=date(2028, 1, 1))[0] == "off track"


def test_a_target_that_only_its_sign_keeps_from_being_met_is_short_by_nothing() -> None:
    assert standing(0.2, "> 0.2", due=None) == ("open", 0.0)


def test_less_is_better_where_the_target_says_so() -> None:
    assert standing(40, "<= 30", measure=LAST, baseline=100)[0] == "on track"
    assert standing(60, "<= 30", measure=LAST, baseline=100) == ("off track", 18.301)


def test_who_was_beyond_the_target_and_fell_back_is_asked_for_the_target() -> None:
    assert standing(0.8, baseline=2.0) == ("off track", 0.2)


def test_an_exact_target_is_neared_from_where_one_began() -> None:
    assert standing(0.3, "= 1", baseline=0.2)[0] == "off track"
    assert standing(1.1, "= 1", baseline=3.0)[0] == "on track"


def test_what_is_unknown_is_not_known_and_no_zero() -> None:
    assert standing(ROBOTS) == ("not known", None)
    assert standing(ROBOTS, "<= 3") == ("not known", None)


def test_what_is_not_there_counts_none_and_has_no_days() -> None:
    assert standing(NONE) == ("off track", 0.866)
    assert standing(NONE, "<= 30", measure=LAST) == ("not known", None)


@pytest.mark.parametrize(
    ("measure", "now", "target", "told"),
    [
        (SITE, part(1.2), ">= 1", "reached"),
        (SITE, part(0.4), ">= 1", "not known"),  # the whole may meet it
        (SITE, part(1.2), "<= 1", "off track"),
        (SITE, part(0.4), "<= 1", "not known"),
        (SITE, part(1.0), "= 1", "not known"),
        (LAST, part(20), "<= 30", "reached"),  # at most 20
        (LAST, part(40), "<= 30", "not known"),
        (RATE, about(0.4), ">= 1", "off track"),  # a cut-off list gives its rate
        (SITE, about(1.2), "<= 1", "off track"),
    ],
)
def test_a_part_counts_as_far_as_it_tells_of_the_whole(
    measure: str, now: Number, target: str, told: str
) -> None:
    assert standing(now, target, measure=measure, baseline=0.2)[0] == told


def result(value: Number | None, *, own: bool = True) -> CompanyResult:
    measures = (Measure(metric=RATE, value=value),) if value is not None else ()
    company = Company(name="A", website="https://a.example/", own=own)
    return CompanyResult(company=company, measures=measures)


def kept(
    now: Number | None, earlier: CompanyResult | None = None, measure: str = RATE
) -> KpiProgress:
    """What becomes of one KPI in a run."""
    kpi = Kpi(name="K", goal="", measure=measure, target=">= 1", due=date(2027, 1, 1))
    together = Together(overlaps={}, window=WINDOW, kpis=(kpi,), earlier=earlier)
    (measured,) = with_kpis([result(now)], together)
    (progress,) = measured.kpis
    return progress


def test_the_first_known_figure_is_the_baseline_and_stays_it() -> None:
    first = kept(known(0.2))
    assert (first.baseline, first.since, first.last) == (known(0.2), date(2026, 11, 2), NOT_BEFORE)
    before = replace(result(known(0.3)), kpis=(replace(first, since=date(2026, 1, 5)),))
    second = kept(known(0.7), before)
    assert (second.baseline, second.since, second.last) == (
        known(0.2),
        date(2026, 1, 5),
        known(0.3),
    )


def test_while_nothing_is_known_there_is_no_baseline_and_the_next_known_figure_is_it() -> None:
    first = kept(ROBOTS)
    assert (first.since, first.standing) == (None, KpiStanding.NOT_KNOWN)
    second = kept(known(0.7), replace(result(ROBOTS), kpis=(first,)))
    assert (second.baseline, second.since) == (known(0.7), date(2026, 11, 2))


def test_a_new_kpi_of_an_old_company_begins_today_and_knows_the_run_before() -> None:
    progress = kept(known(0.7), result(known(0.3)))
    assert (progress.baseline, progress.last) == (known(0.7), known(0.3))


def test_a_measure_that_was_not_taken_is_not_known() -> None:
    assert kept(known(1.0), measure="no.such").standing is KpiStanding.NOT_KNOWN


def test_a_company_of_which_nothing_was_measured_stays_as_it_is() -> None:
    kpi = Kpi(name="K", goal="", measure=RATE, target=">= 1", due=None)
    failed = result(None)
    assert with_kpis([failed], Together(overlaps={}, window=WINDOW, kpis=(kpi,)))[0] is failed


def test_competitors_have_no_kpis_and_without_a_window_there_are_none() -> None:
    kpi = Kpi(name="K", goal="", measure=RATE, target=">= 1", due=None)
    given = [result(known(1.0), own=False)]
    assert with_kpis(given, Together(overlaps={}, window=WINDOW, kpis=(kpi,)))[0].kpis == ()
    assert with_kpis([result(known(1.0))], Together(overlaps={}, kpis=(kpi,)))[0].kpis == ()
