"""Threads of a forum as its interfaces list them: addresses, titles and times, nobody's words."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from audit.model.activity import ActivityKind
from audit.model.dated import Dated, DateSource
from audit.model.facts import FeedPage, Item, PageFacts, SourceFacts
from scrapers.parse.readable import each_readable
from scrapers.parse.text import clean
from scrapers.parse.urls import join, split
from scrapers.sources.source import Reading

_AHEAD = timedelta(hours=48)
_SCRIPTS = ("index.php?", "index.php?/")
"""What stands before the paths of a forum whose server does not rewrite addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A thread as listed; a pinned one stands on top of its list, however old it is."""

    url: str
    title: str
    began_at: datetime | None
    last_at: datetime | None = None
    pinned: bool = False
    dated: DateSource = DateSource.API


def below(
    facts: PageFacts, inside: re.Pattern[str], *paths: str, guess: bool = True
) -> Sequence[str]:
    """Addresses below the place where a forum is installed: before the paths that lie inside it.

    Found in the page's own address, then in its links to the same host; where in none, the host's
    root is guessed.
    """
    root = _root(facts, inside)
    if not root and guess:
        parts = split(facts.url)
        root = f"{parts.scheme}://{parts.netloc}/"
    return [root + path for path in paths] if root else []


def _root(facts: PageFacts, inside: re.Pattern[str]) -> str:
    host = split(facts.url).netloc
    for url in (facts.url, *(link.url for link in facts.links)):
        found = inside.search(url)
        root = url[: found.start()] if found is not None else ""
        plain = "?" not in root or root.endswith(_SCRIPTS)
        if root and plain and split(url).netloc == host:
            return root
    return ""


def forum(
    reading: Reading,
    vendor: str,
    url: str,
    threads: Sequence[Thread],
    *,
    whole: bool = False,
    by_last: bool = False,
) -> SourceFacts:
    """What a list of threads says of a forum; one that is `whole` also counts them.

    `by_last`: the list is ordered by the last post in each thread, else by the threads' beginning.
    """
    limit = reading.page.fetched_at + _AHEAD
    last = [each.last_at for each in threads if each.last_at and each.last_at <= limit]
    counted = any(figure.kind is ActivityKind.THREADS for figure in reading.figures)
    if whole and threads and not counted:
        reading.add(ActivityKind.THREADS, len(threads))
    if last:
        reading.add(ActivityKind.LAST_POST, max(last))
    said = f"{len(threads)} threads listed" if threads else f"{len(reading.figures)} counts"
    reach = None if whole else _reach(threads, by_last=by_last)
    return SourceFacts(
        url=url,
        feature="forum",
        vendor=vendor,
        figures=tuple(reading.figures),
        items=tuple(
            _item(each, each.began_at)
            for each in threads
            if each.began_at and each.began_at <= limit
            if whole or (reach is not None and each.began_at >= reach)
        ),
        evidence=reading.proof(f"{vendor}: {said}"),
    )


def _reach(threads: Sequence[Thread], *, by_last: bool) -> datetime | None:
    """Since when a list has all threads: the oldest time that it is ordered by.

    A pinned thread, or one that a late reply has brought up, may have begun before that, when
    others began that are not listed.
    """
    times = [each.last_at if by_last else each.began_at for each in threads if not each.pinned]
    return min((at for at in times if at is not None), default=None)


def _item(thread: Thread, at: datetime) -> Item:
    published = Dated(at=at, source=thread.dated)
    return Item(url=thread.url, title=clean(thread.title, 300), published=published)


def thread(
    base: str,
    path: object,
    title: object,
    began_at: datetime | None,
    last_at: datetime | None = None,
    *,
    pinned: object = False,
) -> Iterator[Thread]:
    """One thread, where its address and title are such."""
    url = join(base, path) if isinstance(path, str) and path else None
    if url is not None and isinstance(title, str) and title.strip():
        yield Thread(url=url, title=title, began_at=began_at, last_at=last_at, pinned=bool(pinned))


def threads_of(
    said: Iterable[Mapping[str, object]],
    read: Callable[[Mapping[str, object]], Sequence[Thread]],
) -> list[Thread]:
    """The threads of a list; an entry that cannot be read costs itself."""
    return [made for found in each_readable(said, read) for made in found]


def of_feed(feed: FeedPage, inside: re.Pattern[str], *, by_last: bool = False) -> list[Thread]:
    """The entries of a feed that are threads, dated by their beginning or by their last post."""
    return [
        Thread(
            url=item.url,
            title=item.title,
            began_at=None if by_last else item.published.at,
            last_at=item.published.at if by_last else None,
            dated=DateSource.FEED,
        )
        for item in feed.items
        if item.published is not None and inside.search(item.url)
    ]


def id_of(said: object) -> str:
    """A thread's number as a text; empty where there is none."""
    if isinstance(said, bool) or not isinstance(said, int | str):
        return ""
    return str(said) if re.fullmatch(r"[0-9]{1,18}", str(said)[:20]) else ""
