"""What a visit has read of one company, as the deciding steps take it."""

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from audit.model.catalogue import Catalogue
from audit.model.company import Company, PointedSection
from audit.model.exchange import Failure
from audit.model.facts import Area, FeedPage, Link, PageFacts, SourceFacts
from audit.model.kinds import SectionKind
from audit.model.value import Unknown
from scrapers.page.names import tokens
from scrapers.page.threads import is_board
from scrapers.page.words import link_words
from scrapers.parse.published import POST
from scrapers.parse.urls import host_of, lies_below, page_key, same_site, segments
from scrapers.site.kinds import kind_of, promised_by
from scrapers.site.mapped import MappedPage
from scrapers.site.place import hosts_of_others, is_parents
from scrapers.site.shops import is_shop, without_goods
from scrapers.site.worth import MENUS

NO_SECTION = frozenset(
    {"careers", "forum", "wiki", "comments", "events", "help", "docs", "community"}
)
"""Sections of the vocabulary whose feeds hold no posts of the company."""

_NAMING_AREAS = frozenset({Area.HEADER, Area.NAV, Area.FOOTER, Area.ASIDE, Area.MAIN})
"""Where a link's words name what it leads to; in articles and comments they are part of a text."""

_NEAR = 3
"""Parts of the path of an address that may be a section of the site."""

_WRITTEN_ON = frozenset({"blog", "newsletter"})
"""Kinds of platforms on which a company may have its blog."""

# Edits of a wiki, and the feeds of a shop: both are dated, and neither holds posts.
_CHANGES = ("recentchanges", "recent_changes", "/collections/", "/products", "/product-")

_EDIT = re.compile(
    r"[?&](?:do|action|cmd)=(?:diff|history|revisions|info)\b|[?&](?:diff|oldid)=\w"
    r"|/(?:_history|_compare|revisions?)(?:/|$)",
    re.I,
)
"""The address of an edit, of its difference to the page before it, or of the page's history."""


_DATED = re.compile(
    r"(?:[^/]{1,40}/){0,2}20\d\d/[01]?\d/(?:[0-3]?\d/)?(?!page(?:/|$))[a-z][^/]{3,}$", re.I
)
"""The path of a post: a year, a month and its name, as in `2016/05/a-new-hall`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Everything that a visit has read of a company's site, in the order in which it was read.

    `pages`, `feeds` and `sources` (answers of public interfaces) could be read, `failures` could
    not; `lost` are those of them that were asked for as pages and are not known to be gone, `gone`
    those that are.
    `sitemaps` hold what may be posts in them. `cut` tells why the start page could not be read to
    its end; None where it was.
    """

    company: Company
    pages: tuple[PageFacts, ...]
    feeds: tuple[FeedPage, ...] = ()
    failures: tuple[Failure, ...] = ()
    lost: tuple[Failure, ...] = ()
    gone: tuple[Failure, ...] = ()
    sitemaps: tuple[MappedPage, ...] = ()
    sources: tuple[SourceFacts, ...] = ()
    cut: Unknown | None = None


@dataclass(slots=True)
class Root:
    """A section of a site while its index pages and feeds are still being collected.

    `url` is its index page, or the place that its feed names. `pointed` is what a person points at
    it with; None for one that the rules have found.
    """

    kind: SectionKind
    url: str
    pages: list[PageFacts] = field(default_factory=list)
    feeds: list[FeedPage] = field(default_factory=list)
    pointed: PointedSection | None = None


