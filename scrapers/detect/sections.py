"""Find the dated sections of a site: blog, news, podcast, each with its feed and posts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from audit.model.catalogue import Catalogue
from audit.model.company import Company
from audit.model.presence import Post, Section
from audit.model.result import Window
from audit.model.value import Evidence, Reason, Unknown
from audit.model.web import Area, Failure, FeedPage, Link, PageFacts
from scrapers.detect.names import fit
from scrapers.detect.posts import Draft, drafts, enrich, posts
from scrapers.detect.words import Topics
from scrapers.parse.paging import head_of, is_numbered
from scrapers.parse.text import clean
from scrapers.parse.urls import host_of, page_key, registrable, same_site, segments

_CHANNELS = ("podcast", "blog", "news")
_ENOUGH = 3
"""An index page lists at least this many dated entries, where nothing names it."""

_WHOLE_SITE = 5
_BLOG_ENGINES = ("ghost", "wordpress", "blogger", "jekyll", "hugo", "hexo", "typepad", "movable")
_TYPICAL_LIMITS = frozenset({5, 6, 7, 8, 9, 10, 12, 15, 16, 18, 20, 24, 25, 30, 40, 50, 60, 100})
_PARTIAL = frozenset({"category", "tag", "author", "tags", "categories", "autor", "kategorie"})
_NO_SECTION = {"careers", "forum", "wiki", "comments", "events", "help", "docs", "community"}
_MENUS = {Area.HEADER, Area.NAV, Area.FOOTER}
_PLACES = {Area.HEADER, Area.NAV, Area.FOOTER, Area.ASIDE, Area.MAIN}


@dataclass(slots=True)
class _Root:
    """A section while its parts are being found."""

    channel: str
    url: str
    pages: list[PageFacts] = field(default_factory=list)
    feeds: list[FeedPage] = field(default_factory=list)


class _Site:
    """What the visit read, looked at as one site."""

    def __init__(self, company: Company, pages: Sequence[PageFacts], catalogue: Catalogue) -> None:
        self.company, self.pages, self.hosted = company, pages, catalogue.hosted
        self.topics = Topics(catalogue.vocabulary)
        self.home = pages[0].url if pages else company.website
        self.names: dict[str, set[str]] = defaultdict(set)
        for page in pages:
            for link in page.links:
                if link.area in _PLACES and (said := self.topics.exact(link.text)):
                    self.names[page_key(link.url)] |= said
        self.read = {page_key(page.url) for page in pages}
        self.read |= {page_key(page.requested_url) for page in pages}

    def own(self, url: str) -> bool:
        """Tell whether an address lies on the company's site."""
        return same_site(url, self.home, self.hosted) or same_site(
            url, self.company.website, self.hosted
        )

    def channel_of(self, url: str) -> str:
        """Which section an address is by the words of its links and its path; "" for none."""
        said = self.names.get(page_key(url), set()) | self.topics.of_url(url)
        return _channel(said)


def _channel(said: set[str] | frozenset[str]) -> str:
    if "podcast" in said:
        return "podcast"
    if "blog" in said:
        return "blog"
    return "news" if "news" in said or "press" in said else ""


def find_sections(
    company: Company,
    pages: Sequence[PageFacts],
    feeds: Sequence[FeedPage],
    failures: Sequence[Failure],
    catalogue: Catalogue,
    window: Window,
) -> tuple[Section, ...]:
    """Find the dated sections of a site, those that could be read first."""
    site = _Site(company, pages, catalogue)
    usable = [feed for feed in feeds if _is_section_feed(feed, site)]
    roots = _roots(site, usable)
    for feed in usable:
        _assign(feed, roots, site)
    sections = [_section(root, site, window) for root in _merged(roots)]
    kept = _distinct([section for section in sections if section is not None])
    have = {section.channel for section in kept}
    unread = [
        each
        for each in _unread(site, failures)
        if each.channel not in have and not (have and each.evidence[0].rule.endswith(".feed"))
    ]
    return (*kept, *unread)


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


def _roots(site: _Site, feeds: Sequence[FeedPage]) -> list[_Root]:
    """The index pages, each with its further pages."""
    roots: dict[str, _Root] = {}
    for page in site.pages:
        if is_numbered(page.url):
            continue
        channel = _index_channel(page, site, feeds)
        if channel:
            roots[page_key(page.url)] = _Root(channel=channel, url=page.url, pages=[page])
    for page in site.pages:
        if is_numbered(page.url):
            root = roots.get(head_of(page.url))
            if root is not None:
                root.pages.append(page)
    return list(roots.values())


