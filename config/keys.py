"""What may stand behind a key of competitors.yaml: how each kind of value is checked and described.

Every value that is wrong is named with its place, not the first alone. Nothing is converted: what
YAML reads as a number is no text. A check of a kind raises `ValueError` with what to write instead.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum, auto
from math import isfinite
from types import EllipsisType
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar, cast, overload

from config.positions import Unquoted

T = TypeVar("T")
S = TypeVar("S", bound="Shape")
Schema = dict[str, object]


class Fault(Enum):
    """What a mistake is, where its sentence depends on what was typed or which keys there are."""

    VALUE = auto()
    UNKNOWN = auto()
    NO_TEXT = auto()
    NO_TRUTH = auto()


class Mistake(NamedTuple):
    """One mistake: the keys and numbers that lead to it, and what to write instead."""

    steps: tuple[str | int, ...]
    message: str
    fault: Fault = Fault.VALUE


class RefusedError(Exception):
    """A value is not what its key may hold, or some of the values in it are not."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        """Keep the mistakes; their steps begin at the value."""
        super().__init__()
        self.mistakes = tuple(mistakes)


_NO_KEYS = "write `key: value` here, each in a line of its own"


def _refused(message: str, fault: Fault = Fault.VALUE) -> RefusedError:
    """Return the error for a value that is wrong itself."""
    return RefusedError([Mistake((), message, fault)])


class Kind(ABC, Generic[T]):
    """What a value must be."""

    @abstractmethod
    def taken(self, value: object) -> T:
        """Return a plain value of YAML as the program takes it.

        Raises:
            RefusedError: it is something else; with all mistakes in it.
        """

    @abstractmethod
    def schema(self) -> Schema:
        """Return its JSON Schema."""


class _Mistakes:
    """What is wrong within a list or a mapping, gathered from all its values."""

    def __init__(self) -> None:
        self._mistakes: list[Mistake] = []

    def take(self, step: str | int, kind: Kind[T], value: object, *more: str) -> T:
        """Return a value as its kind takes it, or gather what is wrong with it."""
        try:
            return kind.taken(value)
        except RefusedError as error:
            for each in error.mistakes:
                self._mistakes.append(each._replace(steps=(step, *more, *each.steps)))
        # Nobody gets to see it: a mistake was found.
        return cast("T", None)

    def add(self, step: str, message: str, fault: Fault = Fault.VALUE) -> None:
        """Gather a mistake about a key."""
        self._mistakes.append(Mistake((step,), message, fault))

    def refuse(self) -> None:
        """Raise an error if anything was wrong."""
        if self._mistakes:
            raise RefusedError(self._mistakes)


class Text(Kind[str]):
    """A text of so many characters that passes checks, each of which may change it."""

    def __init__(
        self,
        *checks: Callable[[str], str],
        least: int = 0,
        most: int | None = None,
        is_stripped: bool = True,
        takes_numbers: bool = False,
        schema: Mapping[str, object] | None = None,
    ) -> None:
        """Take the checks; `takes_numbers`: numbers and days too, for a check that refuses them."""
        self._checks, self._least, self._most = checks, least, most
        self._is_stripped, self._takes_numbers = is_stripped, takes_numbers
        lengths = {"minLength": least or None, "maxLength": most}
        known = {name: limit for name, limit in lengths.items() if limit is not None}
        self._schema = {"type": "string", **known, **(schema or {})}

    def taken(self, value: object) -> str:
        """Return the text, without the spaces around it where they mean nothing."""
        text = self._text(value)
        if len(text) < self._least:
            raise _refused("must not be empty")
        if self._most is not None and len(text) > self._most:
            raise _refused(f"is too long; {self._most} characters are allowed")
        try:
            for check in self._checks:
                text = check(text)
        except ValueError as error:
            raise _refused(str(error)) from error
        return text

    def _text(self, value: object) -> str:
        """Return a value that is a text; refuse what YAML reads as something else."""
        if isinstance(value, int | float | date | Unquoted):
            if not self._takes_numbers:
                raise _refused("must be text", Fault.NO_TEXT)
            value = str(value)
        if not isinstance(value, str):
            raise _refused("must be one text")
        return value.strip() if self._is_stripped else value

    def schema(self) -> Schema:
        """Return the lengths, and what else of the checks a pattern can say."""
        return dict(self._schema)


class Truth(Kind[bool]):
    """True or false."""

    def taken(self, value: object) -> bool:
        """Return it as it is."""
        if not isinstance(value, bool):
            raise _refused("write true or false, without quotes", Fault.NO_TRUTH)
        return value

    def schema(self) -> Schema:
        """Return its name alone."""
        return {"type": "boolean"}


class Whole(Kind[int]):
    """A whole number from one to another."""

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most

    def taken(self, value: object) -> int:
        """Return it as it is."""
        if not isinstance(value, int) or isinstance(value, bool):
            raise _refused("must be a whole number, without quotes or unit")
        _check_limits(value, self._least, self._most)
        return value

    def schema(self) -> Schema:
        """Return the limits."""
        return {"type": "integer", "minimum": self._least, "maximum": self._most}


class Number(Kind[float]):
    """A number from one to another; with `is_above` more than the first."""

    def __init__(self, least: float, most: float, *, is_above: bool = False) -> None:
        self._least, self._most, self._is_above = least, most, is_above

    def taken(self, value: object) -> float:
        """Return it with a point, however it was written."""
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise _refused("must be a number such as 0.5, without quotes or unit, and with a point")
        if not isfinite(value):
            raise _refused("must be a finite number")
        _check_limits(value, self._least, self._most)
        if self._is_above and value == self._least:
            raise _refused(f"is too small; write a number above {self._least:g}")
        return float(value)

    def schema(self) -> Schema:
        """Return the limits."""
        lowest = "exclusiveMinimum" if self._is_above else "minimum"
        return {"type": "number", lowest: self._least, "maximum": self._most}


def _check_limits(value: float, least: float, most: float) -> None:
    """Refuse a number below or above its limits."""
    if value < least:
        raise _refused(f"is too small; write {least:g} or more")
    if value > most:
        raise _refused(f"is too large; write {most:g} or less")


class OneOf(Kind[str]):
    """One of some words."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def taken(self, value: object) -> str:
        """Return it as it is."""
        if not isinstance(value, str) or value not in self._words:
            *others, last = map(repr, self._words)
            raise _refused(f"write one of {', '.join(others)} or {last}")
        return value

    def schema(self) -> Schema:
        """Return the words."""
        return {"type": "string", "enum": list(self._words)}


