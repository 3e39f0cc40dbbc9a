"""The history as a file: locked, refused where it is none of ours, sound after a kill."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from audit.model.errors import StoreError
from audit.store.sqlite import SqliteHistory
from tests.audit.store.examples import LIST, result, run
from tests.places import ROOT


def test_a_second_run_on_one_data_folder_is_refused_with_the_process(tmp_path: Path) -> None:
    with (
        SqliteHistory.open(tmp_path, write=True),
        pytest.raises(StoreError, match=f"process {os.getpid()}"),
    ):
        SqliteHistory.open(tmp_path, write=True)
    with SqliteHistory.open(tmp_path, write=True):
        pass


def test_the_lock_of_a_process_that_is_gone_is_taken_over(tmp_path: Path) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"],
        capture_output=True,
        text=True,
        check=True,
    )
    owner = {"pid": int(gone.stdout), "host": socket.gethostname(), "start": "1"}
    (tmp_path / "run.lock").write_text(json.dumps(owner), encoding="utf-8")
    with SqliteHistory.open(tmp_path, write=True):
        pass


def test_garbage_in_place_of_the_history_is_refused_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite3"
    file.write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match=r"history\.sqlite3"):
        SqliteHistory.open(tmp_path, write=True)
    assert file.read_bytes() == b"not a database" * 100
    assert not (tmp_path / "run.lock").exists()


def test_a_history_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    with SqliteHistory.open(tmp_path, write=True):
        pass
    connection = sqlite3.connect(tmp_path / "history.sqlite3")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="newer version"):
        SqliteHistory.open(tmp_path)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "history.sqlite3")
    connection.execute("CREATE TABLE other (x)")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="not a history"):
        SqliteHistory.open(tmp_path)


KILLED = """
import sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
from audit.store.sqlite import SqliteHistory
from tests.audit.store.examples import LIST, result, run
with SqliteHistory.open(Path({folder!r}), write=True) as history:
    history.begin(run(), LIST)
    history.save("r1", result())
    print("saved", flush=True)
    time.sleep(60)
"""


def test_a_killed_run_leaves_a_sound_history_and_can_be_resumed(tmp_path: Path) -> None:
    script = KILLED.format(root=str(ROOT), folder=str(tmp_path))
    running = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline().strip() == "saved"
    running.send_signal(signal.SIGKILL)
    running.wait()
    running.stdout.close()
    time.sleep(0.05)
    with SqliteHistory.open(tmp_path, write=True) as history:
        assert history.broken(LIST) == "r1"
        assert history.load("r1").results == (result(),)
    check = sqlite3.connect(tmp_path / "history.sqlite3")
    assert check.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    check.close()


def test_an_archive_that_was_left_keeps_its_name_from_a_new_run(tmp_path: Path) -> None:
    (tmp_path / "archive" / "r1-2").mkdir(parents=True)  # left by a run that was forgotten
    with SqliteHistory.open(tmp_path, write=True) as history:
        ids = [history.begin(run("r1"), LIST).id for _ in range(3)]
    assert ids == ["r1", "r1-3", "r1-4"]
