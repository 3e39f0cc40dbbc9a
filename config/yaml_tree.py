"""Reads YAML text into a tree with positions, and refuses what YAML could hide in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from config.positions import (
    Mapping,
    Node,
    Place,
    Scalar,
    Sequence,
    YamlError,
    key_path,
    place_of,
    plain,
)
from config.yaml_words import in_words

if TYPE_CHECKING:
    from ruamel.yaml.events import CollectionStartEvent, Event, ScalarEvent

MAX_DEPTH = 20
"""Lists and mappings inside each other; the file itself needs four."""

MAX_REPEATED = 200
"""Values that aliases may add to the document, all together."""

MAX_COMPANIES = 1_000
"""Companies in the file; a run of so many takes a night."""

MAX_VALUES = 50_000
"""Values in the file; a thousand companies need no more."""

MAX_KEYS = 500
"""Keys in one mapping; there are fewer platforms than that."""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_tree(text: str) -> Mapping:
    """Read one document whose top is a mapping; anything else is a `YamlError`."""
    found = _UNPRINTABLE.search(text)
    if found:
        raise YamlError(
            f"the character U+{ord(found[0]):04X} is not allowed here; delete it",
            place_of(text, found.start()),
        )
    builder = _Builder()
    for event in _events(text):
        builder.take(event)
    top = builder.top
    if top is None or (isinstance(top, Scalar) and plain(top) is None):
        raise YamlError("the file is empty; start with `companies:`", Place(1, 1))
    if not isinstance(top, Mapping):
        raise YamlError("the file must hold keys such as `companies:`", top.place)
    return top


def _events(text: str) -> Iterator[Event]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        raise YamlError(*in_words(error, text)) from error
    except (YAMLError, ValueError, OverflowError) as error:
        raise YamlError("this is not YAML; compare it with `audit init`", Place(1, 1)) from error


class _Builder:
    """Builds the tree from parser events without recursion, and refuses what YAML could hide."""

    def __init__(self) -> None:
        self.top: Node | None = None
        self._open: list[Mapping | Sequence] = []
        self._anchors: dict[str, Node] = {}
        self._documents = 0
        self._repeated = 0
        self._values = 0

    def take(self, event: Event) -> None:
        """Take the parser's next event."""
        from ruamel.yaml import events

        place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, events.DocumentStartEvent):
            self._document(place)
        elif isinstance(event, events.AliasEvent):
            self._alias(str(event.anchor), place)
        elif isinstance(event, events.ScalarEvent):
            self._refuse_tag(event, place)
            self._scalar(event, place)
        elif isinstance(event, events.CollectionStartEvent):
            self._refuse_tag(event, place)
            kind = Mapping if isinstance(event, events.MappingStartEvent) else Sequence
            self._start(kind(place=place), event.anchor)
        elif isinstance(event, events.CollectionEndEvent):
            self._close()

    def _document(self, place: Place) -> None:
        self._documents += 1
        if self._documents > 1:
            raise YamlError("a second document begins here; keep one document", place)

    def _refuse_tag(self, event: ScalarEvent | CollectionStartEvent, place: Place) -> None:
        if event.tag is not None:
            raise self._error(
                f"the tag `{event.tag[:40]}` is not allowed; delete it, or put it in quotes", place
            )

    def _alias(self, name: str, place: Place) -> None:
        node = self._anchors.get(name)
        if node is None:
            raise self._error(
                f"`*{name[:40]}` names no anchor above it; write it out, or put it in quotes", place
            )
        if any(node is each for each in self._open):
            raise self._error(f"`*{name[:40]}` would contain itself; write it out", place)
        self._repeated += node.size
        if self._repeated > MAX_REPEATED or len(self._open) + node.height > MAX_DEPTH:
            raise self._error("aliases repeat too much; write the values out", place)
        self._add(node, place)

    def _scalar(self, event: ScalarEvent, place: Place) -> None:
        found = _UNPRINTABLE.search(event.value)
        if found:
            raise self._error(f"the character U+{ord(found[0]):04X} is not allowed", place)
        node = Scalar(place=place, text=event.value, bare=not event.style)
        self._name(event.anchor, node)
        self._add(node, place)

    def _start(self, node: Mapping | Sequence, anchor: str | None) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise self._error("nested too deeply; the file needs four levels", node.place)
        parent = self._open[-1] if self._open else None
        if isinstance(parent, Mapping) and parent.open_key is None:
            raise self._error("a key must be one word", node.place)
        self._name(anchor, node)
        self._open.append(node)

    def _close(self) -> None:
        node = self._open.pop()
        self._add(node, node.place)

    def _name(self, anchor: str | None, node: Node) -> None:
        if anchor is not None:
            self._anchors[anchor] = node

    def _add(self, node: Node, place: Place) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            raise self._error(f"more than {MAX_VALUES:,} values; make the file smaller", place)
        parent = self._open[-1] if self._open else None
        if parent is None:
            self.top = node
            return
        parent.size += node.size
        parent.height = max(parent.height, node.height + 1)
        if isinstance(parent, Sequence):
            parent.items.append(node)
            self._refuse_more(parent, place)
        elif parent.open_key is None:
            self._key(parent, node, place)
        else:
            parent.values[parent.open_key] = node
            parent.open_key = None

    def _refuse_more(self, parent: Sequence, place: Place) -> None:
        """Refuse too many companies as soon as they are counted, not after all are read."""
        top = self._open[0]
        listed = len(self._open) == 2 and isinstance(top, Mapping) and top.open_key == "companies"
        if listed and len(parent.items) > MAX_COMPANIES:
            raise YamlError(
                f"more than {MAX_COMPANIES:,} companies; split the file", place, "companies"
            )

    def _key(self, parent: Mapping, node: Node, place: Place) -> None:
        if not isinstance(node, Scalar):
            raise self._error("a key must be one word", place)
        parent.open_key = node.text
        if node.text in parent.keys:
            first = parent.keys[node.text].line
            raise self._error(f"the key is already on line {first}; keep one", place)
        parent.keys[node.text] = place
        if len(parent.keys) > MAX_KEYS:
            raise self._error(f"more than {MAX_KEYS} keys in one place; delete some", place)

    def _error(self, message: str, place: Place) -> YamlError:
        steps: list[str | int] = []
        for node in self._open:
            if isinstance(node, Sequence):
                steps.append(len(node.items))
            elif node.open_key is not None:
                steps.append(node.open_key)
        return YamlError(message, place, key_path(steps))
