"""Threads of a forum as its interfaces list them: addresses, titles and times, nobody's words."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from audit.model.facts import FeedPage, Item, PageFacts, SourceFacts
from audit.model.kinds import ActivityKind
from audit.model.value import TOO_FAR_AHEAD, Dated, DateSource
from scrapers.parse.moment import decided_by_now
from scrapers.parse.readable import each_readable
from scrapers.parse.text import clean
from scrapers.parse.urls import join, split
from scrapers.parse.values import Json
from scrapers.sources.source import Reading

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
    """Return addresses below the place where a forum is installed.

    `inside` matches the paths within the forum (`t/which-oil/90`); what stands before the match is
    the place. It is looked for in the page's own address, then in its links to the same host; where
    none matches, the host's root is guessed, or with `guess=False` nothing returned.
    """
    root = _root(facts, inside)
    if not root and guess:
        parts = split(facts.url)
        root = f"{parts.scheme}://{parts.netloc}/"
    return [root + path for path in paths] if root else []


def _root(facts: PageFacts, inside: re.Pattern[str]) -> str:
    """Return where a forum is installed, with a slash or `?` at the end; "" where unknown.

    A match behind another `?` is a parameter, such as in `/login?back=/threads/priming.77/`.
    """
    host = split(facts.url).netloc
    for url in (facts.url, *(link.url for link in facts.links)):
        match = inside.search(url)
        root = url[: match.start()] if match is not None else ""
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
    """Return what a list of threads says of a forum; one that is `whole` also counts them.

    `by_last`: the list is ordered by the last post in each thread, else by the threads' beginning.
    Of a list that is not whole, only the threads since the time that it covers are kept.
    """
    limit = reading.page.fetched_at + TOO_FAR_AHEAD
    told = [thread.last_at for thread in threads if thread.last_at]
    last = [at for at in told if at <= limit]
    if len(last) < len(told):
        decided_by_now()
    counted = any(figure.kind is ActivityKind.THREADS for figure in reading.figures)
    if whole and threads and not counted:
        reading.add(ActivityKind.THREADS, len(threads))
    if last:
        reading.add(ActivityKind.LAST_POST, max(last))
    words = f"{len(threads)} threads listed" if threads else f"{len(reading.figures)} counts"
    reach = None if whole else _reach(threads, by_last=by_last)
    return SourceFacts(
        url=url,
        feature="forum",
        vendor=vendor,
        figures=tuple(reading.figures),
        items=tuple(
            _item(thread, thread.began_at)
            for thread in threads
            if thread.began_at and thread.began_at <= limit
            if whole or (reach is not None and thread.began_at >= reach)
        ),
        evidence=reading.proof(f"{vendor}: {words}"),
    )


def _reach(threads: Sequence[Thread], *, by_last: bool) -> datetime | None:
    """Return since when a list has all threads: the oldest time that it is ordered by.

    A pinned thread, or one that a late reply has brought up, may have begun before that, when
    others began that are not listed.
    """
    times = [
        thread.last_at if by_last else thread.began_at for thread in threads if not thread.pinned
    ]
    return min((at for at in times if at is not None), default=None)


def _item(thread: Thread, at: datetime) -> Item:
    """Return a thread as an entry dated by its beginning."""
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
    """Yield one thread, or none where its path or title, as an answer gives them, is not a text.

    `path` may be an address of its own, or one relative to `base`.
    """
    url = join(base, path) if isinstance(path, str) and path else None
    if url is not None and isinstance(title, str) and title.strip():
        yield Thread(url=url, title=title, began_at=began_at, last_at=last_at, pinned=bool(pinned))


def threads_of(entries: Iterable[Json], read: Callable[[Json], Sequence[Thread]]) -> list[Thread]:
    """Return the threads of a list; an entry that cannot be read is left out, the others stay."""
    return [thread for threads in each_readable(entries, read) for thread in threads]


def of_feed(feed: FeedPage, inside: re.Pattern[str], *, by_last: bool = False) -> list[Thread]:
    """Return the entries of a feed that are threads, dated by beginning or by their last post."""
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
