"""Read the data that a page carries for its own scripts, and the counts that it states for all."""

import re
from collections.abc import Iterator, Mapping, Sequence

from scrapers.parse.html import Document
from scrapers.parse.jsonld import Thing, texts, types
from scrapers.parse.readable import json_at, read_json, without_halves

MAX_DEPTH = 40
_BEGINS = frozenset('[{"')
MAX_BROKEN = 50
"""Values given to a name that are no JSON; each may have been read to the end of the script."""


def script_json(document: Document, selector: str) -> object:
    """The JSON of the first script that a selector finds (`#__NEXT_DATA__`); None for none."""
    node = document.tree.css_first(selector)
    if node is None:
        return None
    return _decoded(without_halves(node.text(deep=True).lstrip()))[0]


def assigned(document: Document, name: str) -> object:
    """The first JSON value that a script gives to a name (`ytInitialData`); None for none."""
    return next(given(document, name), None)


def given(document: Document, name: str) -> Iterator[object]:
    """Every JSON value that a script gives to a name: `name = {…}`, `name: […]`.

    JSON may also be written into a text: `name = JSON.parse("{…}")`.
    """
    mark = re.compile(
        rf"""{re.escape(name)}["'\]\s]{{0,20}}[=:]\s{{0,20}}(JSON\.parse\(\s{{0,20}})?"""
    )
    broken = 0
    for raw in document.inline:
        script = without_halves(raw) if name in raw else ""
        found = mark.search(script)
        while found is not None and broken <= MAX_BROKEN:
            said, end = _decoded(script, found.end(), written=found[1] is not None)
            broken += said is None and script[found.end() : found.end() + 1] in _BEGINS
            if said is not None:
                yield said
            found = mark.search(script, end)


def _decoded(text: str, start: int = 0, *, written: bool = False) -> tuple[object, int]:
    """The object or list that begins at a place, whatever follows, and where it ends."""
    said, end = json_at(text, start)
    if written and isinstance(said, str):
        said = read_json(said)
    return (said, end) if isinstance(said, dict | list) else (None, start)


def everywhere(said: object, key: str, depth: int = 0) -> Iterator[object]:
    """Every value under this key, wherever it lies."""
    if depth > MAX_DEPTH:
        return
    if isinstance(said, dict):
        if key in said:
            yield said[key]
        for each in said.values():
            yield from everywhere(each, key, depth + 1)
    elif isinstance(said, list):
        for each in said:
            yield from everywhere(each, key, depth + 1)


def things(document: Document, *kinds: str) -> list[Thing]:
    """The JSON-LD objects of these types."""
    return [each for each in document.jsonld if set(types(each)) & set(kinds)]


def statistic(thing: Thing, action: str) -> object:
    """The count of one action (FollowAction, LikeAction, WriteAction) that a profile states.

    Only `interactionStatistic` is read: what the profile itself does stands elsewhere
    (https://schema.org/ProfilePage).
    """
    said = thing.get("interactionStatistic")
    for each in said if isinstance(said, list) else [said]:
        if isinstance(each, dict) and action in _action(each.get("interactionType")):
            return each.get("userInteractionCount")
    return None


def _action(said: object) -> str:
    """The name of an action: a text, or an object with a type."""
    if isinstance(said, Mapping):
        return " ".join(text for key in ("@type", "@id") for text in texts(said.get(key)))
    return " ".join(texts(said))


def same_as(thing: Thing) -> Sequence[str]:
    """The addresses that an object gives for itself elsewhere."""
    return [url for url in texts(thing.get("sameAs")) if url.startswith(("http://", "https://"))]
