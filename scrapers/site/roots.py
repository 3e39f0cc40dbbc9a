"""The roots of a site's sections: index pages with their further pages, and their feeds."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from audit.model.facts import Area, FeedPage, PageFacts
from scrapers.page.figures import is_forum
from scrapers.parse.paging import head_of, is_numbered
from scrapers.parse.urls import page_key, segments
from scrapers.site.look import NO_SECTION, Root, Site, channel_of, is_post, of_changes

_CHANNELS = ("podcast", "blog", "news")
_ENOUGH = 3
"""An index page lists at least this many dated entries, where nothing names it."""

_WHOLE_SITE = 5
_BLOG_ENGINES = ("ghost", "wordpress", "blogger", "jekyll", "hugo", "hexo", "typepad", "movable")
_PARTIAL = frozenset({"category", "tag", "author", "tags", "categories", "autor", "kategorie"})


def find_roots(site: Site, feeds: Sequence[FeedPage]) -> list[Root]:
    """The index pages, each with its further pages."""
    roots: dict[str, Root] = {}
    for page in site.pages:
        if is_numbered(page.url):
            continue
        channel = _index_channel(page, site, feeds)
        if channel:
            roots[page_key(page.url)] = Root(channel=channel, url=page.url, pages=[page])
    for page in site.pages:
        if is_numbered(page.url):
            root = roots.get(head_of(page.url))
            if root is not None:
                root.pages.append(page)
    return list(roots.values())


def _index_channel(page: PageFacts, site: Site, feeds: Sequence[FeedPage]) -> str:
    """Which kind of index a page is; "" where it is none."""
    if _PARTIAL.intersection(part.lower() for part in segments(page.url)):
        return ""
    channel = site.channel_of(page.url)
    dated = [item for item in page.items if item.published is not None]
    if is_post(page, site) and len(dated) < _WHOLE_SITE:
        return ""
    if page.url == site.home or not segments(page.url):
        return _home_channel(page, site, feeds, len(dated), channel)
    if channel and _is_section_address(page.url, site):
        return channel
    if "Blog" in page.types and len(page.items) >= _ENOUGH:
        return channel or "blog"
    return ""


def _home_channel(
    page: PageFacts, site: Site, feeds: Sequence[FeedPage], dated: int, channel: str
) -> str:
    """A start page is an index where it lists what the site's own feed holds."""
    if channel:
        return channel
    if _links_to_section(page, site) or is_forum(page.url, page.signals, site.words):
        return ""
    listed = {page_key(item.url) for item in page.items}
    for feed in feeds:
        inside = sum(page_key(item.url) in listed for item in feed.items[:10])
        if inside * 2 >= min(len(feed.items), 10) > 0:
            return "podcast" if feed.audio else "blog"
    distinct = {item.published.at.date() for item in page.items if item.published is not None}
    if dated >= 2 * _WHOLE_SITE and len(distinct) >= _ENOUGH:
        return "blog" if page.generator.lower().startswith(_BLOG_ENGINES) else "news"
    return ""


def _links_to_section(page: PageFacts, site: Site) -> bool:
    return any(
        site.own(link.url) and channel_of(site.words.exact(link.text)) in ("blog", "news")
        for link in page.links
        if link.area in (Area.NAV, Area.HEADER, Area.FOOTER)
    )


def _is_section_address(url: str, site: Site) -> bool:
    """A section lies near the root: its own host, or its name at the end of a short path."""
    parts = segments(url)
    if not parts:
        return True
    return len(parts) <= 3 and (
        page_key(url) in site.names
        or channel_of(site.words.of_url(f"https://x.example/{parts[-1]}")) != ""
    )


def is_section_feed(feed: FeedPage, site: Site) -> bool:
    """A feed of the company's own posts; not of comments, threads, jobs, products, changes."""
    if feed.comments or not feed.items:
        return False
    said = site.words.of_url(feed.url) | site.words.of_text(feed.title)
    if channel_of(said) == "" and said & NO_SECTION:
        return False
    if of_changes(feed.url):
        return False
    own = sum(site.own(item.url) for item in feed.items)
    return feed.audio or own * 2 >= len(feed.items) or _through_a_counter(feed)


def _through_a_counter(feed: FeedPage) -> bool:
    """Entries whose links first pass a click counter such as FeedBurner's."""
    return all("feedproxy." in item.url or "/~r/" in item.url for item in feed.items)


def assign(feed: FeedPage, roots: list[Root], site: Site) -> None:
    """Give a feed to the section that it belongs to, or make it one."""
    shares = [(root, part) for root in roots if (part := _part_of(feed, root)) is not None]
    if sum(len(part.items) for _, part in shares) * 2 > len(feed.items):
        for root, part in shares:
            root.feeds.append(part)
        return
    best = max(roots, key=lambda root: _belonging(feed, root), default=None)
    if best is not None and _belonging(feed, best) > 0:
        best.feeds.append(feed)
        return
    if _PARTIAL.intersection(segments(feed.url)):
        return
    said = site.words.of_url(feed.url) | site.words.of_text(feed.title)
    channel = "podcast" if feed.audio else channel_of(said) or "blog"
    url = feed.site if feed.site and site.own(feed.site) else site.home
    roots.append(Root(channel=channel, url=url, feeds=[feed]))


def _part_of(feed: FeedPage, root: Root) -> FeedPage | None:
    """What a feed of the whole site says about one section: the entries that lie below it."""
    base = page_key(root.url)
    if "/" not in base:
        return None
    items = tuple(item for item in feed.items if page_key(item.url).startswith(base + "/"))
    return replace(feed, items=items) if items else None


def _belonging(feed: FeedPage, root: Root) -> float:
    """How surely a feed is a section's: by its address, its entries, the pages that name it."""
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


def merged(roots: list[Root]) -> list[Root]:
    """One section a kind: the richest root leads, those on its path or in its feeds join it."""
    by_channel: dict[str, list[Root]] = defaultdict(list)
    for root in roots:
        by_channel[root.channel].append(root)
    merged = []
    for channel in _CHANNELS:
        group = by_channel.get(channel, [])
        if not group:
            continue
        group.sort(key=lambda root: (-_weight(root), len(root.url), root.url))
        lead = group[0]
        for other in group[1:]:
            if _twins(lead, other):
                continue
            lead.pages += [page for page in other.pages if page not in lead.pages]
            lead.feeds += [feed for feed in other.feeds if feed not in lead.feeds]
        merged.append(lead)
    return merged


def _weight(root: Root) -> int:
    """How many dated entries a root shows."""
    dated = {page_key(item.url) for page in root.pages for item in page.items if item.published}
    dated |= {page_key(item.url) for feed in root.feeds for item in feed.items if item.published}
    return len(dated) * (3 if root.feeds or len(root.pages) > 1 else 2) + bool(root.pages)


def _twins(first: Root, second: Root) -> bool:
    """Two roots in different languages are one section, told twice."""
    left = {page.language for page in first.pages if page.language}
    right = {page.language for page in second.pages if page.language}
    return bool(left and right and not left & right)
