"""One file or folder per format of the results; this finds them all by file name."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from audit.families import all_different, file_of, offered

# Their names are asked for before anything else is loaded.
if TYPE_CHECKING:
    from reports.formats._base import Format

_GUIDE = "docs/add-a-format.md"

DEFAULT = "xlsx"
"""The format that is written where none is asked for; it is named first."""


def format_names() -> tuple[str, ...]:
    """Return the names of all formats, the default first, without loading any of them."""
    names = [each.name for each in iter_modules(__path__) if not each.name.startswith("_")]
    return tuple(sorted(names, key=lambda name: (name != DEFAULT, name)))


@cache
def formats() -> Mapping[str, "Format"]:
    """Return all formats by name, the default first; a new file is found without being named.

    Raises:
        TypeError: a file has no `FORMAT`, or its format does not bear the name of the file.
    """
    from reports.formats._base import Format

    modules = {name: import_module(f"{__name__}.{name}") for name in format_names()}
    found = {name: offered(module, "FORMAT", Format, _GUIDE) for name, module in modules.items()}
    all_different("format", ((each.name, modules[name]) for name, each in found.items()))
    for name, each in found.items():
        if each.name != name:
            place = file_of(modules[name])
            raise TypeError(f"{place} calls its format {each.name!r}, not {name!r}: see {_GUIDE}")
    return found


def load_formats(names: Iterable[str]) -> None:
    """Load what some formats are written with; what cannot be loaded is told when it is written."""
    for name in names:
        with suppress(Exception):
            formats()[name].load()
