"""What a format offers: its name, the ending of its files, and a function that writes them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reports.people import Filled

if TYPE_CHECKING:
    from reports.report import Report


def needs_nothing() -> None:
    """Ask for nothing: what most formats are written with is always installed."""


def never(path: Path) -> str:
    """Tell that whatever is at a place is replaced."""
    del path
    return ""


def nothing(path: Path) -> tuple[str, ...]:
    """Remark nothing."""
    del path
    return ()


def nobody(path: Path, listed: str | None) -> Filled | str:
    """Tell that nobody can fill in anything."""
    del path, listed
    return Filled()


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of the results.

    `name` is what `--format` takes, and the name of the file or folder of the format; `suffix` is
    the ending of its files without the dot. `write` writes a report to a path, whole or not at
    all (`reports.save.save`), and returns the path as it really is; it raises SaveError where it
    could not. `load` loads what it is written with, for whoever has time before. `ready` is asked
    before anything is fetched; it raises ReportError where something is missing that the format
    is written with, and says how to get it. `objection` tells why a file that is there is not
    replaced but left, as the end of a sentence about it; "" where it is replaced. `remarks` are
    sentences about a file that was just written, for the terminal. `filled` gives what people
    filled in on a file that is there, or why it cannot be read; with the name of a list also in
    newer files beside it.

    A format of several files writes a folder (`reports.save.save_folder`). Of a folder that is
    there `own_files` returns the names of the files in it that the format wrote, None where the
    folder is not of its making. It is None for a format of one file.
    """

    name: str
    suffix: str
    write: Callable[[Report, Path], Path]
    ready: Callable[[], None] = needs_nothing
    load: Callable[[], object] = needs_nothing
    objection: Callable[[Path], str] = never
    remarks: Callable[[Path], tuple[str, ...]] = nothing
    filled: Callable[[Path, str | None], Filled | str] = nobody
    own_files: Callable[[Path], Collection[str] | None] | None = None

    @property
    def tail(self) -> str:
        """Return what ends the name of the format's file or folder: `.xlsx`, `-csv`."""
        return f".{self.suffix}" if self.own_files is None else f"-{self.suffix}"

    def place(self, base: Path) -> Path:
        """Return where the format goes, for a path without an ending: `a.xlsx`, `a-csv`."""
        return base.with_name(f"{base.name}{self.tail}")
