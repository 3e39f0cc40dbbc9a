"""Changes as readers meet them: sentences, signs beside figures, courses, the results file."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from audit.changes.between import NOT_LISTED
from audit.model.change import Cause, Change, ChangeType, Event, Severity, Side
from audit.model.changes import Changes
from audit.model.company import Kpi
from audit.model.kpi import KpiProgress, KpiStanding
from audit.model.metric import Unit
from audit.model.past import NO_PAST, Past, PastRun, website_key
from audit.model.result import Measure, RunInfo
from audit.model.value import Absent, Known, Number, Qualifier, Reason, Unknown
from reports.changed import (
    biggest,
    changes_as_json,
    headline,
    now_in_words,
    sentence,
    side_in_words,
)
from reports.course import audience_course, course
from reports.events import event_in_words
from reports.formats.xlsx.workbook import grid_of
from reports.report import Report
from reports.sheets import sheets
from reports.since import since_words
from tests.reports import workbook_example as example
from tests.reports.past_example import past

SHOT = example.snapshot()
RATE = "site.posts_per_week"


def known(value: float, *, exact: bool = True, marks: tuple[Qualifier, ...] = ()) -> Known[float]:
    return Known(value=value, evidence=(), exact=exact, qualifiers=marks)


def change(event: Event, old: Side, new: Side, cause: Cause = Cause.REAL) -> Change:
    return Change(
        company="Borealis Valves",
        type=ChangeType.AUDIENCE,
        event=event,
        subject="channel.youtube.subscribers",
        what="YouTube @borealis: subscribers",
        old=old,
        new=new,
        severity=Severity.HIGH,
        cause=cause,
        old_run="r1",
        new_run="r2",
        unit=Unit.COUNT,
    )


def between(*changes: Change) -> Changes:
    before = replace(SHOT.run, id="r1", as_of=SHOT.run.as_of - timedelta(days=91))
    return Changes(before=before, run=SHOT.run, changes=changes)


UP = change(Event.UP, known(12_300, exact=False), known(48_300, exact=False))
BLOCKED = change(Event.BLOCKED, known(12_300), Unknown(reason=Reason.LOGIN_WALL), Cause.ACCESS)


def test_a_change_is_said_in_a_sentence() -> None:
    assert sentence(UP, SHOT.run.as_of) == (
        "Borealis Valves: YouTube @borealis: subscribers went up from about 12,300 to about 48,300."
    )


def kpi(standing: KpiStanding, target: str = ">= 1500") -> Change:
    """A change of the own company's KPI, whose figure has grown."""
    progress = KpiProgress(
        kpi=Kpi(
            name="Followers",
            goal="",
            measure="audience.total",
            target=target,
            due=date(2026, 10, 31),
        ),
        now=known(1_400),
        last=known(1_290),
        baseline=known(1_290),
        since=date(2026, 5, 1),
        target=1_500,
        standing=standing,
    )
    old, new = (Known(value=each, evidence=()) for each in ("off track", standing.value))
    return replace(change(Event.MOVED, old, new), type=ChangeType.KPI, kpi=progress)


def test_a_kpi_is_told_by_its_figure_and_never_as_a_move_of_it() -> None:
    missed = kpi(KpiStanding.MISSED)
    assert sentence(missed, SHOT.run.as_of) == (
        "We missed our KPI Followers: 1,400 of 1,500 by 31 Oct 2026."
    )
    assert event_in_words(missed) == "missed"
    assert "at most 1,500" in sentence(kpi(KpiStanding.REACHED, "<= 1500"), SHOT.run.as_of)


def test_a_silence_says_since_when_and_for_how_long() -> None:
    last = Known(value=SHOT.run.as_of - timedelta(days=156), evidence=())
    begun = replace(change(Event.BEGUN, last, last), type=ChangeType.SILENCE, what="Blog")
    assert event_in_words(begun) == "fell silent"
    words = now_in_words(begun, SHOT.run.as_of)
    assert words == "silent since 20 Jun 2026 (156 days)"
    assert sentence(begun, SHOT.run.as_of) == f"Borealis Valves: Blog is {words}."


