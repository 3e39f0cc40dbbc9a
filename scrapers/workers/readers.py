"""Whoever can run a reader on what came from outside, and what becomes of one that cannot end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from audit.model.value import Reason
from scrapers.workers.process import raised_at

T = TypeVar("T")
L = TypeVar("L")
L_co = TypeVar("L_co", covariant=True)


ANYWHERE = -1
"""The place of a job that is as good in one worker as in another."""


class OverrunError(Exception):
    """Reading an answer took more time or memory than one answer may; it was given up."""

    def __init__(self, reason: Reason, detail: str) -> None:
        """Keep the reason word and the words beside it."""
        super().__init__(detail)
        self.reason, self.detail = reason, detail


class FaultError(Exception):
    """A reader raised in its worker: `kind` names the exception, `place` where in our code."""

    def __init__(self, kind: str, place: str) -> None:
        """Say no more than kind and place: the words of an exception may quote what was read."""
        super().__init__(f"{kind} in {place}")
        self.kind, self.place = kind, place


def kind_of(error: Exception) -> str:
    """Return the name of what went wrong, here or in a worker: `ValueError`."""
    return error.kind if isinstance(error, FaultError) else type(error).__name__


def place_of(error: Exception) -> str:
    """Return where it went wrong (`html.py:120`), without the words of the exception."""
    if isinstance(error, FaultError):
        return error.place
    return raised_at(error)


class Readers(Protocol[L_co]):
    """Whoever can run a job on what was loaded: in worker processes, or right here.

    A job is a function of a module; its first argument is what was loaded, the others and its
    result can be pickled.
    """

    @property
    def loaded(self) -> L_co:
        """Return what jobs get as their first argument."""

    @property
    def waited(self) -> float:
        """Return the seconds that jobs have waited for a worker that was busy with others'."""

    async def run(self, job: Callable[..., T], *args: object) -> T:
        """Run a job and return its result.

        Raises:
            OverrunError: it took more than one answer may.
            FaultError: it raised; in this process the exception itself is raised.
        """

    async def run_near(self, place: int, job: Callable[..., T], *args: object) -> tuple[T, int]:
        """Run a job, best at `place`; return its result and the place where it ran."""

    def renew(self) -> None:
        """Begin a new span of what one company may take."""


@dataclass(frozen=True, slots=True)
class Here(Generic[L]):
    """Runs jobs in this process and without a deadline: for tests, and to measure readers."""

    loaded: L

    @property
    def waited(self) -> float:
        """Return 0: nothing waits here."""
        return 0.0

    async def run(self, job: Callable[..., T], *args: object) -> T:
        """Run a job right away."""
        return job(self.loaded, *args)

    async def run_near(self, place: int, job: Callable[..., T], *args: object) -> tuple[T, int]:
        """Run a job right away; there is one place only."""
        return job(self.loaded, *args), place

    def renew(self) -> None:
        """Take as much as it takes."""


HERE: Readers[object] = Here(None)
"""Runs what needs nothing loaded, such as reading robots.txt, in this process."""
