"""The saved pages of a run: read once from their folder, found by address, told where unused."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TypeVar

from audit.model.company import Company
from audit.model.exchange import Kind, Request
from audit.model.result import Window
from audit.model.value import SAVED, Reason
from audit.model.visit import Note
from scrapers.page.addresses import PlatformIndex
from scrapers.page.rules import Rules
from scrapers.parse.urls import host_of, lies_below, page_key
from scrapers.saved.folder import FileTrouble, SavedFile, files_in
from scrapers.saved.page import SavedPage, without_counter
from scrapers.saved.part import is_page
from scrapers.saved.reading import ROOM, ReadFile, read_file
from scrapers.workers.pool import Workers
from scrapers.workers.readers import ANYWHERE, OverrunError, kind_of

log = logging.getLogger(__name__)

K = TypeVar("K")
MOST_PROFILES = 50
"""Saved profiles that only their own link home gives to a company, at most."""

MOST_BYTES = 256 * 1024 * 1024
"""What all saved pages may come to in memory, compressed."""

_BEGINNING = timedelta(minutes=10)
"""How long a run may take until it reads the folder."""

_AGAIN = "save the page again in the browser, as docs/saved-pages.md says"
_CLOCK = f"look at the clock of the machine where it was saved; then {_AGAIN}"
_NAMELESS = FileTrouble(
    file="",
    detail="nothing in it tells from which address it was saved",
    help="save it with SingleFile, or as MHTML (Chrome, Edge): both keep the address",
)


@dataclass(slots=True)
class Shelf:
    """The saved pages of a run, for all its companies.

    `folder` is None where there are none. `only`: nothing else is read, and nothing is fetched.
    `base_urls` are those of the settings: what stands in a platform's place. `networks` are hosts
    where the list names profiles and no website: a link there leads to nobody's home. `index` tells
    the profiles by their addresses; None until the folder is read.
    """

    folder: Path | None = None
    only: bool = False
    hosts: frozenset[str] = frozenset()
    base_urls: tuple[tuple[str, str], ...] = ()
    networks: frozenset[str] = frozenset()
    pages: list[SavedPage] = field(default_factory=list)
    troubles: list[FileTrouble] = field(default_factory=list)
    index: PlatformIndex | None = None
    _used: set[str] = field(default_factory=set)
    _profiles: dict[str, SavedPage] = field(default_factory=dict)
    _addresses: dict[tuple[str, bool], SavedPage] = field(default_factory=dict)

    async def fill(self, workers: Workers[Rules], window: Window) -> None:
        """Read the folder; a file that cannot be read costs itself, and is told."""
        self.index = workers.loaded.platforms
        if self.folder is None:
            return
        files, troubles = files_in(self.folder)
        self.troubles += troubles
        size, now = 0, _now(window)
        for file in files:
            read = await self._read(file, workers, now)
            size += sum(len(page.packed) for page in read.pages)
            if size > MOST_BYTES:
                words = f"the saved pages come to more than {MOST_BYTES // 2**20} MB"
                self._trouble(file, words, "remove pages of other runs from the folder")
                return
            self.put(file, read, window)

    async def _read(self, file: SavedFile, workers: Workers[Rules], now: datetime) -> ReadFile:
        """Read one file in a worker."""
        try:
            job = await workers.do(
                ANYWHERE, read_file, (file, self.hosts, now), room=2 * ROOM, most=2 * ROOM
            )
        except OverrunError:
            return ReadFile(problem="takes more time or memory to read than a page may")
        except Exception as error:
            log.exception("reading a saved file failed")
            return ReadFile(problem=f"cannot be read ({kind_of(error)})")
        return job.value

    def put(self, file: SavedFile, read: ReadFile, window: Window) -> None:
        """File the pages of one file, and say why some are of no use."""
        if read.problem:
            self._trouble(file, read.problem, _AGAIN)
        elif read.ahead is not None:
            words = f"is said to be saved on {read.ahead:%Y-%m-%d}, a day that has not come yet, so"
            self._trouble(file, f"{words} nobody knows how old its figures are", _CLOCK)
        elif read.nameless and not read.pages:
            self._trouble(file, _NAMELESS.detail, _NAMELESS.help)
        elif not read.pages:
            words = "is a page of no platform and of no site of the list"
            self._trouble(file, words, "remove it, or put the company on the list")
        sound = [page for page in read.pages if window.start <= page.at <= window.as_of]
        if read.pages and not sound:
            at = read.pages[0].at
            when = "before the period begins" if at < window.start else "after the period ends"
            self._trouble(file, f"was saved on {at:%Y-%m-%d}, {when}", _AGAIN)
        for page in sound:
            self._file(page)

    def _file(self, page: SavedPage) -> None:
        """Put one page where it is found; of several of one address the newest holds."""
        self.pages.append(page)
        _newest(self._addresses, (page_key(page.url), is_page(page.media)), page)
        key = self.key_of(page.url)
        if key and is_page(page.media):
            _newest(self._profiles, key, page)

    def _trouble(self, file: SavedFile, detail: str, help: str) -> None:
        self.troubles.append(FileTrouble(file=without_counter(file.name), detail=detail, help=help))

    # ---- finding ----

    def key_of(self, url: str) -> str:
        """Return what all addresses of a profile have in common; "" for one of no profile."""
        profile = self.index.match(self._official(url)) if self.index is not None else None
        return profile.key if profile is not None else ""

    def _official(self, url: str) -> str:
        """Return the platform's own address for one of a server that stands in its place."""
        for origin, base in self.base_urls:
            if url.startswith(base.rstrip("/") + "/"):
                return origin.rstrip("/") + url[len(base.rstrip("/")) :]
        return url

    def address_of(self, page: SavedPage) -> str:
        """Return the address of a saved profile in the one form that its platform's rule gives."""
        profile = self.index.match(self._official(page.url)) if self.index is not None else None
        return profile.url if profile is not None else page.url

    def newer_than(self, seen: Mapping[str, datetime]) -> "Shelf":
        """Return the shelf for one company, without what is older than its last live reading.

        `seen` tells by the address of a profile when a run read it itself.
        """
        read = {self.key_of(url): at for url, at in seen.items()}
        old = {
            key: page
            for key, page in self._profiles.items()
            if key in read and page.at < read[key] and not self.only
        }
        for key, page in old.items():
            self._used.add(page.file)
            detail = f"was saved before the run of {read[key]:%Y-%m-%d} read this profile itself"
            self.troubles.append(
                FileTrouble(file=without_counter(page.file), detail=detail, help=_AGAIN)
            )
        kept = {key: page for key, page in self._profiles.items() if key not in old}
        addresses = {
            address: page
            for address, page in self._addresses.items()
            if self.key_of(page.url) not in old
        }
        return replace(self, _profiles=kept, _addresses=addresses)

    def profile(self, url: str) -> SavedPage | None:
        """Return the saved page of a profile, whichever of its addresses either has."""
        return self._profiles.get(self.key_of(url)) if self._profiles else None

    def exactly(self, url: str, request: Request) -> SavedPage | None:
        """Return the saved page of exactly this address; None where there is none."""
        if not self._addresses or not takes_saved(request):
            return None
        return self._addresses.get((page_key(url), request.kind is Kind.PAGE))

    def pages_of_site(self, website: str) -> Iterator[SavedPage]:
        """Yield the newest saved pages of a website, by their addresses."""
        for (_, is_html), page in sorted(self._addresses.items()):
            if is_html and lies_below(page.url, website) and not self.key_of(page.url):
                yield page

    def profiles_of(self, websites: Iterable[str]) -> Iterator[SavedPage]:
        """Yield the saved profiles that link to one of these websites, and to no other of the list.

        One that links to two companies of the list may be either's, a partner's or a rival's.
        """
        homes = {host_of(website) for website in websites}
        servers = hosts_of((), self.base_urls) | self.networks
        pages = (page for _, page in sorted(self._profiles.items()))
        theirs = (page for page in pages if {*page.homes} - servers)
        yield from islice((page for page in theirs if page.homes - servers <= homes), MOST_PROFILES)

    # ---- elsewhere ----

    def branch(self, index: PlatformIndex | None = None) -> "Shelf":
        """Return the same shelf for a visit elsewhere: what that uses and tells stands in it alone.

        Without an `index` it can be sent to another process, which has one of its own.
        """
        return replace(self, index=index, troubles=[], _used=set())

    def gains(self) -> tuple[frozenset[str], tuple[FileTrouble, ...]]:
        """Return the files that were used since this branch was made, and what was told of some."""
        return frozenset(self._used), tuple(self.troubles)

    def join(self, used: Iterable[str], troubles: Iterable[FileTrouble]) -> None:
        """Take over what a branch has gained."""
        self._used.update(used)
        self.troubles += troubles

    # ---- telling ----

    def used(self, page: SavedPage) -> None:
        """Take note that the file of a page was of use."""
        self._used.add(page.file)

    def notes(self, *, whole: bool = True) -> tuple[Note, ...]:
        """Return a note for each file that was of no use, with what to do.

        Where not the `whole` list was visited, a page may be of a company that was not.
        """
        told = {trouble.file for trouble in self.troubles}
        unused = {
            without_counter(page.file): page for page in self.pages if page.file not in self._used
        }
        idle = [self._idle(page, whole=whole) for name, page in unused.items() if name not in told]
        troubles = [*self.troubles, *filter(None, idle)]
        return tuple(map(_note, troubles))

    def _idle(self, page: SavedPage, *, whole: bool) -> FileTrouble | None:
        """Return why a page was of no use: a newer one of its profile was read, or it is nobody's.

        None where it may be of a company that was not visited.
        """
        holding = self._profiles.get(self.key_of(page.url)) or self._addresses.get(
            (page_key(page.url), is_page(page.media))
        )
        if holding is not None and holding.file != page.file and holding.file in self._used:
            name = without_counter(holding.file)
            return FileTrouble(
                file=without_counter(page.file),
                detail=f"another saved page of the same profile was read, as it is newer: {name}",
                help="nothing: of several pages of one profile the newest counts",
            )
        return _unmatched(without_counter(page.file)) if whole else None


