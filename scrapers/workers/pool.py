"""Read what came from outside in worker processes: no answer takes more than its share of time.

A body within the size limits can still take a reader minutes (a regular expression that is
quadratic, nesting, a codec). In one process that would stop every company and even Ctrl-C. So
each answer is read in a worker that the system ends when its CPU time is used up; that costs
the answer, and nobody else waits.
"""

import asyncio
import errno
import logging
import os
import pickle
import signal
import sys
from collections.abc import AsyncIterator, Callable
from concurrent.futures import BrokenExecutor
from concurrent.futures import TimeoutError as LateError
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from threading import Thread
from types import TracebackType
from typing import Generic, Self, TypeVar, cast

from pebble import ProcessExpired, ProcessPool

from audit.model.errors import AuditError
from audit.model.value import Reason
from scrapers.workers.packing import pickled
from scrapers.workers.process import (
    CPU_SECONDS,
    nothing,
    prepare,
    process_context,
    serve,
    start_servers,
)
from scrapers.workers.readers import ANYWHERE, FaultError, OverrunError

log = logging.getLogger(__name__)

WALL_SECONDS = 60.0 if hasattr(signal, "setitimer") else 15.0
"""Where the system cannot count CPU time (Windows), and where a worker waits for nothing."""

START_SECONDS = 60.0
"""A worker that has not loaded the rules by then will not."""

LOST_SECONDS = WALL_SECONDS + 10.0
"""A worker that is silent for so long is given up with its pool."""

END_SECONDS = 10.0
"""Workers that are told to end and are not gone by then are not waited for."""

MOST_WORKERS = 8
ANSWER_BYTES = 4 * 1024 * 1024
"""What is taken over of one answer, forty times what the largest of 600 real pages takes."""


