"""Tell how much of a site was asked for in vain, so that what was not seen may be there."""

from collections import Counter
from collections.abc import Sequence

from audit.model.exchange import Failure
from audit.model.facts import PageFacts
from audit.model.kinds import BLOG, NEWS
from audit.model.site import Section
from audit.model.value import Reason, Unknown
from scrapers.parse.urls import host_of, page_key

_FEW = 3
"""Fewer pages than these are lost by chance: a file that is too large, a door for members."""

_MANY_GONE = 5
"""So many links lead nowhere on a site of which half of the pages are gone: its menu was of no use.

Where nothing but the start page was read, few are enough: they are all that it leads to.
"""

_AROUND_POSTS = frozenset({"comments", "share-buttons"})
"""Features that stand around a post, and seldom anywhere else."""

_ARTICLES = frozenset({BLOG.name, NEWS.name})
"""Sections of which each post has a page of its own on the site."""


def mostly_lost(
    pages: Sequence[PageFacts], lost: Sequence[Failure], gone: Sequence[Failure] = ()
) -> Unknown | None:
    """Return why a look at a site was none: as many of its pages were lost as read; else None.

    The reason is the commonest, at a tie the first. What robots.txt closes is mostly a cart, a
    search or a login; it counts where nothing but the start page was open. Hosts that never
    answered do not count: that a shop or a library elsewhere is down says nothing of the site.
    A few dead links are nothing; where most links of a site lead to no page, as while it
    moves, what those pages offer is not known either. Silent hosts are not called gone.
    """
    hosts = {host_of(page.url) for page in pages}
    below = tuple(f".{host.removeprefix('www.')}" for host in hosts)
    missed = [failure for failure in gone if host_of(failure.url) in hosts]
    # Help and chat live on hosts of their own, which were asked for as parts of the site.
    silent = [
        failure
        for failure in lost
        if host_of(failure.url) not in hosts and host_of(failure.url).endswith(below)
    ]
    is_gone = len(missed) + len(silent) >= max(_MANY_GONE, len(pages))
    is_gone |= len(pages) == 1 and len(missed) >= _FEW
    counted = [
        failure
        for failure in lost
        if host_of(failure.url) in hosts
        and (failure.reason is not Reason.ROBOTS or len(pages) == 1)
    ]
    counted += [*missed, *silent] if is_gone else []
    if not pages or len(counted) < max(_FEW, len(pages)):
        return None
    ((reason, _),) = Counter(failure.reason for failure in counted).most_common(1)
    first = next(failure for failure in counted if failure.reason is reason)
    asked = len(counted) + len(pages)
    if missed and first in silent + missed:
        return _dead_links(f"{len(counted)} of {asked}, such as {first.url}", silent=bool(silent))
    detail = f"{len(counted)} of {asked} pages could not be read; {first.url}: {first.detail}"
    return Unknown(reason=reason, detail=detail)


def _dead_links(which: str, *, silent: bool) -> Unknown:
    """Return why a site hardly a link of which leads to a page was not looked at.

    Of no page that was looked for is known that it is gone: it was never seen at all.
    """
    if silent:
        return Unknown(
            reason=Reason.TOO_LITTLE_DATA,
            detail=f"half of the site's links or more lead to pages gone or unreadable: {which}",
        )
    return Unknown(
        reason=Reason.TOO_LITTLE_DATA,
        detail=f"half of the site's links or more lead to no page: {which}",
    )


def posts_lost(
    feature: str, sections: Sequence[Section], pages: Sequence[PageFacts], lost: Sequence[Failure]
) -> Unknown | None:
    """Return why a feature that stands around posts may be there: no post could be read.

    None for other features, where a page of a post was read, and where there is none to read.
    """
    if feature not in _AROUND_POSTS:
        return None
    articles = [section for section in sections if section.channel in _ARTICLES]
    posts = {page_key(post.url) for section in articles for post in section.posts if post.url}
    read = {page_key(url) for page in pages for url in (page.url, page.requested_url)}
    if posts & read:
        return None
    failed = {page_key(failure.url): failure for failure in lost}
    for url in (*(section.url for section in articles), *sorted(posts)):
        if (failure := failed.get(page_key(url))) is not None:
            return Unknown(reason=failure.reason, detail=f"no post could be read; {url}")
    return None
