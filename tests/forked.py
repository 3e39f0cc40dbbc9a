"""Run the command in a child of the test's own process, which has imported the program already.

To start an interpreter, import the program and read the catalogue takes a second, and the tests run
the command hundreds of times. A child that is forked begins with all of that; it has its own
environment, streams and arguments, and what it does stays in it. Its workers are forked from the
server of the test's process, which has imported the readers: that is another second. Where the
system cannot fork, and where something is only read when an interpreter starts, it is started anew
as users start it.
"""

import asyncio
import gc
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from multiprocessing import forkserver, process, resource_tracker
from pkgutil import walk_packages
from typing import BinaryIO
from unittest.mock import patch

import audit
import config
import reports
import scrapers
from audit import door
from scrapers.workers import process as workers
from tests.places import ROOT

TIMEOUT = 120
"""Seconds after which a command is killed."""

_WARM = "tests.warm"
"""The module that compiles the catalogue when it is imported."""

_READ_AT_START = ("PYTHON", "LC_", "LANG", "LD_")
"""How variables begin that an interpreter reads when it starts."""

_READ_BY_WORKERS = ("TZ", "TMPDIR")
"""Variables that workers read; they have those of the server that they are forked from."""


def run_command(
    arguments: list[str], environment: Mapping[str, str], script: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run `audit` with arguments and an environment to its end; return its status and words.

    With a `script` that is run in its place; the first of the arguments is the file that holds it.

    Raises:
        subprocess.TimeoutExpired: it did not end within `TIMEOUT`.
    """
    if not _may_fork(environment):
        return subprocess.run(
            [sys.executable, "-P", *arguments] if script else arguments,
            capture_output=True,
            text=True,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            timeout=TIMEOUT,
            check=False,
        )
    _prepare()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        status = _status(_forked(arguments, environment, (out, err), script), arguments)
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode("utf-8").replace("\r\n", "\n"))
    return subprocess.CompletedProcess(arguments, status, *texts)


@cache
def _prepare() -> None:
    """Do once what each command would do: import the program, compile the catalogue, start servers."""
    for package in (audit, config, reports, scrapers):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    import_module(_WARM)
    preloaded = patch.object(workers, "PRELOADED", (*workers.PRELOADED, _WARM))
    with preloaded, patch.dict(os.environ, PYTHONPATH=str(ROOT)):
        workers.start_servers()


def _may_fork(environment: Mapping[str, str]) -> bool:
    """Tell whether a forked child is the same as a new interpreter."""
    names = {name for name in (*environment, *os.environ) if name.startswith(_READ_AT_START)}
    same = all(environment.get(name) == os.environ.get(name) for name in names)
    return sys.platform == "linux" and same and asyncio._get_running_loop() is None


def _forked(
    arguments: list[str],
    environment: Mapping[str, str],
    streams: tuple[BinaryIO, BinaryIO],
    script: str,
) -> int:
    """Start the child; return its process id."""
    sys.stdout.flush()
    sys.stderr.flush()
    if child := os.fork():
        return child
    status = 70
    # What the tests hold is not looked through for garbage, which would copy all of it.
    gc.freeze()
    try:
        _begin(arguments, environment, *streams)
        if script:
            exec(compile(script, arguments[0], "exec"), {"__name__": "__main__"})  # noqa: S102
        else:
            door.main()
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            # Nothing of the test's own process is to be ended here.
            os._exit(status)


def _begin(
    arguments: list[str], environment: Mapping[str, str], out: BinaryIO, err: BinaryIO
) -> None:
    """Make a child what a new process is: streams, environment, signals, no helpers of its own."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(
        2, "w", encoding="utf-8", errors="backslashreplace", closefd=False, buffering=1
    )
    for name in ("stdin", "stdout", "stderr"):
        setattr(sys, f"__{name}__", getattr(sys, name))
    same = all(os.environ.get(name) == environment.get(name) for name in _READ_BY_WORKERS)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv = list(arguments)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    logging.getLogger().handlers.clear()
    warnings.resetwarnings()
    warnings.simplefilter("ignore")
    _forget_threads()
    if same:
        _share_helpers()
    else:
        _forget_helpers()


def _forget_threads() -> None:
    """Have the child load Apprise anew: one that was used keeps threads, which are not here."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "apprise"]:
        del sys.modules[name]


def _share_helpers() -> None:
    """Have the child ask the helpers of the test's process, which it cannot wait for as its own."""
    vars(process)["_children"].clear()
    for owner in (forkserver, forkserver._forkserver):
        vars(owner)["ensure_running"] = lambda: None


def _forget_helpers() -> None:
    """Have the child start helpers of its own, not ask those of the test's process."""
    vars(process)["_children"].clear()
    vars(forkserver._forkserver).update(vars(forkserver.ForkServer()))
    vars(resource_tracker._resource_tracker).update(vars(resource_tracker.ResourceTracker()))


def _status(child: int, arguments: list[str]) -> int:
    """Wait for the child; return its exit status, below zero for the signal that ended it."""
    end = time.monotonic() + TIMEOUT
    while True:
        gone, status = os.waitpid(child, os.WNOHANG)
        if gone:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise subprocess.TimeoutExpired(arguments, TIMEOUT)
        time.sleep(0.01)
