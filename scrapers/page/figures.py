"""Count and date what happens in the features of one page: ratings, events, threads, comments."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from math import isfinite

from selectolax.lexbor import LexborNode

from audit.model.activity import Activity, ActivityKind, Figure
from audit.model.dated import DateSource
from audit.model.facts import Item, Signal
from audit.model.value import Evidence
from scrapers.page.shapes import comments
from scrapers.page.words import LinkWords
from scrapers.parse.dates import parse_date
from scrapers.parse.html import Document
from scrapers.parse.jsonld import Thing, texts, types
from scrapers.parse.text import clean
from scrapers.parse.urls import bare, segments, template

MAX_EVENTS = 50
MAX_COMMENTS = 500
MAX_ARTICLES = 2_000
_THREADS = 3
_BEST = 5.0
_HEIGHT = 8
_NAME = 2
"""Words of a path segment that names a forum, such as `travel-forum`."""

_HELP = frozenset({"help", "docs", "glossary"})
_SHORT = 40
_NAMED = 500
_READ = 2_000_000
"""Characters looked through for numbers beside threads; blocks may stand in blocks."""

_NUMBER = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+|\d+")
_STATED = re.compile(
    rf"([^\W\d_]{{3,20}})\s*[:•]\s*({_NUMBER.pattern})"
    rf"|\btotal\s+([^\W\d_]{{3,20}})\s+({_NUMBER.pattern})",
    re.I,
)
_FOOT = 6_000
_REPLIES = re.compile(r"repl|answer|antwort|r[ée]ponse|respuest|rispost|odpow|yan[ıi]t|svar", re.I)
_POSTS = re.compile(r"comment|posts?\b|messages?\b|beitr", re.I)
_CATEGORIES = frozenset(
    {
        "category",
        "categories",
        "c",
        "kategorie",
        "board",
        "boards",
        "viewforum.php",
        "forumdisplay.php",
    }
)
_KINDS = {
    "count_threads": ActivityKind.THREADS,
    "count_posts": ActivityKind.POSTS,
    "count_members": ActivityKind.MEMBERS,
}


def figures(
    document: Document, signals: Sequence[Signal], items: Sequence[Item], link_words: LinkWords
) -> tuple[Figure, ...]:
    """Every figure of the page; those of forums only where something says that it is one."""
    found = [*_ratings(document), *_events(document)]
    found += _articles(document, link_words)
    forum = is_forum(document.url, signals, link_words)
    for comment in sorted(comments(document))[:MAX_COMMENTS] if not forum else ():
        kind = ActivityKind.COMMENTS
        found.append(_figure(document, "comments", kind, 1, comment, of=comment))
    if forum:
        found += _threads(document, items)
        found += _statistics(document, link_words)
    return tuple(found)


def is_forum(url: str, signals: Sequence[Signal], link_words: LinkWords) -> bool:
    """Tell whether a page belongs to a forum: its software, or the words of its address."""
    software = any(
        signal.feature == "forum" and signal.strong and signal.place not in ("link", "told link")
        for signal in signals
    )
    if software or "forum" in link_words.of_url(url):
        return True
    named = (part.replace("-", " ").replace("_", " ") for part in segments(url)[:3])
    return any(
        "forum" in link_words.of_text(words) for words in named if len(words.split()) <= _NAME
    )


def _ratings(document: Document) -> Iterator[Figure]:
    """The rating with the most votes: in JSON-LD, else in microdata."""
    rated = [thing for thing in document.jsonld if "AggregateRating" in types(thing)]
    best = max(rated, key=_votes, default=None)
    if best is not None:
        yield from _rating(document, best)
    elif "ratingValue" in document.items:
        said = {
            name: _said(document, document.tree.css_first(f"[itemprop={name}]"))
            for name in ("ratingValue", "bestRating", "ratingCount", "reviewCount")
        }
        yield from _rating(document, said)


def _rating(document: Document, said: Thing) -> Iterator[Figure]:
    value, best = _number(said.get("ratingValue")), _number(said.get("bestRating"))
    votes = _votes(said)
    if value is None or value > (best or _BEST) or value < 0:
        return
    seen = f"{value:g} of {best or _BEST:g} by {votes:.0f}"
    yield _figure(document, "reviews", ActivityKind.RATING, value, seen)
    yield _figure(document, "reviews", ActivityKind.BEST, best or _BEST, seen)
    if votes:
        yield _figure(document, "reviews", ActivityKind.RATINGS, votes, seen)


def _votes(said: Thing) -> float:
    return _number(said.get("ratingCount")) or _number(said.get("reviewCount")) or 0.0


def _events(document: Document) -> Iterator[Figure]:
    """When each event begins, as structured data says."""
    said = [
        text
        for thing in document.jsonld
        if any(kind.endswith("Event") for kind in types(thing))
        for text in texts(thing.get("startDate"))
    ]
    if "startDate" in document.items and not said:
        nodes = document.tree.css("[itemprop=startDate]")[: 2 * MAX_EVENTS]
        said = [_said(document, node) for node in nodes]
    for text in list(dict.fromkeys(said))[:MAX_EVENTS]:
        begins = parse_date(text, DateSource.JSON_LD, document.page.fetched_at)
        if begins is not None:
            yield _figure(document, "events", ActivityKind.NEXT_EVENT, begins.at, text)


def _articles(document: Document, link_words: LinkWords) -> Iterator[Figure]:
    """The pages that the door of a help centre or manual leads to."""
    parts = segments(document.url)
    if not parts or not link_words.of_text(parts[-1].replace("-", " ")) & _HELP:
        return
    door = bare(document.url).partition("?")[0].rstrip("/") + "/"
    below = {link.url.partition("?")[0] for link in document.links if link.url.startswith(door)}
    for url in sorted(below - {door})[:MAX_ARTICLES]:
        yield _figure(document, "knowledge-base", ActivityKind.ARTICLES, 1, url, of=url)


def _threads(document: Document, items: Sequence[Item]) -> Iterator[Figure]:
    """The posts of each thread of a list, and the parts of the forum."""
    shapes = Counter(template(item.url) for item in items)
    shape, count = shapes.most_common(1)[0] if shapes else ("", 0)
    if count >= _THREADS:
        threads = {bare(item.url) for item in items if template(item.url) == shape}
        yield from _replies(document, threads)
    parts = {
        link.url
        for link in document.links
        if _CATEGORIES.intersection(part.lower() for part in segments(link.url)[:-1])
    }
    if len(parts) > 1:
        seen = f"{len(parts)} parts such as {min(parts)}"
        yield _figure(document, "forum", ActivityKind.CATEGORIES, len(parts), seen)


def _replies(document: Document, threads: set[str]) -> Iterator[Figure]:
    """The numbers that stand beside the threads of a list, told apart by what holds them."""
    within = _threads_within(document, threads)
    columns: dict[str, dict[str, int]] = {}
    read = 0
    for node in document.tree.css("[class*=repl],[class*=comment],[class*=answer],[class*=post]"):
        whole = node.text(deep=True)
        read += len(whole) + 1
        if read > _READ:
            break
        text = clean(whole, 40)
        found = _NUMBER.search(text)
        thread = _thread_beside(node, within) if found is not None and len(text) < _SHORT else ""
        if found is not None and thread:
            name = (node.attributes.get("class") or "")[:_NAMED]
            columns.setdefault(name, {})[thread] = _whole(found.group())
    for pattern, kind in ((_REPLIES, ActivityKind.REPLIES), (_POSTS, ActivityKind.POSTS)):
        name = next((each for each in columns if pattern.search(each)), "")
        for thread, count in columns.get(name, {}).items():
            seen = f"{thread}: {count} ({name})"
            yield _figure(document, "forum", kind, count, seen, of=f"{kind} {thread}")


def _threads_within(document: Document, threads: set[str]) -> dict[int, set[str]]:
    """The threads that each block around a thread's link holds."""
    within: dict[int, set[str]] = {}
    for link, node in zip(document.links, document.nodes, strict=True):
        if link.url in threads:
            for block in _blocks(node):
                within.setdefault(block.mem_id, set()).add(link.url)
    return within


