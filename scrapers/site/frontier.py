"""Decide which address of a site to ask for next, so that a small budget finds the most."""

import heapq
from dataclasses import replace
from datetime import datetime
from itertools import count
from urllib.parse import urlunsplit

from audit.model.exchange import Kind, Request, Robots
from audit.model.facts import Area, FeedPage, Link, PageFacts, SitemapPage
from audit.model.plan import CompanyPlan
from audit.model.value import Reason
from audit.model.visit import Note
from scrapers.page.words import LinkWords
from scrapers.parse.paging import is_numbered
from scrapers.parse.urls import host_of, is_trap, page_key, same_site, segments, split, template
from scrapers.site.worth import (
    BINARY,
    DATING,
    FEED,
    FEED_ENDINGS,
    GUESSED,
    MENUS,
    OTHER,
    PAGING,
    SAMPLE,
    SITEMAP,
    SOURCE,
    START,
    USELESS,
    WORTH,
)
from scrapers.sources.source import asked_of

MAX_DEPTH = 5
MAX_SITEMAPS = 20
MAX_SITEMAP_DEPTH = 2
MAX_FEEDS = 20
MAX_GUESSED_FEEDS = 5
SAME_TEMPLATE = 3
POSTS_FOR_DATES = 10
"""Post pages opened where the index shows no dates."""

POSTS_FOR_FEATURES = 2
"""Post pages opened to see comments, authors and share buttons."""


