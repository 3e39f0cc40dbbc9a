"""Count and date what happens in the features of one page: ratings, events, threads, comments."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from selectolax.lexbor import LexborNode

from audit.model.facts import Item, Signal
from audit.model.kinds import ActivityKind
from audit.model.site import Activity, Figure
from audit.model.value import TOO_FAR_AHEAD, Dated, DateSource
from scrapers.page.comments import numbered_comments
from scrapers.page.ratings import rating_of
from scrapers.page.threads import (
    DISCUSSIONS,
    count_beside,
    counting_words,
    is_board,
    is_of_author,
    is_thread,
    last_written,
)
from scrapers.page.totals import totals
from scrapers.page.translated import distinct
from scrapers.page.words import LinkWords
from scrapers.parse.around import around
from scrapers.parse.dates import parse_date
from scrapers.parse.document import Document
from scrapers.parse.jsonld import texts, types
from scrapers.parse.moment import decided_by_now
from scrapers.parse.published import page_types
from scrapers.parse.text import clean
from scrapers.parse.urls import bare, segments, template

MAX_EVENTS = 50
MAX_COMMENTS = 500
MAX_ARTICLES = 2_000
_THREADS = 3
"""Entries of one shape from which on they are a list of threads."""

_HEIGHT = 8
"""Elements around a link that may hold the row of its thread."""

_NAME = 2
"""Words of a path segment that names a forum, such as `travel-forum`."""

_FILED = frozenset(
    {
        *("category", "categories", "kategorie", "kategorien", "categorie", "categoria", "tag"),
        *("tags", "section", "sections", "collection", "collections", "author", "search", "page"),
    }
)
"""Segments of addresses that list articles of a help centre and are none."""

_HELP = frozenset({"help", "docs", "glossary"})
_SHORT = 40
"""Characters of a text that may be a number with its unit; a longer one is a sentence."""

_CLASS = 500
"""Characters of an element's class by which columns are told apart."""

_READ = 2_000_000
"""Characters looked through for numbers beside threads; blocks may stand in blocks."""

_FOOT = 6_000
"""Characters at the end of a page that are read as the foot of a forum."""

_REPLIES = re.compile(r"repl|answer|antwort|r[ée]ponse|respuest|rispost|odpow|yan[ıi]t|svar", re.I)
_POSTS = re.compile(r"comment|posts?\b|messages?\b|beitr", re.I)
_CATEGORIES = frozenset(
    {
        *("category", "categories", "c", "kategorie", "board", "boards"),
        *("viewforum.php", "forumdisplay.php"),
    }
)
"""Segments of addresses before the name of a part of a forum."""


def figures(
    document: Document, signals: Sequence[Signal], items: Sequence[Item], link_words: LinkWords
) -> tuple[Figure, ...]:
    """Return every figure of the page; those of forums only where something says that it is one.

    What looks like comments on a forum's page are its posts; the page of one thread tells when the
    newest of them was written, and no number of the forum's.
    """
    general = (*_ratings(document), *_events(document), *_articles(document, link_words))
    if not is_discussion(document.url, page_types(document), signals, link_words):
        return (*general, *_comments(document))
    if not is_forum(document.url, signals, link_words):
        return general
    if is_thread(document):
        return (*general, *_newest_here(document))
    threads = _threads(document, items, counting_words(link_words))
    return (*general, *threads, *_statistics(document, link_words))


def is_of_one_thread(document: Document, signals: Sequence[Signal], link_words: LinkWords) -> bool:
    """Tell whether a page is that of one thread of a forum: what it lists are posts."""
    return is_forum(document.url, signals, link_words) and is_thread(document)


def is_discussion(
    url: str, types_of_it: Iterable[str], signals: Sequence[Signal], link_words: LinkWords
) -> bool:
    """Tell whether what readers write on a page are a forum's posts, and no comments.

    It says so itself, its address has the form of a thread's, or it belongs to a forum.
    """
    typed = not DISCUSSIONS.isdisjoint(types_of_it)
    return typed or is_board(url) or is_forum(url, signals, link_words)


def is_forum(url: str, signals: Sequence[Signal], link_words: LinkWords) -> bool:
    """Tell whether a page belongs to a forum: by its software, or the words of its address.

    A link to a forum on the page does not make it one.
    """
    marks = [signal for signal in signals if signal.feature == "forum" and signal.place != "link"]
    # Of weak marks two places are needed, as everywhere.
    places = {(signal.vendor, signal.place) for signal in marks}
    software = any(signal.strong for signal in marks) or len(places) > len({v for v, _ in places})
    if software or "forum" in link_words.of_url(url):
        return True
    parts = (part.replace("-", " ").replace("_", " ") for part in segments(url)[:3])
    return any("forum" in link_words.of_text(name) for name in parts if len(name.split()) <= _NAME)


