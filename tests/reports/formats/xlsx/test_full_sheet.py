"""A sheet that Excel could not open for its rows ends where it can, and says so."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from reports.formats.xlsx import book, stream
from reports.formats.xlsx.workbook import write_workbook
from reports.report import Report
from tests.reports import workbook_example as example

MOST = 30
SNAPSHOT = example.snapshot()
REPORT = Report(SNAPSHOT, example.compared(SNAPSHOT))


def test_a_sheet_ends_at_the_last_row_there_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = load_workbook(write_workbook(REPORT, tmp_path / "whole.xlsx"))
    for module in (stream, book):
        monkeypatch.setattr(module, "MOST_ROWS", MOST)
    cut = load_workbook(write_workbook(REPORT, tmp_path / "cut.xlsx"))
    assert whole["Data"].max_row > MOST
    assert cut["Data"].max_row == MOST
    assert cut["Data"].cell(MOST - 1, 1).value == whole["Data"].cell(MOST - 1, 1).value
    assert "--format csv" in str(cut["Data"].cell(MOST, 1).value)
    leads = (cell.hyperlink for row in cut["Comparison"].iter_rows() for cell in row)
    links = [str(lead.location) for lead in leads if lead is not None]
    proofs = [int(link.rpartition("A")[2]) for link in links if "Evidence" in link]
    assert proofs
    assert max(proofs) < MOST
