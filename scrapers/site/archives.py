"""Follow the lists of posts of a site back in time, each until it has covered the window."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from audit.model.exchange import Request
from audit.model.facts import FeedPage, Item, PageFacts, SitemapPage
from audit.model.read_list import ReadList, ReadPage
from audit.model.value import Dated
from scrapers.parse.urls import page_key
from scrapers.site.further import further_page
from scrapers.site.mapped import MappedPage, Maps, are_dates, in_question, posts_mapped
from scrapers.site.posts import key_of
from scrapers.site.queue import FURTHER_PAGE, NEXT
from scrapers.site.reach import reach_of
from scrapers.site.recall import Recall, of_feed, of_index

_SAME_LIST = 0.8
"""The part of the newest entries that two lists share where they are one list."""

_TRIED_FIRST = 3
"""Posts of a sitemap that are opened before it is known whether its dates are theirs."""


@dataclass(slots=True)
class _Chain:
    """A list with its further pages so far: an index, a feed, or what an interface lists.

    `first` are the entries of its first page, which may say how many there are in all (`stated`),
    `dates` those of all entries in their order. It is `done` where it was read to its end, or back
    beyond the window. `index` is the page of the section that it is the list of; empty for a feed
    and for a page that nothing calls a section.
    """

    first: tuple[str, ...] = ()
    stated: int | None = None
    keys: set[str] = field(default_factory=set)
    dates: list[datetime] = field(default_factory=list)
    pages: int = 0
    done: bool = False
    index: str = ""


class Archives:
    """The lists of a site, told apart by the page that each one begins with."""

    def __init__(self, since: datetime, recall: Recall | None = None) -> None:
        """Begin without any list; nothing that is older than `since` matters.

        `recall` knows what the run before has read of them.
        """
        self.since, self._recall = since, recall or Recall(since)
        self._chains: dict[str, _Chain] = {}
        self._maps = Maps()
        self._dated: dict[str, datetime] = {}
        self._opened: set[str] = set()
        self._named: set[str] = set()

    @property
    def sitemaps(self) -> list[MappedPage]:
        """Return what may be posts in the sitemaps so far."""
        return self._maps.kept

    def add_sitemap(self, sitemap: SitemapPage) -> None:
        """Take a sitemap, whose addresses are held against the lists in the end."""
        self._maps.add(sitemap)

    def add_date(self, url: str, published: Dated | None) -> None:
        """Take when a page says that it was published."""
        if published is not None:
            self._dated[page_key(url)] = published.at

    def add_index(self, facts: PageFacts, *, is_section: bool) -> bool:
        """Take a page of an index; tell whether older entries that matter may follow it."""
        self.lead(facts.requested_url, facts.url)
        goes_on = self.add(facts.url, facts.items)
        chain = self._chains[page_key(facts.url)]
        if is_section and chain.pages == 1:
            chain.index = facts.url
        self._recall.add(of_index(facts, is_section=is_section, goes_on=goes_on))
        return goes_on

    def add_feed(self, feed: FeedPage) -> bool:
        """Take a page of a feed, or of what an interface lists; tell as `add` does."""
        if feed.next_url:
            self._named.add(page_key(feed.next_url))
        goes_on = self.add(feed.url, feed.items, feed.stated)
        self._recall.add(of_feed(feed, further_page(feed), goes_on=goes_on))
        return goes_on

    def older(self, url: str, further: str) -> Sequence[ReadPage]:
        """Return the archived pages that go on with the list of a page; none: ask for `further`."""
        self.lead(url, further)
        pages = self._recall.older(url)
        for page in pages:
            self.lead(url, page.url)
        return pages

    def read_lists(self) -> tuple[ReadList, ...]:
        """Return the lists that were read without a gap, for the next run."""
        return self._recall.lists()

    def add(self, url: str, items: Sequence[Item], stated: int | None = None) -> bool:
        """Take a page of a list; tell whether older entries that matter may follow it.

        None follow a page that repeats what came before (some pagers never end), that reaches back
        beyond the window, or after which as many were read as the list says it has (`stated`).
        """
        chain = self._chains.setdefault(page_key(url), _Chain())
        keys = {key_of(item) for item in items}
        again = chain.pages > 0 and keys <= chain.keys
        if chain.pages == 0:
            # A page of an earlier run, further down, would say how many there were then.
            chain.first, chain.stated = tuple(key_of(item) for item in items), stated
        new = [item for item in items if key_of(item) not in chain.keys]
        chain.pages += 1
        chain.keys |= keys
        chain.dates += [item.published.at for item in new if item.published is not None]
        for item in items:
            self.add_date(item.url, item.published)
        reach = reach_of(chain.dates)
        covered = reach is not None and reach < self.since
        whole = chain.stated is not None and len(chain.keys) >= chain.stated
        chain.done = chain.done or covered or whole
        return not (chain.done or again)

    def lead(self, url: str, further: str) -> None:
        """Remember that an address goes on with the list of a page."""
        chain = self._chains.setdefault(page_key(url), _Chain())
        self._chains.setdefault(page_key(further), chain)

    def end(self, url: str) -> None:
        """Remember that a list is known to end before an address, which is not there.

        Before one that the list itself names it does not end: there a page of it is missing.
        """
        if page_key(url) in self._named:
            self.fail(url)
            return
        chain = self._chains.get(page_key(url))
        # Where the second page is gone already, the server may know no pages at all, as of a copy.
        if chain is not None and chain.pages > 1:
            chain.done = True
            self._recall.end(url)

    def fail(self, url: str) -> None:
        """Remember that a page of a list is missing."""
        self._recall.fail(url)

    def skips(self, request: Request) -> bool:
        """Tell whether an address that waits need not be read any more.

        Its list is done, or another one has all that it would add, or the archive has that page.
        """
        chain = self._chains.get(page_key(request.url))
        if request.known:
            done = chain is not None and chain.done
            if done or self._recall.is_broken(request.url):
                return True
        elif self._recall.stands_for(request.url):
            return True
        index = request.why == NEXT
        return (index or request.why == FURTHER_PAGE) and self.needless(request.url, index=index)

    def needless(self, url: str, *, index: bool) -> bool:
        """Tell whether another list, which is done, has all that an address would add.

        It then holds what this list began with. An index that shows a part of it, such as one of
        its categories, is read all the same: only its pages tell which posts are in that part.
        """
        chain = self._chains.get(page_key(url))
        if chain is None or not chain.first:
            return False
        return any(
            chain.keys <= other.keys and (not index or _begin_alike(chain.first, other.first))
            for other in self._finished()
            if other is not chain
        )

    def unopened(self) -> list[str]:
        """Return posts that only sitemaps name and that are to be opened for their dates.

        The first three of a section, then, unless they show that the sitemap states the days of
        publication, all others; each is returned once. None of a section whose list is done.
        """
        known = {key for chain in self._chains.values() for key in chain.keys}
        wanted: list[str] = []
        for chain in self._sections():
            below = f"{page_key(chain.index)}/"
            own = chain.keys | {key for key in known if key.startswith(below)}
            entries, _ = posts_mapped(self._maps.kept, chain.index, own)
            dated = are_dates(entries, self._dated)
            settled = known | self._opened
            urls = in_question(entries, settled, self.since, dated=dated)
            tried = any(entry.key in self._opened for entry in entries)
            wanted += urls if tried else urls[:_TRIED_FIRST]
        self._opened |= {page_key(url) for url in wanted}
        return wanted

    def _sections(self) -> list[_Chain]:
        """Return the lists of sections that no finished list holds, each once."""
        finished = list(self._finished())
        chains = {id(chain): chain for chain in self._chains.values() if chain.index}
        return [
            chain
            for chain in chains.values()
            if not any(chain.keys and chain.keys <= other.keys for other in finished)
        ]

    def _finished(self) -> Iterable[_Chain]:
        """Yield the lists that are done."""
        return (chain for chain in self._chains.values() if chain.done)


def _begin_alike(first: Sequence[str], second: Sequence[str]) -> bool:
    """Tell whether two lists begin with the same entries, but for some that are pinned."""
    length = min(len(first), len(second))
    return len({*first[:length]} & {*second[:length]}) >= _SAME_LIST * length > 0
