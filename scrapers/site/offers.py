"""Sections that a site offers in so many words but that could not be read."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from audit.model.exchange import Failure
from audit.model.facts import Area, FeedPage, Link, PageFacts
from audit.model.kinds import BLOG, NEWS, OF_FEED, SectionKind
from audit.model.site import Section
from audit.model.value import GONE, DateSource, Evidence, Reason, Unknown
from scrapers.page.figures import is_forum
from scrapers.page.names import fit
from scrapers.parse.feeds import names_comments
from scrapers.parse.published import POST
from scrapers.parse.text import clean
from scrapers.parse.urls import host_of, page_key, registrable, segments
from scrapers.site.gone import TAKEN_DOWN
from scrapers.site.kinds import promised_by
from scrapers.site.look import NO_SECTION, Site, is_post, of_changes
from scrapers.site.place import bears_name
from scrapers.site.worth import MENUS, is_useless

_SORTED = re.compile(r"[?&](?:order|order_?by|sort|sort_?by|dir|filter)=", re.I)

_ENTRY = 2
"""Parts of the path of an entry that lies in a folder near the root: `/podcast/s01-e06`."""

_TAGS = frozenset({"tag", "tags"})

OF_ARTICLE = ".article"
"""How the rules end by which an article promises a section that was not read."""

_ARTICLES = {"BlogPosting": BLOG, "NewsArticle": NEWS, "ReportageNewsArticle": NEWS}
"""Types of schema.org for an entry of a section; a mere `Article` may be any page."""

_RSS = re.compile(r"\b(?:rss|atom)\b", re.I)
_FEEDS = frozenset({"rss", "feed", "feeds", "atom", "rss.php", "feed.php"})
_FEED_ENDINGS = (".rss", ".xml", ".atom", ".rdf")
"""How the address of a feed begins or ends."""

_BELOW = "below"
"""How an offer is marked that is no link: the folder of an article that was read."""

Offer = tuple[SectionKind, str, Link]
"""A kind of section, its address, and the link that promises it."""


def unread_sections(
    site: Site, feeds: Sequence[FeedPage], failures: Sequence[Failure]
) -> list[Section]:
    """Return the sections that the site promises and that were not read: the first of each kind.

    A feed that was read promises nothing more: without entries it is no section. Where nothing else
    promises a blog or news, an article does, or a feed that a page shows.
    """
    unread = _Unread(site, feeds, failures)
    by_kind = unread.sections(_folders) | unread.sections(_offers)
    if _without_articles(by_kind):
        by_kind |= unread.sections(_shown_feeds)
    if _without_articles(by_kind):
        by_kind |= {section.channel: section for section in _of_articles(site)}
    return list(by_kind.values())


def _without_articles(by_kind: Mapping[str, Section]) -> bool:
    """Tell whether neither a blog nor news is among these sections."""
    return by_kind.keys().isdisjoint((BLOG.name, NEWS.name))


class _Unread:
    """What of a site was asked for in vain, or not at all."""

    def __init__(self, site: Site, feeds: Sequence[FeedPage], failures: Sequence[Failure]) -> None:
        """Take what was read, and what failed."""
        self._site = site
        self._failed = {page_key(failure.url): failure for failure in failures}
        self._visited = site.visited | {page_key(feed.url) for feed in feeds}

    def sections(self, offers: Callable[[PageFacts, Site], Iterator[Offer]]) -> dict[str, Section]:
        """Return the first section of each kind that pages offer and that was not read.

        One on another host stands back behind one on the site's own, a magazine elsewhere behind
        the site's news, even where that is not found; one whose page is gone behind one that may
        be there, and one that was taken down behind all others.
        """
        by_kind: dict[str, tuple[tuple[bool, bool, bool], Section]] = {}
        for page in self._site.pages:
            for kind, url, link in offers(page, self._site):
                failure = self._failed.get(page_key(url))
                answer = failure.reason if failure is not None else None
                is_elsewhere = not self._site.at_home(url)
                behind = (answer in TAKEN_DOWN, is_elsewhere, answer in GONE)
                unread = page_key(url) not in self._visited or failure is not None
                if unread and (kind.name not in by_kind or behind < by_kind[kind.name][0]):
                    section = _unread_section((kind, url, link), page, failure)
                    by_kind[kind.name] = (behind, section)
        return {name: section for name, (_, section) in by_kind.items()}


def _of_articles(site: Site) -> Iterator[Section]:
    """Yield the section of the first page that is an article with a date by its own account."""
    for page in site.pages:
        kind = kind_of_article(page)
        if kind is not None:
            proof = page.proof(f"section.{kind.name}{OF_ARTICLE}", clean(page.title, 200))
            detail = "an article of it was read, and no list of its articles"
            yield _without_posts(kind, _folder(page.url), proof, Reason.NOT_CHECKED, detail)
            return


def kind_of_article(page: PageFacts) -> SectionKind | None:
    """Return the section that a page is an article with a date of, by its own account, if any.

    What its software calls a single post is one of a blog, and so is what has a feed of its own
    comments, as posts have.
    """
    if page.published is None or not segments(page.url):
        return None
    dated = page.published.source is DateSource.JSON_LD
    kinds = [kind for name, kind in _ARTICLES.items() if name in page.types and dated]
    if not kinds and (POST in page.types or _has_comments_feed(page)):
        return BLOG
    return kinds[0] if kinds else None


def _has_comments_feed(page: PageFacts) -> bool:
    """Tell whether a page names a feed of the comments on it, which lies below its address."""
    below = f"{page.url.partition('?')[0].rstrip('/')}/"
    return any(
        not feed.linked and feed.url.startswith(below) and names_comments(feed.url, feed.title)
        for feed in page.feeds
    )


def _folder(url: str) -> str:
    """Return the address of the folder that a page lies in."""
    return f"{url.partition('?')[0].rstrip('/').rpartition('/')[0]}/"


def _offers(page: PageFacts, site: Site) -> Iterator[Offer]:
    """Yield where a page says that there is a blog or news: its links, its own path, its feeds.

    What lists one label or the answers of a search is a part of a blog, and is never asked for.
    """
    spoken = site.words.spoken(page.language, (link.text for link in page.links))
    for link in page.links:
        if link.area in (Area.COMMENT, Area.ARTICLE) or page_key(link.url) == page_key(page.url):
            continue
        if _of_goods(link.url) or _is_filed(link) or is_useless(link.url) or link.text[:1] == "#":
            continue
        by_words = promised_by(site.named(link, spoken))
        if by_words is not None and _is_theirs(link, site):
            yield by_words, link.url, link
            continue
        by_address = _by_address(link, site)
        if by_address is not None and site.own(link.url):
            yield by_address, link.url, link
    yield from _around(page, site)


def _of_goods(url: str) -> bool:
    """Tell whether an address is a shelf of a shop, which may well be called "news".

    Shops call new goods so in many languages; their addresses are deep, or carry an order.
    """
    return len(segments(url)) > 5 or _SORTED.search(url) is not None


def _folders(page: PageFacts, site: Site) -> Iterator[Offer]:
    """Yield the folders in which two linked pages or more lie, where a word says what they hold.

    A start page that shows the newest of `/podcast/` may have no link to all of them.
    """
    below: dict[str, dict[str, Link]] = defaultdict(dict)
    for link in page.links:
        parts = segments(link.url)
        if link.area is not Area.COMMENT and len(parts) == _ENTRY and site.own(link.url):
            below[parts[0]].setdefault(page_key(link.url), link)
    for name, links in below.items():
        kind = promised_by(site.told(site.words.exact(name)))
        if kind is not None and len(links) > 1:
            first = next(iter(links.values()))
            yield kind, _folder(first.url), first


def _is_filed(link: Link) -> bool:
    """Tell whether a link outside menus lists what bears a keyword: `/tags/podcast`, no podcast."""
    return link.area not in MENUS and not _TAGS.isdisjoint(map(str.lower, segments(link.url)[:-1]))


def _is_theirs(link: Link, site: Site) -> bool:
    """Tell whether a link leads to the company's own site, a domain of its name, or its account.

    Accounts count in menus alone, and where people write: "News" that leads to a profile of a
    social network is none.
    """
    if site.own(link.url) or _namesake(link.url, site):
        return True
    if link.area not in MENUS or site.is_network(link.url):
        return False
    return bears_name(link.url, (site.company.name,), site.words)


def _by_address(link: Link, site: Site) -> SectionKind | None:
    """Return the kind that a menu's address names: blog.acme.example or /blogs/news."""
    if len(segments(link.url)) > 2 or link.area not in MENUS:
        return None
    return promised_by(site.told(site.words.of_url(link.url)))


