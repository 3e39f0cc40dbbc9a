"""The dated posts that a start page shows, where the sections that they belong to were not read."""

from collections.abc import Sequence
from dataclasses import replace

from audit.model.facts import Item, PageFacts
from audit.model.kinds import BLOG, NEWS, SectionKind
from audit.model.site import Section
from audit.model.value import TOO_FAR_AHEAD
from scrapers.page.figures import is_forum
from scrapers.parse.urls import page_key, segments
from scrapers.site.kinds import KINDS
from scrapers.site.look import NO_SECTION, Root, Site, is_post
from scrapers.site.unnamed import ENOUGH, OTHER_LISTS

_NO_POST = NO_SECTION | {"reviews", "about", "contact"}
"""Sections of the vocabulary whose dated entries are no posts of the company."""


_DAYS = 2
"""Days of which the entries are at least; of one day are a page's own, or those of its build."""


def front_root(site: Site, unread: Sequence[Section]) -> Root | None:
    """Return the posts that the start page shows as a section; None where it shows hardly any.

    They are those of the blog or the news that the site names and of which nothing was read. Where
    none is named, `find_roots` tells whether the page itself is one.
    """
    promised = [each for each in unread if each.channel in (BLOG.name, NEWS.name)]
    page = site.pages[0] if site.pages else None
    if not promised or page is None or page.why != "start" or not _may_list(page, site):
        return None
    posts = [item for item in page.items if item.published and _may_be_post(item, page, site)]
    dates = [item.published.at for item in posts if item.published]
    coming = any(at > page.fetched_at + TOO_FAR_AHEAD for at in dates)
    if len(posts) < ENOUGH or len({at.date() for at in dates}) < _DAYS or coming:
        return None
    kind = _kind_of(posts, promised)
    return Root(kind=kind, url=page.url, pages=[replace(page, items=tuple(posts))])


def as_picks(section: Section) -> Section:
    """Return what a start page shows as a part of a section, of which newer posts may be unseen."""
    return replace(section, truncated=True, since=None, picked=True)


def _may_list(page: PageFacts, site: Site) -> bool:
    """Tell whether a start page may list posts: it is no article, no forum, no list of events."""
    if page.section is not None or len(segments(page.url)) > 1:
        return False
    listed = OTHER_LISTS.intersection(page.types)
    return not (listed or is_post(page, site) or is_forum(page.url, page.signals, site.words))


def _may_be_post(item: Item, page: PageFacts, site: Site) -> bool:
    """Tell whether an entry has a page of its own on the site that is called nothing else."""
    if not site.own(item.url) or page_key(item.url) == page_key(page.url):
        return False
    return not site.words.of_url(item.url) & _NO_POST


def _kind_of(posts: Sequence[Item], promised: Sequence[Section]) -> SectionKind:
    """Return which section the posts are of: the one below which most lie, else the only one."""
    for section in promised:
        below = f"{page_key(section.url)}/"
        if 2 * sum(page_key(item.url).startswith(below) for item in posts) > len(posts):
            return KINDS[section.channel]
    return KINDS[promised[0].channel] if len(promised) == 1 else NEWS
