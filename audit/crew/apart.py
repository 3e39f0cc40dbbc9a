"""Do a piece of work in a process of its own: all that it loads and holds is gone when it ends.

Libraries that learn from texts take more memory than a run has otherwise, for some seconds; and to
load them takes longer than their work.
"""

import gc
import logging
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self, TypeVar

from scrapers.workers.process import process_context, start_servers

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")

END_SECONDS = 10.0
"""A process that has handed over its result is waited for so long."""

_LOST = (OSError, EOFError, RuntimeError, pickle.PickleError, TypeError, AttributeError)
"""How it shows that a process could not be made, or handed its work, or has ended before that."""


def nothing() -> None:
    """Do nothing: whatever the work needs is loaded when it begins."""


class Apart:
    """A process of its own, which may be made before there is work for it; use it with `with`.

    `ready` is a function of a module that loads there what the work will need.
    """

    def __init__(self, ready: Callable[[], object] = nothing) -> None:
        """Name what is to be loaded; nothing is started yet."""
        self._ready = ready
        self._made: _Process | None = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End the process if it has got no work."""
        if self._made is not None:
            self._made.end()

    def make(self) -> None:
        """Make the process, which loads what is named and waits; where it cannot be made, do not.

        Once is enough: whoever asks again changes nothing.
        """
        if self._made is None:
            with suppress(*_LOST):  # the work tries again, and says it
                self._made = _started(self._ready)

    def do(self, work: Callable[[Iterable[T]], R], pieces: Callable[[], Iterable[T]]) -> R:
        """Do work on pieces in the process, which is handed one after the other.

        `work` is a function of a module, or a `partial` of one. Where no process can be made, or it
        comes to no result, the work is done here: a fault of ours is raised as it is.
        """
        try:
            made, self._made = self._made or _started(self._ready), None
            return made.done(work, pieces())
        except _LOST as error:
            # Not the work itself, whose arguments may be the whole list.
            name = getattr(getattr(work, "func", work), "__qualname__", "")
            log.warning("no process of its own for %s (%r); it is done here", name, error)
        return work(pieces())


def apart(work: Callable[[Iterable[T]], R], pieces: Callable[[], Iterable[T]]) -> R:
    """Do work on pieces in a process that is made for it; see `Apart.do`."""
    with Apart() as own:
        return own.do(work, pieces)


@dataclass(frozen=True, slots=True)
class _Process:
    """A process that waits for its work at the far end of a pipe."""

    process: Any
    pipe: "Connection[Any, Any]"

    def done(self, work: Callable[[Iterable[T]], R], pieces: Iterable[T]) -> R:
        """Hand over work and pieces; return the result, when the process has ended.

        Raises:
            OSError, EOFError, RuntimeError, pickle.PickleError, TypeError, AttributeError: it was
                not to be had; what cannot be pickled shows itself in the last two as well.
        """
        with self.pipe:
            try:
                self.pipe.send(work)
                for piece in pieces:
                    self.pipe.send((piece,))
                self.pipe.send(())
                (result,) = self.pipe.recv()
            except BaseException:
                self.process.terminate()
                raise
            finally:
                self.process.join(END_SECONDS)
        answer: R = result
        return answer

    def end(self) -> None:
        """End it without work."""
        with self.pipe:
            self.process.terminate()
        self.process.join(END_SECONDS)


def _started(ready: Callable[[], object]) -> _Process:
    """Start a process.

    Raises:
        OSError, EOFError, RuntimeError, pickle.PickleError, TypeError, AttributeError: as above.
    """
    start_servers()
    context: Any = process_context()  # typeshed knows no `Process` of a context in general
    near, far = context.Pipe()
    try:
        with far:
            process = context.Process(target=_work_apart, args=(far, ready), daemon=True)
            process.start()
    except BaseException:
        near.close()
        raise
    return _Process(process, near)


def _work_apart(pipe: "Connection[Any, Any]", ready: Callable[[], object]) -> None:
    """Do the work in the new process; whoever started it learns of a fault by its end.

    Ctrl-C is for the run, which ends its processes itself.
    """
    logging.getLogger().addHandler(logging.NullHandler())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # looking for garbage there would copy the memory that it shares
    with pipe, suppress(Exception):
        ready()
        gc.freeze()
        work: Callable[[Iterable[Any]], object] = pipe.recv()
        pipe.send((work(_pieces(pipe)),))


def _pieces(pipe: "Connection[Any, Any]") -> Iterator[Any]:
    """Give the pieces as they come."""
    while piece := pipe.recv():
        yield from piece
