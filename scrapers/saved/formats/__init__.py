"""A file a format in which browsers and tools save pages; found by their names, once."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from audit.families import all_different, offered
from scrapers.saved.part import SavedFormat

_GUIDE = "docs/saved-pages.md"


@cache
def formats() -> Mapping[str, SavedFormat]:
    """All formats of saved pages by their names.

    Raises:
        TypeError: a module has no `FORMAT`, or two have one of the same name.
    """
    names = sorted(entry.name for entry in iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    found = [(offered(module, "FORMAT", SavedFormat, _GUIDE), module) for module in modules]
    all_different("format", ((each.name, module) for each, module in found))
    return {each.name: each for each, _ in found}


def suffixes() -> tuple[str, ...]:
    """Return the ends of the names of all files that are looked into."""
    return tuple(suffix for each in formats().values() for suffix in each.suffixes)


def format_of(name: str, head: bytes) -> SavedFormat | None:
    """Return the format of a file, by its first bytes, else by its name; None for no such file."""
    plain = name.casefold()
    by_bytes = (each for each in formats().values() if each.begins(head))
    by_name = (each for each in formats().values() if plain.endswith(each.suffixes))
    return next(by_bytes, None) or next(by_name, None)