@pytest.mark.parametrize(
    ("kind", "event", "new", "said"),
    [
        (ChangeType.COMPANY, Event.GONE, NOT_LISTED, "taken off the list"),
        (ChangeType.COMPANY, Event.NEW, known(1), "put on the list"),
        (ChangeType.COMPANY, Event.BLOCKED, Unknown(reason=Reason.HTTP_503), "did not answer"),
        (ChangeType.CHANNEL, Event.BLOCKED, Unknown(reason=Reason.LOGIN_WALL), "is behind a login"),
        (ChangeType.CHANNEL, Event.BLOCKED, NOT_LISTED, "not met again"),
        (ChangeType.KPI, Event.BLOCKED, known(1), "not known"),
        (ChangeType.CHANNEL, Event.TAKEN_OVER, known(1), "taken over"),
    ],
)
def test_each_case_has_a_word_of_its_own(
    kind: ChangeType, event: Event, new: Side, said: str
) -> None:
    assert event_in_words(replace(change(event, known(1), new), type=kind)) == said


@pytest.mark.parametrize("event", Event)
def test_every_event_has_a_sentence_without_codes(event: Event) -> None:
    said = sentence(change(event, known(1), Unknown(reason=Reason.HTTP_403)), SHOT.run.as_of)
    assert "http-403" not in said
    assert "{" not in said
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ((), "Nothing has changed since the run of 24 Aug 2026."),
        ((UP,), "Since the run of 24 Aug 2026: 1 change at the companies."),
        (
            (UP, UP, BLOCKED),
            "Since the run of 24 Aug 2026: 2 changes at the companies, and 1 that is no doing of "
            "theirs.",
        ),
        (
            (BLOCKED,),
            "Since the run of 24 Aug 2026: no changes at the companies, and 1 that is no doing of "
            "theirs.",
        ),
    ],
)
def test_the_headline_tells_the_companies_doing_from_ours(
    changes: tuple[Change, ...], said: str
) -> None:
    assert headline(between(*changes)) == said


def test_the_biggest_change_fits_its_line_and_counts_the_others() -> None:
    told = biggest(between(UP, UP, BLOCKED), 60)
    assert 40 < len(told) <= 60
    assert told.endswith("… And 1 more.")
    assert biggest(between(BLOCKED), 200) == headline(between(BLOCKED))


def test_sides_are_told_in_words() -> None:
    day = Known(value=datetime(2026, 10, 12, tzinfo=UTC), evidence=())
    assert side_in_words(day, None) == "12 Oct 2026"
    assert side_in_words(known(0.123), Unit.SHARE) == "12%"
    assert side_in_words(Absent(), Unit.COUNT) == "–"
    assert side_in_words(Unknown(reason=Reason.ROBOTS), None) == "asks robots to stay away"
    assert side_in_words(known(500, marks=(Qualifier.TRUNCATED,)), Unit.COUNT) == "at least 500"
    by_hand = known(4_400, exact=False, marks=(Qualifier.MANUAL,))
    assert side_in_words(by_hand, Unit.COUNT) == "about 4,400 (by hand)"
    assert len(side_in_words(Known(value="x" * 5_000, evidence=()), None)) == 200


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (known(1.0), known(1.3), "▲ 0.3"),
        (known(1.3), known(1.0), "▼ 0.3"),
        # As both are shown: what nobody sees is no change.
        (known(1.01), known(1.04), ""),
        (known(1.0), Unknown(reason=Reason.ROBOTS), ""),
        (Unknown(reason=Reason.ROBOTS), known(1.0), ""),
        (Absent(), known(1.0), ""),
        (known(1.0, marks=(Qualifier.TRUNCATED,)), known(2.0), ""),
    ],
)
def test_beside_a_figure_stands_how_it_has_changed(old: Number, new: Number, said: str) -> None:
    assert since(RATE, old, new) == said


def test_a_count_that_may_have_been_rounded_says_so() -> None:
    name = "channel.youtube.followers"
    assert since(name, known(12_300, exact=False), known(12_340)) == "±"
    assert since(name, known(12_300, exact=False), known(13_000)) == "▲ 700"


