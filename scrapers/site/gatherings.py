"""Find the places where others write: a forum's threads, a wiki's new pages, with dates."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from audit.model.activity import ActivityKind
from audit.model.facts import PageFacts, SourceFacts
from audit.model.result import Window
from audit.model.site import Post, Section
from audit.model.value import Evidence
from scrapers.page.figures import is_forum
from scrapers.parse.text import clean
from scrapers.parse.urls import page_key, template
from scrapers.site.look import Site
from scrapers.site.posts import Draft, drafts, posts

_ROWS = 3
"""A list of threads has at least so many dated rows."""


def find_gatherings(
    site: Site, sources: Sequence[SourceFacts], window: Window
) -> tuple[Section, ...]:
    """The forum and the wiki of a site, where their entries could be read."""
    listed, shown = _threads(sources, window), _forum(site, window)
    return (*_richer(listed, shown), *_wikis(sources, window))


def _richer(listed: tuple[Section, ...], shown: tuple[Section, ...]) -> tuple[Section, ...]:
    """The forum by its interface, or by its pages where those show more threads."""
    if not listed or not shown:
        return listed or shown
    return shown if len(shown[0].posts) > len(listed[0].posts) else listed


def without_threads(
    sections: tuple[Section, ...], gatherings: tuple[Section, ...]
) -> tuple[Section, ...]:
    """Leave out a section that is in truth a list of threads or of a wiki's pages."""
    others = {page_key(post.url) for each in gatherings for post in each.posts}
    return tuple(
        section
        for section in sections
        if not section.posts
        or 2 * sum(page_key(post.url) in others for post in section.posts) < len(section.posts)
    )


def _forum(site: Site, window: Window) -> tuple[Section, ...]:
    lists = [page for page in site.pages if is_forum(page.url, page.signals, site.words)]
    lists = [rows for page in lists if (rows := _rows(page)) is not None]
    found = drafts((), lists)
    made = posts("forum", lists[0].url, found, window) if lists else ()
    if not any(post.published for post in made):
        return ()
    read = {page_key(page.url) for page in lists}
    further = any(page.next_url and page_key(page.next_url) not in read for page in lists)
    proofs = tuple(_proof(page, len(page.items)) for page in lists[:3])
    return (_section("forum", lists[0].url, made, proofs, truncated=further),)


def _rows(page: PageFacts) -> PageFacts | None:
    """The page with its threads alone: the entries of the most usual shape."""
    dated = [item for item in page.items if item.published is not None]
    shapes = Counter(template(item.url) for item in dated)
    shape, count = shapes.most_common(1)[0] if shapes else ("", 0)
    if count < _ROWS:
        return None
    return replace(page, items=tuple(item for item in dated if template(item.url) == shape))


def _threads(sources: Sequence[SourceFacts], window: Window) -> tuple[Section, ...]:
    """The threads that a forum's interface lists, over all pages of the list."""
    told = [each for each in sources if each.feature == "forum"]
    pages = [each for each in told if each.items]
    if not pages:
        return ()
    url = pages[0].url
    found = {draft.url: draft for each in pages if each.url == url for draft in _drafts(each)}
    made = posts("forum", url, list(found.values()), window)
    counts = [
        figure.value
        for each in told
        for figure in each.figures
        if figure.kind is ActivityKind.THREADS and isinstance(figure.value, int)
    ]
    whole = bool(counts) and max(counts) <= len(made)
    proofs = tuple(each.evidence for each in pages[:3])
    return (_section("forum", url, made, proofs, truncated=not whole),)


def _drafts(source: SourceFacts) -> list[Draft]:
    return [
        Draft(
            url=item.url,
            title=item.title,
            dates=[item.published] if item.published is not None else [],
            evidence=replace(source.evidence, excerpt=clean(item.title, 200)),
            in_feed=True,
        )
        for item in source.items
    ]


def _wikis(sources: Sequence[SourceFacts], window: Window) -> tuple[Section, ...]:
    for source in sources:
        if source.feature == "wiki" and source.items:
            made = posts("wiki", source.url, _drafts(source), window)
            return (_section("wiki", source.url, made, (source.evidence,), truncated=False),)
    return ()


def _section(
    channel: str,
    url: str,
    made: tuple[Post, ...],
    proofs: tuple[Evidence, ...],
    *,
    truncated: bool,
) -> Section:
    return Section(
        channel=channel,
        url=url,
        feeds=(),
        posts=made,
        truncated=truncated,
        unreadable=None,
        evidence=proofs,
    )


def _proof(page: PageFacts, count: int) -> Evidence:
    return Evidence(
        url=page.url,
        fetched_at=page.fetched_at,
        rule="section.forum",
        excerpt=clean(f"{page.title}: {count} threads", 200),
        record=page.record,
    )
