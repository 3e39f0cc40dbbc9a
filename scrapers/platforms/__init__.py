"""A file or a folder a platform: how its profiles are read. Found by their names, sorted, once."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapers.platforms.kit.base import Platform

_TOOLBOX = "kit"


@cache
def platforms() -> Mapping[str, "Platform"]:
    """All platforms that can be read, by the name that the catalogue gives them.

    A platform is a module with a `PLATFORM`, in this folder or one folder below it.
    """
    readable = (getattr(module, "PLATFORM", None) for module in _modules())
    return {each.name: each for each in readable if each is not None}


def widget_hints() -> tuple[tuple[str, str, str, str], ...]:
    """Give what readers want to know of a site's widgets: (platform, name, class, attribute)."""
    return tuple(
        (platform.name, name, mark, attribute)
        for platform in platforms().values()
        for name, (mark, attribute) in platform.hints.items()
    )


def _modules() -> Iterator[ModuleType]:
    """Import the modules of this folder and of the folders in it, the toolbox left out."""
    for entry in sorted(iter_modules(__path__), key=lambda each: each.name):
        module = import_module(f"{__name__}.{entry.name}")
        if entry.ispkg and entry.name != _TOOLBOX:
            inner = sorted(each.name for each in iter_modules(module.__path__))
            yield from (import_module(f"{module.__name__}.{name}") for name in inner)
        elif not entry.ispkg:
            yield module
