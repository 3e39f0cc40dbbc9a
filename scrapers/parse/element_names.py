"""The names that the elements of a page carry, read from its source in one sweep."""

import re
from collections.abc import Iterable

MAX_NAMES = 50_000
_LONG = 200
_QUOTED = ('class="', 'id="', "class='", "id='")
_NAMED = tuple((mark, re.compile(f"{mark}([^{mark[-1]}]*)")) for mark in _QUOTED)
_BARE = re.compile(r"class=([\w-]+)")
_DATA = re.compile(r"data-[a-z0-9-]+")
_ITEMS = re.compile(r"item(?:prop|type)=[\"']?([^\"'\s>]*)")


def names_in(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """All class, id and `data-` names; and all microdata properties and types.

    A name that only a text or a script quotes is among them: the names tell where to look, and
    what is found there decides.
    """
    names = set(_DATA.findall(source))
    for mark, pattern in _NAMED:
        for said in set(pattern.findall(source) if mark in source else ()):
            names.update(said.split())
    if 'class="' not in source:
        names.update(_BARE.findall(source))
    return _kept(names), _kept(_ITEMS.findall(source) if "itemprop" in source else ())


def _kept(names: Iterable[str]) -> frozenset[str]:
    """The names without those that nobody would write, and not endlessly many."""
    short = {name for name in names if len(name) <= _LONG}
    return frozenset(short if len(short) <= MAX_NAMES else sorted(short)[:MAX_NAMES])
