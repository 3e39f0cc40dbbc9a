"""Each sheet as a reader of the workbook sees it, against tests/reports/sheets/NAME.csv."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from audit.model.value import Known, Number, Qualifier
from reports.findings import pair
from reports.formats.xlsx.workbook import grid_of
from reports.report import Report
from reports.sheets import sheets
from reports.signs import SIGNS, Sign
from reports.tables import Column, ColumnKind, Table, is_figure, signs_of_figures
from reports.words import figure
from tests.places import ROOT
from tests.reports import workbook_example as example
from tests.reports.past_example import past

FOLDER = Path(__file__).parent
ROWS = 60
"""Rows of a sheet that are compared; the long ones repeat themselves."""
COMPANY = ColumnKind.COMPANY
NAMES = [sheet.name for sheet in sheets()]


@cache
def whole() -> Report:
    """What the example set says."""
    shot = example.snapshot()
    return Report(shot, example.compared(shot), past(shot))


def seen(name: str) -> str:
    """The cells of a sheet as a reader sees them, as CSV."""
    report = whole() if name != "All companies" else _two_of_them()
    sheet = next(each for each in sheets() if each.name == name)
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    for line in islice(grid_of(sheet, report).lines, ROWS):
        lines.writerow(
            [_words(cell.value, cell.style.format) if cell else "" for cell in line.cells]
        )
    return out.getvalue()


def _two_of_them() -> Report:
    """The first two companies of the example set side by side, within all of them."""
    shot = whole().snapshot
    two = replace(shot, results=shot.results[:2])
    return Report(two, example.compared(two), whole().past, whole())


def _words(value: object, form: str) -> str:
    """A value in its number format: what stands in quotes, the figure, the sign behind."""
    if value is None or isinstance(value, str):
        return f"{value or ''}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}" if "hh" in form else f"{value:%Y-%m-%d}"
    if not isinstance(value, int | float):
        return f"{value}"
    part = form.split(";")[1 if value < 0 and ";" in form else 0]
    if value == 0 and form.endswith('"·"'):
        return "·"
    size = abs(value) if ";" in form else value
    digits = f"{size * 100:.0f}%" if "%" in part else f"{size:.1f}" if ".0" in part else f"{size}"
    bare = re.sub(r"_.", "", part)
    return re.sub(r'"([^"]*)"', r"\1", re.sub(r"[#,]*0(\.0)?%?|General", digits, bare, count=1))


def file_of(name: str) -> Path:
    return FOLDER / f"{name.lower().replace(' ', '-')}.csv"


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_is_what_its_file_says(name: str) -> None:
    assert seen(name) == file_of(name).read_text("utf-8")


def _by_hand(report: Report) -> Report:
    """The report with each count of posts, each mean and each changed figure by hand."""
    shot, changes = report.snapshot, report.past.changes
    assert changes is not None
    results = tuple(
        replace(
            result,
            cadence=tuple(replace(each, posts=_told(each.posts)) for each in result.cadence),
            engagement=tuple(replace(each, mean=_told(each.mean)) for each in result.engagement),
        )
        for result in shot.results
    )
    told = tuple(
        replace(each, new=replace(each.new, qualifiers=(Qualifier.MANUAL,)))
        if isinstance(each.new, Known)
        else each
        for each in changes.changes
    )
    shot = replace(shot, results=results)
    changed = replace(report.past, changes=replace(changes, changes=told))
    return Report(shot, example.compared(shot), changed)


def _told(value: Number) -> Number:
    return replace(value, qualifiers=(Qualifier.MANUAL,)) if is_figure(value) else value


@pytest.mark.parametrize("name", ["Cadence", "Changes", "Engagement"])
def test_the_key_names_each_sign_that_travels_with_a_figure(name: str) -> None:
    sheet = next(each for each in sheets() if each.name == name)
    table = sheet.draw(_by_hand(whole()))
    assert isinstance(table, Table)
    signs = signs_of_figures(table.rows)
    assert Sign.MANUAL in signs
    key = " ".join(table.key)
    assert [sign for sign in signs if SIGNS[sign].text not in key] == []


def test_every_file_belongs_to_a_sheet() -> None:
    assert {path.name for path in FOLDER.glob("*.csv")} == {file_of(name).name for name in NAMES}


def test_every_column_of_every_sheet_is_documented() -> None:
    text = (ROOT / "docs" / "workbook.md").read_text("utf-8")
    for name in NAMES:
        assert f"## {name}" in text
        section = text.split(f"## {name}\n")[1].split("\n## ")[0]
        for title in _titles(name):
            assert f"| {title} |" in section, f"{name}: {title}"


def _titles(name: str) -> Iterator[str]:
    """The heads of a sheet's columns without those that are companies or stand in a strip.

    Where a head is broken by hand, a hyphen before the break is not part of its word.
    """
    sheet = next(each for each in sheets() if each.name == name)
    companies = {result.company.name for result in whole().snapshot.results}
    for column in _columns(sheet.draw(whole())):
        if column.title not in companies and not column.strip:
            yield column.title.replace("-\n", "").replace("\n", " ")


def _columns(table: Table) -> Sequence[Column]:
    """The columns of a sheet; where all is in blocks, those of the first with a row a company."""
    if table.columns:
        return table.columns
    blocks = (block.columns for block in table.blocks)
    companies = (each for each in blocks if any(column.kind is COMPANY for column in each))
    return next(companies, ())


def test_every_sentence_takes_its_figures_from_the_cells() -> None:
    report = whole()
    summary = list(csv.reader(io.StringIO(seen("Summary"))))
    comparison = {
        row[1]: row for row in csv.reader(io.StringIO(seen("Comparison"))) if len(row) > 3
    }
    told = pair(report, report.own)
    for label, difference in (("Ahead", told.better), ("Behind", told.worse)):
        assert difference is not None
        sentence = next(row[2] for row in summary if len(row) > 2 and row[1] == label)
        row = comparison[difference.metric.title]
        for value, cell in ((difference.value, row[2]), (difference.typical, row[3])):
            assert isinstance(value, Known)
            number = figure(value.value, difference.metric.unit)
            assert number in cell
            assert number in sentence


def test_the_gaps_of_the_summary_are_the_first_actions() -> None:
    summary = [row for row in csv.reader(io.StringIO(seen("Summary"))) if len(row) > 11]
    actions = [row for row in csv.reader(io.StringIO(seen("Actions"))) if row and row[0].isdigit()]
    told = [[row[1], row[5], row[11]] for row in summary if re.match(r"\d   ", row[1])]
    assert told == [[f"{row[0]}   {row[1]}", *row[2:4]] for row in actions[:5]]


def test_the_scoreboard_shows_what_comparison_shows() -> None:
    board = [row for row in csv.reader(io.StringIO(seen("Summary"))) if len(row) > 10]
    heads = next(row for row in board if row[1] == "Company")
    summary = {row[1]: row for row in reversed(board)}
    comparison = [row for row in csv.reader(io.StringIO(seen("Comparison"))) if len(row) > 3]
    names = next(row for row in comparison if row[0] == "Theme")
    rate = next(row for row in comparison if row[1] == "Posts a week, all together")
    for name in ("Acme Pumps", "Borealis Valves", "Corvid Flow", "Estuary Systems"):
        there = re.sub(r"(best|last)  ", "", rate[names.index(name)])
        assert summary[name][heads.index("Posts a week")] == there
