"""What people wrote into a workbook is in the next one, whatever they did to it in between."""

import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.formats.xlsx.workbook import write_workbook
from reports.people import Word
from tests.reports.formats.xlsx.people_example import (
    SOME,
    column,
    column_of_ids,
    edited,
    notes,
    shown,
    with_gaps,
    without_newsletter_gap,
    write_words,
)

LONG = "x" * 32_767


class Cell(NamedTuple):
    """A number in a format of its own."""

    value: float
    format: str


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_workbook(with_gaps(), tmp_path_factory.mktemp("people") / "fresh.xlsx")


@pytest.fixture(scope="module")
def filled(fresh: Path) -> Path:
    path = fresh.with_name("filled.xlsx")
    shutil.copy(fresh, path)
    edited(path, write_words(SOME))
    return path


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    """A workbook into which people have written, to do something to."""
    return Path(shutil.copy(filled, tmp_path / "a.xlsx"))


TYPED: tuple[tuple[Word | time | Cell, str | None], ...] = (
    ("two\nlines, \u4f60\u597d, \u05e9\u05dc\u05d5\u05dd", None),
    (LONG, None),
    ("=1+1", None),
    ("@SUM(A1)", None),
    # As Excel stores `_x0041_`, which would else be an A; openpyxl reads what is stored.
    ("_x005F_x0041_ is no A", None),
    ("  leading", None),
    ("0123", None),
    (12.345678, None),
    (40_000_000_001, None),
    (datetime(2027, 3, 31), None),  # noqa: DTZ001  # workbooks know no zones
    (datetime(2027, 3, 31, 14, 30), None),  # noqa: DTZ001
    (True, "TRUE"),
    (time(14, 30), "14:30:00"),
    (Cell(0.125, "0.0%"), "12.5%"),
)
"""What people may type, and what it is kept as where it is no text, number or date."""


def test_words_come_back_as_they_were_typed_and_do_so_again(fresh: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(fresh, tmp_path / "a.xlsx"))

    def type_them(book: Workbook) -> None:
        sheet = book["Plan"]
        for row, (word, _) in enumerate(TYPED, 6):
            cell = sheet.cell(row, column(sheet, "Your answer"))
            cell.value = word.value if isinstance(word, Cell) else word
            if isinstance(word, Cell):
                cell.number_format = word.format
            if isinstance(word, str):
                cell.data_type = "s"

    edited(path, type_them)
    for _ in range(2):
        write_workbook(with_gaps(), path)
        assert list(shown(path, "Plan", "Your answer").values()) == [
            word if kept is None else kept for word, kept in TYPED
        ]


def test_blanks_are_no_word(fresh: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(fresh, tmp_path / "a.xlsx"))
    edited(path, write_words({("Actions", "Notes"): " \n "}))
    assert notes(path) == set()


def test_words_stand_in_their_rows_again(path: Path) -> None:
    write_workbook(with_gaps(), path)
    for (sheet, title), word in SOME.items():
        assert list(shown(path, sheet, title).values()) == [word]
    assert "Kept notes" not in load_workbook(path, read_only=True).sheetnames


def _sorted(book: Workbook) -> None:
    """Turn the rows of Actions and Plan upside down, as a sort does."""
    for name in ("Actions", "Plan"):
        rows = [[cell.value for cell in row] for row in book[name].iter_rows(min_row=6)]
        for at, row in enumerate(reversed(rows), 6):
            for number, value in enumerate(row, 1):
                book[name].cell(at, number).value = value


def _filtered(book: Workbook) -> None:
    for name in ("Actions", "Plan", "SWOT", "Profiles"):
        for at in range(6, 9):
            book[name].row_dimensions[at].hidden = True


