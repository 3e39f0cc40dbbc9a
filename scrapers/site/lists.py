"""Hold all lists that name the posts of a section against each other: how far each was read."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from audit.model.exchange import Failure
from audit.model.facts import FeedPage, Item, PageFacts
from audit.model.result import Window
from audit.model.site import Extent, ListKind, PostList
from audit.model.value import Evidence, Reason
from scrapers.parse.paging import head_of, is_numbered, page_number
from scrapers.parse.text import clean
from scrapers.parse.urls import page_key
from scrapers.site.further import archive_pages, chains_of, further_page, parameter_of
from scrapers.site.look import Root, is_typed_post
from scrapers.site.mapped import MappedPage
from scrapers.site.posts import Draft, key_of
from scrapers.site.reach import is_jumbled, reach_of

_TYPICAL_LIMITS = frozenset({5, 6, 7, 8, 9, 10, 12, 15, 16, 18, 20, 24, 25, 30, 40, 50, 60, 100})
"""Entries at which software cuts a feed off; a feed of 13 holds all posts, one of 10 hardly."""

_SHARED_LIMITS = frozenset({10, 20})
"""Entries at which software ends a page of its index and its feed alike, unless it is told else."""

_MISSING = 0.1
"""The part of the posts of the window that a list may lack which is called whole.

A feed of the whole site adds a post to a section now and then that is another's.
"""


@dataclass(frozen=True, slots=True)
class Answers:
    """What came of a site, as far as it tells how far its lists go.

    `feeds` are all feeds and pages of interfaces, `failed` what failed by the key of its address.
    `sitemaps` hold what may be posts in them (`scrapers/site/mapped.py`). Where most of the site is
    `unread`, no list is likely to be whole that does not say so itself.
    """

    feeds: Sequence[FeedPage]
    failed: Mapping[str, Failure]
    sitemaps: Sequence[MappedPage]
    window: Window
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a section, and what they tell together.

    `missing`: posts of the window may be missing in all of them; then `since` is back to when none
    is, and None where no order tells. `picked`: no list is in any order of time.
    """

    told: tuple[PostList, ...]
    missing: bool
    since: datetime | None
    picked: bool = False


@dataclass(frozen=True, slots=True)
class _List:
    """A list with what it names. `sure`: the list itself tells its extent.

    A single page without a pager, or a feed of an odd number of entries, is but likely to be whole.
    `reach` is back to when it has all posts, where its order tells; `picks`: it has none, or
    stands beside an article. It `goes_on` where it names a further page that was not read.
    """

    told: PostList
    keys: frozenset[str]
    sure: bool = False
    reach: datetime | None = None
    picks: bool = False
    goes_on: bool = False


def lists_of(root: Root, kept: Sequence[Draft], answers: Answers, mapped: PostList | None) -> Lists:
    """Return the lists of a section, and whether posts of the window may be missing in all of them.

    None are missing where one list goes back beyond the window, or to its end, and has what the
    others have; one that is only likely to be whole must not be denied by the sitemap (`mapped`),
    nor by a list that has as much and goes on.
    """
    own = {key for draft in kept for key in draft.keys}
    feeds = list(_feeds(root, own, answers))
    lists = [*feeds, *_indexes(root, kept, feeds, answers)]
    whole = [
        each
        for each in lists
        if each.told.extent is not Extent.CUT
        and _has_all(each.keys, kept, answers.window.start)
        and (each.sure or not any(other.goes_on and each.keys <= other.keys for other in lists))
    ]
    denied = mapped is not None and mapped.unread > 0 and not any(each.sure for each in whole)
    missing = (denied or not whole) and not _is_whole(mapped, kept, answers)
    reaches = [
        each.reach
        for each in lists
        if each.reach is not None and _has_all(each.keys, kept, each.reach)
    ]
    since = min(reaches, default=None) if missing else None
    told = [each.told for each in lists]
    picked = missing and bool(lists) and all(each.picks for each in lists)
    return Lists((*told, mapped) if mapped is not None else tuple(told), missing, since, picked)


def _is_whole(mapped: PostList | None, kept: Sequence[Draft], answers: Answers) -> bool:
    """Tell whether the sitemap names all posts of the window, each with a date."""
    if mapped is None or mapped.extent is Extent.CUT:
        return False
    named = {entry.key for page in answers.sitemaps for entry in page.entries}
    return _has_all(frozenset(named), kept, answers.window.start)


def _has_all(keys: frozenset[str], kept: Sequence[Draft], since: datetime) -> bool:
    """Tell whether a list has the posts since some time that any list has, but for a few."""
    recent = [draft.keys for draft in kept if any(date.at >= since for date in draft.dates)]
    missing = sum(keys.isdisjoint(known) for known in recent)
    return missing <= max(1, _MISSING * len(recent)) and missing < max(1, len(recent))


# ---- feeds and interfaces ----


