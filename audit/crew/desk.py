"""One thread beside the event loop, in which measuring and saving are done one after the other.

A result takes tens of milliseconds to measure, to write as JSON and to save; on the loop that
would hold up every visit under way. It is one thread, so that the history is used by one at a
time, as SQLite asks.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Desk:
    """Does work in its thread; use it with `with`, whose end waits for what was begun."""

    def __init__(self) -> None:
        """Begin with nothing to do; the thread starts with the first piece of work."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")

    def __enter__(self) -> Self:
        """Return the desk."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Finish what is under way; what has not begun when a run is broken off is dropped."""
        self._thread.shutdown(wait=True, cancel_futures=error is not None)

    async def do(self, work: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
        """Do a piece of work in the thread and return its result; the loop goes on meanwhile."""
        loop = asyncio.get_running_loop()
        # `run_in_executor` hands on no keywords.
        return await loop.run_in_executor(self._thread, lambda: work(*args, **more))
