"""Turn results into JSON and back, exactly: Known, Absent and Unknown stay what they are."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from audit.model import (
    activity,
    audience,
    catalogue,
    company,
    dated,
    presence,
    profile,
    result,
    robots,
    value,
    web,
)

_MODULES: tuple[ModuleType, ...] = (
    value,
    web,
    robots,
    activity,
    audience,
    dated,
    presence,
    profile,
    company,
    result,
    catalogue,
)
_MOVED = {
    "web.Robots": "robots.Robots",
    "web.RobotsState": "robots.RobotsState",
    "web.Dated": "dated.Dated",
    "web.DateSource": "dated.DateSource",
}
"""Types that older histories know under another name."""

T = TypeVar("T")
Plain = dict[str, "Plain"] | list["Plain"] | str | int | float | bool | None


def dumps(item: object) -> str:
    """Write a value of the model; each record names its type, so that reading is exact."""
    text = json.dumps(_plain(item), ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except (
        UnicodeEncodeError
    ):  # half a character, as a script may leave one; escaped it can be kept
        return json.dumps(_plain(item), separators=(",", ":"))
    return text


def loads(text: str, kind: type[T]) -> T:
    """Read a value of the model.

    Raises:
        ValueError: the text does not hold a value of that type.
    """
    made = _made(json.loads(text))
    if not isinstance(made, kind):
        raise ValueError(f"holds {type(made).__name__}, not {kind.__name__}")  # noqa: TRY004
    return made


def _plain(item: object) -> Plain:
    if isinstance(item, tuple):
        return [_plain(each) for each in item]
    if is_dataclass(item) and not isinstance(item, type):
        named: dict[str, Plain] = {"~": _name(type(item))}
        for field in fields(item):
            named[field.name] = _plain(getattr(item, field.name))
        return named
    for kind, (name, write) in _WRITERS.items():
        if isinstance(item, kind):
            return {"~": name or _name(type(item)), "v": write(item)}
    if item is None or isinstance(item, str | int | float | bool):
        return item
    raise TypeError(f"{type(item).__name__} is no value of the model")


_WRITERS: dict[type, tuple[str, Callable[[Any], str]]] = {
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


def _name(kind: type) -> str:
    return f"{kind.__module__.rpartition('.')[2]}.{kind.__name__}"


@cache
def _kinds() -> dict[str, type]:
    return {
        _name(each): each
        for module in _MODULES
        for each in vars(module).values()
        if isinstance(each, type) and (is_dataclass(each) or issubclass(each, Enum))
    }


def _made(plain: Plain) -> object:
    if isinstance(plain, list):
        return tuple(_made(each) for each in plain)
    if not isinstance(plain, dict):
        return plain
    name = str(plain.pop("~"))
    if name in _READERS:
        return _READERS[name](str(plain["v"]))
    kind = _kinds().get(_MOVED.get(name, name))
    if kind is None:
        raise ValueError(f"unknown type {name!r}")
    if issubclass(kind, Enum):
        return kind(plain["v"])
    return kind(**{key: _made(each) for key, each in plain.items()})
