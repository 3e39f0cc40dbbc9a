"""A history goes from one folder to another as one file; what does not fit or is hostile does not."""

import json
import os
import shutil
import sqlite3
import stat
import zipfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from audit import transfer
from audit.model.errors import ReportError, SaveError, StoreError
from audit.store.bundle import HISTORY, MANIFEST
from audit.store.files import last_archive, new_archive
from audit.store.lock import Lock
from audit.store.merge import VERSION
from audit.store.sqlite import FILE, SqliteHistory
from audit.transfer import export_history, import_history
from scrapers.fetch.archive import Archive, read_record
from scrapers.fetch.thinned import kept_beside, thin
from scrapers.fetch.wire import Answer
from tests.audit.store.examples import COMPANIES, LIST, NOW, result, run
from tests.audit.store.folders import changed, filled, listed, older
from tests.audit.test_run import run as command

ACME = COMPANIES[0]


def kept(folder: Path, name: str, days: int = 0, *bodies: bytes) -> list[str]:
    """Keep a run that began on a day, with an archive of pages; give their records."""
    folder.mkdir(exist_ok=True)
    with SqliteHistory.open(folder, write=True) as history:
        history.begin(replace(run(name), started_at=NOW + timedelta(days=days)), LIST)
        history.save(name, replace(result(ACME), languages=(name,)))
        history.finish(name, NOW)
    with Archive(folder, new_archive(folder, name, "Acme")) as archive:
        answers = [
            Answer(url=f"https://acme.example/{at}", status=200, headers=(), wire=body, at=NOW)
            for at, body in enumerate(bodies or (name.encode(),))
        ]
        return [archive.keep(each, ()).record for each in answers]


def exported(folder: Path) -> Path:
    """Export a folder beside it."""
    out = folder.with_name(f"{folder.name}.zip")
    out.unlink(missing_ok=True)
    export_history(folder, out)
    return out


def seen(folder: Path) -> dict[str, object]:
    """All that a history says, and all archives, for two folders to be compared."""
    with SqliteHistory.open(folder) as history:
        runs = {each: history.load(each) for each in history.ids()}
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted((folder / "archive").rglob("*"))
        if path.is_file()
    }
    return {"runs": list(runs.items()), "files": files}


def ids(folder: Path) -> tuple[str, ...]:
    with SqliteHistory.open(folder) as history:
        return history.ids()


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """A data folder with two runs."""
    kept(tmp_path / "one", "r1", 0)
    kept(tmp_path / "one", "r2", 90)
    return tmp_path / "one"


def test_a_history_comes_out_as_it_went_in(one: Path, tmp_path: Path) -> None:
    (one / "audit.log").write_text("x", "utf-8")
    done = import_history(exported(one), tmp_path / "two")
    assert done.new == ("r1", "r2")
    assert done.archives == 2
    assert seen(tmp_path / "two") == seen(one)
    names = {path.name for path in (tmp_path / "two").iterdir()}
    assert names == {"archive", FILE}
    with zipfile.ZipFile(tmp_path / "one.zip") as file:
        assert not [name for name in file.namelist() if "lock" in name or "log" in name]


def test_a_second_import_adds_nothing(one: Path, tmp_path: Path) -> None:
    bundle = exported(one)
    import_history(bundle, tmp_path / "two")
    before = seen(tmp_path / "two")
    done = import_history(bundle, tmp_path / "two")
    assert (done.new, done.same, done.other, done.archives) == ((), ("r1", "r2"), (), 0)
    assert seen(tmp_path / "two") == before


def test_runs_of_both_stand_in_the_order_in_which_they_began(one: Path, tmp_path: Path) -> None:
    two = tmp_path / "two"
    kept(two, "older", -90)
    import_history(exported(one), two)
    kept(two, "r4", 270)
    kept(one, "r3", 180)
    kept(one, "r5", 360)
    done = import_history(exported(one), two)
    assert done.new == ("r3", "r5")
    assert ids(two) == ("older", "r1", "r2", "r3", "r4", "r5")
    with SqliteHistory.open(two) as history:
        before = history.before("r4", ACME)
        assert before is not None
        assert before.languages == ("r3",)
        begun = history.ids()
    with SqliteHistory.open(two, write=True) as history:
        history.begin(run("next"), LIST)
        assert history.ids() == (*begun, "next")


