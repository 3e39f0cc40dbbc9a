"""Merge what feeds, index pages and post pages say into posts, each counted once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from audit.model.dated import TOO_FAR_AHEAD, Dated, DateSource
from audit.model.facts import FeedPage, Item, PageFacts
from audit.model.result import Window
from audit.model.site import Post
from audit.model.value import Evidence
from scrapers.page.names import folded
from scrapers.parse.text import clean
from scrapers.parse.urls import page_key

TRUST = {
    DateSource.API: 0,
    DateSource.ID: 0,
    DateSource.FEED: 0,
    DateSource.JSON_LD: 1,
    DateSource.TIME: 2,
    DateSource.META: 3,
    DateSource.TEXT: 4,
    DateSource.URL: 5,
    DateSource.SITEMAP: 9,
}
"""The order in which dates are believed; a lower number wins."""

SAME_DAY_AT_LEAST = 5
_DEFAULTS = ((1970, 1, 1), (2000, 1, 1), (1999, 11, 30), (1900, 1, 1), (2001, 1, 1))


@dataclass(slots=True)
class Draft:
    """A post while its sources are being merged."""

    url: str
    title: str
    dates: list[Dated]
    evidence: Evidence
    language: str = ""
    in_feed: bool = False


def drafts(feeds: Sequence[FeedPage], pages: Sequence[PageFacts]) -> list[Draft]:
    """Collect the posts of a section from its feeds first, then from its index pages."""
    found: dict[str, Draft] = {}
    for feed in feeds:
        for item in feed.items:
            _add(found, item, feed.evidence, feed.language, in_feed=True)
    for page in pages:
        for item in page.items:
            _add(found, item, _proof(page, item), page.language, in_feed=False)
    return _once(found.values())


def _add(
    found: dict[str, Draft], item: Item, proof: Evidence, language: str, *, in_feed: bool
) -> None:
    key = page_key(item.url)
    draft = found.get(key)
    if draft is None:
        excerpt = (
            clean(f"{item.title} · {item.published.at:%Y-%m-%d}", 200) if item.published else ""
        )
        evidence = replace(proof, excerpt=excerpt or clean(item.title, 200))
        draft = Draft(url=item.url, title=item.title, dates=[], evidence=evidence)
        draft.language, draft.in_feed = language, in_feed
        found[key] = draft
    if item.published is not None:
        draft.dates.append(item.published)


def _proof(page: PageFacts, item: Item) -> Evidence:
    return Evidence(
        url=page.url,
        fetched_at=page.fetched_at,
        rule="posts.index",
        excerpt=clean(item.title, 200),
        record=page.record,
    )


def enrich(found: Iterable[Draft], pages: Sequence[PageFacts]) -> None:
    """Add what the posts' own pages say about their date."""
    by_key = {page_key(page.url): page for page in pages}
    by_key |= {page_key(page.requested_url): page for page in pages}
    for draft in found:
        page = by_key.get(page_key(draft.url))
        if page is not None and page.published is not None:
            draft.dates.append(page.published)


def _once(found: Iterable[Draft]) -> list[Draft]:
    """Join posts that two sources name by different addresses: same title, same day."""
    kept: dict[tuple[str, object], Draft] = {}
    out: list[Draft] = []
    for draft in found:
        day = draft.dates[0].at.date() if draft.dates else None
        key = (folded(draft.title), day)
        known = kept.get(key) if day is not None and len(draft.title) > 8 else None
        if known is None:
            kept[key] = draft
            out.append(draft)
        else:
            known.dates += draft.dates
    return out


def posts(
    channel: str, channel_url: str, found: Sequence[Draft], window: Window
) -> tuple[Post, ...]:
    """Decide each post's date and flag; the newest first, undated ones last."""
    chosen = [(draft, _trusted(draft.dates)) for draft in found]
    built = _built_in_one_day([date for _, date in chosen if date is not None])
    made = [
        Post(
            channel=channel,
            channel_url=channel_url,
            url=draft.url,
            title=draft.title,
            published=date,
            format="audio" if channel == "podcast" else "article",
            language=draft.language,
            flag=_flag(date, window.as_of, built=built),
            evidence=draft.evidence,
        )
        for draft, date in chosen
    ]
    return tuple(sorted(made, key=_newest_first))


def _newest_first(post: Post) -> tuple[bool, float, str]:
    at = post.published.at.timestamp() if post.published is not None else 0.0
    return post.published is None, -at, post.url


def _trusted(dates: Sequence[Dated]) -> Dated | None:
    return min(dates, key=lambda date: (TRUST[date.source], date.day_only), default=None)


def _built_in_one_day(dates: Sequence[Dated]) -> bool:
    """All posts on one day: the day on which the site was built, not those of the posts."""
    if len(dates) < SAME_DAY_AT_LEAST:
        return False
    days = Counter(date.at.date() for date in dates)
    return days.most_common(1)[0][1] >= 0.9 * len(dates)


def _flag(date: Dated | None, as_of: datetime, *, built: bool) -> str:
    if date is None:
        return "undated"
    if (date.at.year, date.at.month, date.at.day) in _DEFAULTS or built:
        return "default-date"
    return "future" if date.at > as_of + TOO_FAR_AHEAD else ""
