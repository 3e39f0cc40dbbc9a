"""One file or folder per format of the results; this finds them all by file name."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from reports.formats._base import Format

DEFAULT = "xlsx"
"""The format that is written where none is asked for; it is named first."""


def format_names() -> tuple[str, ...]:
    """Return the names of all formats, the default first, without loading any of them."""
    names = [each.name for each in iter_modules(__path__) if not each.name.startswith("_")]
    return tuple(sorted(names, key=lambda name: (name != DEFAULT, name)))


@cache
def formats() -> Mapping[str, Format]:
    """Return all formats by name, the default first; a new file is found without being named."""
    offered: list[Format] = [import_module(f"{__name__}.{name}").FORMAT for name in format_names()]
    return {each.name: each for each in offered}