class Day(Kind[date]):
    """A day, by a check that raises `ValueError`."""

    def __init__(self, check: Callable[[object], date]) -> None:
        self._check = check

    def taken(self, value: object) -> date:
        """Return the day, whether it stood in quotes or not."""
        try:
            return self._check(value)
        except ValueError as error:
            raise _refused("must be a date such as 2026-10-01") from error

    def schema(self) -> Schema:
        """Return its format."""
        return {"type": "string", "format": "date"}


class OrEmpty(Kind[T | None]):
    """What may be left empty although its key is there."""

    def __init__(self, kind: Kind[T]) -> None:
        self._kind = kind

    def taken(self, value: object) -> T | None:
        """Return the value; None for an empty one."""
        return None if value is None else self._kind.taken(value)

    def schema(self) -> Schema:
        """Return the schema of what is not empty: a key with nothing behind it helps nobody."""
        return self._kind.schema()


class ListOf(Kind[tuple[T, ...]]):
    """A list of so many entries of one kind."""

    def __init__(self, kind: Kind[T], *, least: int = 0, most: int | None = None) -> None:
        self._kind, self._least, self._most = kind, least, most

    def taken(self, value: object) -> tuple[T, ...]:
        """Return the entries."""
        if not isinstance(value, list):
            raise _refused("write a list here: lines that begin with `- `, or [one, two]")
        if self._most is not None and len(value) > self._most:
            raise _refused(f"has too many entries; {self._most} are allowed")
        mistakes = _Mistakes()
        entries = [mistakes.take(at, self._kind, each) for at, each in enumerate(value)]
        mistakes.refuse()
        if len(entries) < self._least:
            raise _refused("must not be empty; add an entry")
        return tuple(entries)

    def schema(self) -> Schema:
        """Return the schema of an entry, and how many there may be."""
        numbers = {"minItems": self._least or None, "maxItems": self._most}
        known = {name: limit for name, limit in numbers.items() if limit is not None}
        return {"type": "array", "items": self._kind.schema(), **known}


