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
"""Where a list lies in an answer: the keys that lead there; () is the answer itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[Item]):
    """A list that a platform gives in pages: how they are asked for, read and followed.

    For `{"posts": [{…}, {…}], "cursor": "abc"}` at `https://api.acme.example/posts?user=7`:

        Listing(
            first=url,
            items=_posts,  # (answer) -> the posts of this page
            after=lambda answer, _: kit.at_cursor(url, "cursor", answer.text("cursor")),
            within=("posts",),
        )

    `first` is the address of the first page, or that page where it was read already. `after` is
    given a page and its number (from 1) and tells the address of the next: "" after the last, None
    where the list goes on but nobody is let further. `within` is where in a page the list must lie
    (None: not checked), `what` it is a list of. `ask` may be another way of asking (with a key, by
    POST); what it is given is what `first` and `after` tell, which may then be a cursor in place of
    an address. `reason` says why nothing came, where the platform tells more than the status does.
    """

    first: str | JsonAnswer
    items: Callable[[JsonAnswer], Iterable[Item]]
    after: Callable[[JsonAnswer, int], str | None]
    within: Place | None = None
    what: str = "posts"
    ask: Callable[[str], Steps[JsonAnswer | Failure | Unknown]] = ask_json
    reason: Callable[[Failure], Unknown] = reason_of


def read_posts(ask: Ask, listing: Listing[ProfilePost]) -> Steps[Timeline | Unknown]:
    """Page back until a page ends before `ask.since`, at most `PAGES` pages; give the timeline.

    Where a later page fails, what was read is kept and the timeline is truncated; where the first
    one fails, give the reason.
    """
    reading = yield from _read(listing, lambda posts: reaches_back(posts, ask.since))
    if isinstance(reading, Unknown):
        return reading
    return timeline_of(reading.items, ask, truncated=reading.more)


def read_followers(
    wanted: int, listing: Listing[Follower]
) -> Steps[tuple[Follower, ...] | Unknown]:
    """Page on until `wanted` followers were read; give that many, or fewer where that is all."""
    reading = yield from _read(listing, lambda followers: len(followers) >= wanted)
    return reading if isinstance(reading, Unknown) else tuple(reading.items[:wanted])


def at_cursor(url: str, name: str, cursor: str) -> str:
    """Return the address of the page at a cursor; "" (the end of a list) where there is no cursor.

    `at_cursor("https://a.example/x?limit=9", "after", "a/b")` is
    "https://a.example/x?limit=9&after=a%2Fb".
    """
    return f"{url}&{name}={quote(cursor, safe='')}" if cursor else ""


def while_full(url: str, size: int, *within: str) -> Callable[[JsonAnswer, int], str]:
    """Return an `after` for numbered pages, of which one that is not full is the last.

    `while_full(f"{API}/videos?per_page=50&page=", 50, "videos")` puts the next number behind the
    address as long as a page has 50 objects under "videos".
    """

    def after(answer: JsonAnswer, number: int) -> str:
        return f"{url}{number + 1}" if len(answer.items(*within)) >= size else ""

    return after


@dataclass(frozen=True, slots=True)
class _Reading(Generic[Item]):
    """What was read of a list; `more`: it goes on, but was read no further."""

    items: list[Item]
    more: bool


def _read(
    listing: Listing[Item], enough: Callable[[list[Item]], bool]
) -> Steps[_Reading[Item] | Unknown]:
    """Read pages until there are `enough` items, the list ends or breaks off."""
    items: list[Item] = []
    following, visited = listing.first, {""}
    for number in range(1, PAGES + 1):
        page = yield from _page(listing, following)
        if isinstance(page, Unknown):
            return _Reading(items, more=True) if items else page
        items += _readable(listing, page)
        visited.add(following if isinstance(following, str) else "")
        further = listing.after(page, number)
        # Some last pages name themselves or an earlier one: that is an end, as "" is.
        if further is not None and further in visited:
            return _Reading(items, more=False)
        if further is None or enough(items):
            break
        following = further
    return _Reading(items, more=True)


def _page(listing: Listing[Item], following: str | JsonAnswer) -> Steps[JsonAnswer | Unknown]:
    """Ask for a page, unless it is there already; why it cannot be used where it cannot."""
    answer = (yield from listing.ask(following)) if isinstance(following, str) else following
    if isinstance(answer, Unknown):
        return answer
    if isinstance(answer, Failure):
        return listing.reason(answer)
    if listing.within is not None and not isinstance(answer.field(*listing.within), list):
        return unread(Outcome.PARSE_FAILED, f"no list of {listing.what} where it used to be")
    return answer


def _readable(listing: Listing[Item], page: JsonAnswer) -> list[Item]:
    """Return what a page holds; an entry that cannot be read costs itself and not the others.

    A page that a reader fails on is read again, entry by entry, each in a page of its own.
    """
    try:
        return list(listing.items(page))
    except BAD_DATA:
        place = listing.within or ()
    entries = page.field(*place)
    listed = entries if isinstance(entries, list) else []
    alone = (replace(page, payload=_alone(page.payload, place, entry)) for entry in listed)
    read = each_readable(alone, lambda lone: list(listing.items(lone)))
    return [item for items in read for item in items]


def _alone(payload: object, place: Place, entry: object) -> object:
    """Return an answer with one entry in place of its list.

    `_alone({"a": {"list": [1, 2]}, "b": 3}, ("a", "list"), 2)` is {"a": {"list": [2]}, "b": 3}.
    """
    if not place:
        return [entry]
    key, *rest = place
    if isinstance(payload, dict):
        return {**payload, key: _alone(payload.get(key), tuple(rest), entry)}
    if isinstance(payload, list) and isinstance(key, int):
        return [*payload[:key], _alone(payload[key], tuple(rest), entry), *payload[key + 1 :]]
    return payload
