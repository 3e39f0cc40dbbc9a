"""Turn results into JSON and back, exactly: Known, Absent and Unknown stay what they are."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, TypeVar

import audit.model
from audit.store.older import name_of, upgraded

T = TypeVar("T")
Plain = dict[str, "Plain"] | list["Plain"] | str | int | float | bool | None


def dumps(item: object) -> str:
    """Write a value of the model as JSON; each record names its type, so that reading is exact.

    Raises:
        TypeError: it holds what is no value of the model.
    """
    text = json.dumps(_plain(item), ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        # half a character, as a script leaves that cuts a text in an emoji; escaped it can be kept
        return json.dumps(_plain(item), separators=(",", ":"))
    return text


def loads(text: str, kind: type[T]) -> T:
    """Read a value of the model.

    Raises:
        ValueError: the text does not hold a value of that type.
    """
    value = _value(json.loads(text))
    if not isinstance(value, kind):
        raise ValueError(f"holds {type(value).__name__}, not {kind.__name__}")  # noqa: TRY004
    return value


def _plain(item: object) -> Plain:
    """Turn a value of the model into what JSON knows; `~` holds the name of a record's type.

    `Known(value=3)` becomes `{"~": "Known", "value": 3, ...}`, a word of a closed set
    `{"~": "Reason", "v": "robots"}`.
    """
    kind: type = type(item)
    if kind in _SCALARS:
        return item  # type: ignore[return-value] # what is in `_SCALARS` is `Plain`
    if isinstance(item, tuple):
        return [_plain(each) for each in item]
    return _writer_of(kind)(item)


_SCALARS = frozenset({str, int, float, bool, type(None)})


@cache
def _writer_of(kind: type) -> Callable[[Any], Plain]:
    """Return what writes the values of a type; found once, as a result holds thousands of each.

    Raises:
        TypeError: it is no type of the model.
    """
    if is_dataclass(kind):
        return _record_writer(kind)
    for known, (name, write) in _WRITERS.items():
        if issubclass(kind, known):
            return partial(_written, name or kind.__name__, write)
    if issubclass(kind, str | int | float):
        return lambda item: item
    raise TypeError(f"{kind.__name__} is no value of the model")


def _record_writer(kind: type) -> Callable[[Any], Plain]:
    """Return what writes the records of a type, with its name first and all its fields."""
    name, names = kind.__name__, tuple(field.name for field in fields(kind))

    def written(item: object) -> Plain:
        record: dict[str, Plain] = {"~": name}
        for field in names:
            value = getattr(item, field)
            # Asked here: most fields are texts, and a call for each takes half the time.
            record[field] = value if type(value) in _SCALARS else _plain(value)
        return record

    return written


def _written(name: str, write: Callable[[Any], str], item: object) -> Plain:
    """Return a value that has no fields, by its name and a text."""
    return {"~": name, "v": write(item)}


_WRITERS: dict[type, tuple[str, Callable[[Any], str]]] = {
    # This order must stay, and so must asking here before
    # `str`: many enums are texts too, and a datetime is a date.
    Enum: ("", lambda item: str(item.value)),
    datetime: ("datetime", datetime.isoformat),
    date: ("date", date.isoformat),
    Path: ("path", str),
}
_READERS: dict[str, Callable[[str], object]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "path": Path,
}


@cache
def _kinds() -> dict[str, type]:
    """Map the name of every type of the model to the type; no two have the same name.

    The names of modules are not kept: a type may move without any history noticing.
    """
    kinds: dict[str, type] = {}
    for entry in iter_modules(audit.model.__path__):
        module = import_module(f"{audit.model.__name__}.{entry.name}")
        for member in vars(module).values():
            kept = isinstance(member, type) and (is_dataclass(member) or issubclass(member, Enum))
            if kept and kinds.setdefault(member.__name__, member) is not member:
                raise TypeError(f"two types of the model are called {member.__name__}")
    return kinds


def _value(plain: object) -> object:
    """Turn what JSON knows back into a value of the model; a list becomes a tuple.

    A field that is not there gets its default, so that a record may grow.

    Raises:
        ValueError: no type has this name.
        TypeError: a record has a field that its type does not know.
    """
    if type(plain) in _SCALARS:
        return plain
    if isinstance(plain, list):
        return tuple([each if type(each) in _SCALARS else _value(each) for each in plain])
    if not isinstance(plain, dict):
        return plain
    record = upgraded(plain)
    name = str(record["~"])
    if name in _READERS:
        return _READERS[name](str(record["v"]))
    kind = _kinds().get(name) or _kinds().get(name_of(name))
    if kind is None:
        raise ValueError(f"unknown type {name!r}")
    if issubclass(kind, Enum):
        return kind(record["v"])
    values = {
        field: value if type(value) in _SCALARS else _value(value)
        for field, value in record.items()
        if field != "~"
    }
    return kind(**values)
