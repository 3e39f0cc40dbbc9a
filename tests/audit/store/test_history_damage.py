"""A history that is damaged, of an older version or read-only is read all the same."""

import os
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from audit.commands.again import _checked
from audit.model.errors import StoreError
from audit.store.missing import whole
from audit.store.schema import STEPS
from audit.store.sqlite import SqliteHistory
from tests.audit.store.disks import may_mount, with_mounts
from tests.audit.store.examples import COMPANIES, LIST, run
from tests.audit.store.folders import changed, filled, leave_a_journal, listed, older
from tests.audit.test_run import AUDIT, PLAIN
from tests.audit.test_run import run as command
from tests.forked import run_command

DAMAGED_TEXTS = [
    "{",
    "",
    "null",
    "[]",
    "{}",
    "[" * 100_000,
    '{"~":"result.Nothing"}',
    '{"~":"value.Reason","v":"no-such-word"}',
    '{"~":"result.CompanyResult","company":null}',
    '{"~":"datetime","v":"yesterday"}',
]


@pytest.mark.parametrize("text", DAMAGED_TEXTS)
@pytest.mark.parametrize("digest", [None, ""])
def test_a_damaged_row_costs_only_its_company(
    tmp_path: Path, text: str, digest: str | None
) -> None:
    """With the digest of what was saved, and as rows of older versions are, without one."""
    if "CompanyResult" in text and digest == "":
        text = text.replace("company", "firm")
    filled(tmp_path, "r1", "r2")
    changed(
        tmp_path,
        "UPDATE company SET result = ?, digest = coalesce(?, digest) "
        "WHERE run_id = 'r2' AND name = 'Acme'",
        text,
        digest,
    )
    with SqliteHistory.open(tmp_path) as history:
        loaded = history.load("r2")
        runs = {each.id: each.damaged for each in history.runs()}
        earlier = history.earlier("r3", COMPANIES[0])
    assert [each.company.name for each in loaded.results] == ["Borealis"]
    assert [note.what for note in loaded.notes] == ["Acme"]
    assert runs == {"r1": (), "r2": ("Acme",)}
    assert earlier.result is not None
    assert earlier.result.languages == ("r1",)
    assert ["r2" in note.detail for note in earlier.notes] == [True]
    acme = whole(loaded).results[0]
    assert acme.company.name == "Acme"
    assert [(note.reason, note.incomplete) for note in acme.notes] == [("storage", True)]


def test_a_single_changed_letter_in_a_figure_is_damage(tmp_path: Path) -> None:
    filled(tmp_path, "r1")
    query = "UPDATE company SET result = replace(result, '\"value\":3,', '\"value\":9,')"
    changed(tmp_path, f"{query} WHERE name = 'Acme'")
    with SqliteHistory.open(tmp_path) as history:
        assert history.runs()[0].damaged == ("Acme",)
        assert [each.company.name for each in history.load("r1").results] == ["Borealis"]


@pytest.mark.parametrize("column", ["as_of", "started_at"])
def test_a_run_whose_times_are_damaged_is_listed_and_refused_in_words(
    tmp_path: Path, column: str
) -> None:
    filled(tmp_path, "r1", "r2")
    changed(tmp_path, f"UPDATE run SET {column} = 'then' WHERE id = 'r1'")  # noqa: S608
    with SqliteHistory.open(tmp_path) as history:
        assert [each.damaged for each in history.runs()] == [("the times of the run",), ()]
        with pytest.raises(StoreError, match="run r1 is damaged"):
            history.load("r1")
        assert len(history.load("r2").results) == 2


def test_a_run_whose_list_is_damaged_is_read_from_its_results(tmp_path: Path) -> None:
    filled(tmp_path, "r1")
    changed(tmp_path, "UPDATE run SET competitors = '{' WHERE id = 'r1'")
    with SqliteHistory.open(tmp_path) as history:
        loaded = history.load("r1")
        assert history.runs()[0].damaged == ("the list of companies",)
    assert {each.company.name for each in loaded.results} == {"Acme", "Borealis"}
    assert [note.what for note in loaded.notes] == ["list of companies"]


