"""Run a coroutine for who has no event loop."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def plainly(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end; in a program that has an event loop already, say what to do.

    Raises:
        RuntimeError: there is a running loop, as in a notebook.
    """
    results: list[T] = []

    async def done() -> None:
        results.append(await work)

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        # Not handed through the task: when `asyncio.run` ends, Python 3.11 takes back its handler
        # of Ctrl-C, and `signal` writes that as a text, with the task and what it has given.
        asyncio.run(done())
        return results[0]
    # One that is never awaited would warn of that on the console.
    work.close()
    raise RuntimeError("an event loop is running here (a notebook?): await the function _async")