def _feeds(root: Root, own: set[str], answers: Answers) -> Iterator[_List]:
    """Yield the feeds and interfaces of a section, each with all its further pages."""
    mine = {page_key(feed.url) for feed in root.feeds}
    for feeds in chains_of(answers.feeds):
        if mine.isdisjoint(page_key(feed.url) for feed in feeds):
            continue
        keys = frozenset(key_of(item) for feed in feeds for item in feed.items) & own
        if not keys:
            continue
        ended, sure = _end_of_feed(feeds, answers)
        ended = ended and (sure or not answers.unread)
        dates = [item.published.at for item in _distinct(feeds) if item.published]
        reach = reach_of(dates)
        covered = reach is not None and reach <= answers.window.start
        first = feeds[0]
        yield _List(
            told=PostList(
                kind=ListKind.INTERFACE if first.source else ListKind.FEED,
                url=first.url,
                posts=len(keys),
                extent=_extent(ended=ended, covered=covered),
                evidence=first.evidence,
                stated=first.stated,
            ),
            keys=keys,
            sure=sure or (covered and not ended),
            reach=reach,
        )


def _distinct(feeds: Sequence[FeedPage]) -> Iterable[Item]:
    """Return the entries of the pages of a feed, each once.

    The pages overlap where posts appeared between two of them: by their places alone those that
    come again would seem to be pinned.
    """
    by_key: dict[str, Item] = {}
    for item in itertools.chain.from_iterable(feed.items for feed in feeds):
        by_key.setdefault(key_of(item), item)
    return by_key.values()


def _extent(*, ended: bool, covered: bool) -> Extent:
    """Return how far a list was read."""
    if ended:
        return Extent.WHOLE
    return Extent.WINDOW if covered else Extent.CUT


def _end_of_feed(feeds: Sequence[FeedPage], answers: Answers) -> tuple[bool, bool]:
    """Return whether a feed was read to its end, and whether the feed itself tells so.

    It does by how many entries it states, or by its pages; else there may be more where it has as
    many entries as software is set to.
    """
    if any(feed.truncated for feed in feeds):
        return False, False
    pages = [{key_of(item) for item in feed.items} for feed in feeds]
    count = len(set().union(*pages))
    if feeds[0].stated is not None:
        return count >= feeds[0].stated, True
    told = _told_by_pages(feeds, pages, answers)
    return (count not in _TYPICAL_LIMITS, False) if told is None else (told, True)


def _told_by_pages(
    feeds: Sequence[FeedPage], pages: Sequence[set[str]], answers: Answers
) -> bool | None:
    """Return whether the pages of a feed are all; None where they do not tell.

    The last of several names no further one, or holds nothing new. A feed that ignores the number
    of a page gives its first one again, which says nothing.
    """
    guessed = bool(parameter_of(feeds[0])) and not feeds[0].next_url
    if len(feeds) > 1 and pages[-1] <= set().union(*pages[:-1]):
        return None if guessed and pages[1] == pages[0] else True
    further = further_page(feeds[-1])
    if not further:
        return True if len(feeds) > 1 else None
    if not guessed:
        return False
    failure = answers.failed.get(page_key(further))
    is_gone = failure is not None and failure.reason is Reason.HTTP_404
    # Where the second page is gone already, the server may know no pages at all, as of a copy.
    return True if is_gone and len(feeds) > 1 else None


# ---- index pages ----


def _indexes(
    root: Root, kept: Sequence[Draft], feeds: Sequence[_List], answers: Answers
) -> Iterator[_List]:
    """Yield the indexes of a section, each with all its pages."""
    dates = {key: _date_of(draft) for draft in kept for key in draft.keys}
    groups = [root.pages] if root.pointed is not None and root.pages else _groups(root.pages)
    for pages in groups:
        keys = [[key_of(item) for item in page.items] for page in pages]
        order = [key for key in itertools.chain.from_iterable(keys) if key in dates]
        if not order and len(groups) > 1:
            continue
        ended, sure = _end_of_index(pages, keys, answers)
        unbroken = _before_a_hole(pages)
        ended = ended and unbroken == len(pages) and (sure or not _is_cut_alike(order, feeds))
        # Of entries without a date, and of others', the place in the order tells nothing.
        placed = dict.fromkeys(itertools.chain.from_iterable(keys[:unbroken]))
        known = [at for key in placed if (at := dates.get(key)) is not None]
        picks = is_jumbled(known) or _is_beside_a_post(pages)
        # A start page shows the newest alone; where it is all there is, a feed says so.
        is_part = picks or answers.unread or pages[0].why == "start"
        ended = ended and (sure or not is_part)
        # Picks that happen to be in order leave out others all the same.
        reach = None if picks else reach_of(known)
        covered = reach is not None and reach <= answers.window.start
        if len(pages) > 1 and archive_pages(pages[0]):
            # A month that is missing among others leaves a hole, which the dates do not show.
            covered = _by_periods(pages, answers)
        yield _List(
            told=PostList(
                kind=ListKind.PAGES,
                url=pages[0].url,
                posts=len({*order}),
                extent=_extent(ended=ended, covered=covered),
                evidence=_proof(pages),
            ),
            keys=frozenset(order),
            sure=sure or covered,
            reach=reach,
            picks=picks,
            goes_on=_goes_on(pages),
        )


