"""When a page was published, by the source that is trusted most."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from audit.model.dated import Dated, DateSource
from audit.model.facts import Area
from scrapers.parse.areas import Areas
from scrapers.parse.dates import date_in_url, parse_date
from scrapers.parse.html import Document
from scrapers.parse.jsonld import texts, types
from scrapers.parse.text import clean

ARTICLES = frozenset(
    {
        "Article",
        "BlogPosting",
        "NewsArticle",
        "TechArticle",
        "Report",
        "PodcastEpisode",
        "ReportageNewsArticle",
        "AdvertiserContentArticle",
        "OpinionNewsArticle",
        "ScholarlyArticle",
        "SocialMediaPosting",
        "LiveBlogPosting",
    }
)
_METAS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "publish-date",
    "publishdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "release_date",
    "published_time",
)
_VISIBLE = (
    ".entry-date,.post-date,.published,.posted-on,.date-published,.article-date,.publish-date,"
    ".blog-date,[itemprop=datePublished],.post-meta,.entry-meta,.article-meta,.byline,.date"
)
_RAW = 2_000
_NAMES = frozenset(each.strip(".") for each in _VISIBLE.split(",") if each.startswith("."))


_TYPES = 200


def published(document: Document, now: datetime, months: Mapping[str, int]) -> Dated | None:
    """Read when a page was published: JSON-LD, time element, meta, words near the title, URL."""
    language = document.language
    for text, source in _said(document):
        found = parse_date(text, source, now, months, language)
        if found is not None:
            return found
    return date_in_url(document.url, now)


def page_types(document: Document) -> tuple[str, ...]:
    """What the page says that it is: JSON-LD types, `og:type` as `og:article`."""
    found = [clean(name, 80) for thing in document.jsonld for name in types(thing)]
    if kind := document.meta("og:type"):
        found.append(f"og:{kind.lower()[:40]}")
    return tuple(dict.fromkeys(found))[:_TYPES]


def _said(document: Document) -> Iterator[tuple[str, DateSource]]:
    for thing in document.jsonld:
        if ARTICLES.intersection(types(thing)):
            for text in texts(thing.get("datePublished")):
                yield text, DateSource.JSON_LD
    yield from _times(document)
    for name in _METAS:
        for content in document.metas.get(name, ()):
            yield content, DateSource.META
    yield from _visible(document)


def _times(document: Document) -> Iterator[tuple[str, DateSource]]:
    """The times of the article itself; those of other articles and comments are not its own."""
    areas = Areas()
    seen = [
        node
        for node in document.tree.css("time")[:30]
        if areas.of(node.parent) in (Area.ARTICLE, Area.MAIN, Area.HEADER)
    ]
    titled = len(document.tree.css("article")) > 3
    if titled or len(seen) > 6:
        return
    for node in seen:
        yield node.attributes.get("datetime") or document.words.raw(node, _RAW), DateSource.TIME


def _visible(document: Document) -> Iterator[tuple[str, DateSource]]:
    areas = Areas()
    if _NAMES.isdisjoint(document.names) and "datePublished" not in document.items:
        return
    seen = document.tree.css(_VISIBLE)[:8]
    if len(seen) > 6:
        return
    for node in seen:
        if areas.of(node) in (Area.ARTICLE, Area.MAIN, Area.HEADER):
            text = node.attributes.get("datetime") or node.attributes.get("content")
            yield text or document.words.raw(node, _RAW), DateSource.TEXT
