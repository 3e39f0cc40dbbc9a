"""Read the package's own YAML in a third of the time: every start of the program waits for it.

ruamel's parser in C takes little of what its `load` takes. The rest goes into tags, anchors, merged
keys and objects that hold themselves. The package's files have none of them; they are refused.
"""

import re
from collections.abc import Iterator
from functools import cache

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

_MAY_BE_NO_WORD = re.compile(r"[-+.0-9~=<]|(?:true|false|null)?$", re.IGNORECASE)
"""What a plain scalar is, or begins with, that may be a number, a truth, a date or nothing."""


def quickly_loaded(text: str) -> object:
    """Return the content of a file as `YAML(typ="safe").load` would; None for an empty one.

    Raises:
        YAMLError: the text is no YAML.
        ValueError: it has a tag, an anchor, an alias, a key twice or a second document.
    """
    events: Iterator[Event] = YAML(typ="safe").parse(text)
    documents = [
        _value(next(events), events) for event in events if type(event) is DocumentStartEvent
    ]
    if len(documents) > 1:
        raise ValueError("a second document")
    return documents[0] if documents else None


def _value(event: Event, events: Iterator[Event]) -> object:
    """Return the value that begins with an event; its other events are taken from `events`."""
    if not isinstance(event, ScalarEvent | CollectionStartEvent) or event.anchor is not None:
        raise ValueError("an anchor or an alias")
    if event.ctag is not None:
        raise ValueError("a tag")
    if type(event) is ScalarEvent:
        return _scalar(event.value) if event.implicit[0] else event.value
    return _mapping(events) if type(event) is MappingStartEvent else _sequence(events)


def _sequence(events: Iterator[Event]) -> list[object]:
    """Return the items up to the end of a list."""
    items: list[object] = []
    while type(event := next(events)) is not SequenceEndEvent:
        items.append(_value(event, events))
    return items


def _mapping(events: Iterator[Event]) -> dict[object, object]:
    """Return the keys and values up to the end of a mapping."""
    values: dict[object, object] = {}
    while type(event := next(events)) is not MappingEndEvent:
        key = _value(event, events)
        if key in values:
            raise ValueError(f"the key {key} twice")
        values[key] = _value(next(events), events)
    return values


def _scalar(text: str) -> object:
    """Return what a text without quotes stands for."""
    return text if _MAY_BE_NO_WORD.match(text) is None else _told_apart(text)


@cache
def _told_apart(text: str) -> object:
    """Return what ruamel takes a text for that may be a number, a truth, a date or nothing."""
    return YAML(typ="safe").load(text)
