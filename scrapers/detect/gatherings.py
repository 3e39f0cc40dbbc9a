"""Find the places where others write: a forum's threads, a wiki's new pages, with dates."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from audit.model.presence import Post, Section
from audit.model.result import Window
from audit.model.value import Evidence
from audit.model.web import PageFacts, SourceFacts
from scrapers.detect.figures import is_forum
from scrapers.detect.posts import Draft, drafts, posts
from scrapers.detect.section_site import Site
from scrapers.parse.text import clean
from scrapers.parse.urls import page_key, template

_ROWS = 3
"""A list of threads has at least so many dated rows."""


def find_gatherings(
    site: Site, sources: Sequence[SourceFacts], window: Window
) -> tuple[Section, ...]:
    """The forum and the wiki of a site, where their entries could be read."""
    return (*_forum(site, window), *_wikis(sources, window))


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
    lists = [page for page in site.pages if is_forum(page.url, page.signals, site.topics)]
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


def _wikis(sources: Sequence[SourceFacts], window: Window) -> tuple[Section, ...]:
    for source in sources:
        if source.feature == "wiki" and source.items:
            found = [
                Draft(
                    url=item.url,
                    title=item.title,
                    dates=[item.published] if item.published is not None else [],
                    evidence=replace(source.evidence, excerpt=clean(item.title, 200)),
                    in_feed=True,
                )
                for item in source.items
            ]
            made = posts("wiki", source.url, found, window)
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
