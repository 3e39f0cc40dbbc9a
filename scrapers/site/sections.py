"""Find the dated sections of a site: blog, news, podcast, each with its feed and posts."""

from collections.abc import Sequence

from audit.model.catalogue import Catalogue
from audit.model.company import Company
from audit.model.exchange import Failure
from audit.model.facts import FeedPage, PageFacts
from audit.model.result import Window
from audit.model.site import Post, Section
from audit.model.value import Evidence, Reason, Unknown
from scrapers.parse.paging import is_numbered
from scrapers.parse.text import clean
from scrapers.parse.urls import page_key
from scrapers.site.look import Root, Site
from scrapers.site.offers import unread_sections
from scrapers.site.posts import Draft, drafts, enrich, posts
from scrapers.site.roots import assign, find_roots, is_section_feed, merged

_ORDER = ("blog", "news", "podcast")
_TYPICAL_LIMITS = frozenset({5, 6, 7, 8, 9, 10, 12, 15, 16, 18, 20, 24, 25, 30, 40, 50, 60, 100})


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
    """Find the dated sections of a site, those that could be read first."""
    site = Site(company, pages, catalogue)
    usable = [feed for feed in feeds if is_section_feed(feed, site)]
    roots = find_roots(site, usable)
    for feed in usable:
        assign(feed, roots, site)
    sections = [_section(root, site, window) for root in merged(roots)]
    kept = _distinct([section for section in sections if section is not None])
    have = {section.channel for section in kept}
    unread = [
        each
        for each in unread_sections(site, failures)
        if each.channel not in have and not (have and each.evidence[0].rule.endswith(".feed"))
    ]
    return tuple(sorted((*kept, *unread), key=lambda each: _ORDER.index(each.channel)))


def _distinct(sections: list[Section]) -> list[Section]:
    """Leave out a start page that only repeats what other sections hold."""
    kept = []
    for section in sections:
        mine = {page_key(post.url) for post in section.posts}
        others = {
            page_key(post.url)
            for other in sections
            if other is not section and "/" in page_key(other.url)
            for post in other.posts
        }
        home = "/" not in page_key(section.url)
        if not (home and mine and len(mine & others) > 0.6 * len(mine)):
            kept.append(section)
    return kept


def _section(root: Root, site: Site, window: Window) -> Section | None:
    found = [draft for draft in drafts(root.feeds, root.pages) if _counts(draft, root, site)]
    found = _inside(found, root)
    enrich(found, site.pages)
    made = posts(root.channel, root.url, found, window)
    named = page_key(root.url) in site.names or site.channel_of(root.url) != ""
    if not made and not named:
        return None
    if not any(post.published for post in made) and not root.feeds and not named:
        return None
    return Section(
        channel=root.channel,
        url=root.url,
        feeds=tuple(feed.url for feed in root.feeds),
        posts=made,
        truncated=_truncated(root, made, found, window),
        unreadable=None if made else _EMPTY,
        evidence=_proofs(root),
    )


def _inside(found: list[Draft], root: Root) -> list[Draft]:
    """Where a section's posts lie below it, what a feed of the whole site adds is no post."""
    base = page_key(root.url)
    inside = [draft for draft in found if page_key(draft.url).startswith(base + "/")]
    return inside if "/" in base and len(inside) > 0.6 * len(found) else found


def _counts(draft: Draft, root: Root, site: Site) -> bool:
    """Foreign entries are no posts of the company, unless they are episodes."""
    if draft.in_feed:
        return root.channel == "podcast" or site.own(draft.url) or "/~r/" in draft.url
    if page_key(draft.url) == page_key(root.url) or not site.own(draft.url):
        return False
    return bool(draft.dates) or not root.feeds


def _truncated(root: Root, made: Sequence[Post], found: Sequence[Draft], window: Window) -> bool:
    """Tell whether older posts may exist within the window that were not seen."""
    times = [at for post in made if (at := post.counted_at) is not None]
    if not times or min(times) <= window.start:
        return False
    if any(feed.truncated for feed in root.feeds) or any(map(_broken, root.pages)):
        return True
    pages = sorted(root.pages, key=lambda page: (is_numbered(page.url), len(page.url), page.url))
    if pages and pages[-1].items and len(pages) > 1:
        return bool(pages[-1].next_url) and page_key(pages[-1].next_url) not in {
            page_key(page.url) for page in pages
        }
    if not root.feeds:
        return bool(pages and pages[-1].next_url)
    in_feed = sum(draft.in_feed for draft in found)
    beyond = any(not draft.in_feed for draft in found)
    paged = any(page.next_url for page in root.pages)
    return (
        paged
        or any(feed.next_url for feed in root.feeds)
        or (in_feed in _TYPICAL_LIMITS and not beyond)
    )


def _broken(page: PageFacts) -> bool:
    """Tell whether entries of an index page may not have been read."""
    return page.truncated or page.more_items or page.unread is not None


def _proofs(root: Root) -> tuple[Evidence, ...]:
    pages = tuple(
        Evidence(
            url=page.url,
            fetched_at=page.fetched_at,
            rule=f"section.{root.channel}",
            excerpt=clean(f"{page.title}: {len(page.items)} entries", 200),
            record=page.record,
        )
        for page in root.pages[:3]
    )
    return (*(feed.evidence for feed in root.feeds[:2]), *pages)
