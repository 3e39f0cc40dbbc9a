"""One file per sheet; this finds them all by file name."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from audit.families import all_different, offered
from reports.sheets._base import Sheet


@cache
def sheets() -> tuple[Sheet, ...]:
    """Return all sheets in their order; a new file is found without being named anywhere.

    Raises:
        TypeError: a file has no `SHEET`, or two have sheets of one name.
    """
    names = sorted(each.name for each in iter_modules(__path__) if not each.name.startswith("_"))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    found = [offered(each, "SHEET", Sheet, "docs/add-a-sheet.md") for each in modules]
    all_different(
        "sheet", ((sheet.name, module) for sheet, module in zip(found, modules, strict=True))
    )
    return tuple(sorted(found, key=lambda sheet: sheet.order))