def _comments(document: Document) -> Iterator[Figure]:
    """Yield each comment as one, so that those of several pages add up and none counts twice."""
    for comment in sorted(numbered_comments(document))[:MAX_COMMENTS]:
        yield _figure(document, "comments", ActivityKind.COMMENTS, 1, comment, of=comment)


def _ratings(document: Document) -> Iterator[Figure]:
    """Yield the rating with the most votes: in JSON-LD, else in microdata."""
    things = [thing for thing in document.jsonld if "AggregateRating" in types(thing)]
    if not things and "ratingValue" in document.items:
        names = ("ratingValue", "bestRating", "ratingCount", "reviewCount")
        nodes = {name: document.tree.css_first(f"[itemprop={name}]") for name in names}
        things = [{name: _content(document, node) for name, node in nodes.items()}]
    ratings = [rating for thing in things if (rating := rating_of(thing)) is not None]
    if not ratings:
        return
    rating = max(ratings, key=lambda rating: rating.votes)
    words = f"{rating.value:g} of {rating.best:g} by {rating.votes:.0f}"
    yield _figure(document, "reviews", ActivityKind.RATING, rating.value, words)
    yield _figure(document, "reviews", ActivityKind.BEST, rating.best, words)
    if rating.votes:
        yield _figure(document, "reviews", ActivityKind.RATINGS, rating.votes, words)


def _events(document: Document) -> Iterator[Figure]:
    """Yield when each event begins, as structured data says: JSON-LD, else microdata."""
    starts = [
        text
        for thing in document.jsonld
        if any(kind.endswith("Event") for kind in types(thing))
        for text in texts(thing.get("startDate"))
    ]
    if "startDate" in document.items and not starts:
        nodes = document.tree.css("[itemprop=startDate]")[: 2 * MAX_EVENTS]
        starts = [_content(document, node) for node in nodes]
    for text in list(dict.fromkeys(starts))[:MAX_EVENTS]:
        begins = parse_date(text, DateSource.JSON_LD, document.page.fetched_at)
        if begins is not None:
            yield _figure(document, "events", ActivityKind.NEXT_EVENT, begins.at, text)


def _articles(document: Document, link_words: LinkWords) -> Iterator[Figure]:
    """Yield the pages that the door of a help centre or manual leads to, each as one.

    The door is a page whose address ends in its name (`/help/`); what lies below it are articles.
    One in several languages is one article.
    """
    parts = segments(document.url)
    if not parts or not link_words.of_text(parts[-1].replace("-", " ")) & _HELP:
        return
    door = bare(document.url).partition("?")[0].rstrip("/") + "/"
    below = {
        link.url.partition("?")[0]
        for link in document.links
        if link.url.startswith(door) and not _FILED.intersection(segments(link.url.lower()))
    }
    articles = distinct(below - {door}, door)
    for page, url in sorted(articles.items())[:MAX_ARTICLES]:
        yield _figure(document, "knowledge-base", ActivityKind.ARTICLES, 1, url, of=page)


def _newest_here(document: Document) -> Iterator[Figure]:
    """Yield when somebody last wrote in the thread that a page is of."""
    if (last := last_written(document)) is not None:
        words = f"{document.title} · {last.at:%Y-%m-%d}"
        yield _figure(document, "forum", ActivityKind.LAST_POST, last.at, words)


def _threads(
    document: Document, items: Sequence[Item], counting: Collection[str]
) -> Iterator[Figure]:
    """Yield the posts of each thread of a list, and how many parts the forum has.

    Of a page's entries the most usual shape of address is that of the threads.
    """
    shapes = Counter(template(item.url) for item in items)
    shape, count = shapes.most_common(1)[0] if shapes else ("", 0)
    if count >= _THREADS:
        threads = {bare(item.url) for item in items if template(item.url) == shape}
        yield from _replies(document, threads, counting)
        yield from _last_post(document, [item for item in items if template(item.url) == shape])
    parts = {
        link.url
        for link in document.links
        if _CATEGORIES.intersection(part.lower() for part in segments(link.url)[:-1])
    }
    if len(parts) > 1:
        words = f"{len(parts)} parts such as {min(parts)}"
        yield _figure(document, "forum", ActivityKind.CATEGORIES, len(parts), words)