def _index_channel(page: PageFacts, site: _Site, feeds: Sequence[FeedPage]) -> str:
    """Which kind of index a page is; "" where it is none."""
    if _PARTIAL.intersection(part.lower() for part in segments(page.url)):
        return ""
    channel = site.channel_of(page.url)
    dated = [item for item in page.items if item.published is not None]
    if _is_post(page, site) and len(dated) < _WHOLE_SITE:
        return ""
    if page.url == site.home or not segments(page.url):
        return _home_channel(page, site, feeds, len(dated), channel)
    if channel and _is_section_address(page.url, site):
        return channel
    if "Blog" in page.types and len(page.items) >= _ENOUGH:
        return channel or "blog"
    return ""


def _home_channel(
    page: PageFacts, site: _Site, feeds: Sequence[FeedPage], dated: int, channel: str
) -> str:
    """A start page is an index where it lists what the site's own feed holds."""
    if channel:
        return channel
    if _links_to_section(page, site):
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


def _links_to_section(page: PageFacts, site: _Site) -> bool:
    return any(
        site.own(link.url) and _channel(site.topics.exact(link.text)) in ("blog", "news")
        for link in page.links
        if link.area in (Area.NAV, Area.HEADER, Area.FOOTER)
    )


def _is_post(page: PageFacts, site: _Site) -> bool:
    """Tell whether a page is a single article."""
    article = any(
        kind.endswith(("Article", "BlogPosting")) or kind == "og:article" for kind in page.types
    )
    return article and page_key(page.url) not in site.names


def _is_section_address(url: str, site: _Site) -> bool:
    """A section lies near the root: its own host, or its name at the end of a short path."""
    parts = segments(url)
    if not parts:
        return True
    return len(parts) <= 3 and (
        page_key(url) in site.names
        or _channel(site.topics.of_url(f"https://x.example/{parts[-1]}")) != ""
    )


def _is_section_feed(feed: FeedPage, site: _Site) -> bool:
    """A feed of the company's own posts; not of comments, threads, jobs, products, changes."""
    if feed.comments or not feed.items:
        return False
    said = site.topics.of_url(feed.url) | site.topics.of_text(feed.title)
    if _channel(said) == "" and said & _NO_SECTION:
        return False
    if _of_changes(feed.url):
        return False
    own = sum(site.own(item.url) for item in feed.items)
    return feed.audio or own * 2 >= len(feed.items) or _through_a_counter(feed)


def _of_changes(url: str) -> bool:
    """A feed of edits or of a shop's products, by its address."""
    path = url.lower()
    return any(
        word in path for word in ("recentchanges", "/collections/", "/products", "/product-")
    )


def _through_a_counter(feed: FeedPage) -> bool:
    """Entries whose links first pass a click counter such as FeedBurner's."""
    return all("feedproxy." in item.url or "/~r/" in item.url for item in feed.items)


def _assign(feed: FeedPage, roots: list[_Root], site: _Site) -> None:
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
    said = site.topics.of_url(feed.url) | site.topics.of_text(feed.title)
    channel = "podcast" if feed.audio else _channel(said) or "blog"
    url = feed.site if feed.site and site.own(feed.site) else site.home
    roots.append(_Root(channel=channel, url=url, feeds=[feed]))


def _part_of(feed: FeedPage, root: _Root) -> FeedPage | None:
    """What a feed of the whole site says about one section: the entries that lie below it."""
    base = page_key(root.url)
    if "/" not in base:
        return None
    items = tuple(item for item in feed.items if page_key(item.url).startswith(base + "/"))
    return replace(feed, items=items) if items else None


def _belonging(feed: FeedPage, root: _Root) -> float:
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


def _merged(roots: list[_Root]) -> list[_Root]:
    """One section a kind: the richest root leads, those on its path or in its feeds join it."""
    by_channel: dict[str, list[_Root]] = defaultdict(list)
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


def _weight(root: _Root) -> int:
    """How many dated entries a root shows."""
    dated = {page_key(item.url) for page in root.pages for item in page.items if item.published}
    dated |= {page_key(item.url) for feed in root.feeds for item in feed.items if item.published}
    return len(dated) * (3 if root.feeds or len(root.pages) > 1 else 2) + bool(root.pages)


def _twins(first: _Root, second: _Root) -> bool:
    """Two roots in different languages are one section, told twice."""
    left = {page.language for page in first.pages if page.language}
    right = {page.language for page in second.pages if page.language}
    return bool(left and right and not left & right)


def _section(root: _Root, site: _Site, window: Window) -> Section | None:
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
        unreadable=None,
        evidence=_proofs(root),
    )


