"""A YAML document as a tree in which every key and value knows its line and column."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, TypeAlias

_INT = re.compile(r"[-+]?[0-9]{1,40}")
"""A whole number, of up to 40 digits; a longer one is left to `_FLOAT`."""

_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"([-+]?)\.(?:inf|Inf|INF)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORD_VALUES: dict[str, bool | float | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
"""Bare words that are no text in YAML 1.2."""

_FORMERLY_BOOLEAN = frozenset({"yes", "no", "on", "off"})
"""Bare words that are text in YAML 1.2 and were booleans in YAML 1.1."""


class Unquoted(str):
    """A bare text that other readers of YAML take for something else.

    `NO` was a boolean in YAML 1.1; 2026-13-01 looks like a date and is none.
    """

    __slots__ = ()


Plain: TypeAlias = "str | bool | int | float | date | list[Plain] | dict[str, Plain] | None"
"""What a document holds once places are forgotten."""


class Place(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


class Node:
    """A value with its place; `size` counts the values in it, `height` the levels."""

    __slots__ = ("height", "place", "size")

    def __init__(self, place: Place) -> None:
        """Take where it begins."""
        self.place, self.size, self.height = place, 1, 1


class ScalarNode(Node):
    """A single value as it was typed; `bare` where it stood without quotes."""

    __slots__ = ("bare", "text")

    def __init__(self, place: Place, text: str, *, bare: bool) -> None:
        """Take the text without its quotes."""
        super().__init__(place)
        self.text, self.bare = text, bare


class ListNode(Node):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, place: Place) -> None:
        """Begin an empty one."""
        super().__init__(place)
        self.items: list[Node] = []


class MappingNode(Node):
    """Keys and values; `keys` holds the place of each key.

    `open_key` is the key whose value is still to come, while the tree is built.
    """

    __slots__ = ("keys", "open_key", "values")

    def __init__(self, place: Place) -> None:
        """Begin an empty one."""
        super().__init__(place)
        self.values: dict[str, Node] = {}
        self.keys: dict[str, Place] = {}
        self.open_key: str | None = None


class YamlError(Exception):
    """The text is not YAML that this program reads."""

    def __init__(self, message: str, place: Place, key: str = "") -> None:
        """Keep the place, for the reader who knows the file's name."""
        super().__init__(message)
        self.message, self.place, self.key = message, place, key


def place_of(text: str, index: int) -> Place:
    """Return line and column of a position in a text."""
    before = text[:index]
    return Place(before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1)


def key_path(steps: Iterable[str | int]) -> str:
    """Return the way to a value as `companies[1].website`, counting from 0."""
    path = ""
    for step in steps:
        # A key may be a megabyte; its beginning is enough to find it.
        path += f"[{step}]" if isinstance(step, int) else f".{step[:80]}"
    return path.removeprefix(".")


def plain(node: Node) -> Plain:
    """Turn a tree into plain values by the core schema of YAML 1.2, with dates."""
    if isinstance(node, MappingNode):
        return {key: plain(value) for key, value in node.values.items()}
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    if isinstance(node, ScalarNode) and node.bare:
        return _value_of_bare(node.text)
    return node.text if isinstance(node, ScalarNode) else None


def _value_of_bare(text: str) -> Plain:
    """Return what a text without quotes means in YAML."""
    if text in _WORD_VALUES:
        return _WORD_VALUES[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if infinite := _INFINITE.fullmatch(text):
        return float(infinite[1] + "inf")
    if _DATE.fullmatch(text):
        return _day(text)
    return Unquoted(text) if text.casefold() in _FORMERLY_BOOLEAN else text


def _day(text: str) -> date | str:
    """Return the day that a text is; the text itself where the calendar has no such day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Unquoted(text)
