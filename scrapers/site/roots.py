"""The roots of a site's sections: index pages with their further pages, and their feeds."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from audit.model.facts import FeedPage, PageFacts
from audit.model.kinds import BLOG, NEWS, PODCAST, SECTIONS, SectionKind
from scrapers.page.figures import is_forum
from scrapers.parse.paging import head_of, is_numbered
from scrapers.parse.urls import page_key, segments
from scrapers.site.further import archive_pages
from scrapers.site.kinds import KINDS, PUBLISHED, kind_of
from scrapers.site.look import NO_SECTION, Root, Site, is_post, of_changes, of_wiki
from scrapers.site.unnamed import ENOUGH, unnamed_section
from scrapers.site.worth import MENUS, PARTIAL

_WHOLE_SITE = 5
"""Dated entries from which on a page typed as an article, or a start page, may be an index."""

_AT_THE_ROOT = 6
"""Dated entries from which on a start page without a path is an index."""

_SEVERAL = 2
"""Kinds of sections among which a feed of the whole site is shared out."""

_RICHER = 3
"""How many times as rich a section on another host must be to stand before the site's own."""

_BLOG_ENGINES = ("ghost", "wordpress", "blogger", "jekyll", "hugo", "hexo", "typepad", "movable")


def find_roots(site: Site, feeds: Sequence[FeedPage]) -> list[Root]:
    """Return the index pages of a site, each with its further pages (`/blog/page/2/`)."""
    roots: dict[str, Root] = {}
    for page in site.pages:
        if is_numbered(page.url) or page.section is not None:
            continue
        kind = _index_kind(page, site, feeds)
        if kind is not None:
            roots[page_key(page.url)] = Root(kind=kind, url=page.url, pages=[page])
    if not any(root.kind in (BLOG, NEWS) for root in roots.values()):
        roots |= {
            page_key(page.url): Root(kind=BLOG, url=page.url, pages=[page])
            for page in unnamed_section(site)
        }
    _add_numbered(roots, site)
    return list(roots.values())


def _add_numbered(roots: Mapping[str, Root], site: Site) -> None:
    """Add further pages to the roots whose first page they follow.

    Pages of an index that have no number are known by the page that leads to them: its next page,
    or its archives by month or year.
    """
    by_page = dict(roots)
    for first in roots.values():
        for _, url in archive_pages(first.pages[0]):
            by_page.setdefault(page_key(url), first)
    for page in (page for page in site.pages if page.section is None):
        root = by_page.get(head_of(page.url)) if is_numbered(page.url) else None
        root = root or by_page.get(page_key(page.requested_url))
        if root is None:
            continue
        if page not in root.pages:
            root.pages.append(page)
        if page.next_url:
            by_page.setdefault(page_key(page.next_url), root)


def pointed_roots(site: Site, feeds: Sequence[FeedPage]) -> list[Root]:
    """Return the sections that a person points at, with the pages and feeds that were read of each.

    One of which nothing could be read is not among them.
    """
    roots: list[Root] = []
    for section in site.company.sections:
        if section.kind not in SECTIONS:
            continue
        pages = [page for page in site.pages if page.section == section]
        own = [feed for feed in feeds if feed.section == section]
        if pages or own:
            url = pages[0].url if pages else own[0].site or own[0].url
            roots.append(Root(KINDS[section.kind], url, pages, own, pointed=section))
    return roots


def _index_kind(page: PageFacts, site: Site, feeds: Sequence[FeedPage]) -> SectionKind | None:
    """Return which kind of index a page is; None where it is none."""
    if PARTIAL.intersection(part.lower() for part in segments(page.url)):
        return None
    kind = site.kind_of(page.url)
    dated = [item for item in page.items if item.published is not None]
    # A page typed as an article is one, unless it lists several dated entries.
    if is_post(page, site) and len(dated) < _WHOLE_SITE:
        return None
    if page.url == site.home or not segments(page.url):
        # Somebody may name an article as the start of a site: it lists nothing.
        is_named = bool(page.items) or _is_section_address(page.url, site)
        return (kind if is_named else None) or _home_kind(page, site, feeds)
    if kind is not None and _is_section_address(page.url, site):
        return kind
    if "Blog" in page.types and len(page.items) >= ENOUGH:
        return kind or BLOG
    return None


