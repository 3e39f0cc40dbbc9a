"""Shares of posts and of interactions: of what is known, never of what could not be read."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from audit.measure.interactions import NOT_SHOWN, unread
from audit.measure.shares import SUBJECT, shares, with_shares
from audit.measure.subject import Together
from audit.model.company import Company
from audit.model.engagement import EVERYWHERE, Engagement
from audit.model.result import CompanyResult, Measure
from audit.model.value import Absent, Known, Number, Qualifier, Reason, Unknown
from tests.brief_example import PROOF, figure, reason, row

ROBOTS = Unknown(reason=Reason.ROBOTS)
NONE = Absent(evidence=(PROOF,))
PART = (Qualifier.TRUNCATED,)
ABOUT = (Qualifier.TRUNCATED, Qualifier.ESTIMATE)
TOGETHER = Together(overlaps={})


def known(value: float) -> Known[float]:
    """A figure with its proof."""
    return Known(value=value, evidence=(PROOF,))


def result(name: str, **rates: Number) -> CompanyResult:
    """A company with posts a week; `youtube=` is that of its profile there."""
    named = {"all": "all", "site": "site", "youtube": "channel.youtube"}
    measures = {f"{named[of]}.posts_per_week": value for of, value in rates.items()}
    measures = {"presence.channels": known(1), **measures}
    return CompanyResult(
        company=Company(name=name, website=f"https://{name.lower()}.example/"),
        measures=tuple(Measure(metric=each, value=value) for each, value in measures.items()),
    )


def of(results: Sequence[CompanyResult], metric: str) -> list[Number]:
    """The values of a metric in all results."""
    return [
        each.value
        for result in with_shares(results, TOGETHER)
        for each in result.measures
        if each.metric == metric
    ]


def test_shares_are_of_the_sum_of_all_and_add_up_to_one() -> None:
    given = [result("A", all=known(1.0)), result("B", all=known(2.0)), result("C", all=known(5.0))]
    told = [figure(each) for each in of(given, "all.share_of_posts")]
    assert told == [0.125, 0.25, 0.625]


def test_what_is_absent_has_no_share_and_what_is_unknown_keeps_its_reason() -> None:
    told = shares([known(1.0), known(3.0), NONE, ROBOTS])
    assert [figure(each) for each in told[:2]] == [0.25, 0.75]
    assert told[2:] == (NONE, ROBOTS)


@pytest.mark.parametrize(
    "figures",
    [
        [known(1.0), NONE, NONE],  # one alone has all of it
        [known(1.0), known(2.0), ROBOTS, ROBOTS],  # half are unknown
        [known(0.0), known(0.0), NONE],  # nothing to have a share of
    ],
)
def test_shares_of_too_few_are_not_told(figures: list[Number]) -> None:
    assert reason(shares(figures)[0]) == Reason.TOO_LITTLE_DATA


def test_the_order_of_the_companies_changes_no_share() -> None:
    figures = [known(0.1), known(0.2), known(0.3), known(1e-9), known(7.7)]
    assert shares(figures)[::-1] == shares(figures[::-1])


def test_no_companies_and_none_known_give_no_shares() -> None:
    assert shares([]) == ()
    assert shares([ROBOTS, NONE]) == (ROBOTS, NONE)


def test_a_part_among_the_figures_marks_every_share() -> None:
    part = replace(known(3.0), qualifiers=PART)
    assert [each.qualifiers for each in shares([known(1.0), part]) if isinstance(each, Known)] == [
        ABOUT,
        ABOUT,
    ]


def test_a_rounded_figure_makes_every_share_inexact() -> None:
    told = shares([known(1.0), replace(known(3.0), exact=False)])
    assert [each.exact for each in told if isinstance(each, Known)] == [False, False]


def test_a_platform_is_told_only_where_the_posts_of_two_companies_are_known() -> None:
    both = [result("A", youtube=known(1.0)), result("B", youtube=known(3.0)), result("C")]
    told = of(both, "channel.youtube.share_of_posts")
    assert [figure(each) for each in told[:2]] == [0.25, 0.75]
    assert isinstance(told[2], Absent)
    assert of([both[0], result("B", youtube=ROBOTS)], "channel.youtube.share_of_posts") == []


def engaged(name: str, rate: Number, mean: Number, youtube: Number = ROBOTS) -> CompanyResult:
    """A company with one profile on YouTube: posts a week, and interactions a post."""
    given = result(name, all=rate, youtube=youtube)
    url = f"https://youtube.example/{name}"
    profile = replace(unread("youtube", url, NOT_SHOWN), mean=mean)
    everywhere: Engagement = replace(profile, channel=EVERYWHERE)
    cadence = replace(row(1, channel="youtube", url=url), posts_per_week=rate)
    return replace(given, engagement=(everywhere, profile), cadence=(cadence,))


def test_interactions_a_week_are_posts_a_week_times_interactions_a_post() -> None:
    given = [engaged("A", known(2.0), known(5.0)), engaged("B", known(1.0), known(30.0))]
    assert [figure(each) for each in of(given, "all.share_of_interactions")] == [0.25, 0.75]


def test_interactions_on_a_platform_are_those_of_the_profile_whose_rate_is_told() -> None:
    given = [
        engaged("A", known(9.0), known(5.0), youtube=known(2.0)),
        engaged("B", known(9.0), known(30.0), youtube=known(1.0)),
    ]
    told = of(given, "channel.youtube.share_of_interactions")
    assert [figure(each) for each in told] == [0.25, 0.75]


def test_a_company_whose_platform_shows_no_interactions_has_that_reason() -> None:
    given = [
        engaged("A", known(2.0), known(5.0)),
        engaged("B", known(1.0), known(5.0)),
        engaged("C", known(1.0), NOT_SHOWN),
    ]
    told = of(given, "all.share_of_interactions")
    assert told[2] == NOT_SHOWN
    assert figure(told[0]) == pytest.approx(2 / 3)


def test_measuring_again_leaves_one_share_of_each() -> None:
    given = [result("A", all=known(1.0)), result("B", all=known(2.0))]
    once = with_shares(given, TOGETHER)
    assert with_shares(once, TOGETHER) == once


def test_every_share_that_is_measured_is_defined() -> None:
    assert SUBJECT.family is not None
    given = [result(name, all=known(1.0), youtube=known(1.0)) for name in "AB"]
    listed = SUBJECT.family.in_results(with_shares(given, TOGETHER))
    assert [metric.id for metric in listed] == [
        "all.share_of_posts",
        "channel.youtube.share_of_posts",
    ]
    for name in (
        "site.share_of_interactions",
        "channel..share_of_posts",
        "share_of_posts",
        "blog.x",
    ):
        assert SUBJECT.family.of(name) is None


def test_a_company_of_which_nothing_was_measured_stays_as_it_is() -> None:
    failed = CompanyResult(company=Company(name="C", website="https://c.example/"))
    given = [result("A", all=known(1.0)), result("B", all=known(2.0)), failed]
    assert with_shares(given, TOGETHER)[2] is failed
