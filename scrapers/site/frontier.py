"""Decide which address of a site to ask for next, so that a small budget finds the most."""

import heapq
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from urllib.parse import urlunsplit

from audit.model.exchange import Failure, Kind, Request, Robots
from audit.model.facts import Area, FeedPage, Link, PageFacts, SitemapPage
from audit.model.kinds import BLOG, SECTIONS
from audit.model.plan import CompanyPlan
from audit.model.value import Reason
from audit.model.visit import Note
from scrapers.page.words import LinkWords
from scrapers.parse.paging import behind, is_numbered
from scrapers.parse.urls import (
    host_of,
    is_trap,
    lies_below,
    page_key,
    same_site,
    segments,
    split,
    template,
)
from scrapers.site.kinds import PUBLISHED_WORDS
from scrapers.site.pointed_pages import PointedPages
from scrapers.site.worth import (
    BINARY,
    DATING,
    FEED,
    FEED_ENDINGS,
    FRAME,
    GUESSED,
    MENUS,
    OTHER,
    PAGING,
    POINTED,
    SAMPLE,
    SITEMAP,
    SOURCE,
    START,
    USELESS,
    WORTH,
    is_mishap,
    sitemap_worth,
    worth_of,
)
from scrapers.sources.source import asked_of

MAX_DEPTH = 5
"""Links between the start page and the deepest page that is read."""

MAX_SITEMAPS = 20
MAX_SITEMAP_DEPTH = 2
MAX_FEEDS = 20
MAX_GUESSED_FEEDS = 5
SAME_TEMPLATE = 3
"""Pages opened of one shape of address, such as `/product/12-…`; a shop has thousands."""

NEXT, BEHIND = "next page of the index", "page of the index behind one that failed"
"""Why a further page of an index is asked for."""

POSTS_FOR_DATES = 10
"""Post pages opened where the index shows no dates."""

POSTS_FOR_FEATURES = 2
"""Post pages opened to see comments, authors and share buttons."""


