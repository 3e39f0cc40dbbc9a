"""Turn results into JSON and back, exactly: Known, Absent and Unknown stay what they are."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
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
    if isinstance(item, tuple):
        return [_plain(each) for each in item]
    if is_dataclass(item) and not isinstance(item, type):
        record: dict[str, Plain] = {"~": type(item).__name__}
        for field in fields(item):
            record[field.name] = _plain(getattr(item, field.name))
        return record
    for kind, (name, write) in _WRITERS.items():
        if isinstance(item, kind):
            return {"~": name or type(item).__name__, "v": write(item)}
    if item is None or isinstance(item, str | int | float | bool):
        return item
    raise TypeError(f"{type(item).__name__} is no value of the model")


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
    if isinstance(plain, list):
        return tuple(_value(each) for each in plain)
    if not isinstance(plain, dict):
        return plain
    record = upgraded(dict(plain))
    name = str(record.pop("~"))
    if name in _READERS:
        return _READERS[name](str(record["v"]))
    kind = _kinds().get(name_of(name))
    if kind is None:
        raise ValueError(f"unknown type {name!r}")
    if issubclass(kind, Enum):
        return kind(record["v"])
    return kind(**{key: _value(field) for key, field in record.items()})
