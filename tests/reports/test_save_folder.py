"""A folder is put in its place whole, or the old one stays; other people's files in it are kept."""

from collections.abc import Collection
from pathlib import Path

import pytest

from audit.model.errors import ReportError, SaveError
from reports.held import why_held
from reports.save import check_folder, save_folder

OURS = "list.txt"


def own_files(folder: Path) -> Collection[str] | None:
    """The files that a list in the folder names; without the list it is somebody else's folder."""
    if not (folder / OURS).is_file():
        return None
    return [OURS, *(folder / OURS).read_text("utf-8").split()]


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.is_file()}


def test_a_folder_is_made_and_replaced_as_a_whole(tmp_path: Path) -> None:
    place = tmp_path / "a-csv"
    assert save(place, "one", "two", said="old") == place
    assert save(place, "two", "three") == place
    assert files(place) == {"two": "new", "three": "new", OURS: "two three"}
    assert [path.name for path in tmp_path.iterdir()] == ["a-csv"]


def test_other_peoples_files_and_folders_in_it_are_kept(tmp_path: Path) -> None:
    place = tmp_path / "a-csv"
    save(place, "one")
    (place / "mine.xlsx").write_text("mine", "utf-8")
    (place / "mine").mkdir()
    (place / "mine" / "too").write_text("mine", "utf-8")
    assert save(place, "two") == place
    assert files(place) == {"two": "new", OURS: "two", "mine.xlsx": "mine"}
    assert (place / "mine" / "too").read_text("utf-8") == "mine"


def test_a_file_of_theirs_with_the_name_of_a_new_one_is_not_written_over(tmp_path: Path) -> None:
    place = tmp_path / "a-csv"
    save(place, "one")
    (place / "two").write_text("mine", "utf-8")
    assert save(place, "one", "two") == tmp_path / "a-csv-1"
    assert (place / "two").read_text("utf-8") == "mine"
    assert files(tmp_path / "a-csv-1") == {"one": "new", "two": "new", OURS: "one two"}


def test_a_folder_with_a_file_that_is_open_is_left(tmp_path: Path) -> None:
    place = tmp_path / "a-csv"
    save(place, "one", said="old")
    (place / ".~lock.one#").write_text("me", "utf-8")
    assert save(place, "one") == tmp_path / "a-csv-1"
    assert (place / "one").read_text("utf-8") == "old"
    assert why_held(place).startswith("holds one, which is open in LibreOffice")


def test_a_folder_of_somebody_elses_is_left(tmp_path: Path) -> None:
    place = tmp_path / "a-csv"
    place.mkdir()
    (place / "theirs").write_text("theirs", "utf-8")
    with pytest.raises(ReportError, match="other files in it"):
        check_folder(place, own_files)
    assert save(place, "one") == tmp_path / "a-csv-1"
    assert files(place) == {"theirs": "theirs"}


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    place = tmp_path / "a-csv"
    place.mkdir()
    check_folder(place, own_files)
    assert save(place, "one") == place


def test_a_write_that_fails_leaves_the_old_folder_and_nothing_else(tmp_path: Path) -> None:
    place = tmp_path / "a-csv"
    save(place, "one", said="old")

    def full(folder: Path) -> None:
        (folder / "one").write_text("half", "utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(SaveError, match="No space left"):
        save_folder(place, own_files, full)
    assert files(place) == {"one": "old", OURS: "one"}
    assert [path.name for path in tmp_path.iterdir()] == ["a-csv"]


def test_a_folder_that_is_in_use_is_left_and_the_new_one_gets_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "a-csv"
    save(place, "one", said="old")
    move = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self == place:
            raise PermissionError(13, "a file in it is open")
        return move(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    assert save(place, "one") == tmp_path / "a-csv-1"
    assert files(place)["one"] == "old"


def test_the_old_folder_comes_back_where_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "a-csv"
    save(place, "one", said="old")
    move = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if target == place and self.name.startswith(".audit-"):
            raise PermissionError(13, "no")
        return move(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    assert save(place, "one") == tmp_path / "a-csv-1"
    assert files(place) == {"one": "old", OURS: "one"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-csv", "a-csv-1"]


def test_a_link_keeps_leading_to_the_folder_that_is_written(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    link = tmp_path / "a-csv"
    link.symlink_to(tmp_path / "shared" / "export", target_is_directory=True)
    assert save(link, "one") == link
    assert link.is_symlink()
    assert files(tmp_path / "shared" / "export")["one"] == "new"


@pytest.mark.parametrize(
    ("inside", "words"), [("list.yaml", "lies in it"), ("data", "lies in it"), ("", "no folder")]
)
def test_a_place_that_would_hit_something_is_refused(
    tmp_path: Path, inside: str, words: str
) -> None:
    place = tmp_path / "a-csv"
    if not inside:
        place.write_text("a file", "utf-8")
    else:
        save(place, "one")
    inputs = [place / inside] if inside.endswith("yaml") else []
    data = place / inside if inside == "data" else tmp_path / "data"
    with pytest.raises(ReportError, match=words):
        check_folder(place, own_files, inputs=inputs, data_dir=data)


def test_the_data_folder_takes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="kept for the history"):
        check_folder(tmp_path / "data" / "a-csv", own_files, data_dir=tmp_path / "data")


def save(place: Path, *names: str, said: str = "new") -> Path:
    """Save a folder of files that all say the same."""

    def write(folder: Path) -> None:
        for name in names:
            (folder / name).write_text(said, "utf-8")
        (folder / OURS).write_text(" ".join(names), "utf-8")

    return save_folder(place, own_files, write)