class Frontier:
    """The addresses still to ask for, the most promising first; the order is the same each time."""

    def __init__(
        self, plan: CompanyPlan, link_words: LinkWords, hosted: frozenset[str], since: datetime
    ) -> None:
        """Begin with the plan's start page; `since` is the time before which no post matters."""
        self._plan, self._words, self._hosted, self._since = plan, link_words, hosted, since
        self._queue: list[tuple[int, int, Request]] = []
        self._order = count()
        self._known: set[str] = set()
        self._templates: dict[str, int] = {}
        self._homes = [plan.company.website]
        self._languages: set[str] = set()
        self._sitemaps = self._feeds = self._pages = self._dating = self._sampled = 0
        self._sitemap_depth: dict[str, int] = {}
        self._advertised = False
        self._trapped = 0
        self._asked: set[str] = set()
        self._push(START, plan.start)

    def next(self) -> Request | None:
        """The next request within the budget, or None when enough is known."""
        while self._queue:
            _, _, request = heapq.heappop(self._queue)
            if request.kind is Kind.PAGE and self._pages >= self._plan.pages:
                continue
            if request.why == "guessed feed" and self._advertised:
                continue
            self._pages += request.kind is Kind.PAGE
            return request
        return None

    def notes(self) -> list[Note]:
        """What was left out, for the coverage of the run."""
        notes = []
        if self._pages >= self._plan.pages:
            detail = f"{self._pages} pages read, more are linked"
            more = "raise settings.max_pages_per_site to look at more of the site"
            notes.append(Note(what="website", reason=Reason.BUDGET, detail=detail, help=more))
        return notes

    def add_robots(self, robots: Robots) -> None:
        """Take the sitemaps that robots.txt names, else the usual place."""
        named = [Request(url=url, kind=Kind.SITEMAP, why="robots.txt") for url in robots.sitemaps]
        for request in named or self._plan.sitemaps:
            self._push_sitemap(request.url, request.why, 0)
        for request in self._plan.feeds[:MAX_GUESSED_FEEDS]:
            self._push_feed(request.url, "guessed feed", GUESSED)

    def add_page(self, facts: PageFacts) -> None:
        """Take what a page leads to."""
        if facts.why == "start":
            self._homes.append(facts.url)
            self._known.add(page_key(facts.url))
            self._languages = {page_key(url) for tag, url in facts.languages if tag}
        for feed in facts.feeds:
            if "comment" not in f"{feed.url} {feed.title}".lower():
                self._advertised = True
                self._push_feed(feed.url, "advertised feed", FEED)
        if facts.depth >= MAX_DEPTH:
            return
        self._ask_sources(facts)
        self._follow_index(facts)
        for link in facts.links:
            self._consider(link, facts)

    def add_sitemap(self, sitemap: SitemapPage) -> None:
        """Take the sitemaps below an index; of the pages, those whose address names a section."""
        depth = self._sitemap_depth.get(page_key(sitemap.url), 0)
        if depth < MAX_SITEMAP_DEPTH:
            for url in sorted(sitemap.children, key=_sitemap_worth):
                self._push_sitemap(url, "sitemap index", depth + 1)
        for url, _changed in sitemap.entries:
            said = self._words.of_url(url)
            if said and len(segments(url)) == 1:
                self._page(url, "sitemap", min(WORTH.get(each, OTHER) for each in said) + 5, 1)

    def add_feed(self, feed: FeedPage) -> None:
        """Take the page that a feed belongs to, the next page of the feed, and a few posts."""
        if feed.comments or not feed.items:
            return
        self._advertised = True
        if feed.site and self._own(feed.site):
            self._page(feed.site, "feed's site", WORTH["blog"], 1)
        if feed.next_url:
            self._push_feed(feed.next_url, "next page of the feed", PAGING)
        undated = [item.url for item in feed.items if item.published is None]
        self._open_posts(undated, 2)
        self._sample([item.url for item in feed.items if self._own(item.url)])

    def _ask_sources(self, facts: PageFacts) -> None:
        """Ask the public interface of a software that a page shows, at one place each."""
        new = [(name, url) for name, url in asked_of(facts) if name not in self._asked]
        for name, url in new:
            if self._own(url):
                self._asked.add(name)
                request = Request(url=url, kind=Kind.DATA, why=f"interface: {name}", source=name)
                self._push(SOURCE, request)

    def _follow_index(self, facts: PageFacts) -> None:
        """Go on with the next page of an index while it still shows posts that matter."""
        dates = [item.published.at for item in facts.items if item.published is not None]
        named = bool(self._words.of_url(facts.url) & {"blog", "news", "podcast", "press"})
        listing = len(facts.items) >= 3 or (named and bool(facts.items))
        if not listing:
            return
        if (
            facts.next_url
            and self._own(facts.next_url)
            and not (dates and min(dates) < self._since)
        ):
            self._page(facts.next_url, "next page of the index", PAGING, facts.depth, paging=True)
        if named or len(dates) >= 3:
            undated = [item.url for item in facts.items if item.published is None]
            self._open_posts(undated if not dates else undated[:3], facts.depth + 1)
            self._sample([item.url for item in facts.items])

    def _open_posts(self, urls: list[str], depth: int) -> None:
        for url in urls:
            if self._dating < POSTS_FOR_DATES and self._page(
                url, "post", DATING, depth, paging=True
            ):
                self._dating += 1

    def _sample(self, urls: list[str]) -> None:
        for url in urls[:POSTS_FOR_FEATURES]:
            if self._sampled < POSTS_FOR_FEATURES and self._page(url, "post", SAMPLE, 2):
                self._sampled += 1

    def _consider(self, link: Link, facts: PageFacts) -> None:
        """Take a link whose words or address name a part of the site; others as a last resort."""
        if not self._own(link.url) or ("#" in link.url and not facts.drawn):
            return
        menu = link.area in MENUS
        said = self._words.exact(link.text) or (
            self._words.of_url(link.url) if len(segments(link.url)) <= 2 else frozenset()
        )
        if not said and menu:
            said = self._words.of_text(link.text)
        depth = facts.depth + 1
        if said:
            worth = min(WORTH.get(each, OTHER) for each in said)
            inner = 0 if menu else 3
            self._page(
                link.url, f"{'menu' if menu else 'link'}: {link.text[:40]}", worth + inner, depth
            )
        elif facts.why == "start" and link.area is not Area.COMMENT:
            self._page(link.url, "menu" if menu else "link", OTHER + (0 if menu else 5), depth)

    def _page(self, url: str, why: str, worth: int, depth: int, *, paging: bool = False) -> bool:
        """Queue a page unless it is known, useless, a trap, or one of many like it."""
        if depth > MAX_DEPTH or not self._wanted(url):
            return False
        shape = template(url)
        if not paging and self._templates.get(shape, 0) >= SAME_TEMPLATE and segments(url):
            return False
        self._templates[shape] = self._templates.get(shape, 0) + 1
        host_apart = host_of(url) != host_of(self._homes[-1])
        self._push(worth - host_apart, Request(url=url, why=why, depth=depth))
        return True

    def _wanted(self, url: str) -> bool:
        key = page_key(url)
        if key in self._known or any(
            url.startswith(prefix) for prefix in self._plan.company.exclude
        ):
            return False
        if is_trap(url):
            self._trapped += 1
            return False
        parts = [part.lower() for part in segments(url)]
        if USELESS.intersection(parts) or (parts and parts[-1].rpartition(".")[2] in BINARY):
            return False
        if any(part in url.lower() for part in ("/feed/", "add-to-cart", "action=", "oldid=")):
            return False
        if key in self._languages and not is_numbered(url):
            return False
        return not url.rstrip("/").endswith(FEED_ENDINGS) or self._push_feed(
            url, "linked feed", FEED
        )

    def _push_feed(self, url: str, why: str, worth: int) -> bool:
        """Queue a feed; always gives False, since it is no page."""
        if self._feeds < MAX_FEEDS and page_key(url) not in self._known:
            self._feeds += 1
            self._push(worth, Request(url=url, kind=Kind.FEED, why=why, depth=1))
        return False

    def _push_sitemap(self, url: str, why: str, depth: int) -> None:
        if self._sitemaps < MAX_SITEMAPS and page_key(url) not in self._known:
            self._sitemaps += 1
            self._sitemap_depth[page_key(url)] = depth
            self._push(SITEMAP, Request(url=url, kind=Kind.SITEMAP, why=why, depth=depth))

    def _push(self, worth: int, request: Request) -> None:
        request = replace(request, url=self._at_home(request.url))
        self._known.add(page_key(request.url))
        heapq.heappush(self._queue, (worth, next(self._order), request))

    def _at_home(self, url: str) -> str:
        """Ask the host that the start page answered on, with `www.` or without, not its twin."""
        home, parts = split(self._homes[-1]).netloc, split(url)
        if parts.netloc != home and parts.netloc.removeprefix("www.") == home.removeprefix("www."):
            return urlunsplit(parts._replace(netloc=home))
        return url

    def _own(self, url: str) -> bool:
        return any(same_site(url, home, self._hosted) for home in self._homes)


def _sitemap_worth(url: str) -> tuple[int, str]:
    """Sitemaps of posts and news come first."""
    named = any(word in url.lower() for word in ("post", "blog", "news", "article"))
    return (0 if named else 1, url)