def test_a_clock_that_was_set_back_changes_no_order(tmp_path: Path) -> None:
    for name, days in (("z", 300), ("y", -300), ("x", 0)):
        kept(tmp_path / "one", name, days)
    import_history(exported(tmp_path / "one"), tmp_path / "two")
    assert ids(tmp_path / "two") == ("z", "y", "x")


def test_another_run_of_the_same_name_is_refused(one: Path, tmp_path: Path) -> None:
    two = tmp_path / "two"
    kept(two, "r2", 17)
    before = seen(two)
    with pytest.raises(StoreError, match="holds another run r2"):
        import_history(exported(one), two)
    assert seen(two) == before


def test_the_same_runs_in_another_order_are_refused(one: Path, tmp_path: Path) -> None:
    two = tmp_path / "two"
    import_history(exported(one), two)
    changed(two, "UPDATE run SET number = number + 10 WHERE id = 'r1'")
    before = seen(two)
    with pytest.raises(StoreError, match="another order"):
        import_history(exported(one), two)
    assert seen(two) == before


def test_a_run_that_came_to_something_else_stays_as_it_is_and_is_told(
    one: Path, tmp_path: Path
) -> None:
    two, bundle = tmp_path / "two", exported(one)
    import_history(bundle, two)
    with SqliteHistory.open(two, write=True) as history:
        history.save("r2", replace(result(ACME), languages=("resumed",)))
    before = seen(two)
    done = import_history(bundle, two)
    assert done.other == ("r2",)
    assert seen(two) == before


def test_pages_that_are_missing_here_come_back(one: Path, tmp_path: Path) -> None:
    two, bundle = tmp_path / "two", exported(one)
    import_history(bundle, two)
    shutil.rmtree(two / "archive" / "r1")
    assert import_history(bundle, two).archives == 1
    assert seen(two) == seen(one)


def test_other_pages_under_the_same_name_are_refused(one: Path, tmp_path: Path) -> None:
    """Runs of either side refer to places in it."""
    two, bundle = tmp_path / "two", exported(one)
    import_history(bundle, two)
    (two / (last_archive(two, "r1", "Acme") or "")).write_bytes(b"other")
    before = seen(two)
    kept(one, "r3", 180)
    with pytest.raises(StoreError, match="holds other pages"):
        import_history(exported(one), two)
    assert seen(two) == before


