"""Read JSON-LD: every object with a type, through graphs, lists and nested values."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from scrapers.parse.readable import read_json

MAX_OBJECTS = 500
MAX_NESTING = 200
MAX_CHARACTERS = 1_000_000

_TRAILING_COMMA = re.compile(r",\s*+([\]}])")
_BEFORE = re.compile(r"<!--|//\s{0,20}<!\[CDATA\[|<!\[CDATA\[")
_AFTER = re.compile(r"(?:-->|//\s{0,20}\]\]>|\]\]>)\s{0,20};?$")
_TAIL = 60
"""What may wrap a script at its end is no longer."""

_TEXTS, _TYPES, _DEPTH, _LONG = 200, 20, 10, 500

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
    names = value[:_TYPES] if isinstance(value, list) else [value]
    return tuple(name[:_LONG].rpartition("/")[2] for name in names if isinstance(name, str))


def texts(value: object) -> tuple[str, ...]:
    """The strings of a value that may be one, a list, or objects with an address or name."""
    return tuple(islice(_texts(value, 0), _TEXTS))


def named(thing: Thing) -> str:
    """The name of an object; empty where it has none."""
    return next(iter(texts(thing.get("name"))), "")


def _texts(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth > _DEPTH:
        return
    elif isinstance(value, list):
        for each in value[:_TEXTS]:
            yield from _texts(each, depth + 1)
    elif isinstance(value, Mapping):
        yield from _texts(value.get("url") or value.get("@id") or value.get("name"), depth + 1)


def _load(text: str) -> object:
    if len(text) > MAX_CHARACTERS or text.count("{") + text.count("[") > 50_000:
        return None
    plain = _unwrapped(text)
    found = read_json(plain)
    return found if found is not None else read_json(_TRAILING_COMMA.sub(r"\1", plain))


def _unwrapped(text: str) -> str:
    """A script without the comment that hides it from old browsers."""
    plain = text.strip()
    if (before := _BEFORE.match(plain)) is not None:
        plain = plain[before.end() :]
    if (after := _AFTER.search(plain, max(0, len(plain) - _TAIL))) is not None:
        plain = plain[: after.start()]
    return plain.strip()


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
