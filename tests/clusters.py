"""Clusters of dask for tests: a scheduler and workers on loopback, each a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PLACES = 8
"""Visits that one worker makes at once."""


@dataclass
class Running:
    """A cluster whose processes can be ended and started one by one."""

    folder: Path
    port: int
    environment: Mapping[str, str]
    scheduler: "subprocess.Popen[bytes] | None" = None
    workers: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def start_scheduler(self) -> None:
        more = ["--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard"]
        self.scheduler = self._started("dask_scheduler", *more)
        for _ in range(600):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("the scheduler did not start")

    def start_worker(self) -> None:
        more = ["--nthreads", str(PLACES), "--no-nanny", "--no-dashboard", "--memory-limit", "0"]
        local = ["--local-directory", str(self.folder), "--host", "127.0.0.1"]
        self.workers.append(self._started("dask_worker", self.address, *more, *local))

    def kill_worker(self, which: int) -> None:
        """End a worker as a machine that loses its power would."""
        worker = self.workers.pop(which % len(self.workers))
        worker.kill()
        worker.wait()

    def kill_scheduler(self) -> None:
        assert self.scheduler is not None
        self.scheduler.kill()
        self.scheduler.wait()

    def stop(self) -> None:
        for process in filter(None, (*self.workers, self.scheduler)):
            process.kill()
            process.wait()

    def _started(self, program: str, *arguments: str) -> "subprocess.Popen[bytes]":
        log = (self.folder / f"{program}.log").open("ab")
        with log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{program}", *arguments],
                cwd=self.folder,
                env=dict(self.environment),
                stdout=log,
                stderr=log,
            )


@contextmanager
def running(folder: Path, workers: int, environment: Mapping[str, str]) -> Iterator[Running]:
    """Start a cluster of so many workers; nothing of it is left behind."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    cluster = Running(folder, port, environment)
    try:
        cluster.start_scheduler()
        for _ in range(workers):
            cluster.start_worker()
        yield cluster
    finally:
        cluster.stop()


def told(results: Path) -> str:
    """What a results file says, without what two runs cannot have in common.

    That are ids, times, and in which file and where in it an answer is kept.
    """
    text = results.read_text("utf-8")
    text = re.sub(r"\d{8}T\d{9}", "RUN", text)
    text = re.sub(r"(archive/RUN/[\w-]+)\.\d+\.warc\.gz#\d+", r"\1", text)
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)", "TIME", text)


def children(of: int) -> list[int]:
    """The processes that a process has started, and those that these have."""
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
            if parent == of:
                found += [int(entry.name), *children(int(entry.name))]
    return found


def is_alive(process: int) -> bool:
    """Tell whether there is such a process."""
    try:
        os.kill(process, 0)
    except OSError:
        return False
    state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    return state != "Z"


def interrupt(run: "subprocess.Popen[str]") -> None:
    """Press Ctrl-C."""
    run.send_signal(signal.SIGINT)
