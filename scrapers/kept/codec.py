"""Write what a page says as text, and read it back exactly: data alone, nothing that is run.

The history's codec (`audit/store/codec.py`) names every field, so that a record may grow, and takes
an eighth of the time of reading the page again. These texts are worth nothing to another version of
the readers, so fields go by their place: that takes a twentieth.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import cast

import audit.model
from audit.model.exchange import Page

_TUPLE, _TIME = "", "@"
"""The heads of lists that stand for a tuple and for a time; all other heads are names of types."""

_OF_PAGE = ("fetched_at", "record")
"""Fields that name the answer itself: another one each time, so they are filled in anew."""

_PLAIN = frozenset({str, int, float, bool, type(None)})

Plain = list["Plain"] | str | int | float | bool | None


class UnfitError(ValueError):
    """A reading holds what could not be read back as it is."""


def packed(reading: object, page: Page | None) -> bytes:
    """Write what was read from a page, but for the time and the record of the page.

    Without a page all is written as it is.

    Raises:
        UnfitError: it holds another type, the time of another page, or half a character.
    """
    plain = _Writer(page).plain(reading)
    try:
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:  # two halves in a row would come back as one character
        raise UnfitError("half a character") from error


def unpacked(text: bytes, page: Page | None) -> object:
    """Read what `packed` wrote as if it had been read from this page, which has the same bytes.

    What was written without a page is read without one.

    Raises:
        ValueError: the text is damaged, or names a type that is none of a reading.
    """
    try:
        return _Reader(page).value(json.loads(text))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a reading: {type(error).__name__}") from error


def _of_page(page: Page | None) -> Mapping[str, object]:
    """Return what is filled in from a page; nothing without one."""
    return {} if page is None else {"fetched_at": page.fetched_at, "record": page.record}


class _Writer:
    """Turns values into lists; `[NAME, FIELD, ...]` is a record, `["", ...]` a tuple."""

    def __init__(self, page: Page | None) -> None:
        self._page = _of_page(page)
        self._shapes = _shapes()

    def plain(self, item: object) -> Plain:
        kind = type(item)
        if kind in _PLAIN:
            return cast("Plain", item)
        if isinstance(item, tuple) and kind is tuple:
            return [_TUPLE, *self._listed(item)]
        if isinstance(item, datetime):
            return [_TIME, item.isoformat()]
        shape = self._shapes.get(kind.__name__)
        if shape is None or shape.kind is not kind:
            raise UnfitError(f"{kind.__name__} is no type of a reading")
        if isinstance(item, Enum):
            return [kind.__name__, item.value]
        values = [getattr(item, name) for name in shape.names]
        while values and shape.is_default(len(values) - 1, values[-1]):
            values.pop()
        if self._page and shape.of_page:
            self._take_out(shape, values)
        return [kind.__name__, *self._listed(values)]

    def _listed(self, items: Iterable[object]) -> list[Plain]:
        """Return values as they stand behind the head of a list; see `_Reader._values`."""
        return [cast("Plain", each) if type(each) in _PLAIN else self.plain(each) for each in items]

    def _take_out(self, shape: "_Shape", values: list[object]) -> None:
        """Leave out what is filled in from the page when the values are read."""
        for place in shape.of_page:
            if place < len(values):
                name = shape.names[place]
                if values[place] != self._page[name]:
                    raise UnfitError(f"{name} of another answer")
                values[place] = None


class _Reader:
    """Turns lists back into values, with the time and the record of a page."""

    def __init__(self, page: Page | None) -> None:
        self._page = _of_page(page)
        self._shapes = _shapes()

    def value(self, plain: list[Plain]) -> object:
        head = plain[0]
        if head == _TUPLE:
            return tuple(self._values(plain))
        if head == _TIME:
            return datetime.fromisoformat(str(plain[1]))
        shape = self._shapes[str(head)]
        if shape.members:
            return shape.members[plain[1]]
        return shape.record(self._values(plain), self._page)

    def _values(self, plain: list[Plain]) -> list[object]:
        """Return what stands behind the head of a list.

        Most of it is texts and numbers: a call for each of them would take twice the time.
        """
        return [self.value(each) if type(each) is list else each for each in plain[1:]]


@dataclass(frozen=True, slots=True)
class _Shape:
    """A type with its fields and their defaults; a closed set of words has `members` instead.

    `of_page` are the places of its fields that are filled in from the page.
    """

    kind: type
    names: tuple[str, ...] = ()
    defaults: tuple[object, ...] = ()
    of_page: tuple[int, ...] = ()
    members: Mapping[object, object] = field(default_factory=dict)
    setters: tuple[Callable[[object, object], None], ...] = ()
    """How each field of a frozen value is set: that is to its constructor as one to three."""

    def record(self, values: list[object], of_page: Mapping[str, object]) -> object:
        """Make a record of the values of its fields; those left out at the end have defaults.

        Raises:
            TypeError: there are too few or too many values.
        """
        missing = self.defaults[len(values) :]
        values += missing
        if of_page:
            for place in self.of_page:
                values[place] = of_page[self.names[place]]
        if len(values) > len(self.names) or MISSING in missing:
            raise TypeError(f"not the fields of {self.kind.__name__}")
        if not self.setters:
            return self.kind(**dict(zip(self.names, values, strict=True)))
        made: object = object.__new__(self.kind)
        for set_field, value in zip(self.setters, values, strict=True):
            set_field(made, value)
        return made

    def is_default(self, place: int, value: object) -> bool:
        """Tell whether a field would hold the same if it were left out; 0 is not False there."""
        default = self.defaults[place]
        return type(value) is type(default) and value == default


@cache
def _shapes() -> Mapping[str, _Shape]:
    """Map the name of each type of the model to its shape; nothing else can come out of a text."""
    names = [f"{audit.model.__name__}.{entry.name}" for entry in iter_modules(audit.model.__path__)]
    members = [member for name in names for member in vars(import_module(name)).values()]
    shapes = [_shape_of(member) for member in members if isinstance(member, type)]
    return {shape.kind.__name__: shape for shape in shapes if shape is not None}


def _shape_of(kind: type) -> _Shape | None:
    """Return the shape of a type; None for one that no reading holds."""
    if issubclass(kind, Enum):
        return _Shape(kind, members={member.value: member for member in kind})
    if is_dataclass(kind):
        own = fields(kind)
        names = tuple(each.name for each in own)
        of_page = tuple(place for place, name in enumerate(names) if name in _OF_PAGE)
        defaults = tuple(each.default for each in own)
        return _Shape(kind, names, defaults, of_page, setters=_setters(kind, names))
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        names = tuple(kind._fields)
        return _Shape(kind, names, (MISSING,) * len(names))
    return None


def _setters(kind: type, names: Sequence[str]) -> tuple[Callable[[object, object], None], ...]:
    """Return what sets each field of a type; nothing where making one is more than that."""
    there = vars(kind)
    if hasattr(kind, "__post_init__") or not set(names) <= set(there.get("__slots__", ())):
        return ()
    return tuple(there[name].__set__ for name in names)
