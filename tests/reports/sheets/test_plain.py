"""Every sheet is values: it can be drawn as plain text by a format that knows no workbook."""

import subprocess
import sys
from collections.abc import Sequence

import pytest

from reports.plain import plain_text
from reports.report import Report
from reports.sheets import sheets
from reports.sheets._base import Sheet
from reports.tables import Block, Column, Row
from tests.places import ROOT
from tests.reports import workbook_example as example
from tests.reports.past_example import past

SHOT = example.snapshot()
REPORT = Report(SHOT, example.compared(SHOT), past(SHOT))
SHEETS = {sheet.name: sheet for sheet in sheets()}


def rows_of(sheet: Sheet) -> list[list[str]]:
    """All rows of a sheet as texts: its own and those of its blocks, each below its heads."""
    table = sheet.draw(REPORT)
    main = Block(columns=table.columns, rows=list(table.rows))
    rows = [[table.title], ["".join(piece for piece, _ in table.finding)]]
    for block in (main, *table.blocks):
        rows.append([column.title for column in block.columns])
        rows += [_texts(row, block.columns) for row in block.rows]
    return rows


def _texts(row: Row, columns: Sequence[Column]) -> list[str]:
    return [
        plain_text(cell, column, REPORT) for cell, column in zip(row.cells, columns, strict=True)
    ]


@pytest.mark.parametrize("name", list(SHEETS))
def test_every_cell_of_every_sheet_has_a_plain_text(name: str) -> None:
    rows = rows_of(SHEETS[name])
    # Title, finding and heads; sheet Kept notes has nothing more where nobody has lost a note.
    assert len(rows) > 3 or name == "Kept notes"
    assert all(isinstance(text, str) for row in rows for text in row)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("Comparison", ["Presence", "Profiles perhaps theirs", "1", "0", "0.3", "0", "0", "1", "0",
                        "", "no rank", "5 of 6"]),
        ("Channels", ["Website content", "Blog", "● 0.6", "● 2.3", "● 1.0†", "○ 0.3", "there ?",
                      "? robots barred", "2 of 3 read"]),
        ("Channels", ["Social network", "X (Twitter)", "perhaps theirs", "× gone", "–", "–", "–", "",
                      "0 of 4 read"]),
        ("Audience", ["Borealis Valves", "Bluesky", "200", "2,931", "150", "en 62%, sv 21%",
                      "company 12%, non-profit 4%", "", "32%", "12%", "6%"]),
        ("Summary", ["Our rank", "", "", "", "4 of 5", "", "2 of 4", "5 of 5", "2 of 5", "",
                     "1 is the best figure; no rank where it is not sure"]),
    ],
)  # fmt: skip
def test_plain_text_says_what_the_workbook_says(name: str, row: list[str]) -> None:
    assert row in rows_of(SHEETS[name])


def test_sheets_are_drawn_without_openpyxl() -> None:
    code = (
        "import sys; from tests.reports.sheets.test_plain import SHEETS, rows_of\n"
        "rows = [row for sheet in SHEETS.values() for row in rows_of(sheet)]\n"
        "print(len(rows) > 500, 'openpyxl' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "False"]


def test_what_is_to_mend_of_a_profile_that_was_not_seen_is_not_known() -> None:
    """Neither a dash, as nothing to mend, nor an empty cell."""
    heads, *rows = rows_of(SHEETS["Profiles"])[2:]
    at, proof = heads.index("To mend"), heads.index("State")
    unseen = [row[at] for row in rows if row[proof] == "there ?"]
    assert unseen
    assert all(text.startswith("? ") for text in unseen)
