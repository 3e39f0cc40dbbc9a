"""Turn results into JSON and back, exactly: Known, Absent and Unknown stay what they are."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from importlib import import_module
from json.encoder import encode_basestring
from operator import attrgetter
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
    text = _WRITERS[type(item)](item)
    try:
        text.encode()
    except UnicodeEncodeError:
        # half a character, as a script leaves that cuts a text in an emoji; escaped it can be kept
        return json.dumps(json.loads(text), separators=(",", ":"))
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


class _Writers(dict[type, Callable[[Any], str]]):
    """What writes the values of each type; found when the first one is met.

    `Known(value=3)` is written as `{"~":"Known","value":3, ...}`, a word of a closed set as
    `{"~":"Reason","v":"robots"}`: `~` holds the name of the type. The text is put together here, as
    dictionaries for Python's own writer take three times as long, and a result has thousands.
    """

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        """Find what writes a type, and remember it.

        Raises:
            TypeError: it is no type of the model.
        """
        self[kind] = writer = _writer_of(kind)
        return writer


def _writer_of(kind: type) -> Callable[[Any], str]:
    """Return what writes the values of a type.

    Raises:
        TypeError: it is no type of the model.
    """
    if is_dataclass(kind):
        return _record_writer(kind)
    # This order must stay, and so must asking here before
    # `str`: many enums are texts too, and a datetime is a date.
    if issubclass(kind, Enum):
        return cache(lambda item: _worded(kind.__name__, str(item.value)))
    for known, name, write in _WORDED:
        if issubclass(kind, known):
            return lambda item: _worded(name, write(item))
    for plain in (str, int, float, tuple):
        if issubclass(kind, plain):
            return _WRITERS[plain]
    raise TypeError(f"{kind.__name__} is no value of the model")


def _record_writer(kind: type) -> Callable[[Any], str]:
    """Return what writes the records of a type, with its name first and all its fields."""
    names = tuple(field.name for field in fields(kind))
    form = "".join((f'{{"~":"{kind.__name__}"', *(f',"{name}":%s' for name in names), "}"))
    # Of several names it gives all values at once, of one name the value alone.
    get = attrgetter(*names) if len(names) > 1 else None

    def written(item: object) -> str:
        values = get(item) if get is not None else [getattr(item, name) for name in names]
        return form % tuple([_WRITERS[type(value)](value) for value in values])

    return written


def _worded(name: str, word: str) -> str:
    """Write a value that has no fields, by its name and a text."""
    return f'{{"~":"{name}","v":{encode_basestring(word)}}}'


def _listed(items: tuple[object, ...]) -> str:
    """Write a tuple as a list; a long one of records of one type field by field, as a table."""
    kinds = set(map(type, items)) if len(items) >= _LONG else set()
    if len(kinds) == 1 and is_dataclass(kind := kinds.pop()):
        return _table(kind, items)
    return f"[{','.join([_WRITERS[type(item)](item) for item in items])}]"


_LONG = 8
"""Fewer records than that are shorter one by one."""


def _table(kind: type, items: Sequence[object]) -> str:
    """Write records of one type as `{"~[]":"Post","of":{"url":[...],"evidence":{...}}}`.

    Columns of plain values are written by Python's own encoder at once, which takes a third of the
    time of records, and no name of a field stands there more than once.
    """
    columns = [
        f"{json.dumps(field.name)}:{_column([*map(attrgetter(field.name), items)])}"
        for field in fields(kind)
    ]
    return f'{{"{_MANY}":"{kind.__name__}","of":{{{",".join(columns)}}}}}'


_MANY = "~[]"
"""The key of the name of a type of which a whole column of values follows."""


def _column(values: Sequence[Any]) -> str:
    """Write the values that one field has in many records."""
    kinds = set(map(type, values))
    if kinds <= _SCALARS:
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    if len(kinds) == 1:
        (kind,) = kinds
        if is_dataclass(kind):
            return _table(kind, values)
        if kind is datetime:
            times = json.dumps([*map(datetime.isoformat, values)], separators=(",", ":"))
            return f'{{"{_MANY}":"datetime","v":{times}}}'
    return f"[{','.join([_WRITERS[type(value)](value) for value in values])}]"


_WORDED: Sequence[tuple[type, str, Callable[[Any], str]]] = (
    (datetime, "datetime", datetime.isoformat),
    (date, "date", date.isoformat),
    (Path, "path", str),
    (bytes, "bytes", lambda item: b64encode(item).decode("ascii")),
)
_SCALARS = frozenset({str, int, float, bool, type(None)})
_WRITERS = _Writers(
    {
        str: encode_basestring,
        int: int.__repr__,
        float: json.dumps,
        bool: lambda item: "true" if item else "false",
        type(None): lambda _: "null",
        tuple: _listed,
    }
)
_READERS: dict[str, Callable[[str], object]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "path": Path,
    "bytes": b64decode,
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
    if isinstance(plain, dict) and _MANY in plain:
        plain = _spread(plain)
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


def _spread(plain: object) -> list[Any]:
    """Give the values of a column one by one, as they would stand alone."""
    if isinstance(plain, list):
        return plain
    many: dict[str, Any] = dict(plain)  # type: ignore[call-overload]
    name = many[_MANY]
    if "v" in many:
        return [{"~": name, "v": value} for value in many["v"]]
    columns = [_spread(column) for column in many["of"].values()]
    names = ("~", *many["of"])
    return [dict(zip(names, (name, *row), strict=True)) for row in zip(*columns, strict=True)]