def test_bytes_that_are_no_text_damage_one_row(tmp_path: Path) -> None:
    filled(tmp_path, "r1")
    query = "UPDATE company SET result = CAST(x'80fffe' AS TEXT) WHERE name = 'Acme'"
    changed(tmp_path, query)
    with SqliteHistory.open(tmp_path) as history:
        assert history.runs()[0].damaged == ("Acme",)
        assert [each.company.name for each in history.load("r1").results] == ["Borealis"]


def test_the_commands_name_what_is_damaged_and_go_on(tmp_path: Path) -> None:
    data = tmp_path / "audit-data"
    data.mkdir()
    filled(data, "r1")
    changed(data, "UPDATE company SET result = substr(result, 1, 90) WHERE name = 'Borealis'")
    file = listed(tmp_path)
    listing = command("history", file)
    assert listing.returncode == 0
    assert "is damaged and read without: Borealis" in listing.stdout
    results = command("report", file, "--format", "json", "-o", tmp_path / "o.json")
    assert results.returncode == 1
    assert "Borealis: incomplete: its line in the history could not be stored" in results.stderr
    assert "Acme" in (tmp_path / "o.json").read_text("utf-8")
    assert "Traceback" not in listing.stderr + results.stderr
    workbook = command("report", file, "-o", tmp_path / "o.xlsx")
    assert workbook.returncode == 1
    assert (tmp_path / "o.xlsx").stat().st_size > 0


def test_damaged_pages_are_said_in_words_with_the_path(tmp_path: Path) -> None:
    data = tmp_path / "audit-data"
    data.mkdir()
    filled(data, "r1")
    history = data / "history.sqlite3"
    content = bytearray(history.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)  # all pages but the first
    history.write_bytes(content)
    file = listed(tmp_path)
    for words in (["history"], ["report"], ["explain"]):
        more = ["Acme", "a"] if words == ["explain"] else []
        done = command(*words, file, *more)
        assert done.returncode == 2, words
        assert "history.sqlite3" in done.stderr
        assert "damaged" in done.stderr
        assert "Traceback" not in done.stderr
    assert history.read_bytes() == bytes(content)


def test_an_older_history_is_read_as_it_is_and_brought_up_to_date_with_a_copy(
    tmp_path: Path,
) -> None:
    older(tmp_path)
    before = (tmp_path / "history.sqlite3").read_bytes()
    with SqliteHistory.open(tmp_path) as history:
        assert history.load("new").results[0].company.name == "Acme"
        assert [each.damaged for each in history.runs()] == [()]
    assert [path.name for path in tmp_path.iterdir()] == ["history.sqlite3"]
    assert (tmp_path / "history.sqlite3").read_bytes() == before
    with SqliteHistory.open(tmp_path, write=True) as history:
        assert history.broken(LIST) is None
        assert history.begin(run("newer"), LIST).id == "newer"
        assert history.ids() == ("new", "newer")
    (copy,) = tmp_path.glob("history.sqlite3.before-*")
    with closing(sqlite3.connect(copy)) as backup:
        assert backup.execute("SELECT count(*) FROM company").fetchone() == (2,)


