"""What becomes of the workbook that is replaced: read, copied, or left as it is, and never lost."""

import os
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from audit.commands.summary import conclude
from audit.commands.typed import Typed
from reports.formats.xlsx import FORMAT
from reports.formats.xlsx.old import Old, read_old
from reports.formats.xlsx.openable import Unreadable
from reports.formats.xlsx.packed import LIST
from reports.formats.xlsx.replaced import objection, state_of
from reports.formats.xlsx.workbook import write_workbook
from tests.reports.formats.xlsx.people_example import (
    OURS,
    SOME,
    Words,
    edited,
    notes,
    shown,
    with_gaps,
    write_words,
)

OFFICE_2003 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
LOCKED = OFFICE_2003 + "EncryptedPackage".encode("utf-16-le")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = write_workbook(with_gaps(), tmp_path_factory.mktemp("replaced") / "filled.xlsx")
    edited(path, write_words(SOME))
    return path


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(filled, tmp_path / "a.xlsx"))


def _part(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Return what changes one part of a workbook."""

    def spoil(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            parts = {each: archive.read(each) for each in archive.namelist()}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for each, content in parts.items():
                archive.writestr(each, change(content) if each == name else content)

    return spoil


def _become(path: Path, content: bytes) -> None:
    """Put something else in the place of a workbook."""
    path.write_bytes(content)


def _drop(path: Path, name: str) -> None:
    """Leave one part out of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist() if each != name}
    with zipfile.ZipFile(path, "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, content)


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
SPOILED: dict[str, Callable[[Path], None]] = {
    "text": lambda path: _become(path, b"no workbook"),
    "cut off": lambda path: _become(path, path.read_bytes()[:-3000]),
    "locked": lambda path: _become(path, LOCKED),
    "half a sheet": _part("xl/worksheets/sheet2.xml", lambda content: content[: len(content) // 2]),
    "no sheets": _part("xl/workbook.xml", lambda _: b"<workbook/>"),
    "entities": _part("xl/workbook.xml", lambda content: BOMB + content.partition(b"?>")[2]),
    "a sheet lost": lambda path: _drop(path, "xl/worksheets/sheet2.xml"),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_a_file_whose_words_cannot_be_read_is_told_from_one_without_words(
    spoil: Callable[[Path], None], path: Path
) -> None:
    spoil(path)
    assert isinstance(read_old(path, OURS), Unreadable)
    assert "so what people wrote cannot be taken over" in objection(path)


def test_a_file_whose_words_cannot_be_read_stays_and_the_new_one_gets_a_number(path: Path) -> None:
    SPOILED["cut off"](path)
    before = path.read_bytes()
    assert write_workbook(with_gaps(), path) == path.with_name("a-1.xlsx")
    assert path.read_bytes() == before


def test_a_sheet_with_more_rows_than_are_read_is_not_taken_for_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.formats.xlsx.old._MOST_ROWS", 20)
    assert read_old(path, OURS) == Unreadable("has more than 20 rows on a sheet for people")


@pytest.mark.parametrize("limit", ["MAX_PART", "MAX_PARTS", "MAX_FILE"])
def test_what_is_larger_than_it_can_be_is_not_unpacked(
    limit: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"reports.formats.xlsx.openable.{limit}", 20)
    assert read_old(path, OURS) == Unreadable("is too large to be read")


def test_the_terminal_says_why_a_workbook_stays_and_what_helps(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.write_bytes(LOCKED)
    typed = Typed(file=path.with_name("competitors.yaml"), data_dir=None)
    assert conclude(with_gaps().snapshot, {"xlsx": path}, typed).status == 1
    errors = " ".join(capsys.readouterr().err.split())
    assert "a.xlsx is left as it is: it is locked with a password" in errors
    assert "save it without the password, then: audit report" in errors
    assert "is it open?" not in errors


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (LOCKED, "is locked with a password"),
        (OFFICE_2003 + "Workbook".encode("utf-16-le"), "is a workbook of the kind .xls"),
        (OFFICE_2003 + "WordDocument".encode("utf-16-le"), "is damaged, or no workbook"),
    ],
)
def test_an_old_workbook_is_told_from_one_with_a_password(
    content: bytes, why: str, tmp_path: Path
) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    assert objection(tmp_path / "a.xlsx").startswith(why)


def test_a_workbook_of_another_program_is_called_by_its_kind(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "is a workbook of the kind .ods" in objection(tmp_path / "a.xlsx")
    assert "save it as an Excel workbook (.xlsx)" in objection(tmp_path / "a.xlsx")


def test_names_for_a_sheet_that_was_deleted_are_no_damage(path: Path) -> None:
    def delete(book: Workbook) -> None:
        kept = dict(book.defined_names)
        del book["SWOT"]
        for name, defined in kept.items():
            book.defined_names[name] = defined

    edited(path, delete)
    assert {note.sheet for note in notes(path)} == {"actions", "plan", "profiles"}


def test_a_workbook_that_is_open_is_read_and_left_and_the_terminal_says_so(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, lock = path.read_bytes(), path.with_name(".~lock.a.xlsx#")
    lock.touch()
    typed = Typed(file=path.with_name("competitors.yaml"), data_dir=None)
    assert conclude(with_gaps().snapshot, {"xlsx": path}, typed).status == 1
    errors = " ".join(capsys.readouterr().err.split())
    assert "a.xlsx is left as it is: it is open in LibreOffice" in errors
    assert "a-1.xlsx instead" in errors
    assert path.read_bytes() == before
    assert notes(path.with_name("a-1.xlsx")) == notes(path)


def test_no_file_and_an_empty_one_hold_no_words(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert read_old(path, OURS) == Old()
    path.touch()
    assert read_old(path, OURS) == Old()
    assert write_workbook(with_gaps(), path) == path


def test_a_workbook_of_somebody_else_has_sheets_of_their_own(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("Budget")["A1"] = "our budget"
    book.save(tmp_path / "a.xlsx")
    assert read_old(tmp_path / "a.xlsx", OURS) == Old(has_more=True)


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_file_is_read_or_left_and_never_breaks_the_report(seed: int, path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311  # damage, no secret
    with zipfile.ZipFile(path) as archive:
        name = chance.choice([each for each in archive.namelist() if each.endswith(".xml")])

    def flip(content: bytes) -> bytes:
        spoiled = bytearray(content)
        for _ in range(3):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        return bytes(spoiled)

    _part(name, flip)(path)
    assert isinstance(read_old(path, OURS), Old | Unreadable)


def _sheet_of_their_own(book: Workbook) -> None:
    book.create_sheet("Budget")["A1"] = 5_000


def _column_of_their_own(book: Workbook) -> None:
    sheet = book["Actions"]
    sheet.cell(5, sheet.max_column + 1).value = "Cost"


@pytest.mark.parametrize("edit", [_sheet_of_their_own, _column_of_their_own])
def test_a_workbook_with_sheets_or_columns_of_peoples_own_is_kept_beside(
    edit: Callable[[Workbook], None], path: Path
) -> None:
    edited(path, edit)
    before = path.read_bytes()
    assert write_workbook(with_gaps(), path) == path
    assert path.with_name("a-before.xlsx").read_bytes() == before
    finding = load_workbook(path)["Kept notes"]["A2"].value
    assert finding.endswith("it is kept as a-before.xlsx.")
    write_workbook(with_gaps(), path)
    assert sorted(each.name for each in path.parent.iterdir()) == ["a-before.xlsx", "a.xlsx"]
    # As long as it is there it is named on the sheet, and on the terminal when it is made.
    assert load_workbook(path)["Kept notes"]["A2"].value == finding
    assert FORMAT.remarks(path) == ()
    path.with_name("a-before.xlsx").unlink()
    write_workbook(with_gaps(), path)
    assert "Kept notes" not in load_workbook(path, read_only=True).sheetnames


def test_the_terminal_names_the_copy_of_the_old_workbook_and_the_sheet_of_kept_notes(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited(path, _sheet_of_their_own)
    edited(path, lambda book: book["Plan"].append(["our own row"]))
    typed = Typed(file=path.with_name("competitors.yaml"), data_dir=None)
    conclude(with_gaps().snapshot, {"xlsx": path}, typed)
    errors = " ".join(capsys.readouterr().err.split())
    assert "it is kept as a-before.xlsx." in errors
    assert "One note stands in no row: see sheet Kept notes." in errors


def test_a_newer_workbook_of_the_same_list_beside_it_is_read_too(path: Path) -> None:
    newer = Path(shutil.copy(path, path.with_name("a-1.xlsx")))
    edited(newer, write_words({("Actions", "Owner"): "Bo", ("Actions", "Notes"): None}))
    _dated(path, newer)
    write_workbook(with_gaps(), path)
    assert list(shown(path, "Actions", "Owner").values()) == ["Bo"]
    assert list(shown(path, "Actions", "Notes").values()) == ["ask the agency"]
    assert list(shown(path, "Kept notes", "Your note").values()) == ["Ann"]
    assert newer.exists()


def test_an_older_one_and_one_of_another_list_are_not_read(path: Path) -> None:
    older, other = (Path(shutil.copy(path, path.with_name(f"a-{at}.xlsx"))) for at in (1, 2))
    edited(older, write_words({("Actions", "Owner"): "Bo"}))

    def of_another_list(book: Workbook) -> None:
        book.properties.subject = f"{LIST}others.yaml"
        write_words({("Actions", "Owner"): "Cy"})(book)

    edited(other, of_another_list)
    _dated(older, path, other)
    write_workbook(with_gaps(), path)
    assert list(shown(path, "Actions", "Owner").values()) == ["Ann"]


def test_a_partial_workbook_beside_a_whole_one_has_its_words(path: Path) -> None:
    partial = path.with_name("a-partial.xlsx")
    before = path.read_bytes()
    write_workbook(with_gaps(), partial)
    assert notes(partial) == notes(path)
    assert path.read_bytes() == before


def test_a_file_that_was_saved_again_is_known_by_its_time_or_size(path: Path) -> None:
    before = state_of(path)
    assert state_of(path) == before
    edited(path, write_words({("Actions", "Owner"): "Bo"}))
    assert state_of(path) != before
    path.unlink()
    assert state_of(path) is None


def test_talk_about_cells_that_only_excel_can_write_keeps_the_old_workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/threadedComments/threadedComment1.xml", b"<ThreadedComments/>")
    old = read_old(path, OURS)
    assert isinstance(old, Old)
    assert old.has_more


def _dated(*paths: Path) -> None:
    """Give files times of change, each a minute after the one before."""
    for at, path in enumerate(paths):
        os.utime(path, (1_800_000_000 + 60 * at,) * 2)


def _beside(path: Path, words: Words) -> Path:
    """Have a workbook saved beside one that is open, and words written into it later."""
    lock = path.with_name(f"~${path.name}")
    lock.touch()
    newer = write_workbook(with_gaps(), path)
    lock.unlink()
    assert newer != path
    edited(newer, write_words(words))
    return newer


def test_what_was_cleared_or_changed_in_a_newer_workbook_does_not_come_back(path: Path) -> None:
    newer = _beside(path, {("Actions", "Owner"): None, ("Plan", "Your answer"): "Two of them"})
    _dated(path, newer)
    write_workbook(with_gaps(), path)
    assert shown(path, "Actions", "Owner") == {}
    assert list(shown(path, "Plan", "Your answer").values()) == ["Two of them"]
    assert list(shown(path, "SWOT", "Your words").values()) == ["and proud of it"]
    assert "Kept notes" not in load_workbook(path, read_only=True).sheetnames


def test_what_was_typed_into_the_older_one_after_a_newer_was_written_is_not_lost(
    path: Path,
) -> None:
    newer = _beside(path, {("Actions", "Owner"): None, ("Actions", "Due date"): "June"})
    edited(path, write_words({("Plan", "Your answer"): "Later", ("Actions", "Due date"): "May"}))
    _dated(path, newer)
    write_workbook(with_gaps(), path)
    assert shown(path, "Actions", "Owner") == {}
    assert list(shown(path, "Actions", "Due date").values()) == ["June"]
    finding = load_workbook(path)["Kept notes"]["A2"].value
    assert finding == "Two notes whose row shows another one: 1 from Actions, 1 from Plan."
    assert set(shown(path, "Kept notes", "Your note").values()) == {"May", "Later"}
