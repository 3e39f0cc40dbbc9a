"""One page from a file that a person saved, in place of the web: nothing is fetched."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from audit.model.exchange import Failure, Fetched, Key, Kind, Page, Request, Robots, RobotsState
from audit.model.value import Reason
from scrapers.saved.part import DamagedPageError, SavedPart, is_page
from scrapers.saved.reading import parts_of
from scrapers.session import BODY_BYTES, SavedOf

_TYPES: Mapping[str, str] = {".json": "application/json", ".xml": "application/xml"}
_PARTS = 2_000
"""Parts of a saved file among which the page is looked for."""

_NOT_FETCHED = "only the saved page is looked at; nothing is fetched"


def page_of(file: Path) -> SavedPart:
    """Return the first page that a saved file holds, as far as a page is read.

    A file that is no saved page, such as JSON, is taken as it is.

    Raises:
        OSError: it cannot be read.
    """
    try:
        parts = list(islice(parts_of(file), _PARTS))
    except DamagedPageError:
        parts = []
    page = next((each for each in parts if is_page(each.media)), None)
    if page is not None:
        return page
    with file.open("rb") as saved:
        body = saved.read(BODY_BYTES[Kind.PAGE] + 1)
    media = _TYPES.get(file.suffix.lower(), "text/html")
    return SavedPart(url="", at=None, media=media, body=body)


class OnePage:
    """A session that has one page and gives no other."""

    def __init__(self, url: str, file: Path) -> None:
        """Read the file, as much of it as is read of a page.

        Raises:
            OSError: it cannot be read.
        """
        limit, part = BODY_BYTES[Kind.PAGE], page_of(file)
        self._page = Page(
            url=url,
            requested_url=url,
            status=200,
            headers=(("content-type", part.media),),
            body=part.body[:limit],
            fetched_at=part.at or datetime.fromtimestamp(file.stat().st_mtime, UTC),
            record="",
            truncated=len(part.body) > limit,
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

    def saved_page(self, url: str) -> Page | None:
        """Return that no profile was saved."""
        del url
        return None

    def saved_of(self, websites: Sequence[str]) -> SavedOf:
        """Return nothing beside the page."""
        del websites
        return SavedOf()

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
