"""From the JSON of a platform to plain values; nothing is taken for a number that is none.

Every function takes any value, because a platform may send anything: what does not fit gives the
empty value of its kind (None, "", (), [], {}) and never an error. `Json` is a decoded object.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from audit.model.value import Dated, DateSource
from scrapers.parse.readable import read_json
from scrapers.parse.text import clean, unescaped
from scrapers.parse.urls import host_of, join

Json = Mapping[str, object]

_COUNT_DIGITS = 15
"""Longer numbers are no counts, and no spreadsheet keeps them."""

_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MILLISECONDS = 10**11
"""Greater stamps are milliseconds: as seconds this would be the year 5138, as milliseconds 1973."""

_BREAK = re.compile(r"<(?:br|/p|/li|/div|/h\d)\b[^<>]{0,200}>", re.I)
"""Tags that end a line: words on both sides of them are two words."""

_TAG = re.compile(r"<[^<>]{0,2000}>")
_HTML_LIMIT = 20_000
_NAME = re.compile(r"[^\s/\\?#%&<>\"]{1,255}")
_HEADLINE = 120


# ---- into a JSON value ----


def json_of(body: bytes | str) -> object:
    """Return the object or list that a JSON text holds; None for anything else.

    `b'{"id": 7}'` gives {"id": 7}; an HTML page, `b""` and a bare `b"7"` give None.
    """
    payload = read_json(body)
    return payload if isinstance(payload, dict | list) else None


def field(payload: object, *path: str | int) -> object:
    """Return what lies under these keys and list places, or None where the path breaks off.

    `field({"user": {"links": [{"url": "x"}]}}, "user", "links", 0, "url")` is "x". A place may be
    negative, as in Python: `field(payload, -1, "id")` is the id of the last item of a list.
    """
    for key in path:
        if isinstance(payload, dict):
            payload = payload.get(key)
        elif isinstance(payload, list) and isinstance(key, int):
            payload = payload[key] if -len(payload) <= key < len(payload) else None
        else:
            return None
    return payload


def items(value: object) -> list[Json]:
    """Return the objects of a list, without what else is in it; an empty list where it is none.

    `items([{"id": 1}, None, "x"])` is [{"id": 1}], `items(None)` is [].
    """
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def object_of(value: object) -> Json:
    """Return an object as it is, and an empty one in place of everything else."""
    return value if isinstance(value, dict) else {}


# ---- texts ----


def text_of(value: object, limit: int = 2_000) -> str:
    """Return a text with its white space folded, cut at `limit` characters; "" for no text.

    `text_of(" Acme   Pumps ")` is "Acme Pumps", `text_of(7)` and `text_of(None)` are "".
    """
    return clean(value, limit) if isinstance(value, str) else ""


def plain_text(value: object) -> str:
    """Return the words of a piece of HTML, references resolved; "" for no text.

    `plain_text("<p>Hi &amp; welcome</p><p>all</p>")` is "Hi & welcome all".
    """
    if not isinstance(value, str):
        return ""
    return clean(unescaped(_TAG.sub("", _BREAK.sub(" ", value[:_HTML_LIMIT]))))


def headline(text: str) -> str:
    """Return the first words of a post that has no title: 120 characters at most, whole words."""
    first = text.strip()
    if len(first) <= _HEADLINE:
        return first
    return first[: _HEADLINE - 1].rsplit(" ", 1)[0].rstrip(" ,.;:–-") + "…"


def language_of(value: object) -> str:
    """Return the language of a tag: "de" for "de-CH" and "de_AT"; "" for what is no tag."""
    first = re.split(r"[-_]", value[:20])[0].casefold() if isinstance(value, str) else ""
    return first if first.isalpha() and 2 <= len(first) <= 3 else ""


# ---- addresses and identifiers ----


def site_in(value: object) -> tuple[str, ...]:
    """Return the address that a text is, in a tuple of its own; () where it is no address.

    For fields of a profile that hold one link or none: `links=kit.site_in(user.get("website"))`.
    """
    url = join(text_of(value), "")
    return (url,) if url is not None else ()


def address_of(value: object) -> str:
    """Return the address that a text is; "" where it is no address."""
    return next(iter(site_in(value)), "")


def own_site_of(value: object, host: str) -> str:
    """Return the address that a text is if it lies on `host` or a host below it, else "".

    `own_site_of("https://acme.tumblr.com/", "tumblr.com")` keeps the address, another site's is "".
    """
    url = address_of(value)
    return url if f".{host_of(url)}".endswith(f".{host}") else ""


def distinct(*groups: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses of all groups in their order, each once."""
    return tuple(dict.fromkeys(url for group in groups for url in group))


