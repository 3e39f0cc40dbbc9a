"""Whoever wants to see how a run gets on."""

import logging
from collections.abc import Callable
from typing import Protocol

from audit.model.result import CompanyResult

log = logging.getLogger(__name__)


class Watcher(Protocol):
    """Hears of each step of a run; every method is called from the thread of the run."""

    def planned(self, companies: int) -> None:
        """Hear how many companies are to be visited, before the first visit begins."""

    def resumed(self, finished: int | None, of: int) -> None:
        """Hear how many companies of a broken run are finished; None: there is none to resume."""

    def started(self, name: str, pages: int) -> None:
        """Hear that a company's visit begins, with its page budget."""

    def fetched(self, name: str, pages: int, url: str) -> None:
        """Hear that an address was asked for, and how many pages are read."""

    def finished(self, result: CompanyResult) -> None:
        """Hear that a company is measured and saved."""

    def held_up(self, words: str) -> None:
        """Hear what the run waits for, in sentences; from any thread."""


class Silent:
    """A watcher that does not look."""

    def planned(self, companies: int) -> None:
        """Take no notice."""

    def resumed(self, finished: int | None, of: int) -> None:
        """Take no notice."""

    def started(self, name: str, pages: int) -> None:
        """Take no notice."""

    def fetched(self, name: str, pages: int, url: str) -> None:
        """Take no notice."""

    def finished(self, result: CompanyResult) -> None:
        """Take no notice."""

    def held_up(self, words: str) -> None:
        """Take no notice."""


class Guarded:
    """A watcher whose own faults go into the log: whoever looks on must cost no result."""

    def __init__(self, watcher: Watcher) -> None:
        """Take the watcher that is to hear of everything."""
        self._watcher = watcher

    def planned(self, companies: int) -> None:
        """Pass on how many companies are to be visited."""
        _heard(lambda: self._watcher.planned(companies))

    def resumed(self, finished: int | None, of: int) -> None:
        """Pass on how much of a broken run is finished."""
        _heard(lambda: self._watcher.resumed(finished, of))

    def started(self, name: str, pages: int) -> None:
        """Pass on that a visit begins."""
        _heard(lambda: self._watcher.started(name, pages))

    def fetched(self, name: str, pages: int, url: str) -> None:
        """Pass on that an address was asked for."""
        _heard(lambda: self._watcher.fetched(name, pages, url))

    def finished(self, result: CompanyResult) -> None:
        """Pass on that a company is done."""
        _heard(lambda: self._watcher.finished(result))

    def held_up(self, words: str) -> None:
        """Pass on what the run waits for, and log it."""
        log.warning("%s", words)
        _heard(lambda: self._watcher.held_up(words))


def _heard(tell: Callable[[], None]) -> None:
    """Tell the watcher; a fault of its own is logged."""
    try:
        tell()
    except Exception:
        log.exception("the watcher of this run failed; the run goes on")
