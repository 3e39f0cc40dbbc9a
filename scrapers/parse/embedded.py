"""Read the data that a page carries for its own scripts, and the counts that it states for all."""

import re
from collections.abc import Iterator, Mapping, Sequence

from scrapers.parse.document import Document
from scrapers.parse.jsonld import Thing, texts, types
from scrapers.parse.readable import json_at, read_json, without_halves

MAX_DEPTH = 40
"""Objects and lists within each other that are looked through for a key."""

_OPENING = frozenset('[{"')
"""Signs with which a list, an object or a text begins."""

MAX_BROKEN = 50
"""Values given to a name that are no JSON; each may have been read to the end of the script."""


def script_json(document: Document, selector: str) -> object:
    """Return the JSON of the first script that matches (`#__NEXT_DATA__`); None for none."""
    node = document.tree.css_first(selector)
    if node is None:
        return None
    return _value_at(without_halves(node.text(deep=True).lstrip()))[0]


def assigned(document: Document, name: str) -> object:
    """Return the first JSON value that a script gives a name (`ytInitialData`); None for none."""
    return next(given(document, name), None)


def given(document: Document, name: str) -> Iterator[object]:
    """Yield every object or list that a script gives to a name: `name = {…}`, `name: […]`.

    JSON may also be written into a text: `name = JSON.parse("{…}")`. A value within one that was
    yielded is not yielded again.
    """
    assignment = re.compile(
        rf"""{re.escape(name)}["'\]\s]{{0,20}}[=:]\s{{0,20}}(JSON\.parse\(\s{{0,20}})?"""
    )
    broken = 0
    for raw in document.inline:
        # A look for the name is quick; most scripts of a page do not hold it.
        script = without_halves(raw) if name in raw else ""
        match = assignment.search(script)
        while match is not None and broken <= MAX_BROKEN:
            value, end = _value_at(script, match.end(), written=match[1] is not None)
            # Only what begins as JSON was read to the end of the script and cost time.
            broken += value is None and script[match.end() : match.end() + 1] in _OPENING
            if value is not None:
                yield value
            match = assignment.search(script, end)


def _value_at(text: str, start: int = 0, *, written: bool = False) -> tuple[object, int]:
    """Return the object or list that begins at `start`, whatever follows, and where it ends.

    (None, start) where none begins there. With `written` a text that holds JSON is one as well.
    """
    value, end = json_at(text, start)
    if written and isinstance(value, str):
        value = read_json(value)
    return (value, end) if isinstance(value, dict | list) else (None, start)


def everywhere(payload: object, key: str, depth: int = 0) -> Iterator[object]:
    """Yield every value under this key, outer ones first, wherever it lies in a payload."""
    if depth > MAX_DEPTH:
        return
    if isinstance(payload, dict):
        if key in payload:
            yield payload[key]
        for inner in payload.values():
            yield from everywhere(inner, key, depth + 1)
    elif isinstance(payload, list):
        for inner in payload:
            yield from everywhere(inner, key, depth + 1)


def things(document: Document, *kinds: str) -> list[Thing]:
    """Return the JSON-LD objects of these types."""
    return [thing for thing in document.jsonld if set(types(thing)) & set(kinds)]


def statistic(thing: Thing, action: str) -> object:
    """Return the count of one action (FollowAction, LikeAction) as a profile states it.

    Only `interactionStatistic` is read: what the profile itself does stands elsewhere
    (https://schema.org/ProfilePage). None where the action is not counted.
    """
    statistics = thing.get("interactionStatistic")
    # Platforms write one counter as an object and several as a list.
    for counter in statistics if isinstance(statistics, list) else [statistics]:
        if isinstance(counter, dict) and action in _action_name(counter.get("interactionType")):
            return counter.get("userInteractionCount")
    return None


def _action_name(action: object) -> str:
    """Return the name of an action, which is a text or an object with a type."""
    if isinstance(action, Mapping):
        return " ".join(text for key in ("@type", "@id") for text in texts(action.get(key)))
    return " ".join(texts(action))


def same_as(thing: Thing) -> Sequence[str]:
    """Return the web addresses that an object gives for itself elsewhere (`sameAs`)."""
    return [url for url in texts(thing.get("sameAs")) if url.startswith(("http://", "https://"))]


def links_of(page: Thing) -> Sequence[str]:
    """Return the web addresses that a profile's page gives for its owner.

    They stand as `sameAs` in the owner (`mainEntity`) or a level higher, there also under the name
    of `relatedLink`.
    """
    owner = page.get("mainEntity")
    of_owner = same_as(owner) if isinstance(owner, dict) else ()
    related = [url for url in texts(page.get("relatedLink")) if url.startswith("http")]
    return list(dict.fromkeys((*of_owner, *same_as(page), *related)))
