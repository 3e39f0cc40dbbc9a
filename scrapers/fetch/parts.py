"""The parts of drawn pages: brought within the rules, once each, and kept while they are small."""

import json
from collections.abc import Awaitable, Callable

from audit.model.exchange import Failure, Fetched, Kind, Loaded, Page, Request
from audit.model.value import Reason
from scrapers.fetch.noted import logged

KEPT_BYTES = 20 * 1024 * 1024
"""What is kept of a company's parts, so that its pages do not ask for the same script again."""

ALL_BYTES = 200 * 1024 * 1024
"""What a company's pages may bring in altogether."""

MOST_LOGGED = 500
"""Parts that the next run asks for on condition; forty pages of one site share most of theirs."""

Fetch = Callable[[Request], Awaitable[Page | Failure]]


class Parts:
    """The parts that one company's pages ask for, by address."""

    def __init__(self, fetch: Fetch) -> None:
        """Bring parts through `fetch`, which knows robots.txt, redirects and limits."""
        self._fetch = fetch
        self._known: dict[str, Page | str] = {}
        self._log: dict[str, Fetched] = {}
        self._kept = self._brought = 0

    async def bring(self, url: str) -> Page | str:
        """Return one part, or in a reason word why it did not come.

        A part that was too large to keep is brought again when another page asks for it.
        """
        known = self._known.get(url)
        if known is not None:
            return known
        if self._brought > ALL_BYTES:
            return Reason.TOO_LARGE.value
        request = Request(url=url, kind=Kind.PART, why="browser")
        outcome = await self._fetch(request)
        self._note(request, outcome)
        part = outcome if isinstance(outcome, Page) else outcome.reason.value
        # A failure counts by its address, so that asking for endless ones comes to an end too.
        size = len(part.body) if isinstance(part, Page) else len(url)
        self._brought += size
        if self._kept + size <= KEPT_BYTES:
            self._kept += size
            self._known[url] = part
        return part

    def log(self) -> tuple[Fetched, ...]:
        """Return the parts that the next run may ask for on condition, in the order of coming."""
        return tuple(self._log.values())

    def _note(self, request: Request, outcome: Page | Failure) -> None:
        """Remember a part that came with a validator."""
        exchange = logged(request, outcome)
        if exchange.form and len(self._log) < MOST_LOGGED:
            self._log[exchange.asked or exchange.url] = exchange


def read_requests(header: str) -> tuple[Loaded, ...]:
    """Read the requests of a drawn page from the header of its record; none where it is damaged."""
    try:
        listed = [(str(url), str(kind), str(outcome)) for url, kind, outcome in json.loads(header)]
    except (ValueError, TypeError, RecursionError):
        return ()
    return tuple(Loaded(url=url, kind=kind, outcome=outcome) for url, kind, outcome in listed)
