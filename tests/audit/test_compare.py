"""Companies side by side: averages, best, last, rank, and what stands for a missing value."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from audit.compare import compare
from audit.measure import metrics
from audit.model.company import Company
from audit.model.result import CompanyResult, Comparison, Measure, Rank
from audit.model.value import Absent, Known, Number, Qualifier, Reason, Unknown
from audit.model.visit import Note
from tests.brief_example import PROOF, figure, known, reason

UNKNOWN = Unknown(reason=Reason.ROBOTS)


def result(name: str, value: Number, *, own: bool = False) -> CompanyResult:
    company = Company(name=name, website=f"https://{name.lower()}.example", own=own)
    measures = tuple(Measure(metric=each.id, value=value) for each in metrics())
    return CompanyResult(company=company, measures=measures)


def compared(*results: CompanyResult, metric: str = "blog.posts_per_week") -> Comparison:
    return next(row for row in compare(results) if row.metric == metric)


def test_the_median_leaves_the_own_company_and_unknowns_out() -> None:
    row = compared(
        result("Us", known(50), own=True),
        result("A", known(1)),
        result("B", known(2)),
        result("C", known(9)),
        result("D", UNKNOWN),
    )
    assert figure(row.median) == 2
    assert (row.best, row.last, row.rank, row.read) == ("Us", "A", Rank(place=1, of=4), 4)


def test_a_median_needs_three_known_values_and_an_absent_one_is_none() -> None:
    row = compared(result("A", known(1)), result("B", known(2)), result("C", Absent()))
    assert reason(row.median) == Reason.TOO_LITTLE_DATA
    assert row.read == 3


def test_of_two_figures_nobody_is_best_or_last() -> None:
    two = (result("Us", known(5), own=True), result("A", known(50)))
    assert [
        (row.best, row.last) for row in (compared(*two), compared(*two, result("B", UNKNOWN)))
    ] == [
        ("", ""),
        ("", ""),
    ]
    assert compared(*two, result("B", known(9))).best == "A"


def test_there_is_no_best_at_a_tie_and_no_rank_where_half_is_unknown() -> None:
    row = compared(
        result("Us", known(5), own=True),
        result("A", known(5)),
        result("B", UNKNOWN),
        result("C", UNKNOWN),
    )
    assert (row.best, row.last, row.rank) == ("", "", None)


def test_fewer_days_of_silence_is_better() -> None:
    results = (result("Us", known(5), own=True), result("A", known(50)), result("B", known(20)))
    row = compared(*results, metric="blog.recency_days")
    assert (row.best, row.last, row.rank) == ("Us", "A", Rank(place=1, of=3))


def test_where_neither_is_better_there_is_no_best_no_last_and_no_rank() -> None:
    results = (result("Us", known(5), own=True), result("A", known(50)))
    row = compared(*results, metric="presence.languages")
    assert (row.best, row.last, row.rank) == ("", "", None)


def test_equal_figures_share_a_rank_and_without_an_own_company_there_is_none() -> None:
    results = [result("A", known(7)), result("B", known(5))]
    assert compared(result("Us", known(7), own=True), *results).rank == Rank(place=1, of=3)
    assert compared(*results).rank is None


def test_where_all_are_alike_nobody_has_a_rank() -> None:
    """Six companies with nothing would share the first place."""
    results = [result(name, known(0)) for name in "AB"]
    assert compared(result("Us", known(0), own=True), *results).rank is None


def test_the_own_company_comes_first_and_the_others_keep_their_order() -> None:
    row = compared(result("B", known(1)), result("A", known(2)), result("Us", known(3), own=True))
    assert [name for name, _ in row.values] == ["Us", "B", "A"]


def test_a_company_that_was_not_visited_gives_the_reason_for_which_it_was_not() -> None:
    company = Company(name="A", website="https://a.example")
    note = Note(what="website", reason=Reason.INTERRUPTED, detail="d", incomplete=True)
    broken, silent = CompanyResult(company=company, notes=(note,)), CompanyResult(company=company)
    assert _values(compared(broken, silent)) == [
        Unknown(reason=Reason.INTERRUPTED, detail="d"),
        Unknown(reason=Reason.NOT_CHECKED, detail="not measured in this run"),
    ]


@pytest.mark.parametrize(
    ("channels", "stands"),
    [
        (known(2), Absent(evidence=(PROOF,), detail="no such channel was found")),
        (UNKNOWN, UNKNOWN),
    ],
)
def test_a_platform_that_a_company_is_not_on_is_absent_only_where_one_could_look(
    channels: Number, stands: Number
) -> None:
    with_channel = CompanyResult(
        company=Company(name="A", website="https://a.example"),
        measures=(Measure(metric="channel.youtube.followers", value=known(9)),),
    )
    without = CompanyResult(
        company=Company(name="B", website="https://b.example"),
        measures=(Measure(metric="presence.channels", value=channels),),
    )
    row = compared(with_channel, without, metric="channel.youtube.followers")
    assert _values(row) == [known(9), stands]


def test_a_platform_of_which_nothing_is_known_has_no_row() -> None:
    measure = Measure(metric="channel.youtube.followers", value=UNKNOWN)
    company = Company(name="A", website="https://a.example")
    rows = compare([CompanyResult(company=company, measures=(measure,))])
    assert [row.metric for row in rows] == [metric.id for metric in metrics()]


def _values(row: Comparison) -> Sequence[Number]:
    return [value for _, value in row.values]


def test_averages_are_told_with_and_without_the_own_company_and_of_how_many() -> None:
    row = compared(
        result("Us", known(50), own=True),
        result("A", known(1)),
        result("B", known(2)),
        result("C", known(9)),
        result("D", UNKNOWN),
        result("E", Absent()),
    )
    assert (figure(row.competitors.median), figure(row.competitors.mean)) == (2, 4)
    assert (row.competitors.known, row.competitors.of) == (3, 5)
    assert (figure(row.everyone.median), figure(row.everyone.mean)) == (5.5, 15.5)
    assert (row.everyone.known, row.everyone.of) == (4, 6)


def test_there_is_no_rank_of_two() -> None:
    row = compared(result("Us", known(5), own=True), result("A", known(3)))
    assert row.rank is None


def test_an_average_of_parts_or_of_rounded_figures_is_one() -> None:
    values = [
        replace(known(each), qualifiers=(Qualifier.TRUNCATED,), exact=False) for each in (1, 2, 3)
    ]
    median = compared(*(result(str(at), value) for at, value in enumerate(values))).median
    assert isinstance(median, Known)
    assert (median.qualifiers, median.exact) == ((Qualifier.TRUNCATED,), False)


def test_the_middle_one_of_exact_figures_is_exact_whatever_lies_far_above_it() -> None:
    part = replace(known(9), qualifiers=(Qualifier.TRUNCATED,), exact=False)
    others = (result("A", known(1)), result("B", known(2)), result("C", part))
    row = compared(*others, metric="presence.broken")
    assert isinstance(row.median, Known)
    assert (row.median.qualifiers, row.median.exact) == ((), True)


@pytest.mark.parametrize(
    ("metric", "best", "last"),
    [
        ("site.posts_per_week", "", ""),  # at least 1: A may well publish more than B, and C
        ("all.recency_days", "A", "C"),  # at most 1 is best whatever it is
        ("presence.broken", "", ""),  # at least 1: there may be more, and more than at C
    ],
)
def test_nobody_is_last_or_best_by_what_could_not_be_seen(
    metric: str, best: str, last: str
) -> None:
    part = replace(known(1), qualifiers=(Qualifier.TRUNCATED,))
    results = (result("A", part), result("B", known(2)), result("C", known(3)))
    row = compared(*results, metric=metric)
    assert (row.best, row.last) == (best, last)


@pytest.mark.parametrize(
    ("values", "parts", "best", "last", "rank"),
    [
        ((3, 2, 1), (), "Us", "B", 1),
        ((3, 2, 1), ("Us",), "Us", "B", 1),  # at least 3 is the most whatever it is
        ((3, 2, 1), ("A",), "", "B", None),  # at least 2 may be 4
        ((3, 2, 1), ("B",), "", "", None),
        ((2, 3, 1), ("A",), "A", "B", 2),  # more than ours all the more
        ((2, 3, 1), ("B",), "", "", None),
        ((2, 3, 1), ("Us",), "", "B", None),  # ours may be more than 3
        ((1, 3, 2), ("A",), "A", "Us", 3),
        ((1, 3, 2), ("B",), "", "Us", 3),  # who of both is first is not known; we are not
        ((1, 3, 2), ("Us",), "", "", None),
    ],
)
def test_a_place_is_told_only_where_no_part_may_change_it(
    values: tuple[int, int, int], parts: tuple[str, ...], best: str, last: str, rank: int | None
) -> None:
    results = [
        result(
            name,
            replace(known(value), qualifiers=(Qualifier.TRUNCATED,) if name in parts else ()),
            own=name == "Us",
        )
        for name, value in zip(("Us", "A", "B"), values, strict=True)
    ]
    row = compared(*results, metric="site.posts_per_week")
    place = Rank(place=rank, of=3) if rank is not None else None
    assert (row.best, row.last, row.rank) == (best, last, place)


def test_nobody_can_be_above_the_greatest_figure_that_there_is() -> None:
    at_least_5 = replace(known(5), qualifiers=(Qualifier.TRUNCATED,))
    others = (result("A", at_least_5), result("B", known(4)))
    row = compared(result("Us", known(6), own=True), *others, metric="roles.invited")
    # A may have all six roles too: then it shares the place, and nobody alone is best.
    assert (row.best, row.last, row.rank) == ("", "B", Rank(place=1, of=3))


def test_a_sum_in_which_a_rate_is_estimated_may_be_last_as_well_as_best() -> None:
    about = replace(known(1), qualifiers=(Qualifier.TRUNCATED, Qualifier.ESTIMATE))
    row = compared(
        result("A", about),
        result("B", known(2)),
        result("C", known(3)),
        metric="all.posts_per_week",
    )
    assert (row.best, row.last) == ("C", "A")


def test_how_much_could_be_read_is_not_ranked() -> None:
    results = (result("Us", known(1), own=True), result("A", known(2)), result("B", known(3)))
    row = compared(*results, metric="completeness")
    assert (row.best, row.last, row.rank) == ("", "", None)


def test_figures_that_are_shown_alike_are_a_tie() -> None:
    def rated(name: str, value: float, *, own: bool = False) -> CompanyResult:
        return result(name, Known(value=value, evidence=(PROOF,)), own=own)

    row = compared(rated("Us", 0.18, own=True), rated("A", 0.24), rated("B", 3.0))
    assert (row.best, row.last, row.rank) == ("B", "", Rank(place=2, of=3))
