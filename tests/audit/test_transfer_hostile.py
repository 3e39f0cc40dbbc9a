"""A file that is damaged, or made to do harm, is refused in words, and nothing is changed."""

import json
import os
import shutil
import stat
import zipfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from audit.model.errors import StoreError
from audit.store.bundle import HISTORY, MANIFEST
from audit.store.merge import VERSION
from audit.store.sqlite import FILE
from audit.transfer import import_history
from tests.audit.exports import exported, ids, kept, seen
from tests.audit.store.folders import changed


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """A data folder with two runs."""
    kept(tmp_path / "one", "r1", 0)
    kept(tmp_path / "one", "r2", 90)
    return tmp_path / "one"


def test_a_file_that_is_cut_off_anywhere_is_refused(one: Path, tmp_path: Path) -> None:
    whole, two = exported(one).read_bytes(), tmp_path / "two"
    kept(two, "mine", 400)
    before = seen(two)
    for length in (0, 1, 100, len(whole) // 2, len(whole) - 30, len(whole) - 1):
        (tmp_path / "cut.zip").write_bytes(whole[:length])
        with pytest.raises(StoreError, match="cut"):
            import_history(tmp_path / "cut.zip", two)
    assert seen(two) == before


def test_a_changed_byte_anywhere_is_refused_or_changes_nothing(one: Path, tmp_path: Path) -> None:
    whole = exported(one).read_bytes()
    import_history(tmp_path / "one.zip", tmp_path / "good")
    good = seen(tmp_path / "good")
    for at in range(7, len(whole), max(1, len(whole) // 120)):
        (tmp_path / "odd.zip").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        two = tmp_path / f"two-{at}"
        try:
            import_history(tmp_path / "odd.zip", two)
        except StoreError:
            assert not two.exists() or ids(two) == ()
        else:
            assert seen(two) == good
        shutil.rmtree(two, ignore_errors=True)


def rewritten(
    bundle: Path,
    out: Path,
    parts: dict[str, bytes],
    more: Sequence[tuple[str, bytes, int]] = (),
) -> None:
    """Write a bundle whose list fits its parts; `more` are (name, content, mode) that it has too."""
    with zipfile.ZipFile(bundle) as old:
        about = json.loads(old.read(MANIFEST))
    contents = [*parts.items(), *((name, body) for name, body, _ in more)]
    about["files"] = [
        {"name": name, "size": len(body), "sha256": sha256(body).hexdigest()}
        for name, body in contents
    ]
    modes = {name: mode for name, _, mode in more}
    with zipfile.ZipFile(out, "w") as new:
        for name, body in contents:
            info = zipfile.ZipInfo(name)
            info.external_attr = modes.get(name, stat.S_IFREG | 0o600) << 16
            new.writestr(info, body)
        new.writestr(MANIFEST, json.dumps(about))


def parts_of(bundle: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(bundle) as file:
        return {name: file.read(name) for name in file.namelist() if name != MANIFEST}


@pytest.mark.parametrize(
    "name",
    [
        "../evil.warc.gz",
        "archive/../../evil.1.warc.gz",
        "/tmp/evil.1.warc.gz",  # noqa: S108
        "archive/r1/../../evil.1.warc.gz",
        "archive\\r1\\evil.1.warc.gz",
        "archive/r1/evil.sh",
        "archive/.ssh/evil.1.warc.gz",
        "archive/r1/a/evil.1.warc.gz",
        "archive/r1/evil.1.warc.gz/",
        "run.lock",
        "history.sqlite3-wal",
        "archive/r1/évil.1.warc.gz",
        "C:evil.1.warc.gz",
        "",
    ],
)
def test_a_part_that_no_data_folder_has_is_refused(one: Path, tmp_path: Path, name: str) -> None:
    bundle = exported(one)
    evil = [(name, b"evil", stat.S_IFREG | 0o600)]
    rewritten(bundle, tmp_path / "evil.zip", parts_of(bundle), evil)
    with pytest.raises(StoreError, match=r"no file of a data folder|damaged|no plain file"):
        import_history(tmp_path / "evil.zip", tmp_path / "two")
    assert not (tmp_path / "two").exists()
    assert not list(tmp_path.rglob("evil*arc*"))


def test_a_link_or_a_device_in_place_of_a_part_is_refused(one: Path, tmp_path: Path) -> None:
    bundle = exported(one)
    for kind in (stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFDIR):
        link = [("archive/r1/link-1.1.warc.gz", b"/etc/passwd", kind | 0o777)]
        rewritten(bundle, tmp_path / "evil.zip", parts_of(bundle), link)
        with pytest.raises(StoreError, match="no plain file"):
            import_history(tmp_path / "evil.zip", tmp_path / "two")
    assert not (tmp_path / "two").exists()


@pytest.mark.parametrize("name", [HISTORY, "pages"])
def test_a_part_with_another_checksum_than_was_promised_is_refused(
    one: Path, tmp_path: Path, name: str
) -> None:
    """The file itself is sound: somebody has put another part into it."""
    two, bundle = tmp_path / "two", exported(one)
    kept(two, "mine", 400)
    before = seen(two)
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(tmp_path / "odd.zip", "w") as new:
        about = json.loads(old.read(MANIFEST))
        names = [row["name"] for row in about["files"]]
        changed_at = names.index(name if name == HISTORY else names[-1])
        about["files"][changed_at]["sha256"] = sha256(b"another").hexdigest()
        for each in names:
            new.writestr(each, old.read(each))
        new.writestr(MANIFEST, json.dumps(about))
    with pytest.raises(StoreError, match="not what was exported"):
        import_history(tmp_path / "odd.zip", two)
    assert seen(two) == before


def test_a_history_that_unpacks_to_far_more_is_refused(one: Path, tmp_path: Path) -> None:
    bundle, bomb = exported(one), b"\0" * 50_000_000
    parts = parts_of(bundle) | {HISTORY: bomb}
    rewritten(bundle, tmp_path / "plain.zip", parts)
    with (
        zipfile.ZipFile(tmp_path / "plain.zip") as plain,
        zipfile.ZipFile(
            tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9
        ) as packed,
    ):
        for name in plain.namelist():
            packed.writestr(name, plain.read(name))
    with pytest.raises(StoreError, match="another size"):
        import_history(tmp_path / "bomb.zip", tmp_path / "two")
    assert not (tmp_path / "two").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "list cannot be read"),
        ("[]", "list cannot be read"),
        ("[" * 100_000, "list cannot be read"),
        ('{"format": 1}', "no export"),
        ('{"format": "x", "files": []}', "list cannot be read"),
        ('{"format": 1, "files": [{"name": "a"}]}', "no export"),
        ('{"format": 1, "files": []}', "not those that it lists"),
        ('{"format": 2, "files": []}', "newer version"),
        ('{"format": 1, "files": 7}', "list cannot be read"),
    ],
)
def test_a_list_that_is_none_is_refused_in_words(
    one: Path, tmp_path: Path, text: str, words: str
) -> None:
    with zipfile.ZipFile(tmp_path / "odd.zip", "w") as file:
        for name, body in parts_of(exported(one)).items():
            file.writestr(name, body)
        file.writestr(MANIFEST, text)
    with pytest.raises(StoreError, match=words):
        import_history(tmp_path / "odd.zip", tmp_path / "two")
    assert not (tmp_path / "two").exists()


@pytest.mark.parametrize(
    "query",
    [
        "CREATE TRIGGER t AFTER UPDATE ON run BEGIN DELETE FROM company; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE more (a)",
        "DROP TABLE again",
    ],
)
def test_a_history_with_other_tables_is_refused(one: Path, tmp_path: Path, query: str) -> None:
    changed(one, query)
    two = tmp_path / "two"
    kept(two, "mine", 400)
    before = seen(two)
    bundle = exported(one)
    with pytest.raises(StoreError, match="other tables"):
        import_history(bundle, two)
    assert seen(two) == before


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".", "x" * 300, "r\n1", "con:"])
def test_a_run_whose_name_is_no_folders_is_refused(one: Path, tmp_path: Path, name: str) -> None:
    changed(one, "PRAGMA foreign_keys = OFF")
    changed(one, "UPDATE run SET id = ? WHERE id = 'r1'", name)
    changed(one, "UPDATE company SET run_id = ? WHERE run_id = 'r1'", name)
    bundle = tmp_path / "odd.zip"
    rewritten(exported_as_it_is(one), bundle, {HISTORY: (one / FILE).read_bytes()})
    with pytest.raises(StoreError, match="no name of a run"):
        import_history(bundle, tmp_path / "two")
    assert ids(tmp_path / "two") == ()