def test_the_copy_of_an_older_history_has_what_a_killed_run_left_in_the_journal(
    tmp_path: Path,
) -> None:
    older(tmp_path)
    code = (
        "import os, sqlite3, sys\n"
        "history = sqlite3.connect(sys.argv[1])\n"
        "history.execute(\"UPDATE run SET version = 'from the journal'\")\n"
        "history.commit()\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "history.sqlite3")], check=True)
    with SqliteHistory.open(tmp_path, write=True):
        pass
    (copy,) = tmp_path.glob("history.sqlite3.before-*")
    with closing(sqlite3.connect(copy)) as backup:
        assert backup.execute("SELECT version FROM run").fetchone() == ("from the journal",)


def read_only(data: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command while the data folder cannot be written to: by rights, or by its mount."""
    if os.geteuid() != 0:
        data.chmod(0o555)
        try:
            return command(*words)
        finally:
            data.chmod(0o755)
    if not may_mount():
        pytest.skip("as root, and no mounts of our own are allowed here")
    place = shlex.quote(str(data))
    begin = with_mounts(f"mount --bind {place} {place}", f"mount -o remount,ro,bind {place}")
    return run_command([AUDIT, *map(str, words)], PLAIN, begin=begin)


@pytest.mark.parametrize(
    ("version", "journal"),
    [(1, False), (len(STEPS), True)],
    ids=["old", "left by a killed run"],
)
def test_a_read_only_data_folder_can_be_read(tmp_path: Path, version: int, journal: bool) -> None:
    data = tmp_path / "audit-data"
    data.mkdir()
    if version == 1:
        older(data)
    else:
        filled(data, "new")
    if journal:
        leave_a_journal(data)
        (data / "history.sqlite3-shm").unlink()
        (data / "run.lock").unlink()
    file, before = listed(tmp_path), sorted(path.name for path in data.iterdir())
    listing = read_only(data, "history", file)
    assert listing.returncode == 0, listing.stderr
    assert "2 of 2" in listing.stdout
    assert ("late" in listing.stdout) is journal
    report = read_only(
        data, "report", file, "--run", "new", "--format", "json", "-o", tmp_path / "o.json"
    )
    assert report.returncode == 0, report.stderr
    proof = read_only(data, "explain", file, "Acme", "a", "--run", "new")
    assert proof.returncode == 0, proof.stderr
    replayed = read_only(
        data, "replay", file, "--run", "new", "--format", "json", "-o", tmp_path / "r.json"
    )
    assert replayed.returncode == 1, replayed.stderr
    assert sorted(path.name for path in data.iterdir()) == before
    refused = read_only(data, file)
    assert refused.returncode == 2
    assert "--data-dir" in refused.stderr
    for done in (listing, report, proof, replayed, refused):
        assert "Traceback" not in done.stderr


def test_commands_that_only_look_make_nothing(tmp_path: Path) -> None:
    file = listed(tmp_path)
    listing = command("history", file)
    assert (listing.returncode, "No run yet" in listing.stdout) == (0, True)
    for words in (["report"], ["replay"], ["explain"]):
        more = ["Acme", "a"] if words == ["explain"] else []
        done = command(*words, file, *more)
        assert (done.returncode, "no run yet" in done.stderr) == (2, True), done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["c.yaml"]
    data = tmp_path / "audit-data"
    data.mkdir()
    filled(data, "r1")
    command("history", file)
    command("report", file, "--format", "json")
    assert [path.name for path in data.iterdir()] == ["history.sqlite3"]


def test_an_archive_named_on_the_command_line_that_is_not_there_is_2(tmp_path: Path) -> None:
    data = tmp_path / "audit-data"
    data.mkdir()
    filled(data, "r1")
    done = command("replay", listed(tmp_path), "--warc", tmp_path / "none.warc.gz")
    assert done.returncode == 2
    assert "none.warc.gz: cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_is_no_archive_is_refused_and_not_waited_for(tmp_path: Path, kind: str) -> None:
    data = tmp_path / "audit-data"
    data.mkdir()
    filled(data, "r1")
    place = Path("/dev/zero") if kind == "device" else tmp_path / "x.warc.gz"
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    done = command("replay", listed(tmp_path), "--warc", place)
    assert done.returncode == 2
    assert "is no file" in done.stderr


def test_archives_are_found_from_where_they_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.warc.gz").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    assert _checked((Path("x.warc.gz"),)) == (tmp_path / "x.warc.gz",)
