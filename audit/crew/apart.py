"""Do a piece of work in a process of its own: all that it loads and holds is gone when it ends.

Libraries that learn from texts take more memory than a run has otherwise, for some seconds.
"""

import gc
import logging
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from scrapers.workers.process import process_context, start_servers

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")

END_SECONDS = 10.0
"""A process that has handed over its result is waited for so long."""

_LOST = (OSError, EOFError, RuntimeError, pickle.PickleError, TypeError, AttributeError)
"""How it shows that a process could not be made, or handed its work, or has ended before that."""


def apart(work: Callable[[Iterable[T]], R], pieces: Callable[[], Iterable[T]]) -> R:
    """Do work on pieces in a process of its own, which is handed one after the other.

    `work` is a function of a module, or a `partial` of one. Where no process can be made, or it
    comes to no result, the work is done here: a fault of ours is raised as it is.
    """
    try:
        return _done_apart(work, pieces())
    except _LOST as error:
        # Not the work itself, whose arguments may be the whole list.
        name = getattr(getattr(work, "func", work), "__qualname__", "")
        log.warning("no process of its own for %s (%r); it is done here", name, error)
    return work(pieces())


def _done_apart(work: Callable[[Iterable[T]], R], pieces: Iterable[T]) -> R:
    """Start a process, hand it the pieces, and return its result.

    Raises:
        OSError, EOFError, RuntimeError, pickle.PickleError, TypeError, AttributeError: it was not
            to be had; what cannot be pickled shows itself in the last two as well.
    """
    start_servers()
    context: Any = process_context()  # typeshed knows no `Process` of a context in general
    near, far = context.Pipe()
    with near:
        process = context.Process(target=_work_apart, args=(far, work), daemon=True)
        with far:
            process.start()
        try:
            for piece in pieces:
                near.send((piece,))
            near.send(())
            (result,) = near.recv()
        except BaseException:
            process.terminate()
            raise
        finally:
            process.join(END_SECONDS)
    answer: R = result
    return answer


def _work_apart(pipe: "Connection[Any, Any]", work: Callable[[Iterable[T]], R]) -> None:
    """Do the work in the new process; whoever started it learns of a fault by its end.

    Ctrl-C is for the run, which ends its processes itself.
    """
    logging.getLogger().addHandler(logging.NullHandler())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # looking for garbage there would copy the memory that it shares
    with pipe, suppress(Exception):
        pipe.send((work(_pieces(pipe)),))


def _pieces(pipe: "Connection[Any, Any]") -> Iterator[Any]:
    """Give the pieces as they come."""
    while piece := pipe.recv():
        yield from piece
