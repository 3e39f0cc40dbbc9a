"""The parts of a site that a person points at beside its sections, such as a forum or wiki."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.model.exchange import Failure
from audit.model.facts import FeedPage
from audit.model.kinds import PARTS, SectionKind
from audit.model.result import Window
from audit.model.site import Section
from scrapers.parse.urls import page_key
from scrapers.site.kinds import FORUM, KINDS
from scrapers.site.lists import Answers
from scrapers.site.look import Root, Site
from scrapers.site.pointed import nothing_read, unread_pointed
from scrapers.site.sections import section_of

_UNDATED = frozenset({"events", "webinar", "survey", "calculator", "configurator"})
"""Parts whose dates are not those of a publication: a fair is held on its day."""


def find_parts(
    site: Site, feeds: Sequence[FeedPage], failures: Sequence[Failure], window: Window
) -> tuple[Section, ...]:
    """Return the parts of which there is more to say than that they are there.

    Those with dated entries, those of which a selector matches nothing, and those that could not be
    read, with the reason.
    """
    failed = {page_key(failure.url): failure for failure in failures}
    answers = Answers(feeds=feeds, failed=failed, sitemaps=(), window=window)
    read = tuple(_read(site, answers))
    came = {page.section.kind for page in site.pages if page.section is not None}
    came |= {feed.section.kind for feed in feeds if feed.section is not None}
    return (*read, *unread_pointed(site, failures, came, PARTS))


def _read(site: Site, answers: Answers) -> Iterator[Section]:
    """Yield the parts that came; several of one kind are one, as with sections."""
    for kind in PARTS:
        root = _root(kind, site, answers.feeds)
        if root is None or root.pointed is None:
            continue
        if (why := nothing_read(root)) is not None:
            section = section_of(root, site, answers)
            yield from () if section is None else (replace(section, unreadable=why),)
        elif kind not in _UNDATED and not _is_list_of_threads(root):
            section = section_of(root, site, answers)
            dated = section is not None and any(post.published for post in section.posts)
            if section is not None and (dated or section.faults):
                yield section


def _root(kind: str, site: Site, feeds: Sequence[FeedPage]) -> Root | None:
    """Return what was read of a kind that a person points at; None where nothing was."""
    pointed = [section for section in site.company.sections if section.kind == kind]
    pages = [page for page in site.pages if page.section in pointed]
    own = [feed for feed in feeds if feed.section in pointed]
    if not pages and not own:
        return None
    first = pages[0].section if pages else own[0].section
    url = pages[0].url if pages else own[0].site or own[0].url
    shape = KINDS.get(kind) or SectionKind(name=kind, words={})
    return Root(kind=shape, url=url, pages=pages, feeds=own, pointed=first)


def _is_list_of_threads(root: Root) -> bool:
    """Tell whether a forum is read as every forum is: nobody points at when threads began."""
    dated = root.pointed is not None and bool(root.pointed.date)
    return root.kind is FORUM and not dated and not root.feeds
