"""Remember what was found of an address or a word: one site asks for the same again and again.

It is of no use to the next site: of small ones it came to 75 KB each, of large ones to 60 MB.
"""

from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from typing import Any, TypeVar
from weakref import WeakSet

T = TypeVar("T")

_all: WeakSet["_lru_cache_wrapper[Any]"] = WeakSet()


def remembered(most: int) -> Callable[[Callable[..., T]], "_lru_cache_wrapper[T]"]:
    """Return what makes a function remember its last `most` results, until all is forgotten."""

    def remembering(function: Callable[..., T]) -> "_lru_cache_wrapper[T]":
        """Have a function remember its results."""
        kept = lru_cache(maxsize=most)(function)
        _all.add(kept)
        return kept

    return remembering


def forget() -> None:
    """Forget what all functions remember; each finds it out again where it is asked."""
    for each in tuple(_all):
        each.cache_clear()