T = TypeVar("T")
L = TypeVar("L")
L_co = TypeVar("L_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """A job that is done: its result, where, in how much CPU time, and how large it is."""

    value: T
    place: int
    seconds: float
    size: int


class Workers(Generic[L]):
    """The workers of a run; use it with `async with`.

    `load(*about)` is called once in each worker; its result is the first argument of every job.
    """

    def __init__(
        self, loaded: L, load: Callable[..., L], *about: object, cpu_seconds: float = CPU_SECONDS
    ) -> None:
        """Name what is loaded here and how a worker loads it; nothing is started yet."""
        self.loaded, self.waited = loaded, 0.0
        self._load, self._about, self._cpu_seconds = load, about, cpu_seconds
        self._workers = [_Worker(self._pool) for _ in range(_count())]
        self._idle: list[int] = []
        self._gate, self._hungry = asyncio.Semaphore(0), asyncio.Semaphore(0)
        self._failed: list[BaseException] = []
        self._serving = 0
        self._first: asyncio.Future[None] | None = None

    async def __aenter__(self) -> Self:
        """Start the workers, and go on when the first of them is ready.

        Raises:
            AuditError: none can be started on this machine.
        """
        loop = asyncio.get_running_loop()
        self._first = loop.create_future()
        start_servers()
        for place in range(len(self._workers)):
            Thread(target=self._start, args=(place, loop), daemon=True).start()
        try:
            await self._first
        except BaseException:
            self._stop()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End the workers at once, whatever they are doing."""
        self._stop()

    def _stop(self) -> None:
        """End all workers, and wait for them together: one after the other would add up.

        The wait has an end: pebble 5.2.3 waits for ever for a pool whose threads could not all be
        started, as on a machine without memory. What is left then ends with this program.
        """
        for worker in self._workers:
            worker.stop()
        waiting = Thread(target=self._join, daemon=True)
        with suppress(RuntimeError):  # no thread can be started: nothing to wait with
            waiting.start()
            waiting.join(END_SECONDS)
            if waiting.is_alive():
                log.warning("the workers did not end within %d s", END_SECONDS)

    def _join(self) -> None:
        """Wait until all workers are gone."""
        for worker in self._workers:
            worker.join()

    def renew(self) -> None:
        """Do nothing: whoever uses the workers directly has no share of them that could end."""

    async def run(self, job: Callable[..., T], *args: object) -> T:
        """Run a job in the next free worker; see `Readers.run`."""
        return (await self.run_near(ANYWHERE, job, *args))[0]

    async def run_near(self, place: int, job: Callable[..., T], *args: object) -> tuple[T, int]:
        """Run a job in the worker at `place` if it is free, else in another."""
        done = await self.do(place, job, args)
        return done.value, done.place

    async def do(
        self,
        place: int,
        job: Callable[..., T],
        args: tuple[object, ...],
        *,
        hungry: bool = False,
        room: float = ANSWER_BYTES,
        most: int = ANSWER_BYTES,
    ) -> "Job[T]":
        """Run a job, best at `place`.

        A `hungry` one leaves a worker to others; a result of more than `room` bytes, or `most` of
        one job, is an overrun.
        """
        payload = pickled((job, args))
        async with AsyncExitStack() as turns:
            if hungry:
                await turns.enter_async_context(self._hungry)
            at = await turns.enter_async_context(self._turn(place))
            answer = await self._workers[at].call(payload)
        # Counted before it is unpickled: what is too much must not become objects here.
        if len(answer) > min(room, most):
            raise OverrunError(Reason.TOO_LARGE, "it says more than is kept of one company")
        value, seconds = _opened(answer)
        return Job(cast("T", value), at, seconds, len(answer))

    @asynccontextmanager
    async def _turn(self, place: int) -> AsyncIterator[int]:
        """Wait for a free worker, in the order of asking; give `place` if that one is free."""
        async with self._gate:
            at = place if place in self._idle else self._idle[0]
            self._idle.remove(at)
            try:
                yield at
            finally:
                self._idle.append(at)

    def _start(self, place: int, loop: asyncio.AbstractEventLoop) -> None:
        """Start one worker, in a thread that the end of the program does not wait for."""
        failure: BaseException | None = None
        # Ctrl-C is for the run: a process inherits what the thread that starts it has blocked.
        if sys.platform != "win32":
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self._workers[place].start()
        except Exception as error:  # noqa: BLE001 - told to whoever waits for the first worker
            failure = error
        with suppress(RuntimeError):  # the run has ended meanwhile
            loop.call_soon_threadsafe(self._started, place, failure)

    def _ready(self, place: int) -> None:
        """Put a worker into service; all but one serve those too that take much."""
        self._idle.append(place)
        self._gate.release()
        self._serving += 1
        if self._serving != 2:  # the second one is the one that hungry jobs leave to others
            self._hungry.release()

    def _started(self, place: int, failure: BaseException | None) -> None:
        """Hear from a worker's thread, in that of the run, how its start went.

        The run goes on with the first one that is ready, and ends where none of them is.
        """
        if failure is None:
            self._ready(place)
        elif self._workers[place].closing:  # the run was over before this one was ready
            return
        else:
            log.error("a worker could not be started", exc_info=failure)
            self._failed.append(failure)
        if self._first is None or self._first.done():
            return
        if failure is None:
            self._first.set_result(None)
        elif len(self._failed) == len(self._workers):
            self._first.set_exception(_unstarted(failure))

    def _pool(self) -> ProcessPool:
        """Return a pool of one: its death is that of the job it ran, and of no other."""
        return ProcessPool(
            max_workers=1,
            initializer=prepare,
            initargs=(self._cpu_seconds, self._load, self._about),
            context=process_context(),
        )


class _Worker:
    """One worker process; a new one takes its place when it ends."""

    def __init__(self, make: Callable[[], ProcessPool]) -> None:
        """Take a way to make the pool of one process; nothing is started yet.

        `closing`: it is being ended, so that a start under way comes to nothing.
        """
        self._make = make
        self._pool: ProcessPool | None = None
        self.closing = False

    def start(self) -> None:
        """Start the process and wait until it has loaded what it needs."""
        self._pool = self._make()
        loaded = self._pool.schedule(serve, (pickle.dumps((nothing, ())),))
        loaded.result(START_SECONDS)

    async def call(self, payload: bytes) -> bytes:
        """Have one job done; return what `serve` made of it.

        Raises:
            OverrunError: the job took too long or too much, or its worker was lost.
            FaultError: the worker ended for another reason.
        """
        if self._pool is None:
            raise RuntimeError("the workers are not started")
        limit = asyncio.timeout(LOST_SECONDS)
        try:
            doing = self._pool.schedule(serve, (payload,), timeout=WALL_SECONDS)
            async with limit:
                return await asyncio.wrap_future(doing)
        except ProcessExpired as error:
            raise _ended(error) from error
        except LateError as error:  # asyncio's TimeoutError is the same class
            if limit.expired():
                self._renew()
            raise OverrunError(Reason.TIMEOUT, "reading it took too long") from error
        # RuntimeError is what pebble 5.2.3 raises for a pool that is not active any more.
        except (BrokenExecutor, RuntimeError) as error:
            self._renew()
            raise OverrunError(Reason.TIMEOUT, "the worker that read it was lost") from error

    def _renew(self) -> None:
        """Put a new process in place of one that was lost, unless all are being ended."""
        if self.closing or self._pool is None:
            return
        log.warning("a worker was lost; another takes its place")
        self._pool.stop()  # type: ignore[no-untyped-call]  # as below
        self._pool = self._make()

    def stop(self) -> None:
        """Take no more jobs and end the one under way."""
        self.closing = True
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves it without types

    def join(self) -> None:
        """Wait until the process is gone."""
        if self._pool is not None:
            self._pool.join()


def _ended(error: ProcessExpired) -> Exception:
    """Return the exception for a worker that ended before its job was done, by how it ended."""
    # A process that a signal has ended gives its number, negative, as its exit code.
    by_clock = -int(getattr(signal, "SIGPROF", 0))
    if error.exitcode == by_clock and by_clock:
        return OverrunError(Reason.TIMEOUT, "reading it took more CPU time than one answer may")
    if error.exitcode == -9:  # the system ends so what takes the machine's last memory
        return OverrunError(Reason.TOO_LARGE, "reading it took more memory than there is")
    return FaultError("crash", f"a worker that ended with {error.exitcode}")


def _unstarted(failure: BaseException) -> AuditError:
    """Return the error for a machine on which no worker can be started."""
    full = isinstance(failure, OSError) and failure.errno == errno.ENOSPC
    advice = (
        "there is no room left where processes share memory (/dev/shm, or the folder for temporary "
        "files); make some"
        if full
        else "a limit on processes or memory (ulimit) may be too low"
    )
    return AuditError(
        "the processes that read pages could not be started on this machine "
        f"({type(failure).__name__}); {advice}"
    )


def _count() -> int:
    """Return one worker a core, and never one alone: a slow answer must not hold up the others."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(2, min(cores or 2, MOST_WORKERS))


class _Trace(Exception):  # noqa: N818 - the cause of a FaultError, never raised by itself
    """The trace of a fault in a worker, for the log."""


def _opened(answer: bytes) -> tuple[object, float]:
    """Return the result of a job and its CPU seconds, from the bytes that `serve` made.

    Raises:
        OverrunError: the job took more memory than one answer may.
        FaultError: it raised.
    """
    done, value, seconds = pickle.loads(answer)  # noqa: S301 - our own process wrote it
    if done is None:
        raise OverrunError(Reason.TOO_LARGE, value)
    if not done:
        kind, place, trace = value
        raise FaultError(kind, place) from _Trace(trace)
    return pickle.loads(value), seconds  # noqa: S301 - as above
