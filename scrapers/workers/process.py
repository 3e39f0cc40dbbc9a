"""What runs in a worker process, and how one is made; `pool.py` is the other side."""

import gc
import logging
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import context, forkserver, resource_tracker
from pathlib import PurePath
from threading import Lock
from traceback import extract_tb, format_exc
from types import ModuleType
from typing import Any

from scrapers.workers.packing import pickled

CPU_SECONDS = 5.0
"""CPU time for reading one answer."""

MEMORY_BYTES = 2 * 1024**3
"""Address space of a worker; a reader that wants more fails for its answer alone."""

_SAFE_PATH = "PYTHONSAFEPATH"
"""Python 3.11 and newer leave the current folder out of their path where this is set."""

_SELDOM = 50_000
"""Objects more than before from which on a worker looks for garbage: reading a page makes thousands
that are gone with it, as none holds another in a circle. To look for circles among those took a
twentieth of the time of a page."""

PRELOADED = (
    "scrapers.visit",
    "feedparser",
    "lxml.etree",
    "dateparser",
    "audit.crew.ready",
)
"""Imported once, before workers are made from it, where the system can fork safely.

The last is named only, as it stands above this room: it compiles the rules.
"""

_making = Lock()
"""Workers are started in several threads, and `sys.modules` is one for all of them."""


class Anew(context.SpawnProcess):
    """A process that begins anew, without the program that started it."""

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802 - the library's name
        """Start the process; multiprocessing calls this."""
        with _making, without_main(), _own_modules_only():
            return context.SpawnProcess._Popen(process_obj)  # noqa: SLF001 - how it is extended


class _Beginning(context.SpawnContext):
    Process = Anew


if sys.platform == "linux":

    class Forked(context.ForkServerProcess):
        """A process forked from the server, without the program that started that."""

        @staticmethod
        def _Popen(process_obj: Any) -> Any:  # noqa: N802 - the library's name
            """Start the process; multiprocessing calls this."""
            with _making, without_main(), _own_modules_only():
                return context.ForkServerProcess._Popen(process_obj)  # noqa: SLF001 - as above

    class _Forking(context.ForkServerContext):
        Process = Forked


def process_context() -> context.BaseContext:
    """Return the way in which workers are made.

    On Linux they are forked from a small process that has imported the readers: the main process
    has threads, so it must not be forked itself. Elsewhere forking is not safe or not there, and
    each begins anew.
    """
    if sys.platform != "linux":
        return _Beginning()
    forking = _Forking()
    forking.set_forkserver_preload(list(PRELOADED))
    return forking


@contextmanager
def without_main() -> Iterator[None]:
    """Have a new process not run the user's own script once more, as multiprocessing does.

    Jobs are functions of modules. A script without `if __name__ == "__main__"` would start a
    whole audit in each worker.
    """
    program = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = program


def start_servers() -> None:
    """Start, unheard, the processes that workers are made from and that clean up after a kill.

    Both have our standard error for good. If this process is killed they complain there: the
    tracker of what it frees, a half made worker that what it was to read has ended.
    """
    if sys.platform == "win32":
        return
    with _unheard(), _own_modules_only():
        resource_tracker.ensure_running()
        if sys.platform == "linux":
            process_context()
            forkserver.ensure_running()


@contextmanager
def _own_modules_only() -> Iterator[None]:
    """Have a new interpreter look for modules where this program lies, not where the user is.

    Python puts the current folder first for what is started by `-c`, as these processes are: a
    `random.py` or a folder `config` beside the user's list would be taken for ours.
    """
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        os.environ.pop(_SAFE_PATH)
        if before is not None:
            os.environ[_SAFE_PATH] = before


@contextmanager
def _unheard() -> Iterator[None]:
    """Lead standard output and errors nowhere for what is started; keep Ctrl-C from it."""
    signals = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    nowhere = os.open(os.devnull, os.O_WRONLY)
    kept = {number: os.dup(number) for number in (1, 2) if _is_open(number)}
    try:
        for number in kept:
            os.dup2(nowhere, number)
        yield
    finally:
        for number, copy in kept.items():
            os.dup2(copy, number)
            os.close(copy)
        os.close(nowhere)
        signal.pthread_sigmask(signal.SIG_SETMASK, signals)


def _is_open(number: int) -> bool:
    """Tell whether a number is that of an open file: a daemon may have no standard output."""
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def raised_at(error: BaseException) -> str:
    """Return file and line where an exception was raised, without its words: `html.py:120`."""
    at = extract_tb(error.__traceback__)[-1]
    return f"{PurePath(at.filename).name}:{at.lineno}"


@dataclass(slots=True)
class _Held:
    """What this worker has loaded, and the CPU time that it gives one job."""

    loaded: object = None
    cpu_seconds: float = CPU_SECONDS


_held = _Held()


def prepare(cpu_seconds: float, load: Callable[..., object], about: tuple[object, ...]) -> None:
    """Make a new process a worker: quiet, mortal, bounded, loaded.

    What it holds for good is frozen: looking for garbage there would write to each page of memory
    that it shares with the others (16 MB less in an audit of fifty sites).
    """
    # Without any handler Python writes warnings to standard error, which is the user's terminal.
    logging.getLogger().addHandler(logging.NullHandler())
    logging.raiseExceptions = False
    # The system's way. A handler of Python's own runs between two of its steps only: a run that is
    # broken off would wait here for the end of a regular expression.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _bound_memory()
    # What came from the process that this one is forked from; below, what it has loaded as well.
    gc.freeze()
    _held.loaded, _held.cpu_seconds = load(*about), cpu_seconds
    collect_seldom()


def collect_seldom() -> None:
    """Look for garbage in nothing that is there now, and seldom in what comes."""
    gc.freeze()
    gc.set_threshold(_SELDOM)


def _bound_memory() -> None:
    """Have a reader that wants too much memory fail; a tighter limit of the user's stays.

    Where the system has no such limit (macOS, Windows) there is none.
    """
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    # Never above the hard limit: only a privileged process may raise that, and a user's own limit
    # once ended every worker here.
    wanted = MEMORY_BYTES if most == resource.RLIM_INFINITY else min(MEMORY_BYTES, most)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
    with suppress(ValueError, OSError):  # a crash leaves no core file in the user's folder
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(payload: bytes) -> bytes:
    """Do a pickled job within its CPU time; return what became of it, pickled too.

    That is `(True, pickled result, CPU seconds)`, `(None, words, 0.0)` for too much memory, or
    `(False, (kind, place, trace), 0.0)` for an exception, which need not be picklable itself.
    """
    _count_down(_held.cpu_seconds)
    try:
        began = time.process_time()
        job, args = pickle.loads(payload)  # noqa: S301 - our own process wrote it
        value = pickled(job(_held.loaded, *args))
        return pickle.dumps((True, value, time.process_time() - began), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps((None, "reading it took more memory than one answer may", 0.0))
    except Exception as error:  # noqa: BLE001 - whatever a reader raises is its answer's
        return pickle.dumps((False, (type(error).__name__, raised_at(error), format_exc()), 0.0))
    finally:
        _count_down(0.0)


def _count_down(seconds: float) -> None:
    """Have the system end this process when it has used so much CPU time; 0 calls that off.

    Nobody catches SIGPROF, so it works inside a regular expression or a C library too.
    """
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


def nothing(loaded: object) -> None:
    """Do nothing; a worker that has done it is ready."""
    del loaded
