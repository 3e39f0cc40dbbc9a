"""The sheet KPIs: what stands where nothing is known, and how far a KPI falls short."""

from dataclasses import replace
from datetime import date

from audit.model.company import Kpi
from audit.model.kpi import NOT_BEFORE, KpiProgress, KpiStanding
from audit.model.value import Number
from reports.report import Report
from reports.sheets.kpis import SHEET
from reports.tables import EMPTY, Cell, Tone
from tests.reports.advice_example import ROBOTS, Given, exactly, part, report_of, report_on


def progress(
    measure: str,
    now: Number,
    standing: KpiStanding,
    short_by: float | None = None,
    last: Number = NOT_BEFORE,
) -> KpiProgress:
    kpi = Kpi(name="K", goal="", measure=measure, target=">= 1", due=None)
    return KpiProgress(
        kpi=kpi,
        now=now,
        last=last,
        baseline=now,
        since=date(2026, 11, 1),
        target=1.0,
        standing=standing,
        short_by=short_by,
    )


def report(*kpis: KpiProgress, own: bool = True) -> Report:
    results = list(report_on(Given(), Given(), own=own).results)
    results[0] = replace(results[0], kpis=kpis)
    return report_of(results)


def row(each: KpiProgress) -> dict[str, Cell]:
    table = SHEET.draw(report(each))
    titles = [column.title for column in table.columns]
    return dict(zip(titles, next(iter(table.rows)).cells, strict=True))


def test_a_measure_that_nobody_has_a_figure_of_has_its_title_and_its_reason() -> None:
    cells = row(progress("channel.youtube.posts_per_week", ROBOTS, KpiStanding.NOT_KNOWN))
    assert cells["Measure"].value == "YouTube, posts a week"
    assert cells["Now"].value == ROBOTS
    assert cells["Standing"] == Cell("not known", tone=Tone.REASON)


def test_a_measure_of_an_older_version_has_its_id() -> None:
    cells = row(progress("no.longer", ROBOTS, KpiStanding.NOT_KNOWN))
    assert cells["Measure"].value == "no.longer"


def test_the_difference_of_two_shares_is_in_points() -> None:
    cells = row(progress("all.share_of_posts", exactly(0.11), KpiStanding.OPEN, 0.14))
    assert cells["Standing"].value == "open, 14 points to go"
    cells = row(progress("site.posts_per_week", exactly(0.5), KpiStanding.OFF_TRACK, 0.25))
    assert cells["Standing"] == Cell("off track by 0.3", tone=Tone.ALERT)


def test_nobody_is_short_of_a_part_of_a_follower() -> None:
    for short, words in ((90.4, "91"), (90.0, "90"), (1.2, "2")):
        cells = row(progress("audience.total", exactly(500), KpiStanding.OFF_TRACK, short))
        assert cells["Standing"].value == f"off track by {words}"


def test_in_a_first_run_there_is_no_last_figure_and_no_sign_for_it() -> None:
    table = SHEET.draw(report(progress("site.posts_per_week", part(0.5), KpiStanding.OPEN)))
    assert next(iter(table.rows)).cells[5] == EMPTY
    assert [each for each in table.key if each.startswith("?")] == []
    assert [each for each in table.key if each.startswith("†")] != []


def test_the_sheet_is_there_only_for_an_own_company_with_kpis() -> None:
    some = progress("site.posts_per_week", exactly(2), KpiStanding.REACHED)
    assert SHEET.wanted(report(some))
    assert not SHEET.wanted(report())
    assert not SHEET.wanted(report(some, own=False))


def standing(short_by: float, *, since: date | None, due: date | None = None) -> object:
    """The standing of an open KPI, as its cell has it; the run is of 23 November."""
    each = progress("site.posts_per_week", exactly(0.2), KpiStanding.OPEN, short_by)
    kpi = replace(each.kpi, due=due)
    return row(replace(each, kpi=kpi, since=since))["Standing"].value


def test_an_open_kpi_says_why_it_is_open_and_never_that_nothing_is_to_go() -> None:
    due, today, before = date(2027, 3, 31), date(2026, 11, 23), date(2026, 11, 1)
    assert standing(0.8, since=before) == "open, 0.8 to go"
    assert standing(0.8, since=today, due=due) == "open, 0.8 to go; baseline set today"
    assert standing(0.8, since=None, due=due) == "open, 0.8 to go; no baseline yet"
    assert standing(0.8, since=before, due=due) == "open, 0.8 to go; too early to tell"
    assert standing(0.0, since=before) == "open, just short"
    assert standing(0.04, since=before) == "open, just short"
