"""One page from a file that a person saved, in place of the web: nothing is fetched."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from audit.model.exchange import Failure, Fetched, Key, Kind, Page, Request, Robots, RobotsState
from audit.model.value import Reason
from scrapers.session import BODY_BYTES

_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d{4}\)(\S{1,2000}) -->")
"""The line with which browsers tell where a page was saved from."""

_CANONICAL = re.compile(rb"<link\s[^<>]{0,300}rel=[\"']?canonical[^<>]{0,2000}>", re.I)
_HREF = re.compile(rb"href=[\"']?(https?://[^\s\"'<>]{1,2000})", re.I)
_TYPES: Mapping[str, str] = {".json": "application/json", ".xml": "application/xml"}
_NOT_FETCHED = "only the saved page is looked at; nothing is fetched"


def address_in(body: bytes) -> str:
    """Return where a saved page came from, by what the browser wrote or the page says; or ""."""
    saved = _SAVED_FROM.search(body[:10_000])
    canonical = _CANONICAL.search(body[:500_000])
    href = saved or (_HREF.search(canonical[0]) if canonical is not None else None)
    return href[1].decode("utf-8", "replace") if href is not None else ""


class SavedPage:
    """A session that has one page and gives no other."""

    def __init__(self, url: str, file: Path) -> None:
        """Read the file, as much of it as is read of a page.

        Raises:
            OSError: it cannot be read.
        """
        limit = BODY_BYTES[Kind.PAGE]
        with file.open("rb") as saved:
            body = saved.read(limit + 1)
        self._page = Page(
            url=url,
            requested_url=url,
            status=200,
            headers=(("content-type", _TYPES.get(file.suffix.lower(), "text/html")),),
            body=body[:limit],
            fetched_at=datetime.fromtimestamp(file.stat().st_mtime, UTC),
            record="",
            truncated=len(body) > limit,
        )

    async def fetch(self, request: Request) -> Page | Failure:
        """Return the page, for its own address."""
        return self._page if request.url == self._page.url else self._nothing(request.url)

    async def draw(self, page: Page) -> Page | Failure:
        """Return that nothing is drawn: a page that was saved has been drawn already."""
        return self._nothing(page.url)

    async def robots(self, url: str) -> Robots:
        """Return no rules, as nothing is asked for."""
        return Robots(
            origin=url, state=RobotsState.NO_RULES, detail="", sitemaps=(), crawl_delay=0.0
        )

    def fetched(self) -> tuple[Fetched, ...]:
        """Return no exchange."""
        return ()

    def parts(self) -> tuple[Fetched, ...]:
        """Return no part."""
        return ()

    def verdicts(self) -> tuple[Robots, ...]:
        """Return no robots.txt."""
        return ()

    def renew(self) -> None:
        """Take as much time as it takes."""

    def remembered(self, name: str, make: Callable[[], object]) -> object:
        """Return a value as it is made."""
        del name
        return make()

    def keys(self, wanted: Sequence[Key]) -> frozenset[str]:
        """Return no key."""
        del wanted
        return frozenset()

    def _nothing(self, url: str) -> Failure:
        """Return the failure of everything but the page."""
        return Failure(
            url=url,
            reason=Reason.NOT_CHECKED,
            detail=_NOT_FETCHED,
            failed_at=self._page.fetched_at,
        )