def _home_kind(page: PageFacts, site: Site, feeds: Sequence[FeedPage]) -> SectionKind | None:
    """Return the kind of index that a start page without a name is; None where it is none.

    It is one where it lists half of the newest ten entries of the site's own feed, or six dated
    entries of three different days; ten where the start page may be an article, as its address has
    a path.
    """
    if _links_to_section(page, site) or is_forum(page.url, page.signals, site.words):
        return None
    listed = {page_key(item.url) for item in page.items}
    for feed in feeds:
        shared = sum(page_key(item.url) in listed for item in feed.items[:10])
        if shared * 2 >= min(len(feed.items), 10) > 0:
            return PODCAST if feed.audio else BLOG
    dates = [item.published.at.date() for item in page.items if item.published is not None]
    enough = _AT_THE_ROOT if not segments(page.url) else 2 * _WHOLE_SITE
    if len(dates) >= enough and len(set(dates)) >= ENOUGH:
        return BLOG if page.generator.lower().startswith(_BLOG_ENGINES) else NEWS
    return None


def _links_to_section(page: PageFacts, site: Site) -> bool:
    """Tell whether the menus lead to a section of articles: then the start page is not it."""
    kinds = (
        kind_of(site.words.exact(link.text))
        for link in page.links
        if link.area in MENUS and site.own(link.url)
    )
    return any(kind in (BLOG, NEWS) for kind in kinds)


def _is_section_address(url: str, site: Site) -> bool:
    """Tell whether an address lies near the root, as a section does.

    It is a host of its own, or its name ends a path of at most three segments.
    """
    parts = segments(url)
    if not parts:
        return True
    # The last segment alone is asked for its words, behind a host that says nothing.
    return len(parts) <= 3 and (
        page_key(url) in site.names
        or kind_of(site.words.of_url(f"https://x.example/{parts[-1]}")) is not None
    )


def is_section_feed(feed: FeedPage, site: Site) -> bool:
    """Tell whether a feed holds the company's own posts.

    Feeds of comments, threads, jobs, products and changes do not, nor do those whose entries lie on
    other sites; episodes of a podcast may lie anywhere.
    """
    if feed.comments or not feed.items:
        return False
    sections = site.words.of_url(feed.url) | site.words.of_text(feed.title)
    if kind_of(sections) is None and sections & NO_SECTION:
        return False
    if of_changes(feed.url) or of_wiki(feed, site):
        return False
    # An entry whose address is too long to be kept says nothing about where it lies.
    own = sum(not item.url or site.own(item.url) for item in feed.items)
    return feed.audio or own * 2 >= len(feed.items) or _through_a_counter(feed)


def _through_a_counter(feed: FeedPage) -> bool:
    """Tell whether all links first pass a click counter such as FeedBurner's (`/~r/`)."""
    return all("feedproxy." in item.url or "/~r/" in item.url for item in feed.items)


def assign(chain: Sequence[FeedPage], roots: list[Root], site: Site) -> None:
    """Give a feed, with its further pages, to the section that it belongs to, or make it one.

    A feed of the whole site is shared out: by address where most of its entries lie below the
    sections, else by the category that all entries have which a section lists.
    """
    feed = joined(chain)
    by_address = [(root, part) for root in roots if (part := _part_of(feed, root)) is not None]
    if sum(len(part.items) for _, part in by_address) * 2 > len(feed.items):
        _hand_out(chain, by_address)
        return
    if by_category := _by_category(feed, roots):
        _hand_out(chain, by_category)
        return
    best = max(roots, key=lambda root: _belonging(feed, root), default=None)
    if best is not None and _belonging(feed, best) > 0:
        best.feeds += chain
        return
    if PARTIAL.intersection(segments(feed.url)):
        return
    by_name = kind_of(site.words.of_url(feed.url) | site.words.of_text(feed.title))
    url = feed.site if feed.site and site.own(feed.site) else site.home
    roots.append(Root(kind=PODCAST if feed.audio else by_name or BLOG, url=url, feeds=[*chain]))


def joined(chain: Sequence[FeedPage]) -> FeedPage:
    """Return a feed with the entries of its further pages, as if it were one file."""
    return replace(chain[0], items=tuple(item for feed in chain for item in feed.items))


def _hand_out(chain: Sequence[FeedPage], parts: Sequence[tuple[Root, FeedPage]]) -> None:
    """Give each section its part of a feed, page by page, so that each keeps its own proof."""
    for root, part in parts:
        own = {id(item) for item in part.items}
        for feed in chain:
            if items := tuple(item for item in feed.items if id(item) in own):
                root.feeds.append(replace(feed, items=items))


