"""Join what pages, feeds and public interfaces say of a feature's activity, the best word each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from audit.model.facts import FeedPage, PageFacts
from audit.model.kinds import ActivityKind
from audit.model.result import Window
from audit.model.site import Activity, Section
from audit.model.value import TOO_FAR_AHEAD
from scrapers.site.kinds import FORUM, KINDS
from scrapers.site.look import Look, of_changes, of_edits

_SUMMED = frozenset(
    {ActivityKind.REPLIES, ActivityKind.POSTS, ActivityKind.COMMENTS, ActivityKind.ARTICLES}
)
"""What different pages count of different things; of every other kind the largest number counts."""

_CHANGE_FEED = "feed.php"
"""The feed of changes of DokuWiki."""


def activities(
    look: Look, sections: Sequence[Section], window: Window
) -> Mapping[str, tuple[Activity, ...]]:
    """Return the activity of each feature, in the order in which the kinds are defined.

    Public interfaces are believed first, then dated sections, then counts on pages, then feeds. Of
    changes, and of what is written in a forum, the last counts, whoever tells of it: a list of new
    pages or threads knows no later edits or replies.
    """
    best: dict[str, dict[ActivityKind, Activity]] = defaultdict(dict)
    for feature, activity in _all(look, sections, window):
        known = best[feature].setdefault(activity.kind, activity)
        # Times in UTC, written from the year to the second: their texts sort as they do.
        if _last_counts(feature, activity.kind) and str(activity.value) > str(known.value):
            best[feature][activity.kind] = activity
    # Last, when the best counts of posts and of threads
    # are chosen: each may come from another source.
    _derive_replies(best.get("forum", {}))
    order = list(ActivityKind)
    return {
        feature: tuple(sorted(by_kind.values(), key=lambda activity: order.index(activity.kind)))
        for feature, by_kind in best.items()
    }


def _last_counts(feature: str, kind: ActivityKind) -> bool:
    """Tell whether of several times of one kind the last one is right."""
    return kind is ActivityKind.LAST_CHANGE or (
        kind is ActivityKind.LAST_POST and feature == FORUM.name
    )


def _derive_replies(forum: dict[ActivityKind, Activity]) -> None:
    """Add a forum's replies where it counts posts and threads: each thread begins with a post."""
    posts, threads = forum.get(ActivityKind.POSTS), forum.get(ActivityKind.THREADS)
    if posts is None or threads is None or ActivityKind.REPLIES in forum:
        return
    replies = _number(posts) - _number(threads)
    if replies >= 0:
        forum[ActivityKind.REPLIES] = replace(posts, kind=ActivityKind.REPLIES, value=replies)


def _all(look: Look, sections: Sequence[Section], window: Window) -> Iterator[tuple[str, Activity]]:
    """Yield (feature, activity) from every source, the most trusted first.

    What pages count is a lower limit, unless the feature is a section that was read to its end.
    """
    for source in look.sources:
        yield from ((source.feature, activity) for activity in source.figures)
    yield from _of_sections(sections)
    whole = {section.channel for section in sections if not section.truncated}
    for feature, activity in _of_pages(look.pages, window):
        yield feature, replace(activity, at_least=activity.at_least and feature not in whole)
    is_wiki = any(signal.feature == "wiki" for page in look.pages for signal in page.signals)
    if is_wiki or any(map(of_edits, look.feeds)):
        yield from (("wiki", activity) for activity in _of_changes(look.feeds, window))


def _of_sections(sections: Sequence[Section]) -> Iterator[tuple[str, Activity]]:
    """Count the entries of each section, and date the newest of those that count."""
    for section in sections:
        kind = KINDS.get(section.channel)
        if kind is None:
            continue
        if kind.entries is not None and section.posts:
            yield (
                section.channel,
                Activity(
                    kind=kind.entries,
                    value=len(section.posts),
                    evidence=section.evidence[0],
                    at_least=section.truncated,
                ),
            )
        dated = [(at, post) for post in section.posts if (at := post.counted_at) is not None]
        if dated:
            at, last = max(dated, key=lambda pair: pair[0])
            yield section.channel, Activity(kind=kind.newest, value=at, evidence=last.evidence)


def _of_pages(pages: Sequence[PageFacts], window: Window) -> Iterator[tuple[str, Activity]]:
    """Yield the figures of pages, each thing once: what was counted in several adds up.

    An event is known by its time, since every page of a site may announce it; past ones are left
    out.
    """
    grouped: dict[tuple[str, ActivityKind], dict[str, Activity]] = defaultdict(dict)
    for figure in (figure for page in pages for figure in page.figures):
        activity = figure.activity
        is_event = activity.kind is ActivityKind.NEXT_EVENT
        thing = str(activity.value) if is_event else figure.of
        if thing != figure.of and not _is_coming(activity, window):
            continue
        grouped[figure.feature, activity.kind].setdefault(thing, activity)
    best = _best_rated(grouped.get(("reviews", ActivityKind.RATINGS), {}))
    for (feature, kind), by_thing in grouped.items():
        yield feature, _joined(kind, by_thing, best)


def _is_coming(activity: Activity, window: Window) -> bool:
    """Tell whether an event begins at the time of the visit or later."""
    return isinstance(activity.value, datetime) and activity.value >= window.as_of


def _best_rated(by_page: Mapping[str, Activity]) -> str:
    """Return the page whose rating rests on most votes; "" where none counts votes."""
    return max(by_page, key=lambda page: (_number(by_page[page]), page), default="")


def _joined(kind: ActivityKind, by_thing: Mapping[str, Activity], best: str) -> Activity:
    """Join the figures of one kind: the first event, the last post, a rating, a sum or the most.

    The rating is that of page `best`. A sum is a lower limit: other pages may hold more.
    """
    figures = list(by_thing.values())
    if kind is ActivityKind.NEXT_EVENT:
        # Times in UTC, written from the year to the second: their texts sort as they do.
        return min(figures, key=lambda activity: str(activity.value))
    if kind is ActivityKind.LAST_POST:
        return max(figures, key=lambda activity: str(activity.value))
    if kind in (ActivityKind.RATING, ActivityKind.BEST):
        return by_thing.get(best, figures[0])
    largest = max(figures, key=_number)
    if kind in _SUMMED:
        total = sum(_number(activity) for activity in figures)
        return replace(largest, value=total, at_least=True)
    return largest


def _number(activity: Activity) -> float:
    """Return the number of an activity; 0 for a time."""
    return activity.value if isinstance(activity.value, int | float) else 0.0


def _of_changes(feeds: Iterable[FeedPage], window: Window) -> list[Activity]:
    """Return the newest entry of a feed of changes, such as DokuWiki's and MediaWiki's."""
    limit = window.as_of + TOO_FAR_AHEAD
    changes = [
        (item.published.at, feed.evidence)
        for feed in feeds
        if feed.updates or of_changes(feed.url) or of_edits(feed) or _CHANGE_FEED in feed.url
        for item in feed.items
        if item.published is not None and item.published.at <= limit
    ]
    if not changes:
        return []
    at, evidence = max(changes, key=lambda change: change[0])
    return [Activity(kind=ActivityKind.LAST_CHANGE, value=at, evidence=evidence)]