def _inside(found: list[Draft], root: _Root) -> list[Draft]:
    """Where a section's posts lie below it, what a feed of the whole site adds is no post."""
    base = page_key(root.url)
    inside = [draft for draft in found if page_key(draft.url).startswith(base + "/")]
    return inside if "/" in base and len(inside) > 0.6 * len(found) else found


def _counts(draft: Draft, root: _Root, site: _Site) -> bool:
    """Foreign entries are no posts of the company, unless they are episodes."""
    if draft.in_feed:
        return root.channel == "podcast" or site.own(draft.url) or "/~r/" in draft.url
    if page_key(draft.url) == page_key(root.url) or not site.own(draft.url):
        return False
    return bool(draft.dates) or not root.feeds


def _truncated(root: _Root, made: Sequence[Post], found: Sequence[Draft], window: Window) -> bool:
    """Tell whether older posts may exist within the window that were not seen."""
    times = [at for post in made if (at := post.counted_at) is not None]
    if not times or min(times) <= window.start:
        return False
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


def _proofs(root: _Root) -> tuple[Evidence, ...]:
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


def _unread(site: _Site, failures: Sequence[Failure]) -> list[Section]:
    """Sections that the site offers in so many words but that could not be read."""
    failed = {page_key(failure.url): failure for failure in failures}
    found: dict[str, Section] = {}
    for page in site.pages:
        for channel, link in _offers(page, site):
            failure = failed.get(page_key(link.url))
            unread = page_key(link.url) not in site.read or failure is not None
            if channel not in found and unread:
                found[channel] = _unread_section(channel, link, page, failure)
    return list(found.values())


def _offers(page: PageFacts, site: _Site) -> Iterator[tuple[str, Link]]:
    """Where a page says that there is a blog or news: its links, its own path, its feeds."""
    for link in page.links:
        if link.area in (Area.COMMENT, Area.ARTICLE) or page_key(link.url) == page_key(page.url):
            continue
        said = _named_section(site.topics.exact(link.text))
        if (said and (site.own(link.url) or _namesake(link.url, site))) or (
            (said := _by_address(link, site)) and site.own(link.url)
        ):
            yield said, link
    yield from _around(page, site)


def _named_section(said: frozenset[str]) -> str:
    """As `_channel`, but a press page alone is no news section."""
    return _channel(said - {"press"})


def _by_address(link: Link, site: _Site) -> str:
    """A link to blog.acme.example or /blogs/news is one to a blog, whatever its words."""
    if len(segments(link.url)) > 2 or link.area not in _MENUS:
        return ""
    return _named_section(site.topics.of_url(link.url))


def _namesake(url: str, site: _Site) -> bool:
    """Another domain whose name is the company's."""
    names = (site.company.name, registrable(host_of(site.home)).partition(".")[0])
    return any(fit(label, names) >= 0.7 for label in host_of(url).split(".")[:-1] if len(label) > 3)


def _around(page: PageFacts, site: _Site) -> Iterator[tuple[str, Link]]:
    """An article tells of the section that it lies in: by its path, or by the feed it names."""
    parts = segments(page.url)
    origin = page.url.split("/", 3)[:3]
    for depth, part in enumerate(parts[:-1], start=1):
        said = _named_section(site.topics.of_url(f"https://x.example/{part}"))
        if said:
            url = "/".join([*origin, *page.url.split("/")[3 : 3 + depth], ""])
            yield said, Link(url=url, text=part, rel=(), area=Area.NAV)
    if _is_post(page, site):
        for feed in page.feeds:
            topics = site.topics.of_url(feed.url) | site.topics.of_text(feed.title)
            if not topics & _NO_SECTION and not _of_changes(feed.url):
                yield (
                    _channel(topics) or "blog",
                    Link(url=feed.url, text=feed.title, rel=("alternate",), area=Area.HEADER),
                )


def _unread_section(channel: str, link: Link, page: PageFacts, failure: Failure | None) -> Section:
    reason = failure.reason if failure is not None else Reason.NOT_CHECKED
    detail = failure.detail if failure is not None else "linked, but not visited"
    proof = Evidence(
        url=page.url,
        fetched_at=page.fetched_at,
        rule=f"section.{channel}.{'feed' if 'alternate' in link.rel else 'link'}",
        excerpt=clean(f'<a href="{link.url}">{link.text}</a>', 200),
        record=page.record,
    )
    return Section(
        channel=channel,
        url=link.url,
        feeds=(),
        posts=(),
        truncated=False,
        unreadable=Unknown(reason=reason, detail=detail),
        evidence=(proof,),
    )
