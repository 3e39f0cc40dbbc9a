"""What a visit has read of one company, as the deciding steps take it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from audit.model.catalogue import Catalogue
from audit.model.company import Company, PointedSection
from audit.model.exchange import Failure
from audit.model.facts import Area, FeedPage, PageFacts, SourceFacts
from audit.model.kinds import SectionKind
from audit.model.value import Unknown
from scrapers.page.words import LinkWords
from scrapers.parse.urls import lies_below, page_key, same_site
from scrapers.site.kinds import kind_of

NO_SECTION = frozenset(
    {"careers", "forum", "wiki", "comments", "events", "help", "docs", "community"}
)
"""Sections of the vocabulary whose feeds hold no posts of the company."""

_NAMING_AREAS = frozenset({Area.HEADER, Area.NAV, Area.FOOTER, Area.ASIDE, Area.MAIN})
"""Where a link's words name what it leads to; in articles and comments they are part of a text."""

# Edits of a wiki, and the feeds of a shop: both are dated, and neither holds posts.
_CHANGES = ("recentchanges", "/collections/", "/products", "/product-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Everything that a visit has read of a company's site, in the order in which it was read.

    `pages`, `feeds` and `sources` (answers of public interfaces) could be read, `failures` could
    not. `cut` tells why the start page could not be read to its end; None where it was.
    """

    company: Company
    pages: tuple[PageFacts, ...]
    feeds: tuple[FeedPage, ...] = ()
    failures: tuple[Failure, ...] = ()
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
        self.company, self.pages, self.hosted = company, pages, catalogue.hosted
        self.words = LinkWords(catalogue.vocabulary)
        self.home = pages[0].url if pages else company.website
        self.names: dict[str, set[str]] = defaultdict(set)
        for page in pages:
            for link in page.links:
                if link.area in _NAMING_AREAS and (sections := self.words.exact(link.text)):
                    self.names[page_key(link.url)] |= sections
        self.visited = {page_key(page.url) for page in pages}
        self.visited |= {page_key(page.requested_url) for page in pages}

    def own(self, url: str) -> bool:
        """Tell whether an address lies on the company's site, or on a further one of theirs."""
        return (
            same_site(url, self.home, self.hosted)
            or same_site(url, self.company.website, self.hosted)
            or any(lies_below(url, site, self.hosted) for site in self.company.also)
        )

    def kind_of(self, url: str) -> SectionKind | None:
        """Return which section an address is by the words of its links and its path, or None."""
        return kind_of(self.names.get(page_key(url), set()) | self.words.of_url(url))


def of_changes(url: str) -> bool:
    """Tell whether an address is that of a feed of edits or of a shop's products."""
    path = url.lower()
    return any(word in path for word in _CHANGES)


def is_post(page: PageFacts, site: Site) -> bool:
    """Tell whether a page is a single article: typed as one, and no part that the site names."""
    article = any(
        kind.endswith(("Article", "BlogPosting")) or kind == "og:article" for kind in page.types
    )
    return article and page_key(page.url) not in site.names