@pytest.mark.parametrize(
    ("young", "old", "new", "said"),
    [
        ({"blog"}, 1.0, 1.4, "±"),
        # The filling of a period never lowers a rate, and a network's not that of the website.
        ({"blog"}, 1.4, 1.0, "▼ 0.4"),
        ({"youtube"}, 1.0, 1.4, "▲ 0.4"),
        (set(), 1.0, 1.4, "▲ 0.4"),
    ],
)
def test_a_rate_that_rises_as_its_period_fills_is_no_rise(
    young: set[str], old: float, new: float, said: str
) -> None:
    assert since(RATE, known(old), known(new), frozenset(young)) == said


def since(metric: str, old: Number, new: Number, young: frozenset[str] = frozenset()) -> str:
    """What stands beside our own figure of a metric."""
    result = SHOT.results[0]
    measures = tuple(
        replace(each, value=new) if each.metric == metric else each for each in result.measures
    )
    shot = replace(SHOT, results=(replace(result, measures=measures), *SHOT.results[1:]))
    key = website_key(result.company.website)
    before = PastRun(run=SHOT.run, values={key: {metric: old}}, young={key: young})
    report = Report(shot, example.compared(shot), Past(before=before))
    return since_words(report, report.results[0], report.comparisons[metric].about)


def runs(count: int, rates: dict[str, list[float | None]]) -> tuple[PastRun, ...]:
    """So many runs a quarter apart, with the posts a week of companies; None where unknown."""
    keys = {each.company.name: website_key(each.company.website) for each in SHOT.results}
    return tuple(
        PastRun(
            run=_run(count - number),
            values={
                keys[name]: {RATE: known(rate) if rate is not None else _LOST}
                for name, values in rates.items()
                for rate in values[number : number + 1]
            },
        )
        for number in range(count)
    )


_LOST = Unknown(reason=Reason.TIMEOUT)


def _run(back: int) -> RunInfo:
    return replace(SHOT.run, as_of=SHOT.run.as_of - timedelta(days=91 * back))


def report_of(*earlier: PastRun) -> Report:
    """This run after others; all of each list of posts was read."""
    results = tuple(
        replace(
            result,
            measures=tuple(
                replace(each, value=replace(each.value, qualifiers=()))
                if isinstance(each.value, Known)
                else each
                for each in result.measures
            ),
        )
        for result in SHOT.results
    )
    shot = replace(SHOT, results=results)
    return Report(shot, example.compared(shot), Past(runs=earlier))


def test_a_course_is_drawn_from_three_runs_on() -> None:
    rates: dict[str, list[float | None]] = {"Acme Pumps": [0.3, 0.5]}
    assert course(report_of(*runs(1, rates)), RATE, "posts") == ()
    (chart,) = course(report_of(*runs(2, rates)), RATE, "posts")
    assert list(chart.categories) == ["25 May 2026", "24 Aug 2026", "23 Nov 2026"]
    assert list(chart.series[0].values)[:2] == [0.3, 0.5]
    assert len(chart.series) == 1  # nobody else was known in all runs


def test_one_or_two_competitors_are_drawn_each() -> None:
    rates: dict[str, list[float | None]] = {
        "Acme Pumps": [0.3, 0.5],
        "Borealis Valves": [1.0, 2.0],
        "Corvid Flow": [2.0, None],
        "Estuary Systems": [4.0, 1.0],
    }
    (chart,) = course(report_of(*runs(2, rates)), RATE, "posts")
    titles = [series.title for series in chart.series]
    assert titles == ["Acme Pumps", "Borealis Valves", "Estuary Systems"]
    assert len({series.kind for series in chart.series}) == 3
    assert list(chart.series[1].values)[:2] == [1.0, 2.0]


def test_a_part_is_no_bar_beside_the_whole() -> None:
    first, second = runs(2, {"Acme Pumps": [2.0, 2.0]})
    key = website_key(SHOT.results[0].company.website)
    part = replace(second, values={key: {RATE: known(0.5, marks=(Qualifier.TRUNCATED,))}})
    (chart,) = course(report_of(first, part), RATE, "posts")
    own = chart.series[0]
    assert list(own.values)[:2] == [2.0, None]
    assert "only a part" in own.legend
    assert own.values[2] is not None


