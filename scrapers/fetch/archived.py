"""Keep what comes: every answer goes into the company's archive before anybody reads it."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeGuard

from audit.model.exchange import Kind, Page, Request
from scrapers.fetch.archive import Archive, stored_answer
from scrapers.fetch.drawn import DrawnPages
from scrapers.fetch.headers import form_of, request_headers
from scrapers.fetch.wire import (
    Answer,
    Headers,
    NothingSaved,
    Over,
    Part,
    Trouble,
    Validators,
    Wire,
    archive_name,
)


class ArchivedWire(Over, NothingSaved):
    """The top of what is asked: asks whether a page has changed, and keeps each answer."""

    def __init__(self, archive: Archive, below: Wire, pages: DrawnPages) -> None:
        """Keep in `archive` what comes from `below`, and the pages that a browser draws."""
        super().__init__(below)
        self._archive, self._pages = archive, pages

    async def get(self, url: str, request: Request, known: Validators | None) -> Answer | Trouble:
        """Return the answer with its record; that of a 304 refers to the record that still holds.

        A validator belongs to the answer of one question, so only a GET that asks the same, with
        the same headers, is conditional. A 304 whose body cannot be read is no answer: the page is
        asked for without a condition, and only that is kept, as a replay can ask nobody. Of a
        private request nothing is kept, not even that it was made. What a record of an earlier run
        answers is asked of nobody: it takes no turn, no time.
        """
        if request.known:
            return self._archive.recall(archive_name(url, request), url, request.known)
        if request.private or request.body or (known and known.form != form_of(request)):
            known = None
        answer = await self._below.get(url, request, known)
        if _is_unchanged(answer) and known is not None and not self._holds(known, answer, request):
            known, answer = None, await self._below.get(url, request, None)
        if _is_unchanged(answer) and known is not None:
            # The body is dropped: a 304 has none (RFC 9110, 15.4.5), whatever a server sends.
            answer = replace(answer, wire=b"", cut=False, refers_to=known.record)
        if _is_unchanged(answer) and request.kind is Kind.ROBOTS:
            answer = self._whole(answer) or await self._below.get(url, request, None)
        if request.private:
            return answer
        name = archive_name(answer.url, request)
        return self._kept(answer, request_headers(request, known), name, request.body)

    async def draw(self, page: Page, part: Part) -> Answer | Trouble:
        """Return the page as a browser draws it, with its record."""
        answer = await self._pages.draw(page, part)
        return self._kept(answer, (), answer.url)

    def remembered(self, name: str, make: Callable[[], object]) -> object:
        """Make a JSON value and keep it; return it as a replay will read it.

        None is not kept, as a replay gives it for what is not there.
        """
        value = make()
        return None if value is None else self._archive.remember(name, value)

    def _holds(self, known: Validators, unchanged: Answer, request: Request) -> bool:
        """Tell whether the page that a 304 speaks of can be read in the archive."""
        name = archive_name(unchanged.url, request)
        return stored_answer(self._archive.data_dir, known.record, name) is not None

    def _whole(self, unchanged: Answer) -> Answer | None:
        """Return a robots.txt that has not changed as if it were sent again; None if it is lost.

        It is small, and all pages rest on it: an archive without it, once that of the earlier run
        is deleted, would tell nothing of what was allowed.
        """
        stored = stored_answer(self._archive.data_dir, unchanged.refers_to, unchanged.url)
        if stored is None:
            return None
        # The stored body is decoded already.
        headers = [pair for pair in stored.headers if pair[0].lower() != "content-encoding"]
        return replace(
            unchanged,
            status=stored.status,
            headers=tuple(headers),
            wire=stored.body,
            refers_to="",
        )

    def _kept(
        self, answer: Answer | Trouble, headers: Headers, name: str, posted: str = ""
    ) -> Answer | Trouble:
        """Write an exchange under a name; `headers` and `posted` are those of the request."""
        if isinstance(answer, Trouble):
            return self._archive.note(answer, name)
        return self._archive.keep(answer, headers, name, posted)


def _is_unchanged(answer: Answer | Trouble) -> TypeGuard[Answer]:
    """Tell whether an answer says that nothing has changed, whether anybody asked that or not."""
    return isinstance(answer, Answer) and answer.status == 304
