"""Find the posts that only a sitemap names, and tell whether its dates are those of the posts."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime, timedelta

from audit.model.facts import SitemapPage
from scrapers.parse.paging import is_numbered
from scrapers.parse.periods import period_of
from scrapers.parse.urls import page_key, segments
from scrapers.site.unnamed import PARTIAL
from scrapers.site.worth import BINARY

MOST_KEPT = 5_000
"""Addresses of all sitemaps of one site that are kept."""

_OF_POSTS = re.compile(
    r"(?:^|[^a-z])(?:posts?|blogs?|news|articles?|beitraege|beitrag|artikel|episodes?|podcasts?"
    r"|press|releases?|stories)(?:[^a-z]|$)",
    re.I,
)
"""The name of a sitemap that holds posts alone: `post-sitemap.xml`, `sitemap-posts.xml`."""

_SHARED = 3
"""Known posts that such a sitemap holds at least, which make it that of their section."""

_PAIRS = 3
"""Posts by which the dates of a sitemap are judged."""

_FITTING = 0.9
"""The part of them whose day must be that of the sitemap."""

_NEAR = timedelta(days=1)

Entry = tuple[str, datetime | None]
"""An address with the last change that a sitemap states; None where it states none."""


class Maps:
    """The sitemaps of a site while it is walked, brought down to what may be posts."""

    def __init__(self) -> None:
        """Begin without any."""
        self.kept: list[SitemapPage] = []
        self._left = MOST_KEPT

    def add(self, sitemap: SitemapPage) -> None:
        """Keep of a sitemap what may be posts, 5,000 addresses of a site at most."""
        usable = [entry for entry in sitemap.entries if _may_be_post(entry[0])]
        entries = tuple(usable[: self._left])
        self._left -= len(entries)
        if entries:
            cut = sitemap.truncated or len(entries) < len(usable)
            self.kept.append(replace(sitemap, children=(), entries=entries, truncated=cut))


def _may_be_post(url: str) -> bool:
    """Tell whether an address may be that of a post: neither a list, a part of one, nor a file."""
    parts = [part.lower() for part in segments(url)]
    if not parts or PARTIAL.intersection(parts) or is_numbered(url):
        return False
    return period_of(url) is None and parts[-1].rpartition(".")[2] not in BINARY


def posts_mapped(
    maps: Sequence[SitemapPage], index: str, known: Set[str]
) -> tuple[list[Entry], list[SitemapPage]]:
    """Return what sitemaps name as posts of a section, each once, and the sitemaps that do.

    `index` is the section's address, `known` the keys of the posts that it is known to have. They
    are the addresses below the index, as deep as its posts are; where the posts lie elsewhere,
    those of a sitemap that is named after posts and holds half of the known ones.
    """
    below = f"{page_key(index)}/"
    inside = {key for key in known if key.startswith(below)}
    if "/" in below[:-1] and 2 * len(inside) >= len(known):
        depth = _depth(inside) or below.count("/")
        chosen = [
            (sitemap, [entry for entry in sitemap.entries if _lies(entry[0], below, depth)])
            for sitemap in maps
        ]
    else:
        chosen = [
            (sitemap, list(sitemap.entries)) for sitemap in maps if _is_of(sitemap, known, index)
        ]
    entries = {page_key(url): (url, at) for _, listed in chosen for url, at in listed}
    entries.pop(page_key(index), None)
    return list(entries.values()), [sitemap for sitemap, listed in chosen if listed]


def _depth(keys: Iterable[str]) -> int:
    """Return how deep most of these addresses lie; 0 for none."""
    depths = Counter(key.partition("?")[0].count("/") for key in keys)
    return depths.most_common(1)[0][0] if depths else 0


def _lies(url: str, below: str, depth: int) -> bool:
    """Tell whether an address lies below a section, as deep as its posts."""
    key = page_key(url)
    return key.startswith(below) and key.partition("?")[0].count("/") == depth


def _is_of(sitemap: SitemapPage, known: Set[str], index: str) -> bool:
    """Tell whether a sitemap is that of a section's posts, by its name and by what it holds."""
    name = sitemap.url.rpartition("/")[2]
    if not _OF_POSTS.search(name) or page_key(sitemap.url) == page_key(index):
        return False
    shared = sum(page_key(url) in known for url, _ in sitemap.entries)
    return shared >= _SHARED and 2 * shared >= len(known)


def are_dates(entries: Iterable[Entry], published: Mapping[str, datetime]) -> bool:
    """Tell whether a sitemap states the days of publication, by the posts whose date is known.

    Three of them at least are needed, of two days, and nine of ten must fit. A site that was built
    anew states one day for all; one whose posts were edited later days than their pages do.
    """
    pairs = [
        (at, published[key])
        for url, at in entries
        if at is not None and (key := page_key(url)) in published
    ]
    days = {stated.date() for stated, _ in pairs}
    fitting = sum(abs(stated - true) <= _NEAR for stated, true in pairs)
    return len(pairs) >= _PAIRS and len(days) > 1 and fitting >= _FITTING * len(pairs)


def in_question(
    entries: Iterable[Entry], known: Set[str], since: datetime, *, dated: bool
) -> list[str]:
    """Return the addresses that may be posts of the window and of which nothing else tells.

    The latest change first. A page that was last changed before the window was published before it.
    None where the sitemap states the days of publication (`dated`), but for those without one.
    """
    open_ones = [
        (at, url)
        for url, at in entries
        if page_key(url) not in known and (at is None or (not dated and at >= since))
    ]
    newest_first = sorted(open_ones, key=lambda pair: (pair[0] is None, _before(pair[0]), pair[1]))
    return [url for _, url in newest_first]


def _before(at: datetime | None) -> float:
    """Return what times are sorted by, the latest first."""
    return -at.timestamp() if at is not None else 0.0
