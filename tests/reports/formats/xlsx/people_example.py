"""A small workbook with gaps to write on, and people who write into it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.formats.xlsx.old import Old, read_old
from reports.formats.xlsx.yours import ID
from reports.people import PersonsNote, Word
from reports.report import Report
from reports.sheets import sheets
from tests.reports.advice_example import Given, report_on

THEIRS = Given(features=("newsletter", "reviews"), on=("facebook", "youtube"))
OURS = frozenset(sheet.name for sheet in sheets())

Words = Mapping[tuple[str, str], Word | None]
"""What people write, by sheet and column title, each into the first row of its sheet."""

SOME: Words = {
    ("Actions", "Owner"): "Ann",
    ("Actions", "Notes"): "ask the agency",
    ("Plan", "Your answer"): "All of them",
    ("SWOT", "Your words"): "and proud of it",
    ("Profiles", "Keep, fix, close"): "keep",
}


def with_gaps() -> Report:
    """We lack a newsletter, reviews and Facebook."""
    return report_on(Given(on=("youtube",)), THEIRS, THEIRS, THEIRS)


def without_newsletter_gap() -> Report:
    """The same, and we have a newsletter by now."""
    return report_on(Given(on=("youtube",), features=("newsletter",)), THEIRS, THEIRS, THEIRS)


def edited(path: Path, edit: Callable[[Workbook], None]) -> None:
    """Have somebody open the workbook, change it, and save it."""
    book = load_workbook(path)
    edit(book)
    book.save(path)


def write_words(words: Words) -> Callable[[Workbook], None]:
    """Return an edit that writes words into the first rows of their sheets."""

    def edit(book: Workbook) -> None:
        for (sheet, title), word in words.items():
            book[sheet].cell(6, column(book[sheet], title)).value = word

    return edit


def column(sheet: Worksheet, title: str) -> int:
    """Return the number of the column with a title."""
    return next(at for at, cell in enumerate(sheet[5], 1) if cell.value == title)


def column_of_ids(sheet: Worksheet) -> int:
    """Return the number of the hidden column; 0 where a sheet has none."""
    heads = enumerate(sheet[5], 1)
    return next((at for at, cell in heads if f"{cell.value}".startswith("Id (")), 0)


def notes(path: Path) -> set[PersonsNote]:
    """Return what is read of a workbook."""
    old = read_old(path, OURS)
    assert isinstance(old, Old), old
    return set(old.kept.notes)


def shown(path: Path, sheet: str, title: str) -> dict[str, object]:
    """Return what stands in a column, by the id of the row."""
    worksheet = load_workbook(path)[sheet]
    at = column(worksheet, title)
    found: dict[str, object] = {}
    for row in worksheet.iter_rows(min_row=6):
        match = next(ID.fullmatch(f"{cell.value}") for cell in row if f"{cell.value}"[:1] == "[")
        if match is not None and row[at - 1].value is not None:
            found[match[2]] = row[at - 1].value
    return found