def _renamed(book: Workbook) -> None:
    """Rename sheets and titles; the names of the workbook follow, as spreadsheet programs do it."""
    for old, new in (("Actions", "To do"), ("Profiles", "Konten & mehr"), ("Plan", "2027's plan")):
        book[old].title = new
        for defined in book.defined_names.values():
            quoted = new.replace("'", "''")
            defined.attr_text = defined.attr_text.replace(f"'{old}'!", f"'{quoted}'!")
    for sheet in book.worksheets:
        for cell in sheet[5]:
            cell.value = f"T{cell.column}" if not f"{cell.value}".startswith("Id (") else cell.value


def _coloured(book: Workbook) -> None:
    for row in book["Actions"].iter_rows(min_row=6):
        for cell in row:
            cell.fill = PatternFill("solid", fgColor="FFFF00")


def _more_columns(book: Workbook) -> None:
    """Put a column before the others, and one between two columns of people."""
    _insert(book, "Actions", 1)
    _insert(book, "Actions", column(book["Actions"], "Due date"))


def _insert(book: Workbook, name: str, at: int) -> None:
    """Insert a column with words of its own; the names of the workbook move along."""
    sheet = book[name]
    sheet.insert_cols(at)
    for row in range(5, sheet.max_row + 1):
        sheet.cell(row, at).value = "mine"
    for title, defined in book.defined_names.items():
        if title.startswith(f"yours_{name.lower()}_"):
            letters = defined.attr_text.split("$")
            moved = ord(letters[1]) - 64 >= at
            letters[1] = letters[3] = chr(ord(letters[1]) + moved)
            defined.attr_text = "$".join(letters)


def _more_sheets(book: Workbook) -> None:
    book.create_sheet("Budget", 0)["A1"] = "mine"
    book.move_sheet("Actions", 5)


def _names_lost(book: Workbook) -> None:
    """What a program does that knows no names of columns, or a copy into another workbook."""
    for name in list(book.defined_names):
        del book.defined_names[name]


def _rows_moved(book: Workbook) -> None:
    """Put rows above the table, and the first action to its end."""
    book["Plan"].insert_rows(2, 4)
    sheet = book["Actions"]
    end = sheet.max_row + 2
    for at, cell in enumerate(sheet[6], 1):
        sheet.cell(end, at).value = cell.value
    sheet.delete_rows(6)


@pytest.mark.parametrize(
    "edit",
    [
        _sorted,
        _filtered,
        _renamed,
        _coloured,
        _more_columns,
        _more_sheets,
        _names_lost,
        _rows_moved,
    ],
    ids=lambda edit: edit.__name__.strip("_"),
)
def test_words_are_found_whatever_was_done_to_the_workbook(
    edit: Callable[[Workbook], None], path: Path
) -> None:
    before = notes(path)
    assert len(before) == len(SOME)
    edited(path, edit)
    assert notes(path) == before


def test_a_note_whose_row_is_gone_is_kept_and_goes_back_when_it_returns(path: Path) -> None:
    def on_newsletter(book: Workbook) -> None:
        sheet = book["Actions"]
        row = next(r for r in range(6, 20) if "newsletter" in f"{sheet.cell(r, 2).value}")
        sheet.cell(row, column(sheet, "Notes")).value = "in May"

    edited(path, on_newsletter)
    kept = {}
    for _ in range(2):
        write_workbook(without_newsletter_gap(), path)
        kept = shown(path, "Kept notes", "Your note")
        assert kept["actions/feature.newsletter/notes"] == "in May"
        assert "feature.newsletter" not in shown(path, "Actions", "Notes")
    write_workbook(with_gaps(), path)
    assert shown(path, "Actions", "Notes")["feature.newsletter"] == "in May"
    assert "Kept notes" not in load_workbook(path, read_only=True).sheetnames


def test_a_note_is_kept_as_it_was_changed_on_the_sheet_of_kept_notes(path: Path) -> None:
    write_workbook(without_newsletter_gap(), path)
    lost = shown(path, "Kept notes", "Your note")
    assert lost

    def change(book: Workbook) -> None:
        sheet = book["Kept notes"]
        for row in range(6, sheet.max_row + 1):
            sheet.cell(row, column(sheet, "Your note")).value = "done" if row == 6 else None

    edited(path, change)
    write_workbook(without_newsletter_gap(), path)
    assert list(shown(path, "Kept notes", "Your note").values()) == ["done"]


