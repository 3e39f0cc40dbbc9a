"""Join what pages, feeds and public interfaces say of a feature's activity, the best word each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from audit.model.activity import Activity, ActivityKind
from audit.model.facts import FeedPage, PageFacts
from audit.model.result import Window
from audit.model.site import Section
from audit.model.value import Evidence
from scrapers.site.look import Look, of_changes

_SUMMED = frozenset(
    {ActivityKind.REPLIES, ActivityKind.POSTS, ActivityKind.COMMENTS, ActivityKind.ARTICLES}
)
_AHEAD = timedelta(hours=48)
_DATED = {
    "blog": (ActivityKind.POSTS, ActivityKind.LAST_POST),
    "news": (ActivityKind.POSTS, ActivityKind.LAST_POST),
    "podcast": (ActivityKind.EPISODES, ActivityKind.LAST_EPISODE),
    "forum": (ActivityKind.THREADS, ActivityKind.LAST_POST),
    "wiki": (None, ActivityKind.LAST_CHANGE),
}
"""Of a dated section: what its entries are, and what the newest of them is called."""


def activities(
    found: Look, sections: Sequence[Section], window: Window
) -> Mapping[str, tuple[Activity, ...]]:
    """The activity of each feature, in the order in which the kinds are defined.

    Public interfaces are believed first, then dated sections, then counts on pages, then feeds.
    """
    best: dict[str, dict[ActivityKind, Activity]] = defaultdict(dict)
    for feature, figure in _all(found, sections, window):
        best[feature].setdefault(figure.kind, figure)
    _derive_replies(best.get("forum", {}))
    order = list(ActivityKind)
    return {
        feature: tuple(sorted(said.values(), key=lambda each: order.index(each.kind)))
        for feature, said in best.items()
    }


def _derive_replies(said: dict[ActivityKind, Activity]) -> None:
    """Each thread begins with a post; the others are replies."""
    posts, threads = said.get(ActivityKind.POSTS), said.get(ActivityKind.THREADS)
    if posts is None or threads is None or ActivityKind.REPLIES in said:
        return
    replies = _number(posts) - _number(threads)
    if replies >= 0:
        said[ActivityKind.REPLIES] = replace(posts, kind=ActivityKind.REPLIES, value=replies)


def _all(
    found: Look, sections: Sequence[Section], window: Window
) -> Iterator[tuple[str, Activity]]:
    for source in found.sources:
        yield from ((source.feature, figure) for figure in source.figures)
    yield from _of_sections(sections)
    whole = {each.channel for each in sections if not each.truncated}
    for feature, figure in _of_pages(found.pages, window):
        yield feature, replace(figure, at_least=figure.at_least and feature not in whole)
    if any(signal.feature == "wiki" for page in found.pages for signal in page.signals):
        yield from (("wiki", figure) for figure in _of_changes(found.feeds, window))


def _of_sections(sections: Sequence[Section]) -> Iterator[tuple[str, Activity]]:
    for section in sections:
        counted, newest = _DATED.get(section.channel, (None, None))
        dated = [(at, post) for post in section.posts if (at := post.counted_at) is not None]
        if counted is not None and section.posts:
            yield (
                section.channel,
                Activity(
                    kind=counted,
                    value=len(section.posts),
                    evidence=section.evidence[0],
                    at_least=section.truncated,
                ),
            )
        if newest is not None and dated:
            at, last = max(dated, key=lambda pair: pair[0])
            yield section.channel, Activity(kind=newest, value=at, evidence=last.evidence)


def _of_pages(pages: Sequence[PageFacts], window: Window) -> Iterator[tuple[str, Activity]]:
    """Figures of pages, each thing once: what was counted in several adds up."""
    grouped: dict[tuple[str, ActivityKind], dict[str, Activity]] = defaultdict(dict)
    for figure in (each for page in pages for each in page.figures):
        said = figure.activity
        of = str(said.value) if said.kind is ActivityKind.NEXT_EVENT else figure.of
        if of != figure.of and not _is_coming(said, window):
            continue
        grouped[figure.feature, said.kind].setdefault(of, said)
    best = _best_rated(grouped.get(("reviews", ActivityKind.RATINGS), {}))
    for (feature, kind), by_thing in grouped.items():
        yield feature, _one(kind, by_thing, best)


def _is_coming(said: Activity, window: Window) -> bool:
    return isinstance(said.value, datetime) and said.value >= window.as_of


def _best_rated(by_page: Mapping[str, Activity]) -> str:
    """The page whose rating rests on most votes."""
    return max(by_page, key=lambda page: (_number(by_page[page]), page), default="")


def _one(kind: ActivityKind, by_page: Mapping[str, Activity], best: str) -> Activity:
    each = list(by_page.values())
    if kind is ActivityKind.NEXT_EVENT:
        return min(each, key=lambda figure: str(figure.value))
    if kind in (ActivityKind.RATING, ActivityKind.BEST):
        return by_page.get(best, each[0])
    largest = max(each, key=_number)
    if kind in _SUMMED:
        return replace(largest, value=sum(_number(figure) for figure in each), at_least=True)
    return largest


def _number(figure: Activity) -> float:
    return figure.value if isinstance(figure.value, int | float) else 0.0


def _of_changes(feeds: Iterable[FeedPage], window: Window) -> list[Activity]:
    """The newest entry of a feed of changes, such as DokuWiki's and MediaWiki's."""
    newest: tuple[datetime, Evidence] | None = None
    for feed in feeds:
        if not (feed.updates or of_changes(feed.url) or "feed.php" in feed.url):
            continue
        for item in feed.items:
            at = item.published.at if item.published is not None else None
            if (
                at is not None
                and at <= window.as_of + _AHEAD
                and (newest is None or at > newest[0])
            ):
                newest = (at, feed.evidence)
    if newest is None:
        return []
    return [Activity(kind=ActivityKind.LAST_CHANGE, value=newest[0], evidence=newest[1])]
