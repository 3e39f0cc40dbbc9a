"""The same thing has the same number on every sheet; what others are compared with is comparable."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from audit.compare import compare
from audit.measure.company import measure
from audit.model.channel import Channel, OwnershipPart, Promise
from audit.model.company import Company, Overrides
from audit.model.result import DIFFERENT_PERIODS, CompanyResult, Snapshot
from audit.model.value import Absent, Known, Reason, Unknown
from audit.model.visit import Visit
from reports.plain import plain_text
from reports.report import Report
from tests.channel_example import channel
from tests.fake_session import context
from tests.reports import workbook_example as example
from tests.reports.advice_example import NONE, ROBOTS, Given, exactly, report_on
from tests.reports.counts_told import check_counts, table

MEASURES = ("site.posts_per_week", "presence.features", "all.recency_days")
NAMES = [result.company.name for result in example.snapshot().results]


def report_of(shot: Snapshot) -> Report:
    return Report(shot, compare(shot.results, shot.competitors.settings))


@pytest.mark.parametrize("own", [True, False])
def test_all_sheets_count_alike(own: bool) -> None:
    check_counts(report_of(example.snapshot(own=own)))


def test_the_checks_can_fail() -> None:
    """A dead profile that is counted as found after all is noticed."""
    shot = example.snapshot()
    first, *rest = shot.results
    measures = tuple(
        replace(each, value=Known(value=9, evidence=()))
        if each.metric == "presence.channels"
        else each
        for each in first.measures
    )
    with pytest.raises(AssertionError):
        check_counts(report_of(example.of([replace(first, measures=measures), *rest])))


def with_days(days: dict[str, int]) -> Report:
    """The example set with periods of their own for some companies."""
    shot = example.snapshot()

    def changed(result: CompanyResult) -> CompanyResult:
        own = Overrides(lookback_days=days.get(result.company.name))
        return replace(result, company=replace(result.company, overrides=own))

    return report_of(example.of([changed(result) for result in shot.results]))


def test_counts_of_different_periods_are_not_compared() -> None:
    report = with_days({"Borealis Valves": 730})
    for name in ("blog.posts", "blog.longest_gap_days", "news.posts"):
        compared = report.comparisons[name]
        assert (compared.median, compared.best, compared.last, compared.rank) == (
            DIFFERENT_PERIODS,
            "",
            "",
            None,
        )
        assert any(isinstance(value, Known) for _, value in compared.values)
    rate = report.comparisons["blog.posts_per_week"]
    assert isinstance(rate.median, Known)
    assert rate.best


def test_a_period_of_its_own_that_is_that_of_all_changes_nothing() -> None:
    report = with_days({"Borealis Valves": 365})
    assert isinstance(report.comparisons["blog.posts"].median, Known)
    assert "periods" not in " ".join(table(report, "Comparison").key)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ({}, "the last 12 months"),
        ({"Borealis Valves": 730}, "the last 12 months (Borealis Valves 24 months)"),
        (
            {"Acme Pumps": 90, "Borealis Valves": 730, "Corvid Flow": 730},
            "the last 12 months (Acme Pumps 90 days, Borealis Valves and Corvid Flow 24 months)",
        ),
        (dict.fromkeys(NAMES, 200), "the last 200 days"),
        ({**dict.fromkeys(NAMES, 30), "Acme Pumps": 7}, "the last 30 days (Acme Pumps 7 days)"),
    ],
)
def test_summary_comparison_and_cadence_say_whose_period_differs(
    days: dict[str, int], told: str
) -> None:
    report = with_days(days)
    summary = "".join(piece for piece, _ in table(report, "Summary").finding)
    assert told in summary
    differ = "(" in told
    for name in ("Comparison", "Cadence"):
        key = " ".join(table(report, name).key)
        assert ("not compared" in key) is differ
        assert (told.partition("(")[2].rstrip(")") in key) is differ or not differ


def test_comparison_says_that_periods_differ_in_place_of_a_median() -> None:
    report = with_days({"Acme Pumps": 90})
    sheet = table(report, "Comparison")
    rows = {row.subject: row for row in sheet.rows}
    at = [column.title for column in sheet.columns].index("Competitor median")
    assert plain_text(rows["blog.posts"].cells[at], sheet.columns[at], report) == "periods differ"


SITE = "https://www.dellum.example/"


def youtube(name: str, score: float, *promises: Promise, candidate: bool = False) -> Channel:
    return channel(
        "youtube",
        f"https://www.youtube.com/@{name}",
        f"@{name}",
        score=score,
        parts=(OwnershipPart(name="linked in the foot", weight=score),),
        candidate=candidate,
        promises=promises,
        proof=(example.proof(SITE, "link.youtube", f"@{name}"),),
        found_on=(SITE,),
    )


def with_channels(channels: Sequence[Channel]) -> Report:
    """A set of one company with profiles, measured by the real measures."""
    visit = Visit(
        start=Known(value=SITE, evidence=(example.proof(SITE, "page.start", "Dellum"),)),
        languages=("en",),
        channels=tuple(channels),
        features=(),
        sections=(),
        robots=(),
        fetched=(),
        notes=(),
    )
    result = measure(Company(name="Dellum", website=SITE), visit, context(example.WINDOW))
    return report_of(example.of([result]))


def test_a_dead_profile_is_no_channel_on_any_sheet() -> None:
    report = with_channels([youtube("gone", 0.9, Promise.DEAD)])
    check_counts(report)
    found = report.value("Dellum", "presence.channels")
    assert isinstance(found, Known)
    assert found.value == 0


def test_the_living_profile_stands_for_its_platform_where_the_surer_one_is_dead() -> None:
    check_counts(with_channels([youtube("gone", 0.95, Promise.DEAD), youtube("here", 0.7)]))


def test_two_profiles_on_one_platform_are_one_channel_and_profiles_says_so() -> None:
    report = with_channels([youtube("one", 0.95), youtube("two", 0.9)])
    check_counts(report)
    assert any("count once" in key for key in table(report, "Profiles").key)


def test_somebody_elses_profile_is_a_broken_link_and_a_candidate() -> None:
    foreign = youtube("other", 0.1, Promise.FOREIGN, candidate=True)
    report = with_channels([foreign, youtube("ours", 0.9)])
    check_counts(report)
    words = "".join(piece for piece, _ in table(report, "Profiles").finding)
    assert words.endswith(", one more leads nowhere.")


def test_a_dash_and_what_nobody_looked_for_are_no_figures_of_the_set() -> None:
    unlooked = Unknown(reason=Reason.NOT_CHECKED)
    given = [
        Given(figures=dict.fromkeys(MEASURES, value))
        for value in (exactly(3), NONE, ROBOTS, unlooked)
    ]
    report = report_on(*given)
    compared = [report.comparisons[name] for name in MEASURES]
    known = sum(isinstance(value, Known) for each in compared for _, value in each.values)
    lost = sum(value == ROBOTS for each in compared for _, value in each.values)
    assert (known, lost) == (3, 3)
    dashes = sum(
        isinstance(value, Absent)
        for each in report.comparisons.values()
        for _, value in each.values
    )
    assert dashes > 0
    line = " ".join(table(report, "Coverage").key)
    read, of = re.findall(r"(\d+) of (\d+) figures", line)[0]
    every = [value for each in report.comparisons.values() for _, value in each.values]
    assert int(read) == sum(isinstance(value, Known) for value in every)
    assert int(of) == len(every) - dashes - sum(
        isinstance(value, Unknown) and value.reason is Reason.NOT_CHECKED for value in every
    )
