"""Read JSON-LD: every object with a type, through graphs, lists and nested values."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from scrapers.parse.readable import json_at, read_json, without_halves
from scrapers.parse.text import unescaped

MAX_OBJECTS = 500
"""Objects of one page that are kept."""

MAX_NESTING = 200
"""Lists and objects within each other that are walked through."""

MAX_CHARACTERS = 1_000_000
"""Characters of one script; a longer one is left out."""

_TRAILING_COMMA = re.compile(r",\s*+([\]}])")
_OPENING = re.compile(r"<!--|//\s{0,20}<!\[CDATA\[|<!\[CDATA\[")
_CLOSING = re.compile(r"(?:(?://\s{0,20})?(?:-->|\]\]>))\s{0,20};?$")
_BETWEEN = re.compile(r"[\s;,]*+")
"""What stands behind a value of JSON where a script was written by hand."""
_MAX_WRAPPER = 60
"""Characters at the end of a script in which the end of what wraps it stands."""

_MAX_VALUES = 20
"""Values of one script, one behind the other, that are read."""

_MAX_TEXTS = 200
"""Strings of one value that are read."""

_MAX_TYPES = 20
"""Types of one object that are read."""

_MAX_DEPTH = 10
"""Lists and objects within each other that are opened for a string."""

_MAX_TYPE = 500
"""Characters of a type."""

Thing = Mapping[str, object]
"""An object of JSON-LD, as schema.org calls it."""


def read_jsonld(scripts: Iterable[str]) -> tuple[Thing, ...]:
    """Return all objects with a type in the JSON-LD of a page, outer ones first.

    A script that cannot be read is left out.
    """
    typed: list[Thing] = []
    for text in scripts:
        for thing in _objects(_load(text), 0):
            typed.append(thing)
            if len(typed) >= MAX_OBJECTS:
                return tuple(typed)
    return tuple(typed)


def types(thing: Thing) -> tuple[str, ...]:
    """Return the types of an object, without a namespace such as `https://schema.org/`."""
    value = thing.get("@type")
    names = value[:_MAX_TYPES] if isinstance(value, list) else [value]
    return tuple(name[:_MAX_TYPE].rpartition("/")[2] for name in names if isinstance(name, str))


def texts(value: object) -> tuple[str, ...]:
    """Return the strings of a value that may be a string, a list, or objects.

    Of an object its address counts, or else its name; `{"@value": "2026-11-24"}` is its value.
    """
    return tuple(islice(_texts(value, 0), _MAX_TEXTS))


def named(thing: Thing) -> str:
    """Return the name of an object; empty where it has none."""
    return next(iter(texts(thing.get("name"))), "")


def _texts(value: object, depth: int) -> Iterator[str]:
    """Yield the strings of a value, gone into `_MAX_DEPTH` deep."""
    if isinstance(value, str):
        yield value
    elif depth > _MAX_DEPTH:
        return
    elif isinstance(value, list):
        for inner in value[:_MAX_TEXTS]:
            yield from _texts(inner, depth + 1)
    elif isinstance(value, Mapping):
        yield from _texts(_string_of(value), depth + 1)


def _string_of(thing: Thing) -> object:
    """Return what an object stands for where a string is wanted; None for nothing."""
    names = ("url", "@id", "name", "@value")
    return next((value for name in names if (value := thing.get(name))), None)


def _load(text: str) -> object:
    """Return the JSON of a script; None for one that is too large or cannot be read."""
    if len(text) > MAX_CHARACTERS or text.count("{") + text.count("[") > 50_000:
        return None
    plain = _unwrapped(text)
    if (payload := read_json(plain)) is not None:
        return payload
    # Some systems escape a script as if it were text; without a quotation mark it is no JSON.
    plain = plain if '"' in plain else unescaped(plain)
    # Templates that write a list in a loop leave a comma after its last entry.
    return _in_a_row(without_halves(_TRAILING_COMMA.sub(r"\1", plain)))


def _in_a_row(text: str) -> list[object]:
    """Return the values that a text holds, one behind the other; none where it begins otherwise."""
    values: list[object] = []
    start = 0
    while start < len(text) and len(values) < _MAX_VALUES:
        value, end = json_at(text, start)
        if end <= start:
            break
        values.append(value)
        match = _BETWEEN.match(text, end)
        start = match.end() if match is not None else end
    return values


def _unwrapped(text: str) -> str:
    """Return a script without the comment that hides it from old browsers."""
    plain = text.strip()
    if (opening := _OPENING.match(plain)) is not None:
        plain = plain[opening.end() :]
    if (closing := _CLOSING.search(plain, max(0, len(plain) - _MAX_WRAPPER))) is not None:
        plain = plain[: closing.start()]
    return plain.strip()


def _objects(value: object, depth: int) -> Iterator[Thing]:
    """Yield the objects with a type in a value, each before those within it."""
    if depth > MAX_NESTING:
        return
    if isinstance(value, list):
        for inner in value:
            yield from _objects(inner, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            if isinstance(inner, dict | list):
                yield from _objects(inner, depth + 1)