def _namesake(url: str, site: Site) -> bool:
    """Tell whether an address lies on another domain whose name is the company's."""
    names = (site.company.name, registrable(host_of(site.home)).partition(".")[0])
    return any(fit(label, names) >= 0.7 for label in host_of(url).split(".")[:-1] if len(label) > 3)


def _around(page: PageFacts, site: Site) -> Iterator[Offer]:
    """Yield the sections that a page lies in by its path, or that an article's feed belongs to.

    The page `/blog/2026/pumps` tells of `/blog/`, though it may link there nowhere.
    """
    parts = segments(page.url)
    origin = page.url.split("/", 3)[:3]
    for depth, part in enumerate(parts[:-1], start=1):
        # One segment alone is asked for its words, behind a host that says nothing.
        kind = promised_by(site.told(site.words.of_url(f"https://x.example/{part}")))
        if kind is not None:
            # Cut from the address as it is written: `segments` gives its parts decoded.
            url = "/".join([*origin, *page.url.split("/")[3 : 3 + depth], ""])
            yield kind, url, Link(url=url, text=part, rel=(), area=Area.NAV)
    post = is_post(page, site)
    # What only a link calls RSS may be a page about feeds, or a feed of anything.
    feeds = [each for each in page.feeds if not each.linked]
    # What lies below an article is the feed of its comments: /a-new-hall/feed/.
    articles = (url for url in (page.url, page.canonical) if post and segments(url))
    below = tuple(f"{url.rstrip('/')}/" for url in articles)
    others = [each for each in feeds if not each.url.startswith(below)]
    if feeds and not others:
        # An article with comments is one of a blog, in whose folder it lies.
        url = _folder(_folder(feeds[0].url))
        yield BLOG, url, Link(url=url, text=page.title, rel=(_BELOW,), area=Area.HEADER)
    for feed in others:
        if names_comments(feed.url, feed.title):
            continue
        sections = site.words.of_url(feed.url) | site.words.of_text(feed.title)
        kind = promised_by(sections) or (BLOG if post else None)
        if kind is not None and not sections & NO_SECTION and not of_changes(feed.url):
            link = Link(url=feed.url, text=feed.title, rel=("alternate",), area=Area.HEADER)
            yield kind, link.url, link


