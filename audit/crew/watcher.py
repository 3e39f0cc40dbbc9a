"""Whoever wants to see how a run gets on."""

from typing import Protocol

from audit.model.result import CompanyResult


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
