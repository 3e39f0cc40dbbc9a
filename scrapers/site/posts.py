"""Merge what feeds, index pages and post pages say into posts, each counted once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from audit.model.facts import FeedPage, Item, PageFacts
from audit.model.kinds import SectionKind
from audit.model.result import Window
from audit.model.site import Post
from audit.model.value import Dated, DateSource, Evidence
from scrapers.page.names import folded
from scrapers.parse.file_formats import format_of_file
from scrapers.parse.text import clean
from scrapers.parse.urls import page_key
from scrapers.site.formats import format_of_types

TRUST = {
    DateSource.API: 0,
    DateSource.ID: 0,
    DateSource.FEED: 0,
    DateSource.JSON_LD: 1,
    DateSource.TIME: 2,
    DateSource.META: 3,
    DateSource.TEXT: 4,
    DateSource.URL: 5,
    DateSource.AGO: 6,
    DateSource.NO_YEAR: 7,
    DateSource.SITEMAP: 9,
}
"""The order in which dates are believed; a lower number wins."""

SAME_DAY_AT_LEAST = 5
"""Posts from which on it tells something that nearly all carry the same day."""

_DEFAULTS = ((1970, 1, 1), (2000, 1, 1), (1999, 11, 30), (1900, 1, 1), (2001, 1, 1))
"""Days that software fills in where a post has no date, such as the zero of its clock."""

_TELLING_TITLE = 8
"""Shorter titles ("News", "Untitled") may stand over several posts of one day."""


@dataclass(slots=True)
class Draft:
    """A post while its sources are being merged; `dates` are all that they give for it.

    `keys` are what it is known by in the lists that name it, mostly one. `pointed`: a person points
    at the list or feed that it is in. `inline`: it stands there in full and has no page of its own.
    `text` and `tags` are the summary and the categories of a feed. `format` is empty where nothing
    says that it has another one than most posts of its section.
    """

    url: str
    title: str
    dates: list[Dated]
    evidence: Evidence
    keys: set[str] = field(default_factory=set)
    language: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()
    format: str = ""
    in_feed: bool = False
    pointed: bool = False
    inline: bool = False


def key_of(item: Item) -> str:
    """Return what an entry is known by in all lists: its address.

    Posts whose addresses are too long to be kept differ in their titles and times alone.
    """
    return page_key(item.url) if item.url else repr((item.title, item.published))


def drafts(feeds: Sequence[FeedPage], pages: Sequence[PageFacts]) -> list[Draft]:
    """Collect the posts of a section from its feeds first, then from its index pages."""
    by_key: dict[str, Draft] = {}
    for feed in feeds:
        for item in feed.items:
            draft = _add(by_key, item, feed.evidence, feed.language, in_feed=True)
            draft.pointed |= feed.section is not None
    for page in pages:
        for item in page.items:
            proof = page.proof("posts.index", clean(item.title, 200))
            inline = _is_inline(item, page)
            # Entries without a page of their own differ by the place on this one alone.
            key = item.url if inline else ""
            draft = _add(by_key, item, proof, page.language, in_feed=False, key=key)
            draft.pointed |= _is_pointed(page)
            draft.inline |= inline
            draft.keys |= {key_of(item)} if inline else set()
    return _once(by_key.values())


def _is_pointed(page: PageFacts) -> bool:
    """Tell whether a person's selector gives the entries of a page."""
    return page.section is not None and bool(page.section.item)


def _is_inline(item: Item, page: PageFacts) -> bool:
    """Tell whether an entry is a place on the page itself."""
    return "#" in item.url and page_key(item.url) == page_key(page.url)


