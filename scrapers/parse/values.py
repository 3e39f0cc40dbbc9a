"""From the JSON of a platform to plain values; nothing is taken for a number that is none."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from audit.model.dated import Dated, DateSource
from scrapers.parse.readable import read_json
from scrapers.parse.text import clean, unescaped
from scrapers.parse.urls import host_of, join

Json = Mapping[str, object]
_DIGITS = 15
"""Longer numbers are no counts, and no spreadsheet keeps them."""

_YEARS = (1990, 2100)
_BREAK = re.compile(r"<(?:br|/p|/li|/div|/h\d)\b[^<>]{0,200}>", re.I)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_LIMIT = 20_000
_NAME = re.compile(r"[^\s/\\?#%&<>\"]{1,255}")


def json_of(body: bytes | str) -> object:
    """The JSON value of a text; None where it is none."""
    said = read_json(body)
    return said if isinstance(said, dict | list) else None


def field(said: object, *path: str | int) -> object:
    """What lies under these keys and places, or None."""
    for key in path:
        if isinstance(said, dict):
            said = said.get(key)
        elif isinstance(said, list) and isinstance(key, int) and -len(said) <= key < len(said):
            said = said[key]
        else:
            return None
    return said


def items(said: object) -> list[Json]:
    """The objects of a list; an empty list where there is none."""
    return [each for each in said if isinstance(each, dict)] if isinstance(said, list) else []


def object_of(said: object) -> Json:
    """An object; an empty one where it is none."""
    return said if isinstance(said, dict) else {}


def text_of(said: object, limit: int = 2_000) -> str:
    """A text, cleaned; empty for everything else."""
    return clean(said, limit) if isinstance(said, str) else ""


def plain_text(said: object) -> str:
    """The words of a piece of HTML; empty for everything else."""
    if not isinstance(said, str):
        return ""
    return clean(unescaped(_TAG.sub("", _BREAK.sub(" ", said[:_LIMIT]))))


def site_in(said: object) -> tuple[str, ...]:
    """The address that a text is; none where it is no address."""
    url = join(text_of(said), "")
    return (url,) if url is not None else ()


def address_of(said: object) -> str:
    """The address that a text is; empty for everything else."""
    return next(iter(site_in(said)), "")


def own_site_of(said: object, host: str) -> str:
    """The address that a text is, on this host or one below it; empty for every other."""
    url = address_of(said)
    return url if f".{host_of(url)}".endswith(f".{host}") else ""


def digits_of(said: object) -> str:
    """A number that stands for something, as digits however long; empty for everything else."""
    text = str(said) if isinstance(said, int) and not isinstance(said, bool) else text_of(said)
    return text if text.isascii() and text.isdigit() else ""


def name_of(said: object) -> str:
    """A name that can stand in an address as it is; empty for everything else."""
    name = text_of(said)
    return name if _NAME.fullmatch(name) else ""


def distinct(*groups: Iterable[str]) -> tuple[str, ...]:
    """All addresses of some groups, each once."""
    return tuple(dict.fromkeys(url for group in groups for url in group))


def language_of(said: object) -> str:
    """The language of a tag such as `de-CH`; empty where it is none."""
    first = re.split(r"[-_]", said[:20])[0].casefold() if isinstance(said, str) else ""
    return first if first.isalpha() and 2 <= len(first) <= 3 else ""


def count_of(said: object) -> int | None:
    """A count that is one: a whole number from 0 to below 10^15, also as digits in quotes."""
    if isinstance(said, str) and said.isdecimal() and len(said) <= _DIGITS:
        return int(said)
    if isinstance(said, int) and not isinstance(said, bool) and 0 <= said < 10**_DIGITS:
        return said
    return None


def dated_at(said: object, source: DateSource = DateSource.API) -> Dated | None:
    """A time from ISO 8601, or from seconds or milliseconds since 1970; none of another age."""
    at: datetime | None = None
    if isinstance(said, str):
        at = _iso(said.strip())
    elif isinstance(said, int | float) and not isinstance(said, bool):
        at = _unix(said)
    return of_this_age(Dated(at=at, source=source)) if at is not None else None


def of_this_age(dated: Dated | None) -> Dated | None:
    """A time, where it is one that anything here can have happened at."""
    usable = dated is not None and _YEARS[0] <= dated.at.year <= _YEARS[1]
    return dated if usable else None


def time_of(said: object, source: DateSource = DateSource.API) -> datetime | None:
    """The time alone of what `instant` reads."""
    dated = dated_at(said, source)
    return dated.at if dated is not None else None


def dated_by_id(made: datetime | None) -> Dated | None:
    """The time that a post's own number holds (`scrapers.parse.ids`), as the source of its date."""
    return Dated(at=made, source=DateSource.ID) if made is not None else None


def _iso(said: str) -> datetime | None:
    if said.isdecimal():
        return _unix(int(said[:15]))
    try:
        found = datetime.fromisoformat(said)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _unix(said: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(said / 1000 if said > 10**11 else said, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def headline(text: str) -> str:
    """The first words of a post that has no title: up to 120 characters, whole words."""
    first = text.strip()
    if len(first) <= 120:
        return first
    return first[:119].rsplit(" ", 1)[0].rstrip(" ,.;:–-") + "…"