def _thread_beside(node: LexborNode, within: Mapping[int, set[str]]) -> str:
    """The one thread of the smallest block around a number; "" where there are several."""
    for block in _blocks(node):
        if found := within.get(block.mem_id):
            return next(iter(found)) if len(found) == 1 else ""
    return ""


def _blocks(node: LexborNode) -> Iterator[LexborNode]:
    current: LexborNode | None = node
    for _ in range(_HEIGHT):
        if current is None or current.tag in ("body", "html"):
            return
        yield current
        current = current.parent


def _statistics(document: Document, link_words: LinkWords) -> Iterator[Figure]:
    """What a forum says of itself, at its foot: so many link_words, posts and members."""
    body = document.tree.body
    text = clean(body.text(deep=True, separator=" ")[-_FOOT:], _FOOT) if body is not None else ""
    kinds = {
        word.casefold(): kind for name, kind in _KINDS.items() for word in link_words.phrases(name)
    }
    told: set[ActivityKind] = set()
    for found in _STATED.finditer(text):
        word, number = found[1] or found[3], found[2] or found[4]
        kind = kinds.get(word.casefold())
        if kind is not None and kind not in told:
            told.add(kind)
            yield _figure(document, "forum", kind, _whole(number), found.group())


def _figure(
    document: Document,
    feature: str,
    kind: ActivityKind,
    value: float | datetime,
    seen: str,
    *,
    of: str = "",
) -> Figure:
    proof = Evidence(
        url=document.url,
        fetched_at=document.page.fetched_at,
        rule=f"figure.{kind.replace(' ', '-')}",
        excerpt=clean(seen, 200),
        record=document.page.record,
    )
    activity = Activity(kind=kind, value=value, evidence=proof)
    return Figure(feature=feature, of=of or document.url, activity=activity)


def _said(document: Document, node: LexborNode | None) -> str:
    if node is None:
        return ""
    attributes: Mapping[str, str | None] = node.attributes
    return attributes.get("content") or attributes.get("datetime") or document.words.of(node, 80)


def _number(said: object) -> float | None:
    """A number as JSON-LD or a page writes it: 4.6, "4,6", "1,234"."""
    if isinstance(said, int | float) and not isinstance(said, bool):
        return float(said) if abs(said) < 1e12 else None
    text = said.strip() if isinstance(said, str) else ""
    if len(text) > _SHORT:
        return None
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", text):
        return float(_whole(text))
    try:
        value = float(text.replace(",", ".")) if len(text) < 12 else None
    except ValueError:
        return None
    return value if value is not None and isfinite(value) else None


def _whole(text: str) -> int:
    return int(re.sub(r"\D", "", text)[:12] or 0)
