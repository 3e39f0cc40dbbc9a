"""Turns what is wrong with a value into a place in the file and a sentence for its writer."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence as Steps
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from config.checks import nearest
from config.positions import Mapping, Node, Place, Scalar, Sequence, key_path

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Loc = Steps[str | int]

_EXPECTED = {
    "bool_type": "must be true or false, without quotes",
    "int_type": "must be a whole number, without quotes or unit",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number such as 0.5, without quotes or unit, and with a point",
    "finite_number": "must be a finite number",
    "string_type": "must be one text",
    "list_type": "must be a list: `- …` lines or [ … ]",
    "dict_type": "must be a mapping of `key: value` lines",
    "model_type": "must be a mapping of `key: value` lines",
    "too_short": "must not be empty; add an entry",
    "string_too_short": "must not be empty",
}


_LIMITS = {
    "literal_error": "must be one of {expected}",
    "string_too_long": "is too long; {max_length} characters are allowed",
}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake, of which each place has one; problems sort in the order of the file.

    The sentence is made when it is to be read: a file may hold a hundred thousand mistakes.
    """

    line: int
    column: int
    key: str
    sentence: Callable[[], str] = field(compare=False)


def problem_at(
    root: Mapping, loc: Loc, message: str | Callable[[], str], *, at_key: bool = False
) -> Problem:
    """Place a message at the value that `loc` leads to, or at its key."""
    node, place = follow(root, loc, at_key=at_key)
    if not isinstance(node, Scalar) or (node.bare and not node.text):
        place = _key_place(root, loc) or place
    sentence = (lambda: message) if isinstance(message, str) else message
    return Problem(place.line, place.column, key_path(loc), sentence)


def follow(root: Mapping, loc: Loc, *, at_key: bool = False) -> tuple[Node, Place]:
    """Walk to the value that `loc` leads to, as far as the tree goes."""
    node: Node = root
    place = root.place
    for step in loc:
        child: Node | None = None
        if isinstance(node, Mapping) and isinstance(step, str):
            child = node.values.get(step)
            place = node.keys.get(step, place)
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            child = node.items[step]
        if child is None:
            break
        node = child
        if isinstance(step, int) or not at_key:
            place = node.place
    return node, place


def explained(error: ErrorDetails, root: Mapping) -> Problem:
    """Say in plain words what pydantic found wrong, where, and what to write."""
    loc, kind = error["loc"], error["type"]
    if kind == "extra_forbidden":
        return problem_at(root, loc, partial(_unknown_key, loc), at_key=True)
    if kind == "missing":
        return problem_at(root, loc, f"is missing; add `{loc[-1]}: …`")
    return problem_at(root, loc, partial(_sentence, error, follow(root, loc)[0]))


def _unknown_key(loc: Loc) -> str:
    return f"unknown key; {nearest(str(loc[-1]), _keys(loc[:-1]))}"


def _sentence(error: ErrorDetails, node: Node) -> str:
    kind, ctx = error["type"], error.get("ctx", {})
    typed = node.text.strip() if isinstance(node, Scalar) else ""
    if isinstance(node, Scalar) and node.bare and typed in {"", "~", "null", "Null", "NULL"}:
        return "is empty; give it a value or delete the line"
    if kind == "quote":
        return f'`{typed[:40]}` is not text in YAML; put it in quotes: "{typed[:40]}"'
    if kind in _LIMITS:
        return _LIMITS[kind].format_map(ctx)
    if kind == "string_pattern_mismatch":
        return _pattern(str(ctx.get("pattern")))
    if kind in {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}:
        return f"is out of range: {error['msg'].removeprefix('Input ')}"
    return _EXPECTED.get(kind, error["msg"])


def _pattern(pattern: str) -> str:
    if ">=" in pattern:
        return 'must be a comparison and a number in quotes, such as ">= 1"'
    return "must be words joined by dots, such as channel.pinterest or blog.posts_per_week"


def _keys(loc: Loc) -> tuple[str, ...]:
    from config.shape import SHAPES

    shape = SHAPES.get(tuple(step for step in loc if isinstance(step, str)))
    return tuple(shape.model_fields) if shape else ()


def _key_place(root: Mapping, loc: Loc) -> Place | None:
    """Point at a list, a mapping or nothing by its key, as the value may be lines below."""
    if not loc or not isinstance(loc[-1], str):
        return None
    parent, _ = follow(root, loc[:-1])
    return parent.keys.get(loc[-1]) if isinstance(parent, Mapping) else None
