"""Decide which address of a site to ask for next, so that a small budget finds the most."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlunsplit

from audit.model.exchange import Failure, Kind, Request, Robots
from audit.model.facts import Area, FeedPage, Link, PageFacts, SitemapPage
from audit.model.kinds import BLOG, SECTIONS
from audit.model.plan import CompanyPlan
from audit.model.value import Reason
from audit.model.visit import Note
from scrapers.page.words import LinkWords
from scrapers.parse.feeds import names_comments
from scrapers.parse.paging import behind, is_numbered
from scrapers.parse.urls import (
    host_of,
    is_trap,
    page_key,
    segments,
    split,
    template,
    without_index,
)
from scrapers.site import worth
from scrapers.site.archives import Archives
from scrapers.site.further import archive_pages, further_page
from scrapers.site.home import Home
from scrapers.site.kinds import PUBLISHED_WORDS
from scrapers.site.pointed_pages import PointedPages
from scrapers.site.queue import (
    ADVERTISED,
    BEHIND,
    FORMER,
    FURTHER_PAGE,
    GUESS,
    MAPPED_POST,
    MAX_GUESSED_FEEDS,
    MAX_SITEMAP_DEPTH,
    NEXT,
    PERIOD,
    Queue,
    further_request,
)
from scrapers.site.worth import is_mishap, is_useless, sitemap_worth, worth_of
from scrapers.sources.posts.source import lists_worth_asking
from scrapers.sources.source import asked_of

MAX_DEPTH = 5
"""Links between the start page and the deepest page that is read."""

SAME_TEMPLATE = 3
"""Pages opened of one shape of address, such as `/product/12-…`; a shop has thousands."""


class Frontier:
    """The addresses still to ask for, the most promising first; the order is the same each time."""

    def __init__(
        self,
        plan: CompanyPlan,
        link_words: LinkWords,
        hosted: frozenset[str],
        archives: Archives,
    ) -> None:
        """Begin with the plan's start page.

        `hosted` are domains under which everybody may have a site (`github.io`), `archives` the
        lists of posts, of which none is known yet.
        """
        self._plan, self._words, self.archives = plan, link_words, archives
        self._queue = Queue(self._prepared)
        self._home = Home(plan.company, hosted)
        self._pointed = PointedPages(plan.company)
        self._pages = self._dating = self._sampled = 0
        self._advertised = self._fed = self._passed_over = self._mapped = False
        self._languages, self._asked, self._called = set[str](), set[str](), set[str]()
        self._templates, self._led_by = dict[str, int](), dict[str, str]()
        self._queue.push(worth.START, plan.start)

    def next(self) -> Request | None:
        """Return the next request within the budget, or None when enough is known.

        Feeds that were guessed are left out as soon as the site advertises one.
        """
        while self._queue or self._open_mapped():
            request = self._queue.pop()
            # Passed over, and not the end: feeds and interfaces that still wait are no pages.
            is_page = request.kind is Kind.PAGE and request.why != FORMER
            if is_page and self._pages >= self._plan.pages:
                self._passed_over = self._passed_over or request.why != MAPPED_POST
                continue
            if request.why == GUESS and self._advertised:
                continue
            if self.archives.skips(request):
                continue
            self._pages += is_page
            return request
        return None

    def ask_again(self, urls: Sequence[str]) -> None:
        """Queue pages that had posts in the run before and to which nothing has led in this one."""
        # Of a site whose start page could not be read nothing is asked for.
        if self._home.places:
            self._queue.push_former([url for url in urls if self._home.owns(url)])

    def notes(self) -> list[Note]:
        """Return what was left out, for the coverage of the run."""
        if not self._passed_over:
            return []
        detail = f"{self._pages} pages read, more are linked"
        more = "raise max_pages_per_site to look at more of the site"
        return [Note(what="website", reason=Reason.BUDGET, detail=detail, help=more)]

    def add_robots(self, robots: Robots) -> None:
        """Take the sitemaps that robots.txt names, else the usual place, and guess some feeds."""
        listed = [Request(url=url, kind=Kind.SITEMAP, why="robots.txt") for url in robots.sitemaps]
        for request in listed or self._plan.sitemaps:
            self._queue.push_sitemap(request.url, request.why, 0)
        for request in self._plan.feeds[:MAX_GUESSED_FEEDS]:
            self._queue.push_feed(request.url, GUESS, worth.GUESSED)

    def add_robots_of(self, site: str, robots: Robots) -> None:
        """Take the sitemaps that the robots.txt of a further site names, else the usual place."""
        usual = urlunsplit((*split(site)[:2], "/sitemap.xml", "", ""))
        for url in robots.sitemaps or (usual,):
            self._queue.push_sitemap(url, "robots.txt" if robots.sitemaps else "common path", 0)

    def add_page(self, facts: PageFacts) -> None:
        """Take what a page leads to: feeds, interfaces of its software, further pages, links.

        The other languages that the start page names are left out: they say the same again.
        """
        # Redirects may have led to an address that others link as it is.
        self._queue.note(facts.url)
        self.archives.add_date(facts.url, facts.published)
        if facts.why == "start":
            self._home.places.append(facts.url)
            self._languages = {page_key(url) for tag, url in facts.languages if tag}
            self._push_pointed()
        if facts.why == "also":
            self._home.further.append(facts.url)
        for feed in facts.feeds:
            if not names_comments(feed.url, feed.title):
                # What only a link calls a feed may be a page about feeds.
                self._advertised = self._advertised or not feed.linked
                self._led_by.setdefault(page_key(feed.url), facts.url)
                self._queue.push_feed(feed.url, ADVERTISED, worth.FEED)
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
        return request.why == "start" or self._home.owns(url)

    def add_failure(self, request: Request, failure: Failure) -> None:
        """Go on where an address failed that was to lead further.

        Behind a page of an index that failed by mishap; with the usual sitemap in place of one that
        robots.txt names; where feeds mostly are in place of one that is gone.
        """
        if request.why == ADVERTISED and failure.reason is Reason.HTTP_404:
            self._advertised = self._fed
            page = self._led_by.get(page_key(request.url), self._plan.start.url)
            self._guess_feeds(page, request.url)
        if request.kind is Kind.SITEMAP and request.why == "robots.txt" and not self._mapped:
            for usual in self._plan.sitemaps:
                self._queue.push_sitemap(usual.url, usual.why, 0)
        if request.why == FURTHER_PAGE and failure.reason is Reason.HTTP_404:
            self.archives.end(request.url)
        elif request.why in (NEXT, FURTHER_PAGE):
            self.archives.fail(request.url)
        if request.why != NEXT or not is_mishap(failure.reason):
            return
        url = behind(request.url, self._led_by.get(page_key(request.url), ""))
        if url:
            self._page(url, BEHIND, worth.PAGING, request.depth, paging=True)

    def add_frames(self, urls: Sequence[str]) -> None:
        """Take the other frames of a page that is a set of frames; one of them is its menu."""
        for url in filter(self._home.owns, urls):
            self._page(url, "frame", worth.FRAME, 1)

    def add_sitemap(self, sitemap: SitemapPage) -> None:
        """Take the sitemaps below an index; of the pages, those whose address names a section."""
        self._mapped = True
        self.archives.add_sitemap(sitemap)
        depth = self._queue.depth_of(sitemap.url)
        if depth < MAX_SITEMAP_DEPTH:
            for url in sorted(sitemap.children, key=sitemap_worth):
                self._queue.push_sitemap(url, "sitemap index", depth + 1)
        for url, _changed in sitemap.entries:
            if len(segments(url)) == 1 and (sections := self._words.of_url(url)):
                self._page(url, "sitemap", worth_of(sections) + 5, 1)

    def add_feed(self, feed: FeedPage) -> None:
        """Take the page that a feed belongs to, the next page of the feed, and a few posts."""
        # Such a feed must not end the guessing of others, as `_advertised` does.
        if feed.comments or not feed.items:
            return
        self._advertised = self._fed = True
        if feed.site and self._home.owns(feed.site):
            self._page(feed.site, "feed's site", worth.WORTH[BLOG.name], 1)
        if self.archives.add_feed(feed) and (url := further_page(feed)):
            if older := self.archives.older(feed.url, url):
                self._queue.push_older(worth.FURTHER, further_request(url, feed.source), older)
            else:
                self._queue.push_further(url, feed.source)
        undated = [item.url for item in feed.items if item.published is None and item.url]
        self._open_posts(undated, 2)
        self._sample([item.url for item in feed.items if self._home.owns(item.url)])

    def _ask_sources(self, facts: PageFacts) -> None:
        """Ask the public interfaces of the software that a page shows, each at one place.

        All addresses that this page gives for an interface are asked; later pages add none.
        """
        offered = (*asked_of(facts), *lists_worth_asking(facts))
        new = [(name, url) for name, url in offered if name not in self._asked]
        for name, url in new:
            if self._home.owns(url):
                self._asked.add(name)
                request = Request(url=url, kind=Kind.DATA, why=f"interface: {name}", source=name)
                self._queue.push(worth.SOURCE, request)

    def _follow_index(self, facts: PageFacts) -> None:
        """Go on with the next page of an index while it still shows posts that matter.

        Of an index of posts, some are opened: for their dates where it shows none, and two for what
        stands around a post.
        """
        # A thread that nobody wrote in since the window began has begun before it.
        dates = [dated.at for item in facts.items if (dated := item.published or item.active)]
        pointed = facts.section is not None
        is_section = (facts.section is not None and facts.section.kind in SECTIONS) or (
            self._is_section(facts)
        )
        # Of a section that shows no entry, a sitemap may still name the posts.
        if len(facts.items) < 3 and not is_section:
            return
        if facts.section is not None and facts.next_url:
            self._pointed.go_on(facts.next_url, facts.section)
        if self.archives.add_index(facts, is_section=is_section) and facts.items:
            self._go_back(facts, is_section=is_section)
        if is_section or len(dates) >= 3:
            # A person may point at entries on other sites, which are not read as the company's.
            items = [item for item in facts.items if not pointed or self._home.owns(item.url)]
            undated = [item.url for item in items if not (item.published or item.active)]
            self._open_posts(undated if not dates else undated[:3], facts.depth + 1)
            if is_section and undated and not dates and not facts.feeds:
                self._guess_feeds(facts.url)
            self._sample([item.url for item in items])

    def _is_section(self, facts: PageFacts) -> bool:
        """Tell whether the address of a page, or a link to it, says that it is a section."""
        return (
            page_key(facts.requested_url) in self._called
            or page_key(facts.url) in self._called
            or bool(self._words.of_url(facts.url) & PUBLISHED_WORDS)
        )

    def _go_back(self, facts: PageFacts, *, is_section: bool) -> None:
        """Queue what holds older entries of an index: its next page, else its archive pages."""
        ours = facts.section is not None or self._home.owns(facts.next_url)
        if facts.next_url and ours:
            self._led_by.setdefault(page_key(facts.next_url), facts.url)
            if older := self.archives.older(facts.url, facts.next_url):
                further = Request(url=facts.next_url, why=NEXT, depth=facts.depth)
                self._queue.push_older(worth.PAGING, further, older)
            else:
                self._page(facts.next_url, NEXT, worth.PAGING, facts.depth, paging=True)
        elif is_section and facts.why != PERIOD:
            for _, url in archive_pages(facts, self.archives.since):
                self._page(url, PERIOD, worth.PAGING, facts.depth, paging=True)

    def _open_posts(self, urls: list[str], depth: int) -> None:
        """Queue posts for their dates, ten of a site at most."""
        for url in urls:
            if self._dating < worth.POSTS_FOR_DATES and self._page(
                url, "post", worth.DATING, depth, paging=True
            ):
                self._dating += 1

    def _guess_feeds(self, url: str, gone: str = "") -> None:
        """Guess the feed of a section that shows no dates, at the paths of that of a whole site.

        In place of one that is `gone`, its folder is asked for too: copies of a site name files.
        """
        folder = without_index(gone)
        if folder != gone:
            self._queue.push(worth.FEED, Request(url=folder, kind=Kind.FEED, why=GUESS, depth=1))
        for request in self._plan.feeds[:MAX_GUESSED_FEEDS]:
            path = split(request.url).path.lstrip("/")
            self._queue.push_feed(f"{without_index(url).rstrip('/')}/{path}", GUESS, worth.GUESSED)

    def _open_mapped(self) -> bool:
        """Queue posts that only sitemaps name, with what is left of the budget, if any."""
        while self._pages < self._plan.pages and (urls := self.archives.unopened()):
            queued = [self._page(url, MAPPED_POST, worth.MAPPED, 2, paging=True) for url in urls]
            if any(queued):
                return True
        return False

    def _sample(self, urls: list[str]) -> None:
        """Queue posts for comments, authors and share buttons, two of a site at most."""
        for url in urls[: worth.POSTS_FOR_FEATURES]:
            if self._sampled < worth.POSTS_FOR_FEATURES and self._page(
                url, "post", worth.SAMPLE, 2
            ):
                self._sampled += 1

    def _consider(self, link: Link, facts: PageFacts) -> None:
        """Take a link whose words or address name a part of the site; others as a last resort.

        An address with `#` is a place within a page, except on pages that a script draws.
        """
        if not self._home.owns(link.url) or ("#" in link.url and not facts.drawn):
            return
        sections, depth = self._sections_of(link), facts.depth + 1
        in_menu = link.area in worth.MENUS
        place = "menu" if in_menu else "link"
        if sections & PUBLISHED_WORDS:
            self._called.add(page_key(link.url))
        if sections:
            priority = worth_of(sections) + (0 if in_menu else 3)
            self._page(link.url, f"{place}: {link.text[:40]}", priority, depth)
        elif facts.why in ("start", "also") and link.area is not Area.COMMENT:
            self._page(link.url, place, worth.OTHER + (0 if in_menu else 5), depth)

    def _sections_of(self, link: Link) -> frozenset[str]:
        """Return the sections of the vocabulary that a link names: by its words, else its address.

        In menus a part of the words will do, as in "Visit our blog".
        """
        shallow = len(segments(link.url)) <= 2
        sections = self._words.exact(link.text) or (
            self._words.of_url(link.url) if shallow else frozenset()
        )
        if not sections and link.area in worth.MENUS:
            return self._words.of_text(link.text)
        return sections

    def _page(self, url: str, why: str, priority: int, depth: int, *, paging: bool = False) -> bool:
        """Queue a page unless it is known, useless, a trap, or one of many like it.

        Tells whether it was queued; an address that ends as feeds do is queued as one, and is no
        page. `paging` pages may be alike. One on another host of the site goes a step before others
        of its priority: `blog.acme.example` is a section of its own.
        """
        if depth > MAX_DEPTH or not self._wanted(url):
            return False
        if url.rstrip("/").endswith(worth.FEED_ENDINGS):
            self._queue.push_feed(url, "linked feed", worth.FEED)
            return False
        shape = template(url)
        if not paging and self._templates.get(shape, 0) >= SAME_TEMPLATE and segments(url):
            return False
        self._templates[shape] = self._templates.get(shape, 0) + 1
        host_apart = host_of(url) != host_of(self._home.places[-1])
        # A lower number goes first, so that another host (True, which is 1) comes a step before.
        self._queue.push(priority - host_apart, Request(url=url, why=why, depth=depth))
        return True

    def _wanted(self, url: str) -> bool:
        """Tell whether an address may be worth reading.

        Left out are addresses that are known, excluded by the user, traps (a calendar without an
        end), of no use, files, or the start page in another language.
        """
        excluded = any(url.startswith(prefix) for prefix in self._plan.company.exclude)
        if excluded or self._queue.knows(url) or is_trap(url) or is_useless(url):
            return False
        return page_key(url) not in self._languages or is_numbered(url)

    def _push_pointed(self) -> None:
        """Queue the pages that a person named; only now, as the start page has come.

        Of a company whose site does not answer nothing is read. What is pointed at on the start
        page itself was read with it.
        """
        start = page_key(self._plan.start.url)
        for request in self._plan.pointed:
            if page_key(request.url) != start or request.kind is Kind.DATA:
                self._queue.push(worth.POINTED, request)

    def _prepared(self, request: Request) -> Request:
        """Return a request as it is sent: on the host that answered, with what is pointed at."""
        return replace(self._pointed.on(request), url=self._home.as_answered(request.url))
