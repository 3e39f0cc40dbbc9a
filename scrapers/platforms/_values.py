"""From the JSON of a platform to plain values; nothing is taken for a number that is none."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from audit.model.web import Dated, DateSource
from scrapers.parse.text import clean

Json = Mapping[str, object]


def loaded(body: bytes | str) -> object:
    """The JSON value of a text; None where it is none."""
    try:
        said = json.loads(body, strict=False)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict | list) else None


def at(said: object, *path: str | int) -> object:
    """What lies under these keys and places, or None."""
    for key in path:
        if isinstance(said, dict):
            said = said.get(key)
        elif isinstance(said, list) and isinstance(key, int) and -len(said) <= key < len(said):
            said = said[key]
        else:
            return None
    return said


def listed(said: object) -> list[Json]:
    """The objects of a list; an empty list where there is none."""
    return [each for each in said if isinstance(each, dict)] if isinstance(said, list) else []


def text_of(said: object, limit: int = 2_000) -> str:
    """A text, cleaned; empty for everything else."""
    return clean(said, limit) if isinstance(said, str) else ""


def whole(said: object) -> int | None:
    """A count that is one: a whole number from 0, also as digits in quotes."""
    if isinstance(said, str) and said.isdigit() and len(said) < 16:
        return int(said)
    if isinstance(said, int) and not isinstance(said, bool) and said >= 0:
        return said
    return None


def instant(said: object, source: DateSource = DateSource.API) -> Dated | None:
    """A time from ISO 8601, or from seconds or milliseconds since 1970."""
    at: datetime | None = None
    if isinstance(said, str):
        at = _iso(said.strip())
    elif isinstance(said, int | float) and not isinstance(said, bool):
        at = _unix(said)
    return Dated(at=at, source=source) if at is not None else None


def _iso(said: str) -> datetime | None:
    if said.isdigit():
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
