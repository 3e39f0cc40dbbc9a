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
import time
import warnings
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from multiprocessing import forkserver, process, resource_tracker
from pkgutil import walk_packages
from typing import Any
from unittest.mock import patch

import audit
import config
import reports
import scrapers
from audit import cli, door
from audit.measure import subjects
from audit.measure.themes.learning import load_scikit_learn
from audit.measure.themes.lexicon import lexicon
from audit.reading import reading_version
from config.catalogue import load_catalogue, load_platforms
from scrapers.kept.stamp import stamp_of
from scrapers.page.compiled import compiled
from scrapers.platforms import widget_hints
from scrapers.workers import process as workers
from tests.places import ROOT

TIMEOUT = 120
"""Seconds after which a command that is waited for is killed."""

_WARM = "tests.warm"
"""The module that compiles the catalogue when it is imported."""

_READ_AT_START = ("PYTHON", "LC_", "LANG", "LD_")
"""How variables begin that an interpreter reads when it starts."""

_READ_BY_WORKERS = ("TZ", "TMPDIR")
"""Variables that workers read; they have those of the server that they are forked from."""


def run_command(
    arguments: list[str],
    environment: Mapping[str, str],
    script: str = "",
    begin: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run `audit` with arguments and an environment to its end; return its status and words.

    See `started`.

    Raises:
        subprocess.TimeoutExpired: it did not end within `TIMEOUT`.
    """
    with started(arguments, environment, script, begin) as running:
        try:
            output, errors = running.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            running.kill()
            raise
    return subprocess.CompletedProcess(arguments, running.returncode, output, errors)


def started(
    arguments: list[str],
    environment: Mapping[str, str],
    script: str = "",
    begin: Callable[[], None] | None = None,
    stdout: int = subprocess.PIPE,
    stderr: int = subprocess.PIPE,
) -> subprocess.Popen[str]:
    """Start `audit` with arguments, an environment and streams as those of `Popen`.

    With a `script` that is run in its place; the first of the arguments is the file that holds it.
    What `begin` does to the process is done before anything else: a limit, a mount.
    """
    if _may_fork(environment):
        _prepare()
        return _Forked(arguments, environment, (stdout, stderr), script, begin)
    words = [sys.executable, "-P", *arguments] if script else arguments
    return subprocess.Popen(
        words,
        env=dict(environment),
        text=True,
        stdin=subprocess.DEVNULL,
        preexec_fn=begin,  # noqa: PLW1509 - a limit or a mount; nothing that a thread may hold
        stdout=stdout,
        stderr=stderr,
    )


class _Forked(subprocess.Popen[str]):
    """A process that is forked from this one, where a program would be started."""

    def __init__(
        self,
        words: list[str],
        environment: Mapping[str, str],
        streams: tuple[int, int],
        script: str,
        begin: Callable[[], None] | None,
    ) -> None:
        self._script, self._first = script, begin
        super().__init__(
            words,
            env=dict(environment),
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            stdout=streams[0],
            stderr=streams[1],
        )

    def _execute_child(self, *given: Any) -> None:
        """Fork; `subprocess` calls this to start the program, with its ends of the pipes."""
        words, environment, pipes = given[0], given[6], given[10:16]
        _, _, our_out, out, our_errors, errors = pipes
        ours = tuple(number for number in (our_out, our_errors) if number >= 0)
        self.pid = _forked(words, environment, (out, errors), ours, self._work)
        self._child_created = True
        self._close_pipe_fds(*pipes)  # type: ignore[attr-defined]  # as that of `Popen` does

    def _work(self) -> None:
        """Do in the child what the program would do."""
        if self._first is not None:
            self._first()
        if self._script:
            exec(compile(self._script, sys.argv[0], "exec"), {"__name__": "__main__"})  # noqa: S102
        else:
            door.main()


@cache
def _prepare() -> None:
    """Do once what each command would do: import the program, read its rules and its own source."""
    for package in (audit, config, reports, scrapers):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    import_module(_WARM)
    cli._program()
    load_platforms()
    subjects()
    lexicon("en")
    load_scikit_learn()
    for name in ("decomposition", "feature_extraction.text"):
        import_module(f"sklearn.{name}")
    reading_version()
    stamp_of(compiled(load_catalogue(), widget_hints())[0])
    start_servers()


@cache
def start_servers() -> None:
    """Start what workers are forked from, with the catalogue compiled, before any run does so."""
    preloaded = patch.object(workers, "PRELOADED", (*workers.PRELOADED, _WARM))
    with preloaded, patch.dict(os.environ, PYTHONPATH=str(ROOT)):
        workers.start_servers()


def _may_fork(environment: Mapping[str, str]) -> bool:
    """Tell whether a forked child is the same as a new interpreter."""
    names = {name for name in (*environment, *os.environ) if name.startswith(_READ_AT_START)}
    same = all(environment.get(name) == os.environ.get(name) for name in names)
    return sys.platform == "linux" and same and asyncio._get_running_loop() is None


def _forked(
    words: list[str],
    environment: Mapping[str, str],
    streams: tuple[int, int],
    ours: tuple[int, ...],
    work: Callable[[], None],
) -> int:
    """Start the child, which writes to `streams` and closes what is `ours`; return its id."""
    sys.stdout.flush()
    sys.stderr.flush()
    if child := os.fork():
        return child
    status = 70
    # What the tests hold is not looked through for garbage, which would copy all of it.
    gc.freeze()
    try:
        for number in ours:
            os.close(number)
        _begin(words, environment, *streams)
        work()
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            # Nothing of the test's own process is to be ended here.
            os._exit(status)


def _begin(arguments: list[str], environment: Mapping[str, str], out: int, err: int) -> None:
    """Make a child what a new process is: streams, environment, signals, no helpers of its own."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(out, 1)
    os.dup2(err, 2)
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
