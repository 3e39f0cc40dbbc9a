"""What a file of the demo says, as a record of a dataclass; nothing in it is converted."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from types import UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def record(kind: type[T], content: Mapping[str, object]) -> T:
    """Return a record of a dataclass with these values; lists become tuples.

    Raises:
        TypeError: a value is of another type, a field is missing, or there is none of that name.
    """
    return kind(**values(kind, content))


def values(kind: type, content: Mapping[str, object]) -> dict[str, Any]:
    """Return values for fields of a dataclass, by their names.

    Raises:
        TypeError: as `record`.
    """
    hints = get_type_hints(kind)
    if unknown := content.keys() - hints.keys():
        raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return {name: _taken(hints[name], value) for name, value in content.items()}


def _taken(hint: Any, value: Any) -> object:
    """Return a value of YAML as a field of a type holds it."""
    kind, parts = get_origin(hint) or hint, get_args(hint)
    if kind in (UnionType, Union):
        return None if value is None else _taken(parts[0], value)
    if kind is tuple:
        each = parts if parts[-1] is not ... else (parts[0],) * len(value)
        return tuple(_taken(part, item) for part, item in zip(each, value, strict=True))
    if kind is Mapping:
        return {name: _taken(parts[1], item) for name, item in value.items()}
    if is_dataclass(kind):
        return record(cast("type[object]", kind), value)
    fits = value in parts if kind is Literal else hint is Any or isinstance(value, hint)
    if not fits:
        raise TypeError(f"{value!r} is no {hint}")
    return cast("object", value)
