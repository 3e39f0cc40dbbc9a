"""Families of files that are found by their names: what each file offers, checked and told apart.

A platform, a sheet, a format and a subject of measures is each a module with one value of a known
name, such as `SHEET`. What a newcomer may get wrong about it is said here, with the file.
"""

from collections.abc import Iterable
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def offered(module: ModuleType, word: str, kind: type[T], guide: str) -> T:
    """Return what a module offers by the name `word`.

    Raises:
        TypeError: it offers nothing by that name, or something else; with the file and the guide.
    """
    offer = offered_if_any(module, word, kind, guide)
    if offer is None:
        raise TypeError(f"{file_of(module)} names no {word}: see {guide}")
    return offer


def offered_if_any(module: ModuleType, word: str, kind: type[T], guide: str) -> T | None:
    """Return what a module offers by the name `word`; None for a module that only helps others.

    Raises:
        TypeError: that is something else, or what is meant bears another name.
    """
    offer = getattr(module, word, None)
    if isinstance(offer, kind):
        return offer
    if offer is not None:
        raise TypeError(f"{file_of(module)}: {word} is no {kind.__name__}: see {guide}")
    for name, value in vars(module).items():
        if isinstance(value, kind):
            raise TypeError(f"{file_of(module)} names no {word}, but {name}: see {guide}")
    return None


def all_different(what: str, named: Iterable[tuple[str, ModuleType]]) -> None:
    """Refuse two of one name, however it is spelt; `named` tells each name and who offers it.

    Raises:
        TypeError: two are called alike; with the files of both.
    """
    first: dict[str, ModuleType] = {}
    for name, module in named:
        other = first.get(name.casefold())
        if other is module:
            raise TypeError(f"{file_of(module)} offers two of the name {name!r}, each a {what}")
        if other is not None:
            files = f"{file_of(other)} and {file_of(module)}"
            raise TypeError(f"{files} both offer a {what} of the name {name!r}")
        first[name.casefold()] = module


def file_of(module: ModuleType) -> str:
    """Return the file of a module as it is named in the guides: `reports/sheets/posts.py`."""
    path = module.__name__.replace(".", "/")
    return f"{path}/__init__.py" if hasattr(module, "__path__") else f"{path}.py"
