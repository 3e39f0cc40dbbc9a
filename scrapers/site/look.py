"""What a visit has read of one company, as the deciding steps take it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from audit.model.catalogue import Catalogue
from audit.model.company import Company
from audit.model.exchange import Failure
from audit.model.facts import Area, FeedPage, PageFacts, SourceFacts
from audit.model.value import Unknown
from scrapers.page.words import LinkWords
from scrapers.parse.urls import page_key, same_site


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Pages, feeds and answers of public interfaces in the order in which they were read.

    `cut` tells why the start page could not be read to its end.
    """

    company: Company
    pages: tuple[PageFacts, ...]
    feeds: tuple[FeedPage, ...] = ()
    failures: tuple[Failure, ...] = ()
    sources: tuple[SourceFacts, ...] = ()
    cut: Unknown | None = None


NO_SECTION = {"careers", "forum", "wiki", "comments", "events", "help", "docs", "community"}
MENUS = {Area.HEADER, Area.NAV, Area.FOOTER}
_PLACES = {Area.HEADER, Area.NAV, Area.FOOTER, Area.ASIDE, Area.MAIN}


@dataclass(slots=True)
class Root:
    """A section while its parts are being found."""

    channel: str
    url: str
    pages: list[PageFacts] = field(default_factory=list)
    feeds: list[FeedPage] = field(default_factory=list)


class Site:
    """What the visit read, looked at as one site."""

    def __init__(self, company: Company, pages: Sequence[PageFacts], catalogue: Catalogue) -> None:
        self.company, self.pages, self.hosted = company, pages, catalogue.hosted
        self.words = LinkWords(catalogue.vocabulary)
        self.home = pages[0].url if pages else company.website
        self.names: dict[str, set[str]] = defaultdict(set)
        for page in pages:
            for link in page.links:
                if link.area in _PLACES and (said := self.words.exact(link.text)):
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
        said = self.names.get(page_key(url), set()) | self.words.of_url(url)
        return channel_of(said)


def channel_of(said: set[str] | frozenset[str]) -> str:
    """The kind of section that these words speak of; "" for none."""
    if "podcast" in said:
        return "podcast"
    if "blog" in said:
        return "blog"
    return "news" if "news" in said or "press" in said else ""


def of_changes(url: str) -> bool:
    """A feed of edits or of a shop's products, by its address."""
    path = url.lower()
    return any(
        word in path for word in ("recentchanges", "/collections/", "/products", "/product-")
    )


def named_section(said: frozenset[str]) -> str:
    """As `channel_of`, but a press page alone is no news section."""
    return channel_of(said - {"press"})


def is_post(page: PageFacts, site: Site) -> bool:
    """Tell whether a page is a single article."""
    article = any(
        kind.endswith(("Article", "BlogPosting")) or kind == "og:article" for kind in page.types
    )
    return article and page_key(page.url) not in site.names
