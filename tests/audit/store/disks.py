"""Disks that are full, and runs whose data folder meets with something while they go on."""

import ctypes
import json
import os
import random
import resource
import shlex
import signal
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit import api
from audit.commands.progress import watching
from audit.model.result import Snapshot
from audit.store.sqlite import FILE
from tests.audit.test_run import AUDIT, PLAIN
from tests.forked import started
from tests.hostile import Route, page, serving

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
LIMIT = 300_000
"""So many bytes a file may have on the full disks of the tests."""

LARGE = random.Random(7).randbytes(LIMIT).hex().encode()  # noqa: S311  # the same each time
"""Noise that cannot be made much smaller: an archive that is packed is full of it too."""

WORDS = {"/about/": b"<p>About us.</p>"}
FILLER = "filler"

Act = Callable[[Path], None]
"""Does something to a data folder."""


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size: a quota, or a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@dataclass
class Run:
    """A run in the making: what the sites do to its data folder when they are asked."""

    folder: Path
    done: list[str] = field(default_factory=list)
    running: subprocess.Popen[str] | None = None

    @property
    def data(self) -> Path:
        """The data folder as the running program sees it, whose mounts may be its own."""
        folder = self.folder / "audit-data"
        if self.running is None or not (self.folder / "mounted").exists():
            return folder
        return Path(f"/proc/{self.running.pid}/root{folder}")

    def company(
        self, acts: Mapping[str, Act], bodies: Mapping[str, bytes]
    ) -> dict[str, Route | list[Route]]:
        """Give the pages of a company: all are linked from the first, some do something first."""
        links = "".join(f"<li><a href='{path}'>About us {path}</a></li>" for path in bodies)
        start = page(f"<title>Start</title><nav><ul>{links}</ul></nav><p>Hello.</p>")
        pages = {"/": start, **{path: page(body) for path, body in bodies.items()}}

        def route(path: str) -> Route:
            def send(connection: socket.socket, _head: bytes) -> None:
                if path in acts:
                    acts[path](self.data)
                    self.done.append(path)
                connection.sendall(pages[path])

            return send

        return {path: route(path) for path in pages}

    def go(
        self, sites: Mapping[str, str], begin: Callable[[], None] | None = None
    ) -> tuple[int, str]:
        """Run over these sites, one company after the other; give status and words.

        `begin` is done in the process of the run first, such as to set a limit.
        """
        file, out = self.folder / "c.yaml", self.folder / "o.json"
        write_list(file, sites)
        (self.folder / "audit-data").mkdir(exist_ok=True)
        command = [AUDIT, str(file), "--allow-private-hosts", "-o", str(out), "--format", "json"]
        self.running = started(command, PLAIN, begin=begin)
        output, errors = self.running.communicate(timeout=120)
        for complaint in ("Traceback", "Logging error", "Exception ignored"):
            assert complaint not in output + errors
        return self.running.returncode, errors

    def reasons(self) -> dict[str, list[tuple[str, str]]]:
        """Read what is incomplete of each company out of the results file."""
        results = json.loads((self.folder / "o.json").read_text("utf-8"))
        return {
            company["name"]: [(row["what"], row["reason"]) for row in company["reasons"]]
            for company in results["companies"]
        }


def write_list(file: Path, sites: Mapping[str, str]) -> None:
    """Write a list of companies: names with the roots of their sites."""
    rows = "".join(f"- {{name: {name}, website: {url}/}}\n" for name, url in sites.items())
    file.write_text(f"settings: {{delay_seconds: 0}}\ncompanies:\n{rows}", encoding="utf-8")


def audited(folder: Path) -> Snapshot:
    """Run over the companies One, Two and Three within this process."""
    with serving(Run(folder).company({}, WORDS)) as site:
        file = folder / "c.yaml"
        write_list(file, dict.fromkeys(("One", "Two", "Three"), site.url))
        options = api.Options(data_dir=folder, allow_private_hosts=True)
        with watching(quiet=True, verbose=False) as watcher:
            return api.run(api.load(file), options, watcher)


def hold(data: Path) -> None:
    """Lock the history as another program may, until it is told to let go."""
    _HOLDING.append(sqlite3.connect(data / FILE, check_same_thread=False))
    _HOLDING[-1].execute("BEGIN IMMEDIATE")


def let_go() -> None:
    """Give back every history that is held."""
    while _HOLDING:
        _HOLDING.pop().close()


_HOLDING: list[sqlite3.Connection] = []

_NEW_MOUNTS = 0x00020000
"""CLONE_NEWNS: a process that asks for it has mounts of its own from then on."""


def may_mount() -> bool:
    """Tell whether a process of ours may have mounts of its own."""
    asked = subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False)
    return asked.returncode == 0 and os.geteuid() == 0


def with_mounts(*commands: str) -> Callable[[], None]:
    """Return what gives a process mounts of its own, and does these commands of the shell."""

    def mount() -> None:
        if ctypes.CDLL(None).unshare(_NEW_MOUNTS) != 0:
            raise RuntimeError("no mounts of its own")
        for command in ("mount --make-rprivate /", *commands):
            subprocess.run(shlex.split(command), check=True)

    return mount


def limited(size: int) -> Callable[[], None]:
    """Return what lets no file of a process grow beyond a size."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def mounted(run: Run, size: int) -> Callable[[], None]:
    """Give a run a small disk of its own, of `size` kB; skipped by name where not allowed."""
    if not may_mount():
        pytest.skip("a small disk needs root and mounts of its own")
    (run.folder / "mounted").touch()
    data = run.folder / "audit-data"
    data.mkdir(exist_ok=True)
    return with_mounts(f"mount -t tmpfs -o size={size}k none {shlex.quote(str(data))}")


def fill(data: Path) -> None:
    """Fill a disk to its last byte."""
    with (data / FILLER).open("wb", buffering=0) as out:
        for size in (65_536, 4096, 1):
            with _until_full():
                while True:
                    out.write(b"\0" * size)


@contextmanager
def _until_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        assert error.errno == 28  # noqa: PT017  # the condition that is waited for


def clear(data: Path) -> None:
    """Make room on the disk again."""
    (data / FILLER).unlink()