def test_what_two_copies_have_kept_of_one_archive_is_put_together(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    records = kept(one, "r1", 0, b"a" * 99, b"b" * 99, b"c" * 99)
    import_history(exported(one), two)
    file, places = last_archive(one, "r1", "Acme") or "", [int(r.split("#")[1]) for r in records]
    thin(one / file, places[:2])
    thin(two / file, places[1:])
    import_history(exported(one), two)
    bodies = [read_record(two, record) for record in records]
    assert [each.body[:1] for each in bodies if each is not None] == [b"a", b"b", b"c"]


def test_what_is_left_of_an_archive_adds_nothing_to_the_whole(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    records = kept(one, "r1", 0, b"a" * 99, b"b" * 99)
    import_history(exported(one), two)
    file = last_archive(one, "r1", "Acme") or ""
    thin(one / file, [int(records[0].split("#")[1])])
    assert import_history(exported(one), two).archives == 0
    assert not kept_beside(two / file).exists()


def test_a_damaged_row_is_taken_along_as_it_is(one: Path, tmp_path: Path) -> None:
    changed(one, "UPDATE company SET result = '{' WHERE run_id = 'r1'")
    import_history(exported(one), tmp_path / "two")
    with SqliteHistory.open(tmp_path / "two") as history:
        assert [each.damaged for each in history.runs()] == [("Acme",), ()]


def test_an_older_history_is_exported_as_one_of_today(tmp_path: Path) -> None:
    one = tmp_path / "one"
    one.mkdir()
    older(one)
    before = (one / FILE).read_bytes()
    import_history(exported(one), tmp_path / "two")
    assert (one / FILE).read_bytes() == before
    assert ids(tmp_path / "two") == ("new",)
    with closing(sqlite3.connect(tmp_path / "two" / FILE)) as history:
        assert history.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_what_later_rules_made_of_a_run_goes_along(one: Path, tmp_path: Path) -> None:
    with SqliteHistory.open(one, write=True) as history:
        history.keep_again("r1", "v2", {"Acme": result(ACME)})
    import_history(exported(one), tmp_path / "two")
    with SqliteHistory.open(tmp_path / "two") as history:
        assert dict(history.again("r1", "v2")) == {"Acme": result(ACME)}


@pytest.mark.parametrize("where", ["there", "inside", "nowhere"])
def test_an_export_writes_over_nothing_and_where_it_can_be_found(one: Path, where: str) -> None:
    out = {"there": one.with_name("o.zip"), "inside": one / "o.zip"}.get(
        where, one / "no" / "o.zip"
    )
    if where == "there":
        out.write_bytes(b"mine")
    with pytest.raises(ReportError, match=str(out)):
        export_history(one, out)
    assert not out.exists() or out.read_bytes() == b"mine"


def test_without_a_run_there_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing to export"):
        export_history(tmp_path / "none", tmp_path / "o.zip")
    assert list(tmp_path.iterdir()) == []


def test_beside_a_run_that_goes_on_nothing_is_imported(one: Path, tmp_path: Path) -> None:
    bundle = exported(one)
    filled_before = tmp_path / "two"
    filled_before.mkdir()
    filled(filled_before, "x")
    lock = Lock(filled_before)
    lock.take()
    try:
        with pytest.raises(StoreError):
            import_history(bundle, filled_before)
    finally:
        lock.release()
    assert ids(filled_before) == ("x",)


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_full_disk_leaves_no_half_an_export(one: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SaveError, match="No space left"):
        export_history(one, one.with_name("o.zip"))
    assert [path.name for path in one.parent.iterdir()] == ["one"]


def test_a_full_disk_leaves_the_history_as_it_was(
    one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two, bundle = tmp_path / "two", exported(one)
    kept(two, "mine", 400)
    before = seen(two)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(SaveError, match="No space left"):
            import_history(bundle, two)
    assert seen(two) == before
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 9, 1))
        with pytest.raises(SaveError, match="make room"):
            import_history(bundle, two)
    assert seen(two) == before
    assert import_history(bundle, two).new == ("r1", "r2")


def test_an_import_that_is_broken_off_is_made_again(
    one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two, bundle = tmp_path / "two", exported(one)

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(transfer, "merge", broken)
        with pytest.raises(KeyboardInterrupt):
            import_history(bundle, two)
    assert ids(two) == ()
    (two / ".import-left").mkdir()
    assert import_history(bundle, two).new == ("r1", "r2")
    assert seen(two) == seen(one)
    assert not (two / ".import-left").exists()


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


def test_the_commands_say_what_was_done(tmp_path: Path) -> None:
    (tmp_path / "audit-data").mkdir()
    filled(tmp_path / "audit-data", "r1", "r2")
    file, other = listed(tmp_path), tmp_path / "other"
    done = command("export", file)
    assert done.returncode == 0, done.stderr
    assert "2 runs and 0 archives of pages" in done.stdout
    assert str(tmp_path / "c-history.zip") in done.stdout
    added = command("import-history", tmp_path / "c-history.zip", file, "--data-dir", other)
    assert added.returncode == 0, added.stderr
    assert "2 runs and 0 archives of pages added" in added.stdout
    again = command("import-history", tmp_path / "c-history.zip", file, "--data-dir", other)
    assert "2 runs were there already" in again.stdout
    refused = command("import-history", file, file, "--data-dir", other)
    assert refused.returncode == 2
    assert "no export of social-audit" in refused.stderr
