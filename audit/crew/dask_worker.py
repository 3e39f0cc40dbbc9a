"""A worker of a cluster: it makes visits, and asks the hosts that it owns for all others."""

import asyncio
import contextlib
import logging
import multiprocessing
import pickle
import signal
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

from distributed import Worker, get_worker
from distributed.diagnostics.plugin import WorkerPlugin

from audit.crew.afield import Crew, Home, Kit, Order, Step
from audit.crew.dask_fit import Demand, unfit
from audit.crew.dask_scheduler import HEARD, OWNER, handler_name
from scrapers.fetch.hosts import News
from scrapers.fetch.open_files import ask_for_more
from scrapers.fetch.owners import Asked, GoneError, Heard
from scrapers.fetch.registry import Deed
from scrapers.fetch.wire import Answer, Trouble

log = logging.getLogger(__name__)
T = TypeVar("T")

STEPS_EVERY = 0.4
"""Steps of visits and lines of the log come home this often, in seconds."""

READY_SECONDS = 90.0
"""A worker that has not got ready for a run by then will not."""

ASK, HEAR = "ask", "hear"
Line = tuple[str, int, str]
"""A line of the log: logger, level, words."""


class UnfitError(Exception):
    """A worker cannot make the visits of this run, and why."""

    def __init__(self, worker: str, words: str) -> None:
        super().__init__(worker, words)
        self.worker = worker

    def __str__(self) -> str:
        return f"the worker at {self.worker}: {self.args[1]}"


class VisitsEndedError(Exception):
    """The run that a visit was made for is over."""


class CrewPlugin(WorkerPlugin):  # type: ignore[misc]
    """What a worker needs for the visits of a run; sent to each, also to those that come later."""

    def __init__(self, session: str, demand: Demand, kit: bytes) -> None:
        """Take the pickled kit: it is opened only where the program is the same."""
        self.name = session
        self._session, self._demand, self._kit = session, demand, kit
        self._ready: asyncio.Future[Crew] | None = None

    async def setup(self, worker: Worker) -> None:
        """Get ready for visits.

        Raises:
            UnfitError: this worker has another program, or another data folder.
        """
        self._worker, self._stack = worker, contextlib.AsyncExitStack()
        self._visits: set[asyncio.Task[Any]] = set()
        self._ready = asyncio.get_running_loop().create_future()
        self._ready.add_done_callback(_seen)
        try:
            words = await asyncio.to_thread(unfit, self._demand)
            if not words:
                kit: Kit = pickle.loads(self._kit)  # noqa: S301 - the client of our cluster wrote it
                self._ready.set_result(await self._opened(kit))
                return
        except Exception as error:
            log.exception("this worker could not be made ready")
            words = f"{type(error).__name__}: {error}"
        unready = UnfitError(worker.address, words)
        self._ready.set_exception(unready)
        raise unready

    async def _opened(self, kit: Kit) -> Crew:
        """Start the crew, and take the requests and news of other workers from now on."""
        # Workers of dask are daemons, which may not start the processes that read.
        multiprocessing.current_process().daemon = False
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which then ends this
        ask_for_more()
        mail = Mail(self._worker, self._session)
        self._stack.push_async_callback(mail.close)
        crew = await self._stack.enter_async_context(Crew(kit, mail, mail.note))
        self._stack.enter_context(_logged(mail.log))
        for word, handler in ((ASK, self._asked), (HEAR, self._heard)):
            self._worker.handlers[handler_name(self._session, word)] = handler
        return crew

    async def teardown(self, worker: Worker) -> None:
        """Break off what is under way, and end all that was started for the run."""
        for word in (ASK, HEAR):
            worker.handlers.pop(handler_name(self._session, word), None)
        for visit in self._visits:
            visit.cancel()
        await asyncio.gather(*self._visits, return_exceptions=True)
        await self._stack.aclose()

    async def visit(self, order: bytes) -> bytes:
        """Make one visit.

        Raises:
            UnfitError: this worker cannot.
            VisitsEndedError: the run is over.
        """
        crew = await self.crew()
        return await self._until_the_end(_visited(crew, order))

    async def crew(self) -> Crew:
        """Return the crew, once it is there."""
        if self._ready is None:
            raise UnfitError(self._worker.address, "was not made ready for this run")
        return await asyncio.shield(self._ready)

    async def _asked(self, asked: bytes) -> bytes:
        """Make a request for another worker, if its host is ours."""
        crew = await self.crew()
        answer = crew.owners.asked(pickle.loads(asked))  # noqa: S301 - a worker of ours wrote it
        return pickle.dumps(await self._until_the_end(answer))

    async def _heard(self, heard: bytes) -> bool:
        """Hear what another worker has learned of a host of ours."""
        crew = await self.crew()
        return await crew.owners.heard(pickle.loads(heard))  # noqa: S301 - as above

    async def _until_the_end(self, work: Awaitable[T]) -> T:
        """Do a piece of work that the end of the run breaks off.

        Raises:
            VisitsEndedError: it did.
        """
        task = asyncio.create_task(_awaited(work))
        self._visits.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if task.cancelled():
                raise VisitsEndedError("the run is over") from None
            task.cancel()
            raise
        finally:
            self._visits.discard(task)