def _without_ids(book: Workbook) -> None:
    """Make it a workbook of a version that had no ids."""
    _names_lost(book)
    for sheet in book.worksheets:
        if at := column_of_ids(sheet):
            sheet.delete_cols(at)


def test_a_workbook_without_ids_is_matched_by_the_words_of_its_rows(path: Path) -> None:
    before = shown(path, "Actions", "Owner")
    edited(path, _without_ids)
    write_workbook(with_gaps(), path)
    assert shown(path, "Actions", "Owner") == before


def test_a_row_that_people_added_is_kept_in_words(path: Path) -> None:
    def add(book: Workbook) -> None:
        sheet = book["Actions"]
        sheet.append(["9", "Hire somebody"])
        sheet.append(["10", "Call Bo", *[None] * (column(sheet, "Owner") - 3), "Bo"])

    edited(path, add)
    for _ in range(2):
        write_workbook(with_gaps(), path)
        kept = shown(path, "Kept notes", "Your note")
        assert kept == {"actions/-/row": "9 · Hire somebody", "actions/-/owner": "Bo"}


def test_of_two_words_for_one_cell_both_are_kept(path: Path) -> None:
    def copied(book: Workbook) -> None:
        copy = book.copy_worksheet(book["Actions"])
        copy.cell(6, column(copy, "Owner")).value = "Bo"

    edited(path, copied)
    write_workbook(with_gaps(), path)
    assert list(shown(path, "Actions", "Owner").values()) == ["Ann"]
    assert list(shown(path, "Kept notes", "Your note").values()) == ["Bo"]


@pytest.mark.parametrize(("stored", "kept"), [("42", 42), ("", "=6*7")])
def test_of_a_formula_its_last_value_is_kept_and_no_formula(
    stored: str, kept: object, path: Path
) -> None:
    edited(path, write_words({("Actions", "Notes"): "=6*7"}))
    _store_value(path, stored)
    write_workbook(with_gaps(), path)
    assert list(shown(path, "Actions", "Notes").values()) == [kept]
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not [name for name in sheets if b"<f>" in archive.read(name)]


def _store_value(path: Path, value: str) -> None:
    """Write what a formula came to into the file, as Excel does when it saves."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            filled = f"<f>6*7</f><v>{value}</v>".encode()
            archive.writestr(
                name,
                content.replace(b"<f>6*7</f><v></v>", filled).replace(b"<f>6*7</f><v />", filled),
            )


def test_people_are_offered_dates_and_choices_and_may_type_something_else(fresh: Path) -> None:
    book = load_workbook(fresh)
    rules = {
        (sheet, rule.type): rule
        for sheet in ("Actions", "Profiles")
        for rule in book[sheet].data_validations.dataValidation
    }
    assert set(rules) == {("Actions", "date"), ("Profiles", "list")}
    assert rules["Profiles", "list"].formula1 == '"keep,fix,close"'
    assert all(rule.errorStyle == "warning" for rule in rules.values())
    due = column(book["Actions"], "Due date")
    assert f"{rules['Actions', 'date'].sqref}".startswith(f"{chr(64 + due)}6:")


def test_ids_are_hidden_amid_the_table_and_columns_have_names(fresh: Path) -> None:
    book = load_workbook(fresh)
    for name in ("Actions", "Plan", "SWOT", "Profiles"):
        sheet: Worksheet = book[name]
        at = column_of_ids(sheet)
        assert sheet.column_dimensions[get_column_letter(at)].hidden
        assert 1 < at < sheet.max_column
        assert f"{sheet.cell(4, at + 1).value}".startswith("Yours: kept")
    assert book.defined_names["yours_actions_due"].attr_text.startswith("'Actions'!$")
