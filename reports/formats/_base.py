"""What a format offers: its name, the ending of its files, and a function that writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.report import Report


def never(path: Path) -> str:
    """Tell that whatever is at a place is replaced."""
    del path
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of the results.

    `name` is what `--format` takes, and the name of the file or folder of the format; `suffix` is
    the ending of its files without the dot. `write` writes a report to a path, whole or not at
    all (`reports.save.save`), and returns the path as it really is; it raises SaveError where it
    could not. `objection` tells why a file that is there is not replaced but left, as the end of a
    sentence about it; "" where it is replaced.
    """

    name: str
    suffix: str
    write: Callable[[Report, Path], Path]
    objection: Callable[[Path], str] = never
