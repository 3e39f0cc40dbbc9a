"""Find what sitemaps name as posts, and tell whether their dates are those of the posts."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from audit.model.facts import MapEntry, SitemapPage
from audit.model.value import Evidence
from scrapers.parse.paging import is_numbered
from scrapers.parse.periods import period_of
from scrapers.parse.urls import page_key, segments
from scrapers.site.worth import BINARY, PARTIAL

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


@dataclass(frozen=True, slots=True)
class MappedPage:
    """A sitemap brought down to what may be posts; `cut` where it names more than is kept."""

    url: str
    entries: tuple[MapEntry, ...]
    cut: bool
    evidence: Evidence | None


class Maps:
    """The sitemaps of a site while it is walked."""

    def __init__(self) -> None:
        """Begin without any."""
        self.kept: list[MappedPage] = []
        self._left = MOST_KEPT

    def add(self, sitemap: SitemapPage) -> None:
        """Keep what may be posts in a sitemap, 5,000 addresses of a site at most."""
        entries = sitemap.posts[: self._left]
        self._left -= len(entries)
        if entries:
            cut = sitemap.truncated or len(entries) < len(sitemap.posts)
            self.kept.append(MappedPage(sitemap.url, entries, cut, sitemap.evidence))


def with_posts(sitemap: SitemapPage) -> SitemapPage:
    """Return a sitemap with those of its addresses that may be posts; runs in a worker."""
    listed = (entry for entry in sitemap.entries if _may_be_post(entry[0]))
    posts = tuple(MapEntry(page_key(url), url, at) for url, at in listed)
    return replace(sitemap, posts=posts)


def _may_be_post(url: str) -> bool:
    """Tell whether an address may be that of a post: neither a list, a part of one, nor a file."""
    parts = [part.lower() for part in segments(url)]
    if not parts or PARTIAL.intersection(parts) or is_numbered(url):
        return False
    return period_of(url) is None and parts[-1].rpartition(".")[2] not in BINARY


def posts_mapped(
    maps: Sequence[MappedPage], index: str, known: Set[str]
) -> tuple[list[MapEntry], list[MappedPage]]:
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
            (page, [entry for entry in page.entries if _lies(entry.key, below, depth)])
            for page in maps
        ]
    else:
        chosen = [(page, list(page.entries)) for page in maps if _is_of(page, known)]
    entries = {entry.key: entry for _, listed in chosen for entry in listed}
    entries.pop(page_key(index), None)
    return list(entries.values()), [page for page, listed in chosen if listed]


def _depth(keys: Iterable[str]) -> int:
    """Return how deep most of these addresses lie; 0 for none."""
    depths = Counter(key.partition("?")[0].count("/") for key in keys)
    return depths.most_common(1)[0][0] if depths else 0


def _lies(key: str, below: str, depth: int) -> bool:
    """Tell whether an address lies below a section, as deep as its posts."""
    return key.startswith(below) and key.partition("?")[0].count("/") == depth


def _is_of(page: MappedPage, known: Set[str]) -> bool:
    """Tell whether a sitemap is that of a section's posts, by its name and by what it holds."""
    if not _OF_POSTS.search(page.url.rpartition("/")[2]):
        return False
    shared = sum(entry.key in known for entry in page.entries)
    return shared >= _SHARED and 2 * shared >= len(known)


def are_dates(entries: Iterable[MapEntry], published: Mapping[str, datetime]) -> bool:
    """Tell whether a sitemap states the days of publication, by the posts whose date is known.

    Three of them at least are needed, of two days, and nine of ten must fit. A site that was built
    anew states one day for all; one whose posts were edited later days than their pages do.
    """
    pairs = [
        (entry.at, published[entry.key])
        for entry in entries
        if entry.at is not None and entry.key in published
    ]
    days = {stated.date() for stated, _ in pairs}
    fitting = sum(abs(stated - true) <= _NEAR for stated, true in pairs)
    return len(pairs) >= _PAIRS and len(days) > 1 and fitting >= _FITTING * len(pairs)


def in_question(
    entries: Iterable[MapEntry], settled: Set[str], since: datetime, *, dated: bool
) -> list[str]:
    """Return the addresses that may be posts of the window and of which nothing else tells.

    The latest change first. A page that was last changed before the window was published before it.
    None where the sitemap states the days of publication (`dated`), but for those without one.
    """
    open_ones = [
        entry
        for entry in entries
        if entry.key not in settled and (entry.at is None or (not dated and entry.at >= since))
    ]
    return [entry.url for entry in sorted(open_ones, key=_latest_first)]


def _latest_first(entry: MapEntry) -> tuple[bool, float, str]:
    """Return what addresses are sorted by: the latest change, those without one last."""
    return entry.at is None, -entry.at.timestamp() if entry.at is not None else 0.0, entry.url
