"""When a page was published, by the source that is trusted most."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain

from selectolax.lexbor import LexborNode

from audit.model.facts import Area
from audit.model.value import Dated, DateSource
from scrapers.parse.areas import Areas
from scrapers.parse.date_labels import is_of_reply
from scrapers.parse.date_words import DateStyle
from scrapers.parse.dated import date_of_element
from scrapers.parse.dates import date_in_url, parse_date
from scrapers.parse.document import Document
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
"""Types of schema.org for what is published once, at a time."""

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
"""Metas that hold the time of publication, in small letters; the usual ones first."""

_VISIBLE = (
    ".entry-date,.post-date,.published,.posted-on,.date-published,.article-date,.publish-date,"
    ".blog-date,[itemprop=datePublished],.post-meta,.entry-meta,.article-meta,.byline,.date"
)
"""Elements near a title that show its date."""

_LONGEST = 2_000
"""Characters of such an element, with author and categories beside the date."""

_VISIBLE_CLASSES = frozenset(
    part.strip(".") for part in _VISIBLE.split(",") if part.startswith(".")
)
"""The classes among these, by which a page is asked quickly whether it has any."""


POST = "post"
"""The type of a page that is a single post by the class of its body."""

_POST = frozenset(
    {
        "single-post",
        "item-view",
        "node-type-blog",
        "page-node-type-blog",
        "page-node-type-blog-post",
    }
)
"""Classes of the body by which WordPress, Blogger and Drupal mark the page of one post."""

_MAX_TYPES = 200
"""Types of one page that are kept."""


def published(document: Document, now: datetime, style: DateStyle) -> Dated | None:
    """Read when a page was published, by the source that is trusted most; None for no date.

    The order: JSON-LD, `time` elements, metas, words near the title, address. What is said to be
    the date of a change is passed over. `style` is how the page writes dates.
    """
    return next(_dates(document, now, style), None) or date_in_url(document.url, now)


def page_types(document: Document) -> tuple[str, ...]:
    """Return what the page says that it is: its JSON-LD types, and `og:type` as `og:article`.

    A page that its software calls a single post, in the class of its body, is of type `post`.
    """
    names = [clean(name, 80) for thing in document.jsonld for name in types(thing)]
    if kind := document.meta("og:type"):
        names.append(f"og:{kind.lower()[:40]}")
    body = document.tree.body
    if body is not None and not _POST.isdisjoint((body.attributes.get("class") or "").split()):
        names.append(POST)
    return tuple(dict.fromkeys(names))[:_MAX_TYPES]


def _dates(document: Document, now: datetime, style: DateStyle) -> Iterator[Dated]:
    """Yield the dates that may be that of the page, the most trusted first."""
    metas = (content for name in _METAS for content in document.metas.get(name, ()))
    dates = chain(
        (parse_date(text, DateSource.JSON_LD, now, style) for text in _in_json_ld(document)),
        (
            date_of_element(document, node, now, style)
            for node in _time_elements(document)
            if not is_of_reply(node, style.words, document.words)
        ),
        (parse_date(content, DateSource.META, now, style) for content in metas),
        _in_texts(document, now, style),
    )
    yield from (dated for dated in dates if dated is not None)


def _in_texts(document: Document, now: datetime, style: DateStyle) -> Iterator[Dated]:
    """Yield the dates near the title."""
    for node in _visible_dates(document):
        dated = date_of_element(document, node, now, style, longest=_LONGEST)
        if dated is not None and not is_of_reply(node, style.words, document.words):
            yield replace(dated, source=DateSource.TEXT)


def _in_json_ld(document: Document) -> Iterator[str]:
    """Yield the dates of publication of the articles in JSON-LD."""
    for thing in document.jsonld:
        if ARTICLES.intersection(types(thing)):
            yield from texts(thing.get("datePublished"))


def _time_elements(document: Document) -> Iterator[LexborNode]:
    """Yield the times of the article itself.

    Those in menus, comments and sidebars are not its own; on a page of many articles none is.
    """
    areas = Areas(document.index)
    own = [
        node
        for node in document.elements("time")[:30]
        if areas.of(node.parent) in (Area.ARTICLE, Area.MAIN, Area.HEADER)
    ]
    is_index = bool(own) and len(document.elements("article")) > 3
    # More than three articles, or more than six times: a list of teasers.
    if is_index or len(own) > 6:
        return
    yield from own


def _visible_dates(document: Document) -> Iterator[LexborNode]:
    """Yield what elements with a class such as `post-date` hold; nothing on a page of many."""
    areas = Areas(document.index)
    if _VISIBLE_CLASSES.isdisjoint(document.names) and "datePublished" not in document.items:
        return
    nodes = document.tree.css(_VISIBLE)[:8]
    # As with `time` elements: a list of teasers.
    if len(nodes) > 6:
        return
    yield from (node for node in nodes if areas.of(node) in (Area.ARTICLE, Area.MAIN, Area.HEADER))