class Site:
    """The pages of a visit taken as one site: which addresses are its own, and what it calls them.

    `home` is the start page as it was reached. `names` maps the key of an address (`page_key`) to
    the sections of the vocabulary that links call it by, such as {"blog"} for a link "Our blog".
    `visited` holds the keys of all pages that were read, before and after redirects.
    """

    def __init__(self, company: Company, pages: Sequence[PageFacts], catalogue: Catalogue) -> None:
        """Collect the names that the links of all pages give."""
        self.company, self.pages = company, pages
        self.hosted = hosts_of_others(company, catalogue.hosted)
        self.words = link_words(catalogue.vocabulary)
        self.home = pages[0].url if pages else company.website
        self._networks = frozenset(
            host
            for platform in catalogue.platforms
            if platform.kind not in _WRITTEN_ON
            for host in platform.hosts
        )
        self.own_words = frozenset(tokens(company.name))
        self._is_shop = is_shop(pages)
        self.names: dict[str, set[str]] = defaultdict(set)
        for page in pages:
            spoken = self.words.spoken(page.language, (link.text for link in page.links))
            for link in page.links:
                if link.area in _NAMING_AREAS and (sections := self.named(link, spoken)):
                    self.names[page_key(link.url)] |= sections
        self.visited = {page_key(page.url) for page in pages}
        self.visited |= {page_key(page.requested_url) for page in pages}

    def named(self, link: Link, spoken: frozenset[str] = frozenset()) -> frozenset[str]:
        """Return the sections of the vocabulary that a link's text is the name of.

        In a menu other words may stand beside it, as in "Our Blog"; elsewhere they may where the
        address ends in it too. A phrase of a language that is not among those `spoken` on the page
        names nothing; with none given, all are. Nor does what a board of a forum is called, nor in
        a shop what may be new goods (`told`).
        """
        if is_board(link.url):
            return frozenset()
        if self.words.foreign(link.text, spoken):
            return frozenset()
        if link.area in MENUS:
            return self.told(self.words.named(link.text, self.own_words))
        if exact := self.words.exact(link.text) or self.words.called(link.text):
            return self.told(exact)
        parts = segments(link.url)
        ending = self.words.exact(parts[-1]) if 0 < len(parts) <= _NEAR else frozenset()
        return self.told(ending & self.words.of_text(link.text)) if ending else ending

    def told(self, sections: frozenset[str]) -> frozenset[str]:
        """Return what words mean on this site: in a shop those for new goods promise no news."""
        return without_goods(sections) if self._is_shop else sections

    def own(self, url: str) -> bool:
        """Tell whether an address lies on the company's site, and not on its parent's.

        Further sites that a person names are the company's.
        """
        if any(lies_below(url, site, self.hosted) for site in self.company.also):
            return True
        shared = same_site(url, self.home, self.hosted) or same_site(
            url, self.company.website, self.hosted
        )
        return shared and not is_parents(url, self.company, self.hosted, self.words)

    def at_home(self, url: str) -> bool:
        """Tell whether an address lies on the host of the start page."""
        return host_of(url) in (host_of(self.home), host_of(self.company.website))

    def is_network(self, url: str) -> bool:
        """Tell whether an address lies on a platform on which no blog is written."""
        labels = host_of(url).split(".")
        return any(".".join(labels[start:]) in self._networks for start in range(len(labels) - 1))

    def promises(self, url: str) -> bool:
        """Tell whether the words of its links or its path promise a section at an address.

        "Articles" alone, which may be lessons without dates, promises none.
        """
        return promised_by(self._sections(url)) is not None

    def kind_of(self, url: str) -> SectionKind | None:
        """Return which section an address is by the words of its links and its path, or None."""
        return kind_of(self._sections(url))

    def _sections(self, url: str) -> Set[str]:
        """Return the sections that links call an address by, and those of its path."""
        if is_board(url):
            return frozenset()
        return self.names.get(page_key(url), set()) | self.told(self.words.of_url(url))


def of_changes(url: str) -> bool:
    """Tell whether an address is that of a feed of edits or of a shop's products."""
    path = url.lower()
    return any(word in path for word in _CHANGES)


def of_edits(feed: FeedPage) -> bool:
    """Tell whether a feed is that of a wiki's recent changes: most of its entries are edits."""
    edits = sum(_EDIT.search(item.url) is not None for item in feed.items)
    return 2 * edits > len(feed.items)


def of_wiki(feed: FeedPage, site: Site) -> bool:
    """Tell whether a feed is of edits, or one that the software of a wiki names in its head.

    Such software has one feed, of the newest changes of its pages; one that says that it is of a
    blog is of a blog.
    """
    if of_edits(feed):
        return True
    named = promised_by(site.words.of_url(feed.url) | site.words.of_text(feed.title))
    return named is None and any(
        signal.feature == "wiki" and signal.strong and signal.place in ("meta", "css")
        for page in site.pages
        if any(link.url == feed.url for link in page.feeds)
        for signal in page.signals
    )


def is_post(page: PageFacts, site: Site) -> bool:
    """Tell whether a page is a single article, and no part that the site names.

    It is typed as one, or its address holds a month and a name, as those of posts do.
    """
    return (
        is_typed_post(page) or _DATED.match("/".join(segments(page.url))) is not None
    ) and page_key(page.url) not in site.names


def is_typed_post(page: PageFacts) -> bool:
    """Tell whether a page says of itself that it is a single article."""
    return any(
        kind.endswith(("Article", "BlogPosting")) or kind in ("og:article", POST)
        for kind in page.types
    )
