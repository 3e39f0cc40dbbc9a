"""What was there last time and is lost is drift; what never was there is a slip."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from audit.measure.company import measure
from audit.measure.pointed import followed_figures, followed_sections, pointed_notes
from audit.model.company import Company, PointedFigure, PointedSection
from audit.model.facts import FigureReading
from audit.model.result import CompanyResult, Measure
from audit.model.site import Section
from audit.model.value import Known, Qualifier, Reason, Unknown
from audit.model.visit import Visit
from tests.brief_example import PROOF, WINDOW, brief, section
from tests.fake_session import context

CUSTOMERS = PointedFigure(name="Customers", url="https://a.example/", css=".c", place="c.yaml:5")
GONE = Unknown(reason=Reason.BAD_CONTENT, detail="no element matches `.c`")
BLOG = PointedSection(kind="blog", url="https://a.example/blog/", item=".e", place="c.yaml:4")
EMPTY = Unknown(reason=Reason.BAD_CONTENT, detail="no element matches `.e` (item, c.yaml:4)")
COMPANY = Company(name="A", website="https://a.example/", figures=(CUSTOMERS,), sections=(BLOG,))

Reading = Known[int] | Known[float] | Unknown


def earlier(value: Reading | None, figure: PointedFigure = CUSTOMERS) -> CompanyResult:
    """What the run before knew of the figure."""
    company = Company(name="A", website="https://a.example/", figures=(figure,))
    measures = (Measure(metric=figure.metric, value=value),) if value is not None else ()
    return CompanyResult(company=company, measures=measures)


def known(number: float, *marks: Qualifier) -> Known[float]:
    """A figure that was read on the first of August."""
    proof = replace(PROOF, fetched_at=datetime(2026, 8, 1, tzinfo=UTC))
    return Known(value=number, evidence=(proof,), qualifiers=marks)


def followed(
    now: Reading, before: CompanyResult | None, figure: PointedFigure = CUSTOMERS
) -> Reading:
    """The value of a figure once it is held against the run before."""
    reading = FigureReading(figure=figure, value=now)
    (one,) = followed_figures((reading,), before)
    return one.value


def test_a_figure_that_was_there_and_is_gone_is_drift_and_tells_the_old_one() -> None:
    detail = "it was 12,400 on 2026-08-01; no element matches `.c`"
    expected = Unknown(reason=Reason.DRIFT, detail=detail)
    assert followed(GONE, earlier(known(12_400))) == expected


def test_it_stays_drift_and_keeps_the_old_figure_in_the_runs_that_follow() -> None:
    lost = followed(GONE, earlier(known(4.6)))
    again = followed(GONE, earlier(lost))
    assert again == lost
    assert isinstance(again, Unknown)
    assert again.detail.startswith("it was 4.6 on 2026-08-01")


def test_a_figure_that_never_was_there_is_a_slip() -> None:
    assert followed(GONE, None) == GONE
    assert followed(GONE, earlier(None)) == GONE
    assert followed(GONE, earlier(GONE)) == GONE


def test_another_selector_that_matches_nothing_is_a_slip() -> None:
    changed = replace(CUSTOMERS, css=".d")
    assert followed(GONE, earlier(known(5)), changed) == GONE


def test_a_renamed_figure_is_no_drift_and_a_moved_line_is_no_change() -> None:
    assert followed(GONE, earlier(known(5)), replace(CUSTOMERS, name="Clients")) == GONE
    moved = followed(GONE, earlier(known(5)), replace(CUSTOMERS, place="c.yaml:99"))
    assert isinstance(moved, Unknown)
    assert moved.reason is Reason.DRIFT


def test_a_removed_figure_leaves_nothing_behind() -> None:
    assert followed_figures((), earlier(known(5))) == ()


def test_a_refusal_is_no_drift_and_a_persons_figure_was_not_on_the_page() -> None:
    robots = Unknown(reason=Reason.ROBOTS, detail="stay away")
    assert followed(robots, earlier(known(5))) == robots
    assert followed(GONE, earlier(known(5, Qualifier.MANUAL))) == GONE


def test_a_figure_that_is_back_is_known() -> None:
    lost = followed(GONE, earlier(known(5)))
    assert followed(known(6), earlier(lost)) == known(6)


def pointed(*days_ago: float, unreadable: Unknown | None = None) -> Section:
    """The section that is pointed at, with a post so many days ago for each number."""
    return replace(section(*days_ago, unreadable=unreadable), pointed=BLOG)


def run(*sections: Section, before: CompanyResult | None = None) -> CompanyResult:
    """The result of a run over these sections."""
    visit: Visit = replace(brief().visit, sections=sections)
    return measure(replace(COMPANY, figures=()), visit, context(WINDOW), before)


def test_a_section_that_had_posts_and_has_none_is_drift_in_this_run_and_the_next() -> None:
    first = run(pointed(3, 9))
    assert first.complete
    second = run(pointed(unreadable=EMPTY), before=first)
    third = run(pointed(unreadable=EMPTY), before=second)
    for result in (second, third):
        (note,) = [note for note in result.notes if note.what == "blog"]
        assert (note.reason, note.incomplete) == (Reason.DRIFT, True)
        assert "2 posts were read before, and none now" in note.detail
        assert "c.yaml:4" in note.help
        rate = next(each.value for each in result.measures if each.metric == "blog.posts_per_week")
        assert isinstance(rate, Unknown)
        assert rate.reason is Reason.DRIFT


def test_a_section_that_never_had_posts_is_a_slip() -> None:
    second = run(pointed(unreadable=EMPTY), before=run(pointed(unreadable=EMPTY)))
    (note,) = [note for note in second.notes if note.what == "blog"]
    assert (note.reason, note.incomplete) == (Reason.BAD_CONTENT, True)


def test_a_section_whose_dates_are_lost_is_drift_though_its_titles_stay() -> None:
    fault = ("date", Unknown(reason=Reason.BAD_CONTENT, detail="`.when` gives no date"))
    undated = replace(pointed(), posts=(), faults=(fault,), unreadable=None)
    second = run(undated, before=run(pointed(3, 9)))
    (note,) = [note for note in second.notes if note.what == "blog.date"]
    assert note.reason is Reason.DRIFT
    assert run(undated).notes[0].reason is Reason.BAD_CONTENT


@pytest.mark.parametrize("name", ["title", "date", "next"])
def test_a_part_of_a_section_that_is_lost_stays_drift_and_one_that_never_was_a_slip(
    name: str,
) -> None:
    lost = Unknown(reason=Reason.BAD_CONTENT, detail="`.x` gives nothing")
    without = replace(pointed(3, 9), faults=((name, lost),))
    second = run(without, before=run(pointed(3, 9)))
    third = run(without, before=second)
    never = run(without, before=run(without))
    reasons = [
        note.reason
        for result in (second, third, never)
        for note in result.notes
        if note.what == f"blog.{name}"
    ]
    assert reasons == [Reason.DRIFT, Reason.DRIFT, Reason.BAD_CONTENT]


def test_a_section_that_the_rules_found_is_none_of_a_persons() -> None:
    unread = section(unreadable=EMPTY)
    assert followed_sections((unread,), run(pointed(3))) == (unread,)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason.TIMEOUT, "make the regular expression in c.yaml:5 simpler"),
        (Reason.BLOCKED_ADDRESS, "--allow-private-hosts"),
        (Reason.BUDGET, "raise max_pages_per_site"),
        (Reason.CONNECTION, "run again later"),
    ],
)
def test_the_note_says_what_would_help_against_the_reason(reason: Reason, words: str) -> None:
    reading = FigureReading(figure=CUSTOMERS, value=Unknown(reason=reason))
    (note,) = pointed_notes((reading,), ())
    assert words in note.help


@pytest.mark.parametrize("value", [known(7), Unknown(reason=Reason.CONNECTION)])
def test_a_figure_is_there_with_its_reason_though_no_site_could_be_reached(value: Reading) -> None:
    given = brief().visit
    gone = replace(
        given,
        start=Unknown(reason=Reason.DNS),
        figures=(FigureReading(figure=CUSTOMERS, value=value),),
    )
    result = measure(COMPANY, gone, context(WINDOW))
    assert {each.metric: each.value for each in result.measures}[CUSTOMERS.metric] == value
