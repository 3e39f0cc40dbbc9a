"""Each sheet as a reader sees it, against tests/reports/sheets/NAME.csv; and its cells as values."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from audit.model.metric import Unit
from audit.model.value import Absent, Evidence, Known, Qualifier, Reason, Unknown
from reports.cells import clean, number, sheet_name
from reports.evidence import number_evidence
from reports.look import number_format
from reports.report import Report
from reports.sheets import sheets
from reports.words import explained, figure, rounded
from tests.places import ROOT
from tests.reports import workbook_example as example

FOLDER = Path(__file__).parent
ROWS = 60
"""Rows of a sheet that are compared; the long ones repeat themselves."""
NAMES = [sheet.name for sheet in sheets()]


def seen(name: str) -> str:
    """The cells of a sheet as a reader sees them, as CSV."""
    shot = example.snapshot()
    report = Report(shot, example.compared(shot), number_evidence(shot))
    sheet = next(each for each in sheets() if each.name == name)
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    for at, row in enumerate(sheet.draw(report).rows):
        if at >= ROWS:
            break
        lines.writerow(
            [_shown(cell.value, cell.style.format) if cell else "" for cell in row.cells]
        )
    return out.getvalue()


def _shown(value: object, form: str) -> str:
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
    """The heads of a sheet's columns without those that are companies, months or subjects."""
    rows = list(csv.reader(io.StringIO(seen(name))))
    if name == "Method":
        return
    head = next(row for row in rows[7:9] if "Company" in row) if name == "Summary" else rows[4]
    results = example.snapshot().results
    samples = [each for result in results for each in result.audiences]
    drawn = {result.company.name for result in results}
    drawn |= {name.capitalize() for each in samples for name, _ in each.shares("audience.subjects")}
    for title in head:
        words = title.replace("\n", "").replace("Lan-guage", "Language")
        if len(words) > 1 and words not in drawn:
            yield words


PROOF = Evidence(
    url="https://a.example/", fetched_at=example.AS_OF, rule="r", excerpt="e", record="f#1"
)


def test_a_known_zero_is_a_zero() -> None:
    assert number(Known(value=0, evidence=(PROOF,)), Unit.COUNT).value == 0


def test_an_absent_value_is_a_dash() -> None:
    assert number(Absent(), Unit.RATE).value == "–"


def test_an_unknown_value_is_its_reason_with_a_note_and_a_hatch() -> None:
    cell = number(Unknown(reason=Reason.LOGIN_WALL), Unit.COUNT)
    assert (cell.value, cell.style.hatch) == ("? login-wall", True)
    assert cell.note.count("\n") == 1


@pytest.mark.parametrize(
    ("expected", "unit", "exact", "marks"),
    [
        ("#,##0_†_0", Unit.COUNT, True, ()),
        ('"≈ "#,##0_†_0', Unit.COUNT, False, ()),
        ('#,##0"†"_0', Unit.COUNT, True, (Qualifier.TRUNCATED,)),
        ('#,##0" (m)"_0', Unit.COUNT, True, (Qualifier.MANUAL,)),
        ('#,##0" (c)"_0', Unit.COUNT, True, (Qualifier.CANDIDATE,)),
        ("0.0_†_0", Unit.RATE, True, ()),
        ('0.0"†"_0', Unit.RATE, True, (Qualifier.TRUNCATED,)),
        ("0%_0", Unit.SHARE, True, ()),
    ],
)
def test_a_qualifier_rides_in_the_number_format(
    expected: str, unit: Unit, exact: bool, marks: tuple[Qualifier, ...]
) -> None:
    assert number_format(unit, exact=exact, qualifiers=marks) == expected


@pytest.mark.parametrize("value", [0.05, 0.25, 0.35, 1.45, 2.675, 3.05, 12.95])
def test_sentence_and_cell_show_the_same_digits(value: float) -> None:
    cell = number(Known(value=value, evidence=(PROOF,)), Unit.RATE)
    assert f"{cell.value:.1f}" == figure(value, Unit.RATE)


def test_a_half_is_rounded_up_as_a_reader_would() -> None:
    assert (rounded(0.25, Unit.RATE), rounded(0.125, Unit.SHARE)) == (0.3, 0.13)


def test_every_sentence_takes_its_figures_from_the_cells() -> None:
    summary = list(csv.reader(io.StringIO(seen("Summary"))))
    comparison = {
        row[1]: row for row in csv.reader(io.StringIO(seen("Comparison"))) if len(row) > 3
    }
    for label in ("Ahead", "Behind"):
        sentence = next(row[2] for row in summary if len(row) > 2 and row[1] == label)
        own, median = re.findall(r"[\d.]+%?", sentence)[:2]
        rank = re.search(r"rank (\d+ of \d+)", sentence)
        assert rank
        matching = [
            row
            for row in comparison.values()
            if own in row[2] and median == row[3] and row[-2] == rank[1]
        ]
        assert matching, sentence


def test_the_scoreboard_shows_what_comparison_shows() -> None:
    board = list(csv.reader(io.StringIO(seen("Summary"))))[8:15]
    summary = {row[1]: row for row in board}
    comparison = [row for row in csv.reader(io.StringIO(seen("Comparison"))) if len(row) > 3]
    names = next(row for row in comparison if row[0] == "Theme")
    rate = next(row for row in comparison if row[1] == "Posts a week, own site")
    for name in ("Acme Pumps", "Borealis Valves", "Corvid Flow", "Estuary Systems"):
        assert summary[name][6] == re.sub(r"(best|last)  ", "", rate[names.index(name)])


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_explained_and_has_a_remedy(reason: Reason) -> None:
    assert all(words.endswith(".") for words in explained(reason))


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("Posts", (), "Posts"),
        ("posts", ("Posts",), "posts 2"),
        ("a/b:c*d?e[f]", (), "a b c d e f"),
        ("'quoted'", (), "quoted"),
        ("History", (), "History 2"),
        ("", (), "Sheet"),
        ("x" * 40, (), "x" * 31),
        ("x" * 40, ("x" * 31,), "x" * 29 + " 2"),
        ("\U0001f600" * 20, (), "\U0001f600" * 15),
    ],
)
def test_a_sheet_name_is_one_that_excel_takes(
    wanted: str, taken: tuple[str, ...], name: str
) -> None:
    assert sheet_name(wanted, taken) == name


def test_text_is_cut_by_utf16_units_with_a_mark() -> None:
    cut = clean("\U0001f600" * 20_000)
    assert len(cut.encode("utf-16-le")) <= 32_767 * 2
    assert cut.endswith("…")


def test_line_feeds_beyond_the_limit_become_spaces() -> None:
    assert clean("a\n" * 300).count("\n") == 253
