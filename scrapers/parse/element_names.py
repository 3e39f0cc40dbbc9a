"""The names that the elements of a page carry, read from its source in one sweep."""

import re
from collections.abc import Iterable
from functools import lru_cache

from scrapers.parse.text import Lines

MAX_NAMES = 50_000
"""Names kept of one page; the first by the alphabet, so that a page is read the same each time."""

_MAX_LENGTH = 200
"""Characters; a longer name is none that a person wrote."""

_VALUE = re.compile(
    r"=(?<=[sdpe]=)(?:"
    r"""(?:(?<=class=)|(?<=id=))("[^"]*|'[^']*|(?:(?<= class=)|(?<= id=))[\w:-]+)"""
    r"""|(?<=item[pPtT][ry][op][pe]=)["']?([^"'\s>]*))"""
)
"""The value of a class or id, or a microdata property or type.

What begins with one certain sign is found many times as fast, and the source is gone through once.
`itemProp` is how some frameworks write it; a parser takes both for one.
"""

_DATA = re.compile(r"data-[a-z0-9-]+")
_CUSTOM = re.compile(r"[a-z][a-z0-9]{0,40}[-:][a-z0-9-]{1,60}")
"""The name of an element that a script defines: HTML's own have no hyphen, and no colon."""


def names_in(source: str, tags: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return all class, id and `data-` names of a page, and all microdata properties and types.

    Names of custom elements (`<acme-chat>`), which are among its tags, are among the first. So is a
    name that only a text or a script quotes: the names tell where to look, and what is found there
    decides.
    """
    custom = (match[0] for tag in tags if (match := _CUSTOM.match(tag)) is not None)
    names = {*_DATA.findall(source), *custom}
    # A page of thousands of cards repeats a few values; each is split once.
    values = set(_VALUE.findall(source))
    names.update(" ".join([value.strip("\"'") for value, _ in values]).split())
    return _kept(names), _kept({item for _, item in values if item})


def holding(names: frozenset[str], stems: Iterable[str]) -> list[str]:
    """Return the names that hold one of some stems, in any case, by the alphabet."""
    listed, lines = _in_lines(names)
    return sorted(listed[place] for place in lines.holding(stems))


# Of the last page alone.
@lru_cache(maxsize=1)
def _in_lines(names: frozenset[str]) -> tuple[list[str], Lines]:
    """Return names in any order, and to be looked through."""
    listed = list(names)
    return listed, Lines(listed)


def _kept(names: Iterable[str]) -> frozenset[str]:
    """Return the names without those over 200 characters, and at most `MAX_NAMES` of them."""
    short = names = frozenset(names)
    if max(map(len, names), default=0) > _MAX_LENGTH:
        short = frozenset(name for name in names if len(name) <= _MAX_LENGTH)
    return frozenset(short if len(short) <= MAX_NAMES else sorted(short)[:MAX_NAMES])
