"""One file per sheet; this finds them all by file name."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from reports.sheets._base import Sheet


@cache
def sheets() -> tuple[Sheet, ...]:
    """Return all sheets in their order; a new file is found without being named anywhere."""
    names = sorted(each.name for each in iter_modules(__path__) if not each.name.startswith("_"))
    offered: list[Sheet] = [import_module(f"{__name__}.{name}").SHEET for name in names]
    return tuple(sorted(offered, key=lambda sheet: sheet.order))
