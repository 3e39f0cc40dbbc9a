"""The folder of long tables, read back with a reader of CSV: numbers, words, and nothing to run."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from audit.model.result import Snapshot
from audit.model.value import Known
from reports.formats.csv import FORMAT, own_files
from reports.report import Report
from reports.sheets import sheets
from tests.reports import workbook_example as example
from tests.reports.past_example import past

Rows = Sequence[Mapping[str, str]]
HOSTILE = '=HYPERLINK("http://x","y")'
TITLES = (
    "=1+1",
    "+1",
    "-1",
    "@cmd",
    "\t=1",
    " =1",
    "\r=1",
    "＝1",
    "a\x00b\ud800c\u202ed",
    "a\r\nb",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of the example, whose own company has a hostile name and hostile posts."""
    return FORMAT.write(_report(_hostile(example.snapshot())), tmp_path_factory.mktemp("x") / "a")


def _report(shot: Snapshot) -> Report:
    return Report(shot, example.compared(shot), past(shot))


def _hostile(shot: Snapshot) -> Snapshot:
    """The example with a company whose name is a formula, and whose titles are all sorts."""
    first, *others = shot.results
    posts = tuple(
        replace(post, title=TITLES[at % len(TITLES)]) for at, post in enumerate(first.posts)
    )
    company = replace(first.company, name=HOSTILE)
    return replace(shot, results=(replace(first, company=company, posts=posts), *others))


def read(folder: Path, name: str) -> Rows:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_each_list_is_a_file_and_one_says_what_they_are(folder: Path) -> None:
    about = read(folder, "about.csv")
    names = {row["File"] for row in about}
    assert names == {path.name for path in folder.iterdir()} == own_files(folder)
    assert {"data.csv", "posts.csv", "profiles.csv", "evidence.csv", "channels.csv"} <= names
    assert {"summary.csv", "method.csv"} & names == set()
    for row in about:
        assert len(read(folder, row["File"])) == int(row["Rows"])
        assert row["In one sentence"]


def test_the_files_are_what_excel_reads_by_itself(folder: Path) -> None:
    paths = list(folder.iterdir())
    assert paths
    for path in paths:
        raw = path.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert raw.endswith(b"\r\n")


def test_no_text_is_taken_for_a_formula(folder: Path) -> None:
    for path in folder.iterdir():
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                for entry in row:
                    if not re.fullmatch(r"-?[0-9.]+(e-?\d+)?", entry):
                        assert not re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n]", entry), (path, entry)
    assert any(row["Company"] == f"'{HOSTILE}" for row in read(folder, "data.csv"))


def test_what_no_file_can_hold_is_left_out(folder: Path) -> None:
    text = (folder / "posts.csv").read_text("utf-8-sig")
    assert "abcd" in text
    assert not re.search("[\x00\ud800\u202e]", text)


def test_numbers_are_numbers_and_what_travels_with_them_is_told(folder: Path) -> None:
    channels = read(folder, "channels.csv")
    blog = next(
        row for row in channels if row["Channel"] == "Blog" and row["Company"] == "Borealis Valves"
    )
    assert blog["Value"] == "2.3"
    assert "Value: active" in blog["Remarks"]
    ours = next(row for row in read(folder, "data.csv") if row["Measure"] == "Audience")
    assert (ours["Value"], ours["How exact"]) == ("1200", "rounded")


def test_what_is_not_known_is_an_empty_place_with_its_reason(folder: Path) -> None:
    rows = [row for row in read(folder, "channels.csv") if row["Company"] == "Fjord Pumpen"]
    assert any(row["Value"] == "" and "robots" in row["Remarks"] for row in rows)
    assert all(row["Value"] != "0" for row in rows)


def test_a_falling_figure_keeps_its_sign(folder: Path) -> None:
    rows = read(folder, "topics.csv")
    gaps = [row["Our gap"] for row in rows if row["Our gap"].startswith("-")]
    assert gaps
    assert all(float(gap) < 0 for gap in gaps)


def test_days_are_in_iso_form_and_proofs_are_rows_of_evidence(folder: Path) -> None:
    posts = read(folder, "posts.csv")
    dates = [row["Published, UTC"] for row in posts if row["Published, UTC"]]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?|\?", day) for day in dates)
    known = {row["Id"] for row in read(folder, "evidence.csv")}
    for name in ("posts.csv", "profiles.csv", "channels.csv"):
        for row in read(folder, name):
            assert set(row["Evidence ids"].split()) <= known


def test_a_column_a_company_has_become_a_row_a_company(folder: Path) -> None:
    report = _report(_hostile(example.snapshot()))
    comparison = next(each for each in sheets() if each.name == "Comparison").draw(report)
    rows = read(folder, "comparison.csv")
    assert len(rows) == len(list(comparison.rows)) * len(report.companies)
    value = report.value("Borealis Valves", "presence.features")
    assert isinstance(value, Known)
    row = next(
        row
        for row in rows
        if row["Measure"] == report.metric("presence.features").title
        and row["Company"] == "Borealis Valves"
    )
    assert row["Value"] == f"{value.value}"


def test_no_two_heads_of_a_file_are_alike(folder: Path) -> None:
    for path in folder.iterdir():
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = next(csv.reader(file))
        assert len(set(head)) == len(head), path.name


def test_an_interrupted_run_says_so(tmp_path: Path) -> None:
    shot = example.snapshot(finished=False)
    folder = FORMAT.write(Report(shot, example.compared(shot)), tmp_path / "a-csv")
    assert "interrupted" in read(folder, "about.csv")[0]["How to read it"]


@pytest.mark.parametrize("content", ["", "File\n", "\x00\xff", "a,b\n1,2\n"])
def test_a_folder_with_another_about_file_is_not_ours(tmp_path: Path, content: str) -> None:
    (tmp_path / "about.csv").write_bytes(content.encode("latin-1"))
    assert own_files(tmp_path) is None