def _add(
    by_key: dict[str, Draft],
    item: Item,
    proof: Evidence,
    language: str,
    *,
    in_feed: bool,
    key: str = "",
) -> Draft:
    """Add an entry to the draft of its address; the first source gives title and evidence."""
    key = key or key_of(item)
    draft = by_key.get(key)
    if draft is None:
        evidence = replace(proof, excerpt=_excerpt(item))
        draft = Draft(url=item.url, title=item.title, dates=[], evidence=evidence)
        draft.keys.add(key)
        draft.language, draft.in_feed = language, in_feed
        by_key[key] = draft
    draft.text, draft.tags = draft.text or item.summary, draft.tags or item.tags
    draft.format = draft.format or item.format or format_of_file(item.url)
    if item.published is not None:
        draft.dates.append(item.published)
    return draft


def _excerpt(item: Item) -> str:
    """Return the words of an entry as evidence: its title, and its day where it has one."""
    if item.published is None:
        return clean(item.title, 200)
    return clean(f"{item.title} · {item.published.at:%Y-%m-%d}", 200)


def enrich(listed: Iterable[Draft], pages: Sequence[PageFacts]) -> None:
    """Add what the posts' own pages say about their date and their format."""
    by_key = {page_key(page.url): page for page in pages}
    # A post may be listed under an address that redirects to it.
    by_key |= {page_key(page.requested_url): page for page in pages}
    for draft in listed:
        known = draft.url and not draft.inline
        page = by_key.get(page_key(draft.url)) if known else None
        if page is not None and page.published is not None:
            draft.dates.append(page.published)
        if page is not None:
            draft.format = draft.format or format_of_types(page.types)


def _once(listed: Iterable[Draft]) -> list[Draft]:
    """Join posts that two sources name by different addresses: same title, same day."""
    known: dict[tuple[str, object], Draft] = {}
    distinct: list[Draft] = []
    for draft in listed:
        # The day alone: of the two sources one may know the hour and the other not.
        day = draft.dates[0].at.date() if draft.dates else None
        key = (folded(draft.title), day)
        telling = day is not None and len(draft.title) > _TELLING_TITLE
        twin = known.get(key) if telling else None
        if twin is None:
            known[key] = draft
            distinct.append(draft)
        else:
            twin.dates += draft.dates
            twin.keys |= draft.keys
    return distinct


def posts(
    kind: SectionKind, section_url: str, listed: Sequence[Draft], window: Window
) -> tuple[Post, ...]:
    """Decide each post's date and flag; the newest first, undated ones last."""
    chosen = [(draft, _trusted(draft.dates)) for draft in listed]
    built = _built_in_one_day([date for _, date in chosen if date is not None])
    decided = [
        Post(
            channel=kind.name,
            channel_url=section_url,
            url=draft.url,
            title=draft.title,
            published=date,
            format=draft.format or kind.format,
            language=draft.language,
            flag=_flag(date, window, draft.evidence, built=built),
            evidence=draft.evidence,
            text=draft.text,
            tags=draft.tags,
        )
        for draft, date in chosen
    ]
    return tuple(sorted(decided, key=_newest_first))


def _newest_first(post: Post) -> tuple[bool, float, str]:
    """Return what posts are sorted by; the address decides between those of one time."""
    at = post.published.at.timestamp() if post.published is not None else 0.0
    return post.published is None, -at, post.url


def _trusted(dates: Sequence[Dated]) -> Dated | None:
    """Return the date of the most trusted source, there one with an hour before a mere day."""
    return min(dates, key=lambda date: (TRUST[date.source], date.day_only), default=None)


def _built_in_one_day(dates: Sequence[Dated]) -> bool:
    """Tell whether nine of ten posts carry one day: that of the site's build, not their own."""
    if len(dates) < SAME_DAY_AT_LEAST:
        return False
    days = Counter(date.at.date() for date in dates)
    return days.most_common(1)[0][1] >= 0.9 * len(dates)


def _flag(date: Dated | None, window: Window, proof: Evidence, *, built: bool) -> str:
    """Name why a post does not count in cadence; "" where it does."""
    if date is None:
        return "undated"
    if (date.at.year, date.at.month, date.at.day) in _DEFAULTS or built:
        return "default-date"
    return "future" if window.is_ahead(date.at, proof.fetched_at) else ""