def followed(*counts: dict[str, float | None]) -> tuple[PastRun, ...]:
    """Runs in which so many followed our profiles; None where one could not be read."""
    key = website_key(SHOT.results[0].company.website)
    return tuple(
        PastRun(
            run=_run(len(counts) - number),
            values={
                key: {
                    f"channel.{platform}.followers": known(count) if count is not None else _LOST
                    for platform, count in each.items()
                }
            },
        )
        for number, each in enumerate(counts)
    )


def with_followers(counts: dict[str, float | None], *earlier: PastRun) -> Report:
    """Our own company with so many followers in this run, after some others."""
    own = SHOT.results[0]
    measures = tuple(
        Measure(
            metric=f"channel.{platform}.followers",
            value=known(count) if count is not None else _LOST,
        )
        for platform, count in counts.items()
    )
    shot = replace(SHOT, results=(replace(own, measures=measures), *SHOT.results[1:]))
    return Report(shot, example.compared(shot), Past(runs=earlier))


def test_followers_are_drawn_of_the_profiles_that_every_run_counted() -> None:
    """A profile behind a wall is no loss, one that is read for the first time is no gain."""
    earlier = followed(
        {"youtube": 500, "mastodon": 1_200}, {"youtube": 510, "mastodon": 1_280, "bluesky": 90}
    )
    walled = with_followers({"youtube": 500, "mastodon": None, "bluesky": 95}, *earlier)
    (chart,) = audience_course(walled, "followers")
    assert list(chart.series[0].values) == [500, 510, 500]
    every = with_followers({"youtube": 500, "mastodon": 1_300}, *earlier)
    (chart,) = audience_course(every, "followers")
    assert list(chart.series[0].values) == [1_700, 1_790, 1_800]


def test_no_followers_are_drawn_where_no_profile_was_counted_in_all_runs() -> None:
    earlier = followed({"youtube": 500}, {"youtube": None})
    assert audience_course(with_followers({"youtube": 500}, *earlier), "followers") == ()


def test_an_unknown_of_a_course_is_a_gap_and_its_company_in_no_median() -> None:
    rates: dict[str, list[float | None]] = {
        "Acme Pumps": [0.3, None],
        "Borealis Valves": [1.0, 1.0],
        "Corvid Flow": [2.0, 3.0],
        "Estuary Systems": [4.0, None],
        "Delta Hydraulik": [5.0, 6.0],
    }
    (chart,) = course(report_of(*runs(2, rates)), RATE, "posts")
    own, typical = chart.series
    assert list(own.values)[:2] == [0.3, None]
    assert list(typical.values)[:2] == [2.0, 3.0]
    assert "3 competitors" in typical.legend


def test_a_first_run_shows_nothing_of_it_but_a_quiet_word() -> None:
    report = Report(SHOT, example.compared(SHOT), NO_PAST)
    wanted = [sheet.name for sheet in sheets() if sheet.wanted(report)]
    assert "Changes" not in wanted
    summary = next(sheet for sheet in sheets() if sheet.name == "Summary")
    cells = [
        f"{cell.value}" for line in grid_of(summary, report).lines for cell in line.cells if cell
    ]
    assert sum("first run" in cell for cell in cells) == 1
    assert not any("Changed" in cell or "▲" in cell for cell in cells)
    assert changes_as_json(report.past.changes) is None


def test_changes_of_the_results_file_name_their_proof() -> None:
    report = Report(SHOT, example.compared(SHOT), past(SHOT))
    told = changes_as_json(report.past.changes, report.evidence)
    assert told is not None
    listed = json.loads(json.dumps(told))["changes"]
    first = listed[0]
    assert (first["subject"], first["event"], first["cause"]) == (
        "feature.knowledge-base",
        "new",
        "real",
    )
    assert first["evidence"]
    assert first["old"] == {"none": True, "detail": ""}
    assert {each["company"] for each in listed} == {
        "Acme Pumps",
        "Borealis Valves",
        "Corvid Flow",
        "Delta Hydraulik",
    }
