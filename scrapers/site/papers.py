"""Tell what the writers of a paper or a blog say from what a site offers its readers."""

from audit.model.facts import Link, PageFacts
from scrapers.page.words import LinkWords
from scrapers.parse.urls import segments
from scrapers.site.worth import MENUS

_PAPERS = frozenset(
    {
        *("AnalysisNewsArticle", "NewsArticle", "NewsMediaOrganization", "OpinionNewsArticle"),
        *("ReportageNewsArticle", "ReviewNewsArticle"),
    }
)
"""Types of a page of a news medium: its "Reviews" and "Opinioni" are its own writers'."""

_ARTICLES = frozenset({"Article", "og:article"})
"""Types of a page that somebody has written; those of blogs and shops are so typed too."""

_ISSUED = frozenset({"news", "podcast"})
"""Sections of the vocabulary that are what a paper, or a show, is made for."""

_WRITTEN = frozenset({"articles", "blog", "news"})
"""Sections of the vocabulary that a company's or a paper's own writers fill."""

_TOPICS = frozenset(
    {
        *("tech", "technology", "technik", "culture", "kultur", "cultura", "kultura", "music"),
        *("musik", "musique", "film", "films", "movies", "cinema", "kino", "tv", "games", "gaming"),
        *("books", "arts", "entertainment", "lifestyle", "cars", "auto", "autos", "motoring"),
        *("travel", "food-and-drink", "restaurants", "sport", "sports", "gadgets"),
    }
)
"""Departments of papers, as their addresses call them."""


def is_paper(page: PageFacts, link_words: LinkWords) -> bool:
    """Tell whether a page is of a news medium or magazine, whose reviews are its own writers'.

    It says so, or is an article beside whose menu's "Reviews" stands "News" or "Episodes".
    """
    if _PAPERS.intersection(page.types):
        return True
    if not _ARTICLES.intersection(page.types):
        return False
    return any(link.area in MENUS and link_words.exact(link.text) & _ISSUED for link in page.links)


def of_topic(link: Link, link_words: LinkWords) -> bool:
    """Tell whether an address files something under a topic or a blog: writers say it."""
    before = [part.lower() for part in segments(link.url)[:-1]]
    return any(part in _TOPICS or link_words.exact(part) & _WRITTEN for part in before)
