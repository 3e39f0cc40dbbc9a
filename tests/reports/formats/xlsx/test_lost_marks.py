"""Words of people are found, or kept beside, where ids, names or titles of a workbook are gone."""

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.formats.xlsx.old import Old, read_old
from reports.formats.xlsx.peoples_sheet import PeoplesSheet
from reports.formats.xlsx.typed_rows import notes_of
from reports.formats.xlsx.workbook import write_workbook
from reports.formats.xlsx.yours import KEPT_WORDS
from reports.people import FIELDS, SHEETS, Kept, PersonsNote
from reports.sheets import sheets
from tests.reports.formats.xlsx.people_example import (
    OURS,
    column,
    column_of_ids,
    edited,
    with_gaps,
)

Words = set[tuple[str, str, str, object]]

FILLED = tuple(SHEETS[sheet] for sheet in ("actions", "plan", "swot", "profiles"))


def _fill(book: Workbook) -> None:
    """Write another word into each cell that is for people."""
    for sheet in FILLED:
        worksheet = book[sheet]
        for row in range(6, worksheet.max_row + 1):
            if worksheet.cell(row, column_of_ids(worksheet)).value:
                for title in _titles(sheet):
                    cell = worksheet.cell(row, column(worksheet, title))
                    cell.value = f"{sheet} {row} {title}"


def _titles(sheet: str) -> list[str]:
    """Return the titles of the columns of people on a sheet."""
    return [*FIELDS[next(key for key, title in SHEETS.items() if title == sheet)].values()]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = write_workbook(with_gaps(), tmp_path_factory.mktemp("marks") / "filled.xlsx")
    edited(path, _fill)
    return path


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(filled, tmp_path / "a.xlsx"))


@pytest.fixture(scope="module")
def before(filled: Path) -> Words:
    """The words that people have written, with where they belong."""
    return _words(_read(filled).kept)


def _read(path: Path) -> Old:
    """Return what is read of a workbook."""
    old = read_old(path, OURS)
    assert isinstance(old, Old), old
    return old


def _words(kept: Kept) -> Words:
    """Return the words with where they belong."""
    return {(note.sheet, note.row, note.field, note.value) for note in kept.notes}


def _no_names(book: Workbook) -> None:
    for name in list(book.defined_names):
        del book.defined_names[name]


def _no_ids(book: Workbook) -> None:
    """Delete the hidden columns; the names of the workbook move along, as they do in programs."""
    for sheet in FILLED:
        at = column_of_ids(book[sheet])
        book[sheet].delete_cols(at)
        for name, defined in book.defined_names.items():
            if name.startswith(f"yours_{sheet.lower()}_"):
                letters = defined.attr_text.split("$")
                letters[1] = letters[3] = chr(ord(letters[1]) - 1)
                defined.attr_text = "$".join(letters)


def _rename(sheet: Worksheet, *titles: str) -> None:
    for title in titles:
        sheet.cell(5, column(sheet, title)).value = f"Our {title}"


@pytest.mark.parametrize(
    ("sheet", "renamed"),
    [
        ("Profiles", slice(0, 1)),
        ("Profiles", slice(-1, None)),
        ("Profiles", slice(1, None)),
        ("Profiles", slice(None)),
        ("Actions", slice(1, None)),
        ("Plan", slice(None)),
    ],
)
def test_renamed_columns_are_known_by_their_place_where_the_workbook_has_no_names(
    sheet: str, renamed: slice, path: Path, before: Words
) -> None:
    def edit(book: Workbook) -> None:
        _no_names(book)
        _rename(book[sheet], *_titles(sheet)[renamed])

    edited(path, edit)
    old = _read(path)
    assert _words(old.kept) == before
    assert not old.has_more


@pytest.mark.parametrize("by", [1, 2, -1])
def test_names_that_a_program_left_behind_when_it_moved_columns_are_not_believed(
    by: int, path: Path, before: Words
) -> None:
    def move(book: Workbook) -> None:
        for sheet in FILLED:
            if by > 0:
                book[sheet].insert_cols(1, by)
            else:
                book[sheet].delete_cols(1)

    edited(path, move)
    assert _words(_read(path).kept) == before


