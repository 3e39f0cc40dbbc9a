"""Other programs read the same values; each reader is skipped by name where it is not installed.

`pip install python-calamine` brings the first; SheetJS (`npm install xlsx`) is found by `NODE_PATH`.
"""

import importlib
import json
import os
import re
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from reports.formats.xlsx.workbook import write_workbook
from reports.report import Report
from tests.reports import workbook_example as example
from tests.reports.past_example import past

_SHEETJS = """
const book = require("xlsx").readFile(process.argv[1], {cellNF: true, cellText: false});
const cells = book.SheetNames.flatMap(name => Object.entries(book.Sheets[name])
  .filter(([place, cell]) => place[0] !== "!" && cell.v !== undefined && cell.v !== "")
  .map(([place, cell]) => [name, place, cell.v]));
process.stdout.write(JSON.stringify(cells));
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shot = example.snapshot()
    report = Report(shot, example.compared(shot), past(shot))
    return write_workbook(report, tmp_path_factory.mktemp("read") / "a.xlsx")


def plain(value: object) -> object:
    """A value as it is held against that of another reader: days as the number that Excel keeps."""
    if isinstance(value, date):
        at = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001  # cells know no zones
        value = (at - datetime(1899, 12, 30)).total_seconds() / 86_400  # noqa: DTZ001  # as above
    if isinstance(value, int | float):
        return round(float(value), 4)
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda sign: chr(int(sign[1], 16)), f"{value}")


def ours(path: Path) -> dict[tuple[str, str], object]:
    """The values as openpyxl reads them."""
    return {
        (sheet.title, cell.coordinate): plain(cell.value)
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


def test_calamine_reads_the_same_values(path: Path) -> None:
    pytest.importorskip("python_calamine", reason="needs python-calamine")
    calamine = importlib.import_module("python_calamine")
    book = calamine.CalamineWorkbook.from_path(path)
    read = {}
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        top, left = sheet.start
        for at, row in enumerate(sheet.to_python(skip_empty_area=True), top + 1):
            for number, value in enumerate(row, left + 1):
                if value != "":
                    read[name, f"{get_column_letter(number)}{at}"] = plain(value)
    assert read == ours(path)


def test_sheetjs_reads_the_same_values(path: Path) -> None:
    node = shutil.which("node")
    if node is None or not any(
        (Path(place) / "xlsx").is_dir() for place in os.environ.get("NODE_PATH", "").split(":")
    ):
        pytest.skip("needs SheetJS: npm install xlsx, and NODE_PATH")
    done = subprocess.run([node, "-e", _SHEETJS, str(path)], capture_output=True, check=True)
    read = {(name, place): plain(value) for name, place, value in json.loads(done.stdout)}
    assert read == ours(path)