def _by_category(feed: FeedPage, roots: Sequence[Root]) -> list[tuple[Root, FeedPage]]:
    """Return the parts of a feed that sections of several kinds list, by their categories.

    None where only one section lists some of its entries, or where the entries that a section
    lists have no category of their own in common.
    """
    common: list[tuple[Root, frozenset[str]]] = []
    for root in roots:
        listed = {page_key(item.url) for page in root.pages for item in page.items}
        found = [frozenset(item.tags) for item in feed.items if page_key(item.url) in listed]
        if len(found) >= ENOUGH:
            common.append((root, frozenset.intersection(*found)))
    if len({root.kind.name for root, _ in common}) < _SEVERAL:
        return []
    parts = []
    for root, tags in common:
        others = [theirs for other, theirs in common if other is not root]
        own = tags.difference(*others)
        if not own:
            return []
        items = tuple(item for item in feed.items if not own.isdisjoint(item.tags))
        parts.append((root, replace(feed, items=items)))
    return parts


def _part_of(feed: FeedPage, root: Root) -> FeedPage | None:
    """Return the feed with the entries below one section alone; None where there are none."""
    base = page_key(root.url)
    if "/" not in base:
        return None
    items = tuple(item for item in feed.items if page_key(item.url).startswith(base + "/"))
    return replace(feed, items=items) if items else None


def _belonging(feed: FeedPage, root: Root) -> float:
    """Return how surely a feed is a section's: 0 for not at all, above 2 at best.

    The share of its entries that the section lists counts most, then addresses below the section,
    then that its pages advertise the feed; for a page that advertises nothing else, that is enough.
    """
    listed = {page_key(item.url) for page in root.pages for item in page.items}
    shared = sum(page_key(item.url) in listed for item in feed.items)
    score = shared / len(feed.items)
    base = page_key(root.url)
    inside = sum(page_key(item.url).startswith(base + "/") for item in feed.items)
    deep = "/" in base
    if deep and inside * 2 >= len(feed.items):
        score += 0.5
    if deep and page_key(feed.url).startswith(base + "/"):
        score += 0.5
    if feed.site and page_key(feed.site) == base and deep:
        score += 0.5
    advertised = any(link.url == feed.url for page in root.pages for link in page.feeds)
    return score + 0.2 if advertised and (score > 0 or len(root.pages[0].feeds) == 1) else score


def merged(roots: list[Root], site: Site) -> list[Root]:
    """Return one root a kind: the first of `_joined` leads, the others' pages and feeds join it.

    Where a person points at sections of a kind, those alone are joined.
    """
    by_kind: dict[str, list[Root]] = defaultdict(list)
    told = {root.kind.name for root in roots if root.pointed is not None}
    for root in roots:
        # What a person calls their blog stands in place of what the rules take for it.
        if root.pointed is not None or root.kind.name not in told:
            by_kind[root.kind.name].append(root)
    return [_joined(group, site) for kind in PUBLISHED if (group := by_kind.get(kind.name))]


def _joined(group: list[Root], site: Site) -> Root:
    """Join the roots of one kind; the same section in another language is left out.

    The richest leads, that of the site's own host before one elsewhere that is not clearly richer.
    """
    home = max((_weight(root) for root in group if site.at_home(root.url)), default=0)
    lead, *others = sorted(
        group,
        key=lambda root: (
            home > 0 and not site.at_home(root.url) and _weight(root) < _RICHER * home,
            -_weight(root),
            len(root.url),
            root.url,
        ),
    )
    for other in others:
        if other.pointed is not None or not _twins(lead, other):
            lead.pages += [page for page in other.pages if page not in lead.pages]
            lead.feeds += [feed for feed in other.feeds if feed not in lead.feeds]
    return lead


def _weight(root: Root) -> int:
    """Return how rich a root is: its dated entries, more where a feed or further pages hold on."""
    dated = {page_key(item.url) for page in root.pages for item in page.items if item.published}
    dated |= {page_key(item.url) for feed in root.feeds for item in feed.items if item.published}
    return len(dated) * (3 if root.feeds or len(root.pages) > 1 else 2) + bool(root.pages)


def _twins(first: Root, second: Root) -> bool:
    """Tell whether two roots are one section in two languages, which share none."""
    left = {page.language for page in first.pages if page.language}
    right = {page.language for page in second.pages if page.language}
    return bool(left and right and not left & right)