def test_a_column_that_got_the_title_of_another_is_known_by_its_name(
    path: Path, before: Words
) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["Actions"]
        titles = [column(sheet, title) for title in _titles("Actions")]
        for at, title in zip(titles, ("Wer", "Bis", "Owner"), strict=True):
            sheet.cell(5, at).value = title

    edited(path, edit)
    assert _words(_read(path).kept) == before


def test_a_column_amid_renamed_ones_is_not_taken_for_one_of_them(path: Path) -> None:
    def edit(book: Workbook) -> None:
        _no_names(book)
        sheet = book["Profiles"]
        _rename(sheet, "Purpose")
        at = column(sheet, "Our Purpose")
        sheet.insert_cols(at)
        sheet.cell(5, at).value = sheet.cell(6, at).value = "Cost"

    edited(path, edit)
    old = _read(path)
    assert old.has_more
    assert "Cost" not in {note.value for note in old.kept.notes}


@pytest.mark.parametrize("also", ["", "names", "names and titles"])
def test_rows_without_ids_are_known_by_what_stands_in_them(
    also: str, path: Path, before: Words
) -> None:
    report = with_gaps()

    def edit(book: Workbook) -> None:
        _no_ids(book)
        if also:
            _no_names(book)
        if "titles" in also:
            for sheet in FILLED:
                _rename(book[sheet], *_titles(sheet))

    edited(path, edit)
    old = _read(path)
    assert {note.value for note in old.kept.notes} == {word for *_, word in before}
    carrying = report.carrying(old.kept)
    left = next(sheet for sheet in sheets() if sheet.name == "Kept notes").draw(carrying).rows
    # Empty rows of SWOT are alike: of them alone nobody can tell which one it was.
    assert {f"{row.cells[0].value}" for row in left} <= {"SWOT"}


def test_where_nothing_tells_the_columns_the_old_workbook_stays_beside(path: Path) -> None:
    def edit(book: Workbook) -> None:
        _no_ids(book)
        _no_names(book)
        sheet = book["Profiles"]
        _rename(sheet, *_titles("Profiles"))
        marks = (cell for cell in sheet[4] if cell.value == KEPT_WORDS)
        next(marks).value = "Ours"

    edited(path, edit)
    assert _read(path).has_more


def _empty_kept_notes(path: Path) -> None:
    """Have an empty sheet Kept notes: a workbook with a sheet of people's own was replaced."""
    edited(path, lambda book: book.create_sheet("Budget").append(["mine"]))
    write_workbook(with_gaps(), path)
    assert "Kept notes" in load_workbook(path, read_only=True).sheetnames


def test_what_is_typed_into_empty_kept_notes_is_kept_and_no_heading_with_it(path: Path) -> None:
    _empty_kept_notes(path)
    before = _words(_read(path).kept)

    def edit(book: Workbook) -> None:
        sheet = book["Kept notes"]
        sheet.cell(6, column(sheet, "Your note")).value = "ask Ann"
        sheet.cell(7, 2).value = "who calls Bo?"

    edited(path, edit)
    typed = {("kept", "", "note", "ask Ann"), ("kept", "", "row", "who calls Bo?")}
    assert _words(_read(path).kept) - before == typed


def test_a_kept_note_without_its_id_is_known_by_its_other_cells() -> None:
    heads = ["Sheet", "What it was about", "Column", "Your note"]
    mark = [None, None, None, KEPT_WORDS]
    typed = ["Actions", "Start a blog", "Due date", "in May"]
    rows = [[_Cell(value) for value in row] for row in ([], mark, heads, typed)]
    assert list(notes_of(PeoplesSheet(rows, "Kept notes"))) == [
        PersonsNote(sheet="actions", row="", field="due", about="Start a blog", value="in May")
    ]


def test_rows_above_titles_that_were_sorted_along_are_read() -> None:
    heads = ["Question", "Id (3 columns)", "Your answer"]
    typed = ["Who?", "[plan] who | Who?", "Ann"]
    rows = [[_Cell(value) for value in row] for row in (typed, heads)]
    assert [note.value for note in notes_of(PeoplesSheet(rows, "Plan"))] == ["Ann"]


class _Cell:
    """A cell with a value."""

    def __init__(self, value: object) -> None:
        self.value = value
