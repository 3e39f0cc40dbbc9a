"""Read the data that a page carries for its own scripts, and the counts that it states for all."""

import json
from collections.abc import Iterator, Mapping, Sequence

from scrapers.parse.html import Document
from scrapers.parse.jsonld import Thing, texts, types

Json = Mapping[str, object]
_DECODER = json.JSONDecoder(strict=False)
MAX_DEPTH = 40


def script_json(document: Document, selector: str) -> object:
    """The JSON of the first script that a selector finds (`#__NEXT_DATA__`); None for none."""
    node = document.tree.css_first(selector)
    return _decoded(node.text(deep=True)) if node is not None else None


def assigned(document: Document, name: str) -> object:
    """The JSON value that a script gives to a variable (`ytInitialData`); None for none."""
    for script in document.inline:
        at = script.find(name)
        while at >= 0:
            rest = script[at + len(name) :].lstrip("\"'] \t\n")
            if rest.startswith("="):
                found = _decoded(rest[1:].lstrip())
                if found is not None:
                    return found
            at = script.find(name, at + 1)
    return None


def _decoded(text: str) -> object:
    """The JSON value at the beginning of a text, whatever follows it."""
    try:
        found, _ = _DECODER.raw_decode(text.lstrip())
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict | list) else None


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
        return " ".join(str(said.get(key) or "") for key in ("@type", "@id"))
    return str(said or "")


def same_as(thing: Thing) -> Sequence[str]:
    """The addresses that an object gives for itself elsewhere."""
    return [url for url in texts(thing.get("sameAs")) if url.startswith(("http://", "https://"))]
