"""Find the next page by the numbers that a pager shows, whatever its addresses call them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from urllib.parse import parse_qsl

from audit.model.facts import Link
from scrapers.parse.urls import host_of, normalise, split

_MOST_DIGITS = 3
"""A longer number that a link shows is a year or a count, and none of a page."""

_MOST_LINKS = 200
"""Links with a number that are looked at."""

_FEWEST = 2
"""Numbers that a pager of an unknown kind must show: one alone may be anything."""

_DAYS = 25
"""A calendar shows more numbers than this, and none beyond 31."""

_LAST_DAY = 31

_MARK_AND_NUMBER = re.compile(r"/(?P<mark>[^/\d]{1,12}?)[/_-]?(?P<number>\d{1,4})/?$")
"""What is behind the path of an index: a word for "page" in any language, and the number.

As in `/oldal/2` and, with how many entries are passed over, in `/P20`.
"""

Shown = Mapping[int, tuple[int, str]]
"""The numbers that links show, each with the number in the address and the address."""


def numbered_next(url: str, links: Sequence[Link], not_pages: tuple[str, ...]) -> str:
    """Return the address behind the number of the next page in a pager of any kind; empty for none.

    The links of a pager show whole numbers and differ in one parameter, or behind the path by a
    word and a number: `?blad=2`, `/hirek/oldal/2`. Parameters whose names end like one of
    `not_pages` count something else.
    """
    by_name: dict[str, dict[int, tuple[int, str]]] = defaultdict(dict)
    here = _parameters(url)
    for link, text in islice(_numbers(url, links), _MOST_LINKS):
        for name, number in (*_by_parameter(url, here, link.url), *_by_path(url, link.url)):
            if not name.lower().endswith(not_pages):
                by_name[name].setdefault(text, (number, link.url))
    pagers = [(name, shown) for name, shown in by_name.items() if _is_pager(shown)]
    for name, shown in sorted(pagers, key=lambda pager: (-len(pager[1]), pager[0])):
        if following := _behind(shown, _number_here(url, here, name)):
            return following
    return ""


def _numbers(url: str, links: Sequence[Link]) -> Iterator[tuple[Link, int]]:
    """Yield the links on the same host that show a number, with that number."""
    host = host_of(url)
    for link in links:
        text = link.text.strip()
        plain = text.isdecimal() and len(text) <= _MOST_DIGITS
        if plain and int(text) > 0 and host_of(link.url) == host:
            yield link, int(text)


def _parameters(url: str) -> dict[str, str]:
    """Return the parameters of an address by their names."""
    return dict(parse_qsl(split(url).query, keep_blank_values=True))


def _by_parameter(url: str, here: Mapping[str, str], target: str) -> Iterator[tuple[str, int]]:
    """Yield the one parameter in which an address of the same path differs, with its number."""
    if split(normalise(target)).path.rstrip("/") != split(normalise(url)).path.rstrip("/"):
        return
    there = _parameters(target)
    names = [name for name in there if there[name] != here.get(name)]
    if len(names) == 1 and here.keys() <= there.keys() and there[names[0]].isdecimal():
        yield names[0], int(there[names[0]][:6])


def _by_path(url: str, target: str) -> Iterator[tuple[str, int]]:
    """Yield the word and number that stand behind the path of an index in another address."""
    path, own = (split(normalise(address)).path.rstrip("/") for address in (target, url))
    match, here = _MARK_AND_NUMBER.search(path), _MARK_AND_NUMBER.search(own)
    heads = (own, own[: here.start()] if here is not None else own)
    if match is not None and path[: match.start()] in heads:
        yield f"/{match['mark']}", int(match["number"])


def _is_pager(shown: Shown) -> bool:
    """Tell whether numbers with their addresses are those of a pager, and not of a calendar.

    The larger number has the larger address: pages count on by one, or by how many they show.
    """
    if len(shown) < _FEWEST or (len(shown) > _DAYS and max(shown) <= _LAST_DAY):
        return False
    inside = [shown[number][0] for number in sorted(shown)]
    return all(former < latter for former, latter in pairwise(inside))


def _number_here(url: str, here: Mapping[str, str], name: str) -> int | None:
    """Return the number in the address of the page itself; None for the first page without one."""
    if name.startswith("/"):
        match = _MARK_AND_NUMBER.search(split(normalise(url)).path)
        return int(match["number"]) if match is not None and match["mark"] == name[1:] else None
    value = here.get(name, "")
    return int(value[:6]) if value.isdecimal() else None


def _behind(shown: Shown, here: int | None) -> str:
    """Return the address behind the page itself: the next larger one, on the first page "2"."""
    if here is None:
        return shown[2][1] if 2 in shown else ""
    further = [(number, url) for number, url in shown.values() if number > here]
    return min(further)[1] if further else ""
