"""Audits on real clusters of dask: the same result, the same manners, whatever dies meanwhile.

They take minutes, so `make test` leaves them out; `make test-real SITE=cluster` runs them.
"""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.audit.test_run import AUDIT, PLAIN
from tests.clusters import Running, children, is_alive, running, told
from tests.conftest import listed
from tests.watched_web import Watched, watched_web

pytestmark = pytest.mark.cluster

DELAY = 0.05
MOST_SECONDS = 400
MOMENTS = tuple(range(10))


@dataclass
class Stage:
    """The invented web, watched, with its list, and what one process says of it."""

    watched: Watched
    file: Path
    alone: str
    asked_alone: dict[str, list[str]]

    def begun(
        self, folder: Path, *more: str, command: Sequence[str] = ()
    ) -> "subprocess.Popen[str]":
        """Begin an audit of the list."""
        self.watched.forget()
        return subprocess.Popen(
            [*(command or _command(self.file, folder)), *more],
            env=PLAIN,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def wait_for_requests(self, run: "subprocess.Popen[str]") -> None:
        """Wait until the first server is asked for anything."""
        while not self.watched.visited:
            assert run.poll() is None, run.communicate()[0]
            time.sleep(0.05)


def _command(file: Path, folder: Path) -> list[str]:
    fixed = ["--allow-private-hosts", "--as-of", "2026-11-24", "--format", "json"]
    place = ["--output", str(folder / "results.json"), "--data-dir", str(folder / "audit-data")]
    return [AUDIT, str(file), *fixed, *place]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The web, audited once by one process."""
    folder = tmp_path_factory.mktemp("alone")
    with watched_web() as watched:
        file = listed(watched.web, folder, delay_seconds=DELAY)
        stage = Stage(watched, file, "", {})
        words, status = _ended(stage.begun(folder))
        assert status in (0, 1), words
        stage.alone = told(folder / "results.json")
        stage.asked_alone = {root: sorted(seen.asked) for root, seen in watched.visited.items()}
        yield stage


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_any_number_of_processes_says_what_one_does_and_asks_no_more(
    stage: Stage, tmp_path: Path, workers: int
) -> None:
    run = stage.begun(tmp_path, "--cluster", f"local:{workers}")
    words, status = _ended(run)
    assert status in (0, 1), words
    assert told(tmp_path / "results.json") == stage.alone
    _polite(stage.watched)
    asked = {root: sorted(seen.asked) for root, seen in stage.watched.visited.items()}
    assert asked == stage.asked_alone


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_worker_that_is_killed_loses_nothing_and_doubles_nothing(
    stage: Stage, tmp_path: Path, moment: int
) -> None:
    chance = random.Random(moment)  # noqa: S311 - the same moments each time

    def kill(cluster: Running) -> None:
        time.sleep(chance.uniform(0.0, 8.0))
        cluster.kill_worker(chance.randrange(2))
        cluster.start_worker()

    _same_although(stage, tmp_path, kill)


def test_a_scheduler_that_is_started_anew_is_gone_on_with(stage: Stage, tmp_path: Path) -> None:
    def restart(cluster: Running) -> None:
        time.sleep(2.0)
        cluster.kill_scheduler()
        for _ in range(2):
            cluster.kill_worker(0)
        cluster.start_scheduler()
        for _ in range(2):
            cluster.start_worker()

    _same_although(stage, tmp_path, restart)


IMPATIENT = "import audit.crew.dask as d; d.BACK_SECONDS = 1.0; from audit.door import main; main()"
"""The command, where a scheduler that went away is waited for no longer than a second."""


def test_a_scheduler_that_stays_away_breaks_the_run_off_and_resume_goes_on_without(
    stage: Stage, tmp_path: Path
) -> None:
    with running(tmp_path, 1, PLAIN) as cluster:
        begin = [sys.executable, "-c", IMPATIENT, *_command(stage.file, tmp_path)[1:]]
        run = stage.begun(tmp_path, "--cluster", cluster.address, command=begin)
        stage.wait_for_requests(run)
        cluster.kill_scheduler()
        words, status = _ended(run)
    assert status == 130, words
    assert "did not come back; what is finished is saved" in words
    assert "Traceback" not in words, words
    words, status = _ended(stage.begun(tmp_path, "--resume"))
    assert status in (0, 1), words
    assert told(tmp_path / "results.json") == stage.alone


def _same_although(stage: Stage, folder: Path, happens: Callable[[Running], None]) -> None:
    """Hold the result of a run on two workers, in which something happens, against that of one."""
    with running(folder, 2, PLAIN) as cluster:
        run = stage.begun(folder, "--cluster", cluster.address)
        stage.wait_for_requests(run)
        happens(cluster)
        words, status = _ended(run)
    assert status in (0, 1), words
    assert told(folder / "results.json") == stage.alone
    _polite(stage.watched)


def test_ctrl_c_ends_all_and_resume_goes_on(stage: Stage, tmp_path: Path) -> None:
    run = stage.begun(tmp_path, "--cluster", "local:2")
    stage.wait_for_requests(run)
    time.sleep(1.0)
    family = children(run.pid)
    assert len(family) >= 2
    run.send_signal(signal.SIGINT)
    words, status = _ended(run)
    assert status == 130, words
    assert "Traceback" not in words, words
    _gone(family)
    left = [path.name for path in (tmp_path / "audit-data").iterdir()]
    assert not [name for name in left if name.startswith(".cluster")]
    words, status = _ended(stage.begun(tmp_path, "--cluster", "local:2", "--resume"))
    assert status in (0, 1), words
    assert told(tmp_path / "results.json") == stage.alone


def test_a_run_that_is_killed_leaves_no_process_behind(stage: Stage, tmp_path: Path) -> None:
    run = stage.begun(tmp_path, "--cluster", "local:2")
    stage.wait_for_requests(run)
    family = children(run.pid)
    run.kill()
    run.communicate()
    _gone(family)


def test_a_cluster_that_cannot_be_used_is_named_before_anything_is_fetched(
    stage: Stage, tmp_path: Path
) -> None:
    words, status = _ended(stage.begun(tmp_path, "--cluster", "tcp://127.0.0.1:9"))
    assert status == 2
    assert "there is no scheduler that answers" in words
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with running(tmp_path, 0, PLAIN) as cluster:
        words, status = _ended(stage.begun(tmp_path, "--cluster", cluster.address))
        assert (status, "has no workers; start some" in words) == (2, True), words
        other = elsewhere / "audit"
        other.mkdir()
        (other / "__init__.py").write_text('__version__ = "0"\n', "utf-8")
        cluster.environment = {**PLAIN, "PYTHONPATH": str(elsewhere)}
        cluster.start_worker()
        words, status = _ended(stage.begun(tmp_path, "--cluster", cluster.address))
    assert status == 2, words
    assert "install it on all machines" in words
    assert not stage.watched.visited


def test_keys_are_not_sent_where_others_could_read_them(stage: Stage, tmp_path: Path) -> None:
    with running(tmp_path, 1, PLAIN) as cluster:
        run = subprocess.run(
            [*_command(stage.file, tmp_path), "--cluster", cluster.address],
            env={**PLAIN, "GITHUB_TOKEN": "ghp_notforotherstoread"},
            capture_output=True,
            text=True,
            check=False,
            timeout=MOST_SECONDS,
        )
    assert "Your keys (GITHUB_TOKEN) were not sent" in run.stderr
    assert told(tmp_path / "results.json") == stage.alone


def _ended(run: "subprocess.Popen[str]") -> tuple[str, int]:
    """What a run has said, and its status."""
    try:
        words = run.communicate(timeout=MOST_SECONDS)[0]
    except subprocess.TimeoutExpired:
        run.kill()
        raise
    return words, run.returncode


def _gone(family: list[int]) -> None:
    """Wait until none of these processes is there any more."""
    until = time.monotonic() + 30
    while (left := [each for each in family if is_alive(each)]) and time.monotonic() < until:
        time.sleep(0.2)
    assert not left


def _polite(watched: Watched) -> None:
    """Hold what the servers have seen against what they may expect."""
    for root, seen in watched.visited.items():
        assert seen.asked[0] == "/robots.txt", root
        assert seen.most_open == 1, root
        assert seen.shortest >= 0.98 * DELAY, root
