"""Page through lists: posts back to the start of the window, followers up to a number."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar
from urllib.parse import quote

from audit.model.exchange import Failure
from audit.model.profile import Outcome, ProfilePost, Timeline, unread
from audit.model.value import Unknown
from scrapers.parse.readable import BAD_DATA, each_readable
from scrapers.platforms.kit.base import PAGES, Ask, Follower, JsonAnswer, Steps, ask_json
from scrapers.platforms.kit.proof import reaches_back, reason_of, timeline_of

Item = TypeVar("Item")
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[Item]):
    """A list that a platform gives in pages: how they are asked for, read and followed.

    `first` is the address of the first page, or that page where it is there already. `items` reads
    a page; `after` is given a page and its number (from 1) and tells the address of the next: an
    empty one after the last, None where the list goes on but nobody is let further. `within` is
    where in a page the list must lie (None: not checked), `what` it is a list of. `ask` may be
    another way of asking (a key, a POST), `reason` says why nothing came.
    """

    first: str | JsonAnswer
    items: Callable[[JsonAnswer], Iterable[Item]]
    after: Callable[[JsonAnswer, int], str | None]
    within: Place | None = None
    what: str = "posts"
    ask: Callable[[str], Steps[JsonAnswer | Failure | Unknown]] = ask_json
    reason: Callable[[Failure], Unknown] = reason_of


def read_posts(ask: Ask, listing: Listing[ProfilePost]) -> Steps[Timeline | Unknown]:
    """Page back until the window is covered; of a list that breaks off, what was read is kept."""
    found = yield from _read(listing, lambda posts: reaches_back(posts, ask.since))
    if isinstance(found, Unknown):
        return found
    return timeline_of(found.items, ask, truncated=found.more)


def read_followers(
    wanted: int, listing: Listing[Follower]
) -> Steps[tuple[Follower, ...] | Unknown]:
    """Page on until so many followers were read."""
    found = yield from _read(listing, lambda followers: len(followers) >= wanted)
    return found if isinstance(found, Unknown) else tuple(found.items[:wanted])


@dataclass(frozen=True, slots=True)
class _Read(Generic[Item]):
    items: list[Item]
    more: bool


def _read(
    listing: Listing[Item], enough: Callable[[list[Item]], bool]
) -> Steps[_Read[Item] | Unknown]:
    """What the pages hold, and whether the list goes on; why it holds nothing to begin with."""
    items: list[Item] = []
    place, seen = listing.first, {""}
    for number in range(1, PAGES + 1):
        found = yield from _page(listing, place)
        if isinstance(found, Unknown):
            return _Read(items, more=True) if items else found
        items += _readable(listing, found)
        seen.add(place if isinstance(place, str) else "")
        further = listing.after(found, number)
        if further is not None and further in seen:
            return _Read(items, more=False)
        if further is None or enough(items):
            break
        place = further
    return _Read(items, more=True)


def _readable(listing: Listing[Item], found: JsonAnswer) -> list[Item]:
    """What a page of a list holds; an entry that cannot be read costs itself and not the others."""
    try:
        return list(listing.items(found))
    except BAD_DATA:
        place = listing.within or ()
    entries = found.field(*place)
    listed = entries if isinstance(entries, list) else []
    alone = (replace(found, payload=_alone(found.payload, place, each)) for each in listed)
    read = each_readable(alone, lambda page: list(listing.items(page)))
    return [item for items in read for item in items]


def _alone(said: object, place: Place, entry: object) -> object:
    """An answer with one entry in place of its list."""
    if not place:
        return [entry]
    key, *rest = place
    if isinstance(said, dict):
        return {**said, key: _alone(said.get(key), tuple(rest), entry)}
    if isinstance(said, list) and isinstance(key, int):
        return [*said[:key], _alone(said[key], tuple(rest), entry), *said[key + 1 :]]
    return said


def _page(listing: Listing[Item], place: str | JsonAnswer) -> Steps[JsonAnswer | Unknown]:
    found = (yield from listing.ask(place)) if isinstance(place, str) else place
    if isinstance(found, Unknown):
        return found
    if isinstance(found, Failure):
        return listing.reason(found)
    if listing.within is not None and not isinstance(found.field(*listing.within), list):
        return unread(Outcome.PARSE_FAILED, f"no list of {listing.what} where it used to be")
    return found


def at_cursor(url: str, name: str, cursor: str) -> str:
    """The address of the page at a cursor; empty where there is no cursor."""
    return f"{url}&{name}={quote(cursor, safe='')}" if cursor else ""


def while_full(url: str, size: int, *within: str) -> Callable[[JsonAnswer, int], str]:
    """The addresses of numbered pages, of which one that is not full is the last."""

    def after(found: JsonAnswer, number: int) -> str:
        return f"{url}{number + 1}" if len(found.items(*within)) >= size else ""

    return after
