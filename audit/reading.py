"""Tell by which code pages are read, as two runs of different code may differ for that alone."""

from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

_READS = ("scrapers", "config", "audit/measure", "audit/model")
"""The folders whose code decides what a page, and a company, comes to."""


@cache
def reading_version() -> str:
    """Return the digest of that code, in twelve characters.

    Taken of the source itself, as a number that somebody has to raise would be forgotten. It errs
    to one side: where only a comment was changed an earlier run is analysed again for nothing.
    """
    digest = sha256()
    for folder in _READS:
        package, *rest = folder.split("/")
        for name, source in _sources(files(package).joinpath(*rest), folder):
            # Line ends are those of the machine that it was installed on.
            digest.update(f"{name}\n".encode() + source.replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]


def _sources(folder: Traversable, name: str) -> list[tuple[str, bytes]]:
    """Return the modules in a folder and below it with their source, by name."""
    found: list[tuple[str, bytes]] = []
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        path = f"{name}/{entry.name}"
        if entry.is_dir():
            found += _sources(entry, path)
        elif entry.name.endswith(".py"):
            found.append((path, entry.read_bytes()))
    return found
