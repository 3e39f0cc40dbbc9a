"""What became different between two runs: one file a type of change, found by its name."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from audit.families import offered_if_any

# The files of this folder import from it, so what they define is named here for checkers alone.
if TYPE_CHECKING:
    from audit.changes.finder import Finder

_GUIDE = "docs/changes.md"


@cache
def finders() -> tuple["Finder", ...]:
    """Return what finds changes, in its order: every module of this folder that has a `FINDER`.

    Raises:
        TypeError: a module has a finder by another name.
    """
    from audit.changes.finder import Finder

    names = sorted(entry.name for entry in iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    offers = [offered_if_any(module, "FINDER", Finder, _GUIDE) for module in modules]
    return tuple(sorted((each for each in offers if each is not None), key=lambda each: each.order))
