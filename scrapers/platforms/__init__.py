"""A file or a folder a platform: how its profiles are read. Found by their names, sorted, once."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TYPE_CHECKING

from audit.families import all_different, offered, offered_if_any

if TYPE_CHECKING:
    from scrapers.platforms.kit.base import Platform

_TOOLBOX = "kit"
_WORD = "PLATFORM"
_GUIDE = "docs/add-a-platform.md"


@cache
def platforms() -> Mapping[str, "Platform"]:
    """All platforms that can be read, by the name that the catalogue gives them.

    A platform is a module with a `PLATFORM`, in this folder or one folder below it.

    Raises:
        TypeError: a module or folder has no `PLATFORM`, or two have platforms of one name.
    """
    readable = list(_readable())
    all_different("platform", ((platform.name, module) for platform, module in readable))
    return {platform.name: platform for platform, _ in readable}


def widget_hints() -> tuple[tuple[str, str, str, str], ...]:
    """Give what readers want to know of a site's widgets: (platform, name, class, attribute)."""
    return tuple(
        (platform.name, name, mark, attribute)
        for platform in platforms().values()
        for name, (mark, attribute) in platform.hints.items()
    )


def _readable() -> Iterator[tuple["Platform", ModuleType]]:
    """Give each platform with its module, those of this folder and of the folders in it."""
    from scrapers.platforms.kit.base import Platform

    for entry in sorted(iter_modules(__path__), key=lambda each: each.name):
        module = import_module(f"{__name__}.{entry.name}")
        if not entry.ispkg:
            yield offered(module, _WORD, Platform, _GUIDE), module
        elif entry.name != _TOOLBOX:
            yield from _in_folder(module)


def _in_folder(folder: ModuleType) -> Iterator[tuple["Platform", ModuleType]]:
    """Give the platforms of a folder; its other modules help them."""
    from scrapers.platforms.kit.base import Platform

    names = sorted(each.name for each in iter_modules(folder.__path__))
    modules = [import_module(f"{folder.__name__}.{name}") for name in names]
    offers = [(offered_if_any(each, _WORD, Platform, _GUIDE), each) for each in modules]
    found = [(platform, module) for platform, module in offers if platform is not None]
    if not found:
        place = folder.__name__.replace(".", "/")
        raise TypeError(f"no module of {place}/ names a {_WORD}: see {_GUIDE}")
    yield from found