def exported_as_it_is(folder: Path) -> Path:
    """A bundle of another folder, whose list can be taken."""
    other = folder.with_name("other")
    kept(other, "r9", 0)
    return exported(other)


def test_a_history_of_a_newer_version_or_none_at_all_is_refused(one: Path, tmp_path: Path) -> None:
    bundle = exported(one)
    changed(one, f"PRAGMA user_version = {VERSION + 1}")
    cases = {
        "newer version": (one / FILE).read_bytes(),
        "damaged": b"no database at all" * 99,
        "other tables": b"",
    }
    for words, body in cases.items():
        rewritten(bundle, tmp_path / "odd.zip", {HISTORY: body})
        with pytest.raises(StoreError, match=words):
            import_history(tmp_path / "odd.zip", tmp_path / "two")


@pytest.mark.parametrize("kind", ["folder", "pipe", "missing", "text"])
def test_what_is_no_export_is_refused_and_not_waited_for(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.zip"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "text":
        path.write_text("no zip", "utf-8")
    with pytest.raises(StoreError, match=r"x\.zip: "):
        import_history(path, tmp_path / "two")
    assert not (tmp_path / "two").exists()


def test_a_part_that_is_said_to_lie_before_the_file_is_damaged(one: Path, tmp_path: Path) -> None:
    """Its place in the list of the ZIP file is made larger, so that all places count from below."""
    whole = bytearray(exported(one).read_bytes())
    end = whole.rindex(b"PK\x05\x06")
    start = int.from_bytes(whole[end + 16 : end + 20], "little") + 2**20
    whole[end + 16 : end + 20] = start.to_bytes(4, "little")
    (tmp_path / "odd.zip").write_bytes(whole)
    with pytest.raises(StoreError):
        import_history(tmp_path / "odd.zip", tmp_path / "two")