def _goes_on(pages: Sequence[PageFacts]) -> bool:
    """Tell whether the last page of an index leads to a further one that was not read."""
    last = pages[-1]
    return last.goes_on or bool(last.next_url and page_key(last.next_url) not in _read(pages))


def _before_a_hole(pages: Sequence[PageFacts]) -> int:
    """Return how many pages of an index follow each other; all of them where none is missing.

    One is missing where it could not be read, or where a link led past it, as to the last page.
    """
    read = _read(pages)
    for place, page in enumerate(pages, 1):
        if page.next_url and page_key(page.next_url) not in read:
            return place
    return len(pages)


def _read(pages: Sequence[PageFacts]) -> set[str]:
    """Return what the pages of an index are known by, before and after redirects."""
    return {page_key(url) for page in pages for url in (page.url, page.requested_url)}


def _is_beside_a_post(pages: Sequence[PageFacts]) -> bool:
    """Tell whether entries stand on the page of an article, as picks to go on with do.

    What goes on to further pages is an index, whatever its first page calls itself.
    """
    return len(pages) == 1 and pages[0].published is not None and is_typed_post(pages[0])


def _is_cut_alike(order: Sequence[str], feeds: Sequence[_List]) -> bool:
    """Tell whether a page shows nothing beyond feeds with as many entries as software is set to.

    Where the feed is cut off, so may be the page. One that is told to be whole has all; and where
    both end at the same entry, neither is likely to be cut, unless their software ends both there.
    """
    if not feeds or any(each.sure and each.told.extent is Extent.WHOLE for each in feeds):
        return False
    in_feeds = frozenset().union(*(each.keys for each in feeds))
    agreed = in_feeds == {*order} and len(in_feeds) not in _SHARED_LIMITS
    return len(in_feeds) in _TYPICAL_LIMITS and in_feeds.issuperset(order) and not agreed


def _date_of(draft: Draft) -> datetime | None:
    """Return one of the dates of a post, that of its list before that of its page."""
    return draft.dates[0].at if draft.dates else None


def _groups(pages: Sequence[PageFacts]) -> list[list[PageFacts]]:
    """Return the pages of each index, in the order of their numbers.

    Those without a number stay in the order in which one led to the other; archive pages of months
    are pages of the index that links them.
    """
    groups: dict[str, list[PageFacts]] = {}
    by_page: dict[str, list[PageFacts]] = {}
    for page in pages:
        place = head_of(page.url) if is_numbered(page.url) else page_key(page.url)
        known = (by_page.get(key) for key in (page_key(page.url), page_key(page.requested_url)))
        group = next((each for each in known if each is not None), None)
        group = group if group is not None else groups.setdefault(place, [])
        group.append(page)
        by_page.setdefault(place, group)
        onward = [page.next_url, *(url for _, url in archive_pages(page))]
        for url in onward:
            if url:
                by_page.setdefault(page_key(url), group)
    distinct = {id(group): group for group in (*groups.values(), *by_page.values())}
    return [sorted(group, key=lambda page: page_number(page.url)) for group in distinct.values()]


def _end_of_index(
    pages: Sequence[PageFacts], keys: Sequence[Sequence[str]], answers: Answers
) -> tuple[bool, bool]:
    """Return whether an index was read to its end, and whether its pages (`keys`) tell so.

    They do where the last of several names no further one, or repeats what came before. A second
    page that is the first again says nothing: a script may show the rest.
    """
    if any(page.truncated or page.more_items or page.unread is not None for page in pages):
        return False, False
    if pages[-1].goes_on:
        return False, False
    if len(pages) > 1 and {*keys[-1]} <= set().union(*keys[:-1]):
        return {*keys[1]} != {*keys[0]}, True
    if _goes_on(pages):
        return False, False
    read = _read(pages)
    archives = archive_pages(pages[0], answers.window.start)
    if archives and any(page_key(url) not in read for _, url in archives):
        return False, False
    return True, len(pages) > 1


def _by_periods(pages: Sequence[PageFacts], answers: Answers) -> bool:
    """Tell whether all archive pages by month or year that meet the window were read."""
    archives = archive_pages(pages[0], answers.window.start)
    read = _read(pages)
    unread = [period for period, url in archives if page_key(url) not in read]
    oldest = min((period for period, _ in archives), default=None)
    reaches = oldest is not None and oldest.start <= answers.window.start
    return reaches and not any(period.end > answers.window.start for period in unread)


def _proof(pages: Sequence[PageFacts]) -> Evidence:
    """Return the evidence of an index: how many entries its pages list."""
    count = sum(len(page.items) for page in pages)
    words = f"{pages[0].title}: {count} entries on {len(pages)} pages"
    return pages[0].proof("posts.index", clean(words, 200))
