"""Find the places where others write: a forum's threads, a wiki's new pages, with dates."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from audit.model.facts import Item, PageFacts, SourceFacts
from audit.model.kinds import ActivityKind, SectionKind
from audit.model.result import Window
from audit.model.site import Post, Section
from audit.model.value import Evidence
from scrapers.page.figures import is_forum, last_reply
from scrapers.parse.text import clean
from scrapers.parse.urls import page_key, segments, template
from scrapers.site.kinds import FORUM, WIKI
from scrapers.site.look import Site
from scrapers.site.posts import Draft, drafts, posts

_ROWS = 3
"""A list of threads has at least so many dated rows."""


def find_gatherings(
    site: Site, sources: Sequence[SourceFacts], window: Window
) -> tuple[Section, ...]:
    """Return the forum and the wiki of a site, where their entries could be read."""
    by_interface, by_pages = _threads(sources, window), _forum(site, window)
    return (*_richer(by_interface, by_pages), *_wikis(sources, window))


def _richer(
    by_interface: tuple[Section, ...], by_pages: tuple[Section, ...]
) -> tuple[Section, ...]:
    """Return the forum by its interface, or by its pages where those list more threads."""
    if not by_interface or not by_pages:
        return by_interface or by_pages
    return by_pages if len(by_pages[0].posts) > len(by_interface[0].posts) else by_interface


def without_threads(
    sections: tuple[Section, ...], gatherings: tuple[Section, ...]
) -> tuple[Section, ...]:
    """Leave out a section of which half or more are a forum's threads or a wiki's pages."""
    others = {page_key(post.url) for gathering in gatherings for post in gathering.posts}
    return tuple(
        section
        for section in sections
        if not section.posts
        or 2 * sum(page_key(post.url) in others for post in section.posts) < len(section.posts)
    )


def _forum(site: Site, window: Window) -> tuple[Section, ...]:
    """Return the forum as its pages list it; none where no thread has a date."""
    pages = [
        page
        for page in site.pages
        # What a person calls a blog is no forum, whatever its address says.
        if (page.section is None or page.section.kind == FORUM.name)
        and is_forum(page.url, page.signals, site.words)
    ]
    lists = [rows for page in pages if (rows := _rows(page)) is not None]
    if not lists:
        return ()
    threads = posts(FORUM, lists[0].url, drafts((), _by_beginning(lists, window)), window)
    visited = {page_key(page.url) for page in lists}
    further = any(
        page.goes_on or (page.next_url and page_key(page.next_url) not in visited) for page in lists
    )
    # A start page shows the newest threads alone.
    further = further or all(page.why == "start" and not segments(page.url) for page in lists)
    proofs = tuple(
        page.proof("section.forum", clean(f"{page.title}: {len(page.items)} threads", 200))
        for page in lists[:3]
    )
    return (_section(FORUM, lists[0].url, threads, proofs, truncated=further),)


def _by_beginning(lists: Sequence[PageFacts], window: Window) -> list[PageFacts]:
    """Return lists of threads dated by their beginning, or by nothing.

    A date that the page calls that of the last reply is no beginning; one of which it says nothing
    is taken for the thread's. With one beginning within the window unknown, the others would make a
    rate that is too low: none of them counts.
    """
    rows = [item for page in lists for item in page.items]
    whole = all(_tells_beginning(item) or _is_over(item, window) for item in rows)
    return [
        replace(
            page,
            items=tuple(
                item if whole and _tells_beginning(item) else replace(item, published=None)
                for item in page.items
            ),
        )
        for page in lists
    ]


def _tells_beginning(item: Item) -> bool:
    """Tell whether a date of a thread may be that of its beginning."""
    return item.published is not None and (item.begun or item.active is None)


def _is_over(item: Item, window: Window) -> bool:
    """Tell whether the last reply in a thread, and so its beginning, lies before the window."""
    last = last_reply(item)
    return last is not None and last.at < window.start


def _rows(page: PageFacts) -> PageFacts | None:
    """Return the page with its threads alone: the dated entries of the most usual shape.

    A forum's page also lists news, events and categories, whose addresses look otherwise. Of a page
    that a person points at, one row will do.
    """
    dated = [item for item in page.items if item.published is not None or item.active is not None]
    rows = _of_one_shape(dated, template)
    # Where threads lie below who began them, no two addresses on a start page may be alike:
    # `/ann/a-leak-4f`. On the page of a thread others of any kind stand beside it.
    if 2 * len(rows) < len(dated) and not segments(page.url):
        rows = _of_one_shape(dated, _depth)
    enough = _ROWS if page.section is None else 1
    return replace(page, items=rows) if len(rows) >= enough else None


def _of_one_shape(items: Sequence[Item], shape_of: Callable[[str], object]) -> tuple[Item, ...]:
    """Return the entries whose addresses have the most usual shape."""
    shapes = Counter(shape_of(item.url) for item in items)
    usual = shapes.most_common(1)[0][0] if shapes else None
    return tuple(item for item in items if shape_of(item.url) == usual)


def _depth(url: str) -> int:
    """Return how many parts the path of an address has."""
    return len(segments(url))


def _threads(sources: Sequence[SourceFacts], window: Window) -> tuple[Section, ...]:
    """Return the threads that a forum's interface lists, over all pages of the list.

    The list is whole where it holds as many threads as the interface counts.
    """
    forums = [source for source in sources if source.feature == FORUM.name]
    pages = [source for source in forums if source.items]
    if not pages:
        return ()
    url = pages[0].url
    # By address: a thread that is written to while the list is read appears on two of its pages.
    by_url = {draft.url: draft for page in pages if page.url == url for draft in _drafts(page)}
    threads = posts(FORUM, url, list(by_url.values()), window)
    counts = [
        figure.value
        for source in forums
        for figure in source.figures
        if figure.kind is ActivityKind.THREADS and isinstance(figure.value, int)
    ]
    whole = bool(counts) and max(counts) <= len(threads)
    proofs = tuple(page.evidence for page in pages[:3])
    return (_section(FORUM, url, threads, proofs, truncated=not whole),)


def _drafts(source: SourceFacts) -> list[Draft]:
    """Return the entries that an interface lists, each with its title as evidence."""
    return [
        Draft(
            url=item.url,
            title=item.title,
            dates=[item.published] if item.published is not None else [],
            evidence=replace(source.evidence, excerpt=clean(item.title, 200)),
            in_feed=True,
        )
        for item in source.items
    ]


def _wikis(sources: Sequence[SourceFacts], window: Window) -> tuple[Section, ...]:
    """Return the new pages of the first wiki whose interface lists any.

    Wikis forget old changes: the list is whole where it holds as many pages as the wiki counts.
    """
    for source in sources:
        if source.feature == WIKI.name and source.items:
            pages = posts(WIKI, source.url, _drafts(source), window)
            counts = [each.value for each in source.figures if each.kind is ActivityKind.PAGES]
            whole = counts == [len(pages)]
            return (_section(WIKI, source.url, pages, (source.evidence,), truncated=not whole),)
    return ()


def _section(
    kind: SectionKind,
    url: str,
    entries: tuple[Post, ...],
    proofs: tuple[Evidence, ...],
    *,
    truncated: bool,
) -> Section:
    """Return a place where others write as a section; it has no feed of its own."""
    return Section(
        channel=kind.name,
        url=url,
        feeds=(),
        posts=entries,
        truncated=truncated,
        unreadable=None,
        evidence=proofs,
    )