class Frontier:
    """The addresses still to ask for, the most promising first; the order is the same each time."""

    def __init__(
        self, plan: CompanyPlan, link_words: LinkWords, hosted: frozenset[str], since: datetime
    ) -> None:
        """Begin with the plan's start page.

        `hosted` are domains under which everybody may have a site (`github.io`), `since` is the
        time before which no post matters.
        """
        self._plan, self._words, self._hosted, self._since = plan, link_words, hosted, since
        self._queue: list[tuple[int, int, Request]] = []
        self._order = count()
        self._known: set[str] = set()
        self._templates: dict[str, int] = {}
        self._homes = [plan.company.website]
        self._also = list(plan.company.also)
        self._pointed = PointedPages(plan.company)
        self._languages: set[str] = set()
        self._sitemaps = self._feeds = self._pages = self._dating = self._sampled = 0
        self._sitemap_depth: dict[str, int] = {}
        self._advertised = False
        self._asked: set[str] = set()
        self._listed: set[str] = set()
        self._led_by: dict[str, str] = {}
        self._mapped = False
        self._push(START, plan.start)

    def next(self) -> Request | None:
        """Return the next request within the budget, or None when enough is known.

        Feeds that were guessed are left out as soon as the site advertises one.
        """
        while self._queue:
            _, _, request = heapq.heappop(self._queue)
            # Passed over, and not the end: feeds and interfaces that still wait are no pages.
            if request.kind is Kind.PAGE and self._pages >= self._plan.pages:
                continue
            if request.why == "guessed feed" and self._advertised:
                continue
            self._pages += request.kind is Kind.PAGE
            return request
        return None

    def notes(self) -> list[Note]:
        """Return what was left out, for the coverage of the run."""
        if self._pages < self._plan.pages:
            return []
        detail = f"{self._pages} pages read, more are linked"
        more = "raise max_pages_per_site to look at more of the site"
        return [Note(what="website", reason=Reason.BUDGET, detail=detail, help=more)]

    def add_robots(self, robots: Robots) -> None:
        """Take the sitemaps that robots.txt names, else the usual place, and guess some feeds."""
        listed = [Request(url=url, kind=Kind.SITEMAP, why="robots.txt") for url in robots.sitemaps]
        for request in listed or self._plan.sitemaps:
            self._push_sitemap(request.url, request.why, 0)
        for request in self._plan.feeds[:MAX_GUESSED_FEEDS]:
            self._push_feed(request.url, "guessed feed", GUESSED)

    def add_robots_of(self, site: str, robots: Robots) -> None:
        """Take the sitemaps that the robots.txt of a further site names, else the usual place."""
        parts = split(site)
        usual = urlunsplit((parts.scheme, parts.netloc, "/sitemap.xml", "", ""))
        for url in robots.sitemaps or (usual,):
            self._push_sitemap(url, "robots.txt" if robots.sitemaps else "common path", 0)

    def add_page(self, facts: PageFacts) -> None:
        """Take what a page leads to: feeds, interfaces of its software, further pages, links.

        The other languages that the start page names are left out: they say the same again.
        """
        # Redirects may have led to an address that others link as it is.
        self._known.add(page_key(facts.url))
        if facts.why == "start":
            self._homes.append(facts.url)
            self._languages = {page_key(url) for tag, url in facts.languages if tag}
            self._push_pointed()
        if facts.why == "also":
            self._also.append(facts.url)
        for feed in facts.feeds:
            if "comment" not in f"{feed.url} {feed.title}".lower():
                # What only a link calls a feed may be a page about feeds.
                self._advertised = self._advertised or not feed.linked
                self._push_feed(feed.url, "advertised feed", FEED)
        if facts.depth >= MAX_DEPTH:
            return
        self._ask_sources(facts)
        self._follow_index(facts)
        for link in facts.links:
            self._consider(link, facts)

    def follows(self, request: Request, url: str) -> bool:
        """Tell whether a page that only sends on to an address is followed there.

        The start page is, wherever it leads, as the site may have moved; a further page within the
        site only: what lies elsewhere is another's.
        """
        return request.why == "start" or self._own(url)

    def add_failure(self, request: Request, failure: Failure) -> None:
        """Go on where an address failed that was to lead further.

        Behind a page of an index that failed by mishap; with the usual sitemap in place of one that
        robots.txt names.
        """
        if request.kind is Kind.SITEMAP and request.why == "robots.txt" and not self._mapped:
            for usual in self._plan.sitemaps:
                self._push_sitemap(usual.url, usual.why, 0)
        if request.why != NEXT or not is_mishap(failure.reason):
            return
        url = behind(request.url, self._led_by.get(page_key(request.url), ""))
        if url:
            self._page(url, BEHIND, PAGING, request.depth, paging=True)

    def add_frames(self, urls: Sequence[str]) -> None:
        """Take the other frames of a page that is a set of frames; one of them is its menu."""
        for url in urls:
            if self._own(url):
                self._page(url, "frame", FRAME, 1)

    def add_sitemap(self, sitemap: SitemapPage) -> None:
        """Take the sitemaps below an index; of the pages, those whose address names a section."""
        self._mapped = True
        depth = self._sitemap_depth.get(page_key(sitemap.url), 0)
        if depth < MAX_SITEMAP_DEPTH:
            for url in sorted(sitemap.children, key=sitemap_worth):
                self._push_sitemap(url, "sitemap index", depth + 1)
        for url, _changed in sitemap.entries:
            sections = self._words.of_url(url)
            if sections and len(segments(url)) == 1:
                self._page(url, "sitemap", worth_of(sections) + 5, 1)

    def add_feed(self, feed: FeedPage) -> None:
        """Take the page that a feed belongs to, the next page of the feed, and a few posts."""
        # Such a feed must not end the guessing of others, as `_advertised` does.
        if feed.comments or not feed.items:
            return
        self._advertised = True
        if feed.site and self._own(feed.site):
            self._page(feed.site, "feed's site", WORTH[BLOG.name], 1)
        if feed.next_url:
            self._push_feed(feed.next_url, "next page of the feed", PAGING)
        undated = [item.url for item in feed.items if item.published is None and item.url]
        self._open_posts(undated, 2)
        self._sample([item.url for item in feed.items if self._own(item.url)])

    def _ask_sources(self, facts: PageFacts) -> None:
        """Ask the public interfaces of the software that a page shows, each at one place.

        All addresses that this page gives for an interface are asked; later pages add none.
        """
        new = [(name, url) for name, url in asked_of(facts) if name not in self._asked]
        for name, url in new:
            if self._own(url):
                self._asked.add(name)
                request = Request(url=url, kind=Kind.DATA, why=f"interface: {name}", source=name)
                self._push(SOURCE, request)

    def _follow_index(self, facts: PageFacts) -> None:
        """Go on with the next page of an index while it still shows posts that matter.

        Of an index of posts, some are opened: for their dates where it shows none, and two for what
        stands around a post.
        """
        # A thread that nobody wrote in since the window began has begun before it.
        dates = [dated.at for item in facts.items if (dated := item.published or item.active)]
        pointed = facts.section is not None
        is_section = (facts.section is not None and facts.section.kind in SECTIONS) or bool(
            self._words.of_url(facts.url) & PUBLISHED_WORDS
        )
        listing = len(facts.items) >= 3 or (is_section and bool(facts.items))
        if not listing:
            return
        covered = bool(dates) and min(dates) < self._since
        keys = {page_key(item.url) for item in facts.items}
        # Some pagers never end, and give the same posts again and again.
        again = facts.why in (NEXT, BEHIND) and keys <= self._listed
        self._listed |= keys
        if facts.section is not None and facts.next_url:
            self._pointed.go_on(facts.next_url, facts.section)
        ours = pointed or self._own(facts.next_url)
        if facts.next_url and ours and not covered and not again:
            self._led_by.setdefault(page_key(facts.next_url), facts.url)
            self._page(facts.next_url, NEXT, PAGING, facts.depth, paging=True)
        if is_section or len(dates) >= 3:
            # A person may point at entries on other sites, which are not read as the company's.
            items = [item for item in facts.items if not pointed or self._own(item.url)]
            undated = [item.url for item in items if not (item.published or item.active)]
            self._open_posts(undated if not dates else undated[:3], facts.depth + 1)
            self._sample([item.url for item in items])

    def _open_posts(self, urls: list[str], depth: int) -> None:
        """Queue posts for their dates, ten of a site at most."""
        for url in urls:
            if self._dating < POSTS_FOR_DATES and self._page(
                url, "post", DATING, depth, paging=True
            ):
                self._dating += 1

    def _sample(self, urls: list[str]) -> None:
        """Queue posts for comments, authors and share buttons, two of a site at most."""
        for url in urls[:POSTS_FOR_FEATURES]:
            if self._sampled < POSTS_FOR_FEATURES and self._page(url, "post", SAMPLE, 2):
                self._sampled += 1

    def _consider(self, link: Link, facts: PageFacts) -> None:
        """Take a link whose words or address name a part of the site; others as a last resort.

        An address with `#` is a place within a page, except on pages that a script draws.
        """
        if not self._own(link.url) or ("#" in link.url and not facts.drawn):
            return
        sections, depth = self._sections_of(link), facts.depth + 1
        in_menu = link.area in MENUS
        place = "menu" if in_menu else "link"
        if sections:
            worth = worth_of(sections) + (0 if in_menu else 3)
            self._page(link.url, f"{place}: {link.text[:40]}", worth, depth)
        elif facts.why in ("start", "also") and link.area is not Area.COMMENT:
            self._page(link.url, place, OTHER + (0 if in_menu else 5), depth)

    def _sections_of(self, link: Link) -> frozenset[str]:
        """Return the sections of the vocabulary that a link names: by its words, else its address.

        In menus a part of the words will do, as in "Visit our blog".
        """
        shallow = len(segments(link.url)) <= 2
        sections = self._words.exact(link.text) or (
            self._words.of_url(link.url) if shallow else frozenset()
        )
        if not sections and link.area in MENUS:
            return self._words.of_text(link.text)
        return sections

    def _page(self, url: str, why: str, worth: int, depth: int, *, paging: bool = False) -> bool:
        """Queue a page unless it is known, useless, a trap, or one of many like it.

        Tells whether it was queued; an address that ends as feeds do is queued as one, and is no
        page. `paging` pages may be alike. One on another host of the site goes a step before others
        of its worth: `blog.acme.example` is a section of its own.
        """
        if depth > MAX_DEPTH or not self._wanted(url):
            return False
        if url.rstrip("/").endswith(FEED_ENDINGS):
            self._push_feed(url, "linked feed", FEED)
            return False
        shape = template(url)
        if not paging and self._templates.get(shape, 0) >= SAME_TEMPLATE and segments(url):
            return False
        self._templates[shape] = self._templates.get(shape, 0) + 1
        host_apart = host_of(url) != host_of(self._homes[-1])
        # A lower number goes first, so that another host (True, which is 1) comes a step before.
        self._push(worth - host_apart, Request(url=url, why=why, depth=depth))
        return True

    def _wanted(self, url: str) -> bool:
        """Tell whether an address may be worth reading.

        Left out are addresses that are known, excluded by the user, traps (a calendar without an
        end), of no use, files, or the start page in another language.
        """
        key, excluded = page_key(url), self._plan.company.exclude
        if key in self._known or any(url.startswith(prefix) for prefix in excluded):
            return False
        if is_trap(url):
            return False
        parts = [part.lower() for part in segments(url)]
        if USELESS.intersection(parts) or (parts and parts[-1].rpartition(".")[2] in BINARY):
            return False
        # Feeds of single posts, shopping carts, and what wikis do with a page: edits, old versions.
        if any(part in url.lower() for part in ("/feed/", "add-to-cart", "action=", "oldid=")):
            return False
        return key not in self._languages or is_numbered(url)

    def _push_pointed(self) -> None:
        """Queue the pages that a person named; only now, as the start page has come.

        Of a company whose site does not answer nothing is read. What is pointed at on the start
        page itself was read with it.
        """
        start = page_key(self._plan.start.url)
        for request in self._plan.pointed:
            if page_key(request.url) != start or request.kind is Kind.DATA:
                self._push(POINTED, request)

    def _push_feed(self, url: str, why: str, worth: int) -> None:
        """Queue a feed, up to 20 of a site."""
        if self._feeds < MAX_FEEDS and page_key(url) not in self._known:
            self._feeds += 1
            self._push(worth, Request(url=url, kind=Kind.FEED, why=why, depth=1))

    def _push_sitemap(self, url: str, why: str, depth: int) -> None:
        """Queue a sitemap, up to 20 of a site; `depth` is how many indexes of them lead to it."""
        if self._sitemaps < MAX_SITEMAPS and page_key(url) not in self._known:
            self._sitemaps += 1
            self._sitemap_depth[page_key(url)] = depth
            self._push(SITEMAP, Request(url=url, kind=Kind.SITEMAP, why=why, depth=depth))

    def _push(self, worth: int, request: Request) -> None:
        """Queue a request; of equal worth, the one that was met first goes first."""
        self._known.add(page_key(request.url))
        request = replace(self._pointed.on(request), url=self._at_home(request.url))
        # The number between them keeps requests, which have no order, from being compared.
        heapq.heappush(self._queue, (worth, next(self._order), request))

    def _at_home(self, url: str) -> str:
        """Return an address on the host that the start page answered on.

        A host that differs from it by `www.` alone is its twin, and would give the same pages.
        """
        home, parts = split(self._homes[-1]).netloc, split(url)
        if parts.netloc != home and parts.netloc.removeprefix("www.") == home.removeprefix("www."):
            return urlunsplit(parts._replace(netloc=home))
        return url

    def _own(self, url: str) -> bool:
        """Tell whether an address lies on the site, as it was planned or as it redirects."""
        return any(same_site(url, home, self._hosted) for home in self._homes) or any(
            lies_below(url, site, self._hosted) for site in self._also
        )
