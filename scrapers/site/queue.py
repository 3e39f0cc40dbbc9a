"""The requests that wait for their turn in the visit of one site, the most promising first."""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count

from audit.model.exchange import Kind, Request
from audit.model.kinds import BLOG
from audit.model.read_list import ReadPage
from scrapers.parse.urls import page_key
from scrapers.site.worth import FURTHER, SITEMAP, WORTH

MAX_SITEMAPS = 20
MAX_SITEMAP_DEPTH = 2
MAX_GUESSED_FEEDS = 5
MAX_FEEDS = 20
MAX_INTERFACE_PAGES = 20
MAX_FORMER = 5
"""Files of each kind that are asked for of one site; sitemaps within indexes go so deep."""

FURTHER_PAGE = "next page of the feed"
NEXT, BEHIND = "next page of the index", "page of the index behind one that failed"
PERIOD = "archive page of a month or year"
MAPPED_POST = "post of the sitemap"
"""Why older entries of a list are asked for: of a feed or an interface, an index, a sitemap."""

FORMER = "page that had posts in the run before"
"""Why a page is asked for that nothing leads to any more."""

ADVERTISED = "advertised feed"
"""Why a feed is asked for that a page names."""

GUESS = "guessed feed"
"""Why a feed is asked for that nothing names; it is left out once the site advertises one."""


def further_request(url: str, source: str) -> Request:
    """Return the request for a further page of a feed, or of what an interface (`source`) lists."""
    if source:
        return Request(url=url, kind=Kind.DATA, why=FURTHER_PAGE, source=source)
    return Request(url=url, kind=Kind.FEED, why=FURTHER_PAGE, depth=1)


class Queue:
    """Requests by their worth; of equal worth, the one that was met first goes first.

    No address waits twice. `prepared` gives a request as it is to be sent.
    """

    def __init__(self, prepared: Callable[[Request], Request]) -> None:
        """Begin without any request."""
        self._prepared = prepared
        self._waiting: list[tuple[int, int, Request]] = []
        self._order = count()
        self._known: set[str] = set()
        self._guessed: set[str] = set()
        self._depths: dict[str, int] = {}
        self._feeds = self._interface_pages = 0

    def __bool__(self) -> bool:
        """Tell whether any request waits."""
        return bool(self._waiting)

    def pop(self) -> Request:
        """Take out the most promising request."""
        request = heapq.heappop(self._waiting)[2]
        self.note(request.url)
        return request

    def knows(self, url: str) -> bool:
        """Tell whether an address waits, or has been asked for."""
        return page_key(url) in self._known

    def note(self, url: str) -> None:
        """Remember an address as asked for, such as one that a redirect has led to."""
        self._known.add(page_key(url))

    def push(self, worth: int, request: Request) -> None:
        """Queue a request; one for a feed that is only guessed does not make its address known."""
        if request.why == GUESS:
            self._guessed.add(page_key(request.url))
        else:
            self.note(request.url)
        # The number between them keeps requests, which have no order, from being compared.
        heapq.heappush(self._waiting, (worth, next(self._order), self._prepared(request)))

    def push_feed(self, url: str, why: str, worth: int) -> None:
        """Queue a feed, up to 20 of a site.

        One that is only guessed may be named later on, and is then asked for in any case.
        """
        guesses = self._guessed if why == GUESS else set()
        if self._feeds < MAX_FEEDS and not self.knows(url) and page_key(url) not in guesses:
            self._feeds += 1
            self.push(worth, Request(url=url, kind=Kind.FEED, why=why, depth=1))

    def push_further(self, url: str, source: str) -> None:
        """Queue a further page of a feed, or of what an interface (`source`) lists, up to 20."""
        if not source:
            self.push_feed(url, FURTHER_PAGE, FURTHER)
        elif self._interface_pages < MAX_INTERFACE_PAGES and not self.knows(url):
            self._interface_pages += 1
            self.push(FURTHER, further_request(url, source))

    def push_older(self, worth: int, further: Request, older: Sequence[ReadPage]) -> None:
        """Queue pages of the archive in place of a further page of a list.

        They were within the limits in the run that asked for them, and take up as much of them as
        there. An address may have been asked for in this run, too, and then showed newer entries.
        """
        self.note(further.url)
        self._feeds += len(older) * (further.kind is Kind.FEED)
        self._interface_pages += len(older) * (further.kind is Kind.DATA)
        for page in older:
            self.push(worth, replace(further, url=page.url, known=page.record))

    def push_former(self, urls: Sequence[str]) -> None:
        """Queue pages that had posts in the run before and are not known, up to five of a site.

        They come on top of the budget: without them a blog that has left the menu and one that has
        been taken down would look the same.
        """
        for url in urls[:MAX_FORMER]:
            if not self.knows(url):
                self.push(WORTH[BLOG.name], Request(url=url, why=FORMER, depth=1))

    def push_sitemap(self, url: str, why: str, depth: int) -> None:
        """Queue a sitemap, up to 20 of a site; `depth` is how many indexes of them lead to it."""
        if len(self._depths) < MAX_SITEMAPS and not self.knows(url):
            self._depths[page_key(url)] = depth
            self.push(SITEMAP, Request(url=url, kind=Kind.SITEMAP, why=why, depth=depth))

    def depth_of(self, url: str) -> int:
        """Return how many indexes of sitemaps lead to a sitemap; 0 for one that was not queued."""
        return self._depths.get(page_key(url), 0)
