"""Find the entries of a list that bear no date, or none that could be read, beside dated ones."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from scrapers.parse.dated import ancestors
from scrapers.parse.repeated import alike
from scrapers.parse.urls import segments

_ENOUGH = 2
"""Dated entries of one build from which on others of that build are entries, too."""

_FLAT = frozenset({"dd", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Elements that are an entry, or its beginning, in a list whose dates stand beside the entries."""

_Build = tuple[int, tuple[str, ...]]
"""The list that an entry stands in, by its `mem_id`, and the tags from the entry to its title."""


class Beside:
    """Tell whether a title stands in a list of dated entries and is built like them.

    `dates_in` is the number of dates in each block of the page. The addresses of entries have the
    same folder; where those with dates have each its own, the same depth.
    """

    def __init__(self, dates_in: Mapping[int, int]) -> None:
        self._dates_in = dates_in
        self._samples: dict[_Build, LexborNode] = {}
        self._counts: Counter[_Build] = Counter()
        self._folders: dict[_Build, set[tuple[str, ...]]] = defaultdict(set)
        self._taken: set[int] = set()

    def add(self, title: LexborNode, url: str) -> None:
        """Take the title of a dated entry."""
        place = self._place(title)
        if place is not None:
            build, entry = place
            self._samples[build] = entry
            self._counts[build] += 1
            self._folders[build].add(segments(url)[:-1])
            self._taken.add(entry.mem_id)

    def takes(self, title: LexborNode, url: str) -> bool:
        """Tell whether a title is that of an entry without a date; the first of each entry is."""
        place = self._place(title)
        if place is None:
            return False
        build, entry = place
        if self._counts[build] < _ENOUGH or entry.mem_id in self._taken:
            return False
        sample = self._samples[build]
        # In a flat list any link between two dates would be one.
        flat = sample.mem_id not in self._dates_in and entry.tag not in _FLAT
        if flat or entry.mem_id in self._dates_in or not alike(sample, entry):
            return False
        self._taken.add(entry.mem_id)
        return self._lies_with_others(build, url)

    def _lies_with_others(self, build: _Build, url: str) -> bool:
        """Tell whether an address lies where those of the dated entries do."""
        folders, own = self._folders[build], segments(url)[:-1]
        apart = 2 * len(folders) > self._counts[build] and len(folders) > 1
        return own in folders or (apart and len(own) in map(len, folders))

    def _place(self, title: LexborNode) -> tuple[_Build, LexborNode] | None:
        """Return the build of the entry that a title stands in, and the entry; None for no list."""
        tags: list[str] = []
        entry = title
        for ancestor in ancestors(title):
            if self._dates_in.get(ancestor.mem_id, 0) > 1:
                return ((ancestor.mem_id, tuple(tags)), entry) if tags else None
            tags.append(ancestor.tag or "")
            entry = ancestor
        return None