def _last_post(document: Document, threads: Sequence[Item]) -> Iterator[Figure]:
    """Yield when somebody last wrote in any thread of a list."""
    limit = document.page.fetched_at + TOO_FAR_AHEAD
    written = [(last.at, item) for item in threads if (last := last_reply(item)) is not None]
    near = [(at, item.title) for at, item in written if at <= limit]
    if len(near) < len(written):
        decided_by_now()
    if near:
        at, title = max(near)
        yield _figure(document, "forum", ActivityKind.LAST_POST, at, f"{title} · {at:%Y-%m-%d}")


def last_reply(item: Item) -> Dated | None:
    """Return when somebody last wrote in a thread of a list; None where that is not known.

    A date of which the list does not say that it is the beginning is that of the last reply, as
    forums sort by it.
    """
    return item.active or (None if item.begun else item.published)


def _replies(document: Document, threads: set[str], counting: Collection[str]) -> Iterator[Figure]:
    """Yield the numbers that stand beside the threads of a list.

    Columns are told apart by the class of what holds them: the first class that speaks of replies
    gives those, the first that speaks of posts the posts.
    """
    columns = _columns(document, threads, counting)
    for pattern, kind in ((_REPLIES, ActivityKind.REPLIES), (_POSTS, ActivityKind.POSTS)):
        name = next((name for name in columns if pattern.search(name)), "")
        for thread, count in columns.get(name, {}).items():
            words = f"{thread}: {count} ({name})"
            yield _figure(document, "forum", kind, count, words, of=f"{kind} {thread}")


def _columns(
    document: Document, threads: set[str], counting: Collection[str]
) -> dict[str, dict[str, int]]:
    """Return the numbers beside threads: class of what holds them → address of thread → number.

    A number counts that stands alone in its column or has one of some `counting` words beside it,
    and not those of who wrote.
    """
    within = _threads_within(document, threads)
    columns: dict[str, dict[str, int]] = {}
    read = 0
    for node in document.tree.css("[class*=repl],[class*=comment],[class*=answer],[class*=post]"):
        # A block's text holds that of the blocks within it, which come again; `_READ` bounds all.
        whole = node.text(deep=True, separator=" ")
        read += len(whole) + 1
        if read > _READ:
            break
        text = clean(whole[:_CLASS], 2 * _SHORT)
        number = count_beside(text, counting) if len(text) < _SHORT else ""
        if number and not is_of_author(node) and (thread := _thread_beside(node, within)):
            name = (node.attributes.get("class") or "")[:_CLASS]
            columns.setdefault(name, {})[thread] = _whole(number)
    return columns


def _threads_within(document: Document, threads: set[str]) -> dict[int, set[str]]:
    """Return the addresses of the threads in each block around a thread's link, by its `mem_id`."""
    within: dict[int, set[str]] = {}
    for link, node in zip(document.links, document.nodes, strict=True):
        if link.url in threads:
            for block in around(node, _HEIGHT):
                within.setdefault(block.mem_id, set()).add(link.url)
    return within


def _thread_beside(node: LexborNode, within: Mapping[int, set[str]]) -> str:
    """Return the thread of the smallest block around a number; "" where there are several."""
    for block in around(node, _HEIGHT):
        if threads := within.get(block.mem_id):
            return next(iter(threads)) if len(threads) == 1 else ""
    return ""


def _statistics(document: Document, link_words: LinkWords) -> Iterator[Figure]:
    """Yield what a forum says of itself at its foot, each once: topics, posts and members."""
    body = document.tree.body
    # Without a separator the cells of a table, "Topics: 12" and "Posts: 40", run into one another.
    text = clean(body.text(deep=True, separator=" ")[-_FOOT:], _FOOT) if body is not None else ""
    for kind, number, words in totals(text, link_words):
        yield _figure(document, "forum", kind, _whole(number), words)


def _figure(
    document: Document,
    feature: str,
    kind: ActivityKind,
    value: float | datetime,
    words: str,
    *,
    of: str = "",
) -> Figure:
    """Return a figure with its evidence; `of` is what it counts, where not the page as a whole."""
    proof = document.page.proof(f"figure.{kind.replace(' ', '-')}", clean(words, 200))
    activity = Activity(kind=kind, value=value, evidence=proof)
    return Figure(feature=feature, of=of or document.url, activity=activity)


def _content(document: Document, node: LexborNode | None) -> str:
    """Return the value of a property in microdata: its attribute, else its words."""
    if node is None:
        return ""
    attributes: Mapping[str, str | None] = node.attributes
    return attributes.get("content") or attributes.get("datetime") or document.words.of(node, 80)


def _whole(text: str) -> int:
    """Return the whole number that the digits of a text make, whatever separates thousands."""
    # Python 3.11 refuses to read more than 4,300 digits, and no forum counts beyond twelve.
    return int(re.sub(r"\D", "", text)[:12] or 0)
