"""The sheet Audience: groups too small to be shown, the largest groups, the finding."""

from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook

from audit.compare import compare
from audit.model.result import Snapshot
from reports.formats.xlsx.workbook import grid_of, write_workbook
from reports.report import Report
from reports.sheets import audience as sheet
from tests.audience_example import audience, broken_down
from tests.reports import workbook_example as example


def sampled() -> Snapshot:
    """The example with three sampled profiles."""
    snapshot = example.snapshot()
    borealis = broken_down(
        180,
        subjects=(
            ("software", 0.41),
            ("energy", 0.11),
            ("marketing", 0.1),
            ("journalism", 0.08),
            ("environment", 0.06),
            ("art", 0.05),
        ),
        languages=(("en", 0.5), ("sv", 0.21), ("de", 0.1), ("fr", 0.05), ("es", 0.03)),
    )
    shared_with = broken_down(overlaps=(("Corvid Flow", 0.14), ("Borealis Valves", 0.08)))
    few = broken_down(3, subjects=(), languages=(), kinds=())
    by_company = {
        "Acme Pumps": audience("Acme Pumps", breakdowns=shared_with),
        "Borealis Valves": audience("Borealis Valves", 180, borealis),
        "Corvid Flow": audience("Corvid Flow", 3, few),
    }
    results = tuple(
        replace(result, audiences=(by_company[result.company.name],))
        if result.company.name in by_company
        else result
        for result in snapshot.results
    )
    return replace(snapshot, results=results)


def drawn(snapshot: Snapshot) -> list[list[object]]:
    """The values of the sheet's cells, line by line."""
    lines = grid_of(sheet.SHEET, Report(snapshot, compare(snapshot.results))).lines
    return [[cell.value if cell else None for cell in line.cells] for line in lines]


def test_a_group_too_small_to_be_shown_is_neither_zero_nor_left_out() -> None:
    rows = drawn(sampled())
    assert rows[4][9:12] == ["Software", "Engineering", "Energy"]
    assert len(rows[4][9:]) == sheet.SUBJECTS
    assert [row[9:12] for row in rows[5:]] == [[0.12, 0.32, "<5"], [0.41, "<5", 0.11], ["<5"] * 3]


def test_the_cells_name_the_largest_groups_and_count_the_rest() -> None:
    rows = drawn(sampled())
    assert rows[5][7] == "Corvid Flow 14%, Borealis Valves 8%"
    assert rows[6][5] == "en 50%, sv 21%, de 10%, 2 more"
    assert rows[7][5:8] == ["<5", "<5", None]


def test_the_finding_names_the_largest_group_of_all() -> None:
    assert drawn(sampled())[1][0] == (
        "600 followers of three profiles were looked at; the largest group is software, 41% "
        "of those of Borealis Valves on Bluesky."
    )


def test_without_samples_the_sheet_is_left_out(tmp_path: Path) -> None:
    snapshot = example.snapshot()
    bare = replace(
        snapshot, results=tuple(replace(result, audiences=()) for result in snapshot.results)
    )
    path = write_workbook(Report(bare, compare(bare.results)), tmp_path / "a.xlsx")
    assert "Audience" not in load_workbook(path).sheetnames
    full = write_workbook(Report(sampled(), compare(snapshot.results)), tmp_path / "b.xlsx")
    assert "Audience" in load_workbook(full).sheetnames
