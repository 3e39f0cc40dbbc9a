"""The lock of the data folder: the system's, ended with its process, explained in words."""

import errno
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from audit.model.errors import StoreError
from audit.store.lock import Lock, grab
from tests.places import ROOT as CHECKOUT

ROOT = str(CHECKOUT)
HOLDS = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from audit.model.errors import StoreError
from audit.store.lock import Lock
sys.stdin.readline()
lock = Lock(Path(sys.argv[1]))
try:
    lock.take()
except StoreError as error:
    print(f"refused {error}", flush=True)
    sys.exit(2)
print("taken", flush=True)
sys.stdin.readline()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """Start a process that takes the lock after a first line, and keeps it until a second one."""
    command = [sys.executable, "-c", HOLDS, str(folder), ROOT]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def go(running: subprocess.Popen[str]) -> None:
    """Send a line, for which the process waits."""
    assert running.stdin is not None
    running.stdin.write("\n")
    running.stdin.flush()


def heard(running: subprocess.Popen[str]) -> str:
    """Wait for the next line of the process."""
    assert running.stdout is not None
    return running.stdout.readline().strip()


def ended(running: subprocess.Popen[str]) -> int:
    """Wait for the end of the process, and give its status."""
    for stream in (running.stdin, running.stdout):
        if stream is not None:
            stream.close()
    return running.wait(timeout=30)


def unsupported(_handle: int) -> None:
    """Say what a network share without locks says."""
    raise OSError(errno.ENOTSUP, "not supported")


def test_of_several_that_start_at_the_same_instant_exactly_one_wins(tmp_path: Path) -> None:
    (tmp_path / "run.lock").write_text(
        json.dumps({"pid": 99_999_999, "host": socket.gethostname(), "start": "1"}), "utf-8"
    )
    running = [holder(tmp_path) for _ in range(6)]
    for each in running:
        go(each)
    words = [heard(each) for each in running]
    assert sorted(word.split(" ")[0] for word in words) == ["refused"] * 5 + ["taken"]
    assert all("another run" in word for word in words if word != "taken")
    for each in running:
        ended(each)


def test_the_lock_of_a_killed_process_is_free_though_its_words_are_left(tmp_path: Path) -> None:
    running = holder(tmp_path)
    go(running)
    assert heard(running) == "taken"
    with pytest.raises(StoreError, match=f"process {running.pid} on "):
        Lock(tmp_path).take()
    running.send_signal(signal.SIGKILL)
    ended(running)
    assert str(running.pid) in (tmp_path / "run.lock").read_text("utf-8")
    owner = json.loads((tmp_path / "run.lock").read_text("utf-8"))
    owner["pid"], owner["start"] = os.getpid(), ""  # a later process has its number by chance
    (tmp_path / "run.lock").write_text(json.dumps(owner), "utf-8")
    lock = Lock(tmp_path)
    lock.take()
    lock.release()
    assert list(tmp_path.iterdir()) == []


FORKS = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from audit.store.lock import Lock
lock = Lock(Path(sys.argv[1]))
lock.take()
if os.fork() == 0:
    print("forked", flush=True)
    sys.stdin.readline()
    os._exit(0)
os.kill(os.getpid(), 19)  # SIGSTOP: the parent stands still until it is killed
"""


def test_a_process_forked_off_does_not_keep_the_lock(tmp_path: Path) -> None:
    """A worker may outlive a run that was killed; the lock must not."""
    command = [sys.executable, "-c", FORKS, str(tmp_path), ROOT]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert heard(running) == "forked"
    with pytest.raises(StoreError, match="another run"):
        Lock(tmp_path).take()
    running.send_signal(signal.SIGKILL)
    running.wait(timeout=30)
    lock = Lock(tmp_path)
    lock.take()
    lock.release()
    go(running)
    ended(running)


def test_the_lock_of_another_machine_is_explained(tmp_path: Path) -> None:
    owner = {"pid": 12, "host": "elsewhere", "start": "1", "at": "2026-11-24 08:00"}
    (tmp_path / "run.lock").write_text(json.dumps(owner | {"how": "system"}), "utf-8")
    with pytest.raises(StoreError, match="on another machine") as caught:
        Lock(tmp_path).take()
    words = str(caught.value)
    assert "process 12 on elsewhere" in words
    assert "2026-11-24 08:00" in words
    assert "delete run.lock" in words


@pytest.mark.parametrize(
    "words", ["", "{", "[]", '{"pid": "x", "host": 1}', '{"pid": 1}', "[" * 5000, "\0" * 9000]
)
def test_words_that_say_nothing_keep_nobody_out(tmp_path: Path, words: str) -> None:
    (tmp_path / "run.lock").write_text(words, "utf-8")
    lock = Lock(tmp_path)
    lock.take()
    lock.release()


@pytest.mark.parametrize("kind", ["folder", "pipe", "link"])
def test_what_is_no_lock_file_is_refused_in_words(tmp_path: Path, kind: str) -> None:
    path, precious = tmp_path / "run.lock", tmp_path / "precious"
    precious.write_text("kept", "utf-8")
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(precious)
    with pytest.raises(StoreError, match=r"run\.lock: .*remove"):
        Lock(tmp_path).take()
    assert precious.read_text("utf-8") == "kept"
    assert path.exists()


def test_where_the_system_has_no_locks_the_file_itself_is_one(tmp_path: Path) -> None:
    first = Lock(tmp_path, unsupported)
    first.take()
    with pytest.raises(StoreError, match=f"process {os.getpid()}.*delete run.lock.claim"):
        Lock(tmp_path, unsupported).take()
    first.release()
    assert list(tmp_path.iterdir()) == []
    gone = {"pid": 99_999_999, "host": socket.gethostname(), "start": "1"}
    (tmp_path / "run.lock.claim").write_text(json.dumps(gone), "utf-8")
    again = Lock(tmp_path, unsupported)
    again.take()
    again.release()


def test_a_lock_that_was_given_back_is_not_held_by_whoever_waited_for_it(tmp_path: Path) -> None:
    """The file is removed while another has it open already: that one must look again."""
    first, released = Lock(tmp_path), list[bool]()

    def late(handle: int) -> None:
        if not released:
            released.append(True)
            first.release()
        grab(handle)

    first.take()
    second = Lock(tmp_path, late)
    second.take()
    with pytest.raises(StoreError, match="another run"):
        Lock(tmp_path).take()
    second.release()
