"""Read YAML text into a tree with positions, and refuse what YAML could hide in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from config.positions import (
    ListNode,
    MappingNode,
    Node,
    Place,
    ScalarNode,
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

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What YAML 1.2 calls no printable character."""


def read_tree(text: str) -> MappingNode:
    """Read one document whose top is a mapping.

    Raises:
        YamlError: the text is anything else, or holds what is refused; with its place.
    """
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        raise YamlError(
            f"the character U+{ord(unprintable[0]):04X} is not allowed here; delete it",
            place_of(text, unprintable.start()),
        )
    builder = _Builder()
    for event in _events(text):
        builder.take(event)
    top = builder.top
    if top is None or (isinstance(top, ScalarNode) and plain(top) is None):
        raise YamlError("the file is empty; start with `companies:`", Place(1, 1))
    if not isinstance(top, MappingNode):
        raise YamlError("the file must hold keys such as `companies:`", top.place)
    return top


def _events(text: str) -> Iterator[Event]:
    """Yield the parser's events; its errors become a `YamlError` in plain words."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        raise YamlError(*in_words(error, text)) from error
    # `%YAML 1.99` is an AssertionError.
    except (YAMLError, ValueError, OverflowError, AssertionError) as error:
        raise YamlError("this is not YAML; compare it with `audit init`", Place(1, 1)) from error


class _Builder:
    """Build the tree from parser events without recursion, and refuse what YAML could hide.

    `_open` are the lists and mappings around the next value, outermost first.
    """

    def __init__(self) -> None:
        self.top: Node | None = None
        self._open: list[MappingNode | ListNode] = []
        self._anchors: dict[str, Node] = {}
        self._documents = 0
        self._repeated = 0
        self._values = 0

    def take(self, event: Event) -> None:
        """Take the parser's next event into the tree."""
        from ruamel.yaml import events

        # ruamel.yaml counts lines and columns from 0, people from 1.
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
            kind = MappingNode if isinstance(event, events.MappingStartEvent) else ListNode
            self._start(kind(place), event.anchor)
        elif isinstance(event, events.CollectionEndEvent):
            self._close()

    def _document(self, place: Place) -> None:
        """Refuse a second document."""
        self._documents += 1
        if self._documents > 1:
            raise YamlError("a second document begins here; keep one document", place)

    def _refuse_tag(self, event: ScalarEvent | CollectionStartEvent, place: Place) -> None:
        """Refuse a tag, which would give a value another type than it seems to have."""
        if event.tag is not None:
            raise self._error(
                f"the tag `{event.tag[:40]}` is not allowed; delete it, or put it in quotes", place
            )

    def _alias(self, name: str, place: Place) -> None:
        """Put the value that an alias names in its place; refuse circles and too many copies."""
        node = self._anchors.get(name)
        if node is None:
            raise self._error(
                f"`*{name[:40]}` names no anchor above it; write it out, or put it in quotes", place
            )
        if any(node is container for container in self._open):
            raise self._error(f"`*{name[:40]}` would contain itself; write it out", place)
        # Lists of aliases to lists of aliases: a few lines can stand for billions of values.
        self._repeated += node.size
        if self._repeated > MAX_REPEATED or len(self._open) + node.height > MAX_DEPTH:
            raise self._error("aliases repeat too much; write the values out", place)
        self._add(node, place)

    def _scalar(self, event: ScalarEvent, place: Place) -> None:
        """Take a single value."""
        # An escape in double quotes can make a sign that the text itself does not hold.
        unprintable = _UNPRINTABLE.search(event.value)
        if unprintable:
            raise self._error(f"the character U+{ord(unprintable[0]):04X} is not allowed", place)
        node = ScalarNode(place, event.value, bare=not event.style)
        self._set_anchor(event.anchor, node)
        self._add(node, place)

    def _start(self, node: MappingNode | ListNode, anchor: str | None) -> None:
        """Begin a list or mapping."""
        if len(self._open) >= MAX_DEPTH:
            raise self._error("nested too deeply; the file needs four levels", node.place)
        parent = self._open[-1] if self._open else None
        if isinstance(parent, MappingNode) and parent.open_key is None:
            raise self._error("a key must be one word", node.place)
        self._set_anchor(anchor, node)
        self._open.append(node)

    def _close(self) -> None:
        """End the innermost list or mapping, and put it into the one around it."""
        node = self._open.pop()
        self._add(node, node.place)

    def _set_anchor(self, anchor: str | None, node: Node) -> None:
        """Remember a value under its anchor."""
        if anchor is not None:
            self._anchors[anchor] = node

    def _add(self, node: Node, place: Place) -> None:
        """Put a value into the innermost list or mapping, as entry, key or value."""
        self._values += 1
        if self._values > MAX_VALUES:
            raise self._error(f"more than {MAX_VALUES:,} values; make the file smaller", place)
        parent = self._open[-1] if self._open else None
        if parent is None:
            self.top = node
            return
        parent.size += node.size
        parent.height = max(parent.height, node.height + 1)
        if isinstance(parent, ListNode):
            parent.items.append(node)
            self._refuse_more(parent, place)
        elif parent.open_key is None:
            self._take_key(parent, node, place)
        else:
            parent.values[parent.open_key] = node
            parent.open_key = None

    def _refuse_more(self, parent: ListNode, place: Place) -> None:
        """Refuse too many companies as soon as they are counted, not after all are read."""
        top = self._open[0]
        listed = (
            len(self._open) == 2 and isinstance(top, MappingNode) and top.open_key == "companies"
        )
        if listed and len(parent.items) > MAX_COMPANIES:
            raise YamlError(
                f"more than {MAX_COMPANIES:,} companies; split the file", place, "companies"
            )

    def _take_key(self, parent: MappingNode, node: Node, place: Place) -> None:
        """Take a key of a mapping; refuse a second one of its name."""
        if not isinstance(node, ScalarNode):
            raise self._error("a key must be one word", place)
        parent.open_key = node.text
        if node.text in parent.keys:
            first = parent.keys[node.text].line
            raise self._error(f"the key is already on line {first}; keep one", place)
        parent.keys[node.text] = place
        if len(parent.keys) > MAX_KEYS:
            raise self._error(f"more than {MAX_KEYS} keys in one place; delete some", place)

    def _error(self, message: str, place: Place) -> YamlError:
        """Return an error with the way to where the builder stands."""
        steps: list[str | int] = []
        for node in self._open:
            if isinstance(node, ListNode):
                steps.append(len(node.items))
            elif node.open_key is not None:
                steps.append(node.open_key)
        return YamlError(message, place, key_path(steps))
