"""Read JSON-LD: every object with a type, through graphs, lists and nested values."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

MAX_OBJECTS = 500
MAX_NESTING = 200
MAX_CHARACTERS = 1_000_000

_TRAILING_COMMA = re.compile(r",\s*([\]}])")
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)

Thing = Mapping[str, object]


def read_jsonld(scripts: Iterable[str]) -> tuple[Thing, ...]:
    """Flatten the JSON-LD of a page into its typed objects; what cannot be read is left out."""
    found: list[Thing] = []
    for text in scripts:
        for thing in _walk(_load(text), 0):
            found.append(thing)
            if len(found) >= MAX_OBJECTS:
                return tuple(found)
    return tuple(found)


def types(thing: Thing) -> tuple[str, ...]:
    """The types of an object, without their namespace."""
    value = thing.get("@type")
    names = value if isinstance(value, list) else [value]
    return tuple(str(name).rpartition("/")[2] for name in names if isinstance(name, str))


def texts(value: object) -> tuple[str, ...]:
    """The strings of a value that may be one, a list, or objects with an address or name."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        return tuple(text for each in value[:100] for text in texts(each))
    if isinstance(value, Mapping):
        return texts(value.get("url") or value.get("@id") or value.get("name"))
    return ()


def _load(text: str) -> object:
    if len(text) > MAX_CHARACTERS or text.count("{") + text.count("[") > 50_000:
        return None
    stripped = _WRAPPING.sub("", text).strip()
    for attempt in (stripped, _TRAILING_COMMA.sub(r"\1", stripped)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: object, depth: int) -> Iterator[Thing]:
    if depth > MAX_NESTING:
        return
    if isinstance(value, list):
        for each in value:
            yield from _walk(each, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for each in value.values():
            if isinstance(each, dict | list):
                yield from _walk(each, depth + 1)