def digits_of(value: object) -> str:
    """Return an identifier that is a number, as digits, however long; "" for everything else.

    Platforms send the same id as 42 and as "42"; both give "42". It is no count: see `count_of`.
    """
    is_number = isinstance(value, int) and not isinstance(value, bool)
    text = str(value) if is_number else text_of(value)
    # isdigit() alone takes "²" for a digit.
    return text if text.isascii() and text.isdigit() else ""


def name_of(value: object) -> str:
    """Return a name or id that can stand in an address as it is; "" for everything else.

    "acme.example" passes; "a/b", "a?b" and "a b" would lead elsewhere than they say and do not.
    """
    name = text_of(value)
    return name if _NAME.fullmatch(name) else ""


# ---- numbers and times ----


def count_of(value: object) -> int | None:
    """Return a count: a whole number from 0 to below 10^15, also as digits in quotes.

    12 and "12" give 12, 0 gives 0; None, True, -1, 1.5, "1.2K" and "" give None.
    """
    if isinstance(value, str) and value.isdecimal() and len(value) <= _COUNT_DIGITS:
        return int(value)
    # True is an int in Python, but a flag in JSON: it would become one follower.
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**_COUNT_DIGITS:
        return value
    return None


def dated_at(value: object, source: DateSource = DateSource.API) -> Dated | None:
    """Return the moment that ISO 8601 or seconds or milliseconds since 1970 state, with its source.

    "2026-11-24T12:00:00Z", 1795521600, "1795521600" and 1795521600000 are the same moment. A time
    without a zone is taken as UTC. None for what is no time, and for years before 1990 or after
    2100: nothing that is read here can have happened then.
    """
    at: datetime | None = None
    if isinstance(value, str):
        at = _time_of_text(value.strip())
    elif isinstance(value, int | float) and not isinstance(value, bool):
        at = _time_of_stamp(value)
    return of_this_age(Dated(at=at, source=source)) if at is not None else None


def time_of(value: object, source: DateSource = DateSource.API) -> datetime | None:
    """Return the moment alone of what `dated_at` reads; for `created_at` of a profile."""
    dated = dated_at(value, source)
    return dated.at if dated is not None else None


def dated_by_id(time_in_id: datetime | None) -> Dated | None:
    """Return the time that a post's own id holds, marked as decoded from an id; None for None.

    The time comes from `scrapers.parse.ids`: `kit.dated_by_id(time_of_id("x", post_id))`.
    """
    return Dated(at=time_in_id, source=DateSource.ID) if time_in_id is not None else None


def of_this_age(dated: Dated | None) -> Dated | None:
    """Return a moment of the years 1990 to 2100 as it is, and None for every other."""
    usable = dated is not None and _FIRST_YEAR <= dated.at.year <= _LAST_YEAR
    return dated if usable else None


def _time_of_text(text: str) -> datetime | None:
    """Read ISO 8601 or a stamp in digits; None for anything else."""
    if text.isdecimal():
        # int() raises for thousands of digits; 15 are more than any stamp has.
        return _time_of_stamp(int(text[:15]))
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _time_of_stamp(stamp: float) -> datetime | None:
    """Read seconds or milliseconds since 1970; None for a moment that Python cannot hold."""
    try:
        return datetime.fromtimestamp(stamp / 1000 if stamp > _MILLISECONDS else stamp, UTC)
    except (ValueError, OverflowError, OSError):
        return None
