"""What is large in the results of very many companies lies in a file until somebody looks at it.

Posts, and what was asked for, are the greater part of a result and the part without a bound. They
are asked for company by company, when a sheet comes to them, so that one company's are in memory.
"""

import pickle
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from errno import ENOSPC
from os import SEEK_END
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from typing import Any, cast, overload

from audit.model.result import CompanyResult
from audit.store.sharing import with_shared_parts

LARGE = ("posts", "fetched", "robots", "parts", "lists")
"""The fields of a result that are put aside, in the order in which they are written."""

Keep = Callable[[CompanyResult], CompanyResult]
"""Is given a result, and returns an equal one that may take less memory."""

_Fields = tuple[tuple[object, ...], ...]
_Place = tuple[int, int]


class Aside:
    """A file without a name, which only this process can open, and which is gone when it ends."""

    def __init__(self, folder: Path) -> None:
        """Put aside on the disk of a folder: that of the system's own may be memory.

        Raises:
            OSError: no file can be made there.
        """
        # Without a buffer, which on a full disk would stand in the way of reading. Open as long
        # as any result is looked at.
        self._file = TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115
        weakref.finalize(self, self._file.close)
        self._lock = Lock()
        self._last: tuple[_Place, _Fields] = ((0, 0), ())

    def put(self, result: CompanyResult) -> CompanyResult:
        """Return the same result, whose large fields are read when they are looked at.

        Where the disk is full they stay in memory.
        """
        values: _Fields = tuple(getattr(result, name) for name in LARGE)
        if all(isinstance(value, Far) or not value for value in values):
            return result
        try:
            place = self._written(tuple(tuple(value) for value in values))
        except OSError:
            return result
        far = {
            name: cast(Any, Far(self, place, at, len(value)))
            for at, (name, value) in enumerate(zip(LARGE, values, strict=True))
            if value
        }
        return replace(result, **far)

    def _written(self, values: _Fields) -> _Place:
        """Write the fields of a company behind all others, and return where they lie.

        Raises:
            OSError: there is no room for all of them.
        """
        data = pickle.dumps(values, pickle.HIGHEST_PROTOCOL)
        with self._lock:
            begin = self._file.seek(0, SEEK_END)
            if self._file.write(data) != len(data):
                raise OSError(ENOSPC, "only a part was written")
        return begin, len(data)

    def read(self, place: _Place) -> _Fields:
        """Return the fields of a company; those of the last one asked for are in memory."""
        with self._lock:
            if self._last[0] != place:
                self._file.seek(place[0])
                data = self._file.read(place[1])
                self._last = place, pickle.loads(data)  # noqa: S301 - only we can write there
            return self._last[1]


def in_memory(result: CompanyResult) -> CompanyResult:
    """Return a result as it is: those of few companies are held whole."""
    return result


def aside_in(folder: Path) -> Keep:
    """Return what puts results aside in a folder; where no file can be made it leaves them."""
    try:
        return Aside(folder).put
    except OSError:
        return in_memory


def compact_in(folder: Path) -> Keep:
    """Return what holds results that were just read: large fields aside, equal parts once."""
    keep = aside_in(folder)
    return lambda result: with_shared_parts(keep(result))


class Far(Sequence[object]):
    """A field of a result that lies aside; it is equal to what it holds, and as long."""

    def __init__(self, aside: Aside, place: _Place, at: int, length: int) -> None:
        """Remember where a company's fields lie, and which of them this is."""
        self._aside, self._place, self._at, self._length = aside, place, at, length

    def near(self) -> tuple[object, ...]:
        """Read the field."""
        return self._aside.read(self._place)[self._at]

    def __len__(self) -> int:
        """Return the length, which is known without reading."""
        return self._length

    def __iter__(self) -> Iterator[object]:
        """Read the field and go through it."""
        return iter(self.near())

    @overload
    def __getitem__(self, at: int) -> object: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[object, ...]: ...
    def __getitem__(self, at: int | slice) -> object:
        """Read the field and return a part of it."""
        return self.near()[at]

    def __eq__(self, other: object) -> bool:
        """Tell whether another field holds the same, wherever it lies."""
        if isinstance(other, Far):
            return (self._aside, self._place) == (other._aside, other._place) or (
                self.near() == other.near()
            )
        return self.near() == other

    def __hash__(self) -> int:
        """Return the hash of what it holds."""
        return hash(self.near())


def near(result: CompanyResult) -> CompanyResult:
    """Return a result with all of it in memory; the same object where nothing lies aside."""
    far = {
        name: cast(Any, value.near())
        for name in LARGE
        if isinstance(value := getattr(result, name), Far)
    }
    return replace(result, **far) if far else result
