"""A history goes from one folder to another as one file; what does not fit is refused."""

import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from audit import transfer
from audit.model.errors import ReportError, SaveError, StoreError
from audit.store.bundle import write_bundle
from audit.store.files import last_archive
from audit.store.lock import Lock
from audit.store.merge import VERSION
from audit.store.sqlite import FILE, SqliteHistory
from audit.transfer import export_history, import_history
from scrapers.fetch.archive import read_record
from scrapers.fetch.thinned import kept_beside, thin
from tests.audit.exports import ACME, exported, ids, kept, seen
from tests.audit.store.examples import LIST, result, run, told
from tests.audit.store.folders import changed, filled, listed, older
from tests.audit.test_run import run as command


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


def test_what_people_told_goes_along_and_what_is_told_here_holds(one: Path, tmp_path: Path) -> None:
    with SqliteHistory.open(one, write=True) as history:
        history.keep_by_hand([told(), told(day=4)])
    kept(tmp_path / "two", "r0", -90)
    with SqliteHistory.open(tmp_path / "two", write=True) as history:
        history.keep_by_hand([told(7)])
    import_history(exported(one), tmp_path / "two")
    with SqliteHistory.open(tmp_path / "two") as history:
        assert history.by_hand() == (told(7), told(day=4))


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


def test_what_a_killed_export_has_left_is_in_nobodys_way(one: Path) -> None:
    one.with_name("o.zip.part").write_bytes(b"half")
    export_history(one, one.with_name("o.zip"))
    assert sorted(path.name for path in one.parent.iterdir()) == ["o.zip", "one"]


def test_a_history_of_ours_that_is_damaged_is_told_in_words(one: Path, tmp_path: Path) -> None:
    two, bundle = tmp_path / "two", exported(one)
    kept(two, "mine", 400)
    changed(two, "UPDATE run SET id = CAST(x'ff' AS TEXT)")
    with pytest.raises(StoreError, match="cannot be read"):
        import_history(bundle, two)


@pytest.mark.parametrize("at", [0, 1, 4, 7])
def test_a_damaged_history_is_named_itself_and_not_the_copy_of_it(one: Path, at: int) -> None:
    history, page = one / FILE, 4096
    bytes_of_it = history.read_bytes()
    assert len(bytes_of_it) >= (at + 2) * page
    history.write_bytes(bytes_of_it[: at * page] + b"\xa5" * page + bytes_of_it[(at + 1) * page :])
    with pytest.raises(StoreError) as caught:
        export_history(one, one.with_name("o.zip"))
    assert str(caught.value).startswith(f"{history}: the history cannot be read: it is damaged")
    assert caught.value.exit_code == 2
    assert [path.name for path in one.parent.iterdir()] == ["one"]


def test_a_part_that_cannot_be_read_is_named_and_leaves_no_half_an_export(tmp_path: Path) -> None:
    absent, out = tmp_path / "absent", tmp_path / "o.zip"
    with pytest.raises(StoreError, match="cannot be read") as caught:
        write_bundle(out, [("archive/r/a.warc.gz", absent)], {})
    assert str(caught.value).startswith(f"{absent}: ")
    assert list(tmp_path.iterdir()) == []


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
