"""The top wire: pages that a person saved answer before anybody is asked, and are kept nowhere."""

from collections.abc import Callable, Sequence
from datetime import datetime

from audit.model.exchange import Failure, Kind, Page, Request
from audit.model.value import SAVED, Reason
from scrapers.fetch.replayed import NEVER
from scrapers.fetch.wire import Answer, Part, TopWire, Trouble, Validators
from scrapers.saved.page import SavedPage
from scrapers.saved.shelf import NOTHING, Shelf, takes_saved
from scrapers.session import ONLY_SAVED, SavedOf, SavedProfile


class SavedWire:
    """Gives saved pages; all else comes from the wire below, live or replayed.

    What it gave is remembered without any of its bytes: address, day, file and digest. So a replay,
    which has no folder, knows what was there, and takes what was read of it from where the readers
    remembered it (`scrapers/channels/saved_profile.py`, `scrapers/site/saved.py`).
    """

    def __init__(self, below: TopWire, shelf: Shelf = NOTHING) -> None:
        """Stand over `below`, with the pages of `shelf`."""
        self._below, self._shelf = below, shelf
        self._told: dict[str, object] = {}
        self._pages: dict[str, SavedPage | None] = {}
        self._stood_in: set[str] = set()
        self._only = self._once("only saved pages", lambda: shelf.only or None) is True

    async def get(self, url: str, request: Request, known: Validators | None) -> Answer | Trouble:
        """Pass on; where only saved pages are read, nothing is."""
        if self._only and not request.known:
            return Trouble(url=url, reason=Reason.NOT_CHECKED, detail=ONLY_SAVED, at=NEVER)
        return await self._below.get(url, request, known)

    async def draw(self, page: Page, part: Part) -> Answer | Trouble:
        """Pass on."""
        return await self._below.draw(page, part)

    def turned_out(self, url: str, request: Request, failure: Failure) -> None:
        """Pass on."""
        self._below.turned_out(url, request, failure)

    def slow_down(self, url: str, seconds: float) -> None:
        """Pass on."""
        self._below.slow_down(url, seconds)

    def remembered(self, name: str, make: Callable[[], object]) -> object:
        """Pass on."""
        return self._below.remembered(name, make)

    def at_hand(self, url: str, request: Request) -> Answer | Trouble | None:
        """Return the saved page of an address, or that nothing is to be asked; else None.

        Of a private request not even its address is remembered.
        """
        answer = (
            None if request.private else self._given(f"saved {request.kind} {url}", url, request)
        )
        if answer is None and self._only:
            return Trouble(url=url, reason=Reason.NOT_CHECKED, detail=ONLY_SAVED, at=NEVER)
        return answer

    def saved_page(self, url: str) -> Answer | None:
        """Return the page that a person saved of the profile at an address; None for none."""
        return self._given(f"saved profile {url}", url, None)

    def _given(self, name: str, url: str, request: Request | None) -> Answer | None:
        """Return a saved page as an answer, the same to the same question; None for none.

        Without a request it is the page of a profile. Of a profile that has several pages one that
        was saved stands in for one other, as readers ask for each of them: the page of its figures
        is not that of its posts.
        """
        if name not in self._pages:
            page = self._shelf.profile(url) if request is None else self._answering(url, request)
            self._pages[name] = page
            if page is not None:
                self._shelf.used(page)
        page = self._pages[name]
        told = self._once(name, lambda: _described(page))
        return _answer(url, told, page.body if page is not None else b"")

    def _answering(self, url: str, request: Request) -> SavedPage | None:
        """Return the page of exactly this address, else the profile's if it answered no other."""
        page = self._shelf.exactly(url, request)
        if page is None and request.kind is Kind.PAGE and takes_saved(request):
            page = self._shelf.profile(url)
            page = page if page is not None and page.record not in self._stood_in else None
        if page is not None and request.kind is Kind.PAGE:
            self._stood_in.add(page.record)
        return page

    def saved_of(self, websites: Sequence[str]) -> SavedOf:
        """Return what a person saved of a company with these websites."""
        told = self._once("saved pages of the company", lambda: _listed(self._shelf, websites))
        if not isinstance(told, dict):
            return SavedOf()
        profiles = (
            SavedProfile(url=url, at=datetime.fromisoformat(at), record=record)
            for url, at, record in told.get("profiles", ())
        )
        return SavedOf(pages=tuple(told.get("pages", ())), profiles=tuple(profiles))

    def _once(self, name: str, make: Callable[[], object]) -> object:
        """Remember a value for a replay, once; a second question gets the same answer."""
        if name not in self._told:
            self._told[name] = self._below.remembered(name, make)
        return self._told[name]


def _described(page: SavedPage | None) -> dict[str, str] | None:
    """Return what is remembered of a page: nothing of what it says."""
    if page is None:
        return None
    return {"at": page.at.isoformat(), "record": page.record, "media": page.media}


def _answer(url: str, told: object, body: bytes) -> Answer | None:
    """Return a saved page as an answer; None where what was remembered of it is damaged."""
    if not isinstance(told, dict) or not str(told.get("record", "")).startswith(SAVED):
        return None
    return Answer(
        url=url,
        status=200,
        headers=(("content-type", str(told.get("media", "text/html"))),),
        wire=body,
        at=datetime.fromisoformat(str(told["at"])),
        record=str(told["record"]),
    )


def _listed(shelf: Shelf, websites: Sequence[str]) -> dict[str, list[object]] | None:
    """Return the addresses of what was saved of a company; None for nothing."""
    pages = [page.url for site in websites for page in shelf.pages_of_site(site)]
    profiles = [
        [shelf.address_of(page), page.at.isoformat(), page.record]
        for page in shelf.profiles_of(websites)
    ]
    if not pages and not profiles:
        return None
    return {"pages": list(dict.fromkeys(pages)), "profiles": list(profiles)}
