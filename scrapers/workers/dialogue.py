"""Drive a reader that asks for one answer after the other, and lives in a worker process.

A reader is a generator and pure: what it asks for next depends on nothing but the answers so far.
So it stays in the worker where it began, and is told each answer as it comes; where that worker is
busy or gone, another begins it anew and is told all answers again.
"""

from collections import OrderedDict
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from itertools import count
from typing import Generic, TypeVar, cast

from audit.model.exchange import Failure, Page, Request
from scrapers.workers.readers import ANYWHERE, Readers

T = TypeVar("T")
L = TypeVar("L")
Steps = Generator[Request, Page | Failure, T]

OPEN = 256
"""Readers that a worker keeps while they wait for their next answer."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """A reader has ended, with this."""

    value: T


_names = count()
"""A number for each reader of a run, by which its worker knows it."""


class Dialogue(Generic[L, T]):
    """The course of one reader, from this side."""

    def __init__(self, readers: Readers[L], begin: Callable[..., Steps[T]], *args: object) -> None:
        """Name the reader: `begin(loaded, *args)` makes it, a function of a module."""
        self._readers, self._begin, self._args = readers, begin, args
        self._name = next(_names)
        self._answers: list[Page | Failure] = []
        self._place = ANYWHERE

    async def next(self, answer: Page | Failure | None = None) -> Request | Done[T]:
        """Tell the reader an answer (none at first); return what it asks for, or its end.

        Raises:
            OverrunError, FaultError: as `Readers.run`; the reader has ended with that.
        """
        before = len(self._answers)
        if answer is not None:
            self._answers.append(answer)
        return await self._advanced(before)

    async def _advanced(self, before: int) -> Request | Done[T]:
        """Tell the reader what came after the first `before` answers.

        Where it is not in that worker any more, or not so far, it is told all answers again.
        """
        news = tuple(self._answers[before:])
        step, self._place = await self._readers.run_near(
            self._place, _advance, self._name, self._begin, self._args, before, news
        )
        if step is None:
            return await self._advanced(0)
        return step if isinstance(step, Request) else Done(cast("T", step.value))


# ---- what follows runs in a worker ----


@dataclass(slots=True)
class _Running:
    """A reader that waits for its next answer.

    `count` answers it has had; `asks` is what it asked for then.
    """

    steps: Steps[object]
    count: int = 0
    asks: Request = field(default_factory=lambda: Request(url=""))


@dataclass(slots=True)
class _Waiting:
    """The readers that wait in this process, the longest waiting first."""

    readers: OrderedDict[int, _Running] = field(default_factory=OrderedDict)

    def keep(self, name: int, running: _Running) -> None:
        """Keep a reader; the one that has waited longest goes where there are too many."""
        self.readers[name] = running
        while len(self.readers) > OPEN:
            self.readers.popitem(last=False)


_waiting = _Waiting()


def _advance(
    loaded: object,
    name: int,
    begin: Callable[..., Steps[object]],
    args: tuple[object, ...],
    before: int,
    news: tuple[Page | Failure, ...],
) -> Request | Done[object] | None:
    """Tell a reader the answers that came after the first `before`; return its next step.

    None means that it is not in this worker, or has not had so many answers here: a job that was
    given up, or another worker in between, can have left it behind.
    """
    # Taken out before it goes on: a reader that raises or ends is not kept.
    running = _waiting.readers.pop(name, None)
    try:
        if running is None or running.count != before:
            if before > 0:
                return None
            running = _Running(begin(loaded, *args))
            running.asks = next(running.steps)
        for answer in news:
            running.asks = running.steps.send(answer)
            running.count += 1
    except StopIteration as end:
        return Done(end.value)
    _waiting.keep(name, running)
    return running.asks