def _shown_feeds(page: PageFacts, site: Site) -> Iterator[Offer]:
    """Yield a blog for the feed that a page shows its readers: `<a href="/feed/new">RSS</a>`.

    What a page says in its head is written by software; what it shows somebody has chosen. A page
    that only lists feeds, such as `/about/rss`, is none.
    """
    if is_forum(page.url, page.signals, site.words):
        return
    for link in page.links:
        if not _RSS.search(link.text) or not site.own(link.url) or of_changes(link.url):
            continue
        parts = [part.lower() for part in segments(link.url)]
        is_feed = bool(parts) and (parts[0] in _FEEDS or parts[-1].endswith(_FEED_ENDINGS))
        sections = site.words.of_url(link.url) | site.words.of_text(link.text)
        if is_feed and not sections & NO_SECTION:
            yield promised_by(sections) or BLOG, link.url, replace(link, rel=("alternate",))
            return


def _unread_section(offer: Offer, page: PageFacts, failure: Failure | None) -> Section:
    """Return a section without posts that says why, with the link that promises it as evidence."""
    kind, url, link = offer
    reason = failure.reason if failure is not None else Reason.NOT_CHECKED
    detail = failure.detail if failure is not None else "linked, but not visited"
    source = OF_FEED if "alternate" in link.rel else OF_ARTICLE if _BELOW in link.rel else ".link"
    shown = page.title if _BELOW in link.rel else f'<a href="{link.url}">{link.text}</a>'
    proof = page.proof(f"section.{kind.name}{source}", clean(shown, 200))
    return _without_posts(kind, url, proof, reason, detail)


def _without_posts(
    kind: SectionKind, url: str, proof: Evidence, reason: Reason, detail: str
) -> Section:
    """Return a section of which no posts are known, and why."""
    return Section(
        channel=kind.name,
        url=url,
        feeds=(),
        posts=(),
        truncated=False,
        unreadable=Unknown(reason=reason, detail=detail),
        evidence=(proof,),
    )
