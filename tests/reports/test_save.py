"""A file is put in its place whole, or the old one stays; a place that will not do is refused."""

from pathlib import Path

import pytest

from audit.model.errors import ReportError, SaveError
from reports.held import why_held
from reports.save import check_output, save


def test_an_output_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="is a folder"):
        check_output(tmp_path)


def test_an_output_whose_grandparent_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="does not exist"):
        check_output(tmp_path / "a" / "b" / "c.xlsx")


def test_the_folder_of_an_output_is_made_where_its_parent_exists(tmp_path: Path) -> None:
    check_output(tmp_path / "new" / "c.xlsx")
    assert (tmp_path / "new").is_dir()


def test_a_locked_workbook_is_left_and_the_new_one_gets_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("old")
    move = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == path:
            raise PermissionError(13, "open in another program")
        return move(self, target)

    monkeypatch.setattr(Path, "replace", refuse)

    def write(place: Path) -> None:
        place.write_text("new")

    assert save(path, write) == tmp_path / "a-1.xlsx"
    assert path.read_text() == "old"


def test_a_file_that_must_stay_by_the_time_it_is_written_gets_a_neighbour(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("old")

    def write(place: Path) -> None:
        place.write_text("new")
        path.write_text("saved by somebody meanwhile")

    assert save(path, write, may_replace=lambda: path.read_text() == "old") == tmp_path / "a-1.xlsx"
    assert path.read_text() == "saved by somebody meanwhile"
    assert (tmp_path / "a-1.xlsx").read_text() == "new"


@pytest.mark.parametrize(
    ("lock", "program"), [(".~lock.a.xlsx#", "LibreOffice"), ("~$a.xlsx", "Microsoft Office")]
)
def test_a_file_that_is_open_elsewhere_stays_and_is_said_to_be(
    lock: str, program: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("old")
    (tmp_path / lock).write_text("me")
    assert save(path, _new) == tmp_path / "a-1.xlsx"
    assert path.read_text() == "old"
    assert f"is open in {program}" in why_held(path)
    assert f"a crash has left {lock}: delete that file" in why_held(path)
    (tmp_path / lock).unlink()
    assert save(path, _new) == path


def test_the_lock_of_a_file_that_is_gone_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "~$a.xlsx").write_text("me")
    assert save(tmp_path / "a.xlsx", _new) == tmp_path / "a.xlsx"


def test_a_file_that_is_protected_against_writing_stays_also_behind_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "a.xlsx", tmp_path / "l.xlsx"
    path.write_text("old")
    path.chmod(0o444)
    link.symlink_to(path)
    assert save(path, _new) == tmp_path / "a-1.xlsx"
    assert save(link, _new) == tmp_path / "a-2.xlsx"
    assert path.read_text() == "old"
    assert "is protected against writing" in why_held(link)


def _new(place: Path) -> None:
    """Write what is easily known."""
    place.write_text("new")


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("old")

    def full(place: Path) -> None:
        place.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(SaveError, match="No space left"):
        save(path, full)
    assert [each.name for each in tmp_path.iterdir()] == ["a.xlsx"]
    assert path.read_text() == "old"
