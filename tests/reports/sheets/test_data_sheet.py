"""Sheet Data: every figure once, typed, with how it is known; fit for a pivot table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from audit.model.metric import Unit
from audit.model.past import Past
from audit.model.rounding import rounded
from audit.model.value import Known, Reason, Unknown
from reports.formats.xlsx.workbook import grid_of
from reports.report import Report
from reports.sheets.data import SHEET
from reports.tables import Cell, Row
from tests.reports import workbook_example as example
from tests.reports.past_example import past


@pytest.fixture(scope="module")
def report() -> Report:
    shot = example.snapshot()
    return Report(shot, example.compared(shot), past(shot))


@pytest.fixture(scope="module")
def rows(report: Report) -> Sequence[Mapping[str, Cell]]:
    return _rows(report)


def _rows(report: Report) -> Sequence[Mapping[str, Cell]]:
    table = SHEET.draw(report)
    titles = [column.title for column in table.columns]
    return [dict(zip(titles, row.cells, strict=True)) for row in table.rows]


def test_every_compared_figure_of_the_run_is_there_once(
    report: Report, rows: Sequence[Mapping[str, Cell]]
) -> None:
    keys = Counter(
        (row["Company"].value, row["Channel"].value, row["Measure"].value, row["Run"].value)
        for row in rows
    )
    assert [key for key, count in keys.items() if count > 1] == []
    of_run = [row for row in rows if row["Run"].value == report.snapshot.run.id]
    known = sum(
        isinstance(value, Known)
        for compared in report.comparisons.values()
        for _, value in compared.values
    )
    assert sum(row["Value"].value is not None for row in of_run) >= known


def test_a_figure_is_a_number_and_what_travels_with_it_stands_in_words(
    report: Report, rows: Sequence[Mapping[str, Cell]]
) -> None:
    value = report.value("Acme Pumps", "channel.youtube.followers")
    assert isinstance(value, Known)
    row = _row(rows, "Acme Pumps", "YouTube", "Audience")
    assert row["Value"].value == value.value
    assert row["How exact"].value == "rounded"
    by_hand = _row(rows, "Acme Pumps", "LinkedIn", "Audience")
    assert by_hand["How exact"].value == "by hand"
    part = _row(rows, "Acme Pumps", "News", "Days since the last post")
    assert part["How exact"].value == "at most"


def test_unknown_and_absent_are_empty_and_not_the_same(
    rows: Sequence[Mapping[str, Cell]],
) -> None:
    unknown = _row(rows, "Acme Pumps", "News", "Longest pause, days")
    absent = _row(rows, "Acme Pumps", "Podcast", "Posts a week")
    assert unknown["Value"].value is None
    assert absent["Value"].value is None
    assert unknown["How exact"].value == "not known"
    assert absent["How exact"].value == "not there"
    assert unknown["Why not known"].value
    assert absent["Why not known"].value is None


def test_the_same_measure_bears_the_same_words_on_every_channel(
    rows: Sequence[Mapping[str, Cell]],
) -> None:
    channels = {
        row["Channel"].value
        for row in rows
        if row["Company"].value == "Borealis Valves" and row["Measure"].value == "Posts a week"
    }
    assert {"Blog", "YouTube", "Own website", "All profiles", "All together"} <= channels


def test_a_second_profile_of_a_platform_is_told_apart_by_its_handle(report: Report) -> None:
    shot = report.snapshot
    borealis = next(each for each in shot.results if each.company.name == "Borealis Valves")
    main = next(each for each in borealis.channels if each.platform == "youtube")
    url = "https://youtube.example/second"
    found = replace(main.found, url=url, handle="@second")
    ownership = replace(main.ownership, score=main.ownership.score / 2)
    other = replace(main, found=found, ownership=ownership, profile=Unknown(reason=Reason.ROBOTS))
    posts = next(row for row in borealis.cadence if row.channel == "youtube")
    more = replace(
        borealis,
        channels=(*borealis.channels, other),
        cadence=(*borealis.cadence, replace(posts, url=url)),
    )
    results = tuple(more if each is borealis else each for each in shot.results)
    changed = replace(shot, results=results)
    rows = _rows(Report(changed, example.compared(changed)))
    assert _row(rows, "Borealis Valves", "YouTube @second", "Posts a week")["Value"].value
    assert _row(rows, "Borealis Valves", "YouTube", "Posts a week")["Value"].value


def test_earlier_runs_follow_with_their_known_figures_alone(report: Report) -> None:
    before = report.past.runs[-1]
    rows = [row for row in _rows(report) if row["Run"].value == before.run.id]
    assert rows
    assert all(row["Value"].value is not None for row in rows)
    assert all(row["Date"].value == before.run.as_of for row in rows)
    features = _row(rows, "Acme Pumps", None, report.metric("presence.features").title)
    assert features["Value"].value == 3


def test_so_many_earlier_runs_are_told_as_there_is_room_for(report: Report) -> None:
    before = report.past.runs[-1]
    runs = tuple(replace(before, run=replace(before.run, id=f"r{at:02}")) for at in range(40))
    shot = report.snapshot
    many = Report(shot, example.compared(shot), Past(runs=runs))
    told = {str(row["Run"].value) for row in _rows(many)} - {shot.run.id}
    assert "r39" in told
    assert "r00" not in told
    assert sum(str(row["Run"].value) in told for row in _rows(many)) <= 3_000


def test_the_workbook_has_typed_figures_and_no_cell_where_there_is_nothing(report: Report) -> None:
    lines = list(grid_of(SHEET, report).lines)[5:]
    for line, row in zip(lines, SHEET.draw(report).rows, strict=True):
        assert [cell is None for cell in line.cells] == [each.value is None for each in row.cells]
        _compare(row, line.cells[3].value if line.cells[3] is not None else None)


def _compare(row: Row, shown: object) -> None:
    """Hold the figure of the workbook to that of the row."""
    value = row.cells[3].value
    assert isinstance(value, int | float | None)
    assert shown == (rounded(value, row.cells[3].unit) if value is not None else None)
    assert row.cells[3].unit in Unit


def _row(
    rows: Sequence[Mapping[str, Cell]], company: str, channel: str | None, measure: str
) -> Mapping[str, Cell]:
    """The first row of a company's measure on a channel."""
    wanted = (company, channel, measure)
    return next(
        row
        for row in rows
        if (row["Company"].value, row["Channel"].value, row["Measure"].value) == wanted
    )
