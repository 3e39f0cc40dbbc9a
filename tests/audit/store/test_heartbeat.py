"""Signs of life: a dead owner on another machine does not hold a folder, a living one does."""

import json
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.model.errors import StoreError
from audit.store.heartbeat import DEAD_SECONDS, Heartbeat, silent_seconds
from audit.store.lock import Lock

ELSEWHERE = {"pid": 12, "host": "elsewhere", "start": "1", "at": "2026-11-24 08:00", "beat": 60.0}


def left(folder: Path, silent: float, **words: object) -> Path:
    """Leave a lock file as another machine would, last touched so many seconds ago."""
    path = folder / "run.lock"
    path.write_text(json.dumps(ELSEWHERE | {"how": "system"} | words), "utf-8")
    then = time.time() - silent
    os.utime(path, (then, then))
    return path


def until(true: Callable[[], bool]) -> None:
    while not true():
        time.sleep(0.01)


def test_a_lock_of_another_machine_that_gives_signs_of_life_is_held(tmp_path: Path) -> None:
    left(tmp_path, DEAD_SECONDS - 60)
    with pytest.raises(StoreError, match="process 12 on elsewhere") as caught:
        Lock(tmp_path).take()
    assert "2026-11-24 08:00" in str(caught.value)
    assert "15 minutes after its last sign of life" in str(caught.value)


def test_a_lock_of_another_machine_that_is_silent_is_taken_over(tmp_path: Path) -> None:
    path = left(tmp_path, DEAD_SECONDS + 60)
    lock = Lock(tmp_path)
    lock.take()
    assert json.loads(path.read_text("utf-8"))["host"] == socket.gethostname()
    lock.release()
    assert list(tmp_path.iterdir()) == []


def test_a_version_that_gave_no_signs_is_not_taken_for_dead(tmp_path: Path) -> None:
    path = left(tmp_path, 10 * DEAD_SECONDS)
    words = {key: word for key, word in ELSEWHERE.items() if key != "beat"}
    then = path.stat().st_mtime
    path.write_text(json.dumps(words), "utf-8")
    os.utime(path, (then, then))
    with pytest.raises(StoreError, match=r"delete run\.lock"):
        Lock(tmp_path).take()


@pytest.mark.parametrize("name", ["run.lock", "run.lock.claim"])
def test_a_lock_dated_ahead_is_held_as_long_as_any_from_the_first_look_on(
    tmp_path: Path, name: str
) -> None:
    path = left(tmp_path, -3 * 86_400).rename(tmp_path / name)

    def unsupported(_handle: int) -> None:
        raise OSError(95, "not supported")

    lock = Lock(tmp_path, unsupported)
    if name == "run.lock":
        lock = Lock(tmp_path)
    with pytest.raises(StoreError, match="another machine"):
        lock.take()
    later = tmp_path / "later"
    later.touch()
    # Dated anew; an hour is allowed for, as clocks are set back now and then.
    assert path.stat().st_mtime < later.stat().st_mtime + 3_600
    # A quarter of an hour later, as far as the file can tell.
    then = path.stat().st_mtime - DEAD_SECONDS - 60
    os.utime(path, (then, then))
    lock.take()
    lock.release()


def test_a_claim_of_another_machine_that_is_silent_is_cleared(tmp_path: Path) -> None:
    def unsupported(_handle: int) -> None:
        raise OSError(95, "not supported")

    claim = left(tmp_path, DEAD_SECONDS + 60, how="file").rename(tmp_path / "run.lock.claim")
    lock = Lock(tmp_path, unsupported)
    lock.take()
    assert json.loads(claim.read_text("utf-8"))["pid"] == os.getpid()
    lock.release()
    left(tmp_path, 60, how="file").rename(claim)
    with pytest.raises(StoreError, match="on elsewhere"):
        Lock(tmp_path, unsupported).take()


def test_whoever_was_taken_for_dead_leaves_the_lock_of_the_next_one(tmp_path: Path) -> None:
    lock = Lock(tmp_path)
    lock.take()
    path = tmp_path / "run.lock"
    path.write_text(json.dumps(ELSEWHERE), "utf-8")
    lock.release()
    assert json.loads(path.read_text("utf-8"))["host"] == "elsewhere"


def test_an_owner_touches_its_files_until_it_stops(tmp_path: Path) -> None:
    path, gone = tmp_path / "run.lock", tmp_path / "gone"
    path.touch()
    os.utime(path, (0, 0))
    heart = Heartbeat((gone, path), lambda: True, every=0.01)
    until(lambda: path.stat().st_mtime > 0)
    heart.stop()
    os.utime(path, (0, 0))
    time.sleep(0.05)
    assert path.stat().st_mtime == 0
    assert not gone.exists()


def test_an_owner_that_lost_its_lock_touches_nothing(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    path.touch()
    os.utime(path, (0, 0))
    Heartbeat((path,), lambda: False, every=0.01).stop()
    assert path.stat().st_mtime == 0


def test_silence_is_told_by_the_clock_of_the_folder_and_leaves_nothing(tmp_path: Path) -> None:
    path = left(tmp_path, 500)
    assert 490 < silent_seconds(path) < 600
    assert list(tmp_path.iterdir()) == [path]
    assert silent_seconds(tmp_path / "none" / "run.lock") == 0
