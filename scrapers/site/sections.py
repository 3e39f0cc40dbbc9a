"""Find the dated sections of a site, such as its blog and news, each with its feed and posts."""

from collections.abc import Sequence, Set

from audit.model.catalogue import Catalogue
from audit.model.company import Company
from audit.model.exchange import Failure
from audit.model.facts import FeedPage, PageFacts
from audit.model.kinds import SECTIONS
from audit.model.result import Window
from audit.model.site import Post, Section
from audit.model.value import Evidence, Reason, Unknown
from scrapers.parse.paging import page_number
from scrapers.parse.text import clean
from scrapers.parse.urls import page_key, segments
from scrapers.site.kinds import promised_by
from scrapers.site.look import Root, Site
from scrapers.site.offers import OF_ARTICLE, OF_FEED, unread_sections
from scrapers.site.pointed import RULE, faults_of, nothing_read, unread_pointed
from scrapers.site.posts import Draft, drafts, enrich, posts
from scrapers.site.roots import (
    assign,
    find_roots,
    is_section_feed,
    merged,
    pointed_roots,
)
from scrapers.site.unnamed import ENOUGH

_TYPICAL_LIMITS = frozenset({5, 6, 7, 8, 9, 10, 12, 15, 16, 18, 20, 24, 25, 30, 40, 50, 60, 100})
"""Entries at which software cuts a feed off; a feed of 13 holds all posts, one of 10 hardly."""

_SHARED_LIMITS = frozenset({10, 20})
"""Entries at which software ends a page of its index and its feed alike, unless it is told else."""

_EMPTY = Unknown(
    reason=Reason.TOO_LITTLE_DATA, detail="the page is there, but shows no entry that could be read"
)


def find_sections(
    company: Company,
    pages: Sequence[PageFacts],
    feeds: Sequence[FeedPage],
    failures: Sequence[Failure],
    catalogue: Catalogue,
    window: Window,
) -> tuple[Section, ...]:
    """Return the dated sections of a site, at most one a kind, in the order of `SECTIONS`.

    One that the site promises and that could not be read has no posts and says why. A feed or an
    article alone is such a promise only where nothing else was read.
    """
    site = Site(company, pages, catalogue)
    usable = [feed for feed in feeds if feed.section is None and is_section_feed(feed, site)]
    failed = {page_key(failure.url) for failure in failures}
    found = [root for root in find_roots(site, usable) if not _is_part(root, site, failed)]
    roots = [*pointed_roots(site, feeds), *found]
    for root in roots:
        root.holed = any(page_key(page.next_url) in failed for page in root.pages if page.next_url)
    for feed in usable:
        assign(feed, roots, site)
    sections = [_section(root, site, window) for root in merged(roots)]
    read = _distinct([section for section in sections if section is not None])
    read += unread_pointed(site, failures, read)
    known = {section.channel for section in read}
    unread = [
        section
        for section in unread_sections(site, feeds, failures)
        if section.channel not in known
        and not (known and section.evidence[0].rule.endswith((OF_ARTICLE, OF_FEED)))
    ]
    return tuple(sorted((*read, *unread), key=lambda section: SECTIONS.index(section.channel)))


def _is_part(root: Root, site: Site, failed: Set[str]) -> bool:
    """Tell whether a page lies in a section whose own index was asked for and could not be read.

    `/blog/news/` is then one of the posts of `/blog/`, of which nothing else is known, unless menus
    name it or it lists several dated entries itself.
    """
    dated = [item for page in root.pages for item in page.items if item.published is not None]
    if page_key(root.url) in site.names or len(dated) >= ENOUGH:
        return False
    parts = segments(root.url)
    origin = "/".join(root.url.split("/")[:3])
    return any(
        page_key(f"{origin}/{'/'.join(parts[:depth])}") in failed
        and promised_by(site.words.of_url(f"https://x.example/{parts[depth - 1]}")) is not None
        for depth in range(1, len(parts))
    )


def _distinct(sections: list[Section]) -> list[Section]:
    """Leave out a start page more than six of ten posts of which other sections hold too."""
    kept = []
    for section in sections:
        own = {page_key(post.url) for post in section.posts if post.url}
        others = {
            page_key(post.url)
            for other in sections
            if other is not section and "/" in page_key(other.url)
            for post in other.posts
        }
        is_home = "/" not in page_key(section.url)
        if not (is_home and own and len(own & others) > 0.6 * len(own)):
            kept.append(section)
    return kept


