"""One file per part of the page; this finds them all by file name."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from audit.families import all_different, offered
from reports.formats.html.part import PageSection


@cache
def sections() -> tuple[PageSection, ...]:
    """Return the parts of the page in their order; a new file is found without being named.

    Raises:
        TypeError: a file has no `SECTION`, or two have sections of one name.
    """
    names = sorted(each.name for each in iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    found = [offered(each, "SECTION", PageSection, "docs/reading-the-page.md") for each in modules]
    all_different(
        "section", ((each.name, module) for each, module in zip(found, modules, strict=True))
    )
    return tuple(sorted(found, key=lambda each: each.order))