async def visit_company(session: str, order: bytes) -> bytes:
    """Visit one company: the task that is handed to the cluster.

    Raises:
        UnfitError: this worker cannot make visits of the run.
    """
    worker = get_worker()
    loop = asyncio.get_running_loop()
    until = loop.time() + READY_SECONDS
    while (plugin := worker.plugins.get(session)) is None:
        if loop.time() > until:
            raise UnfitError(worker.address, "was not made ready for this run")
        await asyncio.sleep(0.1)
    brought: bytes = await plugin.visit(order)
    return brought


class Mail:
    """The post of a worker: letters to other workers and to the registry, steps to the client."""

    def __init__(self, worker: Worker, session: str) -> None:
        """Send by the connections of `worker`."""
        self.here: str = worker.address
        self._worker, self._session = worker, session
        self._steps: list[Step] = []
        self._lines: list[Line] = []
        self._news: asyncio.Queue[News] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        self._tasks = [asyncio.create_task(self._report()), asyncio.create_task(self._tell())]

    async def owner(self, lane: str) -> Deed:
        """Ask the registry who owns a host."""
        scheduler = self._worker.scheduler
        answer = await self._call(scheduler, OWNER, lane=lane, asker=self.here)
        if not isinstance(answer, bytes) or not answer:
            raise GoneError("the registry does not know this worker")
        deed: Deed = pickle.loads(answer)  # noqa: S301 - the scheduler of our cluster wrote it
        return deed

    async def ask(self, owner: str, asked: Asked) -> Answer | Trouble | None:
        """Have a request made by another worker."""
        letter = pickle.dumps(asked)
        answer = await self._call(self._worker.rpc(owner), ASK, asked=letter)
        if not isinstance(answer, bytes):
            raise GoneError("the owner has ended")
        brought: Answer | Trouble | None = pickle.loads(answer)  # noqa: S301 - as above
        return brought

    async def hear(self, owner: str, heard: Heard) -> bool:
        """Tell another worker what it is to know."""
        letter = pickle.dumps(heard)
        return await self._call(self._worker.rpc(owner), HEAR, heard=letter) is True

    def tell(self, news: News) -> None:
        """Tell the registry what was learned of a host of our own, as soon as it can be."""
        self._news.put_nowait(news)

    def note(self, step: Step) -> None:
        """Tell the client how a visit gets on, with others a little later."""
        self._steps.append(step)

    def log(self, line: Line) -> None:
        """Send a line of the log to the client; from any thread."""
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._lines.append, line)

    async def close(self) -> None:
        """Send what is left, and no more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._send()

    async def _call(self, to: object, word: str, **letter: object) -> object:
        """Call another process; one that is not there, or does not know the run, is gone."""
        try:
            call: Callable[..., Awaitable[object]]
            call = getattr(to, handler_name(self._session, word))
            return await call(**letter)
        except asyncio.CancelledError:
            raise
        # Whatever a connection, its other end or a session that is over there raises.
        except Exception as error:
            raise GoneError(str(error)) from error

    async def _report(self) -> None:
        """Send steps and lines every now and then."""
        while True:
            await asyncio.sleep(STEPS_EVERY)
            self._send()

    def _send(self) -> None:
        if self._steps or self._lines:
            told, self._steps, self._lines = (self._steps, self._lines), [], []
            self._worker.log_event(self._session, pickle.dumps(told))

    async def _tell(self) -> None:
        """Tell the registry one piece of news after the other; each until it has arrived."""
        while True:
            letter = pickle.dumps(await self._news.get())
            while True:
                with contextlib.suppress(GoneError):
                    await self._call(self._worker.scheduler, HEARD, news=letter)
                    break
                await asyncio.sleep(STEPS_EVERY)


@contextlib.contextmanager
def _logged(send: Callable[[Line], None]) -> Iterator[None]:
    """Send what our modules log to whoever runs the audit."""
    handlers = [(logging.getLogger(name), _Sender(send)) for name in ("audit", "scrapers")]
    for logger, handler in handlers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False
    try:
        yield
    finally:
        for logger, handler in handlers:
            logger.removeHandler(handler)


class _Sender(logging.Handler):
    """A handler that sends each line away."""

    def __init__(self, send: Callable[[Line], None]) -> None:
        super().__init__()
        self._send = send

    def emit(self, record: logging.LogRecord) -> None:
        """Send a record as it would be written, its trace too."""
        self._send((record.name, record.levelno, self.format(record)))


async def _visited(crew: Crew, order: bytes) -> bytes:
    """Make a visit; what comes home of one that ended in a fault of ours is the fault."""
    wanted: Order = pickle.loads(order)  # noqa: S301 - the client of our cluster wrote it
    try:
        home: Home | Exception = await crew.visit(wanted)
    except Exception as error:
        log.exception("the visit of %s failed", wanted.plan.company.name)
        home = _sendable(error)
    return pickle.dumps(home, pickle.HIGHEST_PROTOCOL)


def _sendable(error: Exception) -> Exception:
    """Return an exception that arrives as it is; of one that cannot, no more than its name."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - written a moment ago
    except Exception:  # noqa: BLE001 - whatever an exception of anybody raises when it is pickled
        return RuntimeError(type(error).__name__)
    return error


async def _awaited(work: Awaitable[T]) -> T:
    return await work


def _seen(ready: "asyncio.Future[Crew]") -> None:
    """Look at an exception: the plugin has raised it as well."""
    if not ready.cancelled():
        ready.exception()