def _section(root: Root, site: Site, window: Window) -> Section | None:
    """Return a root as a section with its posts; None where nothing says that it is one.

    A page without a single dated entry is a section only where links or its address promise one.
    """
    counted = [draft for draft in drafts(root.feeds, root.pages) if _counts(draft, root, site)]
    kept = counted if root.pointed is not None else _inside(counted, root)
    # Only now: a date from its own page must not make
    # a post of what only the index lists (`_counts`).
    enrich(kept, site.pages)
    entries = posts(root.kind, root.url, kept, window)
    is_named = root.pointed is not None or site.promises(root.url)
    if not entries and not is_named:
        return None
    if not any(post.published for post in entries) and not root.feeds and not is_named:
        return None
    covered = any(at <= window.start for post in entries if (at := post.counted_at) is not None)
    faults = faults_of(root, covered=covered) if entries else ()
    return Section(
        channel=root.kind.name,
        url=root.url,
        feeds=tuple(feed.url for feed in root.feeds),
        posts=entries,
        # Older posts are missing, too, where the link to them is lost.
        truncated=_truncated(root, entries, kept, window) or "next" in dict(faults),
        unreadable=None if entries else nothing_read(root) or _EMPTY,
        evidence=_proofs(root),
        pointed=root.pointed,
        faults=faults,
    )


def _inside(counted: list[Draft], root: Root) -> list[Draft]:
    """Keep the drafts below the section where most lie there.

    What a feed of the whole site adds is then no post of the section.
    """
    base = page_key(root.url)
    inside = [
        draft for draft in counted if not draft.url or page_key(draft.url).startswith(base + "/")
    ]
    return inside if "/" in base and len(inside) > 0.6 * len(counted) else counted


def _counts(draft: Draft, root: Root, site: Site) -> bool:
    """Tell whether a draft is a post of the section; in a feed, one without address is.

    Foreign entries are none, unless they are episodes, reached through FeedBurner (`/~r/`), or a
    person points at them. What only an index page lists needs a date where there is a feed.
    """
    if draft.pointed:
        return True
    # A feed that the rules have found adds to the list that a person points at what lies below it.
    if root.pointed is not None and root.pointed.item:
        return page_key(draft.url).startswith(f"{page_key(root.url)}/")
    if draft.in_feed:
        return root.kind.elsewhere or not draft.url or site.own(draft.url) or "/~r/" in draft.url
    if page_key(draft.url) == page_key(root.url) or not site.own(draft.url):
        return False
    return bool(draft.dates) or not root.feeds


def _truncated(root: Root, entries: Sequence[Post], kept: Sequence[Draft], window: Window) -> bool:
    """Tell whether older posts may exist within the window that were not read."""
    times = [at for post in entries if (at := post.counted_at) is not None]
    # A list that reaches back beyond the window holds every post within it.
    if not times or min(times) <= window.start:
        return False
    if root.holed or any(feed.truncated for feed in root.feeds) or any(map(_broken, root.pages)):
        return True
    if root.pointed is not None and root.pages:
        return _goes_on(root.pages, root.pages[-1])
    # Of several index pages the last tells whether there is a further one that was not read.
    # Those without a number stay in the order in which one led to the other.
    pages = sorted(root.pages, key=lambda page: page_number(page.url))
    if pages and pages[-1].items and len(pages) > 1:
        return _goes_on(pages, pages[-1])
    if not root.feeds:
        return bool(pages and pages[-1].next_url)
    # A feed alone: it is cut where it has a next page, or as many entries as software is set to.
    in_feed = sum(draft.in_feed for draft in kept)
    beyond = any(not draft.in_feed for draft in kept)
    return (
        any(page.next_url for page in root.pages)
        or any(feed.next_url for feed in root.feeds)
        # Where an index page goes beyond the feed, the end of the feed says nothing of the list.
        or (in_feed in _TYPICAL_LIMITS and not beyond and not _agree(root, kept))
    )


def _agree(root: Root, kept: Sequence[Draft]) -> bool:
    """Tell whether an index page ends where the feed ends, so that neither is likely to be cut.

    Both may end at ten or twenty by the same default of their software.
    """
    in_feed = {page_key(draft.url) for draft in kept if draft.in_feed}
    listed = {page_key(item.url) for page in root.pages for item in page.items}
    return in_feed <= listed and len(in_feed) not in _SHARED_LIMITS


def _goes_on(pages: Sequence[PageFacts], last: PageFacts) -> bool:
    """Tell whether the last page of an index names a next one that is not among its pages."""
    read = {page_key(page.url) for page in pages}
    return bool(last.next_url) and page_key(last.next_url) not in read


def _broken(page: PageFacts) -> bool:
    """Tell whether entries of an index page may not have been read."""
    return page.truncated or page.more_items or page.unread is not None


def _proofs(root: Root) -> tuple[Evidence, ...]:
    """Return the evidence of a section: up to two feeds, then up to three index pages."""
    rule = f"section.{root.kind.name}" if root.pointed is None else RULE
    pages = tuple(
        page.proof(rule, clean(f"{page.title}: {len(page.items)} entries", 200))
        for page in root.pages[:3]
    )
    return (*(feed.evidence for feed in root.feeds[:2]), *pages)
