"""Take the older pages of a list of posts from the run before, once they are proved to be the same.

A list that shows the newest first grows at its top. So where a run meets a whole page of entries
that the run before knew, in the same order and with the same dates, the pages below are taken from
the archive without a request. They are fetched as any page is (`Request.known`), so that whoever
reads them knows nothing of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256

from audit.model.company import PointedSection
from audit.model.facts import FeedPage, Item, PageFacts
from audit.model.read_list import ReadList, ReadPage
from scrapers.parse.urls import page_key
from scrapers.site.posts import key_of
from scrapers.site.reach import reach_of

Remembered = Callable[[str, Callable[[], object]], object]
"""Gives a JSON value that a replay finds again: `Session.remembered`."""

RECALLS = 3
"""So many runs may follow each other that take pages of a list from the archive.

A post that was deleted or dated back below what was compared cannot be noticed by them; with four
runs a year it is within one.
"""

OLDEST = timedelta(days=400)
"""A year, and a month for a run that is late: what was asked for before is asked for again."""

_FEWEST = 5
"""Fewer entries may agree by chance, as where a page shows the latest three and no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A page of a list as this run read it.

    `whole`: nothing of it is cut off, or drawn by a script. `newest_first`: it is of a list that
    grows at its top. `goes_on`: older entries that matter may follow at `further`.
    """

    url: str
    record: str
    at: datetime
    items: Sequence[Item]
    whole: bool
    newest_first: bool
    goes_on: bool
    further: str
    stated: int | None = None
    section: PointedSection | None = None


def of_feed(feed: FeedPage, further: str, *, goes_on: bool) -> ListPage:
    """Return a page of a feed, or of what an interface lists, as one of a list.

    One that says when its entries were changed has them in that order.
    """
    return ListPage(
        url=feed.url,
        record=feed.evidence.record,
        at=feed.evidence.fetched_at,
        items=feed.items,
        whole=not feed.truncated,
        newest_first=not feed.updates,
        goes_on=goes_on,
        further=further,
        stated=feed.stated,
        section=_selectors(feed.section),
    )


def of_index(facts: PageFacts, *, is_section: bool, goes_on: bool) -> ListPage:
    """Return a page of an index as one of a list; only a section has the newest first."""
    beyond = facts.truncated or facts.more_items or facts.goes_on or facts.unread is not None
    return ListPage(
        url=facts.url,
        record=facts.record,
        at=facts.fetched_at,
        items=facts.items,
        whole=not (beyond or facts.drawn),
        newest_first=is_section,
        goes_on=goes_on,
        further=facts.next_url,
        section=_selectors(facts.section),
    )


def _selectors(section: PointedSection | None) -> PointedSection | None:
    """Return what a person points at without the line that says so: other lines may move it."""
    return replace(section, place="") if section is not None else None


@dataclass(slots=True)
class _Reading:
    """A list as far as it was read: `open` while older entries that matter may follow.

    `flawed`: a page of it is not all that there is, or could not be read (`failed`). `before` is
    set where older pages are recalled: in how many runs they were, and when all were asked for.
    """

    pages: list[ReadPage] = field(default_factory=list)
    first: ListPage | None = None
    dates: dict[str, datetime | None] = field(default_factory=dict)
    flawed: bool = False
    failed: bool = False
    open: bool = True
    before: tuple[int, datetime] | None = None


class Recall:
    """The lists of a visit, held against those that the run before has read."""

    def __init__(
        self,
        since: datetime,
        earlier: Iterable[ReadList] = (),
        remembered: Remembered = lambda _name, make: make(),
    ) -> None:
        """Begin without any list; nothing that is older than `since` matters.

        What is decided is `remembered`, so that a replay, which knows no run before, asks for the
        same pages, whatever today's rules would make of them.
        """
        self._since, self._remembered = since, remembered
        self._earlier = {each.url: each for each in earlier}
        self._readings: dict[str, _Reading] = {}
        self._taken: set[str] = set()

    def add(self, page: ListPage) -> None:
        """Take a page of a list, asked for or recalled."""
        reading = self._readings.setdefault(page_key(page.url), _Reading())
        sound = page.whole and page.newest_first and bool(page.record)
        reading.first = reading.first or page
        marks = {mark_of(item): _at(item) for item in page.items}
        reading.flawed = reading.flawed or not sound
        reading.open = page.goes_on and bool(page.further)
        reading.dates |= {mark: at for mark, at in marks.items() if mark not in reading.dates}
        reading.pages.append(ReadPage(url=page.url, record=page.record, entries=tuple(marks)))
        if page.further:
            self._go_on(reading, page_key(page.further))

    def fail(self, url: str) -> None:
        """Hear that a page that was to go on with a list could not be read."""
        reading = self._readings.get(page_key(url))
        if reading is not None:
            reading.flawed = reading.failed = True

    def end(self, url: str) -> None:
        """Hear that a list ends before an address, which is not there."""
        reading = self._readings.get(page_key(url))
        if reading is not None:
            reading.open = False

    def older(self, url: str) -> Sequence[ReadPage]:
        """Return the pages of the run before that go on with the list of a page.

        There are none where the next page is to be asked for: nothing is proved yet, or they were
        given already. What was remembered and is damaged is taken for nothing.
        """
        reading = self._readings.get(page_key(url))
        if reading is None or reading.first is None or reading.before is not None:
            return ()
        decided = self._remembered(f"older:{url}", lambda: self._decided(reading))
        try:
            pages, reading.before = _read_decision(decided)
        except (KeyError, TypeError, ValueError):
            return ()
        for page in pages:
            self._readings.setdefault(page_key(page.url), reading)
        self._taken |= {page_key(page.url) for page in pages}
        return pages

    def stands_for(self, url: str) -> bool:
        """Tell whether a page of the archive stands for an address, which other pages link too."""
        return page_key(url) in self._taken

    def is_broken(self, url: str) -> bool:
        """Tell whether a page is missing in the list of an address: what follows it is no more use.

        The list would seem to go on without a gap.
        """
        reading = self._readings.get(page_key(url))
        return reading is not None and reading.failed

    def lists(self) -> tuple[ReadList, ...]:
        """Return the lists of several pages that were read without a gap, for the next run."""
        distinct = {id(reading): reading for reading in self._readings.values()}
        return tuple(
            ReadList(
                url=reading.first.url,
                pages=tuple(reading.pages),
                since=self._since,
                full_at=reading.before[1] if reading.before is not None else reading.first.at,
                stated=reading.first.stated,
                section=reading.first.section,
                recalls=reading.before[0] if reading.before is not None else 0,
            )
            for reading in distinct.values()
            if reading.first is not None
            and len(reading.pages) > 1
            and not (reading.open or reading.flawed)
        )

    def _go_on(self, reading: _Reading, key: str) -> None:
        """Take what follows a page as part of its list; a pager may have led there before."""
        other = self._readings.setdefault(key, reading)
        begins = other.first is not None and page_key(other.first.url) == key
        if other is reading or not begins or reading.before or other.before:
            return
        reading.pages += other.pages
        reading.dates |= {mark: at for mark, at in other.dates.items() if mark not in reading.dates}
        reading.flawed = reading.flawed or other.flawed
        reading.open = other.open
        self._readings |= {each: reading for each, at in self._readings.items() if at is other}

    def _decided(self, reading: _Reading) -> object:
        """Return which pages of the run before go on with a list, as JSON; None for none."""
        first = reading.first
        earlier = self._earlier.get(first.url) if first is not None else None
        if earlier is None or first is None or not _bears(earlier, first, self._since):
            return None
        if reading.flawed or not _agrees(reading, earlier):
            return None
        pages = _beyond(earlier, reading.dates)
        if not pages:
            return None
        return {
            "pages": [[page.url, page.record] for page in pages],
            "recalls": earlier.recalls + 1,
            "full_at": earlier.full_at.isoformat(),
        }


def mark_of(item: Item) -> str:
    """Return a digest of what an entry of a list is known by, and of its date.

    An entry that got another date is another one. Twelve digits tell a million entries apart.
    """
    at = _at(item)
    words = f"{key_of(item)}\n{at.isoformat() if at is not None else ''}"
    return sha256(words.encode("utf-8", "replace")).hexdigest()[:12]


def _at(item: Item) -> datetime | None:
    """Return when an entry was published, if the list says so."""
    return item.published.at if item.published is not None else None


def _bears(earlier: ReadList, first: ListPage, since: datetime) -> bool:
    """Tell whether the list that the run before read may stand for that of now.

    It was read under the same settings and reaches back as far as this run looks; it is not too
    long ago that all of it was asked for.
    """
    return (
        earlier.recalls < RECALLS
        and first.at - earlier.full_at < OLDEST
        and earlier.since <= since
        and earlier.section == first.section
    )


def _agrees(reading: _Reading, earlier: ReadList) -> bool:
    """Tell whether a list has only grown at its top since the run before, as far as it was read.

    Its entries that are not new must be those of then, from the first one on and in the same order;
    the last page has no new one. All must be dated, with the newest first. If the list says how
    many entries it has, they have become more by those that are new, and by no other.
    """
    known = dict.fromkeys(mark for page in earlier.pages for mark in page.entries)
    ours = [mark for mark in reading.dates if mark in known]
    last = reading.pages[-1].entries
    dates = [at for at in reading.dates.values() if at is not None]
    if len(ours) < _FEWEST or not last or not all(mark in known for mark in last):
        return False
    if ours != list(known)[: len(ours)] or len(dates) < len(reading.dates):
        return False
    stated = reading.first.stated if reading.first is not None else None
    grown = None if earlier.stated is None else earlier.stated + len(reading.dates) - len(ours)
    return stated == grown and reach_of(dates) is not None


def _beyond(earlier: ReadList, read: Mapping[str, object]) -> list[ReadPage]:
    """Return the pages of a list that add to what was read, each to what those before it add.

    Those that add nothing lie higher up, or show again what an earlier recall has met.
    """
    known, pages = set(read), list[ReadPage]()
    for page in earlier.pages:
        if not known.issuperset(page.entries):
            known.update(page.entries)
            pages.append(page)
    return pages


def _read_decision(decided: object) -> tuple[Sequence[ReadPage], tuple[int, datetime]]:
    """Read which pages were decided on, now or in the run that is replayed.

    Raises:
        TypeError: nothing was decided.
        KeyError: it is damaged.
        ValueError: it is damaged, too.
    """
    if not isinstance(decided, dict):
        raise TypeError(decided)
    pages = [
        ReadPage(url=str(url), record=str(record), entries=()) for url, record in decided["pages"]
    ]
    return pages, (int(decided["recalls"]), datetime.fromisoformat(decided["full_at"]))
