"""One company's conversation with the web, as those who visit see it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from audit.model.exchange import Failure, Fetched, Key, Kind, Page, Request, Robots

BODY_BYTES = {
    Kind.PAGE: 5 * 1024 * 1024,
    Kind.FEED: 10 * 1024 * 1024,
    Kind.SITEMAP: 10 * 1024 * 1024,
    Kind.ROBOTS: 500 * 1024,
    Kind.DATA: 5 * 1024 * 1024,
    Kind.PART: 5 * 1024 * 1024,
}
"""Bytes of a body, as received and again as decoded; reading stops there.

RFC 9309, 2.5 asks for 500 KiB of a robots.txt at least.
"""

ONLY_SAVED = "only saved pages were read (--only-saved); nothing was fetched"
"""Why an address was not asked for, where nothing is to be fetched at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedProfile:
    """The page of a profile that a person saved, and that links to the company's website."""

    url: str
    at: datetime
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedOf:
    """What a person saved of a company: addresses of pages of its site, and profiles."""

    pages: tuple[str, ...] = ()
    profiles: tuple[SavedProfile, ...] = ()


class Session(Protocol):
    """One company's conversation with the web, live or from the archive."""

    async def fetch(self, request: Request) -> Page | Failure:
        """Get an address; never raise for what the world does. Asked twice, answered once."""

    async def draw(self, page: Page) -> Page | Failure:
        """Get a page as a browser draws it; every request that it makes is under the same rules."""

    async def robots(self, url: str) -> Robots:
        """Return the robots.txt of an address's origin, fetched at most once."""

    def fetched(self) -> tuple[Fetched, ...]:
        """Return every exchange so far, in order."""

    def parts(self) -> tuple[Fetched, ...]:
        """Return the parts of drawn pages that came with a validator, in order."""

    def verdicts(self) -> tuple[Robots, ...]:
        """Return what robots.txt came to on every origin that was asked."""

    def renew(self) -> None:
        """Begin a new span of time, as long as the one for the company's website."""

    def remembered(self, name: str, make: Callable[[], object]) -> object:
        """Return a JSON value that a replay finds again; made now, or read from the archive."""

    def saved_page(self, url: str) -> Page | None:
        """Return the page that a person saved of the profile at an address; None for none.

        In a replay it has no bytes: what was read of it is remembered.
        """

    def saved_of(self, websites: Sequence[str]) -> SavedOf:
        """Return what a person saved of a company with these websites."""

    def keys(self, wanted: Sequence[Key]) -> frozenset[str]:
        """Return the names of those keys that the user has given, then and in a replay."""