def _now(window: Window) -> datetime:
    """Return the latest time at which a page can have been saved, for a run of this window.

    A run of now ends its window as it begins: what was saved while it began, or by a clock that is
    a little fast, counts as of then.
    """
    now = datetime.now(UTC)
    return window.as_of if timedelta() <= now - window.as_of < _BEGINNING else now


def _newest(pages: dict[K, SavedPage], key: K, page: SavedPage) -> None:
    """Keep the newer of two pages of one key; at the same time the longer, as one may be cut."""
    known = pages.get(key)
    if known is None or (known.at, len(known.packed)) < (page.at, len(page.packed)):
        pages[key] = page


def _unmatched(name: str) -> FileTrouble:
    return FileTrouble(
        file=name,
        detail="is a page of no profile that is known to be of a company of the list",
        help="name the profile under channels: of the company that it belongs to",
    )


def _note(trouble: FileTrouble) -> Note:
    return Note(
        what=f"{SAVED}{trouble.file}",
        reason=Reason.NOT_CHECKED,
        detail=trouble.detail,
        help=trouble.help,
    )


def takes_saved(request: Request) -> bool:
    """Tell whether a saved page may answer: not what a key opens, what is sent or is private."""
    is_plain = request.key is None and not request.body and not request.private
    return is_plain and request.kind not in (Kind.ROBOTS, Kind.SITEMAP, Kind.PART)


def hosts_of(addresses: Iterable[str], base_urls: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the hosts of a list: those of its sites, and those in place of platforms."""
    urls = (*addresses, *(base for _, base in base_urls))
    return frozenset(host for url in urls if (host := host_of(url)))


def networks_of(companies: Iterable[Company]) -> frozenset[str]:
    """Return the hosts on which a list names profiles, but those on which a website lies too."""
    listed = tuple(companies)
    homes = hosts_of((url for each in listed for url in (each.website, *each.also)), ())
    return hosts_of((channel.url for each in listed for channel in each.channels), ()) - homes


NOTHING = Shelf()
"""A run without saved pages."""
