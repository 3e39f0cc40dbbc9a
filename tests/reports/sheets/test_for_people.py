"""Sheets Plan and SWOT: what the audit says there is what it says elsewhere; the rest is theirs."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from audit.model.channel import ChannelHistory
from audit.model.result import Snapshot
from reports.actions import actions
from reports.carried import places_of
from reports.differences import differences
from reports.findings import ahead, behind
from reports.formats.xlsx.workbook import grid_of
from reports.people import FIELDS, Kept, PersonsNote, plain_id
from reports.plain import plain_text
from reports.planning import STEPS
from reports.report import Report
from reports.sheets import sheets
from reports.sheets._base import Sheet
from reports.tables import Row, Table, ToProof, ToSheet
from reports.telling import text_of
from tests.reports import workbook_example as example
from tests.reports.advice_example import Given, rated, report_of, report_on
from tests.reports.past_example import past

SHEETS = {sheet.name: sheet for sheet in sheets() if sheet.for_people}


@pytest.fixture(scope="module")
def report() -> Report:
    shot: Snapshot = example.snapshot()
    return Report(shot, example.compared(shot), past(shot))


def rows(sheet: Sheet, report: Report) -> tuple[Table, Sequence[Row]]:
    table = sheet.draw(report)
    return table, list(table.rows)


def texts(name: str, report: Report) -> list[list[str]]:
    """The cells of a sheet's rows as text."""
    table, drawn = rows(SHEETS[name], report)
    return [
        [
            plain_text(cell, column, report)
            for cell, column in zip(row.cells, table.columns, strict=True)
        ]
        for row in drawn
    ]


def kept(sheet: str, row: str, field: str, word: str) -> Kept:
    return Kept((PersonsNote(sheet=sheet, row=row, field=field, about="", value=word),))


@pytest.mark.parametrize("name", ["Actions", "Plan", "SWOT", "Profiles"])
def test_each_row_for_people_has_an_id_of_its_own_and_says_what_it_is_about(
    name: str, report: Report
) -> None:
    table, drawn = rows(SHEETS[name], report)
    places = list(places_of(SHEETS[name].draw(report)))
    assert len({place.row for place in places}) == len(drawn) > 0
    assert all(place.about and " " not in place.row for place in places)
    fields = {column.yours.field for column in table.columns if column.yours is not None}
    assert fields == set(FIELDS[places[0].sheet])


@pytest.mark.parametrize("name", ["Actions", "Plan", "SWOT", "Profiles"])
def test_a_word_is_put_back_into_its_row_and_no_other(name: str, report: Report) -> None:
    place = list(places_of(SHEETS[name].draw(report)))[2]
    field = next(iter(FIELDS[place.sheet]))
    filled = texts(name, report.carrying(kept(place.sheet, place.row, field, "our word")))
    changed = [at for at, row in enumerate(filled) if "our word" in row]
    assert changed == [2]


def test_the_id_of_an_action_outlives_its_figures_and_words() -> None:
    def listed(*rates: float) -> set[str]:
        return {each.id for each in actions(report_on(*rated("site.posts_per_week", *rates)))}

    assert listed(0.5, 3.0, 3.0, 3.0) == listed(1.0, 9.0, 8.0, 7.0)
    assert "metric.site.posts_per_week" in listed(0.5, 3.0, 3.0, 3.0)


def test_a_profile_that_is_read_at_last_keeps_the_words_of_its_row() -> None:
    before = report_on(Given(on=("youtube",)), Given())
    own, *others = before.results
    read = replace(own.channels[0], history=ChannelHistory(account="UC42"))
    after = report_of([replace(own, channels=(read,)), *others])
    (old,), (new,) = (list(places_of(SHEETS["Profiles"].draw(each))) for each in (before, after))
    assert old.row != new.row
    words = kept("profiles", old.row, "owner", "Ann")
    (row,) = texts("Profiles", after.carrying(words))
    assert "Ann" in row
    assert words.left_over([new]) == ()
    assert words.left_over([replace(new, also=())]) == words.notes


