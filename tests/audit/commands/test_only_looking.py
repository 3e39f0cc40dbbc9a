"""Commands that only look leave the history as it lies there, also after a run was killed."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from audit.store.sqlite import SqliteHistory
from tests.audit.store.examples import LIST, NOW, result, run
from tests.audit.store.folders import filled, leave_a_journal, listed
from tests.audit.test_run import run as command


def contents(data: Path) -> dict[str, bytes]:
    """Read the files of the history, by name."""
    return {path.name: path.read_bytes() for path in data.glob("history.sqlite3*")}


@pytest.mark.parametrize(
    "words",
    [
        ["history"],
        ["report", "--run", "new", "--format", "json", "-o", "o.json"],
        ["explain", "Acme", "a", "--run", "new"],
        ["replay", "--run", "new", "--format", "json", "-o", "r.json"],
    ],
    ids=lambda words: words[0],
)
def test_what_a_killed_run_left_is_read_and_left(tmp_path: Path, words: list[str]) -> None:
    data = tmp_path / "audit-data"
    data.mkdir()
    filled(data, "new")
    leave_a_journal(data)
    before = contents(data)
    assert set(before) == {"history.sqlite3", "history.sqlite3-wal", "history.sqlite3-shm"}
    options = [str(tmp_path / word) if word.endswith(".json") else word for word in words[1:]]
    done = command(words[0], listed(tmp_path), *options)
    assert done.returncode in (0, 1), done.stderr
    assert contents(data) == before
    if words[0] == "history":
        assert "late" in done.stdout


HALF = """
import os, sqlite3, sys
history = sqlite3.connect(sys.argv[1], isolation_level=None)
history.execute("PRAGMA journal_mode = DELETE")
history.execute("PRAGMA cache_size = 1")
history.execute("PRAGMA cache_spill = 1")
history.execute("BEGIN")
history.execute("UPDATE company SET website = hex(randomblob(9000))")
os._exit(0)
"""


def test_a_journal_of_the_older_kind_is_taken_back_in_the_copy_only(tmp_path: Path) -> None:
    filled(tmp_path, "new")
    file = str(tmp_path / "history.sqlite3")
    subprocess.run([sys.executable, "-c", HALF, file], check=True)
    before = contents(tmp_path)
    assert before["history.sqlite3-journal"]
    with SqliteHistory.open(tmp_path) as history:
        assert len(history.load("new").results) == 2
    assert contents(tmp_path) == before


def test_a_run_that_goes_on_is_looked_at_without_disturbing_it(tmp_path: Path) -> None:
    with SqliteHistory.open(tmp_path, write=True) as running:
        running.begin(run("r1"), LIST)
        running.save("r1", result())
        before = contents(tmp_path)
        with SqliteHistory.open(tmp_path) as history:
            assert len(history.load("r1").results) == 1
        assert contents(tmp_path) == before
        running.finish("r1", NOW)
        with SqliteHistory.open(tmp_path) as history:
            assert history.latest() == "r1"
    with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("name", ["history", "export", "changes"])
def test_a_list_that_is_not_there_has_not_the_history_of_another(tmp_path: Path, name: str) -> None:
    data = tmp_path / "audit-data"
    data.mkdir()
    filled(data, "new")
    file = listed(tmp_path)
    for wrong, told in (
        (tmp_path / "nofile.yaml", "no such file"),
        (file.with_name(f"x{file.name}"), f"did you mean {file}?"),
        (data, "this is a folder"),
    ):
        done = command(name, wrong)
        assert (done.returncode, told in done.stderr, done.stdout) == (2, True, "")
    assert not list(tmp_path.glob("*.zip"))
    asked = command("history", tmp_path / "nofile.yaml", "--data-dir", data)
    assert (asked.returncode, "new" in asked.stdout) == (0, True)