class MappingOf(Kind[Mapping[str, T]]):
    """Keys of one kind, which the writer chooses, with values of another."""

    def __init__(self, kind: Kind[T], *, keys: Kind[str] | None = None) -> None:
        self._kind, self._keys = kind, keys or Text(is_stripped=False)

    def taken(self, value: object) -> Mapping[str, T]:
        """Return the keys and values."""
        if not isinstance(value, dict):
            raise _refused(_NO_KEYS)
        mistakes = _Mistakes()
        entries = [
            (mistakes.take(name, self._keys, name, "[key]"), mistakes.take(name, self._kind, each))
            for name, each in value.items()
        ]
        mistakes.refuse()
        return dict(entries)

    def schema(self) -> Schema:
        """Return the schema of a value, and the pattern of keys."""
        pattern, of_values = self._keys.schema().get("pattern"), self._kind.schema()
        if pattern is None:
            return {"type": "object", "additionalProperties": of_values}
        return {"type": "object", "patternProperties": {pattern: of_values}}


class Key(NamedTuple):
    """A key of a shape: what may stand behind it, and what it means where it is left out."""

    kind: Kind[Any]
    is_required: bool
    default: Any
    name: str
    """Its name in the file, where that is not the one in the program."""


@overload
def key(kind: Kind[T], *, name: str = "") -> T: ...
@overload
def key(kind: Kind[T], default: T, *, name: str = "") -> T: ...
@overload
def key(kind: Kind[T], default: None, *, name: str = "") -> T | None: ...
def key(kind: Kind[T], default: T | EllipsisType | None = ..., *, name: str = "") -> T | None:
    """Declare a key of a `Shape`; one without a default must be there."""
    # A class holds the declaration where each of its instances holds a value.
    return cast("T", Key(kind, default is ..., default, name))


class Shape:
    """A mapping with exactly these keys; a subclass declares each by `key`."""

    keys: ClassVar[Mapping[str, tuple[str, Key]]] = {}
    """By its name in the file, each with its name in the program."""

    def __init_subclass__(cls) -> None:
        """Gather the keys in the order in which they stand."""
        declared = {at: each for at, each in vars(cls).items() if isinstance(each, Key)}
        cls.keys = {each.name or at: (at, each) for at, each in declared.items()}

    def __init__(self, **given: object) -> None:
        """Take values that were checked, by their names in the program; the others are left out."""
        for at, each in self.keys.values():
            setattr(self, at, given.get(at, each.default))


class Entry(Kind[S]):
    """A mapping of a shape."""

    def __init__(self, shape: type[S]) -> None:
        self.shape = shape

    def taken(self, value: object) -> S:
        """Return an instance of the shape."""
        if not isinstance(value, dict):
            raise _refused(_NO_KEYS)
        mistakes, given = _Mistakes(), {}
        for name, (at, each) in self.shape.keys.items():
            if name in value:
                given[at] = mistakes.take(name, each.kind, value[name])
            elif each.is_required:
                mistakes.add(name, f"is missing; add `{name}: …`")
        for name in value:
            if name not in self.shape.keys:
                mistakes.add(name, "unknown key", Fault.UNKNOWN)
        mistakes.refuse()
        return self.shape(**given)

    def schema(self) -> Schema:
        """Return where it is described: once, however often it is named."""
        return {"$ref": f"#/$defs/{self.shape.__name__}"}
