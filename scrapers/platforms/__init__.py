"""One file a platform: how its profiles are read. Found by their file names, sorted, once."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapers.platforms._base import Platform


@cache
def platforms() -> Mapping[str, "Platform"]:
    """All platforms that can be read, by the name that the catalogue gives them."""
    names = sorted(module.name for module in iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names if not name.startswith("_")]
    return {module.PLATFORM.name: module.PLATFORM for module in modules}
