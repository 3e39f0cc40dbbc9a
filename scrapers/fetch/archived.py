"""Keep what comes: every answer goes into the company's archive before anybody reads it."""

from collections.abc import Callable
from dataclasses import replace

from audit.model.exchange import Page, Request
from scrapers.fetch.archive import Archive
from scrapers.fetch.drawn import DrawnPages
from scrapers.fetch.headers import request_headers
from scrapers.fetch.wire import (
    Answer,
    Headers,
    Over,
    Part,
    Trouble,
    Validators,
    Wire,
    archive_name,
)


class ArchivedWire(Over):
    """The top of the stack: asks whether an archived page has changed, and keeps each answer."""

    def __init__(self, archive: Archive, below: Wire, pages: DrawnPages) -> None:
        """Keep in `archive` what comes from `below`, and the pages that a browser draws."""
        super().__init__(below)
        self._archive, self._pages = archive, pages

    async def get(self, url: str, request: Request, known: Validators | None) -> Answer | Trouble:
        """Return the answer with its record; that of a 304 refers to the record that still holds.

        A validator belongs to one form of an address, so only a plain GET of it is conditional.
        Of a private request nothing is kept, not even that it was made.
        """
        if request.private or request.body or request.accept:
            known = None
        answer = await self._below.get(url, request, known)
        if isinstance(answer, Answer) and answer.status == 304 and known is not None:
            # The body is dropped: a 304 has none (RFC 9110, 15.4.5), whatever a server sends.
            answer = replace(answer, wire=b"", cut=False, refers_to=known.record)
        if request.private:
            return answer
        name = archive_name(answer.url, request)
        return self._kept(answer, request_headers(request, known), name, request.body)

    async def draw(self, page: Page, part: Part) -> Answer | Trouble:
        """Return the page as a browser draws it, with its record."""
        answer = await self._pages.draw(page, part)
        return self._kept(answer, (), answer.url)

    def remembered(self, name: str, make: Callable[[], object]) -> object:
        """Make a JSON value and keep it; return it as a replay will read it."""
        return self._archive.remember(name, make())

    def _kept(
        self, answer: Answer | Trouble, headers: Headers, name: str, posted: str = ""
    ) -> Answer | Trouble:
        """Write an exchange under a name; `headers` and `posted` are those of the request."""
        if isinstance(answer, Trouble):
            return self._archive.note(answer, name)
        return self._archive.keep(answer, headers, name, posted)
