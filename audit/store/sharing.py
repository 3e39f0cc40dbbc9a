"""What is equal within a result is one object: an address that it names eighty times is held once.

What is read comes from several processes, and each brings its own copy of the same words.
"""

import sys
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

T = TypeVar("T")


def with_shared_parts(value: T) -> T:
    """Return an equal value in which texts, tuples and records that are equal are one object.

    Texts are shared with the whole program; Python drops those that nobody holds any more.
    """
    shared: T = _Sharing().of(value)
    return shared


class _Sharing:
    """The parts of one value, each once."""

    def __init__(self) -> None:
        """Know of no part yet."""
        self._known: dict[tuple[object, ...], Any] = {}
        """By kind and either value or, as equal parts are one by then, which objects it is of."""

        self._fields: dict[type, tuple[str, ...]] = {}

    def of(self, value: Any) -> Any:
        """Return the one object that stands for a value."""
        kind = type(value)
        if kind is str:
            return sys.intern(value)
        if kind is tuple:
            parts = tuple(map(self.of, value))
            return self._known.setdefault((tuple, *map(id, parts)), parts)
        if names := self._names(kind):
            return self._record(value, names)
        # Equal is not always the same: 0.0 and -0.0, or one moment as told in two zones.
        if (kind is datetime and value.tzinfo is UTC) or (kind in (int, float) and value):
            return self._known.setdefault((kind, value), value)
        return value

    def _record(self, value: Any, names: tuple[str, ...]) -> Any:
        """Return the one record that is equal; it holds the parts by which it is known."""
        old = [getattr(value, name) for name in names]
        new = list(map(self.of, old))
        key = (type(value), *map(id, new))
        if key not in self._known:
            other = {name: b for name, a, b in zip(names, old, new, strict=True) if a is not b}
            self._known[key] = replace(value, **other) if other else value
        return self._known[key]

    def _names(self, kind: type) -> tuple[str, ...]:
        """Return the names of the fields of a record; none of what is no record."""
        if kind not in self._fields:
            of_record = fields(kind) if is_dataclass(kind) else ()
            self._fields[kind] = tuple(each.name for each in of_record)
        return self._fields[kind]