def test_long_and_odd_names_give_ids_without_blanks_of_a_bounded_length() -> None:
    assert plain_id("topic.Heat pumps") == "topic.Heat%20pumps"
    assert plain_id(plain_id("topic.Heat pumps")) == plain_id("topic.Heat pumps")
    assert len(plain_id("x" * 5_000)) <= 400
    assert plain_id("\ud800")


def test_the_plan_asks_in_six_steps_and_answers_with_proof(report: Report) -> None:
    assert [step.name[2:] for step in STEPS] == [
        "Discover",
        "Define",
        "Create",
        "Test",
        "Broadcast",
        "Measure",
    ]
    _, drawn = rows(SHEETS["Plan"], report)
    wanted = {sheet.name for sheet in sheets() if sheet.wanted(report)}
    for row in drawn:
        said, proof = row.cells[2].value, row.cells[3].to
        assert (said is None) == (proof is None), row.about
        assert not isinstance(proof, ToSheet) or proof.name in wanted, row.about


def test_plan_and_swot_say_what_summary_says(report: Report) -> None:
    plan = {row[1]: row[2] for row in texts("Plan", report)}
    assert plan["What do we do better than a typical competitor?"] == text_of(ahead(report))
    assert plan["Where do we trail?"] == text_of(behind(report))
    said = [row[1] for row in texts("SWOT", report)]
    assert text_of(ahead(report)) in said
    assert text_of(behind(report)) in said


def test_swot_holds_one_sentence_a_theme_and_the_gaps_with_their_actions(report: Report) -> None:
    _, drawn = rows(SHEETS["SWOT"], report)
    themes = {(each.better, each.theme) for each in differences(report, report.own)}
    compared = [row for row in drawn if row.id.split(".", 1)[1] in report.comparisons]
    assert len(compared) == len(themes)
    gaps = [each for each in actions(report) if each.place != "metric"]
    assert gaps
    assert {f"weakness.{each.id}" for each in gaps} <= {row.id for row in drawn}
    shown = [row for row in drawn if row.id.startswith(("strength", "weakness"))]
    assert all(isinstance(row.cells[2].to, ToProof) for row in shown)


def test_without_figures_swot_says_so_in_place_of_a_strength() -> None:
    said = [row[1] for row in texts("SWOT", report_on(Given(), Given(), Given()))]
    assert said[0] == "Fewer than three competitors have figures to compare with."


@pytest.mark.parametrize(("used", "offered"), [((), 3), ((1,), 4), ((1, 5), 8)])
def test_three_empty_rows_more_than_are_used_are_offered(
    used: tuple[int, ...], offered: int, report: Report
) -> None:
    notes = tuple(
        PersonsNote(sheet="swot", row=f"threat.{at}", field="words", about="", value="x")
        for at in used
    )
    rows = texts("SWOT", report.carrying(Kept(notes)))
    assert sum(row[0] == "Threats" for row in rows) == offered
    assert sum(row[3] == "x" for row in rows) == len(used)


def test_kept_notes_are_wanted_only_where_one_has_lost_its_place(report: Report) -> None:
    sheet = SHEETS["Kept notes"]
    assert not sheet.wanted(report)
    assert not sheet.wanted(report.carrying(kept("plan", "rivals", "answer", "all")))
    lost = report.carrying(kept("plan", "an-old-question", "answer", "all"))
    assert sheet.wanted(lost)
    assert texts("Kept notes", lost) == [["Plan", "", "Your answer", "all"]]
    assert text_of(sheet.draw(lost).finding) == "One note without a row in this run: 1 from Plan."


def test_without_kpis_in_the_list_actions_have_no_column_for_them_and_keep_their_ids(
    report: Report,
) -> None:
    shot = report.snapshot
    bare = replace(shot, competitors=replace(shot.competitors, kpis=()))
    without = Report(bare, example.compared(bare), past(bare))
    drawn = {each: rows(SHEETS["Actions"], each) for each in (report, without)}
    titles = {
        each: [column.title for column in table.columns] for each, (table, _) in drawn.items()
    }
    assert titles[without] == [title for title in titles[report] if title != "KPI"]
    assert [row.id for row in drawn[without][1]] == [row.id for row in drawn[report][1]]
    assert list(grid_of(SHEETS["Actions"], without).lines), "rows are as high as they need"
